"""The shelf: every life, to be resumed, renamed, copied, exported, imported, watched, deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from game.desk.words import counted, laid_over
from game.engine.calendar import long_date
from game.ui.prose import plain
from game.ui.screens.ask import AskScreen, ConfirmScreen
from game.ui.screens.base import ListScreen
from game.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from game.engine.story import Story
    from game.saves import LifeInfo


class LivesScreen(ListScreen):
    """Enter goes on with the life at the caret."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "lives", "export", "search", "back")
    HEADING = "Lives"
    EMPTY = "No life is saved yet."

    def entries(self) -> Sequence[Row]:
        lives = [Row(life_label(life, self.game.story_if_loaded), life.name) for life in self.game.lives()]
        wanted = self.wanted.casefold()
        return [entry for entry in lives if wanted in entry.label.plain.casefold()]

    def preface(self) -> str:
        story = self.game.story_if_loaded
        return laid_over(story) if story is not None else ""

    def take(self, row: Row) -> None:
        self.game.resume(row.key)

    @property
    def life(self) -> LifeInfo | None:
        """The life at the caret."""
        name = self.current.key if self.current else ""
        return next((life for life in self.game.lives() if life.name == name), None)

    def _own(self) -> bool:
        return self.life is not None and not self.life.recorded

    def _any(self) -> bool:
        return self.current is not None

    can_rename = can_delete = _own
    can_copy = can_export = can_watch = _any

    def action_rename(self) -> None:
        self._ask("A new name for", lambda name, new: self.game.shelf.rename(name, new), again=True)

    def action_copy(self) -> None:
        self._ask("A name for a copy of", lambda name, new: self.game.shelf.copy(name, new))

    def action_export(self) -> None:
        if self.life is not None:
            name = self.life.name
            then = self._then(lambda path: self.game.shelf.export(name, Path(path).expanduser()), "Written: {}")
            self.app.push_screen(AskScreen(f"A file to write {name} into", then, offered=f"{name}.jsonl"))

    def action_take_in(self) -> None:
        then = self._then(lambda path: self.game.shelf.import_(Path(path).expanduser()), "Taken in: {}")
        self.app.push_screen(AskScreen("The file of a life", then))

    def action_watch(self) -> None:
        if self.life is not None:
            self.game.watch_life(self.life.name)

    def action_delete(self) -> None:
        if self.life is None:
            return
        name = self.life.name
        question = f"Delete {name}? It cannot be brought back: {life_label(self.life, self.game.story_if_loaded).plain}"
        delete = self._then(lambda _: self.game.shelf.delete(name), "Deleted: {}")
        self.app.push_screen(ConfirmScreen(question, "Yes, delete it", "No, keep it", lambda: delete(name)))

    def _ask(self, question: str, act: Callable[[str, str], object], *, again: bool = False) -> None:
        if self.life is not None:
            name = self.life.name
            then = self._then(lambda new: act(name, new), "{}")
            self.app.push_screen(AskScreen(f"{question} {name}", then, start=name if again else f"{name}-2"))

    def _then(self, act: Callable[[str], object], said: str) -> Callable[[str], None]:
        def run(text: str) -> None:
            with self.game.careful():
                act(text)
                self.game.say(said.format(text))
            self.reload()

        return run


class WatchListScreen(ListScreen):
    """The same lives, to be watched."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "search", "back")
    HEADING = "Watch a life as a film"
    EMPTY = LivesScreen.EMPTY

    def entries(self) -> Sequence[Row]:
        wanted = self.wanted.casefold()
        lives = [Row(life_label(life, self.game.story_if_loaded), life.name) for life in self.game.lives() if life.readable]
        return [entry for entry in lives if wanted in entry.label.plain.casefold()]

    def take(self, row: Row) -> None:
        self.game.watch_life(row.key)


def life_label(life: LifeInfo, story: Story | None) -> Content:
    """`name · What was promised, 6 March 1922 · 412 words · 12 minutes`, or what is wrong with it."""
    if not life.readable:
        return plain(f"{life.name} · cannot be read: {life.problem}")
    when = ", ".join(part for part in (life.act, long_date(life.date) if life.date else "") if part)
    minutes = round(life.seconds_played / 60)
    ending = story.endings.get(life.ending) if story else None
    parts = [
        life.name,
        "recorded" if life.recorded else "",
        when,
        life.scene_title,
        f"ended: {ending.title if ending else life.ending}" if life.ending else "",
        counted(life.choices, "choice"),
        counted(life.words, "word"),
        counted(minutes, "minute") if minutes else "",
    ]
    return plain(" · ".join(part for part in parts if part))

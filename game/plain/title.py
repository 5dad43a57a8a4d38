"""The title as a numbered menu: the ways into the game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.codex import codex
from game.desk.shelf import info_line, last_played
from game.desk.words import laid_over, sentence
from game.engine.calendar import long_date
from game.plain import lives, play, settings
from game.plain.cards import show_cards
from game.plain.console import Leave
from game.plain.menu import menu, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.story import Story
    from game.plain.console import Console
    from game.saves import Life, LifeInfo, Shelf


def run(console: Console, shelf: Shelf, story: Story) -> None:
    """Shows the title until the player leaves (Leave) or the input ends (EndOfInput)."""
    Title(console, shelf, story).run()


class Title:
    """The title, and what each of its lines does. Those that lead into a life return it."""

    def __init__(self, console: Console, shelf: Shelf, story: Story) -> None:
        self.console = console
        self.shelf = shelf
        self.story = story

    def run(self) -> None:
        while True:
            acts: dict[str, Callable[[], Life | None]] = {}
            if latest := self._latest():
                acts[_continue_line(latest)] = self.resume
            acts |= {"New life": self.new, "Lives": self.lives, "Watch": self.watch, "Codex": self.codex,
                     "Settings": self.settings, "Quit": self.quit}  # fmt: skip
            heading = f"{sentence(self.story.title)} {laid_over(self.story)}" if self.story.packs else self.story.title
            picked = menu(self.console, heading, list(acts))
            life = list(acts.values())[picked]() if picked is not None else None
            if life:
                play.run(self.console, self.shelf, self.story, life)

    def resume(self) -> Life | None:
        latest = self._latest()
        return lives.tried(self.console, lambda: self.shelf.open(latest.name, self.story)) if latest else None

    def new(self) -> Life | None:
        return lives.begin(self.console, self.shelf, self.story)

    def lives(self) -> Life | None:
        return lives.run(self.console, self.shelf, self.story)

    def watch(self) -> Life | None:
        infos = [info for info in self.shelf.list() if info.readable]
        picked = menu(self.console, "Watch which life?", [*(info_line(info) for info in infos), "Back"])
        if picked is None or picked == len(infos):
            return None
        return lives.Drawer(self.console, self.shelf, self.story, infos[picked], None).watch()

    def codex(self) -> None:
        views = codex(self.story, (), elsewhere=self.shelf.cards())
        show_cards(self.console, views, "")
        while views and (word := question(self.console, "Which card?")):
            show_cards(self.console, views, word)

    def settings(self) -> None:
        settings.change(self.console, "")
        if columns := question(self.console, "Which width?"):
            settings.change(self.console, f"width {columns}")

    def quit(self) -> None:
        raise Leave

    def _latest(self) -> LifeInfo | None:
        """The life that was played last, of those that can be played on."""
        return last_played(self.shelf.list(), self.story)


def _continue_line(info: LifeInfo) -> str:
    where = ", ".join(part for part in (info.act, long_date(info.date) if info.date else "") if part)
    return f"Continue: {info.name}, {where}" + (f". Last read: {info.last_line}" if info.last_line else "")

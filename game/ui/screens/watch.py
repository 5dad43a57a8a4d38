"""A life as a film: its pages as they were read, and on each the choice that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets._static import Static

from game.desk.journal import Leaf, leaves
from game.desk.words import act_title, counted
from game.engine.calendar import long_date
from game.ui.prose import plain
from game.ui.screens.ask import AskScreen
from game.ui.screens.base import GameScreen, ListScreen
from game.ui.widgets.rows import Row, Rows
from game.ui.widgets.scene import SceneText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer
    from textual.widget import Widget

    from game.saves import Life

WORDS_A_SECOND = 4.0
"""About 240 words a minute."""
LEAST_SECONDS = 1.5
FAST_SECONDS = 0.6


class WatchScreen(GameScreen):
    """Shows one page after another. `owns` says that the life was opened for this and is closed with it."""

    GROUPS: ClassVar[tuple[str, ...]] = ("watch", "export", "back")

    def __init__(self, life: Life, *, to: int | None = None, owns: bool = False) -> None:
        super().__init__()
        self.life = life
        self.owns = owns
        self.leaves: tuple[Leaf, ...] = leaves(life)
        last = len(self.leaves) - 1
        self.at = 0 if to is None else max(0, min(to, last))
        self.pace = ""
        self._timer: Timer | None = None
        self._offered: tuple[object, ...] | None = None

    def inside(self) -> Sequence[Widget]:
        return (SceneText(id="scene"), Static(Content(""), id="lesson", markup=False), Rows(numbered=True, id="rows"))

    def on_mount(self) -> None:
        self._show()

    @property
    def leaf(self) -> Leaf:
        return self.leaves[self.at]

    def _show(self) -> None:
        from game.ui.screens.reading import option_label

        leaf = self.leaf
        act = act_title(self.life.story, leaf.page.act)
        place = f"page {self.at + 1} of {len(self.leaves)}"
        self.where.say(f"{self.life.name}, {place}", long_date(leaf.page.date), act, self.pace)
        self.query_one(SceneText).show(leaf.page.blocks)
        options = leaf.page.options
        chosen = next((number for number, option in enumerate(options) if option.key == leaf.key), -1)
        self.query_one(Rows).show([Row(option_label(option), option.key, option.enabled) for option in options], chosen)
        lesson = self.query_one("#lesson", Static)
        lesson.update(plain(self._said()))
        lesson.display = bool(self._said())
        self.body.go(0)
        self._offered = None

    def _said(self) -> str:
        leaf = self.leaf
        if leaf.page.ending:
            ending = self.life.story.endings.get(leaf.page.ending)
            return f"The end: {ending.title if ending else leaf.page.ending}"
        if not leaf.chosen:
            return "The life stands here."
        return f"{leaf.page.question.label} {leaf.chosen}" if leaf.page.question else f"Chosen: {leaf.chosen}"

    def settle(self) -> None:
        self.put_cursor_at_top(self.query_one(SceneText))
        offered = (self.at, self.body.at_end, self.pace)
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    # Turning pages -----------------------------------------------------------------------------------------------

    def can_step(self) -> bool:
        return not self.is_attached or self.at < len(self.leaves) - 1 or not self.body.at_end

    def can_step_back(self) -> bool:
        return self.at > 0

    def can_auto(self) -> bool:
        return self.at < len(self.leaves) - 1

    can_fast = can_auto

    def action_step(self) -> None:
        self._stop()
        self._forward()

    def _forward(self) -> None:
        if not self.body.at_end:
            self.body.turn(1)
            self.settle()
        elif self.at < len(self.leaves) - 1:
            self.at += 1
            self._show()

    def action_step_back(self) -> None:
        self._stop()
        if self.body.scroll_offset.y > 0:
            self.body.turn(-1)
            self.settle()
        elif self.at > 0:
            self.at -= 1
            self._show()

    def action_down(self) -> None:
        self.body.go(self.body.scroll_offset.y + 1)
        self.settle()

    def action_up(self) -> None:
        self.body.go(self.body.scroll_offset.y - 1)
        self.settle()

    def action_auto(self) -> None:
        self._play("auto")

    def action_fast(self) -> None:
        self._play("fast")

    def _play(self, pace: str) -> None:
        stop = self.pace == pace
        self._stop()
        if not stop:
            self.pace = pace
            self._show()
            self._wait()

    def _wait(self) -> None:
        """Until the next turn of a page: as long as it takes to read what is on the screen."""
        words = len(self.leaf.page.text.split())
        screens = max(1, -(-(self.body.max_scroll_y + self.body.lines) // max(1, self.body.lines)))
        seconds = FAST_SECONDS if self.pace == "fast" else max(LEAST_SECONDS, words / WORDS_A_SECOND / screens)
        self._timer = self.set_timer(seconds, self._tick)

    def _tick(self) -> None:
        if self.app.screen is self:
            self._forward()
        if self.can_step():
            self.call_after_refresh(self._wait_on)
        else:
            self._stop()
            self._show()

    def _wait_on(self) -> None:
        if self.pace:
            self._wait()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.pace = ""

    # Elsewhere ------------------------------------------------------------------------------------------------------

    def action_jump_to(self) -> None:
        self._stop()
        self.app.push_screen(PagesScreen(self))

    def jump(self, at: int) -> None:
        """Shows the page with this place in the film."""
        self.at = at
        self._show()

    def action_branch_from_here(self) -> None:
        self._stop()
        number = self.leaf.number
        question = f"A name for a new life that shares the first {counted(number, 'choice')}"
        self.app.push_screen(AskScreen(question, lambda name: self._branch(number, name), offered=f"{self.life.name}-branch"))

    def _branch(self, number: int, name: str) -> None:
        with self.game.careful():
            self.game.read(self.life.branch(number, name))

    def action_export(self) -> None:
        from game.ui.screens.journal import ask_transcript

        ask_transcript(self.game, self.life)

    def action_back(self) -> None:
        self._stop()
        if self.owns:
            self.life.close()
        self.dismiss()


class PagesScreen(ListScreen):
    """The pages of a film, by act and date."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "search", "back")
    HEADING = "Jump to"

    def __init__(self, film: WatchScreen) -> None:
        super().__init__()
        self.film = film

    def on_mount(self) -> None:
        self.reload(self.film.at)

    def entries(self) -> Sequence[Row]:
        rows, act = [], ""
        for place, leaf in enumerate(self.film.leaves):
            title = act_title(self.film.life.story, leaf.page.act)
            begins = f"{title}: " if title != act else ""
            act = title
            label = " · ".join(part for part in (long_date(leaf.page.date), leaf.heading, leaf.chosen) if part)
            if self.wanted.casefold() in f"{title} {label}".casefold():
                rows.append(Row(plain(begins + label), str(place)))
        return rows

    def take(self, row: Row) -> None:
        self.dismiss()
        self.app.call_later(self.film.jump, int(row.key))

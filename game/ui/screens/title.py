"""The title: what can be opened, the last life first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets._static import Static

from game.desk.words import laid_over
from game.engine.calendar import long_date
from game.ui.prose import heading, plain
from game.ui.screens.base import ListScreen
from game.ui.widgets.rows import Row, Rows, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from game.saves import LifeInfo

_EXCERPT = 90
SPACIOUS = 20
"""Lines of a window in which the entries stand apart."""


class TitleScreen(ListScreen):
    """Leads with *Continue* where there is a life to go on with."""

    GROUPS: ClassVar[tuple[str, ...]] = ("title",)

    def inside(self) -> Sequence[Widget]:
        return (Static(Content(""), id="words", markup=False), Rows(numbered=True, spaced=True, id="rows"))

    def preface(self) -> Content | str:
        story = self.game.story_if_loaded
        if story is None:
            return "\n"  # the lines that the story's name takes when it is there, so that nothing moves
        below = " ".join(filter(None, (" ".join(story.byline.split()), laid_over(story))))
        return Content("\n").join([heading(story.title), plain(below)])

    def entries(self) -> Sequence[Row]:
        life = self.game.last_life()
        rows = [] if life is None else [Row(_continue(life), "go_on")]
        return [
            *rows,
            row("New life", "new_life"),
            row("Lives", "lives"),
            row("Watch", "watch"),
            row("Codex", "cards"),
            row("Settings", "settings"),
            row("Quit", "leave"),
        ]

    def on_resize(self) -> None:
        self.list.space(self.size.height >= SPACIOUS)

    def take(self, row: Row) -> None:
        self.call_later(self.app.run_action, row.key, self if hasattr(self, f"action_{row.key}") else self.app)

    def action_leave(self) -> None:
        self.game.action_leave()

    def can_go_on(self) -> bool:
        return self.game.last_life() is not None

    def action_go_on(self) -> None:
        if (life := self.game.last_life()) is not None:
            self.game.resume(life.name)

    def action_new_life(self) -> None:
        from game.ui.screens.new_life import NewLifeScreen

        if (story := self.game.story()) is not None:
            self.app.push_screen(NewLifeScreen(story))

    def action_lives(self) -> None:
        from game.ui.screens.lives import LivesScreen

        self.app.push_screen(LivesScreen())

    def action_watch(self) -> None:
        from game.ui.screens.lives import WatchListScreen

        self.app.push_screen(WatchListScreen())

    def action_cards(self) -> None:
        from game.ui.screens.codex import CodexScreen

        if (story := self.game.story()) is not None:
            self.app.push_screen(CodexScreen(story, (), self.game.cards_elsewhere(story)))

    def action_settings(self) -> None:
        from game.ui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen())


def _continue(life: LifeInfo) -> Content:
    """`Continue · What was promised, 6 March 1922` and under it the last line read."""
    when = ", ".join(part for part in (life.act, long_date(life.date) if life.date else "") if part)
    line = " ".join(life.last_line.split())
    if len(line) > _EXCERPT:
        line = line[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    head = f"Continue · {when}" if when else "Continue"
    return plain(f"{head}\n{line}" if line else head)

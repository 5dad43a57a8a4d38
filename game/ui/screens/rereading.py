"""A page read anew where it stands: the same lines on the screen, the caret on the same choice, a sign at what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.live import Changes, changes
from game.saves import SaveFault
from game.ui.widgets.rows import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.engine.page import Page
    from game.engine.story import Story
    from game.saves import Life
    from game.ui.screens.base import GameScreen
    from game.ui.widgets.rows import Row, Rows
    from game.ui.widgets.scene import SceneText

    _Base = GameScreen
else:
    _Base = object


class Rereading(_Base):
    """For the screen on which a life is played."""

    life: Life
    page: Page
    reached: bool

    @property
    def scene(self) -> SceneText:
        raise NotImplementedError

    @property
    def choices(self) -> Rows:
        raise NotImplementedError

    def turn_to(self, page: Page) -> None:
        raise NotImplementedError

    def rows(self) -> Sequence[Row]:
        raise NotImplementedError

    def dress(self, page: Page) -> None:
        """Everything about the page but its text, its choices and its line."""
        raise NotImplementedError

    def ask(self) -> None:
        raise NotImplementedError

    def reread(self, story: Story) -> str:
        """Goes over to a story that was read anew; a sentence says where that led."""
        before = self.page
        try:
            found = self.life.reread(story)
        except SaveFault as fault:
            return f"This life cannot go over to it, and goes on in the story as it was: {fault}"
        changed = changes(before, self.life.page, story) if found.stayed else Changes()
        if found.stayed:
            self._show_anew(self.life.page, changed)
        else:
            self.turn_to(self.life.page)
        return found.sentence + (f" {MARK} marks what is new." if changed else "")

    def _show_anew(self, page: Page, changed: Changes) -> None:
        """The page in the place of what it was. The line that is being typed in stays, where it is still asked for."""
        line, asked, index = self.body.scroll_offset.y, self.page.question, self.choices.caret
        at = self.choices.rows[index].key if index >= 0 else ""
        same = (page.blocks, page.options, page.question) == (self.page.blocks, self.page.options, self.page.question)
        self.page = page
        self.dress(page)
        if same:  # what was marked stays marked: some editors save twice
            return
        self.scene.show(page.blocks, marked=changed.blocks)
        rows = [row._replace(marked=row.key in changed.options) for row in self.rows()]
        live = next((place for place, row in enumerate(rows) if row.live), 0)
        caret = next((place for place, row in enumerate(rows) if row.key == at), live)
        self.choices.show(rows, caret if self.reached and not page.question else -1)
        if asked != page.question:
            self.ask()
        self.call_after_refresh(self._back_to, line)

    def _back_to(self, line: int) -> None:
        self.body.go(line)
        self.settle()

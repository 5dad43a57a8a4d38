"""Before a new life: what the story is, what it shows, and what of that to pass over. Enter begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Offset
from textual.widgets._static import Static

from game.ui.prose import heading, paragraphs, plain
from game.ui.screens.base import TextScreen
from game.ui.widgets.rows import Row, Rows, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from game.engine.story import Story

NOTES = "There are scenes of the following. A number from 2 on passes over what it names; the story still holds."


class NewLifeScreen(TextScreen):
    """The intro and the content notes, on the way: no form to fill in."""

    GROUPS: ClassVar[tuple[str, ...]] = ("new life", "text", "back")

    def __init__(self, story: Story) -> None:
        intro = paragraphs(" ".join(part.split()) for part in story.intro.split("\n\n"))
        super().__init__("A new life", paragraphs([heading(story.title), intro, NOTES if story.content else ""]))
        self.story = story
        self.passed: set[str] = set()

    def inside(self) -> Sequence[Widget]:
        notes = Rows(numbered=True, id="rows")
        notes.show(self._notes())
        hint = Static(plain("Press Enter to begin."), id="hint", markup=False)
        return (*super().inside(), notes, hint)

    def _notes(self) -> list[Row]:
        """The first row begins, so that the key that came here goes on; the others pass over what they name."""
        notes = [
            row(text, kind, detail="passed over" if kind in self.passed else "shown") for kind, text in self.story.content.items()
        ]
        return [row("Begin"), *notes]

    def can_number(self) -> bool:
        return True

    def action_number(self, number: int) -> None:
        kinds = list(self.story.content)
        if number == 1:
            self.action_begin()
        elif number <= len(kinds) + 1:
            self.passed ^= {kinds[number - 2]}
            self.query_one(Rows).show(self._notes())

    def on_rows_taken(self, message: Rows.Taken) -> None:
        self.action_number(message.index + 1)

    def settle(self) -> None:
        super().settle()
        if self.body.at_end:
            self.put_cursor(self.query_one("#hint"), Offset(0, 0))

    def action_begin(self) -> None:
        self.game.begin_life(self.story, tuple(kind for kind in self.story.content if kind in self.passed))

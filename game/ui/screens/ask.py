"""A line to type, and a question with yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input
from textual.widgets._static import Static

from game.ui.prose import plain
from game.ui.screens.base import GameScreen, line_input
from game.ui.widgets.rows import Rows, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widget import Widget


class AskScreen(GameScreen):
    """Asks for a line; `then` is called with it after the screen is gone. Escape leaves it unasked."""

    GROUPS: ClassVar[tuple[str, ...]] = ("ask",)

    def __init__(
        self, question: str, then: Callable[[str], None], *, start: str = "", offered: str = "", empty: bool = False
    ) -> None:
        super().__init__()
        self.question = question
        self.then = then
        self.start = start
        self.offered = offered
        self.empty = empty

    def inside(self) -> Sequence[Widget]:
        return (
            Static(plain(f"{self.question}:"), markup=False, id="words"),
            line_input(self.start, self.offered),
        )

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def settle(self) -> None:
        self.put_cursor_in(self.query_one(Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip() or self.offered
        if text or self.empty:
            self.dismiss()
            self.app.call_later(self.then, text)


class ConfirmScreen(GameScreen):
    """Asks before something is lost. The caret stands on no."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "confirm")

    def __init__(self, question: str, yes: str, no: str, then: Callable[[], None]) -> None:
        super().__init__()
        self.question = question
        self.answers = (no, yes)
        self.then = then

    def inside(self) -> Sequence[Widget]:
        rows = Rows(numbered=True, id="rows")
        rows.show([row(answer) for answer in self.answers], 0)
        return (Static(plain(self.question), markup=False, id="words"), rows)

    def settle(self) -> None:
        rows = self.query_one(Rows)
        self.put_cursor(rows, rows.caret_offset)

    def action_down(self) -> None:
        self.query_one(Rows).move(1)
        self.settle()

    def action_up(self) -> None:
        self.query_one(Rows).move(-1)
        self.settle()

    def action_pick(self) -> None:
        if self.query_one(Rows).caret == 1:
            self.action_yes()
        else:
            self.action_no()

    def on_rows_taken(self) -> None:
        self.action_pick()

    def action_no(self) -> None:
        self.dismiss()

    def action_yes(self) -> None:
        self.dismiss()
        self.app.call_later(self.then)

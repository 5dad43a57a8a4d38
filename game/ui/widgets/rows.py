"""A list to choose from: caret, number and label in columns, so that a long label hangs under itself and not under its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.content import Content, Span
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from game.ui.prose import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

CARET = "> "
MARK = "+"
_BOLD = Style(bold=True)


class Row(NamedTuple):
    """A line of a list. `key` is for whoever made it; `live` tells one that can be taken from one that cannot.

    `marked` puts a sign before it: it is new or not as it was.
    """

    label: Content
    key: str = ""
    live: bool = True
    marked: bool = False


def row(label: str, key: str = "", *, detail: str = "", live: bool = True) -> Row:
    """A row of plain words: the label, and what is said of it after a dot."""
    return Row(plain(f"{label} · {detail}" if detail else label), key, live)


class Rows(Widget):
    """Draws rows, with a caret at one of them or nowhere (`caret` is then -1). Only the lines on the screen are drawn.

    It takes no focus and binds no keys: the screen moves the caret, so that keys work the same wherever the list stands.
    """

    ALLOW_SELECT = False

    class Taken(Message):
        """A row was clicked: `index` is its place in the list, from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, numbered: bool = False, spaced: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.caret = -1
        self.numbered = numbered
        self.spaced = spaced
        self._width = 0
        self._lines: list[tuple[int, Content]] = []

    def show(self, rows: Sequence[Row], caret: int = -1) -> None:
        """Replaces the rows."""
        self.rows = tuple(rows)
        self.caret = min(caret, len(self.rows) - 1)
        self._width = 0
        self.refresh(layout=True)

    def space(self, spaced: bool) -> None:
        """Whether an empty line stands between rows."""
        if spaced != self.spaced:
            self.spaced = spaced
            self._width = 0
            self.refresh(layout=True)

    def put_caret(self, index: int) -> None:
        """Moves the caret; -1 takes it away."""
        if index != self.caret:
            self.caret = index
            self._width = 0
            self._lay_out(self.content_size.width)
            self.refresh()

    def move(self, by: int) -> bool:
        """Moves the caret by so many rows, if there are as many; says whether it moved."""
        to = max(0, min(len(self.rows) - 1, self.caret + by)) if self.rows else -1
        if to == self.caret:
            return False
        self.put_caret(to)
        return True

    def region_of(self, index: int) -> Region:
        """Where a row stands in the widget."""
        self._lay_out(self.content_size.width)
        ys = [y for y, (owner, _) in enumerate(self._lines) if owner == index]
        return Region(0, ys[0], max(1, self.content_size.width), len(ys)) if ys else Region(0, 0, 1, 1)

    def index_at(self, y: int) -> int:
        """The row at a line of the widget, or -1."""
        return self._lines[y][0] if 0 <= y < len(self._lines) else -1

    @property
    def caret_offset(self) -> Offset:
        """Where the caret is drawn, in the widget."""
        return self.region_of(self.caret).offset

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._lay_out(width)
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        self._lay_out(self.content_size.width)
        style = self.visual_style
        if not 0 <= y < len(self._lines):
            return Strip.blank(self.size.width, style.rich_style)
        _, content = self._lines[y]
        segments = [Segment(text, part.rich_style) for text, part in content.render(style, end="")]
        return Strip(segments, content.cell_length).extend_cell_length(self.size.width, style.rich_style)

    def on_click(self, event: events.Click) -> None:
        index = self.index_at(int(event.y))
        if index >= 0:
            event.stop()
            self.put_caret(index)
            self.post_message(self.Taken(index))

    def _lay_out(self, width: int) -> None:
        if width == self._width or width <= 0:
            return
        self._width = width
        digits = len(str(len(self.rows))) + 2 if self.numbered else 0
        indent = len(CARET) + digits
        lines: list[tuple[int, Content]] = []
        for index, entry in enumerate(self.rows):
            here = index == self.caret
            number = f"{index + 1}.".ljust(digits) if self.numbered else ""
            caret = CARET if here else "  "
            lead = Content(f"{caret[0] + MARK if entry.marked else caret}{number}")
            label = entry.label.stylize(_BOLD) if here else entry.label
            for first, part in enumerate(label.wrap(max(8, width - indent))):
                lines.append((index, Content.assemble(lead if not first else " " * indent, part)))
            if self.spaced and index < len(self.rows) - 1:
                lines.append((index, Content("")))
        self._lines = [(index, _bold_lead(content, indent) if index == self.caret else content) for index, content in lines]


def _bold_lead(content: Content, indent: int) -> Content:
    return content.add_spans([Span(0, min(indent, len(content.plain)), _BOLD)])

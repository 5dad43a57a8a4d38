"""Where a piece of an author's text stands. Apart from the model, so that a story that is kept ready need not load it."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class At(NamedTuple):
    """A stretch of a file. Lines and columns count from 1; the end column is one past the last character."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = At("", 0, 0, 0, 0)


class Source(NamedTuple):
    """A piece of the author's text, and where each of its characters stands.

    `starts` holds (offset, line, column), ascending: from that offset on, the text stands at that line and column.
    """

    text: str
    file: str
    starts: tuple[tuple[int, int, int], ...]

    def at(self, start: int = 0, end: int | None = None) -> At:
        """The place of the characters from `start` up to `end` (to the end of the text where none is given)."""
        last = len(self.text) if end is None else end
        if len(self.starts) == 1:  # one line, as most logic is
            begin, line, column = self.starts[0]
            return At(self.file, line, column + start - begin, line, column + max(start, last - 1) - begin + 1)
        line, column = self._place(start)
        end_line, end_column = self._place(max(start, last - 1))
        return At(self.file, line, column, end_line, end_column + 1)

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.starts, offset, key=lambda entry: entry[0]) - 1
        begin, line, column = self.starts[max(index, 0)]
        return line, column + offset - begin

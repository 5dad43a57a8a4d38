"""How far a long run has come, on one line of a terminal; nothing where nobody is looking, or where it is over at once."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import TextIO

WIDTH = 24
PATIENCE, EVERY = 1.0, 0.1
"""Seconds before the line appears, and between two drawings of it."""


class Progress:
    """A context manager; leaving it wipes the line."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = bool(self._stream and self._stream.isatty())
        self._began = self._drawn = monotonic()
        self._length = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._length:
            self._write("")

    def tell(self, done: float, what: str) -> None:
        """`done` is from 0 to 1; `what` is being done, in a few words."""
        now = monotonic()
        if not self._shown or now - self._began < PATIENCE or now - self._drawn < EVERY:
            return
        self._drawn = now
        done = min(1.0, max(0.0, done))
        bar = "#" * round(done * WIDTH)
        self._write(f"[{bar:<{WIDTH}}] {done:4.0%}  {what}")

    def _write(self, line: str) -> None:
        try:
            self._stream.write("\r" + line.ljust(self._length) + ("\r" if not line else ""))
            self._stream.flush()
            self._length = len(line)
        except OSError:
            self._shown = False

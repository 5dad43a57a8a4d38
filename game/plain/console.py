"""Lines out and lines in: the only place where the plain client touches the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, TextIO

from game.desk.words import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

PROMPT = "> "


class EndOfInput(Exception):
    """There is nothing more to read."""


class Leave(Exception):
    """The player has said `quit`."""


class Console:
    """Writes paragraphs, asks for lines.

    `width` wraps what is written (None: a paragraph a line). `typed` says that a person's Enter already ends the line of the
    prompt on the screen; a pipe shows no such thing, so there the console ends it.
    """

    def __init__(self, source: TextIO, sink: TextIO, *, width: int | None = None, typed: bool = False) -> None:
        self.width = width
        self._source = source
        self._sink = sink
        self._typed = typed

    def say(self, *lines: str, indent: str = "") -> None:
        """Each line as a line of its own, cleaned of whatever could steer a terminal. `indent` hangs below the first."""
        self._sink.write("".join(f"{guarded(line)}\n" for text in lines for line in self._laid_out(clean(text), indent)))

    def draw(self, *lines: str) -> None:
        """Lines that make sense only as they stand, one below the other: never wrapped."""
        self._sink.write("".join(f"{guarded(clean(line))}\n" for line in lines))

    def ask(self) -> str:
        """A line typed at the prompt, without its end. Raises EndOfInput."""
        self._sink.write(PROMPT)
        self._sink.flush()
        line = self._source.readline()
        if not line:
            self._sink.write("\n")
            self._sink.flush()
            raise EndOfInput
        if not self._typed:
            self._sink.write("\n")
        return clean(line.rstrip("\r\n")).strip()

    def close(self) -> None:
        self._sink.flush()

    def _laid_out(self, text: str, indent: str) -> Sequence[str]:
        if self.width is None or len(text) <= self.width:
            return (text,)
        return textwrap.wrap(text, self.width, subsequent_indent=indent, break_on_hyphens=False) or ("",)


def guarded(line: str) -> str:
    """The line, moved by a space where it would look like the prompt."""
    return f" {line}" if line.startswith(PROMPT) else line

"""Where each character of a scalar stands in its file, so that a fault inside a text can be shown there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from game.engine.model import Source

if TYPE_CHECKING:
    from game.load.nodes import Scalar

_BREAK = re.compile("[\n\u2028\u2029]")
_ESCAPES = {
    '"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.)|\\$"),
    "'": re.compile("''"),
}

Starts = list[tuple[int, int, int]]


def source_of(scalar: Scalar) -> Source:
    """The scalar's text and the places of its characters. A block's last line break is left out."""
    start, end = scalar.start, scalar.end
    text = scalar.text
    starts: Starts
    if scalar.style == "|":
        text = text.rstrip()
        starts = _block(scalar, text)
    elif scalar.style == ">":
        text = text.rstrip()
        starts = _found(scalar, text, start.line + 1, end.line)
    elif scalar.style:
        starts = _quoted(scalar)
    elif start.line == end.line:
        starts = [(0, start.line + 1, start.column + 1)]
    else:
        starts = _found(scalar, text, start.line, end.line)
    return Source(text, scalar.file.name, tuple(starts) or ((0, start.line + 1, start.column + 1),))


def cut(source: Source, start: int, end: int) -> Source:
    """A stretch of a source as a source of its own."""
    at = source.at(start, start + 1)
    starts = [(0, at.line, at.column)]
    starts += [(offset - start, line, column) for offset, line, column in source.starts if start < offset < end]
    return Source(source.text[start:end], source.file, tuple(starts))


def _block(scalar: Scalar, text: str) -> Starts:
    """Line by line: every line of the text is a line of the file without the block's indent."""
    lines = scalar.file.lines
    first = scalar.start.line + 1
    pieces = text.split("\n") if text.isascii() else _BREAK.split(text)
    indent = 0
    for number, piece in enumerate(pieces, first):
        if piece.strip() and number < len(lines):
            indent = len(lines[number].rstrip()) - len(piece.rstrip())
            break
    starts, offset = [], 0
    for number, piece in enumerate(pieces):
        starts.append((offset, first + number + 1, indent + 1))
        offset += len(piece) + 1
    return starts


def _found(scalar: Scalar, text: str, first: int, last: int) -> Starts:
    """Folded lines: each line of the file, without the blanks around it, is looked up in the text."""
    starts: Starts = []
    offset = 0
    for number in range(first, min(last + 1, len(scalar.file.lines))):
        raw = scalar.file.lines[number]
        left = scalar.start.column if number == scalar.start.line else len(raw) - len(raw.lstrip())
        right = scalar.end.column if number == scalar.end.line else len(raw)
        piece = raw[left:right].rstrip()
        found = text.find(piece, offset) if piece else -1
        if found >= 0:
            starts.append((found, number + 1, left + 1))
            offset = found + len(piece)
    return _from_zero(starts)


def _quoted(scalar: Scalar) -> Starts:
    """Quoted text: the stretches between escapes are looked up, each escape is one character."""
    start, end, text = scalar.start, scalar.end, scalar.text
    escape = _ESCAPES[scalar.style]
    starts: Starts = []
    offset = 0
    for number in range(start.line, min(end.line + 1, len(scalar.file.lines))):
        raw = scalar.file.lines[number]
        left = start.column + 1 if number == start.line else len(raw) - len(raw.lstrip())
        right = end.column - 1 if number == end.line else len(raw.rstrip())
        at = left
        while at < right:
            match = escape.search(raw, at, right)
            piece = raw[at : match.start() if match else right]
            if piece:
                found = text.find(piece, offset)
                if found < 0:
                    return _from_zero(starts)
                starts.append((found, number + 1, at + 1))
                offset = found + len(piece)
            if match is None:
                break
            if match.group() != "\\":
                while at == left and number > start.line and text[offset : offset + 1] in (" ", "\n"):
                    offset += 1  # the fold in front: a blank or line breaks
                starts.append((offset, number + 1, match.start() + 1))
                offset += 1
            at = match.end()
    return _from_zero(starts)


def _from_zero(starts: Starts) -> Starts:
    """The same, beginning with the text's first character."""
    if starts and starts[0][0] > 0:
        starts.insert(0, (0, starts[0][1], starts[0][2]))
    return starts

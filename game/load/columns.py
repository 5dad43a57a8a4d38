"""Which line stands in the wrong column, where YAML only says that something does not fit.

A key that was moved by a column or two often makes a later line unreadable, and YAML names that one. The columns of the
lines around, in the same scene, tell which of the two is the odd one out; where they do not, nothing is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEY = re.compile(r"( *)((?:- +)*)([^\W\d]\w*):(?= |$)")
_VALUE = re.compile(r":\s+[^\s|>#]")


class Line(NamedTuple):
    """A line that begins with a key: `indent` where it begins, `column` where its key does. Both count from 0."""

    number: int
    indent: int
    column: int
    key: str


def odd_one(lines: Sequence[str], number: int) -> tuple[Line, bool] | None:
    """The line above `number` that stands in a column of its own, and whether it stands less deep than its neighbours."""
    here = _line(lines, number)
    if here is None:
        return None
    around = list(_scene(lines, number))
    columns = {column for line in around if line.number != number for column in (line.indent, line.column)}
    above = [line for line in around if line.number < number]
    if above and above[0].indent == 0 and _is_step(above[0].key):
        return above[0], True
    before = above[-1] if above and above[-1].number == number - 1 else None
    listed = any(line.indent == here.indent and line.column > line.indent for line in above)
    if before is not None and listed and here.column > here.indent > before.indent and _VALUE.search(lines[before.number]):
        return before, True  # the list goes on here, so the key above it is the one that left it
    if here.indent not in columns:
        return None
    even = sum(line.indent % 2 == 0 for line in around) * 2 >= len(around)
    for line in reversed(above):
        others = {column for other in around if other is not line for column in (other.indent, other.column)}
        if line.indent not in others and (line.indent % 2 == 0) != even:
            return line, (line.indent if here.column > here.indent else line.column) < here.indent
    return None


def item_above(lines: Sequence[str], number: int) -> Line | None:
    """The list item above to which a key seems to belong that stands less deep than the item's own keys."""
    here = _line(lines, number)
    if here is None or here.column > here.indent or not _is_step(here.key):
        return None
    for line in reversed([line for line in _scene(lines, number) if line.number < number]):
        if line.indent <= here.indent:
            return line if line.column > here.indent and line.column > line.indent else None
    return None


def _scene(lines: Sequence[str], number: int) -> Iterator[Line]:
    """The lines with keys of the scene in which a line stands."""
    first = number
    while first > 0 and (not lines[first].strip() or lines[first].startswith((" ", "#"))):
        first -= 1
    last = number + 1
    while last < len(lines) and (not lines[last].strip() or lines[last].startswith((" ", "#"))):
        last += 1
    begin = _line(lines, first)
    own = begin is not None and begin.indent == 0 and _is_step(begin.key)
    for at in range(first if own else first + 1, last):
        if (line := _line(lines, at)) is not None:
            yield line


def _line(lines: Sequence[str], number: int) -> Line | None:
    match = _KEY.match(lines[number])
    if match is None:
        return None
    return Line(number, len(match[1]), len(match[1]) + len(match[2]), match[3])


def _is_step(key: str) -> bool:
    """A key that stands inside a scene, and that no scene is likely to be called."""
    from game.load.keys import BEAT_KEYS, CHOICE_KEYS, SCENE_KEYS  # which need the nodes, which need this

    return key in BEAT_KEYS | CHOICE_KEYS | SCENE_KEYS

"""The ids of choices put into the text of a file: a line below a label, or a label made into a mapping, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from game.load.decode_labels import arrow_of, stray_arrow
from game.load.diagnostics import Faults
from game.load.nodes import Mapping, Node, Scalar, Sequence, TextFile, build

if TYPE_CHECKING:
    from game.engine.model import At, Choice

Wanted = dict[tuple[int, int], "Choice"]
_ALIAS = re.compile(r"\s*:\s*\*[^\s,\[\]{}]+")
_DEEPER = "  "


class Left(NamedTuple):
    """A choice that stays without an id, and why."""

    at: At
    reason: str


class _Edit(NamedTuple):
    """What stands from `start` up to `end` becomes `text`. Offsets into the text of the file."""

    start: int
    end: int
    text: str


def with_ids(text: str, name: str, choices: Wanted) -> tuple[str, int, list[Left]]:
    """The text with an id for each of the choices (by line and column of their labels), how many, and those that stay."""
    writer = _Writer(text, name, choices)
    root = build(text, writer.file, Faults())
    if root is not None:
        writer.walk(root)
    found = writer.edits
    for edit in sorted(found, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, len(writer.done), writer.left


class _Writer:
    def __init__(self, text: str, name: str, choices: Wanted) -> None:
        self.text, self.choices = text, choices
        self.lines = text.splitlines(keepends=True)
        self.file = TextFile(name, tuple(text.splitlines()))
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.edits: list[_Edit] = []
        self.left: list[Left] = []
        self.done: set[int] = set()
        self.seen: set[int] = set()

    def walk(self, node: Node) -> None:
        """Every node once: what aliases repeat stands in the file once."""
        if isinstance(node, Scalar) or id(node) in self.seen:
            return
        self.seen.add(id(node))
        if isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar) and (choice := self.wanted(item)):
                    self.short(item, choice)
                self.walk(item)
            return
        for key, value in node.entries:
            if key.text == "say" and isinstance(value, Scalar) and (choice := self.wanted(value)):
                self.long(node, key, value, choice)
            self.walk(value)

    def wanted(self, node: Scalar) -> Choice | None:
        return self.choices.get((node.start.line + 1, node.start.column + 1))

    def offset(self, mark: Any) -> int:
        offset: int = self.starts[mark.line] + mark.column
        return offset

    def below(self, line: int, column: int, *entries: str) -> None:
        """Entries on lines of their own below a line (counted from 0), each at a column."""
        content = self.lines[line]
        bare = content.rstrip("\r\n\x85\u2028\u2029")
        end = content[len(bare) :] or self.line_end()
        at = self.starts[line] + len(bare)
        self.edits.append(_Edit(at, at, "".join(f"{end}{' ' * column}{entry}" for entry in entries)))

    def line_end(self) -> str:
        """How lines end in this file; for its last line, which may have no end."""
        first = self.lines[0]
        return first[len(first.rstrip("\r\n")) :] or "\n"

    # the two shapes of a choice

    def long(self, mapping: Mapping, key: Scalar, say: Scalar, choice: Choice) -> None:
        """`{say: …}` gets its id behind the label, a block mapping on a line below it."""
        self.done.add(id(mapping))
        after = say.end
        alias = _ALIAS.match(self.text, self.offset(key.end))
        if mapping.flow:
            at = alias.end() if alias else self.offset(after)
            self.edits.append(_Edit(at, at, f", id: {choice.id}"))
        else:
            self.below(key.end.line if alias else after.line, key.start.column, f"id: {choice.id}")

    def short(self, node: Scalar, choice: Choice) -> None:
        """`Label -> target` becomes `say`, `id` and `go`."""
        start, end = self.offset(node.start), self.offset(node.end)
        raw, source = self.text[start:end], node.source()
        if raw[:1] == "&":
            if id(node) not in self.seen:
                self.left.append(Left(node.at, "an alias repeats it elsewhere; write it out at both places"))
            self.seen.add(id(node))
            return
        arrow = arrow_of(source.text)
        label = source.text if arrow is None else source.text[:arrow].rstrip()
        if stray_arrow(label) is not None:
            self.left.append(Left(node.at, "its label holds an arrow, which would be an error in `say`"))
            return
        target = []
        if arrow is None:
            shown = _first(label, _candidates(raw, label), node.flow)
        else:
            at = source.at(arrow, arrow + 1)
            stretch = self.text[start : self.starts[at.line - 1] + at.column - 1].rstrip() + node.style
            shapes = _candidates(stretch, label)
            shown = _first(label, sorted(shapes, key=label.__ne__) if node.style == '"' else shapes, node.flow)
            goal = source.text[arrow + 2 :].strip()
            target = [f"go: {_first(goal, _candidates(goal, goal), node.flow)}"]
        entries = [f"id: {choice.id}", *target]
        self.done.add(id(node))
        if node.flow:
            self.edits.append(_Edit(start, end, "{" + ", ".join([f"say: {shown}", *entries]) + "}"))
        else:
            self.edits.append(_Edit(start, end, f"say: {shown}"))
            self.below(node.end.line, node.start.column, *entries)


# how a text is written -------------------------------------------------------------------------------------------


def _candidates(raw: str, text: str) -> list[str]:
    """Ways to write a text, the most faithful first: as it stood, plain, in quotes."""
    lines = raw.splitlines(keepends=True)
    deeper = "".join([*lines[:1], *(_DEEPER + line for line in lines[1:])])  # it now stands behind a key
    quoted = "'" + text.replace("'", "''") + "'"
    if not text.isprintable():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        quoted = '"' + "".join(mark if mark.isprintable() else f"\\U{ord(mark):08x}" for mark in escaped) + '"'
    return [deeper, text, quoted]


def _first(text: str, candidates: list[str], flow: bool) -> str:
    """The first way in which YAML reads this text again."""
    return next((one for one in candidates if _reads_as(text, one, flow)), candidates[-1])


def _reads_as(text: str, written: str, flow: bool) -> bool:
    document, faults = f"{{k: {written}, i: x}}" if flow else f"k: {written}\ni: x\n", Faults()
    root = build(document, TextFile("", tuple(document.splitlines())), faults)
    if not isinstance(root, Mapping) or len(root.entries) != 2 or len(faults):
        return False
    value = root.entries[0][1]
    return isinstance(value, Scalar) and value.text == text

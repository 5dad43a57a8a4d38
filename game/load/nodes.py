"""YAML to nodes that know where they stand.

Nodes are built from the events of PyYAML's C parser, with a stack of our own: no scalar is given a type here (`no`, `012`
and `12:30` stay what was written), doubled keys are found, and a hostile file ends in a diagnostic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from game.engine.model import At, Source
from game.load.spans import source_of
from game.load.yaml_words import explain

if TYPE_CHECKING:
    from game.load.diagnostics import Faults

MAX_DEPTH = 40
MAX_ALIASED = 10_000
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Characters that can do something to a terminal; a file has line ends beside them, a text only its own kind."""
_CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLOCKS = ("|", ">")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it was read: the name it is shown under, and its lines without their ends."""

    name: str
    lines: tuple[str, ...]

    def at(self, line: int, column: int, end_line: int, end_column: int) -> At:
        """A place, from lines and columns that count from 0."""
        return At(self.name, line + 1, column + 1, end_line + 1, end_column + 1)


class Scalar:
    """A scalar as text. `style` is empty (plain), `'`, `"`, `|` or `>`; `flow`: it stands inside brackets."""

    __slots__ = ("end", "file", "flow", "start", "style", "text")

    def __init__(self, text: str, style: str, start: Any, end: Any, file: TextFile, flow: bool) -> None:
        self.text = text
        self.style = style
        self.start = start
        self.end = end
        self.file = file
        self.flow = flow

    @property
    def at(self) -> At:
        start = self.start
        line, column = start.line + 1, start.column + 1
        if self.style in _BLOCKS:
            return At(self.file.name, line, column, line, column + 1)
        end = self.end
        last = end.column + 1
        return At(self.file.name, line, column, end.line + 1, last if last > column else column + 1)

    @property
    def empty(self) -> bool:
        """Nothing was written here."""
        return not self.text and not self.style

    def source(self) -> Source:
        """The text with the place of each of its characters."""
        return source_of(self)


class Collection:
    """What a list and a mapping have in common."""

    __slots__ = ("file", "flow", "start")

    def __init__(self, start: Any, file: TextFile, flow: bool) -> None:
        self.start = start
        self.file = file
        self.flow = flow

    @property
    def at(self) -> At:
        """Its first line from where it begins."""
        line, column = self.start.line, self.start.column
        lines = self.file.lines
        end = len(lines[line].rstrip()) if line < len(lines) else 0
        return self.file.at(line, column, line, max(end, column + 1))


class Sequence(Collection):
    __slots__ = ("items",)

    def __init__(self, start: Any, file: TextFile, flow: bool) -> None:
        super().__init__(start, file, flow)
        self.items: list[Node] = []


class Mapping(Collection):
    """Keys and values in the order written; doubled keys have been reported and only the first is kept."""

    __slots__ = ("entries", "pending")

    def __init__(self, start: Any, file: TextFile, flow: bool) -> None:
        super().__init__(start, file, flow)
        self.entries: list[tuple[Scalar, Node]] = []
        self.pending: Node | None = None

    def get(self, key: str) -> Node | None:
        for name, value in self.entries:
            if name.text == key:
                return value
        return None


Node = Scalar | Sequence | Mapping


def build(text: str, file: TextFile, faults: Faults) -> Node | None:
    """The root node of a YAML text, or None where it is empty or cannot be read (then `faults` says why)."""
    try:
        return _Builder(text, file, faults).root()
    except yaml.YAMLError as error:
        explain(error, file.name, file.lines, faults)
    except _TooMuch:
        pass
    return None


class _TooMuch(Exception):
    """A limit was passed and reported."""


@cache
def _parser_class() -> Any:
    """libyaml's parser; without libyaml the pure one, which is ten times slower and says the same."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return pure_parser()
    return CParser


def pure_parser() -> Any:
    """PyYAML's parser in Python."""
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class Pure(Reader, Scanner, Parser):
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)

    return Pure


class _Builder:
    def __init__(self, text: str, file: TextFile, faults: Faults) -> None:
        self.parser = _parser_class()(text)
        self.file = file
        self.faults = faults
        self.stack: list[Sequence | Mapping] = []
        self.anchors: dict[str, Node] = {}
        self.unused: dict[str, tuple[Node, Any]] = {}
        self.aliased = 0

    def root(self) -> Node | None:
        get = self.parser.get_event
        stack, file = self.stack, self.file
        scalar, mapping, sequence, alias = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        root: Node | None = None
        top: Sequence | Mapping | None = None
        documents = 0
        while True:
            event = get()
            kind = event.__class__
            node: Node
            if kind is scalar:
                style = event.style or ""
                node = Scalar(event.value, style, event.start_mark, event.end_mark, file, top is not None and top.flow)
                if event.tag is not None:
                    self.tagged(event)
                if style == '"' and (found := _CONTROL_IN_TEXT.search(node.text)) is not None:
                    self.unprintable(node, found.group())
            elif kind in ends:
                closed = stack.pop()
                if closed.__class__ is Mapping:
                    self.check_keys(closed)
                top = stack[-1] if stack else None
                continue
            elif kind is mapping or kind is sequence:
                make = Mapping if kind is mapping else Sequence
                node = make(event.start_mark, file, bool(event.flow_style))
                if event.tag is not None:
                    self.tagged(event)
            elif kind is alias:
                node = self.alias(event)
            elif kind is yaml.StreamEndEvent:
                break
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents == 2:
                    self.second_document(event)
                continue
            if event.anchor is not None and kind is not alias:
                self.anchors[event.anchor] = node
                self.unused[event.anchor] = node, event
            if top is None:
                root = node
            elif top.__class__ is Sequence:
                top.items.append(node)
            elif (key := top.pending) is None:  # type: ignore[union-attr]
                top.pending = node  # type: ignore[union-attr]
            elif key.__class__ is Scalar:
                top.pending = None  # type: ignore[union-attr]
                top.entries.append((key, node))  # type: ignore[union-attr]
            else:
                top.pending = None  # type: ignore[union-attr]
                self.bad_key(key)
            if kind is not scalar and kind is not alias:
                stack.append(node)  # type: ignore[arg-type]
                top = node  # type: ignore[assignment]
                if len(stack) > MAX_DEPTH:
                    self.stop(
                        "too-deep", node, f"nested deeper than {MAX_DEPTH} levels", "a part or a scene of its own reads better"
                    )
        for anchor, (node, event) in self.unused.items():
            self.lost_anchor(anchor, node, event)
        return root

    def bad_key(self, key: Node) -> None:
        fix = "a text that begins with { or [ stands in quotes" if key.flow else ""
        self.faults.add("bad-key", key.at, "a key must be a word, not a list or a mapping", fix)

    def check_keys(self, mapping: Mapping) -> None:
        entries = mapping.entries
        if len(entries) < 2 or len({key.text for key, _ in entries}) == len(entries):
            return
        first: dict[str, Scalar] = {}
        kept = []
        for key, value in entries:
            before = first.setdefault(key.text, key)
            if before is key:
                kept.append((key, value))
            else:
                note = f"it stands first in line {before.at.line}"
                self.faults.add("duplicate-key", key.at, f"the key `{key.text}` stands twice", "keep one of the two", note)
        mapping.entries = kept

    def alias(self, event: Any) -> Node:
        name, at = event.anchor, self.event_at(event)
        node = self.anchors.get(name)
        if node is None:
            message = f"`*{name}` is read by YAML as the repetition of something that was named `&{name}`; nothing was"
            self.faults.add("special-mark", at, message, "put a text that begins with * in single quotes: '*…'")
            raise _TooMuch
        if node in self.stack:
            self.faults.add("alias-loop", at, f"`*{name}` stands inside what it stands for, so it would never end")
            raise _TooMuch
        self.unused.pop(name, None)
        count, height = _measure(node)
        self.aliased += count
        if self.aliased > MAX_ALIASED:
            self.faults.add("alias-limit", at, f"aliases make more than {MAX_ALIASED:,} nodes in this file")
            raise _TooMuch
        if len(self.stack) + height > MAX_DEPTH:
            self.faults.add("too-deep", at, f"with what `*{name}` stands for, this is nested deeper than {MAX_DEPTH} levels")
            raise _TooMuch
        return node

    # what is reported

    def event_at(self, event: Any) -> At:
        start, end = event.start_mark, event.end_mark
        return self.file.at(start.line, start.column, start.line, end.column if end.line == start.line else start.column + 1)

    def stop(self, code: str, node: Node, message: str, fix: str) -> None:
        self.faults.add(code, node.at, message, fix)
        raise _TooMuch

    def tagged(self, event: Any) -> None:
        message = f"YAML takes `{event.tag}` for a tag and drops it"
        self.faults.add("special-mark", self.event_at(event), message, "put a text that begins with ! in single quotes: '!…'")

    def lost_anchor(self, anchor: str, node: Node, event: Any) -> None:
        if node.__class__ is Scalar:
            message = f"YAML takes `&{anchor}` for the name of an anchor and drops it"
            self.faults.add("special-mark", self.event_at(event), message, "put a text that begins with & in single quotes: '&…'")

    def unprintable(self, node: Scalar, character: str) -> None:
        message = f"this text holds a character that cannot be printed (U+{ord(character):04X})"
        self.faults.add("control-character", node.at, message, "take it away")

    def second_document(self, event: Any) -> None:
        message = "a second document begins here; a file holds one"
        self.faults.add("several-documents", self.event_at(event), message, "take the line `---` away, or make two files")
        raise _TooMuch


def _measure(node: Node) -> tuple[int, int]:
    """How many nodes hang below (up to a little above the limit), and how deep."""
    count, height = 0, 0
    waiting: list[tuple[Node, int]] = [(node, 0)]
    while waiting and count <= MAX_ALIASED:
        one, depth = waiting.pop()
        count += 1
        if isinstance(one, Scalar):
            continue
        height = max(height, depth + 1)
        below = one.items if isinstance(one, Sequence) else [value for _, value in one.entries]
        waiting += [(child, depth + 1) for child in below]
    return count, height

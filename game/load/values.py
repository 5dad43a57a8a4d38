"""Raw scalars decoded by the type of the field they stand in. Each function reports what does not fit and gives None."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from game.engine.expressions import ExpressionFault, parse_effects, parse_expression
from game.engine.model import At, Effects, Logic, Name, Prose, Source
from game.engine.prose import parse_prose
from game.load.foreign import PAGE, check_foreign, unclosed_command
from game.load.names import near
from game.load.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from game.load.diagnostics import Faults

WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CUT = re.compile(r"\s+#(?=[^\s#])")
_TRUTHS = {"yes": True, "no": False}
_FOREIGN_TRUTHS = {"true": "yes", "on": "yes", "y": "yes", "false": "no", "off": "no", "n": "no"}

T = TypeVar("T")


def scalar(node: Node, what: str, faults: Faults) -> Scalar | None:
    """The node as a scalar that holds something. `what` says what it should be: `a date`, `the name of a place`."""
    if isinstance(node, Scalar):
        if node.empty:
            faults.add("empty-value", node.at, f"nothing is written here; {what} is wanted", "take the key away or fill it in")
            return None
        return node
    kind = "list" if isinstance(node, Sequence) else "mapping"
    fix = ""
    if isinstance(node, Mapping):
        fix = "a text that begins with { stands in quotes" if node.flow else "a text with a colon in it stands in quotes"
    elif node.flow:
        fix = "a text that begins with [ stands in quotes"
    faults.add("wrong-type", node.at, f"this is a {kind}; {what} is wanted", fix)
    return None


def mapping(node: Node, what: str, faults: Faults) -> Mapping | None:
    """The node as a mapping."""
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and node.empty:
        faults.add("empty-value", node.at, f"nothing is written here; {what} is wanted", "take the key away or fill it in")
    else:
        kind = "list" if isinstance(node, Sequence) else "text"
        faults.add("wrong-type", node.at, f"this is a {kind}; {what} is wanted (keys, each with a colon)")
    return None


def items(node: Node) -> list[Node]:
    """A list's items; anything else is a list of one."""
    return node.items if isinstance(node, Sequence) else [node]


def truth(node: Node, faults: Faults) -> bool | None:
    found = scalar(node, "yes or no", faults)
    if found is None:
        return None
    if found.text in _TRUTHS:
        return _TRUTHS[found.text]
    word = _FOREIGN_TRUTHS.get(found.text.lower())
    faults.add(
        "wrong-type", found.at, f"`{found.text}` is neither yes nor no", f"write `{word}`" if word else "write `yes` or `no`"
    )
    return None


def day(node: Node, faults: Faults) -> date | None:
    found = scalar(node, "a date", faults)
    if found is None:
        return None
    if DATE.fullmatch(found.text):
        try:
            return date.fromisoformat(found.text)
        except ValueError:
            faults.add("wrong-type", found.at, f"the calendar has no {found.text}")
            return None
    faults.add("wrong-type", found.at, f"`{found.text}` is no date", "write year, month and day, as in 1922-03-06")
    return None


def whole(node: Node, faults: Faults, least: int | None = None) -> int | None:
    found = scalar(node, "a whole number", faults)
    if found is None:
        return None
    if WHOLE.fullmatch(found.text) is None:
        faults.add("wrong-type", found.at, f"`{found.text}` is no whole number", number_fix(found.text))
        return None
    value = int(found.text)
    if least is not None and value < least:
        faults.add("out-of-range", found.at, f"{value} is too small; the least is {least}")
        return None
    return value


def number(node: Node, faults: Faults) -> float | None:
    found = scalar(node, "a number", faults)
    if found is None:
        return None
    if NUMBER.fullmatch(found.text) is None:
        faults.add("wrong-type", found.at, f"`{found.text}` is no number", number_fix(found.text))
        return None
    return float(found.text)


def number_fix(text: str) -> str:
    """What to write for a number that YAML or another language would take."""
    digits = text.replace("_", "").replace(",", "").lstrip("0") or "0"
    return f"write {digits}" if digits != text and NUMBER.fullmatch(digits) else ""


def one_of(node: Node, words: Iterable[str], faults: Faults) -> str | None:
    """One of a few words."""
    known = tuple(words)
    listed = f"{', '.join(known[:-1])} or {known[-1]}"
    found = scalar(node, f"one of {listed}", faults)
    if found is None or found.text in known:
        return found.text if found else None
    faults.add("wrong-type", found.at, f"`{found.text}` is none of {listed}", "", near(found.text, known, "a word"))
    return None


def line(node: Node, what: str, faults: Faults) -> Scalar | None:
    """A text of the author's, which a `#` may have cut off."""
    found = scalar(node, what, faults)
    if found is not None:
        check_cut(found, faults)
    return found


def text(node: Node, what: str, faults: Faults) -> str:
    """The text of a declaration, without the line break at its end."""
    found = line(node, what, faults)
    return found.text.strip() if found else ""


def check_cut(found: Scalar, faults: Faults) -> None:
    """` #5` begins a comment in YAML, and what stands behind it is silently lost."""
    if found.style in ("|", ">"):
        return
    end = found.end
    if end.line >= len(found.file.lines):
        return
    rest = found.file.lines[end.line]
    match = _CUT.match(rest, end.column) if len(rest) > end.column else None
    if match is not None:
        at = found.file.at(end.line, match.end() - 1, end.line, len(rest.rstrip()))
        message = "YAML takes this for a comment and drops it"
        faults.add("cut-by-hash", at, message, "put the whole text in single quotes; a comment has a space behind its #")


def name(node: Node, what: str, faults: Faults) -> Name | None:
    """A name that something else carries; whether it exists is seen later."""
    found = scalar(node, what, faults)
    return None if found is None else Name(found.text, found.at)


def names(node: Node, what: str, faults: Faults) -> tuple[Name, ...]:
    """A name, or a list of names."""
    return tuple(found for item in items(node) if (found := name(item, what, faults)) is not None)


def words(node: Node, what: str, faults: Faults) -> tuple[str, ...]:
    """A text, or a list of texts."""
    return tuple(text(item, what, faults) for item in items(node))


# logic and prose -------------------------------------------------------------------------------------------------


def logic(node: Node, what: str, faults: Faults) -> Logic | None:
    found = scalar(node, what, faults)
    return None if found is None else logic_in(found.source(), faults)


def logic_in(source: Source, faults: Faults) -> Logic | None:
    tree = _parsed(parse_expression, "bad-expression", source, faults)
    return None if tree is None else Logic(source, tree)


def effects(node: Node, faults: Faults) -> tuple[Effects, ...]:
    """The effects of a `do`: one text, or a list of them."""
    found = []
    for item in items(node):
        one = scalar(item, "an effect", faults)
        if one is not None:
            source = one.source()
            tree = _parsed(parse_effects, "bad-expression", source, faults)
            if tree is not None:
                found.append(Effects(source, tree))
    return tuple(found)


def label(node: Node, what: str, faults: Faults) -> Prose | None:
    """One line that may hold logic: a title, a note, a reason."""
    found = line(node, what, faults)
    return None if found is None else prose_in(found.source(), faults)


def prose_in(source: Source, faults: Faults, *, block: bool = False) -> Prose | None:
    try:
        tree = parse_prose(source.text)
    except ExpressionFault as fault:
        command = unclosed_command(source.text, fault.start)
        message, fix = fault.message, fault.fix
        if command is not None:
            message = f"this looks like {command.whose}; here its `*` is a mark that is never closed"
            fix = f"{command.fix}; {PAGE}"
        end = max(fault.end if command is None else command.end, fault.start + 1)
        faults.add("bad-prose", source.at(fault.start, end), message, fix)
        return None
    check_foreign(source, faults)
    return Prose(source, tree, block)


def block(node: Node, faults: Faults) -> Prose | None:
    """Prose: a block scalar, and nothing else, since YAML cuts and changes every other kind of text."""
    if isinstance(node, Scalar) and node.style == "|":
        if not node.text.strip():
            faults.add("empty-value", node.at, "this text is empty", "take the key away or fill it in")
            return None
        return prose_in(node.source(), faults, block=True)
    plain_prose(node, faults)
    return None


def plain_prose(node: Node, faults: Faults) -> None:
    """Reports something that stands where prose is wanted and is no block scalar."""
    fix = "write `|` here and the text below it, indented"
    if isinstance(node, Scalar):
        if node.empty:
            faults.add("empty-value", node.at, "nothing is written here; prose is wanted", fix)
        elif node.style == ">":
            faults.add(
                "plain-prose", node.at, "prose is written below `|`; `>` would lose its paragraphs", "write `|` instead of `>`"
            )
        elif node.style:
            faults.add("plain-prose", node.at, "prose is written as a block; in quotes it loses its own quotation marks", fix)
        else:
            faults.add("plain-prose", node.at, "prose is written as a block; YAML cuts and changes plain text", fix)
    else:
        kind = "list" if isinstance(node, Sequence) else "mapping"
        faults.add("plain-prose", node.at, f"YAML has made a {kind} of this prose", fix)


def _parsed(parse: Callable[[str], T], code: str, source: Source, faults: Faults) -> T | None:
    try:
        return parse(source.text)
    except ExpressionFault as fault:
        at = source.at(fault.start, max(fault.end, fault.start + 1))
        faults.add(code, at, fault.message, fault.fix)
        return None


# mappings --------------------------------------------------------------------------------------------------------


class Fields:
    """The keys of a mapping, taken by name. A key that is none of `known` is reported with the nearest real one."""

    def __init__(self, node: Mapping, what: str, known: Collection[str] | None, faults: Faults) -> None:
        """Without `known` the keys have been looked at already."""
        self.node = node
        self.what = what
        self.faults = faults
        self.found = {key.text: (key, value) for key, value in node.entries}
        if known is not None:
            for key, _ in node.entries:
                if key.text not in known:
                    unknown_key(key, what, known, faults)

    def __contains__(self, key: str) -> bool:
        return key in self.found

    def get(self, key: str) -> Node | None:
        found = self.found.get(key)
        return found[1] if found else None

    def key_at(self, key: str) -> At:
        """Where the key stands."""
        return self.found[key][0].at

    def take(self, key: str, decode: Callable[[Node, Faults], T | None], default: T) -> T:
        """The key's value as `decode` reads it, or the default where it is missing or does not fit."""
        node = self.get(key)
        if node is None:
            return default
        value = decode(node, self.faults)
        return default if value is None else value

    def need(self, key: str, at: At | None = None) -> Node | None:
        """The key's value; its absence is reported."""
        node = self.get(key)
        if node is None:
            self.faults.add("missing-key", at or self.node.at, f"{self.what} needs `{key}`", f"add `{key}: …`")
        return node

    def text(self, key: str, what: str = "a text") -> str:
        node = self.get(key)
        return "" if node is None else text(node, what, self.faults)

    def words(self, key: str, what: str) -> tuple[str, ...]:
        node = self.get(key)
        return () if node is None else words(node, what, self.faults)

    def one_of(self, key: str, known: Iterable[str], default: str) -> str:
        node = self.get(key)
        return default if node is None else one_of(node, known, self.faults) or default

    def whole(self, key: str, default: int, least: int | None = None) -> int:
        node = self.get(key)
        found = None if node is None else whole(node, self.faults, least)
        return default if found is None else found

    def name(self, key: str, what: str) -> Name | None:
        node = self.get(key)
        return None if node is None else name(node, what, self.faults)

    def names(self, key: str, what: str) -> tuple[Name, ...]:
        node = self.get(key)
        return () if node is None else names(node, what, self.faults)

    def label(self, key: str, what: str) -> Prose | None:
        node = self.get(key)
        return None if node is None else label(node, what, self.faults)

    def logic(self, key: str, what: str) -> Logic | None:
        node = self.get(key)
        return None if node is None else logic(node, what, self.faults)

    def needed_text(self, key: str, at: At | None = None) -> str:
        node = self.need(key, at)
        return "" if node is None else text(node, "a text", self.faults)


def unknown_key(key: Scalar, what: str, known: Iterable[str], faults: Faults, fix: str = "") -> None:
    """Reports a key that means nothing in `what`."""
    keys = sorted(known)
    note = near(key.text, keys, "a key")
    if not note and len(keys) <= 12:
        note = f"its keys are {', '.join(keys)}"
    faults.add("unknown-key", key.at, f"{what} has no key `{key.text}`", fix, note)

"""Variables: the kind is seen from the start value, unless `type` says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.calendar import UNITS, Period
from game.engine.model import Variable
from game.load import values
from game.load.keys import BETTER, GROUPS, KEEP, TYPES, VARIABLE
from game.load.names import VALUES, check_id, near
from game.load.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from game.load.diagnostics import Faults

_RANGE = re.compile(r"(\S+)\s+to\s+(\S+)")
_SPAN = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
_NUMBERS = ("whole", "number")
_MISREAD = re.compile(r"(?i)true|false|on|off|null|~|[-+]?\d[\d_.,:]*")


class _Range(NamedTuple):
    low: float
    high: float
    whole: bool


def variable(key: Scalar, node: Node, faults: Faults) -> Variable | None:
    """One entry of variables.yaml."""
    found = values.mapping(node, "a variable", faults)
    if found is None:
        return None
    fields = values.Fields(found, "a variable", VARIABLE, faults)
    where = fields.need("start", key.at)
    start = None if where is None else values.scalar(where, "a start value", faults)
    declared = fields.one_of("type", TYPES, "")
    limits = fields.take("range", _range, None)
    words: dict[str, str] = fields.take("words", _words, {})
    if start is None:
        return None
    kind = _kind(start, "truth" if declared == "yes/no" else declared, limits, bool(words))
    value = _value(start, kind, words, faults)
    if value is None:
        return None
    if limits is not None:
        if kind not in _NUMBERS:
            faults.add("wrong-type", fields.key_at("range"), "only numbers have a range", "take it away, or begin with a number")
        elif not limits.low <= value <= limits.high:
            faults.add("out-of-range", start.at, f"{start.text} is outside the range of {limits.low:g} to {limits.high:g}")
    if kind == "word" and declared:
        faults.add(
            "wrong-type", fields.key_at("type"), "a variable with `words` is one of them; it has no `type`", "take it away"
        )
    scale: tuple[tuple[float, str], ...] = fields.take("scale", _scale, ())
    if scale and kind not in _NUMBERS:
        faults.add("wrong-type", fields.key_at("scale"), "only numbers have a scale", "`words` say how a word is printed")
    low, high = (limits.low, limits.high) if limits else (None, None)
    if kind == "whole" and limits:
        low, high = int(limits.low), int(limits.high)
    return Variable(
        at=key.at,
        id=key.text,
        kind=kind,
        start=value,
        low=low,
        high=high,
        words=words,
        label=fields.text("label"),
        group=fields.one_of("group", GROUPS, ""),
        scale=scale,
        rises=fields.text("rises"),
        falls=fields.text("falls"),
        better=fields.one_of("better", BETTER, "none"),
        series=fields.take("series", values.truth, False),
        keep=fields.one_of("keep", KEEP, ""),
    )


def _kind(start: Scalar, declared: str, limits: _Range | None, words: bool) -> str:
    if words:
        return "word"
    if declared:
        return declared
    text = start.text
    if start.style:
        return "text"
    if text in ("yes", "no"):
        return "truth"
    if values.NUMBER.fullmatch(text):
        return "whole" if values.WHOLE.fullmatch(text) and (limits is None or limits.whole) else "number"
    if values.DATE.fullmatch(text):
        return "date"
    return "span" if _SPAN.fullmatch(text) else "text"


def _value(start: Scalar, kind: str, words: dict[str, str], faults: Faults) -> Any:
    """The start value as a value of its kind; None where it is none."""
    if kind == "truth":
        return values.truth(start, faults)
    if kind == "whole":
        return values.whole(start, faults)
    if kind == "number":
        return values.number(start, faults)
    if kind == "date":
        return values.day(start, faults)
    if kind == "span":
        match = _SPAN.fullmatch(start.text)
        if match is None:
            faults.add("wrong-type", start.at, f"`{start.text}` is no span", "write a number and a unit, as in `2 weeks`")
            return None
        months, days = UNITS[match[2]]
        return Period(months * int(match[1]), days * int(match[1]))
    if kind == "word":
        if start.text not in words:
            note = near(start.text, words, "a word")
            faults.add("wrong-type", start.at, f"`{start.text}` is none of this variable's words", "", note)
            return None
        return start.text
    values.check_cut(start, faults)
    if not start.style and _MISREAD.fullmatch(start.text):
        fix = values.number_fix(start.text)
        fix = {"true": "write yes", "on": "write yes", "false": "write no", "off": "write no"}.get(start.text.lower(), fix)
        message = f"`{start.text}` is neither a number, yes or no, a date, nor clearly a text"
        faults.add("wrong-type", start.at, message, fix or "put a text into quotes")
        return None
    return start.text


def _range(node: Node, faults: Faults) -> _Range | None:
    found = values.scalar(node, "a range", faults)
    match = None if found is None else _RANGE.fullmatch(found.text)
    if found is None:
        return None
    if match is None or not values.NUMBER.fullmatch(match[1]) or not values.NUMBER.fullmatch(match[2]):
        faults.add("wrong-type", found.at, f"`{found.text}` is no range", "write the least and the most, as in `0 to 8`")
        return None
    low, high = float(match[1]), float(match[2])
    if low >= high:
        faults.add("out-of-range", found.at, "this range is empty: the first number must be the smaller one")
        return None
    return _Range(low, high, "." not in found.text)


def _words(node: Node, faults: Faults) -> dict[str, str]:
    """A list of words, or a mapping of words to how they are printed."""
    entries: list[tuple[Scalar, Node]]
    if isinstance(node, Sequence):
        entries = [(word, word) for item in node.items if (word := values.scalar(item, "a word", faults))]
    else:
        found = values.mapping(node, "a list of words, or words and how they are printed", faults)
        entries = found.entries if isinstance(found, Mapping) else []
    words: dict[str, str] = {}
    for word, printed in entries:
        if check_id(word, "a word", VALUES, faults) is None:
            continue
        if word.text in words:
            faults.add("duplicate-name", word.at, f"the word `{word.text}` stands twice", "keep one of the two")
        words[word.text] = values.text(printed, "how the word is printed", faults)
    return words


def _scale(node: Node, faults: Faults) -> tuple[tuple[float, str], ...]:
    found = values.mapping(node, "numbers, each with a word", faults)
    if found is None:
        return ()
    scale = []
    for key, value in found.entries:
        low = values.number(key, faults)
        word = values.text(value, "a word", faults)
        if low is not None:
            scale.append((low, word))
    return tuple(sorted(scale))

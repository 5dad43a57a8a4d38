"""Text code linked to functions that give words, and words cut into blocks of styled spans.

Between the two, emphasis and links travel in the string as control characters, which no author's text and no typed
answer may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from game.engine.calendar import MONTHS, WEEKDAYS, long_date
from game.engine.chance import shuffled
from game.engine.evaluate import must
from game.engine.page import Block, Span

if TYPE_CHECKING:
    from datetime import date

    from game.engine.machine import Machine

Words = Callable[["Machine"], str]

EM, STRONG, LINK, CARD, CLOSE, GLUE = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile(r"([\x01\x02\x05]|\x03[^\x04]*\x04)")
_SPACES = re.compile(r"[ \t]{2,}")
_SPACE_BEFORE_STOP = re.compile(r" +(?=[,;:!?](?:\s|$)|\.(?!\.))")
_GLUE = re.compile(r"\s*\x06\s*")


def clean(text: str) -> str:
    """A typed line as data: no control characters, no line breaks, single spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())


def link_prose(code: Iterable[list[Any]]) -> Words:
    """The function that gives a text's words."""
    parts = [_node(node) for node in code]
    if not parts:
        return lambda m: ""
    if len(parts) == 1:
        return parts[0]
    return lambda m: "".join([part(m) for part in parts])


def line(text: str) -> str:
    """A one-line text (a label, a reason, a title) as plain words."""
    plain = _MARKS.sub("", text.replace(GLUE, "")).replace("\n\n", " ")
    return tidy(plain).strip()


def tidy(text: str) -> str:
    """Without the double spaces and the spaces before stops that empty logic leaves behind."""
    return _SPACE_BEFORE_STOP.sub("", _SPACES.sub(" ", text))


def to_blocks(text: str, scene: str) -> list[Block]:
    """Paragraphs as blocks; what is glued is one."""
    blocks = []
    for paragraph in _GLUE.sub(lambda match: _joint(match.group()), text).split("\n\n"):
        words = tidy(paragraph).strip()
        if words:
            spans = tuple(_spans(words))
            if spans:
                blocks.append(Block("text", spans, scene))
    return blocks


def _joint(glue: str) -> str:
    """Glue takes paragraph breaks away; a space written beside it stays."""
    return " " if " " in glue.replace("\n\n", "") else ""


def _spans(words: str) -> Iterable[Span]:
    em = strong = False
    card = ""
    for piece in _MARKS.split(words):
        if piece == EM:
            em = not em
        elif piece == STRONG:
            strong = not strong
        elif piece == CLOSE:
            card = ""
        elif piece.startswith(LINK):
            card = piece[1:-1]
        elif piece:
            yield Span(piece, em, strong, card)


def _node(node: list[Any]) -> Words:
    return _NODES[node[0]](node)


def _words(node: list[Any]) -> Words:
    text = _CONTROL.sub("", node[1])
    return lambda m: text


def _mark(node: list[Any]) -> Words:
    sign = EM if node[1] == "em" else STRONG
    return lambda m: sign


def _link(node: list[Any]) -> Words:
    card, inner = str(node[1]).replace(CARD, ""), link_prose(node[2])
    return lambda m: f"{LINK}{card}{CARD}{inner(m)}{CLOSE}"


def _when(node: list[Any]) -> Words:
    branches = [(None if test is None else must(test), link_prose(text)) for test, text in node[1]]

    def run(m: Machine) -> str:
        for test, text in branches:
            if test is None or test(m):
                return text(m)
        return ""

    return run


def _pick(node: list[Any]) -> Words:
    index, branches = link_pick(node), [link_prose(text) for text in node[4]]

    def run(m: Machine) -> str:
        picked = index(m)
        return "" if picked is None else branches[picked](m)

    return run


def link_pick(node: list[Any]) -> Callable[[Machine], int | None]:
    """The function that gives which of its texts a `seq`, `cycle`, `once` or `shuffle` says now, or None."""
    way, scope, number, count = node[1], node[2], node[3], len(node[4])
    site = f"{scope}:shuffle#{number}"

    def run(m: Machine) -> int | None:
        visit = max(m.state.visits[scope][0] if scope in m.state.visits else 1, 1) - 1
        if way == "seq":
            return min(visit, count - 1)
        if way == "cycle":
            return visit % count
        if way == "once":
            return None if visit >= count else visit
        return shuffled(m.state.seed, site, count, visit // count)[visit % count]

    return run


def _value(node: list[Any]) -> Words:
    _, code, kind, form, cap, variable = node
    value = must(code)

    def run(m: Machine) -> str:
        info = m.story.variables.get(variable)
        found = value(m)
        if form == "scale" and info is not None:
            text = info.word(found)
        elif kind == "word":
            text = printed(m, variable, found)
        else:
            text = show(found, kind, form)
        return text[:1].upper() + text[1:] if cap else text

    return run


def printed(m: Machine, variable: str, word: str) -> str:
    """How a one-of value is printed: by its variable's words; places and acts by their names."""
    info = m.story.variables.get(variable)
    if info is not None:
        return info.words.get(word, word)
    place = m.story.places.get(word)
    if place is not None:
        return place.name
    return next((act.title for act in m.story.acts if act.id == word), word)


def show(value: Any, kind: str, form: str = "") -> str:
    """A value as text, in the format that was asked for."""
    if kind == "truth":
        return "yes" if value else "no"
    if kind == "date":
        return " ".join(_of_date(value, word) for word in form.split()) if form else long_date(value)
    if form == "words":
        return in_words(int(value))
    if kind in ("whole", "number") and form:
        return format(value, form)
    if kind == "number":
        return f"{value:g}"
    return str(value)


def _of_date(day: date, word: str) -> str:
    parts = {"weekday": WEEKDAYS[day.weekday()], "d": str(day.day), "month": MONTHS[day.month - 1], "year": str(day.year)}
    stripped = word.rstrip(",.;")
    return parts.get(stripped, stripped) + word[len(stripped) :]


_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """A whole number in words: `three hundred and four`; figures from a million up."""
    if number < 0:
        return f"minus {in_words(-number)}"
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_SMALL[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number < 1_000_000:
        thousands, rest = divmod(number, 1000)
        joint = "" if not rest else " and " if rest < 100 else " "
        return f"{in_words(thousands)} thousand{joint}{in_words(rest) if rest else ''}"
    return f"{number:,}"


_NODES: dict[str, Callable[[list[Any]], Words]] = {
    "s": _words, "m": _mark, "l": _link, "c": _when, "a": _pick, "e": _value, "g": lambda node: lambda m: GLUE,
}  # fmt: skip

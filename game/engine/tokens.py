"""The words and signs that expressions are made of."""

from __future__ import annotations

import re
from typing import NamedTuple

from game.engine.slips import foreign_sign

MAX_LENGTH = 2_000

_TOKEN = re.compile(
    r"""\s*+(?:
    (?P<date>\d{4}-\d{2}-\d{2}(?![\w-]))
    |(?P<number>\d+(?:\.\d+)?(?!\w))
    |(?P<text>"[^"\n]*"|'[^'\n]*')
    |(?P<name>[^\W\d]\w*(?:\.\w+)*)
    |(?P<op>==|!=|<=|>=|\+=|-=|\*=|//|[-+*/%<>=(),;])
    |(?P<end>\Z))""",
    re.VERBOSE,
)
"""One token, and the white space before it."""


class ExpressionFault(Exception):
    """What is wrong with an expression, from `start` up to `end` of its text; `fix` says what to write, or is empty."""

    def __init__(self, message: str, start: int, end: int, fix: str = "") -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.fix = message, start, end, fix


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and signs of an expression, the last of kind `end`. Raises ExpressionFault."""
    if len(text) > MAX_LENGTH:
        raise ExpressionFault(f"this expression is {len(text):,} characters long; {MAX_LENGTH:,} is the limit", 0, 1)
    found, at = [], 0
    for match in iter(_TOKEN.scanner(text).match, None):  # type: ignore[attr-defined]  # each from where the last one ended
        kind = match.lastgroup
        if kind == "end":
            break
        start, at = match.span(kind)
        found.append(Token(kind, match[kind], start, at))
    else:
        raise _unreadable(text, len(text) - len(text[at:].lstrip()))
    found.append(Token("end", "the end", len(text), len(text)))
    return found


def _unreadable(text: str, at: int) -> ExpressionFault:
    slip = foreign_sign(text, at)
    if slip is not None:
        return ExpressionFault(*slip)
    if text[at] in "\"'":
        return ExpressionFault("this text has no closing quotation mark", at, len(text))
    if text[at].isdigit():
        end = re.compile(r"[\w.]+").match(text, at)
        return ExpressionFault("this is neither a number, a date (1924-03-02) nor a name", at, end.end() if end else at + 1)
    return ExpressionFault(f"`{text[at]}` has no meaning in an expression", at, at + 1)

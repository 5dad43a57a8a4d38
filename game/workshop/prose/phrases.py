"""Phrases to look for, as patterns: `steel* yourself`, `a mix of ... and`, `* , * and *`.

A word means itself, in capitals or not; `*` in a word any letters, alone any one word; `...` up to four words of the same
sentence; a stop or a dash itself. There are no other signs, so no phrase can make the search slow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from game.load.style import Phrase

_TOKEN = re.compile(r"\.\.\.|…|[\w*'’-]*[\w*][\w*'’-]*|[^\w\s]")
_ONE = r"[\w'’-]+"
_FEW = r"(?:\s+[\w'’-]+){0,4}"


class Phrases:
    """Several phrases, looked for together."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.patterns = [(phrase, needle(phrase.text), re.compile(pattern(phrase.text), re.IGNORECASE)) for phrase in phrases]

    def find(self, text: str) -> Iterator[tuple[int, int, Phrase]]:
        """Where each of them stands, the first that fits at a place."""
        taken: set[int] = set()
        low = text.lower().replace("’", "'")
        for phrase, sure, compiled in self.patterns:
            for match in compiled.finditer(text) if sure in low else ():
                if match.start() not in taken:
                    taken.add(match.start())
                    yield match.start(), match.end(), phrase


def needle(text: str) -> str:
    """The longest stretch of letters or signs that stands in whatever the phrase finds: looked for first, since that is quick."""
    return max(re.split(r"[\s*…]+|\.\.\.", text.lower().replace("’", "'")), key=len)


def pattern(text: str) -> str:
    """The regular expression of a phrase."""
    made = ""
    after_word = False
    for token in _TOKEN.findall(text):
        if token in ("...", "…"):
            made += _FEW
            continue
        word = any(sign.isalnum() or sign == "*" for sign in token)
        if made:
            made += r"\s+" if word and after_word else r"\s*"
        made += _word(token) if word else re.escape(token)
        after_word = word
    return made


def _word(token: str) -> str:
    inner = _ONE if token == "*" else r"\w*".join(re.escape(part) for part in token.split("*")).replace("'", "['’]")
    return rf"(?<!\w){inner}(?![\w])"

"""Who says what stands between quotes: found by the words around it, as a reader finds it.

A quote is somebody's when the same paragraph says so beside it (`says Hester`, `Hester Quinn asks`, `he says`); when it goes on
after such words; or else when the paragraph names one person before it and nobody else. A pronoun is the person last named. What
is left is counted as unattributed rather than guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VERBS = (
    "says?|said|asks?|asked|answers?|answered|repl(?:y|ies|ied)|shout(?:s|ed)?|call(?:s|ed)?|reads|whisper(?:s|ed)?|add(?:s|ed)?|"
    "cries|cried|tells?|told|sings|sang|writes|wrote|explain(?:s|ed)?|agree(?:s|d)?|repeats?|mutter(?:s|ed)?|goes on|went on|"
    "offer(?:s|ed)?|announce(?:s|d)?|wants to know|corrects"
)
_QUOTE = re.compile(r'"([^"]+)"|“([^”]+)”')
_WORD = r"[^\W\d_][\w'’-]*"
_ARTICLE = r"(?:the|a|an|one)\s+"
_BEHIND = re.compile(rf"^[\s,]*(?:{_VERBS})\s+(?:out\s+)?(?P<who>{_ARTICLE}{_WORD}|{_WORD})", re.I)
_BEFORE_VERB = re.compile(rf"^[\s,]*(?P<who>{_ARTICLE}{_WORD}|{_WORD}(?-i:\s+[A-ZÀ-Þ]\w+)?)(?:\s+then)?\s+(?:{_VERBS})\b", re.I)
_LEADING = re.compile(rf"(?P<who>{_ARTICLE}{_WORD}|{_WORD}(?-i:\s+[A-ZÀ-Þ]\w+)?),?\s+(?:{_VERBS})\b[^.!?\"“”]*[,:]\s*$", re.I)
_PRONOUNS = {"he", "she", "it"}
_SMALL = {"the", "a", "an", "one", "of", "in", "from", "with", "at", "and", "his", "her", "their", "your"}
NOBODY = ""
YOU = "you"


@dataclass(frozen=True, slots=True)
class Line:
    """One quote, and who says it: a person's id, `you`, the words that name somebody else, or nothing."""

    text: str
    speaker: str


def names(people: Mapping[str, str]) -> dict[str, str]:
    """The words by which people are named: {word in lower case: id}; words that two people share name neither."""
    found: dict[str, set[str]] = {}
    for person, name in people.items():
        words = [word for word in re.findall(_WORD, name) if word[0].isupper() and word.casefold() not in _SMALL]
        heads = re.findall(_WORD, name)[1:2] if name.casefold().startswith(("the ", "a ")) else []
        for word in (*words, *heads):
            found.setdefault(word.casefold(), set()).add(person)
    return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}


def lines(text: str, known: Mapping[str, str], last: str = NOBODY) -> list[Line]:
    """The quotes of a text in order. `known` are `names`; `last` who a pronoun means before anybody is named."""
    found: list[Line] = []
    for paragraph in re.split(r"\n\s*\n", text):
        quotes = list(_QUOTE.finditer(paragraph))
        speaker = NOBODY
        for number, quote in enumerate(quotes):
            before = paragraph[quotes[number - 1].end() if number else 0 : quote.start()]
            behind = paragraph[quote.end() : quotes[number + 1].start() if number + 1 < len(quotes) else len(paragraph)]
            for named in _named(before, known):
                last = named
            told = _told(before, behind, known, last)
            if told is None and speaker and not _sentence_between(before):
                told = speaker
            if told is None:
                present = list(dict.fromkeys(_named(_QUOTE.sub(" ", paragraph), known)))
                told = present[0] if len(present) == 1 else NOBODY
            speaker = told
            last = told if told not in (NOBODY, YOU) else last
            found.append(Line((quote[1] or quote[2]).strip(), told))
        for named in _named(paragraph[quotes[-1].end() :] if quotes else paragraph, known):
            last = named
    return found


def _told(before: str, behind: str, known: Mapping[str, str], last: str) -> str | None:
    """Who the words beside a quote say it is; None where they say nothing of it."""
    for pattern, words in ((_BEHIND, behind), (_BEFORE_VERB, behind), (_LEADING, before)):
        match = pattern.search(words)
        if match is not None and not (pattern is _BEFORE_VERB and match["who"] in ("You", "He", "She", "It", "They")):
            return _who(match["who"], known, last)  # behind a quote, a capital pronoun begins another sentence
    return None


def _who(words: str, known: Mapping[str, str], last: str) -> str:
    parts = [part for part in re.findall(_WORD, words.casefold()) if part not in _SMALL]
    for part in parts:
        if part in known:
            return known[part]
    if not parts or parts[0] in _PRONOUNS:
        return last
    if parts[0] in ("you", "i", "we"):
        return YOU
    if words.split()[0].casefold() in ("the", "a", "an"):
        return f"the {parts[0]}"
    return parts[0] if words[0].isupper() else NOBODY


def _named(text: str, known: Mapping[str, str]) -> Iterable[str]:
    return [known[word.casefold()] for word in re.findall(_WORD, text) if word.casefold() in known and word[0].isupper()]


def _sentence_between(text: str) -> bool:
    """Whether more than one sentence stands between two quotes, so that the second may be another's."""
    return len(re.findall(r"[.!?]", text)) > 1 or not text.strip()

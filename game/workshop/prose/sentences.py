"""Sentences, words and syllables, as the measures count them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.load.style import Style

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_STOP = re.compile(r"[.!?…]+[\"”'’»)\]]*(?=\s|$)")
_GOES_ON = re.compile(r"\s+[a-zà-öø-ÿ]")
_BEFORE = re.compile(r"([\w.]+)$")
_SHORT = "mr mrs ms messrs dr st prof rev etc vs cf jr sr inc ltd"
ABBREVIATIONS = frozenset(_SHORT.split())
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
_SILENT_E = re.compile(r"(?<![aeiouy])(?<![^aeiouy]l)e[sd]?$")
_SPOKEN_E = re.compile(r"[td]ed$|(?:[sxzcg]|ch|sh)es$")
_TWO_VOWELS = re.compile(r"[^aeioutcsg]ia|[^aeioutscgn]io(?!u)|[^aeiouy]eo(?!p)|ua[lt]|iu|[aeo]ing|[^aeiou]ying")


def sentences(text: str, start: int, end: int, style: Style) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends. `"What?" says the Finn.` is one."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _GOES_ON.match(text, stop.end()) or ends_in_abbreviation(text, stop.start(), style):
            continue
        yield begin, stop.end()
        begin = stop.end()
    if text[begin:end].strip():
        yield begin, end


def ends_in_abbreviation(text: str, at: int, style: Style) -> bool:
    """The stop at `at` belongs to a word that is always written with one, or to an initial."""
    before = _BEFORE.search(text, max(0, at - 20), at)
    if before is None:
        return False
    word = before[1].lower()
    known = (
        word in ABBREVIATIONS or _LETTERS.fullmatch(word) or any(word == one.rstrip(".").lower() for one in style.abbreviations)
    )
    return bool(known) or (len(word) == 1 and before[1].isupper() and before[1] != "I")


def count_words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))


@lru_cache(50_000)
def syllables(word: str) -> int:
    """About how many syllables an English word has, by its groups of vowels."""
    low = word.lower().replace("’", "'").partition("'")[0] or word
    if not low.isalpha():
        return sum(syllables(part) for part in re.findall(r"[^\W\d_]+", low)) or max(1, len(low) // 2)
    count = len(_VOWELS.findall(low))
    if count > 1 and _SILENT_E.search(low) and not _SPOKEN_E.search(low):
        count -= 1
    return max(1, count + (_TWO_VOWELS.search(low) is not None))


def spoken(text: str, start: int, end: int, style: Style) -> list[tuple[int, int]]:
    """The stretches of a paragraph that stand inside speech marks; one that is left open reaches to its end."""
    opening, closing = style.speech
    found: list[tuple[int, int]] = []
    begun = -1
    for at in range(start, end):
        if text[at] not in (opening, closing):
            continue
        opens = text[at] == opening if opening != closing else opens_speech(text, at, start, end, begun >= 0)
        if opens:
            begun = at
        elif begun >= 0:
            found.append((begun, at))
            begun = -1
    return [*found, (begun, end)] if begun >= 0 else found


def opens_speech(text: str, at: int, start: int, end: int, speaking: bool) -> bool:
    """Whether a straight mark opens speech: by the blanks around it, else by whether one is open."""
    before = text[at - 1] if at > start else " "
    behind = text[at + 1] if at + 1 < end else " "
    if before.isspace() != behind.isspace():
        return before.isspace()
    return not speaking

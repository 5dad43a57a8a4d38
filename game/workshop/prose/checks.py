"""What is wrong with a reading by its signs alone: doubled blanks and words, a or an, marks that do not close, stops.

The game itself takes away doubled blanks and blanks before stops that empty logic leaves, so those count only where they were
typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.workshop.prose.articles import either, wants_an
from game.workshop.prose.expand import GLUE
from game.workshop.prose.sentences import ends_in_abbreviation, opens_speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.load.style import Style
    from game.workshop.prose.expand import Reading
    from game.workshop.prose.texts import Text

_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_TWICE = re.compile(r"\b([^\W\d_]+)\s+(\1)(?![\w'’-])", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<![\w'’.-])(an?)\s+[\"“'‘(*]{0,3}(?=\w)", re.IGNORECASE)
_WORD = re.compile(r"\w[\w.,'’-]*")
_BEFORE_STOP = re.compile(r"(?<=[\w\"”'’)])[ \t]+([,;:!?]|\.(?!\.))(?![\w.])")
_STOPS = re.compile(r"([,;:])\s*[,;:.!?]|[!?]\s*[.,;:]|(?<!\.)\.\s*[,;:!?]|(?<!\.)\.\.(?!\.)|(?<!\.)\.[\"”]\s?[.,;:]")
_END = re.compile(r"[.!?…:;—–]")
_CLOSERS = " \t\n*_\"'”’»)]}"
_LOWER = re.compile(r"(?<![.!?])[.!?][)\]]?\s+([a-zà-öø-ÿ])")
_FIRST = re.compile(r"[\"“'‘(\[«\s]*([^\W\d_])")
_REPEATS = ("had", "that")
_PAIRS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at `start` to `end` of a reading."""

    code: str
    start: int
    end: int
    message: str
    fix: str = ""


def check(text: Text, reading: Reading, style: Style, english: bool) -> Iterator[Finding]:
    """Everything that is wrong with a reading. Of a snippet, which is only part of a sentence, the words alone are looked at."""
    yield from _spaces(reading)
    yield from _doubled_words(reading.text, style)
    if english:
        yield from _articles(reading.text)
    yield from _before_stop(reading)
    yield from _doubled_stops(reading.text, style)
    if text.kind == "part":
        return
    spans = list(reading.paragraphs())
    for index, (start, end) in enumerate(spans):
        following = reading.text[spans[index + 1][0] :].lstrip() if index + 1 < len(spans) else ""
        yield from _open_marks(reading.text, start, end, following, style)
        if text.kind in ("prose", "notes"):
            joined = text.joined and index == 0
            yield from _paragraph(reading.text, start, end, joined)
            yield from _lower_case(reading, start, end, style)


def _spaces(reading: Reading) -> Iterator[Finding]:
    for match in _SPACES.finditer(reading.text):
        if reading.part(match.start()) is reading.part(match.end() - 1):
            yield Finding("doubled-space", match.start(), match.end(), "two spaces stand in a row", "take one away")


def _doubled_words(text: str, style: Style) -> Iterator[Finding]:
    for match in _TWICE.finditer(text):
        if match[1].lower() not in (*_REPEATS, *style.repeats) and not (match[1][0].isupper() and match[2][0].isupper()):
            message = f"`{match[1]}` stands twice in a row"
            yield Finding("doubled-word", match.start(2), match.end(2), message, "take one away, or list it under `repeats`")


def _articles(text: str) -> Iterator[Finding]:
    for match in _ARTICLE.finditer(text):
        following = _WORD.match(text, match.end())
        assert following is not None
        word, article = following[0], match[1]
        if article == "A" and not match.start() and word[:1].isupper() and len(word) > 1 and word.isupper():
            continue
        right = "an" if wants_an(word) else "a"
        if right != article.lower() and not either(word) and not (article == "A" and word == "to"):
            yield Finding("wrong-article", match.start(1), match.end(1), f"`{article}` before `{word}`", f"write `{right}`")


def _before_stop(reading: Reading) -> Iterator[Finding]:
    for match in _BEFORE_STOP.finditer(reading.text):
        if reading.part(match.start() - 1) is reading.part(match.start(1)):
            message = f"a space stands before `{match[1]}`"
            yield Finding("space-before-stop", match.start(), match.end(1), message, "take it away")


def _doubled_stops(text: str, style: Style) -> Iterator[Finding]:
    for match in _STOPS.finditer(text):
        if match[0][0] == "." and ends_in_abbreviation(text, match.start(), style):
            continue
        message = f"two stops stand in a row: `{''.join(match[0].split())}`"
        yield Finding("doubled-stop", match.start(), match.end(), message, "keep the one that is meant")


def _open_marks(text: str, start: int, end: int, following: str, style: Style) -> Iterator[Finding]:
    """Speech marks and brackets without a partner. Speech that runs on opens the next paragraph anew and may stay open here."""
    opening, closing = style.speech
    opened: list[tuple[str, int]] = []
    for at in range(start, end):
        sign = text[at]
        if sign in _PAIRS:
            opened.append((_PAIRS[sign], at))
        elif sign in (")", "]"):
            if any(wanted == sign for wanted, _ in opened):
                while opened.pop()[0] != sign:
                    pass
            else:
                yield Finding("unbalanced-mark", at, at + 1, f"nothing opens this `{sign}`", "add its partner, or take it away")
        elif sign in (opening, closing):
            speaking = [entry for entry in opened if entry[0] == closing]
            opens = sign == opening if opening != closing else opens_speech(text, at, start, end, bool(speaking))
            if opens and speaking:
                yield _unclosed(opening, speaking[-1][1])
                opened.remove(speaking[-1])
            if opens:
                opened.append((closing, at))
            elif speaking:
                opened.remove(speaking[-1])
            else:
                yield Finding("unbalanced-mark", at, at + 1, f"nothing opens this `{sign}`", "add its partner, or take it away")
    for wanted, at in opened:
        runs_on = wanted == closing and following.startswith(opening)
        if not runs_on and GLUE not in text[end - 1 : end]:
            yield _unclosed(text[at], at)


def _unclosed(mark: str, at: int) -> Finding:
    return Finding("unbalanced-mark", at, at + 1, f"this `{mark}` is never closed", "close it in its paragraph")


def _paragraph(text: str, start: int, end: int, joined: bool) -> Iterator[Finding]:
    """It begins with a capital and ends in a stop."""
    first = _FIRST.match(text, start, end)
    if first is not None and first[1].islower() and not joined and text[start] != GLUE:
        message = f"a paragraph begins with a small `{first[1]}`"
        yield Finding("lower-case-start", first.start(1), first.end(1), message, f"write `{first[1].upper()}`")
    last = text[start:end].rstrip(_CLOSERS)
    if last and not last.endswith(GLUE) and not _END.match(last[-1]) and any(sign.isalnum() for sign in last):
        at = start + len(last) - 1
        yield Finding("missing-stop", at, at + 1, "a paragraph ends without a stop", "end the sentence")


def _lower_case(reading: Reading, start: int, end: int, style: Style) -> Iterator[Finding]:
    for match in _LOWER.finditer(reading.text, start, end):
        if not ends_in_abbreviation(reading.text, match.start(), style) and not reading.ends_emphasis(match.start()):
            message = f"a sentence begins with a small `{match[1]}`"
            yield Finding("lower-case-start", match.start(1), match.end(1), message, f"write `{match[1].upper()}`")

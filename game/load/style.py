"""style.yaml: how a story is to sound, as bars that `check --prose` measures, phrases it looks for, and words it knows.

A pack may bring its own: its words and phrases are added to the story's, while the bars, the language and the speech marks
stay the story's, since they are about the whole text. The game itself never reads any of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.engine.source import NOWHERE, At
from game.load import values
from game.load.keys import RATE, STYLE
from game.load.names import KEYWORDS, check_id
from game.load.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from game.load.diagnostics import Faults
    from game.load.nodes import Node

LANGUAGES = ("en", "en_GB", "en_US", "de", "es", "eu", "fr", "it", "lv", "nl", "pt", "ru", "none")
MEASURES = {
    "before_choice_p50": "words before a choice, median",
    "before_choice_p90": "words before a choice, 9 of 10",
    "before_choice_max": "words before a choice, most",
    "storylet_root": "words of a storylet before its choices, most",
    "storylet_label": "words of a label in a storylet, most",
    "storylet_result": "words behind a choice in a storylet, most",
    "label": "words of a label, most",
    "grade": "grade (Flesch-Kincaid)",
    "sentence_mean": "words in a sentence, mean",
    "long_sentences": "sentences of more than 30 words",
    "dialogue": "words inside speech marks",
    "opener": "sentences that begin with the same two words, most",
    "repeated_run": "scenes that share six words in a row, most",
    "question_ends": "paragraphs that end on the narrator's question, in 10,000 words",
}
"""What a bar can be set for, and what it is in words."""

_COMMON = ("words", "abbreviations", "repeats", "allow", "banned", "rates")
_FIGURE = r"(\d{1,6}(?:\.\d{1,4})?)(%?)"
_BAR = re.compile(rf"(?:(at most|at least) {_FIGURE}|{_FIGURE} to {_FIGURE})")


@dataclass(frozen=True, slots=True)
class Bar:
    """From `low` to `high`, both included; None is open. Shares are fractions, from percents."""

    name: str
    low: float | None
    high: float | None
    at: At = NOWHERE

    def holds(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as written: `*` for letters or one word, `...` for up to four words."""

    text: str
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Rate:
    """How often phrases may stand in 10,000 words."""

    bar: Bar
    find: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """What holds without a style.yaml: English, straight speech marks, no bars."""

    language: str = "en"
    speech: tuple[str, str] = ('"', '"')
    words: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    allow: tuple[Phrase, ...] = ()
    banned: tuple[Phrase, ...] = ()
    rates: tuple[Rate, ...] = ()
    bars: tuple[Bar, ...] = ()


def style(root: Mapping, pack: bool, faults: Faults) -> Style:
    """The style.yaml of a story or, with `pack`, of a pack. What does not fit is reported and left out."""
    fields = values.Fields(root, "style.yaml", STYLE, faults)
    for key, _ in root.entries if pack else ():
        if key.text in STYLE and key.text not in _COMMON:
            message = f"the style of a pack has no `{key.text}`: the story's holds"
            faults.add("unknown-key", key.at, message, "take it away; words and phrases are added to the story's")
    found = Style(
        words=fields.words("words", "a word"),
        abbreviations=fields.words("abbreviations", "an abbreviation"),
        repeats=fields.words("repeats", "a word"),
        allow=fields.take("allow", _phrases, ()),
        banned=fields.take("banned", _phrases, ()),
        rates=fields.take("rates", _rates, ()),
    )
    if pack:
        return found
    return replace(
        found,
        language=fields.one_of("language", LANGUAGES, "en"),
        speech=fields.take("speech", _speech, ('"', '"')),
        bars=fields.take("bars", _bars, ()),
    )


def joined(first: Style | None, second: Style) -> Style:
    """A pack's style laid over what is there. A rate of the same name looks for both; the first one's bar holds."""
    if first is None:
        return second
    rates = {rate.bar.name: rate for rate in first.rates}
    for rate in second.rates:
        known = rates.get(rate.bar.name)
        rates[rate.bar.name] = rate if known is None else Rate(known.bar, known.find + rate.find)
    return replace(
        first,
        words=first.words + second.words,
        abbreviations=first.abbreviations + second.abbreviations,
        repeats=first.repeats + second.repeats,
        allow=first.allow + second.allow,
        banned=first.banned + second.banned,
        rates=tuple(rates.values()),
    )


def _phrases(node: Node, faults: Faults) -> tuple[Phrase, ...]:
    found = []
    for item in values.items(node):
        one = values.line(item, "a phrase", faults)
        if one is not None and not one.text.strip(" .…\n"):
            faults.add("wrong-type", one.at, f"`{one.text}` is no phrase", "write at least one word or sign to look for")
        elif one is not None:
            found.append(Phrase(" ".join(one.text.split()), one.at))
    return tuple(found)


def _speech(node: Node, faults: Faults) -> tuple[str, str] | None:
    """One mark that opens and closes, or the two."""
    marks = [found for item in values.items(node) if (found := values.scalar(item, "a speech mark", faults)) is not None]
    if len(marks) in (1, 2) and all(len(mark.text) == 1 and not mark.text.isalnum() for mark in marks):
        return marks[0].text, marks[-1].text
    if marks:
        fix = "write '\"' for straight marks, or two, as in [“, ”]"
        faults.add("wrong-type", node.at, "speech marks are one sign, or a list of the two that open and close", fix)
    return None


def _bars(node: Node, faults: Faults) -> tuple[Bar, ...]:
    found = values.mapping(node, "bars by what they measure", faults)
    bars = []
    for key, value in [] if found is None else found.entries:
        if key.text not in MEASURES:
            values.unknown_key(key, "`bars`", MEASURES, faults, f"what can be measured: {', '.join(MEASURES)}")
            continue
        bar = _bar(key, value, faults)
        if bar is not None:
            bars.append(bar)
    return tuple(bars)


def _bar(key: Scalar, node: Node, faults: Faults) -> Bar | None:
    one = values.scalar(node, "a bar", faults)
    if one is None:
        return None
    match = _BAR.fullmatch(" ".join(one.text.split()))
    if match is None:
        fix = "write `at most 100`, `at least 3` or `5 to 8`; shares as `at most 2%`"
        faults.add("wrong-type", one.at, f"`{one.text}` is no bar", fix)
        return None
    which, only, sign, low, low_sign, high, high_sign = match.groups()
    if which:
        figure = _figure(only, sign)
        return Bar(key.text, None, figure, key.at) if which == "at most" else Bar(key.text, figure, None, key.at)
    bar = Bar(key.text, _figure(low, low_sign), _figure(high, high_sign), key.at)
    if low_sign != high_sign or _figure(low, low_sign) > _figure(high, high_sign):
        faults.add("wrong-type", one.at, "this bar goes from more to less", "write the smaller figure first, `%` at both or none")
        return None
    return bar


def _figure(text: str, sign: str) -> float:
    return float(text) / 100 if sign else float(text)


def _rates(node: Node, faults: Faults) -> tuple[Rate, ...]:
    found = values.mapping(node, "phrases by a name", faults)
    rates = []
    for key, value in [] if found is None else found.entries:
        if check_id(key, "a rate", KEYWORDS, faults) is None:
            continue
        if key.text in MEASURES:
            faults.add("duplicate-name", key.at, f"`{key.text}` is already measured", "call it otherwise")
            continue
        inner = values.mapping(value, "a rate", faults)
        if inner is None:
            continue
        fields = values.Fields(inner, "a rate", RATE, faults)
        most, where = fields.need("at_most", key.at), fields.need("find", key.at)
        figure = None if most is None else values.number(most, faults)
        phrases = () if where is None else _phrases(where, faults)
        if figure is not None and phrases:
            rates.append(Rate(Bar(key.text, None, figure, key.at), phrases))
        if isinstance(where, Sequence) and not where.items:
            faults.add("empty-value", where.at, "this list is empty; phrases are wanted", "take the rate away or fill it in")
    return tuple(rates)

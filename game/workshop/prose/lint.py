"""The prose of a story against its style: every finding at its place, and the figures beside their bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.load.diagnostics import CODES, Diagnostic, in_order, place
from game.load.style import Style
from game.workshop.prose.checks import Finding, check
from game.workshop.prose.measures import Measure, Tally
from game.workshop.prose.phrases import Phrases
from game.workshop.prose.spelling import Spelling
from game.workshop.prose.structure import Structure
from game.workshop.prose.texts import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.model import At
    from game.load import Loaded
    from game.workshop.prose.expand import Reading
    from game.workshop.prose.texts import Text

_WORD_CODES = ("misspelt", "banned-phrase")
"""Findings that lie in one word or phrase, whatever stands beside it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and every figure that could be measured. A story that cannot be read has neither."""

    diagnostics: tuple[Diagnostic, ...] = ()
    measures: tuple[Measure, ...] = ()


def lint(loaded: Loaded) -> Report:
    """Looks at every text of a story. Pure: the same story gives the same report."""
    if loaded.model is None:
        return Report()
    return _Lint(loaded).report()


class _Lint:
    def __init__(self, loaded: Loaded) -> None:
        assert loaded.model is not None
        self.loaded = loaded
        self.style = loaded.style or Style()
        self.gathering = Gathering(loaded.model, loaded.sources)
        self.spelling = None if self.style.language == "none" else Spelling(loaded.model, self.style)
        self.banned = Phrases(self.style.banned)
        self.allowed = Phrases(self.style.allow)
        self.tally = Tally(self.style)
        self.found: list[Diagnostic] = []
        self.misspelt: dict[str, list[At]] = {}

    def report(self) -> Report:
        for text in self.gathering.all():
            self.text(text)
            if text.kind == "prose":
                self.tally.add(text)
        for word, places in self.misspelt.items():
            self.spelled(word, places)
        structure = Structure(self.gathering, self.style)
        measures = (*self.tally.measures(), *structure.measures(self.loaded.story))
        for measure in measures:
            self.measured(measure)
        return Report(in_order(self.found), measures)

    # texts

    def text(self, text: Text) -> None:
        """The findings of a text, each once: what only some readings have says which."""
        hits: dict[tuple[str, At], list[tuple[Finding, Reading]]] = {}
        for reading in text.readings:
            for finding in self.findings(text, reading):
                if not reading.within_value(finding.start, finding.end):
                    hits.setdefault((finding.code, reading.at(finding.start, finding.end)), []).append((finding, reading))
        for (code, at), cases in hits.items():
            finding, reading = cases[0]
            if code == "misspelt":
                self.misspelt.setdefault(finding.message, []).append(at)
                continue
            number = reading.part(finding.start).number
            beside = sum(any(part.number == number for part in other.parts) for other in text.readings)
            note = ""
            if code not in _WORD_CODES and len(cases) < beside:
                note = _when(reading, finding)
            self.found.append(_diagnostic(code, at, finding.message, finding.fix, note))

    def findings(self, text: Text, reading: Reading) -> Iterator[Finding]:
        """All but what stands inside a phrase that the style allows; of a banned phrase a part inside one is enough."""
        allowed = [(start, end) for start, end, _ in self.allowed.find(reading.text)]
        for finding in self.slips(text, reading):
            if not any(start <= finding.start and finding.end <= end for start, end in allowed):
                yield finding
        for start, end, phrase in self.banned.find(reading.text):
            if not any(start < right and end > left for left, right in allowed):
                message = f"the style bans `{phrase.text}`"
                fix = f"say it otherwise, or list what is meant under `allow`; it is banned in {place(phrase.at)}"
                yield Finding("banned-phrase", start, end, message, fix)

    def slips(self, text: Text, reading: Reading) -> Iterator[Finding]:
        yield from check(text, reading, self.style, self.style.language.startswith("en"))
        if self.spelling is not None:
            for start, end, word in self.spelling.unknown(reading.text):
                yield Finding("misspelt", start, end, word)

    def spelled(self, word: str, places: list[At]) -> None:
        assert self.spelling is not None
        first, *others = sorted(places)
        note = "" if not others else f"and {len(others)} more, the next in {place(others[0])}"
        self.found.append(_diagnostic("misspelt", first, f"`{word}` is in no word list", self.spelling.fix(word), note))

    # bars

    def measured(self, measure: Measure) -> None:
        bar = measure.bar
        if bar is None or measure.ok:
            return
        message = f"{measure.name} is {figure(measure.name, measure.value)}; the bar is {bounds(measure)}"
        self.found.append(_diagnostic("missed-bar", bar.at, message))
        for at, what in measure.places:
            note = f"the bar `{measure.name}` is {bounds(measure)}, in {place(bar.at)}"
            self.found.append(_diagnostic("over-bar", at, what, "", note))


def _when(reading: Reading, finding: Finding) -> str:
    """The branches that a finding stands beside; of a whole paragraph's finding all that were read in it."""
    label = reading.when(finding.start, finding.end)
    if not label:
        span = next((one for one in reading.paragraphs() if one[0] <= finding.start < one[1]), (finding.start, finding.end))
        label = reading.when(*span)
    return f"only when {label}" if label else ""


def _diagnostic(code: str, at: At, message: str, fix: str = "", *notes: str) -> Diagnostic:
    return Diagnostic(code, CODES[code][0], at, message, fix, tuple(note for note in notes if note))


_SHARES = ("long_sentences", "dialogue", "opener")


def figure(name: str, value: float) -> str:
    """A figure as people read it: shares in percent."""
    if name in _SHARES:
        return f"{100 * value:.1f}".removesuffix(".0") + "%"
    return f"{value:.1f}".removesuffix(".0")


def bounds(measure: Measure) -> str:
    """A bar as it is written in style.yaml."""
    bar = measure.bar
    if bar is None:
        return ""
    low = None if bar.low is None else figure(bar.name, bar.low)
    high = None if bar.high is None else figure(bar.name, bar.high)
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low} to {high}"

"""The figures of the bars: what is counted over the prose of all scenes, each written word once however many readings it has.

Whether a scene is funny, ends on an aphorism or falls silent cannot be counted; that is left to readers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.workshop.prose.expand import GLUE
from game.workshop.prose.phrases import Phrases
from game.workshop.prose.sentences import WORD, sentences, spoken, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.model import At
    from game.load.style import Bar, Style
    from game.workshop.prose.expand import Reading
    from game.workshop.prose.texts import Text

LONG = 30
RUN = 6
OPENING = 2
_PLACES = 5
_HITS = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure beside its bar. `places`: where it is missed most, and what stands there."""

    name: str
    value: float
    bar: Bar | None
    places: tuple[tuple[At, str], ...] = ()

    @property
    def ok(self) -> bool:
        return self.bar is None or self.bar.holds(self.value)


@dataclass(slots=True)
class _Place:
    reading: Reading
    start: int
    end: int

    def at(self) -> At:
        return self.reading.at(self.start, self.end)


@dataclass(slots=True)
class Tally:
    """Counts texts one by one; `measures` gives the figures."""

    style: Style
    words: int = 0
    speech: int = 0
    syllables: int = 0
    lengths: list[int] = field(default_factory=list)
    long: list[tuple[int, _Place]] = field(default_factory=list)
    openers: Counter[str] = field(default_factory=Counter)
    opened: dict[str, _Place] = field(default_factory=dict)
    runs: dict[tuple[str, ...], dict[str, _Place]] = field(default_factory=dict)
    questions: list[_Place] = field(default_factory=list)
    hits: dict[str, dict[At, str]] = field(default_factory=dict)
    _rates: list[tuple[str, Phrases]] = field(default_factory=list)
    _allowed: Phrases | None = None

    def __post_init__(self) -> None:
        self._rates = [(rate.bar.name, Phrases(rate.find)) for rate in self.style.rates]
        self._allowed = Phrases(self.style.allow)

    def add(self, text: Text) -> None:
        """One text of prose."""
        seen: set[int] = set()
        for reading in text.readings:
            numbers = [part.number for part in reading.parts]
            if seen.issuperset(numbers):
                continue
            for start, end in reading.paragraphs():
                self.paragraph(text.scene, reading, start, end, seen)
            seen.update(numbers)

    def paragraph(self, scene: str, reading: Reading, start: int, end: int, seen: set[int]) -> None:
        """Counts what is new in a paragraph: words that no earlier reading had, and the sentences and phrases they stand in."""
        words = [(match.start(), match.end(), match[0]) for match in WORD.finditer(reading.text, start, end)]
        new = [reading.part(begin).number not in seen for begin, _, _ in words]
        if not any(new):
            return
        speech = spoken(reading.text, start, end, self.style)
        inside = [any(first < begin < last for first, last in speech) for begin, _, _ in words]
        self.words += sum(new)
        self.speech += sum(1 for fresh, said in zip(new, inside, strict=True) if fresh and said)
        allowed = [(begin, stop) for begin, stop, _ in self._allowed.find(reading.text)] if self._allowed else []
        self.sentences(reading, start, end, words, new, speech)
        self.phrases(reading, start, end, seen, allowed)
        for first in range(len(words) - RUN + 1):
            if any(new[first : first + RUN]):
                begin, stop = words[first][0], words[first + RUN - 1][1]
                if not any(begin < right and stop > left for left, right in allowed):
                    run = tuple(word.lower() for _, _, word in words[first : first + RUN])
                    self.runs.setdefault(run, {}).setdefault(scene, _Place(reading, begin, stop))

    def sentences(
        self,
        reading: Reading,
        start: int,
        end: int,
        words: list[tuple[int, int, str]],
        new: list[bool],
        speech: list[tuple[int, int]],
    ) -> None:
        index = 0
        last = ""
        place = None
        for begin, stop in sentences(reading.text, start, end, self.style):
            first = index
            while index < len(words) and words[index][0] < stop:
                index += 1
            if index == first or not any(new[first:index]):
                last = ""
                continue
            place = _Place(reading, words[first][0], stop)
            self.lengths.append(index - first)
            self.syllables += sum(syllables(word) for _, _, word in words[first:index])
            if index - first > LONG:
                self.long.append((index - first, place))
            opener = " ".join(word.lower() for _, _, word in words[first : first + OPENING])
            self.openers[opener] += 1
            self.opened.setdefault(opener, place)
            last = reading.text[begin:stop].strip(f" \n*_{GLUE}")
        if place is not None and last.endswith("?") and not any(left <= place.end - 1 <= right for left, right in speech):
            mark = place.start + reading.text[place.start : place.end].rfind("?")
            if not reading.ends_emphasis(mark):
                self.questions.append(place)

    def phrases(self, reading: Reading, start: int, end: int, seen: set[int], allowed: list[tuple[int, int]]) -> None:
        paragraph = reading.text[start:end]
        for name, phrases in self._rates:
            for begin, stop, phrase in phrases.find(paragraph):
                begin, stop = begin + start, stop + start
                if not any(begin < right and stop > left for left, right in allowed):
                    self.hits.setdefault(name, {}).setdefault(reading.at(begin, stop), phrase.text)

    # figures

    def measures(self) -> Iterable[Measure]:
        """All figures of the prose; none where there is no prose."""
        if not self.words or not self.lengths:
            return
        bars = {bar.name: bar for bar in self.style.bars}
        count = len(self.lengths)
        total = sum(self.lengths)
        yield Measure("grade", 0.39 * total / count + 11.8 * self.syllables / total - 15.59, bars.get("grade"))
        yield Measure("sentence_mean", total / count, bars.get("sentence_mean"))
        longest = sorted(self.long, key=lambda one: (-one[0], one[1].at()))[:_PLACES]
        places = tuple((place.at(), f"this sentence has {length} words") for length, place in longest)
        yield Measure("long_sentences", len(self.long) / count, bars.get("long_sentences"), places)
        yield Measure("dialogue", self.speech / self.words, bars.get("dialogue"))
        opener, times = min(self.openers.items(), key=lambda one: (-one[1], one[0]))
        begun = ((self.opened[opener].at(), f"{times} of {count:,} sentences begin with `{opener}`; this is the first"),)
        yield Measure("opener", times / count, bars.get("opener"), begun)
        yield self.repeated(bars.get("repeated_run"))
        asked = tuple((place.at(), "this paragraph ends on the narrator's question") for place in self.questions[:_HITS])
        yield Measure("question_ends", 10_000 * len(self.questions) / self.words, bars.get("question_ends"), asked)
        for rate in self.style.rates:
            hits = self.hits.get(rate.bar.name, {})
            found = tuple((at, f"`{phrase}` counts here for `{rate.bar.name}`") for at, phrase in list(hits.items())[:_HITS])
            yield Measure(rate.bar.name, 10_000 * len(hits) / self.words, rate.bar, found)

    def repeated(self, bar: Bar | None) -> Measure:
        """The run of six words that most scenes share; runs that overlap are told once."""
        most = max((len(scenes) for scenes in self.runs.values()), default=0)
        high = bar.high if bar is not None and bar.high is not None else 0
        over = [(next(iter(scenes.values())), run) for run, scenes in self.runs.items() if len(scenes) > max(high, 1)]
        places: list[tuple[int, At, str]] = []
        reading, reached = None, 0
        for place, run in over:  # in the order in which they were met, so that neighbours follow each other
            if place.reading is not reading or place.start >= reached:
                shared = len(self.runs[run])
                places.append((-shared, place.at(), f"`{' '.join(run)}` stands in {shared} scenes"))
            reading, reached = place.reading, place.end
        return Measure("repeated_run", most, bar, tuple((at, what) for _, at, what in sorted(places)[:_PLACES]))

"""What lives have met. Tallies merge in any grouping to the same sum, so that any number of workers gives the same report.

Everything is counts, ends and sets, never means: those are worked out once, at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.page import Page
    from game.engine.state import State
    from game.workshop.explore.chart import Chart
    from game.workshop.explore.play import Fault, Life

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\"”’')]*\s+")
_BUCKETS = 50


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached at all: by whatever way, however rarely. `texts` are steps that say something, as (scene, index)."""

    scenes: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    texts: frozenset[tuple[str, int]] = frozenset()

    def __add__(self, other: Reached) -> Reached:
        return Reached(*(getattr(self, each.name) | getattr(other, each.name) for each in fields(self)))


def _least(one: Any, other: Any) -> Any:
    return one if one <= other else other


def _most(one: Any, other: Any) -> Any:
    return one if one >= other else other


def _shorter(one: Fault, other: Fault) -> Fault:
    return min(one, other, key=lambda fault: (len(fault.keys), fault.seed, fault.keys, fault.scene, fault.set, fault.message))


_CHOOSE_LEAST, _CHOOSE_MOST, _CHOOSE_SHORTER = ({"choose": choose} for choose in (_least, _most, _shorter))
"""For dicts merged key by key: which of two values stays."""


@dataclass(slots=True)
class Tally:
    """Counts of lives, unless said otherwise.

    lives, crashes, loops    how many; `chosen` how many choices they took, `several` those where more than one option stood
    scenes, taken, endings   lives that met each; a scene whose choices are included elsewhere, where one was taken
    offered, locked, picked  how often each choice stood on a page among others; stood there locked; was taken there
    narrow                   choices among several of which fewer than two could be taken
    lengths                  {choices in a life: lives}
    read, words, gaps        lives played with their texts; {words in a life: lives}; {words before a choice: choices}
    weighed                  the choices among several in lives played with their texts
    seen                     {thousandths of the story's words that a life saw: lives}
    again, against           {thousandths of a second life's words that the first had: pairs}: of one player; of opposed roles
    lows, highs              the least and greatest value of each number
    turns, ends              turns, by act; turns that ended with a variable at an end of its range, by (variable, act)
    values                   lives that ended with each (variable, value), of yes/no and one-of
    series                   {(variable, turn, value): lives}, values of numbers in fiftieths of their range
    people, together         lives that met each; scenes shared with each, summed over lives
    texts                    the steps that were reached and say something
    flag_values              lives with texts that asked for a flag at a place and found it so: (flag, place, yes, no or both)
    heard                    such lives in which a flag changes what a later scene says or offers: (flag, place, in a later act)
    thresholds               the same of numbers compared, whenever they were set: (threshold, place)
    passages                 texts and forks that flags or numbers change: (act, place, the flags, whether a number does)
    act_words                words read, by act
    turns_read, trades       turns of lives with texts, and those of them that forced a trade, by act
    widest                   {set: the most words that stood before it}, of sets of several
    far                      lives in the last act, by what they hear there of acts long past: a set of (flag, place)
    faults, broke            by message: the shortest life that led there, and how many did
    """

    lives: int = 0
    crashes: int = 0
    loops: int = 0
    chosen: int = 0
    several: int = 0
    scenes: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    picked: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    locked: Counter[str] = field(default_factory=Counter)
    narrow: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    read: int = 0
    words: Counter[int] = field(default_factory=Counter)
    gaps: Counter[int] = field(default_factory=Counter)
    weighed: int = 0
    seen: Counter[int] = field(default_factory=Counter)
    again: Counter[int] = field(default_factory=Counter)
    against: Counter[int] = field(default_factory=Counter)
    lows: dict[str, float] = field(default_factory=dict, metadata=_CHOOSE_LEAST)
    highs: dict[str, float] = field(default_factory=dict, metadata=_CHOOSE_MOST)
    turns: Counter[str] = field(default_factory=Counter)
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: Counter[tuple[str, Any]] = field(default_factory=Counter)
    series: Counter[tuple[str, int, float]] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    together: Counter[str] = field(default_factory=Counter)
    texts: frozenset[tuple[str, int]] = frozenset()
    flag_values: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    heard: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    thresholds: Counter[tuple[str, str]] = field(default_factory=Counter)
    passages: Counter[tuple[str, str, frozenset[str], bool]] = field(default_factory=Counter)
    act_words: Counter[str] = field(default_factory=Counter)
    turns_read: Counter[str] = field(default_factory=Counter)
    trades: Counter[str] = field(default_factory=Counter)
    widest: dict[str, int] = field(default_factory=dict, metadata=_CHOOSE_MOST)
    far: Counter[frozenset[tuple[str, str]]] = field(default_factory=Counter)
    faults: dict[str, Fault] = field(default_factory=dict, metadata=_CHOOSE_SHORTER)
    broke: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            **{
                each.name: _merged(getattr(self, each.name), getattr(other, each.name), each.metadata.get("choose"))
                for each in fields(self)
            }
        )

    @property
    def reached(self) -> Reached:
        return Reached(frozenset(self.scenes), frozenset(self.taken), frozenset(self.endings), self.texts)


def _merged(one: Any, other: Any, choose: Callable[[Any, Any], Any] | None) -> Any:
    if choose is not None:
        return one | {key: choose(one[key], value) if key in one else value for key, value in other.items()}
    if isinstance(one, frozenset):
        return one | other
    return one + other


class Reading:
    """What one life has read: its words, those since the last choice among several, and each sentence once."""

    __slots__ = ("acts", "gap", "sentences", "words")

    def __init__(self) -> None:
        self.words = self.gap = 0
        self.acts: Counter[str] = Counter()
        self.sentences: dict[str, int] = {}

    def page(self, page: Page) -> None:
        """Titles and texts are read as the story's own; what a choice changed is read too, but nobody wrote it."""
        for block in page.blocks:
            text = block.text
            count = len(text.split())
            self.words += count
            self.gap += count
            self.acts[page.act] += count
            if block.kind != "change":
                for sentence in _SENTENCE_ENDS.split(text):
                    if sentence not in self.sentences:
                        self.sentences[sentence] = len(sentence.split())

    def own(self) -> int:
        """The words of all it has read, each sentence once."""
        return sum(self.sentences.values())

    def already(self, first: Reading) -> int:
        """Thousandths of this life's words, each sentence once, that the first had read."""
        shared = sum(count for sentence, count in self.sentences.items() if sentence in first.sentences)
        return round(1000 * shared / max(1, self.own()))


class Gatherer:
    """Watches lives and writes down what they meet, into `tally`."""

    def __init__(self, chart: Chart, by_turns: bool) -> None:
        self.tally = Tally()
        self.chart, self.by_turns = chart, by_turns
        self.reading: Reading | None = None
        self._last: tuple[State, Page] | None = None
        self._vars: dict[str, Any] | None = None

    def begin(self, reading: Reading | None = None) -> None:
        """A new life; with `reading` its texts are played and gathered too."""
        self.reading, self._last, self._vars = reading, None, None

    def watch(self, state: State, page: Page, key: str) -> None:
        tally = self.tally
        if self._last is not None and (not self.by_turns or page.turn != self._last[1].turn):
            self._turn(*self._last)
        self._last = (state, page)
        if state.vars != self._vars:
            self._vars = state.vars
            self._range(state.vars)
        if self.reading is not None:
            self.reading.page(page)
        options = page.options
        if options and key:
            tally.chosen += 1
            locked = 0
            if len(options) == 1:
                return
            for option in options:
                tally.offered[option.key] += 1
                if not option.enabled:
                    tally.locked[option.key] += 1
                    locked += 1
            tally.picked[key] += 1
            tally.several += 1
            tally.narrow += len(options) - locked < 2
            if self.reading is not None:
                tally.weighed += 1
                tally.gaps[self.reading.gap] += 1
                tally.widest[state.set] = max(self.reading.gap, tally.widest.get(state.set, 0))
                self.reading.gap = 0

    def end(self, life: Life) -> None:
        tally, state = self.tally, life.state
        tally.lives += 1
        if life.fault is not None:
            tally.crashes += 1
            tally.broke[life.fault.message] += 1
            found = tally.faults.get(life.fault.message)
            tally.faults[life.fault.message] = life.fault if found is None else _shorter(found, life.fault)
        elif life.cut:
            tally.loops += 1
        else:
            tally.endings[life.ending] += 1
        if self._last is not None:
            self._turn(*self._last)
        met = {target for target in state.visits if "." not in target}
        met.update(self.chart.lent[key] for key in self.chart.lent.keys() & state.taken.keys())
        tally.scenes.update(met)
        tally.taken.update(state.taken.keys())
        tally.people.update(state.met.keys())
        tally.together.update(person for scene in met for person in self.chart.cast.get(scene, ()))
        tally.lengths[sum(state.taken.values())] += 1
        tally.values.update((name, state.vars[name]) for name in self.chart.flags)
        if self.reading is not None:
            tally.read += 1
            tally.words[self.reading.words] += 1
            tally.act_words.update(self.reading.acts)
            tally.seen[round(1000 * self.reading.own() / max(1, self.chart.words))] += 1

    def _range(self, values: dict[str, Any]) -> None:
        lows, highs = self.tally.lows, self.tally.highs
        for name in self.chart.numbers:
            value = values[name]
            if name not in lows:
                lows[name] = highs[name] = value
            elif value < lows[name]:
                lows[name] = value
            elif value > highs[name]:
                highs[name] = value

    def _turn(self, state: State, page: Page) -> None:
        """A turn is over: what stood at an end of its range, and where the numbers stood."""
        tally = self.tally
        tally.turns[page.act] += 1
        for name, (low, high) in self.chart.ranged.items():
            value = state.vars[name]
            if value <= low or value >= high:
                tally.ends[name, page.act] += 1
            if self.by_turns:
                tally.series[name, page.turn, _bucket(value, low, high)] += 1


def _bucket(value: float, low: float, high: float) -> float:
    """Whole numbers of a short range as they are, else the nearest fiftieth of the range."""
    if (isinstance(value, int) and high - low <= _BUCKETS) or high <= low:
        return value
    return low + round((value - low) / (high - low) * _BUCKETS) * (high - low) / _BUCKETS

"""The work that is given out: so many lives by one kind of player, as a tally.

What a life meets hangs on its number and its player alone, never on how lives were shared out.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from game.workshop.explore.callbacks import Listener
from game.workshop.explore.chart import chart, worths
from game.workshop.explore.play import LeastTaken, Role, Uniform, life_seed, live
from game.workshop.explore.tally import Gatherer, Reading, Tally
from game.workshop.explore.trades import Trader

if TYPE_CHECKING:
    from collections import Counter

    from game.engine.machine import Trace
    from game.engine.page import Page
    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.play import Life, Player

RANDOM, LEAST = "", "<least>"
"""Who plays, where it is no role; no role can be called so."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lives `first` to `first + count - 1` of the run `seed`, played by `who`. `first` is even, so that pairs stay together.

    `against` is the role that wants the opposite, with whose lives some of these are compared; empty for none. `listens`: those
    played with their texts are asked what they would say were their flags otherwise, too.
    """

    who: str
    first: int
    count: int
    seed: int
    against: str = ""
    listens: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """What a span of one player met, and the seconds that it took."""

    who: str
    tally: Tally
    seconds: float


def with_texts(who: str, number: int) -> bool:
    """Whether a life is played with its texts, which takes three times as long: the first few, then two of every twenty."""
    return number % 20 < 2 or number < (40 if who == RANDOM else 10)


def play_span(story: Story, span: Span) -> Played:
    """Plays the lives of a span. Two neighbours that are played with texts are compared: what has the second read before?"""
    started = perf_counter()
    gatherer = Gatherer(chart(story), by_turns=bool(story.acts))
    trace: Trace = set()
    taken: Counter[str] | None = None
    first: Reading | None = None
    closely = _Closely(story) if span.listens else None
    for number in range(span.first, span.first + span.count):
        reading = Reading() if with_texts(span.who, number) else None
        seed = life_seed(span.seed, number, span.who)
        player = _player(story, span.who, seed, taken)
        if isinstance(player, LeastTaken):
            taken = player.taken
        gatherer.begin(reading)
        if reading is None or closely is None:
            gatherer.end(live(story, seed, player, texts=reading is not None, trace=trace, watch=gatherer.watch))
        else:
            gatherer.end(closely.live(seed, player, gatherer, trace))
        if reading is None:
            first = None
        elif number % 2:
            if first is not None:
                gatherer.tally.again[reading.already(first)] += 1
        else:
            first = reading
            if span.against:
                gatherer.tally.against[_opponent(story, span, number).already(first)] += 1
    gatherer.tally.texts = gatherer.chart.texts & trace
    return Played(span.who, gatherer.tally, perf_counter() - started)


class _Closely:
    """Lives one life that is watched more closely: what it hears again of what it did, and where it is forced to trade."""

    def __init__(self, story: Story) -> None:
        self.story, self.listener, self.trader = story, Listener(story), Trader(story)

    def live(self, seed: int, player: Player, gatherer: Gatherer, trace: Trace) -> Life:
        self.listener.begin()
        self.trader.begin()

        def watch(state: State, page: Page, key: str) -> None:
            gatherer.watch(state, page, key)
            self.trader.watch(state, page)

        life = live(self.story, seed, player, texts=True, trace=trace, watch=watch, observer=self.listener.observe)
        self.listener.end(gatherer.tally, life.state)
        self.trader.end(gatherer.tally)
        return life


def _opponent(story: Story, span: Span, number: int) -> Reading:
    """What a life of the opposed role reads."""
    reading = Reading()
    seed = life_seed(span.seed, number, span.against)
    live(story, seed, _player(story, span.against, seed), texts=True, watch=lambda state, page, key: reading.page(page))
    return reading


def _player(story: Story, who: str, seed: int, taken: Counter[str] | None = None) -> Player:
    if who == RANDOM:
        return Uniform(seed)
    if who == LEAST:
        return LeastTaken(seed, taken)
    return Role(seed, worths(story, who))

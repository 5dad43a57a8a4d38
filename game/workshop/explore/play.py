"""One life, played to its end by a player that is no person, and the players themselves.

A player sees what is on offer and names one key. Its chance is its own, drawn from the life's seed, so that a life can be played
again from the seed and the player alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Protocol

from game.engine.chance import draw
from game.engine.turn import answer, begin, blank, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from game.engine.machine import Observer, Trace
    from game.engine.page import Option, Page
    from game.engine.state import State
    from game.engine.story import Story

    Watch = Callable[["State", "Page", str], None]

LIMIT = 5_000
"""Choices after which a life is cut: ten times what a long book asks for."""


class Player(Protocol):
    def pick(self, story: Story, state: State, page: Page) -> str:
        """The key of an option of the page that can be taken; the page has at least one."""
        ...


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a life broke off: what was said, in which scene and set, and the seed and keys that lead there again."""

    message: str
    scene: str
    set: str
    seed: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """A life as it was played. `state` is its last; `keys` what was chosen, in order, an answered question as its own key.

    `ending` is empty where it broke off: `cut` by the limit, or by a `fault`.
    """

    seed: int
    keys: tuple[str, ...]
    state: State
    ending: str = ""
    cut: bool = False
    fault: Fault | None = None


def live(
    story: Story,
    seed: int,
    player: Player,
    *,
    texts: bool = False,
    trace: Trace | None = None,
    limit: int = LIMIT,
    watch: Watch | None = None,
    observer: Observer | None = None,
) -> Life:
    """Plays a life. Never raises for what the story does: that is a fault of the life.

    `watch` is told every page: the state, the page, and the key that is taken there, empty at the end. Questions take their
    default, under their own key. `observer` is told of every step before it plays, as the engine tells it.
    """
    keys: list[str] = []
    state = blank(story, seed)
    try:
        state, page = begin(story, seed, texts=texts, trace=trace, observer=observer)
        while True:
            if page.ending or len(keys) >= limit:
                if watch is not None:
                    watch(state, page, "")
                return Life(seed, tuple(keys), state, page.ending, not page.ending)
            key = page.question.key if page.question is not None else player.pick(story, state, page)
            if watch is not None:
                watch(state, page, key)
            keys.append(key)
            if page.question is not None:
                state, page = answer(story, state, "", texts=texts, trace=trace, observer=observer)
            else:
                state, page = choose(story, state, key, texts=texts, trace=trace, observer=observer)
    except Exception as error:  # whatever it is, it is what a player would have met
        told = str(error) if type(error).__module__.startswith("game.") else f"{type(error).__name__}: {error}"
        return Life(seed, tuple(keys), state, fault=Fault(told, state.scene, state.set, seed, tuple(keys)))


def life_seed(seed: int, number: int, who: str = "") -> int:
    """The seed of life `number` of a run: short enough to be typed, and far from those of other runs."""
    return draw(seed, f"life {who}", number) % 10**12


def can_be_taken(page: Page) -> list[Option]:
    return [option for option in page.options if option.enabled]


class Uniform:
    """Takes any of what is offered, each as likely as the others."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(f"uniform {seed}").random

    def pick(self, story: Story, state: State, page: Page) -> str:
        options = can_be_taken(page)
        return options[int(self._chance() * len(options))].key


class LeastTaken:
    """Takes what was taken least often so far, in this life and in those whose counts it is given; equals by lot."""

    def __init__(self, seed: int, taken: Counter[str] | None = None) -> None:
        self.taken: Counter[str] = Counter() if taken is None else taken
        self._chance = Random(f"least {seed}").random

    def pick(self, story: Story, state: State, page: Page) -> str:
        options = can_be_taken(page)
        fewest = min(self.taken[option.key] for option in options)
        equal = [option.key for option in options if self.taken[option.key] == fewest]
        key = equal[int(self._chance() * len(equal))]
        self.taken[key] += 1
        return key


class Role:
    """Leans as a role of the story does: each point of weight of an option's intents makes it three times as likely.

    `worth` is what each key is worth to the role, as `chart.worths` gives it; a key that is not there is worth nothing.
    """

    LEAN = 3.0

    def __init__(self, seed: int, worth: Mapping[str, float]) -> None:
        self._worth = worth
        self._chance = Random(f"role {seed}").random

    def pick(self, story: Story, state: State, page: Page) -> str:
        options = can_be_taken(page)
        worth, pull, total = self._worth, [], 0.0
        for option in options:
            total += self.LEAN ** worth.get(option.key, 0.0)
            pull.append(total)
        lot = self._chance() * total
        return next((option.key for option, upto in zip(options, pull, strict=True) if lot < upto), options[-1].key)

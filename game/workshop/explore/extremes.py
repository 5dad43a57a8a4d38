"""How low and how high each number of a story can be brought: a search that goes on from where the value is most extreme.

For each variable and direction, the cells that are the most extreme yet seen at their place and after
about as many choices stand in a queue, the most extreme first, and of equals the latest: the queues take turns, and from the
cell taken every choice is made. A third of the time goes to what is rare, which brings up places that no value led to. A
variable whose declared end was met needs no more.

A witness is a real life: its keys, played from its seed, bring the value about, at the end of a turn. That an end was not met
proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from game.workshop.explore.archive import Archive, Seeds
from game.workshop.explore.live import Live

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.archive import Begin, Cell

STRETCH = 4
"""Choices within which cells at one place are compared: what is extreme early in a life is less so than what is late."""
CHOICES = 20_000
"""Choices that are made, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A value, and the life that brings it about: its beginning and its choices and answers."""

    value: float
    how: Begin
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """The least and the greatest value that were found of one variable. `low` and `high` are those of its declared range."""

    min: Witness
    max: Witness
    low: float | None = None
    high: float | None = None

    @property
    def unmet(self) -> tuple[float, ...]:
        """The ends of the declared range that were never reached."""
        found = [self.low] if self.low is not None and self.min.value > self.low else []
        return tuple(found + ([self.high] if self.high is not None and self.max.value < self.high else []))

    def __add__(self, other: Ends) -> Ends:
        """What two searches found together: the more extreme, the shorter life where they are equal."""
        return replace(
            self,
            min=min(self.min, other.min, key=lambda found: (found.value, len(found.keys), found.how.seed)),
            max=min(self.max, other.max, key=lambda found: (-found.value, len(found.keys), found.how.seed)),
        )


Way = tuple[str, int]
"""A variable, and -1 for its least or 1 for its greatest value."""


def numbers(story: Story) -> list[str]:
    """The variables that have a least and a greatest value."""
    return [name for name, info in story.variables.items() if info.kind in ("whole", "number")]


class _Search(Archive):
    def __init__(self, story: Story, live: Live, seed: int) -> None:
        self.numbers = numbers(story)
        self.ways: list[Way] = [(name, sign) for name in self.numbers for sign in (-1, 1)]
        self.met: dict[Way, tuple[float, Begin, Cell | None, str]] = {}
        self.ahead: dict[Way, list[tuple[float, int, Begin, Cell]]] = {way: [] for way in self.ways}
        self.here: dict[tuple[str, int, str, str, int], float] = {}
        self.turn = 0
        super().__init__(story, live, seed)

    def clear(self) -> None:
        super().clear()
        for queue in self.ahead.values():
            queue.clear()
        self.here.clear()

    def look(self, how: Begin, state: State, parent: Cell | None, move: str) -> None:
        for way in self.ways:
            value = way[1] * state.vars[way[0]]
            best = self.met.get(way)
            if best is None or value > best[0]:
                self.met[way] = (value, how, parent, move)

    def noticed(self, how: Begin, cell: Cell) -> None:
        state = cell.state
        if not cell.left:
            return
        for name, sign in self.ways:
            value, place = sign * state.vars[name], (name, sign, state.scene, state.set, cell.depth // STRETCH)
            best = self.here.get(place)
            if best is None or value >= best:
                self.here[place] = value
                heappush(self.ahead[name, sign], (-value, -self.states, how, cell))

    def met_its_end(self, way: Way) -> bool:
        info = self.story.variables[way[0]]
        end = info.low if way[1] < 0 else info.high
        return end is not None and way in self.met and self.met[way][0] >= way[1] * end

    def climb(self) -> None:
        """Makes every choice of the most extreme cell of the next queue."""
        for _ in self.ways:
            way = self.ways[self.turn % len(self.ways)]
            self.turn += 1
            queue = self.ahead[way]
            if self.met_its_end(way):
                continue
            while queue:
                _, _, how, cell = heappop(queue)
                if cell.left:
                    while cell.left:
                        self.play(how, cell, cell.left[0])
                    return

    def ends(self) -> dict[str, Ends]:
        found = {}
        for name in self.numbers:
            info = self.story.variables[name]
            low, high = (
                Witness(sign * value, how, () if parent is None else (*parent.keys, move))
                for sign in (-1, 1)
                for value, how, parent, move in [self.met[name, sign]]
            )
            found[name] = Ends(low, high, info.low, info.high)
        return found


def extremes(
    story: Story, *, seed: int = 1, choices: int = CHOICES, on: Callable[[], bool] = lambda: True, live: Live | None = None
) -> dict[str, Ends]:
    """The ends that were found of every number, while `on()` and up to so many choices. Empty where no life begins. `live`
    watches the numbers, so that states which differ in one are never taken for the same.

    Ctrl-C is the caller's: what was found until then is lost with it, so long searches are cut into several, and added.
    """
    search = _Search(story, live or Live(story, numbers(story)), seed)
    seeds = Seeds(seed, tuple(sorted(story.content)))
    first = search.begin(seeds.take())
    if first is None:
        return {}
    turn = 0
    while search.choices < choices and on():
        before, turn = search.choices, turn + 1
        if turn % 3:
            search.climb()
        if search.choices == before:
            search.spread(seeds)
    return search.ends()

"""A search that goes on from where it was: states that were reached are kept, and the rarest thing on offer is tried next.

Random play begins every life anew and mostly meets again what it has met. Here each state that is new for all that can still
happen (`live`) becomes a cell of the archive, with the life that leads there. Two things are done in turn, whichever of them came
on more new steps of late: a life of another seed is played to its end, taking on each page what was taken least so far; or
what was taken least of all is taken from a stored state that offers it, and a few choices follow on. The first finds what
hangs on chance, the second what hangs on choices.

Nothing here proves anything, but each cell's life is a real one: its keys, played from its seed, lead there. It is the
shortest that is known: when a shorter one is found, all cells behind it are shortened with it, since equal keys have equal
futures. The same seed and number of choices give the same archive.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random
from typing import TYPE_CHECKING

from game.engine.turn import answer, begin, choose

if TYPE_CHECKING:
    from game.engine.machine import Trace
    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.live import Live

FOLLOW = 6
"""Choices that follow on from one that was picked."""
LONGEST = 2_000
"""Choices after which a life of another seed is left."""
ROOM = 4_000_000
"""How much the stored states may hold, in entries of their tables: some 300 MB. When it is full the cells are dropped."""


@dataclass(frozen=True, slots=True)
class Begin:
    """How a life begins."""

    seed: int
    optouts: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Cell:
    """A state that was reached, by `move` from the state of `parent`, and the moves still to be made from it."""

    state: State
    parent: Cell | None
    move: str
    depth: int
    left: list[str]

    @property
    def keys(self) -> tuple[str, ...]:
        """The life that leads here: choices and answers in order."""
        found, cell = [], self
        while cell.parent is not None:
            found.append(cell.move)
            cell = cell.parent
        return tuple(reversed(found))


def moves_from(state: State, answers: tuple[str, ...] = ()) -> list[str]:
    """What can be done in a state: the keys that can be chosen; or the question's key, for its default, and `key=answer`."""
    if state.asking:
        return [state.asking, *(f"{state.asking}={text}" for text in answers)]
    return [key for key, enabled in state.offered if enabled]


def make(story: Story, state: State, move: str, trace: Trace | None = None) -> State:
    """The state after a move of `moves_from`. Raises what the story raises."""
    if state.asking:
        return answer(story, state, move.partition("=")[2], texts=False, trace=trace)[0]
    return choose(story, state, move, texts=False, trace=trace)[0]


def told(error: Exception) -> str:
    """What broke, in words: the story's own sentence, or what Python says."""
    return str(error) if type(error).__module__.startswith("game.") else f"{type(error).__name__}: {error}"


class Archive:
    """Cells, and what was taken how often. `trace` gathers the steps that played; `faults` what broke, with where it began and
    the life that led there. `answers` are given to questions besides their default."""

    def __init__(self, story: Story, live: Live, seed: int, *, answers: tuple[str, ...] = (), room: int = ROOM) -> None:
        self.story, self.live, self.answers = story, live, answers
        self.chance = Random(f"archive {seed}").random
        self.counts: Counter[str] = Counter()
        self.trace: Trace = set()
        self.faults: dict[str, tuple[Begin, tuple[str, ...]]] = {}
        self.choices = 0
        self.states = 0
        self._room = room
        self.clear()

    def clear(self) -> None:
        """Drops every cell."""
        self.cells: dict[tuple[Begin, int], Cell] = {}
        self.rare: list[tuple[int, float, int, Cell, Begin]] = []
        self.left = self._room

    def begin(self, how: Begin) -> Cell | None:
        """The first cell of a life; None where the story breaks before its first page."""
        try:
            state = begin(self.story, how.seed, optouts=how.optouts, texts=False, trace=self.trace)[0]
        except Exception as error:  # whatever it is, it is what a player would have met
            self.faults.setdefault(told(error), (how, ()))
            return None
        return self.keep(how, state, None, "")[0]

    def keep(self, how: Begin, state: State, parent: Cell | None, move: str) -> tuple[Cell, bool]:
        """The cell of a state, and whether it is new. A known one takes the shorter of the two lives."""
        self.look(how, state, parent, move)
        key, depth = (how, self.live.quick(state)), 0 if parent is None else parent.depth + 1
        cell = self.cells.get(key)
        if cell is not None:
            if depth < cell.depth:
                cell.state, cell.parent, cell.move, cell.depth = state, parent, move, depth
            return cell, False
        self.states += 1
        cell = self.cells[key] = Cell(state, parent, move, depth, moves_from(state, self.answers))
        self.left -= 50 + 2 * len(state.vars) + len(state.visits) + len(state.taken) + len(state.draws) + len(state.causes)
        if len(cell.left) > 1 or parent is None:  # a page with one way on is passed by who comes there
            heappush(
                self.rare, (min((self.counts[each] for each in cell.left), default=0), self.chance(), self.states, cell, how)
            )
        self.noticed(how, cell)
        return cell, True

    def look(self, how: Begin, state: State, parent: Cell | None, move: str) -> None:
        """Called with every state, before it is known whether one like it was met; searches that look for something override
        it."""

    def noticed(self, how: Begin, cell: Cell) -> None:
        """Called with every new cell."""

    def play(self, how: Begin, cell: Cell, move: str) -> tuple[Cell, bool] | None:
        """Makes a move that was not made from this cell yet; None where the story breaks."""
        cell.left.remove(move)
        self.counts[move] += 1
        self.choices += 1
        try:
            state = make(self.story, cell.state, move, self.trace)
        except Exception as error:
            self.faults.setdefault(told(error), (how, (*cell.keys, move)))
            return None
        return self.keep(how, state, cell, move)

    def least(self, cell: Cell) -> str:
        """The move that was made least often so far, of those that were not made from here."""
        return min(cell.left, key=lambda move: (self.counts[move], self.chance()))

    def follow(self, how: Begin, cell: Cell, most: int) -> None:
        """Plays on from a cell, least taken first, up to an ending or to where all was tried."""
        for _ in range(most):
            if not cell.left:
                return
            step = self.play(how, cell, self.least(cell))
            if step is None:
                return
            cell = step[0]

    def wander(self) -> bool:
        """Makes the rarest move and follows on from it; False where nothing is left to try."""
        while self.rare:
            count, lot, number, cell, how = heappop(self.rare)
            if not cell.left:
                continue
            now = min(self.counts[move] for move in cell.left)
            if now > count:
                heappush(self.rare, (now, lot, number, cell, how))
                continue
            self.follow(how, cell, FOLLOW)
            if cell.left:
                heappush(self.rare, (min(self.counts[move] for move in cell.left), lot, number, cell, how))
            return True
        return False

    def spread(self, seeds: Seeds) -> None:
        """One step of a search for whatever is new: a life of another seed, or wandering, as it paid of late."""
        if self.left < 0:
            self.clear()
        fresh = seeds.next_pays()
        before, steps = self.choices, len(self.trace)
        if fresh or not self.wander():
            fresh, how = True, seeds.take()
            cell = self.begin(how)
            if cell is not None:
                self.follow(how, cell, LONGEST)
        seeds.learn(fresh, len(self.trace) - steps, self.choices - before + 1)


class Seeds:
    """Which lives are begun, and whether another one is worth more than going on: new steps for each choice, the latest counting
    most. What was not tried for long is tried again. Every eighth life opts out of all that the story lets it (`tags`)."""

    def __init__(self, seed: int, tags: tuple[str, ...] = ()) -> None:
        self._seed, self._tags, self._begun = seed, tags, 0
        self._new = [1.0, 1.0]
        self._cost = [1.0, 1.0]

    def take(self) -> Begin:
        self._begun += 1
        return Begin(self._seed + self._begun - 1, self._tags if self._begun % 8 == 0 else ())

    def next_pays(self) -> bool:
        wander, fresh = (self._new[arm] / self._cost[arm] for arm in (0, 1))
        return fresh >= wander

    def learn(self, fresh: bool, new: int, cost: int) -> None:
        fade = 0.5 ** (cost / 400)
        self._new[fresh] = self._new[fresh] * fade + new
        self._cost[fresh] = self._cost[fresh] * fade + cost
        other = not fresh
        self._cost[other] *= 0.5 ** (cost / 4_000)

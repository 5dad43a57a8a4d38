"""A search that takes the state nearest to a goal first, and does not trust its own estimate for long."""

from __future__ import annotations

from collections import Counter
from heapq import heappop, heappush
from math import log2
from typing import TYPE_CHECKING

from game.workshop.explore.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.archive import Begin, Cell
    from game.workshop.explore.guide import Guide
    from game.workshop.explore.live import Live

Kind = tuple[str, str, int]
"""What a guided search tells apart: the scene and set where a cell stands, and how far it looks, in whole choices."""


class Guided(Archive):
    """An archive that goes on from the cells that look nearest to a goal.

    Cells of one kind share a fate: each time that one of them was gone on from, all look two choices farther for each time that
    this number doubles. So an estimate that leads astray, or a wide plain of cells as good as each other, does not hold the
    search. Every third time any kind is taken, each as likely as the others; every fifth time the rarest choice.
    """

    def __init__(self, story: Story, live: Live, how: Begin, guide: Guide, reached: Callable[[State], bool],
                 answers: tuple[str, ...]) -> None:  # fmt: skip
        super().__init__(story, live, how.seed, answers=answers)
        self.how, self.guide, self.reached = how, guide, reached
        self.keys: tuple[str, ...] | None = None
        self.told = 0
        self.near: list[tuple[float, Kind]] = []
        self.kinds: dict[Kind, list[tuple[float, int, int, Cell]]] = {}
        self.names: list[Kind] = []
        self.times: Counter[Kind] = Counter()
        self.begin(how)

    def look(self, how: Begin, state: State, parent: Cell | None, move: str) -> None:
        if self.reached(state) and self.keys is None:
            self.keys = () if parent is None else (*parent.keys, move)

    def noticed(self, how: Begin, cell: Cell) -> None:
        if not cell.left or self.keys is not None:
            return
        far = self.guide.far(cell.state)
        kind = (cell.state.scene, cell.state.set, int(far))
        cells = self.kinds.get(kind)
        if cells is None:
            cells = self.kinds[kind] = []
            self.names.append(kind)
        if not cells:
            heappush(self.near, (self.price(kind), kind))
        heappush(cells, (far, cell.depth, self.states, cell))

    def price(self, kind: Kind) -> float:
        return kind[2] + 2 * log2(1 + self.times[kind])

    def run(self, choices: int, on: Callable[[], bool]) -> bool:
        """Makes so many more choices, until the goal is found or nothing is left; whether it may be gone on with."""
        upto, turn = self.choices + choices, 0
        while self.keys is None and self.choices < upto and self.left > 0 and on():
            turn += 1
            if turn % 5 == 0 and not self.wander():
                return False
            kind = self.names[int(self.chance() * len(self.names))] if turn % 3 == 0 and self.names else self.nearest()
            cell = None if kind is None else self.best(kind)
            while cell is not None and cell.left and self.keys is None and on():
                self.play(self.how, cell, cell.left[0])
        return self.left > 0 and self.keys is None

    def nearest(self) -> Kind | None:
        """The kind that looks nearest, for how often it was tried."""
        while self.near:
            price, kind = heappop(self.near)
            if self.kinds[kind]:
                now = self.price(kind)
                heappush(self.near, (now, kind))
                if now <= price:
                    return kind
        return None

    def best(self, kind: Kind) -> Cell | None:
        """The nearest cell of a kind from which something is left to try; it is not given again."""
        cells = self.kinds[kind]
        self.times[kind] += 1
        while cells:
            cell = heappop(cells)[3]
            if cell.left:
                return cell
        return None

"""Choices that force a trade: whatever can be taken makes something worse.

What an option would do is read from its effects, against the state in which it is offered: guards, the `if`s and routes of
its body and the ranges of variables are asked there. What its own earlier effects would change of that is left out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from game.engine.evaluate import link
from game.engine.machine import Machine, held
from game.engine.steps import CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.page import Page
    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.tally import Tally

MOST_STEPS = 1_000


class Trader:
    """The turns of one life at a time, and those in which it met a trade. A machine's state is never changed by it."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sets: dict[str, dict[str, tuple[int, int]]] = {}
        self.linked: dict[tuple[str, int], list[Any]] = {}
        self.begin()

    def begin(self) -> None:
        """A new life."""
        self.turns: set[tuple[str, int]] = set()
        self.forced: set[tuple[str, int]] = set()

    def end(self, tally: Tally) -> None:
        tally.turns_read.update(Counter(act for act, _ in self.turns))
        tally.trades.update(Counter(act for act, _ in self.forced))

    def watch(self, state: State, page: Page) -> None:
        """A page is met."""
        turn = (page.act, page.turn)
        self.turns.add(turn)
        if len(page.options) > 1 and turn not in self.forced and self.forces(state):
            self.forced.add(turn)

    def forces(self, state: State) -> bool:
        """Whether every option on offer that can be taken makes something worse. What a storylet would bring nobody knows."""
        choices = self._choices(state.scene)
        taken = [key for key, enabled in state.offered if enabled]
        if not taken or not all(key in choices for key in taken):
            return False
        m = Machine(self.story, state.copy(), texts=False)
        return all(self._worse(m, state.scene, *choices[key]) for key in taken)

    def _choices(self, scene: str) -> dict[str, tuple[int, int]]:
        """Where the body of each choice of a scene begins, and the step below its set."""
        if scene not in self.sets:
            offers = [op for op in self.story.data(scene)["ops"] if op[0] == "offer"]
            self.sets[scene] = {item["key"]: (item["pc"], op[5]) for op in offers for item in op[2]}
        return self.sets[scene]

    def _worse(self, m: Machine, scene: str, pc: int, below: int) -> bool:
        return any(self._lowers(m, scene, at, op) for at, op in self._body(m, scene, pc, below))

    def _body(self, m: Machine, scene: str, pc: int, below: int) -> Iterator[tuple[int, list[Any]]]:
        """The steps of a body as this state would play them, up to the next choice or another scene."""
        data = self.story.data(scene)
        ops = data["ops"]
        for _ in range(MOST_STEPS):
            if pc == below or pc >= len(ops):
                return
            op = ops[pc]
            if op[0] in ("done", "end", "offer"):
                return
            yield pc, op
            if op[0] == "jump":
                pc = op[1]
            elif op[0] == "if":
                pc = pc + 1 if self._parts(scene, pc, op[1])[0](m) else op[2]
            elif op[0] == "go":
                tests = self._parts(scene, pc, *(test for test, _ in op[1]))
                way = next((to for (_, to), test in zip(op[1], tests, strict=True) if test is None or test(m)), None)
                owner, _, part = (way or "").partition(".")
                if way is not None and (owner != scene or not part):
                    return
                pc = pc + 1 if way is None else data["entries"][part]
            else:
                pc += 1

    def _parts(self, scene: str, pc: int, *codes: Any) -> list[Any]:
        """The linked functions of a step's codes, made once."""
        if (scene, pc) not in self.linked:
            self.linked[scene, pc] = [link(code) for code in codes]
        return self.linked[scene, pc]

    def _lowers(self, m: Machine, scene: str, pc: int, op: list[Any]) -> bool:
        """Whether a step makes a variable with a better side worse."""
        if op[0] != "effect" or op[1] == "learn":
            return False
        info = self.story.variables[op[2]]
        if info.better not in ("up", "down") or info.kind not in ("whole", "number"):
            return False
        value, guard = self._parts(scene, pc, op[3], op[4])
        if guard is not None and not guard(m):
            return False
        old = m.vars[info.id]
        new = held(info, CHANGES[op[1]](old, value(m)))
        return bool(new < old if info.better == "up" else new > old)

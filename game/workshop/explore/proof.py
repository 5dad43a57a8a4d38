"""What may be said for certain of a goal, by breadth: every state that a beginning can come to, the nearest first.

States with equal `Live.exact` keys have equal futures, so one of them is enough, and each choice is made once from each
state. From that follow three proofs, and no other is given:

- A life found at depth n, where every state with fewer choices was looked at, is the shortest from that beginning.
- A beginning whose states are all looked at, without the goal, never leads there.
- If besides no state of any beginning ever drew (`State.draws` is empty everywhere: no chance, no roll, no deck that had a
  card), the seed has no part in the story, so no life leads there. That asks for every set of opt-outs, for answers that
  stand for all that may be typed, and for no value that earlier lives leave behind: else the claim is not made.

A choice at which the story breaks leads nowhere: the turn fails as a whole, so nothing it would have met counts as met.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from game.engine.turn import begin
from game.workshop.explore.archive import make, moves_from, told
from game.workshop.explore.live import codes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.archive import Begin
    from game.workshop.explore.live import Live

MOST_OPTOUTS = 3
"""From so many kinds of content on, not every set of opt-outs is tried, and nothing is proved for all lives by breadth."""
SOMEBODY = "Somebody Else"
"""An answer that is none of those that the story asks about."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a search has to vary. `all_optouts`: these are all the sets of opt-outs that make a difference. `whole`: nothing that
    lives may differ in is left out, but for the seed."""

    answers: tuple[str, ...]
    optouts: tuple[tuple[str, ...], ...]
    all_optouts: bool
    whole: bool


def bounds(story: Story, live: Live) -> Bounds:
    """The answers and opt-outs that matter to the story's logic."""
    texts, plain = _texts(story)
    used = sorted({tag for info in story.scenes.values() for tag in info.content})
    few = len(used) <= MOST_OPTOUTS
    sets = [each for size in range(len(used) + 1) for each in combinations(used, size)] if few else [()]
    read = live.atoms(story.scenes)
    kept = any(info.keep and ("var", name) in read for name, info in story.variables.items())
    answers = (*sorted(texts), SOMEBODY) if texts else ()
    return Bounds(answers, tuple(sets), few, plain and not kept and few)


def _texts(story: Story) -> tuple[set[str], bool]:
    """The texts that logic compares typed variables with, and whether it does nothing else with these variables."""
    names = {name for name, info in story.variables.items() if info.kind == "text"}
    found, plain = set[str](), True

    def walk(code: Any) -> None:
        nonlocal plain
        if not isinstance(code, list) or not code or code[0] == "lit":
            return
        if code[0] == "var" and code[1] in names:
            plain = False  # read in a way that is not looked into
        elif code[0] == "compare" and len(code) == 4:
            _, left, sign, right = code
            sides = [left, *(right if sign.endswith("in") else [right])]
            if any(side[0] == "var" and side[1] in names for side in sides):
                literals = [side[1] for side in sides if side[0] == "lit"]
                found.update(text for text in literals if isinstance(text, str))
                plain = plain and len(literals) == len(sides) - 1
                return
            for side in sides:
                walk(side)
        else:
            for part in code:
                walk(part)

    for code in _codes(story):
        walk(code)
    return found, plain


def _codes(story: Story) -> Iterator[Any]:
    for pair in story.index["conditions"].values():
        yield from pair
    for scene in story.scenes:
        for op in story.data(scene)["ops"]:
            yield from codes_of(op)
            if op[0] == "wait":
                yield from op[2:4]
            elif op[0] == "effect":
                yield from op[3:5]


@dataclass(slots=True)
class _Seen:
    """A state that was looked at: the move that led to it, and from which."""

    move: str
    before: _Seen | None


@dataclass
class Breadth:
    """A search by breadth, which may be stopped and gone on with.

    `done`: the goal was found, or nothing is left. `without` choices: no life of so many or fewer comes to the goal.
    `draws` says whether any state drew.
    """

    story: Story
    live: Live
    how: Begin
    reached: Callable[[State], bool]
    answers: tuple[str, ...] = ()
    keys: tuple[str, ...] | None = None
    done: bool = False
    without: int = -1
    draws: bool = False
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)
    level: list[tuple[State, _Seen]] = field(default_factory=list)
    below: list[tuple[State, _Seen]] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            state = begin(self.story, self.how.seed, optouts=self.how.optouts, texts=False)[0]
        except Exception as error:
            self.faults[told(error)] = ()
            self.done = True
            return
        if not self._look(state, _Seen("", None)):
            self.without = 0
            self.level, self.below = self.below, []

    def _look(self, state: State, seen: _Seen) -> bool:
        """Looks at a state; whether it is at the goal."""
        self.draws = self.draws or bool(state.draws)
        if self.reached(state):
            self.keys, self.done = _keys(seen), True
            return True
        key = self.live.exact(state)
        if key not in self.seen:
            self.seen.add(key)
            self.below.append((state, seen))
        return False

    def go(self, states: int, on: Callable[[], bool] = lambda: True, depth: int = 1 << 30) -> None:
        """Looks on until so many states were looked at in all, while `on()`, and no further than `depth` choices."""
        while not self.done and len(self.seen) < states and self.without < depth and on():
            if not self.level:
                self.without += 1
                self.level, self.below = self.below[::-1], []
                if not self.level:
                    self.done = True
                continue
            state, seen = self.level.pop()
            if not self._open(state, seen, on):
                self.level.append((state, seen))  # what was cut short is opened again as a whole

    def _open(self, state: State, seen: _Seen, on: Callable[[], bool]) -> bool:
        """Makes every move from a state; whether there was time to."""
        for move in moves_from(state, self.answers):
            if not on():
                return False
            try:
                after = make(self.story, state, move)
            except Exception as error:  # a branch that breaks leads nowhere
                self.faults.setdefault(told(error), (*_keys(seen), move))
                continue
            if self._look(after, _Seen(move, seen)):
                break
        return True


def _keys(seen: _Seen) -> tuple[str, ...]:
    found = []
    while seen.before is not None:
        found.append(seen.move)
        seen = seen.before
    return tuple(reversed(found))

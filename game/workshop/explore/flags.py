"""Flags and thresholds: what conditions name of a life, told apart, and a life in which just one of them is the other way.

A flag is a yes or no: `taken(x)`, `seen(x)`, `has(x)`, `knows(x)`, a yes/no variable, and each value that a one-of variable is
compared with. A threshold is a comparison of a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from typing import TYPE_CHECKING, Any, TypeVar

from game.engine.evaluate import must

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from game.engine.machine import Machine
    from game.engine.state import State
    from game.engine.story import Story, VariableInfo

T = TypeVar("T")

NO_WORD = ""
"""What a one-of variable holds that is none of its words."""
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_CONTAINERS = {"taken": "taken", "seen": "visits", "has": "papers", "knows": "cards", "is": "vars", "yes": "vars"}


@dataclass(frozen=True, slots=True)
class Flag:
    """`kind` is taken, seen, has, knows, yes (a yes/no variable) or is (a one-of variable that holds `word`).

    `what` is a target, paper, card or variable; of taken, the keys that the name stands for, parted by spaces. `name` is as an
    author would write it.
    """

    kind: str
    what: str
    word: str = ""
    name: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        variable = f"{self.what} == {self.word}" if self.word else self.what
        object.__setattr__(self, "name", variable if self.kind in ("yes", "is") else f"{self.kind}({self.what})")

    def holds(self, state: State) -> bool:
        if self.kind == "taken":
            return any(key in state.taken for key in self.what.split())
        if self.kind == "is":
            return bool(state.vars[self.what] == self.word)
        return bool(state.vars[self.what]) if self.kind == "yes" else self.what in getattr(state, _CONTAINERS[self.kind])

    def turn(self, m: Machine) -> None:
        """Gives the machine's state this flag the other way. A one-of variable then holds the word, or none of its words."""
        state, holds = m.state, self.holds(m.state)
        if self.kind == "yes":
            m.vars[self.what] = not holds
        elif self.kind == "is":
            m.vars[self.what] = NO_WORD if holds else self.word
        elif self.kind == "taken":
            keys = self.what.split()
            state.taken = {key: times for key, times in state.taken.items() if key not in keys}
            if not holds:
                state.taken[keys[0]] = 1
        elif self.kind == "seen":
            state.visits = {target: visit for target, visit in state.visits.items() if target != self.what}
            if not holds:
                state.visits[self.what] = (1, state.date)
        else:
            had: tuple[str, ...] = getattr(state, _CONTAINERS[self.kind])
            setattr(state, _CONTAINERS[self.kind], tuple(x for x in had if x != self.what) if holds else (*had, self.what))


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number compared with a value: `info` the variable, `sign` as seen from it, `value` the function of the other side."""

    info: VariableInfo
    sign: str
    value: Callable[[Machine], Any]
    name: str

    def turn(self, m: Machine) -> None:
        """Puts the number just over to the other side, if its range has one. A whole number stays whole."""
        now, limit = m.vars[self.info.id], self.value(m)
        below, above = (floor(limit), ceil(limit)) if self.info.kind == "whole" else (limit, limit)
        for number in (below, above, below - 1, above + 1):
            low, high = self.info.low, self.info.high
            inside = (low is None or number >= low) and (high is None or number <= high)
            if inside and _compares(number, self.sign, limit) != _compares(now, self.sign, limit):
                m.vars[self.info.id] = number
                return


Atom = Flag | Threshold


def _compares(left: Any, sign: str, right: Any) -> bool:
    if sign in ("==", "!="):
        return bool((left == right) == (sign == "=="))
    return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign])


def otherwise(m: Machine, atom: Atom | None, ask: Callable[[Machine], T]) -> T:
    """What `ask` gives where the atom is the other way (or all as it is, for None); the machine's state is put back after."""
    state = m.state
    kept = (state.taken, state.visits, state.papers, state.cards, state.draws)
    state.draws = state.draws.copy()
    what = "" if atom is None else atom.info.id if isinstance(atom, Threshold) else atom.what
    value = m.vars.get(what)
    if atom is not None:
        atom.turn(m)
    try:
        return ask(m)
    finally:
        state.taken, state.visits, state.papers, state.cards, state.draws = kept
        if what in m.vars:
            m.vars[what] = value


def named(story: Story, codes: Iterable[Any]) -> tuple[tuple[Flag, ...], tuple[Threshold, ...]]:
    """The flags and thresholds that conditions name, each once."""
    atoms = {(type(atom), atom.name): atom for code in codes for atom in _atoms(story, code)}
    flags = tuple(atom for atom in atoms.values() if isinstance(atom, Flag))
    return flags, tuple(atom for atom in atoms.values() if isinstance(atom, Threshold))


def _atoms(story: Story, code: Any) -> Iterator[Atom]:
    if not isinstance(code, list) or not code:
        return
    head = code[0]
    if head == "taken":
        yield Flag("taken", " ".join(code[1]))
    elif head in ("seen", "has", "knows"):
        yield Flag(head, code[1])
    elif head == "var":
        if story.variables[code[1]].kind == "truth":
            yield Flag("yes", code[1])
    elif head == "compare":
        for left, sign, right in zip(code[1::2], code[2::2], code[3::2], strict=False):
            if sign in _MIRRORED:
                yield from _compared(story, left, sign, right)
                yield from _compared(story, right, _MIRRORED[sign], left)
            else:
                for member in right:
                    yield from _compared(story, left, "==", member)
        for side in code[1::2]:
            yield from (atom for part in (side if side and isinstance(side[0], list) else [side]) for atom in _atoms(story, part))
    elif head != "lit":
        for part in code[1:]:
            yield from _atoms(story, part)


def _compared(story: Story, side: Any, sign: str, other: Any) -> Iterator[Atom]:
    if side[0] != "var":
        return
    info = story.variables[side[1]]
    if info.kind == "word" and other[0] == "lit":
        yield Flag("is", info.id, other[1])
    elif info.kind in ("whole", "number"):
        yield Threshold(info, sign, must(other), f"{info.id} {sign} {_written(other)}")


def _written(code: Any) -> str:
    if code[0] == "lit":
        return str(code[1])
    if code[0] == "var":
        return str(code[1])
    return f"-{_written(code[1])}" if code[0] == "neg" else "…"


def sets(story: Story, op: list[Any]) -> Iterator[Flag]:
    """The flags whose value a step may change, but for what entering a target and taking a choice do."""
    if op[0] == "carry":
        yield from (Flag("has", paper) for paper in op[2])
    elif op[0] == "effect" and op[1] == "learn":
        yield Flag("knows", op[2])
    elif op[0] == "effect":
        info = story.variables[op[2]]
        if info.kind == "truth":
            yield Flag("yes", info.id)
        elif info.kind == "word":
            words = set(_words(op[3]))
            if len(info.words) == 2:  # the one is not the other
                words = set(info.words)
            yield from (Flag("is", info.id, word) for word in sorted(words))


def _words(code: Any) -> Iterator[str]:
    """The words that a value may come to."""
    if isinstance(code, list) and code:
        if code[0] == "lit" and isinstance(code[1], str):
            yield code[1]
        for part in code[2:] if code[0] == "if" else ():
            yield from _words(part)


def conditions(op: list[Any]) -> list[Any]:
    """The conditions of a step: its own, and those of the text that it says."""
    if op[0] == "if":
        return [op[1]]
    if op[0] == "go":
        return [test for test, _ in op[1] if test is not None]
    if op[0] == "offer":
        return [test for item in op[2] for test in (item["if"], *(need for need, _ in item["needs"])) if test is not None]
    return list(_of_text(op[1])) if op[0] in ("say", "heading") else list(_of_text(op[2])) if op[0] == "end" else []


def _of_text(code: Iterable[list[Any]] | None) -> Iterator[Any]:
    for node in code or ():
        if node[0] == "c":
            for test, text in node[1]:
                if test is not None:
                    yield test
                yield from _of_text(text)
        elif node[0] == "l":
            yield from _of_text(node[2])
        elif node[0] == "a":
            for branch in node[4]:
                yield from _of_text(branch)

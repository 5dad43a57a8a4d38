"""Conditions over abstract values: what an expression can come to at a place, and what is known once a condition holds.

Everything that logic can ask has a name here, and a value: a variable its own name; `@date`, `@place`; and facts, which are
`visits TARGET` (a number), `taken KEY`, `has PAPER`, `knows CARD`, `met PERSON` (yes or no).
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from game.engine.calendar import NEVER
from game.engine.story import restore
from game.workshop.analysis.values import (
    ANY_WHOLE,
    COUNT,
    EITHER,
    NO,
    NOTHING,
    YES,
    Interval,
    Value,
    applied,
    hull,
    join,
    mirrored,
    narrowed,
    of,
    opposite,
    outcomes,
    reckoned,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from game.engine.story import Story

Code = list[Any]
FACTS = {"seen": "visits", "visits": "visits", "since": "visits", "has": "has", "knows": "knows", "met": "met"}


class World:
    """What holds everywhere: every value that a variable ever has, and the bit of each fact that is asked for somewhere.

    `optouts` are the content tags passed over, or None where they are not known.
    """

    def __init__(self, story: Story, optouts: frozenset[str] | None) -> None:
        self.calendar = story.calendar
        self.optouts = optouts
        self.values: dict[str, Value] = {}
        self.bits: dict[str, int] = {}
        self.literals: dict[int, Value] = {}
        self.pairs: dict[tuple[int, str, Value], Value] = {}


class Env:
    """What is known at a place: `date`, facts that may be so and that must be so (as bits), and `local`: values narrower than
    the world's. `frames` are the visits that may be the innermost open one there, "" for none; None for any."""

    __slots__ = ("date", "frames", "local", "may", "must", "world")

    def __init__(
        self, world: World, date: Interval, may: int, must: int, frames: frozenset[str] | None, local: dict[str, Value]
    ) -> None:
        self.world, self.date, self.may, self.must, self.frames, self.local = world, date, may, must, frames, local

    def known(self, name: str) -> Value:
        if name in self.local:
            return self.local[name]
        bit = self.world.bits.get(name)
        if bit is None:
            return self.world.values[name]
        counted = name.startswith("visits ")
        if not self.may & bit:
            return frozenset({0}) if counted else NO
        if self.must & bit:
            return Interval(1, COUNT.high, True) if counted else YES
        return COUNT if counted else EITHER

    def asked(self, name: str) -> bool:
        """Whether anything in the story asks for this fact."""
        return name in self.world.bits

    def having(self, name: str, value: Value) -> Env:
        """The same, with a value for a name."""
        return Env(self.world, self.date, self.may, self.must, self.frames, {**self.local, name: value})

    def on(self, days: Interval) -> Env:
        return Env(self.world, days, self.may, self.must, self.frames, self.local)

    def within(self, frames: frozenset[str] | None) -> Env:
        return Env(self.world, self.date, self.may, self.must, frames, self.local)

    def so(self, fact: str, value: Value) -> Env:
        """With a fact that has just become so (or, of `has`, not so)."""
        bit = self.world.bits.get(fact)
        if bit is None:
            return self
        if value == NO:
            return Env(self.world, self.date, self.may & ~bit, self.must & ~bit, self.frames, {**self.local, fact: NO})
        return Env(self.world, self.date, self.may | bit, self.must | bit, self.frames, {**self.local, fact: value})


def joined(first: Env | None, second: Env | None) -> Env | None:
    """What holds where either does; None is nowhere."""
    return second if first is None else first if second is None else both(first, second)


def both(first: Env, second: Env) -> Env:
    """The same of two places that are."""
    if first is second:
        return first
    days = first.date
    if second.date != days:
        days = Interval(min(days.low, second.date.low), max(days.high, second.date.high), True)
    frames = first.frames
    if frames is not second.frames:
        frames = None if frames is None or second.frames is None else frames | second.frames
    one, other = first.local, second.local
    local = one
    if one is not other:
        if len(one) > len(other):
            one, other = other, one
        local = {}
        for name, value in one.items():
            if name in other:
                both = value if value is other[name] else join(value, other[name])
                if both is not None:
                    local[name] = both
    return Env(first.world, days, first.may | second.may, first.must & second.must, frames, local)


# Values -------------------------------------------------------------------------------------------------------------


def value(code: Code, env: Env) -> Value:
    """Every value that the code can have here."""
    return _VALUES[code[0]](code, env)


def _truth(code: Code, env: Env) -> Value:
    return frozenset(wanted for wanted in (True, False) if refine(code, env, wanted) is not None) or EITHER


def _lit(code: Code, env: Env) -> Value:
    literals = env.world.literals
    found = literals.get(id(code))
    if found is None:
        found = literals[id(code)] = frozenset({restore(code[1])})
    return found


def _choice(code: Code, env: Env) -> Value:
    first, second = refine(code[1], env, True), refine(code[1], env, False)
    if first is None:
        return value(code[3], second or env)
    return value(code[2], first) if second is None else join(value(code[2], first), value(code[3], second))


def _since(code: Code, env: Env) -> Value:
    found = env.known(f"visits {code[1]}")
    return frozenset({NEVER}) if found == frozenset({0}) else None


def _roll(code: Code, env: Env) -> Value:
    low, high = value(code[2], env), value(code[3], env)
    if low is None or high is None:
        return ANY_WHOLE
    first, second = hull(low), hull(high)
    return Interval(min(first.low, second.low), max(first.high, second.high), True)


def _turn(code: Code, env: Env) -> Value:
    low, high = env.world.calendar.turn(env.date.low), env.world.calendar.turn(env.date.high)
    return of({low, high}) if high - low < 2 else Interval(low, high, True)


def _acts(env: Env) -> Iterator[tuple[str, date, date]]:
    """Each act that may be, with its first and its last day."""
    calendar = env.world.calendar
    firsts = [(name, calendar.turn_start(turn)) for name, turn in calendar.acts]
    for (name, first), after in zip(firsts, [*(first for _, first in firsts[1:]), None], strict=False):
        last = date.max if after is None else after - timedelta(days=1)
        if name == firsts[0][0]:
            first = date.min
        if first <= env.date.high and last >= env.date.low:
            yield name, first, last


def _act(code: Code, env: Env) -> Value:
    return frozenset(name for name, _, _ in _acts(env)) or frozenset({""})


_VALUES: dict[str, Callable[[Code, Env], Value]] = {
    "lit": _lit,
    "var": lambda code, env: env.known(code[1]),
    **dict.fromkeys(("and", "or", "not", "compare", "seen", "taken", "has", "knows", "met", "opted", "chance"), _truth),
    "if": _choice,
    **dict.fromkeys("+-*/%", lambda code, env: reckoned(code[0], value(code[1], env), value(code[2], env))),
    "//": lambda code, env: reckoned("//", value(code[1], env), value(code[2], env)),
    **dict.fromkeys(
        ("min", "max", "abs", "round", "neg"), lambda code, env: applied(code[0], [value(item, env) for item in code[1:]])
    ),
    "date": lambda code, env: env.date,
    "place": lambda code, env: env.known("@place"),
    "visits": lambda code, env: env.known(f"visits {code[1]}"),
    "since": _since,
    "roll": _roll,
    "turn": _turn,
    "act": _act,
}


# Conditions ---------------------------------------------------------------------------------------------------------


def refine(code: Code, env: Env, wanted: bool) -> Env | None:
    """What is known where the condition has come out as wanted; None where it never does."""
    return _CONDITIONS.get(code[0], _other)(code, env, wanted)


def _every(code: Code, env: Env, wanted: bool) -> Env | None:
    """`and`, and by its mirror `or`: all as wanted, or one after the other as the first that is not."""
    all_of = wanted == (code[0] == "and")
    found: Env | None = None
    left: Env | None = env
    for item in code[1:]:
        if left is None:
            break
        if not all_of:
            found = joined(found, refine(item, left, wanted))
        left = refine(item, left, wanted if all_of else not wanted)
    return left if all_of else found


def _not(code: Code, env: Env, wanted: bool) -> Env | None:
    return refine(code[1], env, not wanted)


def _conditional(code: Code, env: Env, wanted: bool) -> Env | None:
    first, second = refine(code[1], env, True), refine(code[1], env, False)
    return joined(
        None if first is None else refine(code[2], first, wanted), None if second is None else refine(code[3], second, wanted)
    )


def _compare(code: Code, env: Env, wanted: bool) -> Env | None:
    if len(code) == 4:
        return _pair(code[1], code[2], code[3], env, wanted)
    found: Env | None = None
    left: Env | None = env
    before = code[1]
    for index in range(2, len(code), 2):
        if left is None:
            break
        if not wanted:
            found = joined(found, _pair(before, code[index], code[index + 1], left, False))
        left = _pair(before, code[index], code[index + 1], left, True)
        if not code[index].endswith("in"):
            before = code[index + 1]
    return left if wanted else found


def _pair(left: Code, sign: str, right: Any, env: Env, wanted: bool) -> Env | None:
    first = value(left, env)
    if right[0] == "lit" and left[0] == "var":  # most are so, and the same comes of them wherever the same is known
        pairs, said = env.world.pairs, (id(right), sign if wanted else opposite(sign), first)
        if said not in pairs:
            second = value(right, env)
            pairs[said] = narrowed(first, said[1], second) if True in outcomes(first, said[1], second) else NOTHING
        return None if pairs[said] is NOTHING else _put(left, pairs[said], env)
    if sign.endswith("in"):
        return _member(left, first, right, env, wanted == (sign == "in"))
    second = value(right, env)
    if wanted not in outcomes(first, sign, second):
        return None
    holds = sign if wanted else opposite(sign)
    env = _put(left, narrowed(first, holds, second), env)
    return _put(right, narrowed(second, mirrored(holds), first), env)


def _member(left: Code, first: Value, members: list[Code], env: Env, wanted: bool) -> Env | None:
    values = [value(member, env) for member in members]
    if not wanted:
        for member in values:
            if False not in outcomes(first, "==", member):
                return None
            first = narrowed(first, "!=", member)
        known = frozenset(one for member in values if isinstance(member, frozenset) and len(member) == 1 for one in member)
        if isinstance(first, frozenset) and first <= known:
            return None
        return _put(left, first if first is None else without(first, known), env)
    found = [narrowed(first, "==", member) for member in values if True in outcomes(first, "==", member)]
    if not found:
        return None
    either = found[0]
    for one in found[1:]:
        either = join(either, one)
    return _put(left, either, env)


def _put(code: Code, narrow: Value, env: Env) -> Env:
    """The value that an expression turned out to have, remembered for what it speaks of."""
    kind = code[0]
    if narrow is None:
        return env
    if kind == "var":
        return env if env.known(code[1]) == narrow else env.having(code[1], narrow)
    if kind == "visits":
        return env.having(f"visits {code[1]}", narrow)
    if kind == "place":
        return env.having("@place", narrow)
    if kind == "date":
        days = hull(narrow) if narrow else env.date
        return (
            env.on(Interval(max(days.low, env.date.low), min(days.high, env.date.high), True)) if days.low <= days.high else env
        )
    if kind == "turn":
        turns, calendar = hull(narrow), env.world.calendar
        first, last = ceil(turns.low), floor(turns.high)
        low = calendar.turn_start(first) if first > 1 else date.min
        high = calendar.turn_start(last + 1) - timedelta(days=1) if last < len(calendar.turns) else date.max
        return _days(env, low, high)
    if kind == "act" and isinstance(narrow, frozenset):
        spans = [(first, last) for name, first, last in _acts(env) if name in narrow]
        return _days(env, min(first for first, _ in spans), max(last for _, last in spans)) if spans else env
    return env


def _days(env: Env, low: date, high: date) -> Env:
    low, high = max(low, env.date.low), min(high, env.date.high)
    return env.on(Interval(low, high, True)) if low <= high else env


def _fact(code: Code, env: Env, wanted: bool) -> Env | None:
    name = f"{FACTS[code[0]]} {code[1]}"
    found = env.known(name)
    if code[0] == "seen":
        number = frozenset({0})
        sign = ">" if wanted else "=="
        return env.having(name, narrowed(found, sign, number)) if True in outcomes(found, sign, number) else None
    assert isinstance(found, frozenset)
    return env.having(name, frozenset({wanted})) if wanted in found else None


def _taken(code: Code, env: Env, wanted: bool) -> Env | None:
    names = [f"taken {key}" for key in code[1]]
    values = [env.known(name) for name in names]
    if wanted:
        can = [name for name, found in zip(names, values, strict=True) if found != NO]
        return None if not can else env.having(can[0], YES) if len(can) == 1 else env
    if YES in values:
        return None
    for name in names:
        env = env.having(name, NO)
    return env


def _opted(code: Code, env: Env, wanted: bool) -> Env | None:
    optouts = env.world.optouts
    if optouts is None:
        return env
    return env if wanted == (not optouts.isdisjoint(code[1])) else None


def _chance(code: Code, env: Env, wanted: bool) -> Env | None:
    found = value(code[2], env)
    if found is None:
        return env
    likely = hull(found)
    return env if (likely.high > 0 if wanted else likely.low < 1) else None


def _variable(code: Code, env: Env, wanted: bool) -> Env | None:
    found = env.known(code[1])
    if found is None:
        return env
    assert isinstance(found, frozenset)
    if wanted not in found:
        return None
    return env if len(found) == 1 else env.having(code[1], frozenset({wanted}))


def _literal(code: Code, env: Env, wanted: bool) -> Env | None:
    return env if bool(code[1]) == wanted else None


def _other(code: Code, env: Env, wanted: bool) -> Env | None:
    found = value(code, env)
    return env if found is None or not isinstance(found, frozenset) or wanted in found else None


_CONDITIONS: dict[str, Callable[[Code, Env, bool], Env | None]] = {
    "and": _every, "or": _every, "not": _not, "if": _conditional, "compare": _compare, "lit": _literal, "var": _variable,
    **dict.fromkeys(("seen", "has", "knows", "met"), _fact), "taken": _taken, "opted": _opted, "chance": _chance,
}  # fmt: skip

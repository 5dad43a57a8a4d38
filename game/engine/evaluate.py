"""Code of expressions linked to functions. Each takes the machine at work and gives a value; none can do anything else."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from game.engine.calendar import NEVER, Period, between, shift
from game.engine.chance import draw, happens, roll
from game.engine.story import restore

if TYPE_CHECKING:
    from game.engine.machine import Machine

Code = list[Any]
Value = Callable[["Machine"], Any]


def link(code: Code | None) -> Value | None:
    """The function of a piece of code, or None for none. Raises KeyError for code that is not of this language."""
    return None if code is None else _LINKS[code[0]](code)


def must(code: Code) -> Value:
    return _LINKS[code[0]](code)


def is_random(code: Any) -> bool:
    """Whether the code draws: then it must not be asked twice."""
    if not isinstance(code, list) or not code:
        return False
    return code[0] in ("chance", "roll") or any(is_random(item) for item in code)


def _lit(code: Code) -> Value:
    value = restore(code[1])
    return lambda m: value


def _var(code: Code) -> Value:
    name = code[1]
    return lambda m: m.vars[name]


def _and(code: Code) -> Value:
    items = [must(item) for item in code[1:]]
    if len(items) == 2:
        first, second = items
        return lambda m: first(m) and second(m)
    return lambda m: all(item(m) for item in items)


def _or(code: Code) -> Value:
    items = [must(item) for item in code[1:]]
    return lambda m: any(item(m) for item in items)


def _not(code: Code) -> Value:
    inner = must(code[1])
    return lambda m: not inner(m)


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def _compare(code: Code) -> Value:
    if len(code) == 4 and code[2] in _TESTS:
        left, test, right = must(code[1]), _TESTS[code[2]], must(code[3])
        return lambda m: test(left(m), right(m))
    first = must(code[1])
    steps = [_step(code[index], code[index + 1]) for index in range(2, len(code), 2)]

    def run(m: Machine) -> bool:
        value = first(m)
        for step in steps:
            holds, value = step(m, value)
            if not holds:
                return False
        return True

    return run


def _step(sign: str, code: Any) -> Callable[[Machine, Any], tuple[bool, Any]]:
    if sign in _TESTS:
        test, right = _TESTS[sign], must(code)

        def compare(m: Machine, value: Any) -> tuple[bool, Any]:
            other = right(m)
            return test(value, other), other

        return compare
    members, wanted = [must(item) for item in code], sign == "in"
    return lambda m, value: (any(value == member(m) for member in members) == wanted, value)


def _if(code: Code) -> Value:
    condition, first, second = must(code[1]), must(code[2]), must(code[3])
    return lambda m: first(m) if condition(m) else second(m)


def _plus(left: Any, right: Any) -> Any:
    if isinstance(right, Period) and not isinstance(left, Period):
        return shift(left, right)
    if isinstance(left, Period) and not isinstance(right, Period):
        return shift(right, left)
    return left + right if isinstance(left, Period) else bounded(left + right)


def _times(left: Any, right: Any) -> Any:
    if isinstance(left, Period):
        return left * bounded(right)
    return right * left if isinstance(right, Period) else bounded(left * right)


def _minus(left: Any, right: Any) -> Any:
    if isinstance(right, Period):
        return left - right if isinstance(left, Period) else shift(left, Period(-right.months, -right.days))
    if isinstance(left, (int, float)):
        return bounded(left - right)
    return between(right, left)


LARGEST = 10**18


def bounded(value: Any) -> Any:
    """A number kept within 10**18 either way, so that no story can grow one until the machine is full."""
    if value != value:
        return 0.0
    return max(-LARGEST, min(LARGEST, value)) if value > LARGEST or value < -LARGEST else value


# Dividing by nothing is a story's mistake that no check can see: it gives 0, so that play goes on.
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": lambda left, right: bounded(left / right) if right else 0.0,
    "//": lambda left, right: left // right if right else 0,
    "%": lambda left, right: left % right if right else 0,
}


def _arithmetic(code: Code) -> Value:
    function, left, right = _ARITHMETIC[code[0]], must(code[1]), must(code[2])
    return lambda m: function(left(m), right(m))


def _neg(code: Code) -> Value:
    inner = must(code[1])
    return lambda m: -inner(m)


def _seen(code: Code) -> Value:
    target = code[1]
    return lambda m: target in m.state.visits


def _visits(code: Code) -> Value:
    target = code[1]
    return lambda m: m.state.visits[target][0] if target in m.state.visits else 0


def _since(code: Code) -> Value:
    target = code[1]

    def run(m: Machine) -> Period:
        found = m.state.visits.get(target)
        return NEVER if found is None else between(found[1], m.state.date)

    return run


def _taken(code: Code) -> Value:
    keys = code[1]
    return lambda m: any(key in m.state.taken for key in keys)


def _has(code: Code) -> Value:
    name = code[1]
    return lambda m: name in m.state.papers


def _knows(code: Code) -> Value:
    name = code[1]
    return lambda m: name in m.state.cards


def _met(code: Code) -> Value:
    name = code[1]
    return lambda m: name in m.state.met


def _opted(code: Code) -> Value:
    tags = code[1]
    return lambda m: any(tag in m.state.optouts for tag in tags)


def _chance(code: Code) -> Value:
    site, probability = code[1], must(code[2])
    return lambda m: happens(draw(m.state.seed, site, m.again(site)), probability(m))


def _roll(code: Code) -> Value:
    site, low, high = code[1], must(code[2]), must(code[3])
    return lambda m: roll(draw(m.state.seed, site, m.again(site)), low(m), high(m))


def _date(code: Code) -> Value:
    return lambda m: m.state.date


def _turn(code: Code) -> Value:
    return lambda m: m.story.calendar.turn(m.state.date)


def _act(code: Code) -> Value:
    return lambda m: m.story.calendar.act(m.state.date)


def _place(code: Code) -> Value:
    return lambda m: m.state.place


def _of_numbers(function: Callable[..., Any]) -> Callable[[Code], Value]:
    def make(code: Code) -> Value:
        items = [must(item) for item in code[1:]]
        return lambda m: function(*(item(m) for item in items))

    return make


_LINKS: dict[str, Callable[[Code], Value]] = {
    "lit": _lit, "var": _var, "and": _and, "or": _or, "not": _not, "compare": _compare, "if": _if, "neg": _neg,
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    "date": _date, "turn": _turn, "act": _act, "place": _place,
    "seen": _seen, "visits": _visits, "since": _since, "taken": _taken, "has": _has, "knows": _knows, "met": _met,
    "opted": _opted,
    "chance": _chance, "roll": _roll,
    "min": _of_numbers(min), "max": _of_numbers(max), "abs": _of_numbers(abs), "round": _of_numbers(round),
}  # fmt: skip

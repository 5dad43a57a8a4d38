"""Abstract values: for an expression, a set that holds every value it can have.

A value is a frozenset of the very values (words, yes and no, a few numbers, dates, spans), an Interval of numbers or dates, or
None for anything. No operation here ever loses a value that play could give; where it must be coarse it gives more.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine import evaluate
from game.engine.calendar import Period, shift
from game.engine.evaluate import LARGEST, bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from game.engine.story import VariableInfo

FEW = 8
"""More numbers, dates or spans than this are no longer told apart."""
PAIRS = 64


class Interval(NamedTuple):
    """From `low` to `high`, both included. `whole`: only whole numbers (or days) in between."""

    low: Any
    high: Any
    whole: bool = False


Value = frozenset[Any] | Interval | None
NOTHING: frozenset[Any] = frozenset()
"""No value at all, which is what is left of one that cannot be; no place is ever reached with it."""
YES, NO, EITHER = frozenset({True}), frozenset({False}), frozenset({True, False})
ANY_NUMBER = Interval(-LARGEST, LARGEST)
ANY_WHOLE = Interval(-LARGEST, LARGEST, True)
ANY_DAY = Interval(date.min, date.max, True)
COUNT = Interval(0, LARGEST, True)


def whole(value: Any) -> bool:
    return isinstance(value, (int, date))


def hull(value: frozenset[Any] | Interval) -> Interval:
    """The interval that holds a set of numbers or days."""
    if isinstance(value, Interval):
        return value
    if len(value) == 1:
        (one,) = value
        return Interval(one, one, isinstance(one, (int, date)))
    return Interval(min(value), max(value), all(map(whole, value)))


def of(values: Iterable[Any]) -> Value:
    """Some values as one; never an empty one."""
    found = frozenset(values)
    if len(found) <= FEW:
        return found
    one = next(iter(found))
    if isinstance(one, Period):
        return None
    return found if isinstance(one, (str, bool)) else hull(found)


def join(first: Value, second: Value) -> Value:
    """What is in either."""
    if first is None or second is None:
        return None
    if first == second:
        return first
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        return of(first | second)
    one, other = hull(first), hull(second)
    return Interval(min(one.low, other.low), max(one.high, other.high), one.whole and other.whole)


def single(value: Value) -> bool:
    return isinstance(value, frozenset) and len(value) == 1


def listed(value: Value) -> frozenset[Any] | None:
    """The very values, where they are known one by one."""
    if isinstance(value, Interval) and value.low == value.high:
        return frozenset({value.low})
    return value if isinstance(value, frozenset) else None


# Comparing ----------------------------------------------------------------------------------------------------------

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRROR = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
mirrored = _MIRROR.__getitem__
opposite = _OPPOSITE.__getitem__


def outcomes(first: Value, sign: str, second: Value) -> frozenset[bool]:
    """What a comparison can come to."""
    if first is None or second is None:
        return EITHER
    if sign in ("==", "!="):
        one, other = listed(first), listed(second)
        if one is None or other is None:
            left, right = hull(first), hull(second)
            meets, same = left.low <= right.high and right.low <= left.high, False
            if meets and (known := one or other) is not None:
                span = right if one is not None else left
                meets = any(span.low <= value <= span.high for value in known)
        elif _spans(one):  # which can be equal without looking so
            meets = any(left == right for left, right in product(one, other))
            same = meets and len(one) == len(other) == 1
        else:
            meets = not one.isdisjoint(other)
            same = meets and len(one) == len(other) == 1
        return (YES if sign == "==" else NO) if same else EITHER if meets else NO if sign == "==" else YES
    left, right = hull(first), hull(second)
    if sign in (">", ">="):
        left, right = right, left
    strict = sign in ("<", ">")
    can = left.low < right.high if strict else left.low <= right.high
    cannot = left.high >= right.low if strict else left.high > right.low
    return EITHER if can and cannot else YES if can else NO


def narrowed(value: Value, sign: str, other: Value) -> Value:
    """What is left of a value of which the comparison with `other` holds. It is known that it can hold."""
    if value is None:
        known = listed(other) if sign == "==" else None
        return known if known and all(isinstance(one, str) for one in known) else None
    if other is None:
        return value
    if isinstance(value, frozenset):
        kept = frozenset(one for one in value if True in outcomes(frozenset({one}), sign, other))
        return kept or value
    if sign == "==":
        if isinstance(other, frozenset):
            return frozenset(one for one in other if value.low <= one <= value.high) or value
        return _between(value, max(value.low, other.low), min(value.high, other.high))
    if sign == "!=":
        known = listed(other)
        return value if known is None or len(known) > 1 else without(value, known)
    limit = hull(other)
    if sign in ("<", "<="):
        high = min(value.high, limit.high)
        if sign == "<" and high == limit.high:
            high = _before(value, high)
        return _between(value, value.low, high)
    low = max(value.low, limit.low)
    if sign == ">" and low == limit.low:
        low = _after(value, low)
    return _between(value, low, value.high)


def without(value: Value, members: frozenset[Any]) -> Value:
    """The value less what it is known not to be; at least something is left."""
    if isinstance(value, frozenset):
        return (value - members) or value
    if isinstance(value, Interval) and value.whole:
        low, high = value.low, value.high
        while low in members and low < high:
            low = _after(value, low)
        while high in members and low < high:
            high = _before(value, high)
        return _between(value, low, high)
    return value


def _between(value: Interval, low: Any, high: Any) -> Value:
    if value.whole and isinstance(low, float):
        low = ceil(low)
    if value.whole and isinstance(high, float):
        high = floor(high)
    if low > high:
        return value
    return frozenset({low}) if low == high else Interval(low, high, value.whole)


def _before(value: Interval, end: Any) -> Any:
    """The last value below `end` that the interval can hold; `end` itself where that cannot be told."""
    if not value.whole or end == date.min:
        return end
    if isinstance(end, date):
        return end.fromordinal(end.toordinal() - 1)
    return end - 1 if isinstance(end, int) else end


def _after(value: Interval, end: Any) -> Any:
    if not value.whole or end == date.max:
        return end
    if isinstance(end, date):
        return end.fromordinal(end.toordinal() + 1)
    return end + 1 if isinstance(end, int) else end


# Reckoning ----------------------------------------------------------------------------------------------------------


def reckoned(sign: str, first: Value, second: Value) -> Value:
    """`first sign second` for + - * / // and %, numbers, days and spans."""
    if _days(first) and _days(second):
        return None  # a span that remembers where it began, of which two that are equal can differ
    if isinstance(first, frozenset) and isinstance(second, frozenset) and len(first) * len(second) <= PAIRS:
        return of(evaluate._ARITHMETIC[sign](left, right) for left, right in product(first, second))
    if _days(first) or _days(second):
        return _of_days(sign, first, second)
    if first is None or second is None or _spans(first) or _spans(second):
        return None
    left, right = hull(first), hull(second)
    sure = left.whole and right.whole
    if sign == "+":
        return limits(left.low + right.low, left.high + right.high, sure)
    if sign == "-":
        return limits(left.low - right.high, left.high - right.low, sure)
    if sign == "*":
        corners = [a * b for a in left[:2] for b in right[:2]]
        return limits(min(corners), max(corners), sure)
    if sign == "%":
        return limits(min(right.low, 0), max(right.high, 0), sure)
    if right.low <= 0 <= right.high:
        return ANY_WHOLE if sure and sign == "//" else ANY_NUMBER
    corners = [a / b for a in left[:2] for b in right[:2]]
    if sign == "/":
        return limits(min(corners), max(corners), False)
    # one to either side: a quotient of large numbers is itself rounded
    low, high = min(corners), max(corners)
    room = 1 + max(abs(low), abs(high)) * 1e-15
    low, high = bounded(low - room), bounded(high + room)
    return limits(int(low) - 1, int(high) + 1, True) if sure else limits(low - 1, high + 1, False)


def limits(low: Any, high: Any, sure: bool) -> Value:
    low, high = bounded(low), bounded(high)
    return frozenset({low}) if low == high else Interval(low, high, sure)


def _days(value: Value) -> bool:
    return value is not None and isinstance(value.low if isinstance(value, Interval) else next(iter(value)), date)


def _spans(value: Value) -> bool:
    return isinstance(value, frozenset) and isinstance(next(iter(value)), Period)


def _of_days(sign: str, first: Value, second: Value) -> Value:
    days, spans = (first, second) if _days(first) else (second, first)
    if days is None or not _spans(spans):
        return ANY_DAY
    assert isinstance(spans, frozenset)
    whole_days = hull(days)
    moves = [span if sign == "+" else Period(-span.months, -span.days) for span in spans]
    return Interval(min(shift(whole_days.low, move) for move in moves), max(shift(whole_days.high, move) for move in moves), True)


def applied(name: str, values: list[Value]) -> Value:
    """min, max, abs, round and neg."""
    function = _FUNCTIONS[name]
    count = 1
    for value in values:
        count *= len(value) if isinstance(value, frozenset) else PAIRS + 1
    if count <= PAIRS:
        return of(function(*args) for args in product(*(value for value in values if isinstance(value, frozenset))))
    if any(value is None or _spans(value) for value in values):
        return None
    spans = [hull(value) for value in values if value is not None]
    sure = all(span.whole for span in spans)
    if name in ("min", "max"):
        return limits(function(span.low for span in spans), function(span.high for span in spans), sure)
    low, high = spans[0].low, spans[0].high
    if name == "neg":
        return limits(-high, -low, sure)
    if name == "round":
        return limits(round(low), round(high), True)
    return limits(0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)), sure)


_FUNCTIONS: dict[str, Callable[..., Any]] = {"min": min, "max": max, "abs": abs, "round": round, "neg": lambda value: -value}


# Storing ------------------------------------------------------------------------------------------------------------


def stored(info: VariableInfo, value: Value) -> Value:
    """What a variable holds after a value is put into it: kept in its range, of its kind."""
    if info.kind not in ("whole", "number"):
        return value
    if value is None:
        value = ANY_NUMBER
    if isinstance(value, frozenset):
        return of(_stored(info, one) for one in value)
    low, high = _stored(info, value.low), _stored(info, value.high)
    return frozenset({low}) if low == high else Interval(low, high, info.kind == "whole")


def _stored(info: VariableInfo, value: Any) -> Any:
    if info.low is not None and value < info.low:
        value = info.low
    if info.high is not None and value > info.high:
        value = info.high
    return int(bounded(value)) if info.kind == "whole" else float(bounded(value))


def whatever(info: VariableInfo) -> Value:
    """Any value that the variable can hold at all."""
    if info.kind == "truth":
        return EITHER
    if info.kind == "word":
        return frozenset(info.words)
    if info.kind == "date":
        return ANY_DAY
    if info.kind in ("whole", "number"):
        return stored(info, ANY_NUMBER)
    return None

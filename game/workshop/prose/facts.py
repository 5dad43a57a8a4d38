"""What must hold for a branch of a text to be read, so that no reading is made that nobody can see.

Only plain contradictions are noticed: a condition both true and false, a word that is two words, a number outside its bounds.
All else is taken to be possible: a reading too many is a lesser evil than one too few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.engine.expressions import Expr

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRROR = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

Facts = dict[str, Any]
"""By a condition's text whether it holds; by `=name` its word; by `!name` the words it is not; by `#name` its bounds."""


def assume(test: Expr, holds: bool, facts: Facts) -> Facts | None:
    """The facts with this one more; None where it contradicts them."""
    kind, args = test.kind, test.args
    if kind == "not":
        return assume(args[0], not holds, facts)
    if (kind == "and" and holds) or (kind == "or" and not holds):
        found: Facts | None = facts
        for arg in args:
            found = None if found is None else assume(arg, holds, found)
        return found
    if kind == "and" or kind == "or":
        return _either(test, holds, facts)
    text = written(test)
    if facts.get(text, holds) is not holds:
        return None
    return _compared(test, holds, {**facts, text: holds})


def _either(test: Expr, holds: bool, facts: Facts) -> Facts | None:
    """At least one part of it must be possible; which one is left open."""
    possible = [found for arg in test.args if (found := assume(arg, holds, facts)) is not None]
    if not possible:
        return None
    return possible[0] if len(possible) == 1 else {**facts, written(test): holds}


def _compared(test: Expr, holds: bool, facts: Facts) -> Facts | None:
    """A name beside a word or a number bounds it; anything else says nothing more."""
    if test.kind != "compare" or len(test.args) != 2:
        return facts
    sign = test.value[0]
    left, right = test.args
    if left.kind != "name":
        left, right, sign = right, left, _MIRROR.get(sign, "")
    if left.kind != "name" or sign not in _OPPOSITE:
        return facts
    sign = sign if holds else _OPPOSITE[sign]
    name = str(left.value)
    if right.kind == "name":
        return word(name, str(right.value), sign == "==", facts) if sign in ("==", "!=") else facts
    number = _number(right)
    return facts if number is None else bounded(name, sign, number, facts)


def word(name: str, value: str, holds: bool, facts: Facts) -> Facts | None:
    """The variable is this word, or is not."""
    others: frozenset[str] = facts.get(f"!{name}", frozenset())
    if not holds:
        return None if facts.get(f"={name}") == value else {**facts, f"!{name}": others | {value}}
    if facts.get(f"={name}", value) != value or value in others:
        return None
    return {**facts, f"={name}": value}


def bounded(name: str, sign: str, number: float, facts: Facts) -> Facts | None:
    """Bounds as pairs, whose second half tells an open bound from a closed one."""
    low, high = facts.get(f"#{name}", ((float("-inf"), 0), (float("inf"), 0)))
    if sign in (">", ">=", "=="):
        low = max(low, (number, 1 if sign == ">" else 0))
    if sign in ("<", "<=", "=="):
        high = min(high, (number, -1 if sign == "<" else 0))
    if low > high or (sign == "!=" and low[0] == high[0] == number):
        return None
    return {**facts, f"#{name}": (low, high)}


def _number(expr: Expr) -> float | None:
    if expr.kind == "neg":
        inner = _number(expr.args[0])
        return None if inner is None else -inner
    if expr.kind != "literal" or expr.value[0] not in ("whole", "number"):
        return None
    return float(expr.value[1])


def written(expr: Expr) -> str:
    """The expression as one text, however it was spaced."""
    inner = ",".join(written(arg) for arg in expr.args)
    return f"{expr.kind}:{expr.value}({inner})"

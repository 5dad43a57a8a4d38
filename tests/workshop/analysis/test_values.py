"""Abstract values hold every value that they should: tried with all small intervals and sets of whole numbers."""

from __future__ import annotations

from itertools import product

import pytest

from game.engine import evaluate
from game.workshop.analysis.values import Interval, Value, applied, join, narrowed, outcomes, reckoned

SMALL: list[Value] = [
    *(Interval(low, high, True) for low in range(-3, 4) for high in range(low + 1, 4)),
    *(frozenset({one}) for one in range(-3, 4)),
    frozenset({-2, 1}),
    frozenset({0, 3}),
]
PAIRS = list(product(SMALL, SMALL))


def members(found: Value) -> set[int]:
    assert found is not None
    return set(range(found.low, found.high + 1)) if isinstance(found, Interval) else set(found)


def holds(found: Value, one: float) -> bool:
    if isinstance(found, Interval):
        return bool(found.low <= one <= found.high)
    return found is None or one in found


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_comparing(sign: str) -> None:
    test = evaluate._TESTS[sign]
    for first, second in PAIRS:
        results = {(one, test(one, other)) for one in members(first) for other in members(second)}
        assert {result for _, result in results} == outcomes(first, sign, second), "small values are told exactly"
        if any(result for _, result in results):
            left = narrowed(first, sign, second)
            assert all(holds(left, one) for one, result in results if result), (first, sign, second, left)
            assert all(holds(first, one) for one in members(left)), "it only ever becomes less"


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", "//", "%"])
def test_reckoning(sign: str) -> None:
    for first, second in PAIRS:
        found = reckoned(sign, first, second)
        for one, other in product(members(first), members(second)):
            assert holds(found, evaluate._ARITHMETIC[sign](one, other)), (first, sign, second, found)


def test_functions_and_joins() -> None:
    for first, second in PAIRS:
        for one, other in product(members(first), members(second)):
            assert holds(applied("min", [first, second]), min(one, other))
            assert holds(applied("max", [first, second]), max(one, other))
            assert holds(join(first, second), one)
            assert holds(join(first, second), other)
        for one in members(first):
            assert holds(applied("abs", [first]), abs(one))
            assert holds(applied("neg", [first]), -one)

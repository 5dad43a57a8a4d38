"""Shares, percentiles and bars of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

BARS = 16


def share(part: float, whole: float) -> float:
    return round(part / whole, 6) if whole else 0.0


def percentile(counts: Counter[int], percent: int) -> float:
    """The least value that so many per cent of the counted do not exceed; thousandths where they are counted in those."""
    left = counts.total() * percent / 100
    for value in sorted(counts):
        left -= counts[value]
        if left <= 1e-9:
            return value
    return 0


def mean(counts: Counter[int]) -> float:
    return sum(value * count for value, count in counts.items()) / counts.total() if counts else 0.0


def bars(counts: Counter[int]) -> list[list[int]]:
    """[from, to, lives] of at most sixteen equal steps from the least value to the greatest, for a plot."""
    if not counts:
        return []
    low, high = min(counts), max(counts)
    step = max(1, -(-(high - low + 1) // BARS))
    found = [[first, first + step - 1, 0] for first in range(low, high + 1, step)]
    for value, count in counts.items():
        found[(value - low) // step][2] += count
    return found

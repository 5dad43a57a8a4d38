"""The figures of the prose beside their bars, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.load.style import MEASURES
from game.workshop.prose.lint import bounds, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.workshop.prose.measures import Measure


def table(measures: Sequence[Measure]) -> str:
    """A line a figure: its name, its value, its bar, and whether it is missed."""
    if not measures:
        return "The prose was not measured: there is none, or the story has errors."
    rows = [("measured", "value", "bar", "")]
    for one in measures:
        mark = "" if one.bar is None else "well" if one.ok else "missed"
        rows.append((MEASURES.get(one.name, f"{one.name}, in 10,000 words"), figure(one.name, one.value), bounds(one), mark))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {bar:<{widths[2]}}  {mark}".rstrip() for name, value, bar, mark in rows
    )


def as_data(measures: Sequence[Measure]) -> dict[str, Any]:
    """By name: value, low, high (None where the bar is open or there is none) and ok. Shares are fractions from 0 to 1."""
    return {
        one.name: {
            "value": round(one.value, 4),
            "low": one.bar.low if one.bar else None,
            "high": one.bar.high if one.bar else None,
            "ok": one.ok,
        }
        for one in measures
    }

"""The words of a label or title without playing it: its logic stands there as one of the ways in which it may read."""

from __future__ import annotations

from typing import Any

from game.desk.words import clean


def words(code: list[Any] | None) -> str:
    """One line: of a condition the first branch, for a value an ellipsis."""
    return " ".join(clean(_said(code or [])).split())


def _said(code: list[Any]) -> str:
    return "".join(_node(node) for node in code)


def _node(node: list[Any]) -> str:
    kind = node[0]
    if kind == "s":
        return str(node[1])
    if kind == "l":
        return _said(node[2])
    if kind in ("a", "c"):
        return _said(node[4][0] if kind == "a" else node[1][0][1])
    return "…" if kind == "e" else ""

"""Texts as they can be read: every branch once for counting words, and a few whole readings for whatever needs sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from game.engine.prose import ProseTree

_VALUE = "x"
"""Stands for a value: one word."""


def every(tree: ProseTree, snippets: Mapping[str, ProseTree]) -> str:
    """All branches, one behind the other. A snippet reads as its first ones: it stands in many places, but is written once."""
    parts = []
    for node in tree:
        if node.kind in ("when", "pick"):
            parts.append(" ".join(every(branch, snippets) for branch in node.branches))
        elif node.kind == "link":
            parts.append(every(node.branches[0], snippets))
        else:
            parts.append(reading((node,), snippets, 0))
    return "".join(parts)


def readings(tree: ProseTree, snippets: Mapping[str, ProseTree]) -> Iterator[str]:
    """As many readings as the widest piece of logic has branches: the first takes every first branch, and so on."""
    for number in range(_branches(tree)):
        yield reading(tree, snippets, number)


def reading(tree: ProseTree, snippets: Mapping[str, ProseTree], number: int, depth: int = 0) -> str:
    """The reading that takes branch `number` everywhere, or the last where there are fewer."""
    parts = []
    for node in tree:
        if node.kind in ("when", "pick"):
            branches = [*node.branches, *([()] if node.kind == "when" and node.logic[-1] is not None else [])]
            parts.append(reading(branches[min(number, len(branches) - 1)], snippets, number, depth))
        elif node.kind == "words":
            parts.append(node.value)
        elif node.kind == "value":
            parts.append(_VALUE)
        elif node.kind == "link":
            parts.append(reading(node.branches[0], snippets, number, depth))
        elif node.kind == "snippet" and depth < 12:
            parts.append(reading(snippets.get(node.value, ()), snippets, number, depth + 1))
    return "".join(parts)


def _branches(tree: ProseTree) -> int:
    most = 1
    for node in tree:
        own = len(node.branches) + (node.kind == "when" and node.logic[-1] is not None) if node.kind in ("when", "pick") else 1
        most = max(most, own, *(_branches(branch) for branch in node.branches), 1)
    return most


def links(tree: ProseTree) -> Iterator[str]:
    """The codex cards that a text links, as written."""
    for node in tree:
        if node.kind == "link":
            yield node.value
        for branch in node.branches:
            yield from links(branch)

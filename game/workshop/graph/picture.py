"""A graph as plain data: what stands in the picture, whatever the format it is drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

NodeKind = Literal["scene", "hub", "storylet", "event", "part", "deck", "ending"]
EdgeKind = Literal["go", "visit", "include", "draw", "day", "hub", "end", "lived"]

NODES: dict[NodeKind, str] = {
    "scene": "scene", "hub": "hub", "storylet": "storylet", "event": "scene with a day",
    "part": "part of a scene", "deck": "deck of storylets", "ending": "ending",
}  # fmt: skip
"""Each kind of node in words."""

EDGES: dict[EdgeKind, str] = {
    "go": "go", "visit": "visit, and back", "include": "offers its choices", "draw": "draw, and back",
    "day": "when its day comes",
    "hub": "ends, so on to the hub", "end": "the life ends", "lived": "where the life went from there",
}  # fmt: skip
"""Each kind of edge in words."""


@dataclass(frozen=True, slots=True)
class Node:
    """`id` is a target of the story, `deck:name` or `ending:name`; `about` is what a tooltip says, a line each; `note` stands
    below the title.

    `visits` are the numbers, from 1, of a life's steps that led here; `beyond` is what borders on the part that is drawn.
    """

    id: str
    kind: NodeKind
    title: str
    group: str
    about: tuple[str, ...] = ()
    note: str = ""
    start: bool = False
    visits: tuple[int, ...] = ()
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """`labels` are the choices that lead this way; `taken` those that a life took, numbered."""

    source: str
    target: str
    kind: EdgeKind
    labels: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What is framed together: an act, or a folder. An empty `title` has no frame."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Graph:
    """`nodes` by id, in the order of the story; `lived` is the name of the life that is marked, or empty."""

    title: str
    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]
    lived: str = ""

    @property
    def about(self) -> str:
        """The graph in a sentence: `17 scenes, 2 decks and 3 endings; 45 ways between them.`"""
        counts: dict[str, int] = {}
        for node in self.nodes.values():
            what = node.kind if node.kind in ("deck", "ending", "part") else "scene"
            counts[what] = counts.get(what, 0) + 1
        parts = [f"{number} {what}{'' if number == 1 else 's'}" for what, number in counts.items()]
        ways = f"{len(self.edges)} way{'' if len(self.edges) == 1 else 's'} between them"
        listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else "nothing"
        life = f" Marked: what the life `{self.lived}` visited." if self.lived else ""
        return f"{listed}; {ways}.{life}"

    def members(self) -> list[tuple[Group, list[Node]]]:
        """The groups that have nodes, each with its own."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.group, []).append(node)
        return [(group, found[group.id]) for group in self.groups if group.id in found]


def short(text: str, length: int) -> str:
    """The text on at most `length` characters, cut between words where that is possible."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:.") + "…"


SHOWN = 3
"""So many choices stand beside an edge; how many more there are is said."""


def beside(edge: Edge, length: int = 28) -> tuple[str, ...]:
    """The lines beside an edge: what a life took, else the first few choices, each cut to `length` characters."""
    labels = edge.taken or edge.labels
    lines = [short(label, length) for label in labels[:SHOWN]]
    more = len(labels) - len(lines)
    return (*lines, f"and {more} more") if more else tuple(lines)


def merged(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """One edge for all of a kind between the same two nodes, with the labels of each."""
    found: dict[tuple[str, str, EdgeKind], tuple[list[str], list[str]]] = {}
    for edge in edges:
        labels, taken = found.setdefault((edge.source, edge.target, edge.kind), ([], []))
        labels += [label for label in edge.labels if label not in labels]
        taken += [label for label in edge.taken if label not in taken]
    return tuple(Edge(*key, tuple(labels), tuple(taken)) for key, (labels, taken) in found.items())

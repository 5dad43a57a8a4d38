"""A part of a graph: one act, or what is near a scene."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from game.workshop.graph.picture import Graph


def act(graph: Graph, name: str) -> Graph:
    """The scenes of an act, and beside them what leads in or out of it."""
    own = {node.id for node in graph.nodes.values() if node.group == f"act:{name}"}
    near = {each for edge in graph.edges for each in (edge.source, edge.target) if {edge.source, edge.target} & own}
    return _part(graph, own, near - own)


def around(graph: Graph, node: str, steps: int) -> Graph:
    """What can be reached from a node, or can reach it, in so many steps at most; with its parts counted as itself."""
    parts = {each for each, found in graph.nodes.items() if found.kind == "part" and each.startswith(f"{node}.")}
    near = {node} | parts
    for _ in range(steps):
        near |= {edge.target for edge in graph.edges if edge.source in near} | {
            edge.source for edge in graph.edges if edge.target in near
        }
    return _part(graph, near, ())


def _part(graph: Graph, own: Collection[str], beyond: Collection[str]) -> Graph:
    """The graph with these nodes only. Ways from beyond to beyond are left out."""
    nodes = {
        name: replace(node, beyond=True) if name in beyond else node
        for name, node in graph.nodes.items()
        if name in own or name in beyond
    }
    edges = tuple(
        edge for edge in graph.edges if {edge.source, edge.target} <= nodes.keys() and {edge.source, edge.target} & set(own)
    )
    return replace(graph, nodes=nodes, edges=edges)

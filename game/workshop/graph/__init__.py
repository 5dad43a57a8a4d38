"""`kuzbass graph`: a story as a picture, so that its author sees what leads where.

graph = of_story(story)                      every scene, deck and ending, and what leads from one to another
graph = act(graph, "prologue")               one act, and what borders on it
graph = around(graph, "p_pier", 2)           what is at most two steps away
graph = lived(graph, story, life)            marked with what a life visited
write(graph, "svg")                          mermaid, dot or svg
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.workshop.graph.build import of_story
from game.workshop.graph.focus import act, around
from game.workshop.graph.lived import lived
from game.workshop.graph.picture import Edge, Graph, Group, Node

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "Edge", "Graph", "Group", "Node", "act", "around", "lived", "of_story", "write"]

FORMATS = ("mermaid", "dot", "svg")


def write(graph: Graph, format: str) -> str:
    """The graph as a text of one of FORMATS, a line break at its end."""
    return _writer(format)(graph)


def _writer(format: str) -> Callable[[Graph], str]:
    if format == "svg":
        from game.workshop.graph.svg import svg

        return svg
    if format == "dot":
        from game.workshop.graph.dot import dot

        return dot
    from game.workshop.graph.mermaid import mermaid

    return mermaid

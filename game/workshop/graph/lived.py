"""What a life visited, marked in a graph: in which order, and by which choices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from game.desk.words import clean
from game.workshop.graph.picture import Edge, Graph, Node, merged, short

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.saves import Life


def lived(graph: Graph, story: Story, life: Life) -> Graph:
    """The graph with the life's present path on it. Nodes carry the numbers of the steps that led to them, in their order; a
    step is a change of scene. Edges carry the choices taken, under the numbers that the life's journal gives them."""
    nodes: dict[str, Node] = dict(graph.nodes)
    edges: list[Edge] = list(graph.edges)
    known = {(edge.source, edge.target): edge for edge in reversed(edges)}
    visits: dict[str, list[int]] = {}
    stayed: dict[str, list[str]] = {}
    at, step = "", 0
    for label, scenes, ending in _heard(life):
        arrived = [*(_node(graph, story, scene) for scene in scenes), f"ending:{ending}" if ending else ""]
        came = False
        for node in arrived:
            if not node or node == at or node not in nodes:
                continue
            step += 1
            visits.setdefault(node, []).append(step)
            if at:
                way = known.get((at, node))
                kind = way.kind if way is not None else "lived"
                edges.append(Edge(at, node, kind, (), ((label,) if label and not came else ("",))))
            came, at = True, node
        if not came and label and at:
            stayed.setdefault(at, []).append(label)
    for name, numbers in visits.items():
        said = tuple(f"chosen here: {label}" for label in stayed.get(name, ()))
        nodes[name] = replace(nodes[name], visits=tuple(numbers), about=(*nodes[name].about, *said))
    return replace(graph, nodes=nodes, edges=_tidy(merged(edges)), lived=life.name)


def _heard(life: Life) -> list[tuple[str, tuple[str, ...], str]]:
    """Each page: the choice that led to it (numbered; nothing for the first), the scenes heard on it, its ending."""
    first = life.first_page
    found = [("", first.scenes or (first.scene,), first.ending)]
    for entry in life.entries:
        said = clean(entry.label or entry.choice) if entry.answer is None else f"“{clean(entry.answer)}”"
        page = entry.page
        found.append((f"{entry.n}. {short(said, 80)}", (*page.scenes, *_where(page.scenes, page.scene)), page.ending))
    return found


def _where(heard: tuple[str, ...], scene: str) -> tuple[str, ...]:
    """The scene that a page stands in, where it came back to it without a word."""
    return () if heard and heard[-1] == scene else (scene,)


def _node(graph: Graph, story: Story, scene: str) -> str:
    """The node that a scene stands in: itself, or the first of its decks."""
    if scene in graph.nodes or scene not in story.scenes:
        return scene
    return next((f"deck:{deck}" for deck in story.scenes[scene].decks), scene)


def _tidy(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """A way that was taken without a choice is marked by an empty label, which is left out where there are others."""
    return tuple(replace(edge, taken=tuple(filter(None, edge.taken))) if any(edge.taken) else edge for edge in edges)

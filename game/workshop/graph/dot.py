"""A graph in the language of Graphviz. Text from the story stands in quoted strings only, and escapes nothing but itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.words import clean
from game.workshop.graph.picture import EDGES, beside, short

if TYPE_CHECKING:
    from game.workshop.graph.picture import Edge, EdgeKind, Graph, Node, NodeKind

_SHAPES: dict[NodeKind, str] = {
    "scene": "box", "hub": "hexagon", "storylet": "box,style=rounded", "event": "note", "part": "component",
    "deck": "box3d", "ending": "oval",
}  # fmt: skip
_STYLES: dict[EdgeKind, str] = {
    "go": "solid", "visit": "dashed", "include": "dashed", "draw": "bold", "day": "dotted", "hub": "dotted", "end": "solid",
    "lived": "dotted",
}  # fmt: skip
_ACCENT = "#b5482a"


def dot(graph: Graph) -> str:
    names = {node: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = [
        "digraph story {", f"  label={quoted(graph.title)}; labelloc=t; tooltip={quoted(graph.about)};",
        '  fontname="Helvetica"; node [fontname="Helvetica", fontsize=11]; edge [fontname="Helvetica", fontsize=9];',
    ]  # fmt: skip
    for number, (group, members) in enumerate(graph.members()):
        if group.title:
            lines.append(f"  subgraph cluster_{number} {{ label={quoted(group.title)};")
        lines += [f"  {'  ' if group.title else ''}{names[node.id]} [{_look(node)}];" for node in members]
        if group.title:
            lines.append("  }")
    lines += [f"  {names[edge.source]} -> {names[edge.target]} [{_line(edge)}];" for edge in graph.edges]
    return "\n".join([*lines, "}"]) + "\n"


def quoted(*lines: str) -> str:
    """A string of these lines: backslashes and quotes are marked, and `&` since Graphviz reads entities."""
    said = (clean(line).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines)
    return '"' + "\\n".join(said) + '"'


def _look(node: Node) -> str:
    order = [", ".join(map(str, node.visits[:6])) + ("…" if len(node.visits) > 6 else "")] if node.visits else []
    shape, _, style = _SHAPES[node.kind].partition(",style=")
    styles = [style] if style else []
    styles += ["bold"] if node.start or node.visits else ["dashed"] if node.beyond else []
    label = quoted(*order, short(node.title, 60), *filter(None, [node.note]))
    look = f"shape={shape}, label={label}, tooltip={quoted(*node.about)}"
    look += f', style="{",".join(styles)}"' if styles else ""
    return look + (f', color="{_ACCENT}"' if node.visits else "")


def _line(edge: Edge) -> str:
    said = [line for line in beside(edge, 40) if line]
    look = f"style={_STYLES[edge.kind]}, tooltip={quoted(EDGES[edge.kind], *edge.labels)}"
    look += f", label={quoted(*said)}" if said else ""
    return look + (f', color="{_ACCENT}", penwidth=2' if edge.taken else "")

"""A graph in Mermaid's flowchart language, as Markdown viewers and forges draw it.

Names from the story never stand in the syntax: nodes are called n0, n1, ..., and in labels every sign that Mermaid could read
as its own (quotes, brackets, `#`, `;`, `:`, backticks, `<`) is written as a numeric entity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from game.desk.words import clean
from game.workshop.graph.picture import beside

if TYPE_CHECKING:
    from game.workshop.graph.picture import EdgeKind, Graph, Node, NodeKind

LIMITS = (500, 50_000)
"""Edges, and characters, beyond which a Mermaid that is not set otherwise refuses to draw."""

_SIGN = re.compile(r"[^\w ,.!?'’“”…—–-]|_", re.ASCII)
_SHAPES: dict[NodeKind, tuple[str, str]] = {
    "scene": ("[", "]"), "hub": ("{{", "}}"), "storylet": ("(", ")"), "event": (">", "]"),
    "part": ("[/", "/]"), "deck": ("[[", "]]"), "ending": ("([", "])"),
}  # fmt: skip
_ARROWS: dict[EdgeKind, str] = {
    "go": "-->", "visit": "-.->", "include": "-.->", "draw": "==>", "day": "-.->", "hub": "-.->", "end": "-->", "lived": "-.->",
}  # fmt: skip


def mermaid(graph: Graph) -> str:
    names = {node: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart TD", f"  accTitle: {_plain(graph.title)}", f"  accDescr: {_plain(graph.about)}"]
    for number, (group, members) in enumerate(graph.members()):
        if group.title:
            lines.append(f'  subgraph g{number}["{escaped(group.title)}"]')
        lines += [f"  {'  ' if group.title else ''}{names[node.id]}{_shape(node)}" for node in members]
        if group.title:
            lines.append("  end")
    for edge in graph.edges:
        said = "<br/>".join(escaped(line) for line in beside(edge, 40) if line)
        label = f'|"{said}"|' if said else ""
        lines.append(f"  {names[edge.source]} {_ARROWS[edge.kind]}{label} {names[edge.target]}")
    lines += _marked(graph, names)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that stands for itself between the quotes of a label."""
    return _SIGN.sub(lambda found: f"#{ord(found[0])};" if ord(found[0]) < 128 else found[0], " ".join(clean(text).split()))


def _plain(text: str) -> str:
    """Text for a line that has no quotes."""
    return re.sub(r"[^\w ,.!?'’“”…—–()-]", "", " ".join(clean(text).replace(";", ",").split()))


def _shape(node: Node) -> str:
    opens, closes = _SHAPES[node.kind]
    order = f"{', '.join(map(str, node.visits[:6]))}{'…' if len(node.visits) > 6 else ''} · " if node.visits else ""
    note = f"<br/>{escaped(node.note)}" if node.note else ""
    return f'{opens}"{escaped(order + node.title) or " "}{note}"{closes}'


def _marked(graph: Graph, names: dict[str, str]) -> list[str]:
    """Classes for where the story begins, what a life visited, and what lies beyond."""
    classes = {
        "start": ("stroke-width:3px", [node for node in graph.nodes.values() if node.start]),
        "lived": ("stroke:#b5482a,stroke-width:3px", [node for node in graph.nodes.values() if node.visits]),
        "beyond": ("stroke-dasharray:4 3", [node for node in graph.nodes.values() if node.beyond]),
    }
    lines = []
    for name, (style, nodes) in classes.items():
        if nodes:
            lines += [f"  classDef {name} {style}", f"  class {','.join(names[node.id] for node in nodes)} {name}"]
    taken = [str(number) for number, edge in enumerate(graph.edges) if edge.taken]
    if taken:
        lines.append(f"  linkStyle {','.join(taken)} stroke:#b5482a,stroke-width:3px")
    return lines

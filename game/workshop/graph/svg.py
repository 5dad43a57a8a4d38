"""A graph as an SVG file: no script, no font, nothing fetched; it follows the reader's light or dark setting.

It can be read without being seen: the picture has a title and a description, and every box and line a title of its own, which
a browser shows as a tooltip. All text from the story is escaped.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from game.desk.words import clean
from game.workshop.graph.layout import Box, Line, layout
from game.workshop.graph.picture import EDGES, NODES, beside, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.workshop.graph.layout import Point
    from game.workshop.graph.picture import Edge, Graph, Node

_SIZE, _SMALL = 13.0, 11.0
_LEADING = 1.3
_MARGIN = 36.0
_HEAD = 64.0
_TEXT_WIDTH = 170.0
"""A title is broken into lines of about this width, two at most."""

_STYLE = """\
svg { background: #fdfcf9; font-family: Helvetica, Arial, "DejaVu Sans", sans-serif; }
.ground { fill: #fdfcf9; } .ground-in { fill: #f4f1ea; }
.frame { fill: #f4f1ea; stroke: #d8d2c4; }
text { fill: #26231d; font-size: 13px; } .small { font-size: 11px; fill: #5b554a; }
.head { font-size: 20px; font-weight: bold; } .band { font-size: 14px; font-weight: bold; fill: #6b6354; }
.box { fill: #ffffff; stroke: #6b6354; stroke-width: 1.2; }
.hub .box { fill: #e3eef7; stroke: #33658a; } .storylet .box, .deck .box { fill: #eef4e4; stroke: #5f7f32; }
.event .box { fill: #fbf0d3; stroke: #a57b12; } .ending .box { fill: #3d3a33; stroke: #3d3a33; } .ending text { fill: #ffffff; }
.part .box { stroke-dasharray: 2 2; } .beyond .box { stroke-dasharray: 5 4; } .beyond { opacity: 0.7; }
.start .box { stroke-width: 3; } .lived .box { stroke: #b5482a; stroke-width: 3; }
.order { font-size: 11px; fill: #b5482a; font-weight: bold; }
.faded { opacity: 0.45; }
.line { fill: none; stroke: #7d7566; stroke-width: 1.3; } .tip { fill: #7d7566; }
.draw .line { stroke: #5f7f32; stroke-width: 2.2; } .draw .tip { fill: #5f7f32; }
.visit .line, .include .line { stroke-dasharray: 6 3; } .day .line, .hubward .line, .back .line { stroke-dasharray: 2 3; }
.day .line { stroke: #a57b12; } .day .tip { fill: #a57b12; }
.hubward .line { stroke: #33658a; stroke-width: 1; } .hubward .tip { fill: #33658a; }
.taken .line { stroke: #b5482a; stroke-width: 2.6; } .taken .tip { fill: #b5482a; } .taken .small { fill: #b5482a; }
@media (prefers-color-scheme: dark) {
  svg { background: #1b1a18; } .ground { fill: #1b1a18; } .ground-in { fill: #24221f; }
  .frame { fill: #24221f; stroke: #3d3a33; }
  text { fill: #e6e0d4; } .small { fill: #aaa292; } .band { fill: #b3aa98; }
  .box { fill: #2f2c27; stroke: #aaa292; }
  .hub .box { fill: #1f3442; stroke: #7fb2d6; } .storylet .box, .deck .box { fill: #2a3520; stroke: #9dbf6d; }
  .event .box { fill: #3b3216; stroke: #d6ad4b; } .ending .box { fill: #e6e0d4; stroke: #e6e0d4; } .ending text { fill: #1b1a18; }
  .lived .box { stroke: #ef8a6a; } .order { fill: #ef8a6a; }
  .line { stroke: #8f8778; } .tip { fill: #8f8778; } .draw .line { stroke: #9dbf6d; } .draw .tip { fill: #9dbf6d; }
  .day .line { stroke: #d6ad4b; } .day .tip { fill: #d6ad4b; }
  .hubward .line { stroke: #7fb2d6; } .hubward .tip { fill: #7fb2d6; }
  .taken .line { stroke: #ef8a6a; } .taken .tip { fill: #ef8a6a; } .taken .small { fill: #ef8a6a; }
}
"""
_CLASS = {"hub": "hubward", "lived": "back"}


def svg(graph: Graph) -> str:
    groups = graph.members()
    framed = any(group.title for group, _ in groups)
    boxes = {node.id: _box(node, number) for number, (_, members) in enumerate(groups) for node in members}
    lines = [_laid(edge) for edge in graph.edges]
    placed = layout(boxes, lines)
    legend = _Legend(graph)
    loops = 30.0 if any(edge.source == edge.target for edge in graph.edges) else 0.0
    least = max(legend.width, _width(graph.title, 20.0), 320.0)
    width = max(placed.width + loops, least) + 2 * _MARGIN
    left, top = (width - placed.width - loops) / 2, _HEAD + (_MARGIN if framed else 0.0)
    height = top + placed.height + _MARGIN + legend.height + _MARGIN / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title about" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}">',
        f'<title id="title">{_text(graph.title)}</title>', f'<desc id="about">{_text(graph.about)}</desc>',
        f"<style>\n{_STYLE}</style>", f'<rect class="ground" width="{width:.0f}" height="{height:.0f}"/>',
        f'<text class="head" x="{_MARGIN:.0f}" y="34">{_text(graph.title)}</text>',
        f'<text class="small" x="{_MARGIN:.0f}" y="53">{_text(graph.about)}</text>',
    ]  # fmt: skip
    for number, (group, _) in enumerate(groups):
        if group.title:
            parts += _frame(group.title, placed.bands[number], top, width)
    parts.append(f'<g transform="translate({left:.1f} {top:.1f})">')
    faded = bool(graph.lived)
    inside = {node.id: bool(group.title) for group, members in groups for node in members}
    drawn = list(zip(graph.edges, placed.routes, placed.labels, strict=True))
    drawn.sort(key=lambda each: bool(each[0].taken))  # what a life took lies on top
    for edge, route, _ in drawn:
        parts.append(_line(edge, route, placed.boxes, boxes, faded))
    for edge, route, at in drawn:
        if route:
            parts += _label(edge, at, inside[edge.source], faded)
    for node in graph.nodes.values():
        parts += _node(node, placed.boxes[node.id], boxes[node.id], faded)
    parts += ["</g>", *legend.drawn(_MARGIN, top + placed.height + _MARGIN), "</svg>"]
    return "\n".join(parts) + "\n"


# Text -------------------------------------------------------------------------------------------------------------


def _text(text: str) -> str:
    return escape(_harmless(text))


def _harmless(text: str) -> str:
    """One line without what XML cannot hold."""
    return "".join(sign for sign in clean(text) if sign not in "\ufffe\uffff")


def _width(text: str, size: float) -> float:
    """About how wide a text is in a sans-serif font; rather too wide than too narrow."""
    return size * sum(_sign(sign) for sign in text)


def _sign(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.05
    if sign in "iljtfI.,:;'|!()[] ’‘":
        return 0.36
    if sign in "mwMW@%—…":
        return 0.95
    return 0.72 if sign.isupper() else 0.58


def _broken(text: str, size: float, width: float, most: int) -> list[str]:
    """The text in so many lines at most, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    room = int(width * 1.5 / (size * 0.58))
    return [short(line, room) for line in lines]


# Boxes ------------------------------------------------------------------------------------------------------------


def _lines(node: Node) -> list[str]:
    return _broken(_harmless(node.title), _SIZE, _TEXT_WIDTH, 2)


def _box(node: Node, band: int) -> Box:
    lines, note = _lines(node), _width(node.note, _SMALL)
    width = max(64.0, note, *(_width(line, _SIZE) for line in lines)) + 26.0 + (14.0 if node.kind == "hub" else 0.0)
    return Box(width, (len(lines) + bool(note)) * _SIZE * _LEADING + 18.0, band)


def _node(node: Node, at: Point, box: Box, faded: bool) -> list[str]:
    x, y, width, height = at[0] - box.width / 2, at[1] - box.height / 2, box.width, box.height
    marks = [node.kind, *(name for name, on in (("start", node.start), ("lived", node.visits), ("beyond", node.beyond)) if on)]
    if faded and not node.visits:
        marks.append("faded")
    told = [node.title, *(["the story begins here"] if node.start else []), NODES[node.kind], *node.about]
    round_corners = {"ending": height / 2, "storylet": 10.0, "deck": 10.0}.get(node.kind, 3.0)

    def rect(by: float) -> str:
        size = f'width="{width:.1f}" height="{height:.1f}" rx="{round_corners:.1f}"'
        return f'<rect class="box" x="{x + by:.1f}" y="{y + by:.1f}" {size}/>'

    parts = [f'<g class="{" ".join(marks)}"><title>{_lines_of(told)}</title>']
    if node.kind == "deck":
        parts.append(rect(5))
    parts.append(_hexagon(x, y, width, height) if node.kind == "hub" else rect(0))
    lines = _lines(node)
    first = at[1] - (len(lines) + bool(node.note) - 1) * _SIZE * _LEADING / 2 + _SIZE * 0.36
    for number, line in enumerate(lines):
        y_line = first + number * _SIZE * _LEADING
        parts.append(f'<text text-anchor="middle" x="{at[0]:.1f}" y="{y_line:.1f}">{_text(line)}</text>')
    if node.note:
        below = first + len(lines) * _SIZE * _LEADING
        parts.append(f'<text class="small" text-anchor="middle" x="{at[0]:.1f}" y="{below:.1f}">{_text(node.note)}</text>')
    if node.visits:
        order = ", ".join(map(str, node.visits[:6])) + ("…" if len(node.visits) > 6 else "")
        parts.append(f'<text class="order" x="{x + 2:.1f}" y="{y - 4:.1f}">{order}</text>')
    return [*parts, "</g>"]


def _lines_of(lines: Sequence[str]) -> str:
    return "\n".join(_text(line) for line in dict.fromkeys(lines) if line)


def _hexagon(x: float, y: float, width: float, height: float) -> str:
    points = [(x + 12, y), (x + width - 12, y), (x + width, y + height / 2)]
    points += [(x + width - 12, y + height), (x + 12, y + height), (x, y + height / 2)]
    return f'<polygon class="box" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}"/>'


def _frame(title: str, band: tuple[float, float], top: float, width: float) -> list[str]:
    y, height = top + band[0] - 32, band[1] - band[0] + 48
    return [
        f'<rect class="frame" x="{_MARGIN / 2:.1f}" y="{y:.1f}" width="{width - _MARGIN:.1f}" height="{height:.1f}" rx="8"/>',
        f'<text class="band" x="{_MARGIN / 2 + 10:.1f}" y="{y + 19:.1f}">{_text(short(title, 80))}</text>',
    ]


# Lines ------------------------------------------------------------------------------------------------------------


def _laid(edge: Edge) -> Line:
    fans = edge.kind in ("draw", "day")
    return Line(edge.source, edge.target, f"{edge.kind} {fans} {bool(edge.taken)}", fans, _label_size(edge))


def _label_size(edge: Edge) -> tuple[float, float]:
    lines = [line for line in beside(edge) if line]
    if not lines:
        return 0.0, 0.0
    return max(_width(line, _SMALL) for line in lines) + 8.0, len(lines) * _SMALL * _LEADING + 6.0


def _told(edge: Edge, faded: bool) -> tuple[str, str]:
    """An edge's classes and its title."""
    marks = [_CLASS.get(edge.kind, edge.kind), *(["taken"] if edge.taken else ["faded"] if faded else [])]
    return " ".join(marks), _lines_of([EDGES[edge.kind], *edge.labels, *edge.taken])


def _line(edge: Edge, route: list[Point], places: dict[str, Point], boxes: dict[str, Box], faded: bool) -> str:
    marks, title = _told(edge, faded)
    if route:
        path, end, down = _curve(route), route[-1], route[-1][1] > route[-2][1]
    else:
        (x, y), box = places[edge.source], boxes[edge.source]
        side, below = x + box.width / 2, y + box.height / 2
        path = f"M{side - 6:.1f} {y - 5:.1f}c36 -17 36 39 -4 {below - y + 6:.1f}"
        end, down = (side - 10, below), False
    tip = -7.0 if down else 7.0
    arrow = f"M{end[0]:.1f} {end[1]:.1f}l-3.6 {tip:.1f}h7.2z"
    return f'<g class="{marks}"><title>{title}</title><path class="line" d="{path}"/><path class="tip" d="{arrow}"/></g>'


def _curve(route: list[Point]) -> str:
    """Upright through rows, curved between them."""
    path = f"M{route[0][0]:.1f} {route[0][1]:.1f}"
    for (ax, ay), (bx, by) in pairwise(route):
        middle = (ay + by) / 2
        path += f"V{by:.1f}" if abs(ax - bx) < 0.05 else f"C{ax:.1f} {middle:.1f} {bx:.1f} {middle:.1f} {bx:.1f} {by:.1f}"
    return path


def _label(edge: Edge, at: Point, inside: bool, faded: bool) -> list[str]:
    lines = [line for line in beside(edge) if line]
    if not lines:
        return []
    marks, title = _told(edge, faded)
    width, height = _label_size(edge)
    parts = [
        f'<g class="{marks}"><title>{title}</title>',
        f'<rect class="{"ground-in" if inside else "ground"}" x="{at[0] - width / 2:.1f}" y="{at[1] - height / 2:.1f}"'
        f' width="{width:.1f}" height="{height:.1f}"/>',
    ]
    first = at[1] - (len(lines) - 1) * _SMALL * _LEADING / 2 + _SMALL * 0.36
    for number, line in enumerate(lines):
        y = first + number * _SMALL * _LEADING
        parts.append(f'<text class="small" text-anchor="middle" x="{at[0]:.1f}" y="{y:.1f}">{_text(line)}</text>')
    return [*parts, "</g>"]


# What the signs mean ----------------------------------------------------------------------------------------------


class _Legend:
    """The kinds of boxes and lines that the picture has, in words."""

    def __init__(self, graph: Graph) -> None:
        used = {node.kind for node in graph.nodes.values()}
        self.nodes = [(kind, words) for kind, words in NODES.items() if kind in used]
        self.edges = [(kind, words) for kind, words in EDGES.items() if any(edge.kind == kind for edge in graph.edges)]
        self.rows = ceil((len(self.nodes) + len(self.edges)) / 4)
        self.width, self.height = 4 * 230.0, self.rows * 24.0

    def drawn(self, left: float, top: float) -> list[str]:
        parts = ['<g aria-hidden="true">']
        for number, (kind, words) in enumerate((*self.nodes, *self.edges)):
            x, y = left + number % 4 * 230.0, top + number // 4 * 24.0
            if number < len(self.nodes):
                corner = {"ending": 7, "storylet": 5, "deck": 5}.get(kind, 2)
                sign = f'<rect class="box" x="{x:.1f}" y="{y:.1f}" width="28" height="14" rx="{corner}"/>'
                sign = _hexagon(x, y, 28.0, 14.0).replace(f"{x + 12:.1f}", f"{x + 6:.1f}") if kind == "hub" else sign
            else:
                sign = f'<path class="line" d="M{x:.1f} {y + 7:.1f}h28"/>'
            parts.append(f"<g class={quoteattr(_CLASS.get(kind, kind) if number >= len(self.nodes) else kind)}>{sign}</g>")
            parts.append(f'<text class="small" x="{x + 36:.1f}" y="{y + 11:.1f}">{escape(words)}</text>')
        return [*parts, "</g>"]

"""Plots as inline SVG and tables with bars: no script, no style of their own, nothing fetched. Colours are the page's classes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, HEIGHT, EDGE = 640, 180, 28


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], about: str, marks: Sequence[str] = ()) -> str:
    """A table whose cells are HTML already; the first cell of a row is its head. `marks` are classes of rows."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = []
    for number, (first, *rest) in enumerate(rows):
        mark = f' class="{marks[number]}"' if number < len(marks) and marks[number] else ""
        cells = "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in rest)
        body.append(f'<tr{mark}><th scope="row">{first}</th>{cells}</tr>')
    return f"<table><caption>{escape(about)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def bar(share: float) -> str:
    """A cell with a bar of this share of its width."""
    return f'<td class="bar" aria-hidden="true"><span style="width:{100 * share:.2f}%"></span></td>'


def heat(share: float, told: str) -> str:
    """A cell coloured by its share."""
    return f'<td class="heat" style="--heat:{round(70 * share)}%">{told}</td>'


def behind(what: str, inner: str) -> str:
    """A table that is folded away behind its plot."""
    return f"<details><summary>{escape(what)}</summary>{inner}</details>"


def histogram(bars: Sequence[Sequence[int]], about: str, unit: str) -> str:
    """`bars` are (from, to, lives)."""
    if not bars:
        return ""
    top, step = max(count for _, _, count in bars), (WIDTH - 2 * EDGE) / len(bars)
    room = HEIGHT - 2 * EDGE
    drawn = []
    for number, (low, high, count) in enumerate(bars):
        height = room * count / top if top else 0.0
        spot = f'x="{EDGE + number * step + 1:.1f}" y="{HEIGHT - EDGE - height:.1f}"'
        size = f'width="{max(1.0, step - 2):.1f}" height="{height:.1f}"'
        told = f"{low:,} to {high:,} {unit}: {count:,} lives"
        drawn.append(f'<rect class="fill" {spot} {size}><title>{told}</title></rect>')
    ends = _text(EDGE, HEIGHT - 8, f"{bars[0][0]:,}") + _text(WIDTH - EDGE, HEIGHT - 8, f"{bars[-1][1]:,} {unit}", "end")
    return _svg(about, "".join(drawn) + _line(HEIGHT - EDGE) + ends + _text(EDGE, 16, f"{top:,} lives"))


def course(points: Sequence[Sequence[float]], low: float, high: float, about: str) -> str:
    """`points` are (turn, p10, median, p90): a line for the middle, a band for eight of ten lives."""
    if len(points) < 2:
        return ""
    first, last = points[0][0], points[-1][0]

    def spot(turn: float, value: float) -> str:
        across = EDGE + (WIDTH - 2 * EDGE) * (turn - first) / (last - first)
        up = (HEIGHT - 2 * EDGE) * (value - low) / ((high - low) or 1)
        return f"{across:.1f},{HEIGHT - EDGE - up:.1f}"

    upper = [spot(turn, most) for turn, _, _, most in points]
    lower = [spot(turn, least) for turn, least, _, _ in reversed(points)]
    middle = " ".join(spot(turn, median) for turn, _, median, _ in points)
    drawn = f'<polygon class="band" points="{" ".join(upper + lower)}"/><polyline class="middle" points="{middle}"/>'
    words = _text(EDGE, HEIGHT - 8, f"turn {first:g}") + _text(WIDTH - EDGE, HEIGHT - 8, f"turn {last:g}", "end")
    return _svg(about, drawn + _line(HEIGHT - EDGE) + words + _text(EDGE, 16, f"{high:g}"))


def span(low: float, high: float, outer: tuple[float, float], inner: tuple[float, float], about: str) -> str:
    """A range as a track: how far search came (`outer`), and how far random lives did (`inner`)."""
    wide = (high - low) or 1

    def part(kind: str, ends: tuple[float, float]) -> str:
        across, length = 200 * (ends[0] - low) / wide, 200 * (ends[1] - ends[0]) / wide
        return f'<rect class="{kind}" x="{across:.1f}" y="2" width="{max(length, 2.0):.1f}" height="10"/>'

    inside = '<rect class="track" x="0" y="5" width="202" height="4"/>' + part("band", outer) + part("fill", inner)
    return f'<svg class="span" viewBox="0 0 202 14" role="img"><title>{escape(about)}</title>{inside}</svg>'


def _svg(about: str, inside: str) -> str:
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(about)}</title>{inside}</svg>'


def _line(height: float) -> str:
    return f'<line class="axis" x1="{EDGE}" y1="{height}" x2="{WIDTH - EDGE}" y2="{height}"/>'


def _text(across: float, down: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{across}" y="{down}" text-anchor="{anchor}">{escape(words)}</text>'

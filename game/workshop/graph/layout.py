"""A layered layout: where the boxes of a graph stand, and how the lines between them run, so that no two boxes overlap.

The way of Sugiyama, Tagawa and Toda: circles are broken, boxes stand in rows so that ways lead down where they can, long ways
get a point in each row between, rows are sorted until few lines cross, and then everything moves sideways towards what it is
joined to. Three things are our own. Boxes of one band (an act) have rows of their own, one band below the other. A way's label is
a point with a size of its own, in a row between two rows of boxes, so that labels cover nothing either. And ways to the same box
(or, of some kinds, from it) share their points, so that a hub to which everything comes back is reached by one trunk, not by
fifty lines.

There is no library for it that a small MIT-licensed package can lean on: grandalf is GPL or EPL and rests since 2023, igraph is a
GPL binary of 5 MB, networkx has no such layout; and none of them knows bands or labels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]

ROW_WIDTH = 1400.0
"""Boxes that do not depend on each other stand in one row up to about this width, then in the next."""
GAP = 28.0
ROW_GAP = 26.0
BAND_GAP = 74.0
_SWEEPS = 12
_GRAVITY = 0.06
"""How much of its distance from the middle a stop is drawn back in each sweep, so that long stories do not drift sideways."""


@dataclass(frozen=True, slots=True)
class Box:
    width: float
    height: float
    band: int


@dataclass(frozen=True, slots=True)
class Line:
    """A way to be drawn. Lines of one `trunk` share points: those to the same target or, where they `fan`, from the same source.

    `label` is a size.
    """

    source: str
    target: str
    trunk: str
    fans: bool = False
    label: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """`boxes` are centres; `routes` a list of points for each line, `labels` the centre of its label, in the order of the lines.

    A line from a box to itself has no route. `bands` are (top, bottom) of each band that has boxes.
    """

    boxes: dict[str, Point]
    routes: list[list[Point]]
    labels: list[Point]
    bands: dict[int, tuple[float, float]]
    width: float
    height: float


@dataclass(slots=True)
class _Stop:
    """A box, or a point of a line. `up` and `down` are its neighbours in the rows above and below, each with a weight."""

    row: int
    width: float
    height: float
    real: bool = False
    x: float = 0.0
    up: list[tuple[_Stop, float]] = field(default_factory=list)
    down: list[tuple[_Stop, float]] = field(default_factory=list)


def layout(boxes: dict[str, Box], lines: list[Line]) -> Placed:
    """Coordinates grow to the right and down, from 0."""
    rows = _rows(boxes, lines)
    stops = {name: _Stop(2 * rows[name], box.width, box.height, True) for name, box in boxes.items()}
    paths = _paths(stops, lines)
    layers = _layers(stops, paths)
    _sort(layers)
    _spread(layers)
    tops = _tops(layers, boxes, rows)
    return _placed(boxes, lines, stops, paths, layers, tops, rows)


# Rows -------------------------------------------------------------------------------------------------------------


def _rows(boxes: dict[str, Box], lines: list[Line]) -> dict[str, int]:
    """Each box's row, from 0: a band's after those of the band before it."""
    rows: dict[str, int] = {}
    first = 0
    for band in sorted({box.band for box in boxes.values()}):
        members = [name for name, box in boxes.items() if box.band == band]
        depth = _depths(members, lines)
        for level in range(max(depth.values()) + 1):
            room = 0.0
            for name in (name for name in members if depth[name] == level):
                if room and room + boxes[name].width > ROW_WIDTH:
                    room, first = 0.0, first + 1
                room += boxes[name].width + GAP
                rows[name] = first
            first += 1
    return rows


def _depths(members: list[str], lines: list[Line]) -> dict[str, int]:
    """The longest way down to each box, once the ways that close a circle are left out."""
    inside = set(members)
    out: dict[str, list[str]] = {name: [] for name in members}
    entered = set()
    for line in lines:
        if line.source in inside and line.target in inside and line.source != line.target:
            out[line.source].append(line.target)
            entered.add(line.target)
    order: list[str] = []
    state: dict[str, int] = {}
    for root in [name for name in members if name not in entered] + members:
        if root in state:
            continue
        state[root] = 1
        trail = [(root, iter(out[root]))]
        while trail:
            name, ahead = trail[-1]
            following = next((other for other in ahead if other not in state), None)
            if following is None:
                state[name] = 2
                order.append(name)
                trail.pop()
            else:
                state[following] = 1
                trail.append((following, iter(out[following])))
    place = {name: number for number, name in enumerate(reversed(order))}
    depth = dict.fromkeys(members, 0)
    for name in reversed(order):
        for other in out[name]:
            if place[other] > place[name]:
                depth[other] = max(depth[other], depth[name] + 1)
    return depth


def _paths(stops: dict[str, _Stop], lines: list[Line]) -> list[list[_Stop]]:
    """The stops of each line from its source to its target; rows of boxes are even, rows of labels odd."""
    trunks: dict[tuple[str, str, int, bool], _Stop] = {}
    paths = []
    for line in lines:
        source, target = stops[line.source], stops[line.target]
        if source is target:
            paths.append([source])
            continue
        step = 1 if target.row > source.row else -1
        path = [source]
        for row in range(source.row + step, target.row, step):
            if line.label[0] and row == source.row + step:
                stop = _Stop(row, *line.label)
            else:
                key = (line.source if line.fans else line.target, line.trunk, row, step > 0)
                stop = trunks.setdefault(key, _Stop(row, 1.0, 0.0))
            path.append(stop)
        path.append(target)
        paths.append(path)
    joined = set()
    for path in paths:
        for one, other in pairwise(path):
            upper, lower = (one, other) if one.row < other.row else (other, one)
            if (id(upper), id(lower)) not in joined:
                joined.add((id(upper), id(lower)))
                weight = 1.0 + 2.0 * (not upper.real) * (not lower.real)
                upper.down.append((lower, weight))
                lower.up.append((upper, weight))
    return paths


def _layers(stops: dict[str, _Stop], paths: list[list[_Stop]]) -> list[list[_Stop]]:
    layers: list[list[_Stop]] = [[] for _ in range(max((stop.row for stop in stops.values()), default=0) + 1)]
    met = set()
    for stop in (*stops.values(), *(stop for path in paths for stop in path)):
        if id(stop) not in met:
            met.add(id(stop))
            layers[stop.row].append(stop)
    for layer in layers:  # where nothing else decides, lines run down the middle, between the boxes
        boxes, points = [stop for stop in layer if stop.real], [stop for stop in layer if not stop.real]
        half = len(boxes) // 2
        layer[:] = [*boxes[:half], *points, *boxes[half:]]
    return layers


# Order within rows ------------------------------------------------------------------------------------------------


def _sort(layers: list[list[_Stop]]) -> None:
    """Sorts each row by where its neighbours stand, down and up by turns, and keeps the best order found."""
    _number(layers)
    best, fewest = [list(layer) for layer in layers], _crossings(layers)
    for sweep in range(_sweeps(layers, _SWEEPS)):
        downwards = sweep % 2 == 0
        for layer in layers[1:] if downwards else layers[-2::-1]:
            layer.sort(key=lambda stop: _centre(stop.up if downwards else stop.down, stop.x))
            _number([layer])
        crossings = _crossings(layers)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
        if not fewest:
            break
    layers[:] = best
    _number(layers)


def _sweeps(layers: list[list[_Stop]], most: int) -> int:
    """Fewer over a very large picture, which nobody looks at as a whole; two at least."""
    return min(most, max(2, 200_000 // (1 + sum(map(len, layers)))))


def _number(layers: list[list[_Stop]]) -> None:
    for layer in layers:
        for number, stop in enumerate(layer):
            stop.x = float(number)


def _centre(neighbours: list[tuple[_Stop, float]], otherwise: float) -> float:
    total = sum(weight for _, weight in neighbours)
    return sum(stop.x * weight for stop, weight in neighbours) / total if total else otherwise


def _crossings(layers: list[list[_Stop]]) -> int:
    """How often lines cross between two rows: pairs whose ends stand in opposite order, counted in a Fenwick tree."""
    count = 0
    for layer, below in pairwise(layers):
        tree = [0] * (len(below) + 1)
        seen = 0
        for stop in layer:
            ends = sorted(int(other.x) for other, _ in stop.down)
            for end in ends:
                at, before = end + 1, 0
                while at:
                    before += tree[at]
                    at &= at - 1
                count += seen - before
            for end in ends:
                at = end + 1
                while at <= len(below):
                    tree[at] += 1
                    at += at & -at
                seen += 1
    return count


# Coordinates ------------------------------------------------------------------------------------------------------


def _spread(layers: list[list[_Stop]]) -> None:
    """Gives every stop its place from left to right, as near to its neighbours as the room it needs allows."""
    for layer in layers:
        at = 0.0
        for stop in layer:
            stop.x = at + stop.width / 2
            at += stop.width + GAP
        for stop in layer:
            stop.x -= at / 2
    alternating = _sweeps(layers, _SWEEPS)
    for sweep in range(alternating + _sweeps(layers, 5 * _SWEEPS)):
        downwards = sweep % 2 == 0
        for layer in layers if downwards else layers[::-1]:
            if sweep < alternating:
                wanted = [_centre(stop.up if downwards else stop.down, stop.x) for stop in layer]
            else:
                wanted = [_centre(stop.up + stop.down, stop.x) for stop in layer]
            _fit(layer, [x * (1 - _GRAVITY) for x in wanted])


def _fit(layer: list[_Stop], wanted: list[float]) -> None:
    """The places nearest to those wanted (by least squares) that keep order and room: neighbours that push are pooled."""
    offset = 0.0
    blocks: list[tuple[float, float, int]] = []
    offsets = []
    for number, stop in enumerate(layer):
        if number:
            before = layer[number - 1]
            offset += (before.width + stop.width) / 2 + (GAP if before.real or stop.real else GAP / 2)
        offsets.append(offset)
        mean, weight, size = wanted[number] - offset, 1.0, 1
        while blocks and blocks[-1][0] >= mean:
            last, heavy, many = blocks.pop()
            mean, weight, size = (last * heavy + mean * weight) / (heavy + weight), heavy + weight, many + size
        blocks.append((mean, weight, size))
    at = 0
    for mean, _, size in blocks:
        for number in range(at, at + size):
            layer[number].x = mean + offsets[number]
        at += size


def _tops(layers: list[list[_Stop]], boxes: dict[str, Box], rows: dict[str, int]) -> list[tuple[float, float]]:
    """(top, bottom) of each row."""
    band = {2 * rows[name]: box.band for name, box in boxes.items()}
    found, y, last = [], 0.0, None
    for number, layer in enumerate(layers):
        if number % 2 == 0:
            if last is not None and band[number] != last:
                y += BAND_GAP
            last = band[number]
        height = max((stop.height for stop in layer), default=0.0)
        found.append((y, y + height))
        y += height + ROW_GAP
    return found


def _placed(
    boxes: dict[str, Box], lines: list[Line], stops: dict[str, _Stop], paths: list[list[_Stop]],
    layers: list[list[_Stop]], tops: list[tuple[float, float]], rows: dict[str, int],
) -> Placed:  # fmt: skip
    left = min((stop.x - stop.width / 2 for layer in layers for stop in layer), default=0.0)
    right = max((stop.x + stop.width / 2 for layer in layers for stop in layer), default=0.0)
    for layer in layers:
        for stop in layer:
            stop.x -= left

    def middle(stop: _Stop) -> float:
        return sum(tops[stop.row]) / 2

    ports = _ports(stops)
    routes: list[list[Point]] = []
    labels: list[Point] = []
    for line, path in zip(lines, paths, strict=True):
        routes.append(_route(path, ports, tops) if len(path) > 1 else [])
        labelled = len(path) > 1 and line.label[0]
        labels.append((path[1].x, middle(path[1])) if labelled else (path[0].x, middle(path[0])))
    bands: dict[int, tuple[float, float]] = {}
    for name, box in boxes.items():
        top, bottom = tops[2 * rows[name]]
        low, high = bands.get(box.band, (top, bottom))
        bands[box.band] = (min(low, top), max(high, bottom))
    places = {name: (stop.x, middle(stop)) for name, stop in stops.items()}
    return Placed(places, routes, labels, bands, right - left, tops[-1][1] if tops else 0.0)


def _ports(stops: dict[str, _Stop]) -> dict[tuple[int, int], float]:
    """Where each line meets its box: (box, neighbour) -> x. Lines stand side by side in the order of where they come from."""
    found = {}
    for stop in stops.values():
        for side in (stop.up, stop.down):
            ends = sorted((other for other, _ in side), key=lambda other: other.x)
            room = min(stop.width * 0.7, 22.0 * (len(ends) - 1))
            for number, other in enumerate(ends):
                at = room * (number / (len(ends) - 1) - 0.5) if len(ends) > 1 else 0.0
                found[id(stop), id(other)] = stop.x + at
    return found


def _route(path: list[_Stop], ports: dict[tuple[int, int], float], tops: list[tuple[float, float]]) -> list[Point]:
    """From the edge of the source's box to the edge of the target's, straight through the rows between."""
    first, last, down = path[0], path[-1], path[-1].row > path[0].row
    centre, half = sum(tops[first.row]) / 2, first.height / 2
    points = [(ports[id(first), id(path[1])], centre + half if down else centre - half)]
    for stop in path[1:-1]:
        top, bottom = tops[stop.row]
        points += [(stop.x, top), (stop.x, bottom)] if down else [(stop.x, bottom), (stop.x, top)]
    centre, half = sum(tops[last.row]) / 2, last.height / 2
    points.append((ports[id(last), id(path[-2])], centre - half if down else centre + half))
    return points

"""What some life may come to, proved: whatever is absent here no life reaches, under no seed and with no answers."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from game.workshop.analysis.flow import BOTTOMLESS, NO_WAYS, Flow

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.workshop.analysis.flow import Place

LOOKED_AT = 1_000_000
"""Steps looked at for the lengths of visits; beyond that they count as nothing, which is still a lower bound."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`steps` holds the indexes in each scene's program that some life may come to; `choices` are keys `set/id` that some life
    may take (storylets offered too: `set/card`); `targets` full names of scenes, parts and beats.

    `least` gives for `scene ID`, `target NAME`, `choice KEY` and `ending ID` a number of choices and answers that no life comes
    there with fewer of; taking the choice itself counts.
    """

    steps: dict[str, frozenset[int]]
    scenes: frozenset[str]
    choices: frozenset[str]
    targets: frozenset[str]
    endings: frozenset[str]
    least: dict[str, int]


def reach(story: Story, optouts: tuple[str, ...] = ()) -> Reach:
    """What a life with these opt-outs may come to."""
    return reached(Flow(story, frozenset(optouts)))


def reached(flow: Flow, least_too: bool = True) -> Reach:
    """The same of a flow. Without `least_too` every number of `least` is 0, in half the time."""
    far = distances(flow) if least_too else {}
    least: dict[str, int] = {}
    steps = {}

    def note(name: str, cost: int) -> None:
        least[name] = min(cost, least.get(name, cost))

    for scene, states in flow.states.items():
        steps[scene] = frozenset(states)
        ops = flow.programs[scene]["ops"]
        for pc in states:
            kind = ops[pc][0]
            if kind == "enter":
                note(f"target {ops[pc][1]}", far.get((scene, pc), 0))
                if ops[pc][1] == scene:
                    note(f"scene {scene}", far.get((scene, pc), 0))
            elif kind == "end":
                note(f"ending {ops[pc][1]}", far.get((scene, pc), 0))
    for unit, way in flow.ways.items():
        for pc, key in way.opened:
            note(f"choice {key}", far.get((unit, pc), 0) + 1)
    kinds: dict[str, set[str]] = {"scene": set(), "choice": set(), "target": set(), "ending": set()}
    for name in least:
        kind, _, rest = name.partition(" ")
        kinds[kind].add(rest)
    return Reach(
        {scene: found for scene, found in steps.items() if found},
        frozenset(kinds["scene"]), frozenset(kinds["choice"]), frozenset(kinds["target"]), frozenset(kinds["ending"]), least,
    )  # fmt: skip


def distances(flow: Flow) -> dict[Place, int]:
    """The fewest choices and answers from the start to each place, as if every condition on the way could be met at once."""
    lengths = visits(flow)
    start = flow.first
    far: dict[Place, int] = {}
    heap: list[tuple[int, Place]] = [(0, start)]
    while heap:
        cost, place = heappop(heap)
        if place in far:
            continue
        far[place] = cost
        way = flow.ways.get(place[0], NO_WAYS)
        for after, more in way.edges.get(place[1], ()):
            if after not in far:
                heappush(heap, (cost + more, after))
        for root, site, more in way.links.get(place[1], ()):
            heappush(heap, (cost + more, flow.entry(root)))
            if root in lengths:
                heappush(heap, (cost + more + lengths[root], site))
    return far


def visits(flow: Flow) -> dict[str, int]:
    """The fewest choices and answers that a visit takes, of each that may end."""
    hubs = set(flow.story.hubs)
    ends = frozenset(root for way in flow.ways.values() for roots in way.ends.values() for root in roots)
    roots = {root for way in flow.ways.values() for links in way.links.values() for root, _, _ in links}
    lengths: dict[str, int] = {}
    waiting: dict[str, list[tuple[int, str, Place]]] = {}
    seen: set[tuple[str, Place]] = set()
    heap: list[tuple[int, str, Place]] = [(0, root, flow.entry(root)) for root in sorted(roots)]
    while heap and len(seen) < LOOKED_AT:
        cost, root, place = heappop(heap)
        if (root, place) in seen:
            continue
        seen.add((root, place))
        way = flow.ways.get(place[0], NO_WAYS)
        here = way.ends.get(place[1], frozenset())
        if root not in lengths and (root in here or BOTTOMLESS in here):
            lengths[root] = cost
            for called, outer, site in waiting.pop(root, ()):
                heappush(heap, (called + cost, outer, site))
        for after, more in way.edges.get(place[1], ()):
            if not (after[1] < 0 and after[0] in hubs and after[1] == -1):  # the hub forgets every open visit
                heappush(heap, (cost + more, root, after))
        for inner, site, more in way.links.get(place[1], ()):
            if inner in lengths:
                heappush(heap, (cost + more + lengths[inner], root, site))
            else:
                waiting.setdefault(inner, []).append((cost + more, root, site))
    if heap:
        return dict.fromkeys(ends & roots if BOTTOMLESS not in ends else roots, 0)
    return lengths

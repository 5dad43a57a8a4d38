"""From where no life can come to an end any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.workshop.analysis.flow import ARRIVES, BOTTOMLESS, NO_WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.workshop.analysis.flow import Flow, Place


def follows(flow: Flow, place: Place) -> Iterator[Place]:
    """Where play may go on from a place, into a visit and out of it too."""
    way = flow.ways.get(place[0], NO_WAYS)
    for after, _ in way.edges.get(place[1], ()):
        yield after
    for root, _, _ in way.links.get(place[1], ()):
        yield flow.entry(root)
    for root in way.ends.get(place[1], ()):
        sites = [flow.calls] if root == BOTTOMLESS else [{root: flow.calls.get(root, {})}]
        for table in sites:
            for called in table.values():
                yield from called


def ended(flow: Flow) -> set[str]:
    """The endings that some life may come to."""
    ops = ((flow.programs[scene]["ops"][pc]) for scene, states in flow.states.items() for pc in states)
    return {op[1] for op in ops if op[0] == "end"}


def reached_places(flow: Flow) -> list[Place]:
    places = [(scene, pc) for scene, states in flow.states.items() for pc in states]
    places += [(scene, pc) for scene, points in flow.points.items() for pc in points if pc <= ARRIVES]
    return places + [(deck, 0) for deck in flow.drawn]


def endless(flow: Flow) -> set[Place]:
    """Every place that a life may come to and from which none comes to an ending."""
    leads = _backwards(flow)
    places = reached_places(flow)
    ending = [
        (scene, pc) for scene, pc in places if pc >= 0 and scene in flow.programs and flow.programs[scene]["ops"][pc][0] == "end"
    ]
    good = set(ending)
    while ending:
        for before in leads.get(ending.pop(), ()):
            if before not in good:
                good.add(before)
                ending.append(before)
    return set(places) - good if good else set()


def _backwards(flow: Flow) -> dict[Place, list[Place]]:
    """From where each place is led to: what `follows` says, the other way round. Between the many places that a visit ends at
    and the many that it comes back to stands one of its own."""
    leads: dict[Place, list[Place]] = {}
    for unit, way in flow.ways.items():
        for pc, moves in way.edges.items():
            place = unit, pc
            for after, _ in moves:
                leads.setdefault(after, []).append(place)
        for pc, calls in way.links.items():
            for root, _, _ in calls:
                leads.setdefault(flow.entry(root), []).append((unit, pc))
        for pc, roots in way.ends.items():
            for root in roots:
                leads.setdefault((f"after {root}", 0), []).append((unit, pc))
    for root, sites in flow.calls.items():
        for site in sites:
            leads.setdefault(site, []).extend(((f"after {root}", 0), (f"after {BOTTOMLESS}", 0)))
    return leads


def begins(flow: Flow, without_end: set[Place]) -> dict[str, int]:
    """The scenes at which it becomes so, each with the index of the step: those that are without an end from their beginning
    and are led to by one that is not, and those that hold a place without an end that leads to no such scene."""
    if not without_end:
        return {}
    whole = {scene for scene, pc in without_end if pc in (ARRIVES, 0) and scene in flow.programs}
    found: dict[str, int] = {}
    if flow.first in without_end:
        found[flow.first[0]] = 0
    inside: dict[str, int] = {}
    for place in reached_places(flow):
        scene, pc = place
        if scene in whole:
            continue
        left = {other for other, at in follows(flow, place) if other in whole and (other, at) in without_end}
        for after in left:
            found[after] = 0
        if place in without_end and pc >= 0 and scene in flow.programs:
            inside[scene] = -1 if left or inside.get(scene) == -1 else min(pc, inside.get(scene, pc))
    return found | {scene: pc for scene, pc in inside.items() if pc >= 0}

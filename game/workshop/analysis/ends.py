"""From where no life can come to an end any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.workshop.analysis.flow import ARRIVES, BOTTOMLESS, NO_WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.workshop.analysis.fixpoint import Ways
    from game.workshop.analysis.flow import Flow, Place

_NOWHERE: frozenset[str] = frozenset()


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
    return {flow.programs[scene]["ops"][pc][1] for scene, pc in _ending(flow)}


def _ending(flow: Flow) -> list[Place]:
    """Every place that some life may come to and that ends it."""
    return [(scene, pc) for scene, states in flow.states.items() for pc in flow.reads.endings.get(scene, ()) if pc in states]


def places_in(flow: Flow, unit: str) -> list[int]:
    """The places of a scene or deck that some life may come to, the last first."""
    if unit in flow.drawn:
        return [0]
    found = set(flow.states[unit])
    found.update([pc for pc in flow.points[unit] if pc <= ARRIVES])
    return sorted(found, reverse=True)


def reached_places(flow: Flow) -> list[Place]:
    return [(unit, pc) for unit in (*flow.points, *flow.drawn) for pc in places_in(flow, unit)]


def endless(flow: Flow) -> set[Place]:
    """Every place that a life may come to and from which none comes to an ending."""
    good = _Good(flow).good
    if not any(good.values()):
        return set()
    return {(unit, pc) for unit, found in good.items() for pc in places_in(flow, unit) if pc not in found}


class _Good:
    """The places from which an ending can be reached (`good`), by scene or deck: what `follows` says, the other way round.

    Steps of a scene mostly lead down, so one look at it from its end settles nearly all of them. It is looked at again only
    where it waits for something outside. Between the many places that a visit ends at and the many that it may come back to
    stands its root: `back` holds those that come back to a good place.
    """

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.good: dict[str, set[int]] = {unit: set() for unit in (*flow.points, *flow.drawn)}
        self.back: set[str] = set()
        self.sites: dict[Place, list[str]] = {}
        self.waiting: dict[Place, set[str]] = {}
        self.woken: dict[str, None] = {}
        for root, sites in flow.calls.items():
            for site in sites:
                self.sites.setdefault(site, [BOTTOMLESS]).append(root)
        self.heard = {site[0] for site in self.sites}  # where it may matter to others that a place is good
        for place in _ending(flow):
            self.mark(place)
        order, hubs = flow.reads.order, flow.story.hubs
        ahead = sorted(self.good, key=lambda unit: (not self.good[unit], unit not in hubs, -order.get(unit, 0)))
        while ahead:
            self.woken = {}
            for unit in ahead:
                self.look(unit)
            ahead = list(self.woken)

    def mark(self, place: Place) -> None:
        self.good[place[0]].add(place[1])
        self.wake(place)
        for root in self.sites.get(place, ()):
            if root not in self.back:
                self.back.add(root)
                self.wake(_after(root))

    def wake(self, place: Place) -> None:
        self.woken.update(dict.fromkeys(self.waiting.pop(place, ())))

    def look(self, unit: str) -> None:
        way, good = self.flow.ways[unit], self.good[unit]
        left = [pc for pc in places_in(self.flow, unit) if pc not in good]
        before = -1
        while left and len(left) != before:
            before, still = len(left), []
            for pc in left:
                if not self.leads(way, pc):
                    still.append(pc)
                elif unit in self.heard:
                    self.mark((unit, pc))
                else:
                    good.add(pc)
            left = still
        for pc in left:
            for place in self.outside(way, pc):
                if place[0] != unit:
                    self.waiting.setdefault(place, set()).add(unit)
                    self.heard.add(place[0])

    def leads(self, way: Ways, pc: int) -> bool:
        """Whether a place leads to a good one."""
        good = self.good
        for (after, at), _ in way.edges.get(pc, ()):
            if at in good[after]:
                return True
        ends = way.ends.get(pc)
        if ends is not None and not self.back.isdisjoint(ends):
            return True
        return pc in way.links and any(at in good[after] for after, at in (self.flow.entry(root) for root, _, _ in way.links[pc]))

    def outside(self, way: Ways, pc: int) -> Iterator[Place]:
        """What a place leads to: where the next step is, where a visit begins, and where one ends."""
        for after, _ in way.edges.get(pc, ()):
            yield after
        for root, _, _ in way.links.get(pc, ()):
            yield self.flow.entry(root)
        for root in way.ends.get(pc, _NOWHERE):
            yield _after(root)


def _after(root: str) -> Place:
    return f"after {root}", 0


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

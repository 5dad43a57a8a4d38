"""What no life comes to: scenes, parts, beats, choices, storylets, events and endings, each said once, where it is cut off."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from game.engine.calendar import long_date
from game.engine.model import Choice, Choices, Then
from game.engine.source import At
from game.load.diagnostics import Faults
from game.load.targets import find_set, find_target, includes, scene_of_set, set_names, targets, walk
from game.workshop.analysis.values import Interval

if TYPE_CHECKING:
    from game.engine.model import Beat, Logic, Model, Scene
    from game.engine.model import Flow as Beats
    from game.load.diagnostics import Diagnostic
    from game.load.lower_scene import Written
    from game.workshop.analysis.dead import Verdicts
    from game.workshop.analysis.flow import Flow
    from game.workshop.analysis.reach import Reach


class Unreached:
    def __init__(self, flow: Flow, reach: Reach, verdicts: Verdicts, model: Model, written: dict[str, Written]) -> None:
        self.flow, self.reach, self.verdicts, self.model = flow, reach, verdicts, model
        self.faults = Faults()
        self.drawn = {card for root in flow.drawn for (card, _), _ in flow.ways[root].edges.get(0, ())}
        self.drawing = {f"deck {deck}" for program in flow.programs.values() for deck in _drawn(program["ops"])}
        self.begun = {
            beat.at for scene, program in written.items() for pc, beat in program.beats if pc in reach.steps.get(scene, ())
        }
        self.written = written

    @cached_property
    def choices(self) -> set[At]:
        """The choices that are offered somewhere. Asked for only where one cannot be taken, as `lent` is for scenes."""
        return {
            choice.label.source.at()
            for scene, program in self.written.items()
            for pc, node in program.steps.items()
            if isinstance(node, list) and pc in self.reach.steps.get(scene, ())
            for choice in node
        }

    def run(self, stuck: dict[str, int]) -> tuple[Diagnostic, ...]:
        """`stuck`: the scenes from which no ending can be reached, as `ends.begins` gives them."""
        for scene in self.model.scenes.values():
            self.storylet(scene)
            self.event(scene)
            if scene.id in self.reach.scenes:
                self.inside(scene)
            elif not scene.decks and scene.day is None and scene.id not in self.lent:
                self.faults.add(
                    "unreachable-scene", scene.at, f"no life comes to `{scene.id}`: nothing that can be played leads to it"
                )
        self.grafts()
        self.endings()
        self.endless(stuck)
        return tuple(self.faults)

    @cached_property
    def lent(self) -> set[str]:
        """Scenes whose choices are included somewhere."""
        walked = walk(self.model)
        known = targets(self.model, walked)
        found = set()
        for _, include, scene, pack in includes(self.model, walked):
            full = find_target(known, include.target.text, scene, pack)
            if full is not None:
                found.add(known[full].scene)
        return found

    # inside a scene

    def inside(self, scene: Scene) -> None:
        self.beat(scene.beat, scene.id, scene.id)
        for part in scene.parts:
            name = f"{scene.id}.{part.id}"
            if name in self.reach.targets:
                self.beat(part.beat, scene.id, name)
            else:
                self.faults.add("unreachable-target", part.at, f"no life comes to the part `{name}`")

    def beats(self, beats: Beats, scene: str, path: str) -> None:
        for beat in beats:
            if beat.at not in self.begun:
                what = f"the beat `{scene}.{beat.id}`" if beat.id else "this beat"
                self.faults.add("unreachable-target", beat.at, f"no life comes to {what}")
                return  # nor to what stands below it, or that would be said of the next of them
            self.beat(beat, scene, path)

    def beat(self, beat: Beat, scene: str, path: str) -> None:
        if beat.id is not None:
            path = f"{scene}.{beat.id}"
        only = self.verdicts.only(beat.test)
        if only is not False:
            for step in beat.steps:
                if isinstance(step, Then):
                    self.beats(step.flow, scene, path)
                elif isinstance(step, Choices):
                    for item in step.items:
                        if isinstance(item, Choice):
                            self.choice(item, scene, path)
        if only is not True:
            for other in beat.others:
                self.beats((other,), scene, path)
                if self.verdicts.only(other.test) is True:
                    break
            else:
                self.beats(beat.otherwise, scene, path)
        self.beats(beat.skip or (), scene, path)

    def choice(self, choice: Choice, scene: str, path: str) -> None:
        key = f"{path}/{choice.id}"
        if key in self.reach.choices:
            for step in choice.beat.steps:
                if isinstance(step, Then):
                    self.beats(step.flow, scene, key)
                elif isinstance(step, Choices):
                    for item in step.items:
                        if isinstance(item, Choice):
                            self.choice(item, scene, key)
        elif (at := choice.label.source.at()) in self.choices and all(
            self.verdicts.only(test) is not False for test in (choice.test, *(need.test for need in choice.needs))
        ):
            self.faults.add("unreachable-choice", at, f"no life can take `{key}`: what it asks for is never so all at once")

    def grafts(self) -> None:
        sets = set_names(self.model) if self.model.grafts else {}
        for graft in self.model.grafts:
            full = find_set(sets, graft.extend.text, graft.pack)
            for item in graft.choices if full else ():
                if isinstance(item, Choice) and full is not None:
                    self.choice(item, scene_of_set(full), full)

    # storylets and events

    def storylet(self, scene: Scene) -> None:
        if not scene.decks:
            return
        if scene.id in self.drawn:
            return
        roots = [f"deck {name}" for name in (*(deck.text for deck in scene.decks), "any")]
        envs = [self.flow.drawn[root] for root in roots if root in self.flow.drawn]
        if not envs:
            if not self.drawing.isdisjoint(roots):
                why = "no life comes to a place that draws from its decks"
                self.faults.add("storylet-never-opens", scene.at, f"`{scene.id}` is never drawn: {why}")
            return
        days = Interval(min(env.date.low for env in envs), max(env.date.high for env in envs))
        at, why, notes = scene.at, "what it needs is never so where it is drawn", [_drawn_between(days)]
        if not _overlap(scene.first, scene.last, days):
            why = f"it is open {_window(scene.first, scene.last)}"
        elif scene.when is not None and self.verdicts.only(scene.when) is False:
            at, why, notes = _logic(scene.when), "its `when` never holds where it is drawn", []
        elif scene.weight is not None:
            why, notes = "its weight is never more than 0 where it is drawn", []
        self.faults.add("storylet-never-opens", at, f"`{scene.id}` is never drawn: {why}", "", *notes)

    def event(self, scene: Scene) -> None:
        if scene.day is None or scene.id in self.flow.fired:
            return
        at, notes = scene.at, []
        hubs = [env for hub in self.flow.story.hubs for env in self.flow.points.get(hub, {}).values()]
        if not self.flow.story.hubs:
            why = "days come at the hub, and the story has none"
        elif not hubs:
            why = "days come at the hub, and no life comes to it"
        elif scene.when is not None and self.verdicts.only(scene.when) is False:
            at, why = _logic(scene.when), "its `when` never holds once its day has come"
        elif scene.last is not None and (begins := min(env.date.low for env in hubs)) > scene.last:
            why = f"it is open {_window(scene.day, scene.last)}, and no life comes to the hub before {long_date(begins)}"
        else:
            why = "its day never comes while it is open"
            notes = (
                [f"the last day at the hub, or that is waited for there, is {long_date(self.flow.latest)}"]
                if date.min < self.flow.latest < date.max
                else []
            )
        self.faults.add("event-never-fires", at, f"`{scene.id}` never plays: {why}", "", *notes)

    # endings

    def endings(self) -> None:
        used = {op[1] for program in self.flow.programs.values() for op in program["ops"] if op[0] == "end"}
        for ending in self.model.endings.values():
            if ending.id not in self.reach.endings:
                why = "no life comes to a place that ends with it" if ending.id in used else "nothing ends with it"
                self.faults.add("unreachable-ending", ending.at, f"no life ends as `{ending.id}`: {why}")

    def endless(self, stuck: dict[str, int]) -> None:
        for scene, pc in stuck.items():
            at, where = self.model.scenes[scene].at, f"`{scene}`"
            if pc:  # part of the scene only: its place is the line, since a step may be one of several things there
                line = self.flow.programs[scene]["lines"][pc]
                at, where = At(at.file, line, 1, line, 1), "here"
            self.faults.add("can-never-end", at, f"no ending can be reached any more from {where} on")


def _drawn(ops: list[list[Any]]) -> set[str]:
    """The decks that a program draws from."""
    draws = [op[3] if op[0] == "offer" else op[2] for op in ops if op[0] in ("offer", "play")]
    return {deck for pairs in draws for deck, _ in pairs}


def _overlap(first: date | None, last: date | None, days: Interval) -> bool:
    return (first is None or first <= days.high) and (last is None or last >= days.low)


def _window(first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return f"from {long_date(first)} until {long_date(last)}"
    return f"from {long_date(first)} on" if first is not None else f"until {long_date(last)}" if last is not None else "always"


def _drawn_between(days: Interval) -> str:
    if days.high.year == 9999:
        return f"its decks are drawn from {long_date(days.low)} on"
    if days.low == days.high:
        return f"its decks are drawn on {long_date(days.low)}"
    return f"its decks are drawn from {long_date(days.low)} until {long_date(days.high)}"


def _logic(logic: Logic) -> At:
    return logic.source.at(logic.tree.start, logic.tree.end)

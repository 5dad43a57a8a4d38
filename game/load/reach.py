"""Scenes that lead nowhere: in a story without a hub, a scene that runs out of things to play is a dead end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.model import Beat, Choice, Choices, End, Flow, Go, Include, Model, Step, Then, Visit
from game.load.targets import Target, beats_of, find_target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.load.diagnostics import Faults


def check_ends(model: Model, targets: Mapping[str, Target], faults: Faults) -> None:
    """Reports every scene that may run out, where there is no hub to go to. Storylets and scenes that are
    visited come back instead, and those that are included only lend their choices."""
    if model.info.hubs or not model.info.id:
        return
    visited = set()
    for scene in model.scenes.values():
        for placed in beats_of(scene):
            for step in placed.beat.steps:
                names = [step.target] if isinstance(step, Visit) else []
                if isinstance(step, Choices):
                    names = [item.target for item in step.items if isinstance(item, Include)]
                for name in names:
                    if found := find_target(targets, name.text, placed.scene, placed.pack):
                        visited.add(targets[found].scene)
    for scene in model.scenes.values():
        if scene.decks or scene.day or scene.id in visited or _leaves((scene.beat,)):
            continue
        message = f"`{scene.id}` may run out with nowhere to go"
        faults.add("falls-off", scene.at, message, "end it with `go`, `ending`, or declare a `hub` in story.yaml")


def _leaves(flow: Flow) -> bool:
    return any(_beat_leaves(beat) for beat in flow)


def _beat_leaves(beat: Beat) -> bool:
    if not any(_step_leaves(step) for step in beat.steps):
        return False
    return beat.test is None or (all(_beat_leaves_if_played(other) for other in beat.others) and _leaves(beat.otherwise))


def _beat_leaves_if_played(beat: Beat) -> bool:
    return any(_step_leaves(step) for step in beat.steps)


def _step_leaves(step: Step) -> bool:
    if isinstance(step, Choices):
        return all(_beat_leaves(item.beat) for item in step.items if isinstance(item, Choice))
    if isinstance(step, Then):
        return _leaves(step.flow)
    return isinstance(step, (Go, End))

"""What names mean where: a walk over every scene first, then a context for each place where an expression stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.engine.model import Beat, Choice, Choices, Scene, Then
from game.load.targets import find_set, set_names

if TYPE_CHECKING:
    from game.engine.model import Graft, Model
    from game.engine.types import Names


@dataclass(slots=True)
class Survey:
    """Every target of a story by its full name; every choice as (scope, id, key); old names (`was`) and what they
    are now; the grafts on each set by its full name."""

    targets: set[str] = field(default_factory=set)
    choices: list[tuple[str, str, str]] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    grafts: dict[str, list[Graft]] = field(default_factory=dict)


def survey(model: Model) -> Survey:
    """Walks over all scenes and grafts before anything is lowered."""
    found = Survey()
    for scene in model.scenes.values():
        _Walk(found, scene.id, _prefixed(scene.pack, scene.was) if scene.was else scene.id).all(scene)
    sets = set_names(model) if model.grafts else {}
    for graft in model.grafts:
        full = find_set(sets, graft.extend.text, graft.pack)
        if full is not None:
            found.grafts.setdefault(full, []).append(graft)
            _graft(found, graft, full)
    return found


def _graft(found: Survey, graft: Graft, full: str) -> None:
    scope = full
    while scope not in found.targets:
        scope = scope.rpartition("/")[0]
    walk = _Walk(found, scope.partition(".")[0], scope.partition(".")[0])
    for item in graft.choices:
        if isinstance(item, Choice):
            walk.choice(item, scope, full, full)


class Context:
    """Where an expression stands: the scene whose names it may use bare, and the pack it is written in.

    `names` keeps what the checker of expressions made of it."""

    def __init__(self, survey: Survey, scene: str = "", pack: str = "") -> None:
        self.scene, self.pack = scene, pack
        self._targets = survey.targets
        self._choices = survey.choices
        self.names: Names | None = None

    def target(self, name: str) -> str | None:
        """The full name of a scene, part or beat as written here."""
        known = self._targets
        if self.scene and "." not in name and "/" not in name and f"{self.scene}.{name}" in known:
            return f"{self.scene}.{name}"
        if self.pack and "/" not in name and f"{self.pack}/{name}" in known:
            return f"{self.pack}/{name}"
        return name if name in known else None

    def taken(self, name: str) -> list[str] | None:
        """The keys of the choices that `scene.choice` means."""
        scope, _, choice = name.rpartition(".")
        full = self.target(scope) if scope else self.scene
        if not full:
            return None
        return [
            key
            for place, choice_id, key in self._choices
            if choice_id == choice and (place == full or place.startswith(f"{full}."))
        ]


class _Walk:
    """A walk over a scene before anything is lowered: every target, every choice, and what they were called before."""

    def __init__(self, survey: Survey, scene: str, old: str) -> None:
        self.survey, self.scene, self.old = survey, scene, old

    def all(self, scene: Scene) -> None:
        self.survey.targets.add(scene.id)
        self.rename(self.old, scene.id)
        self.beat(scene.beat, scene.id, scene.id, self.old)
        self.flow(scene.skip or (), scene.id, scene.id, self.old)
        for part in scene.parts:
            self.named(part.beat, part.id, part.was)

    def rename(self, old: str, new: str) -> None:
        if old != new:
            self.survey.renamed[old] = new

    def named(self, beat: Beat, name: str, was: str | None) -> None:
        full, old = f"{self.scene}.{name}", f"{self.old}.{was or name}"
        self.survey.targets.add(full)
        self.rename(old, full)
        self.beat(beat, full, full, old)

    def flow(self, flow: tuple[Beat, ...], scope: str, path: str, old: str) -> None:
        for beat in flow:
            if beat.id is not None:
                self.named(beat, beat.id, beat.was)
            else:
                self.beat(beat, scope, path, old)

    def beat(self, beat: Beat, scope: str, path: str, old: str) -> None:
        for step in beat.steps:
            if isinstance(step, Then):
                self.flow(step.flow, scope, path, old)
            elif isinstance(step, Choices):
                for item in step.items:
                    if isinstance(item, Choice):
                        self.choice(item, scope, path, old)
        self.flow(beat.others, scope, path, old)
        self.flow(beat.otherwise, scope, path, old)
        self.flow(beat.skip or (), scope, path, old)

    def choice(self, choice: Choice, scope: str, path: str, old: str) -> None:
        key, before = f"{path}/{choice.id}", f"{old}/{choice.was or choice.id}"
        self.survey.choices.append((scope, choice.id, key))
        self.rename(before, key)
        self.beat(choice.beat, scope, key, before)


def _prefixed(pack: str, name: str) -> str:
    return f"{pack}/{name}" if pack and "/" not in name else name

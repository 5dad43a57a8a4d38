"""What can be gone to and what is chosen from: full names of targets, and the sets of choices by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.engine.model import At, Beat, Choice, Choices, Draws, Graft, Include, Model, Scene, Then

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Walked = Mapping[str, Sequence["Placed"]]

BACK = "back"


class Target(NamedTuple):
    """`name` is the full name (`office`, `office.door`, `winter/camp.door`), `kind` scene, part or beat."""

    name: str
    kind: str
    scene: str
    at: At


class Placed(NamedTuple):
    """A beat, and the name of the set that its choices belong to. `pack` is that of the file it stands in."""

    beat: Beat
    set: str
    scene: str
    pack: str


def local(scene: Scene) -> str:
    """A scene's name without its pack's."""
    return scene.id.rpartition("/")[2]


def beats_of(scene: Scene) -> list[Placed]:
    """Every beat of a scene, its parts and its `skip`, with nested ones, each with its set's name."""
    found: list[Placed] = []
    _collect(scene.beat, scene.id, scene.id, scene.pack, found)
    for beat in scene.skip or ():
        _collect(beat, scene.id, scene.id, scene.pack, found)
    for part in scene.parts:
        _collect(part.beat, f"{scene.id}.{part.id}", scene.id, scene.pack, found)
    return found


def walk(model: Model) -> Walked:
    """Every scene's beats, for those who look at them more than once: the functions below take them as `walked`."""
    return {scene.id: beats_of(scene) for scene in model.scenes.values()}


def beats_of_graft(graft: Graft, set_name: str) -> list[Placed]:
    """Every beat of a graft's choices; `set_name` is the full name of the set it extends."""
    found: list[Placed] = []
    scene = scene_of_set(set_name)
    for item in graft.choices:
        if isinstance(item, Choice):
            _collect(item.beat, f"{set_name}/{item.id}", scene, graft.pack, found)
    return found


def scene_of_set(set_name: str) -> str:
    """The scene's name within a set's: what stands before the dot, or before the choices it nests in."""
    head, dot, _ = set_name.partition(".")
    return head if dot else set_name


def _collect(beat: Beat, scope: str, scene: str, pack: str, found: list[Placed]) -> None:
    if beat.id is not None:
        scope = f"{scene}.{beat.id}"
    found.append(Placed(beat, scope, scene, pack))
    for step in beat.steps:
        if isinstance(step, Then):
            for inner in step.flow:
                _collect(inner, scope, scene, pack, found)
        elif isinstance(step, Choices):
            for item in step.items:
                if isinstance(item, Choice):
                    _collect(item.beat, f"{scope}/{item.id}", scene, pack, found)
    for inner in (*beat.others, *beat.otherwise, *(beat.skip or ())):
        _collect(inner, scope, scene, pack, found)


def named(scene: Scene, beats: Sequence[Placed]) -> Iterator[Target]:
    """A scene's parts and those of its beats with an id, as often as they are written."""
    for part in scene.parts:
        yield Target(f"{scene.id}.{part.id}", "part", scene.id, part.at)
    for placed in beats:
        if placed.beat.id is not None:
            yield Target(f"{scene.id}.{placed.beat.id}", "beat", scene.id, placed.beat.at)


def targets(model: Model, walked: Walked | None = None) -> dict[str, Target]:
    """Every target by its full name: scenes, their parts, and their beats with an id."""
    walked = walked or walk(model)
    found: dict[str, Target] = {}
    for scene in model.scenes.values():
        found[scene.id] = Target(scene.id, "scene", scene.id, scene.at)
        for target in named(scene, walked[scene.id]):
            found.setdefault(target.name, target)
    return found


def find_target(known: Mapping[str, object], text: str, scene: str, pack: str = "") -> str | None:
    """The full name of a target as written in a scene (`scene`: its full name), or None.

    First the scene's own parts and beats, then the pack's own scenes, then the story's. `known` has the full names as keys.
    """
    candidates = [text] if "." in text else [f"{scene}.{text}", text]
    if pack and "/" not in text:
        candidates.insert(len(candidates) - 1, f"{pack}/{text}")
    return next((name for name in candidates if name in known), None)


def set_names(model: Model, walked: Walked | None = None) -> dict[str, dict[str, At]]:
    """Every set's full name, and the ids of its own choices (without what packs graft on), with their places."""
    found: dict[str, dict[str, At]] = {}
    for beats in (walked or walk(model)).values():
        for placed in beats:
            for step in placed.beat.steps:
                if isinstance(step, (Choices, Draws)):
                    ids = found.setdefault(placed.set, {})
                    if isinstance(step, Choices):
                        for item in step.items:
                            if isinstance(item, Choice):
                                ids.setdefault(item.id, item.at)
    return found


def find_set(known: Mapping[str, object], text: str, pack: str = "") -> str | None:
    """The full name of a set as a graft names it: the pack's own first, then the story's."""
    return next((name for name in ((f"{pack}/{text}", text) if pack else (text,)) if name in known), None)


def includes(model: Model, walked: Walked | None = None) -> Iterator[tuple[str, Include, str, str]]:
    """Every `include`: (set it stands in, the include, scene, pack)."""
    for beats in (walked or walk(model)).values():
        for placed in beats:
            for step in placed.beat.steps:
                if isinstance(step, Choices):
                    for item in step.items:
                        if isinstance(item, Include):
                            yield placed.set, item, placed.scene, placed.pack

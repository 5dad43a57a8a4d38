"""The ways out of a scene's program: what each step leads to, and by which choice. Nothing is played.

Programs rather than the story as written: in them every name is resolved, and what packs graft and scenes include stands in
its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from game.load.targets import scene_of_set
from game.workshop.graph.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.story import Story
    from game.workshop.graph.picture import EdgeKind

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a step: its kind, its target's full name, the choice that it stands under (or nothing)."""

    kind: EdgeKind
    target: str
    label: str = ""


def regions(data: Data) -> tuple[list[int], list[str]]:
    """Where the scene's own flow and its parts begin, and the names of the parts (none for the scene itself and its `skip`)."""
    names = {pc: name for name, pc in data["entries"].items() if not name.startswith("@")}
    starts = [0] + [pc + 1 for pc, op in enumerate(data["ops"][:-1]) if op[0] == "done"]
    return starts, ["", *(names.get(start, "") for start in starts[1:])]


def ways(story: Story, data: Data) -> Iterator[tuple[int, Way]]:
    """Every way out of a step, with the step."""
    under = labels(data)
    for pc, op in enumerate(data["ops"]):
        label = under.get(pc, "")
        if op[0] == "go":
            yield from ((pc, Way("go", target, label)) for _, target in op[1] if target != "back")
        elif op[0] == "visit":
            yield pc, Way("visit", op[1], label)
        elif op[0] == "end":
            yield pc, Way("end", op[1], label)
        elif op[0] in ("offer", "play"):
            for scene in _included(op):
                yield pc, Way("include", scene, label)
            decks = [deck for deck, _ in (op[3] if op[0] == "offer" else op[2])]
            for deck in _named(story, decks):
                yield pc, Way("draw", deck, label)


def _included(op: list[Any]) -> list[str]:
    """The scenes whose choices are offered here: those keep their own set's name."""
    if op[0] != "offer":
        return []
    sets = dict.fromkeys(item["key"].rpartition("/")[0] for item in op[2])
    return [scene_of_set(name) for name in sets if name != op[1]]


def _named(story: Story, decks: list[str]) -> list[str]:
    """The decks that a draw means: `any` means them all."""
    every = [deck for deck in story.decks if deck != "any"]
    return every if "any" in decks else [deck for deck in decks if deck in story.decks]


def labels(data: Data) -> dict[int, str]:
    """The innermost choice that each step stands under, by its words. A choice's steps follow those of the one before it."""
    found: dict[int, str] = {}
    for op in data["ops"]:
        if op[0] == "offer":
            below = op[5]
            bodies = sorted((item["pc"], words(item["label"])) for item in op[2] if item["pc"] != below)
            for (start, label), (stop, _) in pairwise([*bodies, (below, "")]):
                found.update(dict.fromkeys(range(start, stop), label))
    return found


def falling(story: Story, programs: dict[str, Data]) -> list[str]:
    """The scenes that may come to their end with no visit open, and so go on to the hub."""
    if not story.hubs:
        return []
    found: dict[str, None] = {}
    seen: set[tuple[str, bool]] = set()
    open_ends = [(scene, False) for scene in (story.start, *story.hubs)] + [(scene, True) for _, scene in story.events]
    while open_ends:
        target, called = open_ends.pop()
        scene, _, name = target.partition(".")
        if (target, called) in seen or scene not in programs:
            continue
        seen.add((target, called))
        ended, out = _flow(story, programs[scene], name)
        if ended and not called:
            found[scene] = None
        for way in out:
            if way.kind == "draw":
                open_ends += [(card, True) for card in story.decks.get(way.target, ())]
            else:
                open_ends.append((way.target, (called or way.kind == "visit") and way.target not in story.hubs))
    return [scene for scene in story.scenes if scene in found]


def _flow(story: Story, data: Data, entry: str) -> tuple[bool, list[Way]]:
    """Whether play that enters there may come to the end of the scene, and the ways out that it meets."""
    if entry not in data["entries"]:
        return False, []
    ops, met, ended = data["ops"], set(), False
    todo = [data["entries"][entry]]
    while todo:
        pc = todo.pop()
        if pc in met:
            continue
        met.add(pc)
        op = ops[pc]
        ended = ended or op[0] == "done"
        todo += _next(op, pc)
    return ended, [way for pc, way in ways(story, data) if pc in met and way.kind not in ("end", "include")]


def _next(op: list[Any], pc: int) -> list[int]:
    if op[0] in ("done", "end", "go"):
        return []
    if op[0] == "jump":
        return [op[1]]
    if op[0] == "if":
        return [pc + 1, op[2]]
    if op[0] == "offer":
        sure = any(item["if"] is None and not item["once"] and not item["needs"] for item in op[2])
        return [item["pc"] for item in op[2]] + ([] if sure and not op[3] else [op[5]])
    return [pc + 1]

"""What taking a choice does, read from what is written in it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from game.workshop.explore.chart import TEXT_OPS
from game.workshop.explore.flags import Flag, conditions, named, sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.story import Story


class Deed(NamedTuple):
    """What taking a choice does. `flags` are those that it sets, by name: that it was taken, and what its body gives or sets.

    `bare`: its body changes nothing, and leads where those of all others of its set lead; no condition asks for it.
    `seen`: it changes what players see; `note`: beside its label stands what is at stake.
    """

    flags: frozenset[str]
    bare: bool
    seen: bool
    note: bool


@lru_cache(maxsize=2)
def deeds(story: Story) -> dict[str, Deed]:
    """The deed of every set/choice. Its body is what plays up to the next choice, with the parts of its scene that it goes to."""
    asked: dict[str, set[str]] = {}
    bodies: dict[str, list[list[Any]]] = {}
    ways: dict[tuple[str, int], set[str]] = {}
    within: dict[str, tuple[str, int]] = {}
    noted: set[str] = set()
    for scene in story.scenes:
        data = story.data(scene)
        for pc, op in enumerate(data["ops"]):
            for flag in named(story, conditions(op))[0]:
                if flag.kind == "taken":
                    for key in flag.what.split():
                        asked.setdefault(key, set()).add(flag.name)
            for item in op[2] if op[0] == "offer" else ():
                body = list(_body(scene, data, item["pc"], op[5], set()))
                bodies.setdefault(item["key"], []).extend(body)
                within[item["key"]] = (scene, pc)
                if item["note"]:
                    noted.add(item["key"])
                ways.setdefault((scene, pc), set()).add(repr([part[1] for part in body if part[0] in _LEADS]))
    return {
        key: Deed(
            frozenset({flag.name for op in body for flag in sets(story, op)} | asked.get(key, {Flag("taken", key).name})),
            key not in asked and len(ways[within[key]]) == 1 and not any(op[0] in _CHANGES for op in body),
            any(_seen(story, op) for op in body),
            key in noted,
        )
        for key, body in bodies.items()
    }


_LEADS = ("go", "visit", "end")
_CHANGES = ("effect", "carry", "wait", "ask")


def _seen(story: Story, op: list[Any]) -> bool:
    """Whether players see what the step changes: a paper, or a variable with a label, or a number that a text prints."""
    if op[0] != "effect" or op[1] == "learn":
        return bool(op[0] == "carry")
    info = story.variables[op[2]]
    return bool(info.label) or (info.kind in ("whole", "number") and info.id in _printed(story))


@lru_cache(maxsize=2)
def _printed(story: Story) -> frozenset[str]:
    """The variables whose value some text says: a purse that is counted out, though it has no label."""
    ops = [op for scene in story.scenes for op in story.data(scene)["ops"]]
    texts = [op[TEXT_OPS[op[0]]] for op in ops if op[0] in TEXT_OPS]
    return frozenset(name for text in texts for name in _values(text or ()))


def _values(code: Iterable[list[Any]]) -> Iterator[str]:
    for node in code:
        if node[0] == "e":
            yield node[5]
        texts = (
            [text for _, text in node[1]]
            if node[0] == "c"
            else node[4]
            if node[0] == "a"
            else [node[2]]
            if node[0] == "l"
            else []
        )
        for text in texts:
            yield from _values(text)


def _body(scene: str, data: Any, pc: int, below: int, entered: set[str]) -> Iterator[list[Any]]:
    """The steps from one on, up to a jump to `below` or the end of the scene; what a set within offers is passed over."""
    ops = data["ops"]
    while pc != below and pc < len(ops):
        op = ops[pc]
        if op[0] == "done" or (op[0] == "jump" and op[1] == below):
            return
        yield op
        for _, target in op[1] if op[0] == "go" else ():
            owner, _, part = target.partition(".")
            if owner == scene and part and part not in entered:
                entered.add(part)
                yield from _body(scene, data, data["entries"][part], -1, entered)
        pc = op[5] if op[0] == "offer" else pc + 1

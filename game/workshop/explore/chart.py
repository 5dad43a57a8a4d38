"""What a story has, read from its programs: all that a life can meet, so that what no life meets is listed too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from game.engine.story import Story

TEXT_OPS = {"say": 1, "heading": 1, "end": 2}
"""The steps that say something, and where in the step its text stands."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything by the names that pages, states and traces use.

    choices    every set/choice, storylets on offer among them (set/storylet), sorted
    intents    {set/choice: tags} of the choices that have some
    within     {scene: the set/choices that are written in it}
    storylets  {set/storylet: the storylet's scene}
    lent       {set/choice: the scene it is written in} of choices that other scenes include
    texts      every step that says something, as (scene, index), but in scenes that only lend their choices
    words      the words of these, every variant counted once
    cast       {scene: who is present}
    numbers    the variables that are numbers; `ranged` those with two ends: {variable: (low, high)}
    flags      the variables that are yes/no or one-of
    """

    choices: tuple[str, ...]
    intents: dict[str, tuple[str, ...]]
    within: dict[str, tuple[str, ...]]
    storylets: dict[str, str]
    lent: dict[str, str]
    texts: frozenset[tuple[str, int]]
    words: int
    cast: dict[str, tuple[str, ...]]
    numbers: tuple[str, ...]
    ranged: dict[str, tuple[float, float]]
    flags: tuple[str, ...]


@lru_cache(maxsize=2)
def chart(story: Story) -> Chart:
    """The chart of a story, drawn once."""
    intents: dict[str, tuple[str, ...]] = {}
    within: dict[str, tuple[str, ...]] = {}
    storylets: dict[str, str] = {}
    lent: dict[str, str] = {}
    texts: set[tuple[str, int]] = set()
    words = 0
    programs = {scene: story.data(scene) for scene in sorted(story.scenes)}
    for scene, data in programs.items():
        keys: list[str] = []
        for op in data["ops"]:
            if op[0] == "offer":
                for item in op[2]:
                    keys.append(item["key"])
                    if (owner := _owner(item["key"], story.scenes)) != scene:
                        lent[item["key"]] = owner
                    if item["intent"]:
                        intents[item["key"]] = tuple(item["intent"])
                storylets |= {f"{op[1]}/{card}": card for deck, _ in op[3] for card in story.decks.get(deck, ())}
        within[scene] = tuple(keys)
    lenders = set(lent.values()) - _entered(story, programs)  # what these say stands where they are included
    for scene in programs.keys() - lenders:
        data = programs[scene]
        words += sum(count_words(data[name]) for name in ("title", "subtitle") if data.get(name))
        for index, op in enumerate(data["ops"]):
            if op[0] in TEXT_OPS:
                texts.add((scene, index))
                words += count_words(op[TEXT_OPS[op[0]]] or [])
    numbers = [info for info in story.variables.values() if info.kind in ("whole", "number")]
    return Chart(
        choices=tuple(sorted({key for keys in within.values() for key in keys} | storylets.keys())),
        intents=intents,
        within=within,
        storylets=storylets,
        lent=lent,
        texts=frozenset(texts),
        words=words,
        cast={scene: info.cast for scene, info in story.scenes.items() if info.cast},
        numbers=tuple(info.id for info in numbers),
        ranged={info.id: (info.low, info.high) for info in numbers if info.low is not None and info.high is not None},
        flags=tuple(info.id for info in story.variables.values() if info.kind in ("truth", "word")),
    )


def _entered(story: Story, programs: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The scenes that something leads to: the start, hubs, storylets, day events, and what is named by a `go` or `visit`."""
    found = {story.start, *story.hubs, *story.decks["any"], *(scene for _, scene in story.events)}
    for data in programs.values():
        for op in data["ops"]:
            if op[0] in ("go", "visit"):
                found.update(target.partition(".")[0] for target in ([op[1]] if op[0] == "visit" else [to for _, to in op[1]]))
    return found


def _owner(key: str, scenes: Container[str]) -> str:
    """The scene that a set is named after; a pack's scenes have a slash in their names."""
    first, *rest = (part.partition(".")[0] for part in key.split("/"))
    return f"{first}/{rest[0]}" if first not in scenes and rest else first


def count_words(code: Iterable[list[Any]]) -> int:
    """The words of a text in all its variants; a value counts as one."""
    return sum(_words(node) for node in code)


def _words(node: list[Any]) -> int:
    if node[0] == "s":
        return len(node[1].split())
    if node[0] == "c":
        return sum(count_words(text) for _, text in node[1])
    if node[0] == "a":
        return sum(count_words(text) for text in node[4])
    if node[0] == "l":
        return count_words(node[2])
    return 1 if node[0] == "e" else 0


@lru_cache(maxsize=64)
def worths(story: Story, role: str) -> dict[str, float]:
    """What each set/choice is worth to a role: the sum of its weights for the choice's intents.

    A storylet on offer is worth what the best choice in it is: its title promises that much. Without intents: nothing.
    """
    drawn, weights = chart(story), story.roles[role]
    worth = {key: sum(weights.get(intent, 0.0) for intent in tags) for key, tags in drawn.intents.items()}
    offers = {
        key: max((worth.get(inner, 0.0) for inner in drawn.within.get(card, ())), default=0.0)
        for key, card in drawn.storylets.items()
    }
    return {key: value for key, value in (worth | offers).items() if value}


def opposed(roles: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """For each role the one whose weights point the other way most; a role that nobody opposes is left out."""
    found = {}
    for role, weights in roles.items():
        angles = sorted((_angle(weights, others), other) for other, others in roles.items() if other != role)
        if angles and angles[0][0] < 0:
            found[role] = angles[0][1]
    return found


def _angle(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine between two lists of weights: -1 where they want the opposite."""
    length = (_square(one) * _square(other)) ** 0.5
    return sum(weight * other.get(intent, 0.0) for intent, weight in one.items()) / length if length else 0.0


def _square(weights: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in weights.values())

"""Which scenes an edit touched, and whether it touched what is read or what is decided.

Two programs are compared, not two files: moving a scene to another file, or writing the same thing in other words of YAML,
changes nothing. A scene is renamed where `was` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.engine.story import Story

Data = Any
_SAYS = {"say": 1, "heading": 1, "checkpoint": 1}
"""Steps that only speak: a text more or less moves no logic."""


@dataclass(frozen=True, slots=True)
class Change:
    """A scene that is in both. `was` is its name before, where that was another; `words` how many it has more."""

    scene: str
    was: str
    texts: bool
    logic: bool
    words: int


@dataclass(frozen=True, slots=True)
class Scenes:
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]

    @property
    def renamed(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changed if change.was)


def compared(before: Story, after: Story) -> Scenes:
    now = {scene: _now(scene, before, after) for scene in before.scenes}
    then = {name: scene for scene, name in now.items() if name}
    names = _Names({old: new for old, new in after.renamed.items() if new not in before.renamed.values()} | dict(_moved(now)))
    changed = []
    for scene in after.scenes:
        if scene not in then:
            continue
        was = then[scene]
        old_texts, old_logic, old_words = _halves(before, was, names)
        texts, logic, words = _halves(after, scene, _Names({}))
        if was != scene or old_texts != texts or old_logic != logic:
            changed.append(Change(scene, was if was != scene else "", old_texts != texts, old_logic != logic, words - old_words))
    return Scenes(
        tuple(scene for scene in after.scenes if scene not in then),
        tuple(scene for scene, name in now.items() if not name),
        tuple(changed),
    )


def _now(scene: str, before: Story, after: Story) -> str:
    """What the scene is called now, or nothing."""
    if scene in after.scenes:
        return scene
    name = after.renamed.get(scene, "")
    return name if name in after.scenes and name not in before.scenes else ""


def _moved(now: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(old, new) for old, new in now.items() if new and new != old]


class _Names:
    """Old names of targets, sets and sites as they are called now."""

    def __init__(self, renamed: Mapping[str, str]) -> None:
        self.renamed = renamed

    def now(self, text: str) -> str:
        if text in self.renamed:
            return self.renamed[text]
        head, colon, site = text.partition(":")
        if colon and head in self.renamed:
            return f"{self.renamed[head]}:{site}"
        for sign in ("/", "."):
            head, found, rest = text.rpartition(sign)
            if found and (name := self.now(head)) != head:
                return f"{name}{sign}{rest}"
        return text

    def everywhere(self, data: Data) -> Data:
        if not self.renamed:
            return data
        if isinstance(data, str):
            return self.now(data)
        if isinstance(data, list | tuple):
            return [self.everywhere(each) for each in data]
        if isinstance(data, dict):
            return {self.now(key): self.everywhere(value) for key, value in data.items()}
        return data


def _halves(story: Story, scene: str, names: _Names) -> tuple[Data, Data, int]:
    """What a scene says, what it decides, and how many words it says."""
    data, info = story.data(scene), story.index["scenes"][scene]
    kept = [op for op in data["ops"] if op[0] not in _SAYS]
    number, numbers = 0, []
    for op in data["ops"]:
        numbers.append(number)
        number += op[0] not in _SAYS
    numbers.append(number)
    texts: list[Data] = [data["title"], data["subtitle"], [op for op in data["ops"] if op[0] in _SAYS]]
    texts.append({key: info.get(key) for key in ("status", "cards", "note", "tags")})
    logic: list[Data] = [_without_texts(op, numbers, texts) for op in kept]
    for table in ("entries", "sites"):
        logic.append({name: numbers[pc] for name, pc in data[table].items()})
    logic.append({name: [numbers[pc] for pc in pcs] for name, pcs in data["sets"].items()})
    logic.append({key: value for key, value in info.items() if key not in ("file", "line", "status", "cards", "note", "tags")})
    logic.append(story.index["conditions"].get(scene))
    words = sum(_words(op[_SAYS[op[0]]]) for op in data["ops"] if op[0] == "say")
    return names.everywhere(texts), _plain(names.everywhere(logic)), words


def _without_texts(op: list[Data], numbers: list[int], texts: list[Data]) -> Data:
    """The step without its words, which are put to the `texts`; steps are numbered as if those that only speak were not there."""
    kind = op[0]
    if kind == "if":
        return [kind, op[1], numbers[op[2]]]
    if kind == "jump":
        return [kind, numbers[op[1]]]
    if kind == "ask":
        texts.append([op[3], op[4]])
        return [*op[:3], *op[5:]]
    if kind == "end":
        texts.append(op[2])
        return op[:2]
    if kind == "offer":
        items = []
        for item in op[2]:
            texts.append([item["label"], item["note"], [reason for _, reason in item["needs"]]])
            kept = {key: value for key, value in item.items() if key not in ("label", "note", "needs", "pc", "was")}
            items.append({**kept, "needs": [test for test, _ in item["needs"]], "pc": numbers[item["pc"]]})
        return [kind, op[1], items, op[3], op[4], numbers[op[5]], *op[6:]]
    return op


def _plain(data: Data) -> Data:
    """Lists for tuples, so that what the loader made and what the cache kept are alike."""
    if isinstance(data, list | tuple):
        return [_plain(each) for each in data]
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return data


def _words(code: Data) -> int:
    """The words of a text, every branch of it once."""
    return sum(len(text.split()) for text in _texts(code))


def _texts(code: Data) -> list[str]:
    found: list[str] = []
    for node in code or []:
        if node[0] == "s":
            found.append(node[1])
        elif node[0] == "l":
            found += _texts(node[2])
        elif node[0] in ("a", "c"):
            for branch in node[4] if node[0] == "a" else [each[1] for each in node[1]]:
                found += _texts(branch)
    return found

"""Everything that an author wrote, in one walk: the logic, the effects and the texts of a model, each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.engine.model import (
    Ask,
    Carry,
    Checkpoint,
    Choice,
    Choices,
    Do,
    Effects,
    Go,
    Logic,
    Prose,
    Say,
)
from game.load.targets import beats_of_graft, find_set, set_names, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.expressions import Expr
    from game.engine.model import Model, Name, Scene
    from game.engine.prose import ProseTree
    from game.load.targets import Placed, Walked


@dataclass(slots=True)
class Written:
    """What stands in a story. `beats` has every beat of every scene and graft, nested ones too, `walked` those of each scene;
    `choices` has all by their keys."""

    walked: Walked
    beats: list[Placed] = field(default_factory=list)
    choices: dict[str, Choice] = field(default_factory=dict)
    logics: list[Logic] = field(default_factory=list)
    effects: list[Effects] = field(default_factory=list)
    proses: list[Prose] = field(default_factory=list)
    asked: list[Name] = field(default_factory=list)
    carried: list[Carry] = field(default_factory=list)


def written(model: Model) -> Written:
    """Walks over scenes, grafts and declarations."""
    found = Written(walk(model))
    for scene in model.scenes.values():
        _scene(scene, found)
    sets = set_names(model, found.walked) if model.grafts else {}
    for graft in model.grafts:
        full = find_set(sets, graft.extend.text, graft.pack)
        if full is not None:
            _items(graft.choices, full, found)
            for placed in beats_of_graft(graft, full):
                _beat(placed, found)
    for rule in model.rules.values():
        found.logics.append(rule.test)
        _add(found, rule.reason)
    for snippet in model.snippets.values():
        _add(found, snippet.prose)
    for ending in model.endings.values():
        _add(found, ending.text)
    for paper in model.papers.values():
        _add(found, paper.text)
    return found


def _scene(scene: Scene, found: Written) -> None:
    found.logics += [logic for logic in (scene.when, scene.weight) if logic is not None]
    _add(found, scene.title, scene.subtitle, *(part.title for part in scene.parts))
    for placed in found.walked[scene.id]:
        _beat(placed, found)


def _beat(placed: Placed, found: Written) -> None:
    beat = placed.beat
    found.beats.append(placed)
    if beat.test is not None:
        found.logics.append(beat.test)
    for step in beat.steps:
        if isinstance(step, Say):
            found.proses.append(step.prose)
        elif isinstance(step, Do):
            found.effects += step.effects
        elif isinstance(step, Choices):
            _items(step.items, placed.set, found)
        elif isinstance(step, Go):
            found.logics += [test for test, _ in step.routes if test is not None]
        elif isinstance(step, Ask):
            found.asked.append(step.into)
            _add(found, step.say)
        elif isinstance(step, Carry):
            found.carried.append(step)
        elif isinstance(step, Checkpoint):
            _add(found, step.name)


def _items(items: object, place: str, found: Written) -> None:
    for choice in items if isinstance(items, tuple) else ():
        if isinstance(choice, Choice):
            found.choices[f"{place}/{choice.id}"] = choice
            if choice.test is not None:
                found.logics.append(choice.test)
            for need in choice.needs:
                found.logics.append(need.test)
                _add(found, need.reason)
            _add(found, choice.label, choice.note)


def _add(found: Written, *proses: Prose | None) -> None:
    found.proses += [prose for prose in proses if prose is not None]


# names -----------------------------------------------------------------------------------------------------------


def names_in(tree: Expr) -> Iterator[tuple[str, str]]:
    """Every name that an expression speaks of: (`name`, x) for variables, rules and words; (function, x) for what it asks of."""
    if tree.kind == "name":
        yield "name", tree.value
    elif tree.kind == "target":
        yield "target", tree.value
    elif tree.kind == "call" and tree.args and tree.args[0].kind in ("target", "name"):
        yield tree.value, tree.args[0].value
    for inner in tree.args:
        yield from names_in(inner)


def names_in_prose(tree: ProseTree) -> Iterator[tuple[str, str]]:
    """The same for a text; besides, (`snippet`, x) and (`link`, card)."""
    for node in tree:
        if node.kind in ("snippet", "link"):
            yield node.kind, node.value
        for logic in node.logic:
            if logic is not None:
                yield from names_in(logic)
        for branch in node.branches:
            yield from names_in_prose(branch)

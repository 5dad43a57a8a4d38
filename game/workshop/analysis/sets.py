"""Sets of choices: those that may come up empty, those that go round, and those that nest too deep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.engine.model import Choice, Choices, Draws, Include, Then
from game.load.targets import find_target, includes

if TYPE_CHECKING:
    from game.engine.model import Beat, Flow, Logic, Model
    from game.engine.story import Data, Story
    from game.load.diagnostics import Faults
    from game.workshop.analysis.written import Written

DEEPEST = 2
"""Choices in choices in a scene; below that a part reads better."""
_FIXED = frozenset("smgl")
"""Parts of a text's code that read the same each time: words, marks, glue, links."""
_STOPS = frozenset({"offer", "wait", "ask", "end", "done"})


def check_nesting(model: Model, faults: Faults) -> None:
    """Reports choices that stand inside the choices of a choice."""
    for scene in model.scenes.values():
        for beat in (scene.beat, *(scene.skip or ()), *(part.beat for part in scene.parts)):
            _nested(beat, 0, faults)
    for graft in model.grafts:
        for item in graft.choices:
            if isinstance(item, Choice):
                _nested(item.beat, 1, faults)


def _nested(beat: Beat, depth: int, faults: Faults) -> None:
    for step in beat.steps:
        if isinstance(step, Choices):
            if depth == DEEPEST:
                message = "these choices are nested more than two levels deep"
                faults.add("deep-choices", step.at, message, "make them a part of the scene, and `go` there")
                return
            for item in step.items:
                if isinstance(item, Choice):
                    _nested(item.beat, depth + 1, faults)
        elif isinstance(step, Then):
            for inner in step.flow:
                _nested(inner, depth, faults)
    for inner in (*beat.others, *beat.otherwise, *(beat.skip or ())):
        _nested(inner, depth, faults)


# empty sets ------------------------------------------------------------------------------------------------------


def check_empty(model: Model, found: Written, faults: Faults) -> None:
    """Reports sets whose every choice can be hidden, where nothing stands below to play instead; but not those that scenes only
    lend to others by `include`."""
    lent = {
        name
        for _, item, scene, pack in includes(model, found.walked)
        if (name := find_target(model.scenes, item.target.text, scene, pack))
    }
    for scene in model.scenes.values():
        if scene.id in lent:
            continue
        comes_back = scene.once is not False and scene.every is None and bool(scene.decks or scene.day)
        walk = _Empty(faults, met_once=comes_back)
        walk.beat(scene.beat, False)
        walk.flow(scene.skip or (), False)
        for part in scene.parts:
            walk.beat(part.beat, False)


class _Empty:
    """`follows` tells whether something plays below, in this scene; `met_once` whether `once` cannot hide anything yet."""

    def __init__(self, faults: Faults, met_once: bool) -> None:
        self.faults, self.met_once = faults, met_once

    def flow(self, flow: Flow, follows: bool) -> None:
        for number, beat in enumerate(flow):
            self.beat(beat, follows or number + 1 < len(flow))

    def beat(self, beat: Beat, follows: bool) -> None:
        for number, step in enumerate(beat.steps):
            if not isinstance(step, (Choices, Then)):
                continue
            below = follows or any(not isinstance(other, (Choices, Draws)) for other in beat.steps[number + 1 :])
            if isinstance(step, Choices):
                if not below and not _draws(beat) and self.may_be_empty(step):
                    message = "every choice here may be hidden, and nothing stands below: the scene would end without a word"
                    fix = "give one choice neither `if` nor `once`, or put what plays then into `then`"
                    self.faults.add("empty-set", step.at, message, fix)
                for item in step.items:
                    if isinstance(item, Choice):
                        self.beat(item.beat, below)
            else:
                self.flow(step.flow, below)
        for inner in beat.others:
            self.beat(inner, follows)
        self.flow(beat.otherwise, follows)
        self.flow(beat.skip or (), follows)

    def may_be_empty(self, step: Choices) -> bool:
        tests: list[Logic] = []
        for item in step.items:
            if isinstance(item, Include) or (item.test is None and (self.met_once or not item.once)):
                return False
            if item.test is not None and (self.met_once or not item.once):
                tests.append(item.test)
        return not _exhaustive(tests)


def _draws(beat: Beat) -> bool:
    return any(isinstance(step, Draws) and any(not draw.play for draw in step.draws) for step in beat.steps)


_OPPOSITES = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


def _exhaustive(tests: list[Logic]) -> bool:
    """Whether one of these conditions always holds, as far as their words tell: one is another's contrary."""
    said = {_spelled(test.tree) for test in tests}
    return any(_contrary(test.tree) in said for test in tests)


def _spelled(tree: Any) -> tuple[Any, ...]:
    return (tree.kind, tree.value, *(_spelled(inner) for inner in tree.args))


def _contrary(tree: Any) -> tuple[Any, ...]:
    if tree.kind == "not":
        return _spelled(tree.args[0])
    if tree.kind == "compare" and len(tree.value) == 1 and tree.value[0] in _OPPOSITES:
        return ("compare", type(tree.value)([_OPPOSITES[tree.value[0]]]), *(_spelled(inner) for inner in tree.args))
    return ("not", None, _spelled(tree))


# loops -----------------------------------------------------------------------------------------------------------


def check_loops(story: Story, found: Written, faults: Faults) -> None:
    """Reports choices that can be taken again at once and then read the same: no `once`, no condition, and no time passes."""
    for scene in story.scenes:
        data = story.data(scene)
        for pcs in data["sets"].values():
            for pc in pcs:
                if data["ops"][pc][0] == "offer":
                    _offer(story, scene, pc, found, faults)


def _offer(story: Story, scene: str, pc: int, found: Written, faults: Faults) -> None:
    ops = story.data(scene)["ops"]
    for item in ops[pc][2]:
        choice = found.choices.get(item["key"])
        if choice is None or item["once"] or item["if"] or item["needs"] or item["pc"] == ops[pc][5]:
            continue
        if _says_the_same(ops, item["pc"]) and _comes_back(story, scene, item["pc"], pc):
            message = "this choice can be taken again and again, and reads the same each time"
            faults.add("repeated-choice", choice.at, message, "give it `once: yes`, a condition, or a text with `{seq | … | …}`")


def _says_the_same(ops: list[Any], pc: int) -> bool:
    """Whether the choice's own first words never vary."""
    while ops[pc][0] in ("effect", "carry", "checkpoint"):
        pc += 1
    return ops[pc][0] == "say" and all(part[0] in _FIXED for part in ops[pc][1])


def _comes_back(story: Story, scene: str, start: int, goal: int) -> bool:
    """Whether play may come from a step to the set again, with no other choice and no time in between."""
    seen: set[tuple[str, int]] = set()
    open_: list[tuple[str, int]] = [(scene, start)]
    while open_:
        place = open_.pop()
        if place in seen:
            continue
        seen.add(place)
        name, pc = place
        if place == (scene, goal):
            return True
        open_ += _next(story, name, pc, story.data(name))
    return False


def _next(story: Story, scene: str, pc: int, data: Data) -> list[tuple[str, int]]:
    op = data["ops"][pc]
    if op[0] in _STOPS:
        return []
    if op[0] == "if":
        return [(scene, pc + 1), (scene, op[2])]
    if op[0] == "jump":
        return [(scene, op[1])]
    if op[0] == "go":
        places = []
        for _, target in op[1]:
            if target != "back":
                owner, _, inner = target.partition(".")
                places.append((owner, story.data(owner)["entries"][inner]))
        return places if op[1][-1][0] is None else [*places, (scene, pc + 1)]
    return [(scene, pc + 1)]

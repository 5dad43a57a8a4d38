"""One scene lowered to its program: flows become a flat list of steps, nested choices become names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.model import (
    Ask,
    At,
    Beat,
    Carry,
    Checkpoint,
    Choice,
    Choices,
    Do,
    Draw,
    Draws,
    End,
    Flow,
    Go,
    Include,
    Need,
    Prose,
    Say,
    Scene,
    Step,
    Then,
    Visit,
)
from game.load.context import Context

if TYPE_CHECKING:
    from game.engine.types import Code
    from game.load.lower import _Lowering

Data = dict[str, Any]
_UNSET = -1
MAX_STEPS = 20_000
MAX_CHOICES = 500


class Written(NamedTuple):
    """What the author wrote for a program, beside it and not in it, for whoever has to point at it.

    `steps` by the index of a step: the logic of an `if`, the text of what is said, the (source, effect) of an effect or a
    wait, the choices of a set in the order of its items; else the node of the model. `beats`: where each begins.
    """

    steps: dict[int, Any]
    beats: list[tuple[int, Beat]]


class Scope:
    """Where in the story a flow stands. `target` counts its visits, `path` names its sets, `context` resolves its names.

    `own` is false for choices included from another scene: their bodies are copied here, but their targets stay where they are.
    """

    __slots__ = ("context", "old", "own", "path", "scene", "target")

    def __init__(self, context: Context, scene: str, target: str, path: str, own: bool = True) -> None:
        self.context, self.scene, self.target, self.path, self.own = context, scene, target, path, own

    def at(self, path: str) -> Scope:
        return Scope(self.context, self.scene, self.target, path, self.own)

    def named(self, name: str) -> Scope:
        full = f"{self.scene}.{name}"
        return Scope(self.context, self.scene, full, full, self.own)


class SceneLowering:
    def __init__(self, story: _Lowering, scene: Scene) -> None:
        self.story = story
        self.scene = scene
        self.ops: list[list[Any]] = []
        self.lines: list[int] = []
        self.entries: dict[str, int] = {}
        self.sets: dict[str, list[int]] = {}
        self.sites: dict[str, int] = {}
        self.origins = Written({}, [])
        self.written = self.origins.steps
        self.counts: dict[str, int] = {}
        self.including: list[str] = []

    def run(self) -> Data:
        scene = self.scene
        scope = Scope(Context(self.story.survey, scene.id, scene.pack), scene.id, scene.id, scene.id)
        self.entries[""] = 0
        self.emit(scene.at, "enter", scene.id)
        self.beat(scene.beat, scope)
        self.emit(scene.at, "done")
        if scene.skip is not None:
            self.entries["@skip"] = len(self.ops)
            self.flow(scene.skip, scope)
            self.emit(scene.at, "done")
        for part in scene.parts:
            inner = scope.named(part.id)
            self.entries[part.id] = len(self.ops)
            self.emit(part.at, "enter", inner.target)
            if part.title is not None:
                self.written[self.emit(part.at, "heading", self.prose(part.title, inner))] = part.title
            self.beat(part.beat, inner)
            self.emit(part.at, "done")
        program = {"ops": self.ops, "lines": self.lines, "entries": self.entries, "sets": self.sets, "sites": self.sites}
        return program | {"title": self.prose(scene.title, scope), "subtitle": self.prose(scene.subtitle, scope)}

    # helpers

    def emit(self, at: At, *op: Any) -> int:
        self.ops.append(list(op))
        self.lines.append(at.line)
        return len(self.ops) - 1

    def prose(self, prose: Prose | None, scope: Scope) -> list[Code] | None:
        if prose is None:
            return None
        return self.story.prose(prose, scope.context, scope.target, lambda: self.number(f"{scope.target}:shuffle"))

    def number(self, name: str) -> int:
        """The number among equals."""
        count = self.counts.get(name, 0)
        self.counts[name] = count + 1
        return count

    def asked(self, path: str, variable: str) -> str:
        """The name of a question; a second one for the same variable in the same set is told apart by its number."""
        count = self.number(f"{path}/{variable}:ask")
        return f"{path}/{variable}#{count}" if count else f"{path}/{variable}"

    def site(self, path: str, spelled: str) -> str:
        """The name of a place where chance is asked or a visit comes back to."""
        name = f"{path}:{spelled}"
        count = self.number(name)
        return f"{name}#{count}" if count else name

    def test(self, logic: Any, scope: Scope) -> Code | None:
        if logic is None:
            return None
        return self.story.logic(logic, scope.context, site=lambda spelled: self.site(scope.path, spelled))

    # flows

    def flow(self, flow: Flow, scope: Scope) -> None:
        for beat in flow:
            self.beat(beat, scope)

    def beat(self, beat: Beat, scope: Scope) -> None:
        self.origins.beats.append((len(self.ops), beat))
        if beat.id is not None:
            scope = scope.named(beat.id)
            if scope.own:
                self.entries[beat.id] = len(self.ops)
        if beat.skip is not None:
            self.skipped(beat, beat.skip, scope)
        else:
            self.tested(beat, scope)

    def skipped(self, beat: Beat, skip: Flow, scope: Scope) -> None:
        """For a player who has opted out of the scene's content, the beat's `skip` plays in its place."""
        tags = [tag.text for tag in self.story.model.scenes[scope.scene].content]
        shows = self.emit(beat.at, "if", ["not", ["opted", tags]], _UNSET)
        self.tested(beat, scope)
        leaves = self.emit(beat.at, "jump", _UNSET)
        self.ops[shows][2] = len(self.ops)
        self.flow(skip, scope)
        self.ops[leaves][1] = len(self.ops)

    def tested(self, beat: Beat, scope: Scope) -> None:
        fails: int | None = None
        if beat.test is not None:
            fails = self.emit(beat.at, "if", self.test(beat.test, scope), _UNSET)
            self.written[fails] = beat.test
        if beat.id is not None:
            self.emit(beat.at, "enter", scope.target)
        self.steps(beat, scope)
        if fails is None:
            return
        leaves = None
        if beat.others or beat.otherwise:
            leaves = self.emit(beat.at, "jump", _UNSET)
        self.ops[fails][2] = len(self.ops)
        if beat.others:
            first, *rest = beat.others
            chained = replace(first, others=tuple(rest), otherwise=beat.otherwise)
            self.beat(chained, scope)
        else:
            self.flow(beat.otherwise, scope)
        if leaves is not None:
            self.ops[leaves][1] = len(self.ops)

    def steps(self, beat: Beat, scope: Scope) -> None:
        offered = False
        for step in beat.steps:
            if isinstance(step, Draws):
                self.plays(step, scope)
            if isinstance(step, Choices) or (isinstance(step, Draws) and any(not draw.play for draw in step.draws)):
                if not offered:
                    self.offer(beat, step.at, scope)
                offered = True
            elif not isinstance(step, Draws):
                self.step(step, scope)

    def step(self, step: Step, scope: Scope) -> None:
        if isinstance(step, Say):
            self.written[self.emit(step.at, "say", self.prose(step.prose, scope))] = step.prose
        elif isinstance(step, Do):
            self.effects(step, scope)
        elif isinstance(step, Carry):
            self.written[len(self.ops)] = step
            self.emit(step.at, "carry", step.given, [paper.text for paper in step.papers])
        elif isinstance(step, Visit):
            site = self.site(scope.path, f"visit {step.target.text}")
            self.emit(step.at, "visit", scope.context.target(step.target.text) or "", site)
            self.sites[site] = len(self.ops)
        elif isinstance(step, Ask):
            key = self.asked(scope.path, step.into.text)
            pc = self.emit(step.at, "ask", key, step.into.text, self.prose(step.say, scope), step.default, step.limit)
            self.sets.setdefault(key, []).append(pc)
            self.written[pc] = step
        elif isinstance(step, Then):
            self.flow(step.flow, scope)
        elif isinstance(step, Go):
            routes = []
            for test, target in step.routes:
                full = "back" if target.text == "back" else scope.context.target(target.text) or ""
                routes.append([self.test(test, scope), full])
            self.written[self.emit(step.at, "go", routes)] = step
        elif isinstance(step, End):
            ending = self.story.model.endings.get(step.ending.text)
            self.written[len(self.ops)] = step
            self.emit(step.at, "end", step.ending.text, self.prose(ending.text if ending else None, scope))
        elif isinstance(step, Checkpoint):
            self.written[self.emit(step.at, "checkpoint", self.prose(step.name, scope))] = step.name

    def effects(self, step: Do, scope: Scope) -> None:
        for effects in step.effects:
            checker = self.story.checker(scope.context, lambda spelled: self.site(scope.path, spelled))
            for effect in effects.tree:
                kind, name, value, guard = checker.effect(effect)
                at = effects.source.at(effect.start, effect.end)
                self.written[len(self.ops)] = (effects.source, effect)
                if kind in ("wait", "until", "turn"):
                    site = self.site(scope.path, "wait")
                    self.sites[site] = self.emit(at, "wait", kind, value, guard, site)
                else:
                    self.emit(at, "effect", kind, name, value, guard)
            self.story.report(checker, effects.source)

    # sets

    def plays(self, step: Draws, scope: Scope) -> None:
        draws = [draw for draw in step.draws if draw.play]
        if draws:
            site = self.site(scope.path, f"play {_decks(draws)}")
            self.sites[site] = self.emit(step.at, "play", site, [[draw.deck.text, draw.count] for draw in draws])

    def offer(self, beat: Beat, at: At, scope: Scope) -> None:
        choices = [item for step in beat.steps if isinstance(step, Choices) for item in step.items]
        draws = [draw for step in beat.steps if isinstance(step, Draws) for draw in step.draws if not draw.play]
        site = self.site(scope.path, f"draw {_decks(draws)}") if draws else ""
        items: list[Data] = []
        first = next(step for step in beat.steps if isinstance(step, (Choices, Draws)))
        pairs = [[draw.deck.text, draw.count] for draw in draws]
        pc = self.emit(at, "offer", scope.path, items, pairs, site, _UNSET, isinstance(first, Draws))
        self.sets.setdefault(scope.path, []).append(pc)
        bodies: list[tuple[Data, Choice, Scope]] = []
        self.items(choices, scope, items, bodies)
        self.grafts(scope, items, bodies)
        leaves = []
        for item, choice, inner in bodies:
            if choice.beat.steps:
                item["pc"] = len(self.ops)
                self.steps(choice.beat, inner)
                leaves.append(self.emit(choice.at, "jump", _UNSET))
        below = len(self.ops)
        for leave in leaves:
            self.ops[leave][1] = below
        self.written[pc] = [choice for _, choice, _ in bodies]
        for item in items:
            item["pc"] = below if item["pc"] == _UNSET else item["pc"]
        self.ops[pc][5] = below
        if site:
            self.sites[site] = below

    def items(self, choices: Any, scope: Scope, items: list[Data], bodies: list[tuple[Data, Choice, Scope]]) -> None:
        for choice in choices:
            if isinstance(choice, Include):
                self.include(choice, scope, items, bodies)
                continue
            inner = scope.at(f"{scope.path}/{choice.id}")
            item = {
                "key": inner.path,
                "label": self.prose(choice.label, scope),
                "note": self.prose(choice.note, scope),
                "if": self.test(choice.test, inner),
                "needs": [self.need(need, inner) for need in choice.needs],
                "once": choice.once,
                "final": choice.final,
                "intent": list(choice.intent),
                "was": f"{scope.path}/{choice.was}" if choice.was else "",
                "pc": _UNSET,
            }
            items.append(item)
            bodies.append((item, choice, inner))

    def need(self, need: Need, scope: Scope) -> list[Any]:
        code = self.test(need.test, scope)
        if need.reason is not None:
            return [code, self.prose(need.reason, scope)]
        tree = need.test.tree
        reason = self.story.reasons.get(tree.value) if tree.kind == "name" else None
        if reason is None:
            message = "a need has a reason, or is the name of a rule that has one"
            self.story.faults.add("unknown-rule-reason", need.at, message, "write `{condition: The reason.}`")
        return [code, reason or []]

    def include(self, step: Include, scope: Scope, items: list[Data], bodies: list[tuple[Data, Choice, Scope]]) -> None:
        full = scope.context.target(step.target.text)
        owner = self.story.model.scenes.get(full.partition(".")[0]) if full else None
        if full is None or owner is None or full in self.including:
            return  # the names pass has said so
        part = full.partition(".")[2]
        beat = next((found.beat for found in owner.parts if found.id == part), None) if part else owner.beat
        if beat is None:
            return
        if len(self.ops) > MAX_STEPS or len(items) > MAX_CHOICES:
            message = f"with what it includes this comes to more than {MAX_CHOICES} choices or {MAX_STEPS:,} steps"
            self.story.faults.add("too-large", step.at, message)
            return
        self.including.append(full)
        theirs = Scope(Context(self.story.survey, owner.id, owner.pack), owner.id, full, full, own=False)
        for found in beat.steps:
            if isinstance(found, Choices):
                self.items(found.items, theirs, items, bodies)
        self.grafted(theirs, items, bodies)
        self.including.pop()

    def grafts(self, scope: Scope, items: list[Data], bodies: list[tuple[Data, Choice, Scope]]) -> None:
        if len(self.sets[scope.path]) > 1:
            return  # of several sets with one name, the first is the one that can be grafted on
        self.grafted(scope, items, bodies)

    def grafted(self, scope: Scope, items: list[Data], bodies: list[tuple[Data, Choice, Scope]]) -> None:
        """What packs add to the set of this name; it travels with the set where that is included."""
        for graft in self.story.survey.grafts.get(scope.path, ()):
            context = Context(self.story.survey, scope.scene, graft.pack)
            theirs = Scope(context, scope.scene, scope.target, scope.path, own=False)
            self.items(graft.choices, theirs, items, bodies)


def _decks(draws: list[Draw]) -> str:
    return "+".join(draw.deck.text for draw in draws)

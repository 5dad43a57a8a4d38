"""From the model to what the engine plays: every name resolved, every expression typed, every scene a program of plain data."""

from __future__ import annotations

from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.calendar import Period
from game.engine.prose import ProseChecker, only_words
from game.engine.types import TRUTH, Checker, Code, Names, Type
from game.load.context import Context, survey
from game.load.diagnostics import Diagnostic, Faults
from game.load.lower_scene import SceneLowering
from game.load.targets import beats_of

if TYPE_CHECKING:
    from game.engine.model import Logic, Model, Name, Prose, Scene, Source, Variable
    from game.load.lower_scene import Written

Data = dict[str, Any]
MAX_STORY = 2_000_000


class Lowered(NamedTuple):
    """`tables` are the story's index; `written` holds, by scene, what the author wrote for each step; it is not kept."""

    tables: Data
    programs: dict[str, Data]
    faults: tuple[Diagnostic, ...]
    written: dict[str, Written]


def lower(model: Model) -> Lowered:
    """The story's index, a program for each scene, and what is wrong inside expressions and texts.

    Index and programs are JSON. They are to be played only if no diagnostic here or before is an error.
    """
    return _Lowering(model).run()


class _Lowering:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.faults = Faults()
        self.survey = survey(model)
        self.kinds = {name: type_of(variable) for name, variable in model.variables.items()}
        self.scaled = frozenset(name for name, variable in model.variables.items() if variable.scale)
        self.snippets = {name: snippet.prose.tree for name, snippet in model.snippets.items()}
        self.rules: dict[str, tuple[Code, int]] = {}
        self.shared: dict[str, Any] = {  # the same for every expression, so gathered once
            "variables": self.kinds,
            "rules": self.rules,
            "people": frozenset(model.people),
            "papers": frozenset(model.papers),
            "cards": frozenset(model.cards),
            "places": tuple(model.places),
            "acts": tuple(act.id for act in model.info.acts),
            "targets": tuple(sorted(self.survey.targets)),
        }
        self.size = 0
        self.reasons: dict[str, list[Code] | None] = {}
        self.files: dict[str, str] = {}
        self.written: dict[str, Written] = {}

    def run(self) -> Lowered:
        self.lower_rules()
        for snippet in self.model.snippets.values():
            self.prose(snippet.prose, Context(self.survey), "", inside=snippet.id)
        programs = {}
        for name, scene in self.model.scenes.items():
            lowering = SceneLowering(self, scene)
            programs[name] = lowering.run()
            self.written[name] = lowering.origins
        return Lowered(self.index(), programs, tuple(self.faults), self.written)

    # names and types

    def names(self, context: Context) -> Names:
        if context.names is None:
            context.names = Names(target=context.target, taken=context.taken, **self.shared)
        return context.names

    def checker(self, context: Context, site: Any = lambda spelled: spelled, *, random: bool = True) -> Checker:
        return Checker(self.names(context), site, random=random)

    def report(self, checker: Checker, source: Source) -> None:
        for fault in checker.faults:
            self.faults.add(fault.code, source.at(fault.start, fault.end), fault.message, fault.fix, fault.note)
        checker.faults.clear()
        self.grow(checker.size, source)

    def grow(self, parts: int, source: Source) -> None:
        self.size += parts
        if self.size > MAX_STORY > self.size - parts:
            message = f"with its rules and snippets the story comes to more than {MAX_STORY:,} parts"
            self.faults.add("too-large", source.at(), message)

    def logic(self, logic: Logic, context: Context, want: Type = TRUTH, site: Any = lambda spelled: spelled) -> Code:
        checker = self.checker(context, site)
        code = checker.truth(logic.tree) if want == TRUTH else checker.of_type(logic.tree, want)
        self.report(checker, logic.source)
        return code

    def prose(
        self, prose: Prose | None, context: Context, scope: str, count: Any = lambda: 0, inside: str = ""
    ) -> list[Code] | None:
        if prose is None:
            return None
        if (words := only_words(prose.tree)) is not None:
            self.grow(1, prose.source)
            return words
        checker = self.checker(context, random=False)
        texts = ProseChecker(checker, scope, scaled=self.scaled, snippets=self.snippets, count=count)
        if inside:
            texts.enter_snippet(inside)
        code = texts.check(prose.tree)
        self.report(checker, prose.source)
        return code

    def lower_rules(self) -> None:
        """Rules may speak of each other, in any order, but not in a circle."""
        context, rules = Context(self.survey), self.model.rules
        try:
            order = list(
                TopologicalSorter({name: _mentions(rule.test.tree) & rules.keys() for name, rule in rules.items()}).static_order()
            )
        except CycleError as error:
            for name in dict.fromkeys(error.args[1]):
                self.faults.add("rule-loop", rules[name].test.source.at(), f"the rule `{name}` rests on itself")
            self.rules.update({name: (["lit", False], 1) for name in rules})
            order = []
        for name in order:
            logic = rules[name].test
            checker = self.checker(context, lambda spelled, name=name: f"rule {name}:{spelled}")
            self.rules[name] = (checker.truth(logic.tree), checker.size)
            self.report(checker, logic.source)
        for name, rule in rules.items():
            self.reasons[name] = self.prose(rule.reason, context, "")

    # tables

    def index(self) -> Data:
        model, info = self.model, self.model.info
        start = Context(self.survey)
        lengths = [days for act in info.acts for days in act.turns]
        first, acts = 1, []
        for act in info.acts:
            acts.append({"id": act.id, "title": act.title, "turn": first})
            first += len(act.turns)
        return {
            "id": info.id,
            "title": info.title,
            "version": info.version,
            "byline": info.byline,
            "intro": info.intro,
            "start": start.target(info.start.text) or info.start.text,
            "hubs": [start.target(hub.text) or hub.text for hub in info.hubs],
            "content": dict(info.content),
            "packs": [{"id": pack.id, "version": pack.version, "title": pack.title} for pack in model.packs],
            "renamed": dict(sorted(self.survey.renamed.items())),
            "calendar": {"date": info.date.isoformat(), "lengths": lengths, "acts": [[act["id"], act["turn"]] for act in acts]},
            "acts": acts,
            "variables": {name: _variable_row(variable) for name, variable in model.variables.items()},
            "people": {
                person.id: {"name": person.name, "about": person.about, "real": person.real, "standing": text_of(person.standing)}
                for person in model.people.values()
            },
            "places": {
                place.id: {
                    "name": place.name, "about": place.about, "map": place.map, "spot": list(place.spot) if place.spot else None,
                }
                for place in model.places.values()
            },
            "papers": {paper.id: {"title": paper.title} for paper in model.papers.values()},
            "paper_texts": {paper.id: self.prose(paper.text, start, "") for paper in model.papers.values()},
            "endings": {ending.id: {"title": ending.title, "early": ending.early} for ending in model.endings.values()},
            "cards": {
                card.id: {
                    "title": card.title, "claim": card.claim, "sources": list(card.sources), "confidence": card.confidence,
                    "changed": card.changed, "date": card.date,
                }
                for card in model.cards.values()
            },
            "roles": {role.id: dict(role.weights) for role in model.roles.values()},
            "scenes": {name: self.scene_row(scene) for name, scene in model.scenes.items()},
            "conditions": {name: pair for name, scene in model.scenes.items() if (pair := self.conditions(scene))},
        }  # fmt: skip

    def scene_row(self, scene: Scene) -> Data:
        history = scene.history
        every = None
        if scene.every is not None:
            if scene.every.tree.kind == "literal" and scene.every.tree.value[0] == "span":
                every = data(scene.every.tree.value[1])
            else:
                self.faults.add("type-mismatch", scene.every.source.at(), "`every` is a span such as `3 months`")
        return {
            "file": self.shown(scene.at.file),
            "line": scene.at.line,
            "decks": [deck.text for deck in scene.decks],
            "day": data(scene.day),
            "first": data(scene.first) if scene.decks else None,  # an event begins on its day
            "last": data(scene.last),
            "once": scene.once is not False,
            "every": every,
            "place": text_of(scene.place),
            "cast": [person.text for person in scene.cast],
            "content": [tag.text for tag in scene.content],
            "skips": scene.skip is not None
            or (bool(scene.content) and any(placed.beat.skip is not None for placed in beats_of(scene))),
            "status": history.status if history else "",
            "cards": [card.text for card in history.cards] if history else [],
            "note": history.note if history else "",
            "tags": list(scene.tags),
            "terms": 0 if scene.when is None else _terms(scene.when),
        }

    def shown(self, file: str) -> str:
        """A file's name as `folder/file`, the same from wherever the story was loaded. Asked for each scene, so kept by file."""
        if file not in self.files:
            self.files[file] = self._shown(file)
        return self.files[file]

    def _shown(self, file: str) -> str:
        folder = PurePath(self.model.info.at.file).parent
        try:
            return str(PurePath(folder.name) / PurePath(file).relative_to(folder))
        except ValueError:
            return file

    def conditions(self, scene: Scene) -> list[Any] | None:
        if scene.when is None and scene.weight is None:
            return None
        context = Context(self.survey, scene.id, scene.pack)
        when = (
            None if scene.when is None else self.logic(scene.when, context, TRUTH, lambda spelled: f"{scene.id}:when {spelled}")
        )
        weight = None
        if scene.weight is not None:
            weight = self.logic(scene.weight, context, Type("number"), lambda spelled: f"{scene.id}:weight {spelled}")
        return [when, weight]


def _mentions(tree: Any) -> set[str]:
    found = {tree.value} if tree.kind == "name" else set()
    return found.union(*(_mentions(arg) for arg in tree.args))


def _terms(logic: Logic) -> int:
    """How specific a condition is: its terms joined by `and`."""
    return len(logic.tree.args) if logic.tree.kind == "and" else 1


def type_of(variable: Variable) -> Type:
    return Type(variable.kind, tuple(variable.words)) if variable.kind == "word" else Type(variable.kind)


def text_of(name: Name | None) -> str:
    return "" if name is None else name.text


def data(value: Any) -> Any:
    """A value as JSON."""
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Period):
        return {"$span": value.to_text()}
    return value


def _variable_row(variable: Variable) -> Data:
    names = ("kind", "low", "high", "label", "group", "rises", "falls", "better", "series", "keep")
    row: Data = {name: getattr(variable, name) for name in names}
    row |= {"start": data(variable.start), "words": dict(variable.words), "scale": [list(step) for step in variable.scale]}
    return row

"""The names pass: whether everything that is named exists, once, and can be reached. All that is wrong is reported at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.engine.model import (
    Ask,
    Carry,
    Choice,
    Choices,
    Draws,
    End,
    Go,
    Graft,
    Include,
    Model,
    Name,
    Scene,
    Visit,
)
from game.load.diagnostics import Diagnostic, Faults, place
from game.load.files import ANYTHING
from game.load.names import alike, near
from game.load.reach import check_ends
from game.load.targets import (
    BACK,
    Placed,
    Target,
    beats_of_graft,
    find_set,
    find_target,
    includes,
    local,
    named,
    scene_of_set,
    set_names,
    targets,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


MAX_SEARCHES = 100
"""How many unknown names get a note with the nearest real one; with more the story is a ruin, and looking takes too long."""


def resolve(model: Model, lost: frozenset[str] = frozenset()) -> tuple[Diagnostic, ...]:
    """What is wrong with the names of a model. `lost`: names that stand in files which could not be read; they count as known."""
    resolver = _Resolver(model, lost)
    resolver.run()
    return tuple(resolver.faults)


class _Resolver:
    def __init__(self, model: Model, lost: frozenset[str]) -> None:
        self.model = model
        self.lost = lost
        self.faults = Faults()
        self.placed = walk(model)
        self.targets = targets(model, self.placed)
        self.sets = set_names(model, self.placed)
        self.decks = {deck.text for scene in model.scenes.values() for deck in scene.decks}
        self.offered: set[str] = set()
        self.drawn: set[str] = set()
        self.searches = 0

    def run(self) -> None:
        model = self.model
        self.info()
        for person in model.people.values():
            if person.standing is not None:
                self.known(person.standing, model.variables, "unknown-variable", "variable")
        self.words()
        for scene in model.scenes.values():
            self.scene(scene)
        for graft in model.grafts:
            self.graft(graft)
        self.included()
        self.twins()
        self.storylets()
        if not self.lost:
            check_ends(model, self.targets, self.faults)

    # one name

    def is_lost(self, text: str) -> bool:
        return ANYTHING in self.lost or text.partition(".")[0] in self.lost or text.rpartition("/")[2] in self.lost

    def near(self, name: str, names: Iterable[str], what: str) -> str:
        self.searches += 1
        return near(name, names, what) if self.searches <= MAX_SEARCHES else ""

    def known(self, name: Name, table: Iterable[str], code: str, what: str) -> bool:
        names = table if isinstance(table, (dict, set, frozenset)) else set(table)
        if name.text in names:
            return True
        if not self.is_lost(name.text):
            article = "an" if what[0] in "aeiou" else "a"
            self.faults.add(
                code, name.at, f"no {what} is called `{name.text}`", "", self.near(name.text, names, f"{article} {what}")
            )
        return False

    def target(self, name: Name, scene: str, pack: str) -> str | None:
        found = find_target(self.targets, name.text, scene, pack)
        if found is None and not self.is_lost(name.text):
            self.unknown_target(name, scene, pack)
        return found

    def unknown_target(self, name: Name, scene: str, pack: str) -> None:
        if self.searches >= MAX_SEARCHES:
            self.faults.add("unknown-target", name.at, f"no scene, part or beat is called `{name.text}`")
            return
        owner, dot, inner = name.text.partition(".")
        if dot and (full := find_target(self.targets, owner, scene, pack)) is not None:
            own = {key.partition(".")[2]: target for key, target in self.targets.items() if target.scene == full and "." in key}
            note = self.near(inner, own, "a part or beat")
            self.faults.add("unknown-target", name.at, f"`{owner}` has no part or beat called `{inner}`", "", note)
            return
        here = {
            key.removeprefix(f"{scene}.").removeprefix(f"{pack}/" if pack else ""): target
            for key, target in self.targets.items()
            if "." not in key or target.scene == scene
        }
        note = self.near(name.text, here, "a name")
        if note:
            close = note.rpartition(": `")[2].rstrip("`")
            note = f"a {here[close].kind} with a similar name exists: `{close}`"
        elsewhere = sorted(key for key in self.targets if key.endswith(f".{name.text}"))
        notes = [note, f"one is called so in another scene: `{elsewhere[0]}`" if elsewhere else ""]
        if any(name.text in ids for key, ids in self.sets.items() if scene_of_set(key) == scene):
            notes.append(f"`{name.text}` is the id of a choice, and choices are no targets")
        self.faults.add("unknown-target", name.at, f"no scene is called `{name.text}`", "", *notes)

    # declarations

    def info(self) -> None:
        info = self.model.info
        for name in (*([info.start] if info.start.text else []), *info.hubs):
            if name.text in self.model.scenes or self.is_lost(name.text):
                continue
            self.unknown_target(name, "", "")

    def words(self) -> None:
        model = self.model
        for rule in model.rules.values():
            if rule.id in model.variables:
                first = model.variables[rule.id].at
                note = f"the variable stands in {place(first)}"
                self.faults.add(
                    "duplicate-name", rule.at, f"a variable is called `{rule.id}` already", "call the rule otherwise", note
                )
        for variable in model.variables.values():
            for word in variable.words:
                for what, table in (("variable", model.variables), ("rule", model.rules)):
                    if word in table:
                        message = f"the word `{word}` of this variable is also the name of a {what}"
                        entry: Any = table[word]
                        self.faults.add(
                            "word-clash",
                            variable.at,
                            message,
                            "call one of them otherwise",
                            f"the {what} stands in {place(entry.at)}",
                        )

    # scenes

    def scene(self, scene: Scene) -> None:
        model = self.model
        if scene.place is not None:
            self.known(scene.place, model.places, "unknown-place", "place")
        for person in scene.cast:
            self.known(person, model.people, "unknown-person", "person")
        for content in scene.content:
            if model.info.id:
                self.known(content, model.info.content, "unknown-content", "content")
        for card in scene.history.cards if scene.history else ():
            self.known(card, model.cards, "unknown-card", "codex card")
        self.ids(scene)
        for placed in self.placed[scene.id]:
            self.beat(placed)

    def ids(self, scene: Scene) -> None:
        """Parts and beats have names of their own: unique in the scene, and never a scene's."""
        first: dict[str, Target] = {}
        for target in named(scene, self.placed[scene.id]):
            name = target.name.partition(".")[2]
            before = first.setdefault(target.name, target)
            if before is not target:
                note = f"a {before.kind} in line {before.at.line} has it first"
                self.faults.add(
                    "duplicate-name", target.at, f"the name `{name}` stands twice in `{scene.id}`", "call one otherwise", note
                )
            shadowed = find_target(self.model.scenes, name, "", scene.pack)
            if shadowed is not None:
                other = self.model.scenes[shadowed].at
                message = f"this {target.kind} has the name of a scene: `{name}`"
                self.faults.add(
                    "shadowed-name",
                    target.at,
                    message,
                    f"call the {target.kind} otherwise",
                    f"the scene stands in {place(other)}",
                )

    def beat(self, placed: Placed) -> None:
        model = self.model
        for step in placed.beat.steps:
            if isinstance(step, Go):
                for _, name in step.routes:
                    if name.text != BACK:
                        self.target(name, placed.scene, placed.pack)
            elif isinstance(step, Visit):
                self.target(step.target, placed.scene, placed.pack)
            elif isinstance(step, Carry):
                for paper in step.papers:
                    self.known(paper, model.papers, "unknown-paper", "paper")
            elif isinstance(step, End):
                self.known(step.ending, model.endings, "unknown-ending", "ending")
            elif isinstance(step, Draws):
                for draw in step.draws:
                    if draw.deck.text == "any" or self.known(draw.deck, self.decks, "unknown-deck", "deck"):
                        self.offered |= set() if draw.play else {draw.deck.text}
                        self.drawn.add(draw.deck.text)
            elif isinstance(step, Ask):
                self.ask(step)

    def ask(self, step: Ask) -> None:
        variable = self.model.variables.get(step.into.text)
        if variable is None:
            self.known(step.into, self.model.variables, "unknown-variable", "variable")
        elif variable.kind != "text":
            message = f"an answer is text; the variable `{variable.id}` is not"
            fix = "give it a text as its start value, or `type: text`"
            self.faults.add("type-mismatch", step.into.at, message, fix, f"it is declared in {place(variable.at)}")

    # sets

    def graft(self, graft: Graft) -> None:
        full = find_set(self.sets, graft.extend.text, graft.pack)
        if full is None:
            if not self.is_lost(graft.extend.text.partition("/")[0]):
                note = self.near(graft.extend.text, self.sets, "a set")
                self.faults.add("unknown-set", graft.extend.at, f"no set of choices is called `{graft.extend.text}`", "", note)
            return
        for placed in beats_of_graft(graft, full):
            self.beat(placed)

    def included(self) -> None:
        edges: dict[str, list[str]] = {}
        for set_name, item, scene, pack in includes(self.model, self.placed):
            found = self.target(item.target, scene, pack)
            if found is None:
                continue
            if found not in self.sets:
                self.faults.add(
                    "include-without-choices", item.target.at, f"`{item.target.text}` has no choices of its own to include"
                )
                continue
            edges.setdefault(set_name, []).append(found)
            if _reaches(edges, found, set_name):
                message = f"`{item.target.text}` includes the choices of this set in turn"
                self.faults.add("include-loop", item.target.at, message, "take one of the two away")

    def twins(self) -> None:
        """Sets of one name share no choice id, wherever they stand; grafts are part of their set."""
        found: dict[str, dict[str, Choice]] = {}
        for scene in self.model.scenes.values():
            for placed in self.placed[scene.id]:
                for step in placed.beat.steps:
                    if isinstance(step, Choices):
                        self.distinct(step.items, found.setdefault(placed.set, {}), "twin-labels")
        for graft in self.model.grafts:
            full = find_set(self.sets, graft.extend.text, graft.pack)
            if full is not None:
                self.distinct(graft.choices, found.setdefault(full, {}), "graft-clash")
                for placed in beats_of_graft(graft, full):
                    for step in placed.beat.steps:
                        if isinstance(step, Choices):
                            self.distinct(step.items, found.setdefault(placed.set, {}), "twin-labels")

    def distinct(self, items: tuple[Choice | Include, ...], ids: dict[str, Choice], code: str) -> None:
        for item in items:
            if not isinstance(item, Choice):
                continue
            first = ids.setdefault(item.id, item)
            if first is item:
                continue
            message = f"the set has a choice with the id `{item.id}` already"
            fix = "give it an `id` of its own" if item.written_id else "give one of the two an `id`"
            self.faults.add(code, item.at, message, fix, f"the first stands in {place(first.at)}")

    def storylets(self) -> None:
        """A storylet is offered under its title; one in decks that nothing draws from is never met."""
        for scene in self.model.scenes.values():
            if scene.decks and self.drawn and not self.drawn & {"any", *(deck.text for deck in scene.decks)}:
                deck = scene.decks[0]
                names = sorted(self.drawn, key=lambda name: (-alike(deck.text, name), name))
                note = f"the decks that are drawn from, the nearest first: {_listed(names)}"
                self.faults.add("undrawn-deck", deck.at, f"nothing draws from the deck `{deck.text}`", "", note)
            if scene.title is None and any(deck.text in self.offered or "any" in self.offered for deck in scene.decks):
                message = f"the storylet `{local(scene)}` is offered under its title, and has none"
                self.faults.add("untitled-storylet", scene.at, message, "add `title: …`")


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(f"`{name}`" for name in names[:6]) + more


def _reaches(edges: Mapping[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], set()
    while waiting:
        one = waiting.pop()
        if one == goal:
            return True
        if one not in seen:
            seen.add(one)
            waiting += edges.get(one, [])
    return False

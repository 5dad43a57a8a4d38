"""What is declared and never used: variables that nothing reads or sets, and names that no scene brings into play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.workshop.analysis.written import names_in, names_in_prose

if TYPE_CHECKING:
    from game.engine.model import Model, Variable
    from game.load.diagnostics import Faults
    from game.workshop.analysis.written import Written


def check_uses(model: Model, found: Written, faults: Faults) -> None:
    """Reports variables that are only written or only read, and declarations that nothing names."""
    asked, learnt, changed = _asked(model, found)
    read = {name for kind, name in asked if kind == "name"} | {
        person.standing.text for person in model.people.values() if person.standing
    }
    for variable in model.variables.values():
        _variable(variable, variable.id in read, variable.id in changed, faults)
    named = {
        "rule": read,
        "snippet": {name for kind, name in asked if kind == "snippet"},
        "paper": {paper.text for carry in found.carried if carry.given for paper in carry.papers},
        "person": {person.text for scene in model.scenes.values() for person in scene.cast},
        "place": read
        | {scene.place.text for scene in model.scenes.values() if scene.place}
        | {place.id for place in model.places.values() if place.spot},
        "card": learnt | {name for kind, name in asked if kind == "link"}
        | {card.text for scene in model.scenes.values() if scene.history for card in scene.history.cards},
    }  # fmt: skip
    tables: dict[str, tuple[dict[str, Any], str]] = {
        "rule": (model.rules, "no condition names it"),
        "snippet": (model.snippets, "no text names it"),
        "paper": (model.papers, "nothing gives it to the player"),
        "person": (model.people, "no scene has them in its `cast`"),
        "place": (model.places, "no scene plays there, and it is on no map"),
        "card": (model.cards, "nothing learns it, links to it or names it in a `history`"),
    }
    for what, (table, why) in tables.items():
        for name, entry in table.items():
            if name not in named[what]:
                faults.add("unused-declaration", entry.at, f"the {what} `{name}` is never used: {why}", "use it, or take it away")


def _variable(variable: Variable, read: bool, changed: bool, faults: Faults) -> None:
    name = variable.id
    if not read and not variable.label:
        message = f"nothing reads `{name}`" + ("" if changed else ", and nothing sets it")
        faults.add(
            "unread-variable", variable.at, message, "read it in a condition or a text, give it a `label`, or take it away"
        )
    elif not changed:
        message = f"nothing ever sets `{name}`: it stays what it is at the start"
        faults.add("unset-variable", variable.at, message, "set it in a `do` or an `ask`, or write its value where it is read")


def _asked(model: Model, found: Written) -> tuple[set[tuple[str, str]], set[str], set[str]]:
    """What logic and texts ask of; the cards that are learnt; the variables that something changes."""
    asked: set[tuple[str, str]] = set()
    learnt, changed = set(), {name.text for name in found.asked}
    for tree in {logic.source.text: logic.tree for logic in found.logics}.values():
        asked.update(names_in(tree))
    for effects_tree in {effects.source.text: effects.tree for effects in found.effects}.values():
        for effect in effects_tree:
            if effect.kind == "learn":
                learnt.add(effect.name)
            elif effect.name:
                changed.add(effect.name)
            for inner in (effect.value, effect.guard):
                if inner is not None:
                    asked.update(pair for pair in names_in(inner) if pair != ("name", effect.name))
    for prose in found.proses:
        if "{" in prose.source.text or "](" in prose.source.text:
            asked.update(names_in_prose(prose.tree))
    return asked, learnt, changed

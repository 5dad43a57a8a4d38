"""The declarations of a story: people, places, papers, rules, snippets, endings, roles and codex cards, one entry at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.engine.model import Card, Ending, Paper, Person, Place, Prose, Role, Rule, Snippet
from game.load import values
from game.load.decode_variables import variable
from game.load.diagnostics import Faults
from game.load.keys import CARD, ENDING, PAPER, PERSON, PLACE, RULE, STATUSES, Keys
from game.load.names import KEYWORDS, VALUES, check_id
from game.load.nodes import Node, Scalar, Sequence

Entry = Callable[[Scalar, Node, Faults], Any]


def declaration(kind: str, key: Scalar, node: Node, faults: Faults) -> Any:
    """One entry of a declaration file of this kind as its model object; None where it cannot be read."""
    what, reserved, decode = _KINDS[kind]
    if check_id(key, what, reserved, faults) is None:
        return None
    return decode(key, node, faults)


def _fields(node: Node, what: str, known: Keys, faults: Faults) -> values.Fields | None:
    found = values.mapping(node, what, faults)
    return None if found is None else values.Fields(found, what, known, faults)


def _prose(node: Node, faults: Faults) -> Prose | None:
    """A text with logic; a block is best, one line will do."""
    if isinstance(node, Scalar) and node.style == "|":
        return values.block(node, faults)
    if isinstance(node, Scalar) and node.style == ">":
        values.plain_prose(node, faults)
        return None
    found = values.line(node, "a text", faults)
    return None if found is None else values.prose_in(found.source(), faults, block=True)


def _person(key: Scalar, node: Node, faults: Faults) -> Person | None:
    fields = _fields(node, "a person", PERSON, faults)
    if fields is None:
        return None
    standing = fields.name("standing", "the name of a variable")
    name = fields.needed_text("name", key.at)
    return Person(key.at, key.text, name, fields.text("about"), fields.take("real", values.truth, False), standing)


def _place(key: Scalar, node: Node, faults: Faults) -> Place | None:
    fields = _fields(node, "a place", PLACE, faults)
    if fields is None:
        return None
    if ("map" in fields) != ("at" in fields):
        has, lacks = ("map", "at") if "map" in fields else ("at", "map")
        faults.add(
            "missing-key", fields.key_at(has), f"`{has}` needs `{lacks}` beside it", "write `map: world` and `at: [column, row]`"
        )
    spot = fields.take("at", _spot, None)
    return Place(key.at, key.text, fields.needed_text("name", key.at), fields.text("about"), fields.text("map"), spot)


def _spot(node: Node, faults: Faults) -> tuple[int, int] | None:
    if not isinstance(node, Sequence) or len(node.items) != 2:
        faults.add("wrong-type", node.at, "this is not a spot on a map", "write column and row, as in [12, 7]")
        return None
    column, row = (values.whole(item, faults, least=0) for item in node.items)
    return None if column is None or row is None else (column, row)


def _paper(key: Scalar, node: Node, faults: Faults) -> Paper | None:
    fields = _fields(node, "a paper", PAPER, faults)
    if fields is None:
        return None
    return Paper(key.at, key.text, fields.needed_text("title", key.at), fields.take("text", _prose, None))


def _rule(key: Scalar, node: Node, faults: Faults) -> Rule | None:
    fields = _fields(node, "a rule", RULE, faults)
    where = None if fields is None else fields.need("if", key.at)
    test = None if where is None else values.logic(where, "a condition", faults)
    if fields is None or test is None:
        return None
    reason = fields.label("reason", "a reason")
    return Rule(key.at, key.text, test, reason)


def _snippet(key: Scalar, node: Node, faults: Faults) -> Snippet | None:
    prose = _prose(node, faults)
    return None if prose is None else Snippet(key.at, key.text, Prose(prose.source, prose.tree))


def _ending(key: Scalar, node: Node, faults: Faults) -> Ending | None:
    fields = _fields(node, "an ending", ENDING, faults)
    if fields is None:
        return None
    title = fields.needed_text("title", key.at)
    return Ending(key.at, key.text, title, fields.take("text", _prose, None), fields.take("early", values.truth, False))


def _role(key: Scalar, node: Node, faults: Faults) -> Role | None:
    found = values.mapping(node, "weights by intent", faults)
    if found is None:
        return None
    weights = {}
    for intent, value in found.entries:
        weight = values.number(value, faults)
        if weight is not None:
            weights[intent.text] = weight
    return Role(key.at, key.text, weights)


def _card(key: Scalar, node: Node, faults: Faults) -> Card | None:
    fields = _fields(node, "a codex card", CARD, faults)
    if fields is None:
        return None
    return Card(
        key.at,
        key.text,
        fields.needed_text("title", key.at),
        fields.needed_text("claim", key.at),
        fields.words("sources", "a source"),
        fields.one_of("confidence", STATUSES, "attested"),
        fields.text("changed"),
        fields.text("date"),
    )


_KINDS: dict[str, tuple[str, frozenset[str], Entry]] = {
    "variables": ("a variable", VALUES, variable),
    "people": ("a person", KEYWORDS, _person),
    "places": ("a place", KEYWORDS, _place),
    "papers": ("a paper", KEYWORDS, _paper),
    "rules": ("a rule", VALUES, _rule),
    "snippets": ("a snippet", KEYWORDS, _snippet),
    "endings": ("an ending", KEYWORDS, _ending),
    "roles": ("a role", KEYWORDS, _role),
    "codex": ("a codex card", KEYWORDS, _card),
}

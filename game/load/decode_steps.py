"""The steps of a beat that hold no beats of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.expressions import ExpressionFault, parse_routes
from game.engine.model import (
    Ask,
    At,
    Carry,
    Checkpoint,
    Do,
    Draw,
    Draws,
    End,
    Go,
    Logic,
    Name,
    Say,
    Source,
    Visit,
)
from game.load import values
from game.load.keys import ASK, DRAW
from game.load.names import TARGET
from game.load.nodes import Mapping, Node

if TYPE_CHECKING:
    from game.load.diagnostics import Faults

MAX_SHOWN = 100
MAX_ANSWER = 200
DEFAULT_LIMIT = 40


def text(at: At, node: Node, faults: Faults) -> Say | None:
    prose = values.block(node, faults)
    return Say(at, prose) if prose else None


def do(at: At, node: Node, faults: Faults) -> Do | None:
    found = values.effects(node, faults)
    return Do(at, found) if found else None


def give(at: At, node: Node, faults: Faults) -> Carry | None:
    papers = values.names(node, "the name of a paper", faults)
    return Carry(at, papers, given=True) if papers else None


def take(at: At, node: Node, faults: Faults) -> Carry | None:
    papers = values.names(node, "the name of a paper", faults)
    return Carry(at, papers, given=False) if papers else None


def visit(at: At, node: Node, faults: Faults) -> Visit | None:
    name = target(node, faults)
    return Visit(at, name) if name else None


def target(node: Node, faults: Faults) -> Name | None:
    """The name of a scene, part or beat."""
    name = values.name(node, "the name of a scene, part or beat", faults)
    if name is not None and TARGET.fullmatch(name.text) is None:
        fix = (
            "only `go` has routes with `if` and `else`"
            if " if " in name.text
            else "a target is `office`, `office.door` or `pack/office`"
        )
        faults.add("wrong-type", name.at, f"`{name.text}` is not the name of a scene, part or beat", fix)
        return None
    return name


def ending(at: At, node: Node, faults: Faults) -> End | None:
    name = values.name(node, "the name of an ending", faults)
    return End(at, name) if name else None


def checkpoint(at: At, node: Node, faults: Faults) -> Checkpoint | None:
    label = values.label(node, "the name of a bookmark", faults)
    return Checkpoint(at, label) if label else None


def go(at: At, node: Node, faults: Faults) -> Go | None:
    found = values.scalar(node, "the name of a scene, part or beat", faults)
    return None if found is None else routes(at, found.source(), faults)


def routes(at: At, source: Source, faults: Faults) -> Go | None:
    """`a if c else b`, from a `go` or from behind a label's arrow."""
    try:
        parsed = parse_routes(source.text)
    except ExpressionFault as fault:
        faults.add("bad-expression", source.at(fault.start, max(fault.end, fault.start + 1)), fault.message, fault.fix)
        return None
    return Go(
        at,
        source,
        tuple(
            (None if test is None else Logic(source, test), Name(name, source.at(start, end)))
            for test, name, start, end in parsed
        ),
    )


def draw(at: At, node: Node, faults: Faults) -> Draws | None:
    draws = tuple(found for item in values.items(node) if (found := _one_draw(item, faults)) is not None)
    return Draws(at, draws) if draws else None


def _one_draw(node: Node, faults: Faults) -> Draw | None:
    if not isinstance(node, Mapping):
        deck = values.name(node, "the name of a deck", faults)
        return Draw(deck.at, deck, 1, play=False) if deck else None
    fields = values.Fields(node, "a draw", DRAW, faults)
    where = fields.need("deck")
    if where is None:
        return None
    deck = values.name(where, "the name of a deck", faults)
    if "show" in fields and "play" in fields:
        fix = "make a list of two draws to do both"
        faults.add("unknown-key", fields.key_at("play"), "a draw has `show` (offered) or `play` (played at once), not both", fix)
    count = 1
    for key in ("show", "play"):
        count = fields.whole(key, count, least=1)
    if count > MAX_SHOWN:
        faults.add("out-of-range", node.at, f"{count} storylets at once are too many; the most is {MAX_SHOWN}")
    return Draw(deck.at, deck, count, play="play" in fields) if deck else None


def ask(at: At, node: Node, faults: Faults) -> Ask | None:
    found = values.mapping(node, "a question", faults)
    if found is None:
        return None
    fields = values.Fields(found, "a question", ASK, faults)
    where = fields.need("into", at)
    into = None if where is None else values.name(where, "the name of a variable", faults)
    say = fields.label("say", "a question")
    limit = fields.whole("limit", DEFAULT_LIMIT, least=1)
    default = fields.text("default")
    if limit > MAX_ANSWER:
        faults.add("out-of-range", fields.key_at("limit"), f"an answer has at most {MAX_ANSWER} characters")
    elif len(default) > limit:
        faults.add("out-of-range", fields.key_at("default"), f"the default is longer than the limit of {limit} characters")
    return Ask(at, into, say, default, limit) if into else None

"""story.yaml and pack.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.model import Act, At, Info, Pack
from game.load import values
from game.load.keys import ACT, FOR, PACK, STORY
from game.load.names import KEYWORDS, check_id
from game.load.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from game.load.diagnostics import Faults

MAX_TURNS = 10_000
MAX_TURN_DAYS = 3_660


def info(root: Mapping, faults: Faults) -> Info | None:
    """story.yaml; None where something that every story needs is missing."""
    before = len(faults)
    fields = values.Fields(root, "story.yaml", STORY, faults)
    at = root.at
    name = _id(fields, "a story", at, faults)
    title, version = fields.needed_text("title", at), fields.needed_text("version", at)
    where, when = fields.need("start", at), fields.need("date", at)
    start = None if where is None else values.name(where, "the name of a scene", faults)
    first = None if when is None else values.day(when, faults)
    acts: tuple[Act, ...] = fields.take("acts", _acts, ())
    content: dict[str, str] = fields.take("content", _content, {})
    hubs = fields.names("hub", "the name of a scene")
    byline, intro = fields.text("byline"), fields.text("intro")
    if len(faults) > before or name is None or start is None or first is None:
        return None
    return Info(at, name, title, version, start, first, hubs, acts, content, byline, intro)


def pack(root: Mapping, folder: str, faults: Faults) -> Pack | None:
    """pack.yaml."""
    fields = values.Fields(root, "pack.yaml", PACK, faults)
    at = root.at
    name = _id(fields, "a pack", at, faults)
    title, version = fields.needed_text("title", at), fields.needed_text("version", at)
    where = fields.need("for", at)
    found = None if where is None else values.mapping(where, "a story and its version", faults)
    if found is None or name is None:
        return None
    target = values.Fields(found, "`for`", FOR, faults)
    meant = fields.key_at("for")
    return Pack(at, name, title, version, target.needed_text("story"), target.text("version"), folder, meant)


def _id(fields: values.Fields, what: str, at: At, faults: Faults) -> str | None:
    where = fields.need("id", at)
    found = None if where is None else values.scalar(where, "a name", faults)
    return None if found is None else check_id(found, what, KEYWORDS, faults)


def _acts(node: Node, faults: Faults) -> tuple[Act, ...]:
    if not isinstance(node, Sequence):
        faults.add("wrong-type", node.at, "acts are a list, each behind `- `")
        return ()
    acts: dict[str, Act] = {}
    turns = 0
    for item in node.items:
        found = values.mapping(item, "an act", faults)
        if found is None:
            continue
        fields = values.Fields(found, "an act", ACT, faults)
        name = _id(fields, "an act", found.at, faults)
        title, where = fields.needed_text("title"), fields.need("turns")
        lengths = () if where is None else _turns(where, faults)
        turns += len(lengths)
        if name in acts:
            faults.add(
                "duplicate-name", found.at, f"an act called `{name}` stands above already", "", f"in line {acts[name].at.line}"
            )
        elif name is not None:
            acts[name] = Act(found.at, name, title, lengths)
    if turns > MAX_TURNS:
        faults.add("out-of-range", node.at, f"{turns:,} turns are too many; the most is {MAX_TURNS:,}")
    return tuple(acts.values())


def _turns(node: Node, faults: Faults) -> tuple[int, ...]:
    if not isinstance(node, Sequence) or not node.items:
        faults.add("wrong-type", node.at, "`turns` is a list of days", "write the length of each turn in days, as in [30, 28]")
        return ()
    days = [(item, values.whole(item, faults, least=1)) for item in node.items]
    for item, length in days:
        if length is not None and length > MAX_TURN_DAYS:
            faults.add("out-of-range", item.at, f"a turn has at most {MAX_TURN_DAYS:,} days")
    return tuple(length for _, length in days if length is not None)


def _content(node: Node, faults: Faults) -> dict[str, str]:
    found = values.mapping(node, "what a player can opt out of", faults)
    entries: list[tuple[Scalar, Node]] = [] if found is None else found.entries
    return {
        key.text: values.text(value, "how a player is asked", faults)
        for key, value in entries
        if check_id(key, "a content", KEYWORDS, faults) is not None
    }

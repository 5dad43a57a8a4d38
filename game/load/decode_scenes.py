"""Scenes, their parts, and grafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.model import Graft, History, Name, Part, Scene
from game.load import decode_flow, values
from game.load.keys import BEAT_KEYS, GRAFT, HISTORY, PART_KEYS, SCENE_KEYS, STATUSES, foreign_key
from game.load.names import DECKS, SET, TARGETS, check_id
from game.load.targets import beats_of

if TYPE_CHECKING:
    from game.load.diagnostics import Faults
    from game.load.nodes import Mapping, Node, Scalar

_OF_SCENES = BEAT_KEYS - {"id"} | SCENE_KEYS
_OF_PARTS = BEAT_KEYS - {"id"} | PART_KEYS
_OF_STORYLETS = ("weight", "every", "from", "once")
_OF_EVENTS_TOO = ("until", "when")


def scene_or_graft(key: Scalar, node: Node, pack: str, faults: Faults) -> Scene | Graft | None:
    """One entry of a scene file."""
    name = check_id(key, "a scene", TARGETS, faults)
    found = values.mapping(node, "a scene", faults)
    if found is None:
        return None
    if found.get("extend") is not None:
        return _graft(key, name or key.text, found, pack, faults)
    return _scene(key, name or key.text, found, pack, faults)


def _graft(key: Scalar, name: str, node: Mapping, pack: str, faults: Faults) -> Graft | None:
    if not pack:
        message = "only a pack adds choices to a set from outside"
        faults.add("graft-outside-pack", key.at, message, "write the choices into the set itself")
        return None
    fields = values.Fields(node, "a graft", GRAFT, faults)
    where, what = fields.get("extend"), fields.need("choices", key.at)
    extend = None if where is None else values.name(where, "the name of a set", faults)
    found = () if what is None else decode_flow.choices(what, faults)
    if extend is not None and SET.fullmatch(extend.text) is None:
        fix = "a set is `office`, `office.door` or `office/moscow`"
        faults.add("wrong-type", extend.at, f"`{extend.text}` is not the name of a set", fix)
        return None
    return Graft(key.at, name, pack, extend, found) if extend else None


def _scene(key: Scalar, name: str, node: Mapping, pack: str, faults: Faults) -> Scene:
    for entry, _ in node.entries:
        if entry.text == "id":
            faults.add("unknown-key", entry.at, "a scene has no `id`", f"its name is its id: `{name}`")
        elif entry.text not in _OF_SCENES:
            foreign_key(entry, "a scene", _OF_SCENES, faults)
    if not node.entries:
        faults.add("empty-value", key.at, f"the scene `{name}` is empty", "a scene needs at least a text, a choice or a `go`")
    fields = values.Fields(node, "a scene", None, faults)
    parts = fields.get("parts")
    scene = Scene(
        at=key.at,
        id=f"{pack}/{name}" if pack else name,
        beat=decode_flow.play(node.entries, key.at, faults),
        pack=pack,
        title=fields.label("title", "a title"),
        subtitle=fields.label("subtitle", "a subtitle"),
        place=fields.name("place", "the name of a place"),
        cast=fields.names("cast", "the name of a person"),
        decks=fields.take("deck", _decks, ()),
        when=fields.logic("when", "a condition"),
        weight=fields.logic("weight", "a number"),
        once=fields.take("once", values.truth, None),
        every=fields.logic("every", "a span"),
        first=fields.take("from", values.day, None),
        last=fields.take("until", values.day, None),
        day=fields.take("day", values.day, None),
        history=fields.take("history", _history, None),
        content=fields.names("content", "the name of a content"),
        skip=fields.take("skip", decode_flow.flow, None),
        tags=fields.words("tags", "a tag"),
        parts=() if parts is None else _parts(parts, faults),
        was=decode_flow.was(fields.get("was"), faults),
    )
    _check(scene, fields, faults)
    return scene


def _check(scene: Scene, fields: values.Fields, faults: Faults) -> None:
    _check_window(scene, fields, faults)
    skipping = [placed.beat for placed in beats_of(scene) if placed.beat.skip is not None]
    if scene.content and scene.skip is None and not scene.decks and not skipping:
        message = "a player who has opted out of this has nothing to play instead"
        faults.add("content-without-skip", fields.key_at("content"), message, "add `skip:` with what plays instead")
    if "skip" in fields and "content" not in fields:
        message = "nothing says what this scene can be passed over for"
        faults.add("skip-without-content", fields.key_at("skip"), message, "add `content:` with a name from story.yaml")
    if skipping and not scene.content:
        message = "nothing says what this beat can be passed over for"
        faults.add("skip-without-content", skipping[0].at, message, "add `content:` to the scene, with a name from story.yaml")
    _check_deck(fields, faults)


def _check_window(scene: Scene, fields: values.Fields, faults: Faults) -> None:
    if scene.last is None:
        return
    if scene.first is not None and scene.first > scene.last:
        faults.add("empty-window", fields.key_at("until"), f"the window closes on {scene.last}, before it opens on {scene.first}")
    elif scene.day is not None and scene.day > scene.last:
        message = f"the window closes on {scene.last}, before its `day`, {scene.day}: the event can never come"
        faults.add("empty-window", fields.key_at("until"), message)


def _check_deck(fields: values.Fields, faults: Faults) -> None:
    """What only storylets have is of no use to any other scene; some of it an event has as well."""
    if "deck" in fields:
        return
    is_event = "day" in fields
    for key in _OF_STORYLETS if is_event else (*_OF_STORYLETS, *_OF_EVENTS_TOO):
        if key not in fields:
            continue
        message, fix = f"`{key}` has no effect: this scene is in no deck", "add `deck: …`, or take it away"
        if is_event and key == "from":
            message, fix = "`from` has no effect: an event begins on its `day`", "take it away"
        elif key in _OF_EVENTS_TOO:
            message, fix = f"`{key}` has no effect: this scene is in no deck and has no `day`", "add one of them, or take it away"
        faults.add("without-deck", fields.key_at(key), message, fix)


def _decks(node: Node, faults: Faults) -> tuple[Name, ...]:
    found = []
    for item in values.items(node):
        deck = values.scalar(item, "the name of a deck", faults)
        if deck is not None and check_id(deck, "a deck", DECKS, faults):
            found.append(Name(deck.text, deck.at))
    return tuple(found)


def _history(node: Node, faults: Faults) -> History | None:
    found = values.mapping(node, "what is attested and what invented", faults)
    if found is None:
        return None
    fields = values.Fields(found, "a history", HISTORY, faults)
    where = fields.need("status")
    status = None if where is None else values.one_of(where, STATUSES, faults)
    cards = fields.names("cards", "the name of a card")
    return History(found.at, status, cards, fields.text("note")) if status else None


def _parts(node: Node, faults: Faults) -> tuple[Part, ...]:
    found = values.mapping(node, "parts by name", faults)
    return () if found is None else tuple(part for key, value in found.entries if (part := _part(key, value, faults)))


def _part(key: Scalar, node: Node, faults: Faults) -> Part | None:
    name = check_id(key, "a part", TARGETS, faults)
    found = values.mapping(node, "a part", faults)
    if found is None:
        return None
    for entry, _ in found.entries:
        if entry.text == "id":
            faults.add("unknown-key", entry.at, "a part has no `id`", f"its name is its id: `{key.text}`")
        elif entry.text not in _OF_PARTS:
            foreign_key(entry, "a part", _OF_PARTS, faults)
    title = None if (node_ := found.get("title")) is None else values.label(node_, "a title", faults)
    inner = decode_flow.play(found.entries, key.at, faults)
    return Part(key.at, name or key.text, inner, title, decode_flow.was(found.get("was"), faults))

"""JSON Schema (draft-07) for every kind of file of a story, made from the tables that the decoders read.

A schema sees shapes: keys, kinds of values, a few words. Names, logic and texts are `kuzbass check`'s. It takes everything that
loads, however an editor reads plain scalars: by YAML 1.2, where `yes` is a text, or by 1.1, where it is a truth. Most things
here may be written in several shapes (a flow is a text, a beat or a list); since the keywords of JSON Schema each speak of one
shape only, they stand side by side instead of in an `anyOf`, and an editor can say which key is wrong.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from game.load import keys
from game.load.decode_steps import MAX_ANSWER, MAX_SHOWN
from game.load.decode_story import MAX_TURN_DAYS
from game.load.files import DECLARATIONS
from game.load.names import DECKS, KEYWORDS, MAX_BYTES, TARGETS
from game.load.names import VALUES as VALUE_NAMES
from game.load.style import LANGUAGES, MEASURES
from game.workshop.editor_snippets import CHOICES, SCENES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from game.load.keys import Key, Keys

Schema = dict[str, Any]
FOLDER = "schema"
"""Where the schemas of a story or pack stand, below its folder."""
KINDS = ("scenes", "story", "pack", "style", *DECLARATIONS, "codex")

_REFERENCE = re.compile("#/definitions/(\\w+)")
_SIGN = r"!-/:-@\[-\^`{-~"
_NAME = rf"^[^\s0-9{_SIGN}][^\s{_SIGN}]*$"  # no \w: in an editor's expressions it knows no letters but a to z
_NAME_RULE = "a name has letters, digits and _, and begins with a letter"
_SCALAR = ["string", "number", "boolean"]


def _of(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _new(reserved: frozenset[str]) -> Schema:
    """A name that is given here."""
    return {
        "type": "string",
        "pattern": _NAME,
        "patternErrorMessage": _NAME_RULE,
        "maxLength": MAX_BYTES,
        "not": {"enum": sorted(reserved)},
    }


def _one_or_more(one: Schema) -> Schema:
    """One of something, or a list of them; `one` speaks of no list."""
    types = one["type"] if isinstance(one["type"], list) else [one["type"]]
    return {**one, "type": [*types, "array"], "items": one}


def _count(most: int) -> Schema:
    return {"type": ["integer", "string"], "minimum": 1, "maximum": most, "pattern": "^[1-9][0-9]*$"}


def _named(value: Schema, reserved: frozenset[str] = KEYWORDS) -> Schema:
    """Names, each with such a value."""
    name = _new(reserved)
    del name["type"]
    return {"type": "object", "propertyNames": name, "additionalProperties": value}


def _either(value: Schema) -> Schema:
    """Such a value, or the boolean that an editor has made of it; were that a type like others, it would be offered."""
    return {"anyOf": [value, {"not": {"type": ["string", "number", "null", "array", "object"]}}]}


_TEXT: Schema = _either({"type": ["string", "number"]})
_STRING: Schema = {"type": "string"}
_WORD: Schema = {"type": "string", "pattern": r"^\S+$"}
_SPOT: Schema = {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"}
_BAR: Schema = {
    "type": "string",
    "pattern": r"^\s*(at most|at least|[0-9.]+%?\s+to)\s+[0-9.]+%?\s*$",
    "patternErrorMessage": "write `at most 100`, `at least 3` or `5 to 8`",
}
_NUMBER: Schema = {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}

VALUES: dict[str, Schema] = {
    "text": _TEXT,
    "texts": _either({"type": ["string", "number", "array"], "items": _TEXT}),
    "block": _STRING,
    "logic": _TEXT,
    "effects": _one_or_more(_STRING),
    "routes": _STRING,
    "target": _WORD,
    "set": _WORD,
    "name": _WORD,
    "names": _one_or_more(_WORD),
    "new name": _new(KEYWORDS),
    "choice name": {"type": ["string", "boolean"], "pattern": _NAME, "patternErrorMessage": _NAME_RULE},
    "deck names": _one_or_more(_new(DECKS)),
    "truth": _either(
        {
            "type": "string",
            "pattern": "^(yes|no)$",
            "patternErrorMessage": "write yes or no",
            "defaultSnippets": [{"label": word, "bodyText": word} for word in ("yes", "no")],
        }
    ),
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "patternErrorMessage": "write a day as in 1922-03-06"},
    "span": {"type": "string", "pattern": "[0-9]\\s*(day|week|month|year)s?"},
    "start": _TEXT,
    "range": {"type": "string", "pattern": r"^-?[0-9.]+\s+to\s+-?[0-9.]+$"},
    "status": {"enum": list(keys.STATUSES)},
    "group": {"enum": list(keys.GROUPS)},
    "better": {"enum": list(keys.BETTER)},
    "keep": {"enum": list(keys.KEEP)},
    "type": {"enum": list(keys.TYPES)},
    "count to 100": _count(MAX_SHOWN),
    "count to 200": _count(MAX_ANSWER),
    "turns": {"type": "array", "minItems": 1, "items": _count(MAX_TURN_DAYS)},
    "spot": {"type": "array", "minItems": 2, "maxItems": 2, "items": _SPOT},
    "words": _named(_TEXT),
    "words or list": _named(_TEXT) | {"type": ["object", "array"], "items": _TEXT},
    "scale": {"type": "object", "propertyNames": {"pattern": _NUMBER["pattern"]}, "additionalProperties": _TEXT},
    "needs": _one_or_more({"type": [*_SCALAR, "object"], "additionalProperties": _TEXT}),
    "flow": _of("flow"),
    "beats": _of("others"),
    "choices": {"type": "array", "minItems": 1, "items": _of("choice")},
    "draws": _of("draws"),
    "ask": _of("ask"),
    "history": _of("history"),
    "parts": _named(_of("part"), TARGETS),
    "acts": {"type": "array", "items": _of("act")},
    "for": _of("for"),
    "number": _NUMBER,
    "language": {"enum": list(LANGUAGES)},
    "speech": {"type": ["string", "array"], "items": {"type": "string"}},
    "bars": {
        "type": "object",
        "properties": {name: _BAR | {"description": about} for name, about in MEASURES.items()},
        "additionalProperties": False,
    },
    "rates": _named(_of("rate")),
}
"""The kinds of values that `game.load.keys` speaks of."""


def _property(key: Key) -> Schema:
    """What stands behind a key, with what an editor shows of it."""
    value = VALUES[key.value]
    shown = f"{key.about}\n\n```yaml\n{key.example}\n```"
    return {"description": key.about, "markdownDescription": shown} | ({"allOf": [value]} if "$ref" in value else value)


def _thing(table: Keys, types: Sequence[str] = ("object",), **more: Any) -> Schema:
    """A mapping with the keys of a table and no others, or else a value of another of these types.

    What it shares with a beat is described there, once.
    """
    shared = {id(key) for key in keys.BEAT.values()} if table is not keys.BEAT else set()
    thing: Schema = {
        "type": list(types),
        "properties": {
            name: _of(f"flow/properties/{name}") if id(key) in shared else _property(key) for name, key in table.items()
        },
        "additionalProperties": False,
    }
    needed = [name for name, key in table.items() if key.needed]
    return thing | ({"required": needed} if needed else {}) | more


def _definitions() -> dict[str, Schema]:
    """What nests, and what is a mapping inside another; by name."""
    beat, text_or_beat = dict(keys.BEAT), ("string", "object")
    inner = {name: key for name, key in beat.items() if name != "id"}
    other = {name: key for name, key in beat.items() if name not in ("elif", "else")}
    say_or_include = [{"required": ["say"]}, {"required": ["include"], "maxProperties": 1}]
    choice = {**keys.CHOICE, **keys.PLAYED, **keys.INCLUDE}
    return {
        "flow": _thing(keys.BEAT, (*text_or_beat, "array"), items=_of("beat")),
        "beat": _thing(beat, text_or_beat),
        "others": _one_or_more(_thing(other, required=["if"])),
        "choice": _thing(choice, (*_SCALAR, "object"), required=[], anyOf=say_or_include, defaultSnippets=CHOICES),
        "draws": _one_or_more(_thing(keys.DRAW, text_or_beat, maxProperties=2)),
        "ask": _thing(keys.ASK),
        "history": _thing(keys.HISTORY),
        "part": _thing({**inner, **keys.PART}),
        "scene": _thing({**inner, **keys.SCENE}, minProperties=1),
        "graft": _thing(keys.GRAFT),
        "act": _thing(keys.ACT),
        "for": _thing(keys.FOR),
        "rate": _thing(keys.RATE),
    }


def _roots() -> dict[str, tuple[str, Schema]]:
    """What a file of each kind is called, and holds."""
    entry: Schema = {"if": {"required": ["extend"]}, "then": _of("graft"), "else": _of("scene")}
    return {
        "scenes": ("Scenes, storylets and events", _named(entry, TARGETS) | {"defaultSnippets": SCENES}),
        "story": ("story.yaml", _thing(keys.STORY)),
        "pack": ("pack.yaml", _thing(keys.PACK)),
        "style": ("style.yaml", _thing(keys.STYLE)),
        "variables": ("Variables", _named(_thing(keys.VARIABLE), VALUE_NAMES)),
        "people": ("People", _named(_thing(keys.PERSON))),
        "places": ("Places", _named(_thing(keys.PLACE))),
        "papers": ("Papers", _named(_thing(keys.PAPER))),
        "rules": ("Rules: conditions with a name, and a reason for players", _named(_thing(keys.RULE), VALUE_NAMES)),
        "snippets": ("Snippets: texts with a name", _named(_TEXT)),
        "endings": ("Endings", _named(_thing(keys.ENDING))),
        "roles": ("Roles: what bots want, by the intent of choices", _named({"type": "object", "additionalProperties": _NUMBER})),
        "codex": ("Codex cards", _named(_thing(keys.CARD))),
    }


def schema(kind: str) -> Schema:
    """The schema of one of KINDS, with the definitions that it needs."""
    title, root = _roots()[kind]
    found: dict[str, Schema] = {}
    every = _definitions()
    waiting = [root]
    while waiting:
        text = json.dumps(waiting.pop())
        for name in sorted(set(_REFERENCE.findall(text)) - found.keys()):
            found[name] = every[name]
            waiting.append(every[name])
    definitions = {"definitions": dict(sorted(found.items()))} if found else {}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title} | root | definitions


def written(kind: str) -> str:
    """The schema of a kind as the text of its file."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"


def modeline(kind: str, depth: int = 0) -> str:
    """The first line of a file of this kind that stands so many folders below story.yaml or pack.yaml."""
    return f"# yaml-language-server: $schema={'../' * depth}{FOLDER}/{kind}.json"


def write_all(folder: Path) -> list[Path]:
    """Writes the schema of every kind into a folder; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in KINDS:
        files.append(folder / f"{kind}.json")
        files[-1].write_bytes(written(kind).encode())
    return files

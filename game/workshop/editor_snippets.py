"""What an editor offers to write at once: the shapes that a story is mostly made of. `$1` is where the cursor goes first."""

from __future__ import annotations

from typing import Any


def _snippet(label: str, about: str, body: Any) -> dict[str, Any]:
    return {"label": label, "description": about, "body": body}


_TEXT = "|\n    ${2:What happens.}"
SCENES = [
    _snippet("scene", "a scene with a choice", {"${1:name}": {"text": _TEXT, "choices": ["${3:Go on} -> ${4:target}"]}}),
    _snippet(
        "storylet", "a scene that is drawn from a deck",
        {"${1:name}": {"deck": "${3:deck}", "title": "${4:Title}", "when": "${5:condition}", "text": _TEXT}},
    ),
    _snippet("event", "a scene that a day brings", {"${1:name}": {"day": "${3:1922-05-20}", "text": _TEXT}}),
    _snippet(
        "graft", "in a pack: choices for a set of the story",
        {"${1:name}": {"extend": "${2:set}", "choices": ["${3:Label} -> ${4:target}"]}},
    ),
]  # fmt: skip
CHOICES = [
    _snippet("choice", "a choice with an outcome", {"say": "${1:Label}", "text": "|\n    ${2:What comes of it.}"}),
    _snippet("locked choice", "a choice that needs something", {
        "say": "${1:Label}", "needs": {"${2:condition}": "${3:What players read instead.}"}, "go": "${4:target}",
    }),
    _snippet("include", "the choices of another scene", {"include": "${1:scene}"}),
]  # fmt: skip

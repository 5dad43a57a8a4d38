"""The keys of the language, by what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.load import values

if TYPE_CHECKING:
    from game.load.diagnostics import Faults
    from game.load.nodes import Scalar

PLAYING = frozenset({"text", "do", "give", "take", "visit", "draw", "choices", "ask", "then", "go", "ending", "checkpoint"})
CONDITIONS = frozenset({"if", "elif", "else"})
BEAT_KEYS = PLAYING | CONDITIONS | {"id", "was", "skip"}
CHOICE_KEYS = frozenset({"say", "id", "was", "if", "needs", "once", "final", "note", "intent"})
PART_KEYS = frozenset({"title", "was"})
SCENE_KEYS = PART_KEYS | {
    "subtitle", "place", "cast", "deck", "when", "weight", "once", "every", "from", "until", "day", "history", "content",
    "skip", "parts", "tags",
}  # fmt: skip


def foreign_key(key: Scalar, what: str, known: frozenset[str], faults: Faults) -> None:
    """Reports a key that has no meaning here, and says where it would have one."""
    fix = ""
    if key.text in SCENE_KEYS:
        fix = f"`{key.text}` belongs to a scene"
    elif key.text in CHOICE_KEYS:
        fix = f"`{key.text}` belongs to a choice"
    elif key.text in CONDITIONS:
        fix = f"`{key.text}` belongs to a beat; put one into `then`"
    values.unknown_key(key, what, known, faults, fix)

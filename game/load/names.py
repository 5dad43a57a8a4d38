"""What names may look like, and which the language keeps for itself."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from game.engine.types import BUILTINS, FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.load.diagnostics import Faults
    from game.load.nodes import Scalar

MAX_BYTES = 40
IDENTIFIER = re.compile(r"[^\W\d]\w*")
TARGET = re.compile(r"(?:[^\W\d]\w*/)?[^\W\d]\w*(?:\.[^\W\d]\w*)?")
SET = re.compile(r"(?:[^\W\d]\w*)(?:\.[^\W\d]\w*)?(?:/\w+)*")

KEYWORDS = frozenset({"and", "or", "not", "in", "if", "else", "yes", "no", "true", "false"})
EFFECTS = frozenset({"learn", "wait", "until"})
VALUES = KEYWORDS | EFFECTS | frozenset(BUILTINS) | frozenset(FUNCTIONS)
"""What no variable, rule or word may be called."""
TARGETS = KEYWORDS | {"back"}
"""What no scene, part or beat may be called."""
DECKS = KEYWORDS | {"any"}


def check_id(node: Scalar, what: str, reserved: Iterable[str], faults: Faults) -> str | None:
    """The text as an id, or None where it cannot be one."""
    text = node.text
    if IDENTIFIER.fullmatch(text) is None:
        fix = (
            f"write `{suggestion}`"
            if (suggestion := re.sub(r"\W+", "_", text).strip("_")) and IDENTIFIER.fullmatch(suggestion)
            else ""
        )
        message = f"{what} cannot be called `{text}`: a name has letters, digits and _, and begins with a letter"
        faults.add("bad-id", node.at, message, fix)
        return None
    if len(text.encode()) > MAX_BYTES:
        faults.add("bad-id", node.at, f"this name is longer than {MAX_BYTES} bytes", "shorten it")
        return None
    if text in reserved:
        faults.add(
            "reserved-name",
            node.at,
            f"{what} cannot be called `{text}`: the language has that word for itself",
            f"`{text}_` would do",
        )
        return None
    return text


def near(name: str, names: Iterable[str], what: str) -> str:
    """A note that names the most similar real name, or nothing."""
    close = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"{what} with a similar name exists: `{close[0]}`" if close else ""


def alike(name: str, other: str) -> float:
    """How similar two names are, from 0 to 1."""
    return SequenceMatcher(None, name, other).ratio()

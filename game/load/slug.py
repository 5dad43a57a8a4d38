"""From a label to a choice's id."""

from __future__ import annotations

import re
from unicodedata import normalize

MAX_BYTES = 40
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_OTHER = re.compile(r"\W+")


def slug(label: str) -> str:
    """The label's words in small letters, logic and marks stripped, joined by `_`, at most 40 bytes. Never empty."""
    words = _LINK.sub(r"\1", _without_logic(label))
    words = normalize("NFC", words.replace("'", "").replace("’", "")).lower()
    name = _OTHER.sub("_", words).strip("_")
    if len(name.encode()) > MAX_BYTES:
        name = _shorter(name)
    if not name:
        return "choice"
    return name if not name[0].isdigit() else _shorter(f"n_{name}")


def _without_logic(label: str) -> str:
    if "{" not in label and "\\" not in label:
        return label
    kept, depth, escaped = [], 0, False
    for character in label:
        if escaped:
            escaped = False
            character = " "
        elif character == "\\":
            escaped = True
            continue
        elif character == "{":
            depth += 1
            continue
        elif character == "}" and depth:
            depth -= 1
            character = " "
        if not depth:
            kept.append(character)
    return "".join(kept)


def _shorter(name: str) -> str:
    """Cut to 40 bytes, at the end of a word where there is one."""
    cut = name.encode()[:MAX_BYTES].decode("utf-8", "ignore")
    if cut != name and "_" in cut and not name[len(cut) :].startswith("_"):
        cut = cut[: cut.rindex("_")]
    return cut.strip("_") or "choice"

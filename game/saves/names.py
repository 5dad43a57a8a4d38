"""Names of lives: what a player types, made fit for a file that stays in its folder."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 80
"""Bytes of a name."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_name(text: str) -> str:
    """The name without what no file may be called: separators, controls, a leading dot. Empty where nothing is left."""
    text = unicodedata.normalize("NFC", text.encode(errors="ignore").decode())
    kept = "".join(character if _is_kept(character) else " " for character in text)
    name = " ".join(kept.split()).strip(" .")
    while name.endswith(".jsonl"):
        name = name.removesuffix(".jsonl").strip(" .")
    name = name.encode()[:LONGEST].decode(errors="ignore").strip(" .")
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, or the first of `name 2`, `name 3`, … that is not taken, however it is written."""
    known = {each.casefold() for each in taken}
    if name.casefold() not in known:
        return name
    number = 2
    while f"{name} {number}".casefold() in known:
        number += 1
    return f"{name} {number}"


def _is_kept(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in " -_.'’,()+&"

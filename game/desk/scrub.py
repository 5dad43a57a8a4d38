"""Taking out of a text what would tell who and where somebody is: folders, the name of the user, the name of the machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC = ("<game>", "<python>", "<packages>", "<story>")
"""Marks of folders whose insides everybody has: what follows them stays, and helps."""

_MARK = r"(?:~|<[a-z]+>)"
_QUOTED = re.compile(
    rf"""(?P<quote>['"`])(?:file://)?(?:{_MARK}|[A-Za-z]:|\\\\)?[\\/][^'"`\n]*?(?P<last>[^\\/'"`\n]*)[\\/]*(?P=quote)"""
)
_ENDING = re.compile(r"\.[A-Za-z]\w{0,7}$")
_PART = r"[^\s\\/'\"`:,;]+"
_SPACED = rf"{_PART}(?: {_PART}){{0,5}}(?=[\\/])"
"""A folder's name may have spaces in it. Where a separator follows, too much is taken rather than too little."""
_INSIDE = rf"[\\/]+(?:{_SPACED}|{_PART})"
_UNC = re.compile(rf"(?<![\w\\/:])\\{{2,}}(?:{_SPACED}|{_PART})(?:{_INSIDE})*")
_DRIVE = re.compile(rf"(?<!\w)[A-Za-z]:(?=[\\/])(?:{_INSIDE})*[\\/]*")
_MARKED = re.compile(rf"(?<![\w<]){_MARK}(?:{_INSIDE})+[\\/]*")
_POSIX = re.compile(rf"(?<![\w<./…]){_MARK}?(?:(?=/){_INSIDE})(?:{_INSIDE})*/?")


class Scrubber:
    """Scrubs texts. `folders` are whole paths, `names` single words, each with the mark that takes its place.

    Longer ones go first, and how a name is written (capitals, `\\\\` for `\\`, `%20` for a space) does not matter.
    """

    def __init__(self, folders: Mapping[str, str], names: Mapping[str, str]) -> None:
        variants: dict[str, str] = {}
        for folder, mark in folders.items():
            trimmed = folder.rstrip("/\\")
            if len(trimmed) > 1:
                doubled, forward = trimmed.replace("\\", "\\\\"), trimmed.replace("\\", "/")
                for text in (trimmed, doubled, forward, quote(forward), ascii(trimmed)[1:-1]):
                    variants.setdefault(text, mark)
        self._folder = _any_of(variants, "(?![^\\W_])")
        self._folders = {text.casefold(): mark for text, mark in variants.items()}
        known = {name: mark for name, mark in names.items() if len(name) > 1}
        self._name = _any_of(known, "(?![^\\W_])", "(?<![^\\W_])")
        self._names = {name.casefold(): mark for name, mark in known.items()}

    def __call__(self, text: str) -> str:
        """The text as anybody may read it."""
        text = text.encode("utf-8", "replace").decode("utf-8")
        if self._folder is not None:
            text = self._folder.sub(lambda found: self._folders.get(found[0].casefold(), "<folder>"), text)
        text = _QUOTED.sub(lambda found: _kept(found[0][1:-1], found["quote"]), text)
        for pattern in (_MARKED, _UNC, _DRIVE, _POSIX):
            text = pattern.sub(lambda found: _kept(found[0]), text)
        if self._name is not None:
            text = self._name.sub(lambda found: self._names.get(found[0].casefold(), "<name>"), text)
        return text


def _kept(path: str, mark: str = "") -> str:
    """What stays of a path: all of it below a public folder, else the name of a file, told by its ending."""
    if path.startswith(PUBLIC):
        return f"{mark}{path}{mark}"
    last = re.split(r"[\\/]+", path.rstrip("/\\"))[-1]
    return f"{mark}…/{last}{mark}" if _ENDING.search(last) else f"{mark}…{mark}"


def _any_of(words: Mapping[str, str], behind: str, before: str = "") -> re.Pattern[str] | None:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, longest))}){behind}", re.IGNORECASE) if longest else None

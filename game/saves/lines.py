"""One line of a life's file: a JSON object that ends in its own checksum.

`{"i":12,...,"sum":"89abcdef"}`: `i` is the number of the line, ever rising, by which a lost line is noticed; `sum` is the
CRC-32 of the object without it, by which a changed byte is.
"""

from __future__ import annotations

import unicodedata
from json import dumps, loads
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL_BYTES = 96
"""How much of a label, or of a typed answer, a line keeps."""
LINE_BYTES = 400
"""How long the line of a choice may be, its end of line included."""

_MARK = b',"sum":"'
_TAIL = len(_MARK) + 8 + len(b'"}')


def encode(record: Mapping[str, Any]) -> bytes:
    """The record as a line, with its checksum and end of line."""
    body = dumps(record, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    return b'%s%s%08x"}\n' % (body[:-1], _MARK, crc32(body))


def decode(line: bytes) -> dict[str, Any] | None:
    """The record of a line (without its end of line), or None where it is torn or damaged."""
    body, mark, tail = line[:-_TAIL], line[-_TAIL:][: len(_MARK)], line[-_TAIL:][len(_MARK) :]
    if mark != _MARK or tail != b'%08x"}' % crc32(body + b"}"):
        return None
    try:
        record = loads(body + b"}")
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and _is_count(record.get("i")) else None


def amended(line: bytes, old: bytes, new: bytes) -> bytes:
    """A line (without its end of line) in which `new` stands for the first `old`, with a checksum that fits."""
    body = line[:-_TAIL].replace(old, new, 1)
    return b'%s%s%08x"}' % (body, _MARK, crc32(body + b"}"))


def size(text: str) -> int:
    """How many bytes of a line a text takes, without its quotes."""
    return len(dumps(text, ensure_ascii=False).encode(errors="replace")) - 2


def cut(text: str, most: int = LABEL_BYTES) -> str:
    """The longest beginning of the text that takes `most` bytes of a line; never half a character."""
    if len(text) * 6 <= most or size(text) <= most:
        return text
    used = 0
    for index, character in enumerate(text):
        used += size(character)
        if used > most:
            return text[:index]
    return text


def printable(text: str) -> str:
    """The text as one line of whole characters: no control characters, no halves of characters that a terminal sent."""
    text = unicodedata.normalize("NFC", text.encode(errors="replace").decode())
    return "".join(" " if character in "\t\n" else character for character in text if _is_shown(character)).strip()


def typed(text: str) -> str:
    """A typed answer as it is given to the story and kept: one line, as long as a line of the file can hold."""
    return cut(printable(text))


def _is_shown(character: str) -> bool:
    return character in "\t\n" or unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40

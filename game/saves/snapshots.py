"""A state as text for a line: compressed JSON, whole or as what has changed since another snapshot."""

from __future__ import annotations

import zlib
from base64 import b85decode, b85encode
from collections.abc import Callable
from datetime import date
from json import dumps, loads
from typing import Any

from game.engine.state import State

LARGEST = 8_000_000
"""Bytes that a snapshot may grow to when it is decompressed: far beyond any story, and harmless."""

Plain = dict[str, Any]

_WHOLE, _INNER, _SHIFTED = 0, 1, 2
_LONGEST_SHIFT = 8


def pack(data: Any) -> str:
    """JSON data as text without quotes or backslashes."""
    return b85encode(zlib.compress(dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 9)).decode()


def unpack(text: str) -> Any:
    """The data of `pack`. ValueError for anything else, however large it pretends to be."""
    try:
        stream = zlib.decompressobj()
        plain = stream.decompress(b85decode(text), LARGEST)
        if not stream.eof:
            raise ValueError("a snapshot is cut off, or too large")
        return loads(plain)
    except (zlib.error, RecursionError) as error:
        raise ValueError("a snapshot cannot be unpacked") from error


def delta(old: Any, new: Any) -> list[Any]:
    """What makes `new` of `old`: a value whole, the changed keys of an object, or a list that has moved on."""
    if isinstance(old, dict) and isinstance(new, dict) and not any(key.startswith("$") for key in (*old, *new)):
        changed = {key: delta(old.get(key), value) for key, value in new.items() if key not in old or old[key] != value}
        return [_INNER, changed, [key for key in old if key not in new]]
    if isinstance(old, list) and isinstance(new, list) and old:
        for shift in range(min(_LONGEST_SHIFT, len(old))):
            if old[shift:] == new[: len(old) - shift]:
                return [_SHIFTED, shift, new[len(old) - shift :]]
    return [_WHOLE, new]


def patched(old: Any, change: Any) -> Any:
    """The value that `delta` was made for. ValueError where the two do not belong together."""
    match change:
        case [int(kind), value] if kind == _WHOLE:
            return value
        case [int(kind), dict(changed), list(gone)] if kind == _INNER and isinstance(old, dict):
            kept = {key: value for key, value in old.items() if key not in gone}
            return kept | {key: patched(old.get(key), value) for key, value in changed.items()}
        case [int(kind), int(shift), list(added)] if kind == _SHIFTED and isinstance(old, list) and shift >= 0:
            return old[shift:] + added
    raise ValueError("a snapshot does not fit the one that it builds on")


def restore(data: Any) -> State:
    """The state of a snapshot's data. ValueError, with a sentence, where it is none."""
    if not isinstance(data, dict):
        raise ValueError("a snapshot holds no state")
    state = State.from_json(data)
    for name, shape in _SHAPES.items():
        held = getattr(state, name)
        if not all(shape(item) for item in (held.values() if isinstance(held, dict) else held)):
            raise ValueError(f"a snapshot is damaged ({name})")
    return state


Shape = Callable[[Any], bool]


def _each(*kinds: type) -> Shape:
    """A tuple of just these; a single kind means the value itself. A yes is no number."""

    def has(value: Any) -> bool:
        values = value if isinstance(value, tuple) else (value,)
        if len(values) != len(kinds) or (len(kinds) > 1) != isinstance(value, tuple):
            return False
        return all(kind is object or type(item) is kind for item, kind in zip(values, kinds, strict=True))

    return has


def _many(shape: Shape) -> Shape:
    return lambda value: isinstance(value, tuple) and all(shape(item) for item in value)


_SHAPES: dict[str, Shape] = {
    "visits": _each(int, date), "taken": _each(int), "draws": _each(int), "hands": _many(_each(str)),
    "met": _each(date, date, str), "papers": _each(str), "cards": _each(str), "optouts": _each(str), "packs": _each(str),
    "offered": _each(str, bool), "stack": _each(str, str), "series": _many(_each(date, object)),
    "causes": _many(_each(object, object, date, str, str)),
}  # fmt: skip
"""What the tables of a state hold, beyond what `State.from_json` looks at."""

"""A bug report: one file of JSON that says what was played, with what, and what went wrong; written, and read as a stranger's.

    {"report": 1, "schema": 1, "made", "game", "story": {id, title, version, hash}, "packs": [{id, version, hash}],
     "system": {python, platform, textual}, "terminal": {...}, "settings": {...}, "life": [line, ...],
     "error": {kind, message, traceback} or null, "attempt": {key, text, edit} or null}

`life` holds the lines of the life's file; `attempt` is what was tried on its last page, and failed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from game.desk.words import clean, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.engine.story import Story

SCHEMA = 1
LARGEST = 16_000_000
"""Bytes of a report that are read at most."""
MOST_LINES = 200_000
LONGEST_LINE = 1_000_000
LONGEST_TEXT = 40_000

Document = dict[str, Any]


class NoReport(ValueError):
    """A file is no report, or not one that can be trusted; `str` is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was tried and failed: an option's or question's key, what was typed, or what was edited (see `Node`)."""

    key: str
    text: str | None = None
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reads of a report. `life` is the bytes of a life's file, empty where none was played; `kind` and `message`
    are those of the last error, empty where there was none."""

    made: str
    game: str
    story: str
    version: str
    hash: str
    packs: tuple[tuple[str, str], ...]
    life: bytes
    kind: str
    message: str
    attempt: Attempt | None


def text_of(document: Document) -> str:
    """The report as it stands in its file: sorted keys, a line of the life on a line of its own."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def story_facts(story: Story) -> tuple[Document, list[Document]]:
    """The story, and its packs, each with a hash of what is played: the same wherever its files lie."""
    prefixes = tuple(f"{pack}/" for pack in story.packs)
    own = [name for name in story.scenes if not name.startswith(prefixes)] if prefixes else list(story.scenes)
    index = {key: value for key, value in story.index.items() if key not in ("scenes", "conditions", "packs")}
    packs = [
        {"id": pack, "version": version, "hash": _hash(story, [name for name in story.scenes if name.startswith(f"{pack}/")])}
        for pack, version in story.packs.items()
    ]
    return {"id": story.id, "title": story.title, "version": story.version, "hash": _hash(story, own, index)}, packs


def _hash(story: Story, scenes: list[str], more: Any = None) -> str:
    """Of scenes as they are played. Files and lines are left out: they say where somebody keeps them."""
    known, conditions = story.index["scenes"], story.index["conditions"]
    digest = blake2b(digest_size=8)
    for name in sorted(scenes):
        row = {key: value for key, value in known[name].items() if key not in ("file", "line")}
        data = {key: value for key, value in story.data(name).items() if key != "lines"}
        digest.update(json.dumps([name, row, conditions.get(name), data], sort_keys=True).encode())
    digest.update(json.dumps(more, sort_keys=True).encode())
    return digest.hexdigest()


def contents(document: Document) -> tuple[str, ...]:
    """What is in a report, line by line, for whoever is about to share it."""
    story, life = document["story"], document["life"]
    error = document["error"]
    known = [f"{pack['id']} {pack['version']} ({pack['hash']})" for pack in document["packs"]]
    lines = [
        f"The game: version {document['game']}, {_pairs(document['system'])}.",
        f"The story: {story['title']} {story['version']} ({story['hash']})." if story else "The story: none was open.",
        f"Packs: {', '.join(known)}." if known else "Packs: none.",
        f"The terminal: {_pairs(document['terminal'])}.",
        f"Settings: {_pairs(document['settings']) or 'as they are shipped'}.",
        f"The life: {counted(len(life), 'line')}, every choice and what you typed where the story asked." if life
        else "The life: none was being played.",
        f"The last error: {error['kind']}: {error['message']}" if error else "The last error: none.",
    ]  # fmt: skip
    if document["attempt"]:
        lines.append(f"What was tried then: {document['attempt']['key']}")
    return tuple(clean(line) for line in lines)


PROMISE = (
    "Not in it: your name, this machine's name, your folders, and the name that you gave the life. You can read it: it is text."
)


def _pairs(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(facts.items()) if value not in ("", None, {}))


# Reading one -------------------------------------------------------------------------------------------------------------


def is_report(data: bytes) -> bool:
    """Whether a file means to be a report: to tell it from a life."""
    return data.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] == b"{" and b'"report"' in data and not data.startswith(b'{"i":')


def read(data: bytes) -> Report:
    """A report from elsewhere. Raises NoReport. Nothing in it is run, and no name in it becomes a file's."""
    if len(data) > LARGEST:
        raise NoReport(f"it is too large to be a report ({len(data) // 1_000_000} MB)")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NoReport("it is not written in UTF-8") from None
    except (ValueError, RecursionError):
        raise NoReport("it is not whole: no JSON can be read from it") from None
    if not isinstance(document, dict) or type(document.get("report")) is not int:
        raise NoReport("it is no report of this game")
    if document.get("report", 0) > SCHEMA:
        raise NoReport("it was written by a newer version of the game, which can bring it in")
    story, error, attempt = (_table(document, name) for name in ("story", "error", "attempt"))
    return Report(
        made=_text(document, "made"), game=_text(document, "game"), story=_text(story, "id"), version=_text(story, "version"),
        hash=_text(story, "hash"), packs=_packs(document.get("packs", [])), life=_life(document.get("life", [])),
        kind=_text(error, "kind"), message=_text(error, "message"),
        attempt=Attempt(_text(attempt, "key"), _answer(attempt), _edit(attempt)) if attempt else None,
    )  # fmt: skip


def _table(document: Document, name: str) -> Document:
    value = document.get(name) or {}
    if not isinstance(value, dict):
        raise NoReport(f"its `{name}` is not what a report has there")
    return value


def _text(table: Document, name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise NoReport(f"its `{name}` is not what a report has there")
    return clean(value)


def _answer(attempt: Document) -> str | None:
    return None if attempt.get("text") is None else _text(attempt, "text")


def _edit(attempt: Document) -> str:
    edit = _text(attempt, "edit")
    if edit not in ("", "set", "jump"):
        raise NoReport("its `edit` is not what a report has there")
    return edit


def _packs(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or len(value) > 100 or not all(isinstance(pack, dict) for pack in value):
        raise NoReport("its `packs` are not what a report has there")
    return tuple((_text(pack, "id"), _text(pack, "version")) for pack in value)


def _life(value: Any) -> bytes:
    if not isinstance(value, list) or len(value) > MOST_LINES:
        raise NoReport("its `life` is not what a report has there")
    lines: list[bytes] = []
    for line in value:
        if not isinstance(line, str) or len(line) > LONGEST_LINE or "\n" in line:
            raise NoReport("a line of its life is not one")
        lines.append(line.encode("utf-8", "replace"))
    return b"".join(line + b"\n" for line in lines)

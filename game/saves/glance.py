"""A life at a glance: what a list shows of it, from the first line of its file and the last ones, without the story."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from game.saves.disk import read
from game.saves.faults import SaveFault, told
from game.saves.journal import Here, header_of, here_of
from game.saves.lines import decode
from game.saves.records import LifeInfo

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = 64 * 1024
_LAST = 64 * 1024


def glance(path: Path, *, recorded: bool = False) -> LifeInfo:
    """What is known of a life. Never raises: a file that is no life, or cannot be read, says so in `problem`."""
    changed = datetime.fromtimestamp(0, UTC)
    try:
        info = os.stat(path)
        changed = datetime.fromtimestamp(info.st_mtime, UTC)
        if not stat.S_ISREG(info.st_mode):
            raise SaveFault(f"{path} is no file of a life.")
        first, last = _ends(path, info.st_size)
        line = decode(first)
        if line is None or "life" not in line:
            raise SaveFault(f"Its first line is damaged. `kuzbass lives repair {path.stem}` may bring it back.")
        header = header_of(line, path.stem)
    except (OSError, SaveFault) as error:
        problem = str(told(error, path, "read") if isinstance(error, OSError) else error)
        return LifeInfo(path.stem, path, changed_at=changed, readable=False, problem=problem, recorded=recorded)
    here, problem = _here(last)
    return LifeInfo(
        name=path.stem, path=path, story=header.story, title=header.title, version=header.version, packs=header.packs,
        act=here.act, date=date.fromisoformat(here.date) if here.date else None, scene_title=here.title, last_line=here.last,
        choices=here.n, words=here.words, ending=here.ending, seconds_played=here.played, changed_at=changed,
        problem=problem, recorded=recorded, edited=here.edited,
    )  # fmt: skip


def learned(path: Path) -> frozenset[str]:
    """The codex cards that a life has ever earned; none where the file cannot be read."""
    try:
        info = os.stat(path)
        return _learned(path, info.st_mtime_ns, info.st_size) if stat.S_ISREG(info.st_mode) else frozenset()
    except (OSError, SaveFault):
        return frozenset()


@lru_cache(maxsize=1000)
def _learned(path: Path, changed: int, size: int) -> frozenset[str]:
    """Asked again only once the file has changed: a codex is opened often, and lives are many."""
    cards: set[str] = set()
    for line in read(path).split(b"\n"):
        record = decode(line) if b'"learned":[' in line else None
        if record is not None and "here" in record:
            with suppress(KeyError, TypeError, ValueError):
                cards.update(here_of(record).learned)
    return frozenset(cards)


def _ends(path: Path, size: int) -> tuple[bytes, list[bytes]]:
    """The first line, and the last ones as far as needed."""
    with path.open("rb") as file:
        first = file.readline(_FIRST).rstrip(b"\n")
        length = _LAST
        while True:
            start = max(size - length, 0)
            file.seek(start)
            lines = file.read(length).split(b"\n")
            if start == 0 or any(line.find(b'"here":') > 0 for line in lines[1:]):
                return first, lines if start == 0 else lines[1:]
            length *= 4


def _here(lines: list[bytes]) -> tuple[Here, str]:
    problem = ""
    if lines and lines[-1] and decode(lines[-1]) is None:
        problem = "Its last line was cut off; the life opens at the page before it."
    for line in reversed(lines):
        record = decode(line) if b'"here":' in line else None
        if record is not None and "here" in record:
            try:
                return here_of(record), problem
            except (KeyError, TypeError, ValueError):
                continue
    return Here(), problem

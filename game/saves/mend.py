"""Looking after lives: what a life's entries give when played again, repair of a damaged file, a check of a foreign one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from game.engine import turn
from game.engine.calendar import long_date
from game.engine.state import State, text_digest
from game.saves import disk
from game.saves.faults import SaveFault
from game.saves.journal import EDITED, FORMAT, Header, Journal, Node, parse, taken
from game.saves.lines import decode, encode
from game.saves.opening import find_left, scene_title
from game.saves.records import Divergence, Level, Repair, Verification
from game.saves.replay import beginning
from game.saves.resync import exact
from game.saves.writer import header_record

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.page import Page
    from game.engine.story import Story


def verify(name: str, journal: Journal, story: Story, level: Level) -> Verification:
    """Plays the present path again from the beginning and names the first entry that is not as recorded."""
    path = journal.path(journal.head)
    damage = tuple(f"line {number} cannot be read" for number in journal.damaged)
    if journal.lost and not damage:
        damage = tuple(f"entry line {number} is missing" for number in sorted(journal.lost))
    divergence = _first_divergence(journal, story, path, level)
    return Verification(name, level, len(path), divergence, find_left(story, journal).verdict, damage)


def _first_divergence(journal: Journal, story: Story, path: list[Node], level: Level) -> Divergence | None:
    texts = level == "pages"
    state, page = beginning(story, journal.header, texts=texts)
    wrong: Divergence | None = None
    for n, node in enumerate(path, 1):
        if node.gap:
            return _divergence(n, story, state, page, "the file", "what was chosen before it is lost from the file")
        words = f"“{node.label or node.choice}” ({node.key})"
        action = exact(story, page, node)
        if action is None:
            what = "is no longer asked" if node.answer is not None else "is no longer offered"
            what = "can be edited so no longer" if node.edit else what
            return _divergence(n, story, state, page, "choice", f"{words} {what}")
        if wrong is not None:
            return wrong
        try:
            state, page = action.take(story, state, texts=texts)
        except (turn.ChoiceRefused, turn.StoryStuck) as error:
            return _divergence(n, story, state, page, "choice", f"{words} is refused: {error}")
        if state.digest() != journal.logic(node.id):  # what was offered is logic too: a choice that is gone is told as such
            wrong = _divergence(n, story, state, page, "logic", f"after {words} the state is another than it was")
        elif texts and text_digest(page.text) != node.page:
            return _divergence(n, story, state, page, "page", f"after {words} the page reads otherwise than it did")
    return wrong


def _divergence(n: int, story: Story, state: State, page: Page, what: str, sentence: str) -> Divergence:
    scene = scene_title(story, state, page)
    return Divergence(n, page.date, page.scene, what, f"Entry {n}, {long_date(page.date)}, {scene}: {sentence}.")


def imported(path: Path) -> bytes:
    """The bytes of a life from elsewhere, every line of it checked. Raises SaveFault."""
    data = disk.read(path)
    try:
        return checked(data, path.stem)
    except ValueError as error:
        raise SaveFault(
            f"{path.name} was not imported: {error}. Ask for the file again, or play it as it is: `--life {path}`."
        ) from error


def checked(data: bytes, name: str) -> bytes:
    """The bytes of a life, if every line of it is whole. ValueError with a clause on what is not, SaveFault for no life."""
    journal = parse(data, name)
    if journal.damaged or journal.lost:
        raise ValueError(f"line {journal.damaged[0]} is damaged" if journal.damaged else "lines are missing in it")
    return data[: journal.good] + (b"\n" if journal.unended else b"")


def repair(path: Path, now: str) -> Repair:
    """Rewrites a file from its whole lines; what it was stays beside it. Raises SaveFault where nothing can be read."""
    data = disk.read(path)
    first, *lines = data.split(b"\n")
    record = decode(first)
    if record is None or "life" not in record:
        header = _rebuilt(path.stem, lines, now)
        first = encode(header_record(header))[:-1]
    else:
        header = parse(data, path.stem).header
        known = parse(data, path.stem)
        if not (known.damaged or known.lost or known.torn or known.unended):
            return Repair(path.stem, f"There is nothing to repair: every line of `{path.stem}` is whole.")
    journal = Journal(header)
    whole = [line for line in lines if (found := decode(line)) is not None and taken(journal, found)]
    dropped = sum(1 for line in lines if line) - len(whole) + header.rebuilt
    kept = _put_aside(path, data, now)
    note = {"i": journal.last + 1, "repaired": sorted(journal.lost), "kept": kept.name, "at": now}
    disk.replace(path, b"".join(line + b"\n" for line in (first, *whole)) + encode(note))
    return Repair(path.stem, _told(path.stem, header, dropped, kept), kept, dropped)


def _told(name: str, header: Header, dropped: int, kept: Path) -> str:
    lines = f"{dropped} line{'' if dropped == 1 else 's'}"
    first = " Its first line was made anew from a snapshot." if header.rebuilt else ""
    return f"`{name}` is whole again; {lines} could not be read.{first} The damaged file is kept as {kept.name}."


def _rebuilt(name: str, lines: list[bytes], now: str) -> Header:
    """A header for a file that has lost its own: a snapshot knows the story, its packs and the seed."""
    empty = Header("", name, "", "", "", {}, 0, (), {}, "", {}, now, rebuilt=True)
    journal = Journal(empty)
    for line in lines:
        record = decode(line)
        if record is not None:
            taken(journal, record)
    for number in sorted(journal.packed):
        try:
            state = journal.state(number)
        except ValueError:
            continue
        return Header(
            os.urandom(8).hex(), name, state.story, state.version, state.story, dict(state.packs), state.seed, state.optouts,
            {}, "", {}, now, rebuilt=True, format=EDITED if any(node.edit for node in journal.nodes.values()) else FORMAT,
        )  # fmt: skip
    raise SaveFault(f"`{name}` cannot be repaired: its first line is damaged and no snapshot in it can be read.")


def _put_aside(path: Path, data: bytes, now: str) -> Path:
    stamp = "".join(character for character in now if character.isalnum())
    for number in range(1, 1000):
        kept = path.with_name(f"{path.stem}.damaged-{stamp}" + (f"-{number}" if number > 1 else ""))
        try:
            disk.make(kept, data)
        except FileExistsError:
            continue
        return kept
    raise SaveFault(f"`{path.stem}` was not repaired: too many damaged files of it are kept in {path.parent}.")

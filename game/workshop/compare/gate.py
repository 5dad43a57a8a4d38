"""Do lives that were played in one story still open in the other?

A life that was found where it was left (`exact`, or `moved` there though the story had changed) and is now rewound, or does not
open at all, has lost something: that is what the gate is shut for. That it has moved, or is opened by name at the scene where it
stood, is said and let pass.

A life is judged where it was left. Somebody else may stand in the middle of the same life today, so it is also opened at places
along the way, and what that gives is told; but a choice that was cut on purpose shuts no gate.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.saves import SaveFault, Shelf
from game.saves.disk import read
from game.saves.glance import glance
from game.saves.journal import parse
from game.saves.opening import find_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from game.engine.story import Story

CLOSED = "closed"
"""The verdict on a life that does not open."""
LOST = ("rewound", CLOSED)
_KEPT = ("exact", "moved")
_PLACES = 30
"""So many places along a life are tried, or all where it has fewer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A life's verdicts: `exact`, `moved`, `rewound`, `opened` or `closed`; `sentence` is what the new story says of it.

    `along` counts the new story's verdicts at places along the life.
    """

    name: str
    before: str
    after: str
    sentence: str
    along: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> bool:
        return self.before in _KEPT and self.after in LOST


@dataclass(frozen=True, slots=True)
class LifeFile:
    """`at` is the revision that the file was taken from, or empty."""

    path: Path
    at: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.stem} (at {self.at})" if self.at else self.path.stem


def files(places: Iterable[Path], at: str = "") -> list[LifeFile]:
    """The files of lives in these folders, or these files themselves."""
    found: list[LifeFile] = []
    for place in places:
        paths = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
        found += [LifeFile(path, at) for path in paths if not path.name.startswith(".")]
    return found


def judged(lives: Sequence[LifeFile], before: Story, after: Story) -> tuple[list[Judged], list[str]]:
    """The verdicts, and the names of lives that are not judged: of another story, or played with a pack that `before` or `after`
    lacks. A life that is there twice is judged once.
    """
    found, others, known = [], [], set()
    for life in lives:
        content = hashlib.sha256(life.path.read_bytes()).digest()
        if content in known:
            continue
        known.add(content)
        told = glance(life.path)
        if (told.story and told.story != after.id) or not set(told.packs) <= set(before.packs) & set(after.packs):
            others.append(life.name)
            continue
        kind, _ = _verdict(life.path, before)
        found.append(Judged(life.name, kind, *_verdict(life.path, after), _along(life.path, after)))
    return found, others


def _verdict(path: Path, story: Story) -> tuple[str, str]:
    try:
        with Shelf(path.parent).open(path, story, read_only=True) as life:
            return life.verdict.kind, life.verdict.sentence
    except SaveFault as fault:
        return CLOSED, str(fault)


def _along(path: Path, story: Story) -> Counter[str]:
    """How often each verdict is given when the life is opened at places along it."""
    found: Counter[str] = Counter()
    try:
        journal = parse(read(path), path.stem)
    except SaveFault:
        return found
    nodes = journal.path(journal.head)
    for node in nodes[:: -(-len(nodes) // _PLACES) or 1]:
        try:
            found[find_again(story, journal, node.id).verdict.kind] += 1
        except SaveFault:
            found[CLOSED] += 1
    return found

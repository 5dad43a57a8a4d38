"""What clients learn about lives: plain values, ready to be shown."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from game.engine.page import Page

VerdictKind = Literal["exact", "moved", "rewound", "opened"]
Level = Literal["logic", "pages"]


class Verdict(NamedTuple):
    """How well a life was found again in the story as it is now.

    `exact`: as it was left. `moved`: where it was left, though the story has changed on the way. `rewound`: at an earlier
    place. `opened`: from a snapshot, at a scene by name. `sentence` says so, and why; it is empty where there is nothing to say
    (an exact life may have something: that a torn line was dropped).
    """

    kind: VerdictKind
    sentence: str = ""


class LifeInfo(NamedTuple):
    """A life as a list shows it, read from its file alone.

    `name` is what `Shelf.open` takes; `story` an id, `title` the story's, `act` and `scene_title` as players read them, `ending`
    an id or empty. `choices` and `words` count the present path. `changed_at` is a time with its zone. A life that cannot be
    opened has `readable` false and a sentence in `problem`; a readable one may have a problem too (a torn last line).
    `edited` tells that its present path holds an author's edit.
    """

    name: str
    path: Path
    story: str = ""
    title: str = ""
    version: str = ""
    packs: dict[str, str] = {}  # noqa: RUF012
    act: str = ""
    date: date | None = None
    scene_title: str = ""
    last_line: str = ""
    choices: int = 0
    words: int = 0
    ending: str = ""
    seconds_played: int = 0
    changed_at: datetime = datetime.min
    readable: bool = True
    problem: str = ""
    recorded: bool = False
    edited: bool = False


class Entry:
    """A choice, an answer or an edit on the present path, and the page that it led to.

    n           its number on the path, from 1: `Life.rewind(n)` brings its page back
    date        of the story, once it was made
    set, choice its names; `key` is both, as in `Option.key`
    label       the words that were chosen (for an answer, what was asked)
    answer      the line that was typed, or None for a choice
    edit        of an author's edit `set` (the variable `choice`, to `answer`) or `jump` (to the scene `choice`), else empty
    page        made when it is first asked for
    """

    def __init__(
        self, n: int, day: date, set: str, choice: str, label: str, answer: str | None, make: Callable[[], Page], edit: str = ""
    ) -> None:
        self.n, self.date, self.set, self.choice, self.label, self.answer = n, day, set, choice, label, answer
        self._make, self.edit = make, edit

    @property
    def key(self) -> str:
        return f"{self.set}/{self.choice}" if self.set else self.choice

    @cached_property
    def page(self) -> Page:
        return self._make()

    @property
    def words(self) -> int:
        """How many words stand on its page."""
        return len(self.page.text.split())

    def __repr__(self) -> str:
        return f"<Entry {self.n} {self.key}>"


class Bookmark(NamedTuple):
    """A place of the present path (redo included) to come back to by `Life.rewind(n)`.

    `reached` tells a checkpoint of the story from a name that the player gave.
    """

    name: str
    n: int
    date: date
    reached: bool = False


class Divergence(NamedTuple):
    """The first entry at which the story no longer does what was recorded. `sentence` says it all."""

    n: int
    date: date
    scene: str
    what: str
    sentence: str


class Verification(NamedTuple):
    """What a life's entries gave when they were played again: `divergence` is None where all agreed.

    `verdict` is what opening the life gives; `damage` names lines of the file that cannot be read.
    """

    name: str
    level: Level
    entries: int
    divergence: Divergence | None
    verdict: Verdict
    damage: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.divergence is None and not self.damage


class Repair(NamedTuple):
    """What a repair did. `kept` is the damaged file, put aside; None where there was nothing to repair."""

    name: str
    sentence: str
    kept: Path | None = None
    lost: int = 0

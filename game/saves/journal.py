"""What a life's file says: its header, and a tree of choices whose head is where the life stands.

Kinds of lines, told by their key: the header (`life`), `choice`, `edit` (an author's: a variable set, a scene gone to), `move`
(undo, redo, rewind, return), `snapshot`, `bookmark`, `verdict` (what a re-sync found), `here` (where the life stands, for lists)
and `repaired`. The parent of a choice or an edit is `of`, the number of the line of the one before it, 0 at the beginning; so no
path ever taken is lost. Format 2 is format 1 with edits: a life has it from its first edit on, so that a game which knows
nothing of edits says that it cannot read it, and still reads every life without one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from game.saves.faults import SaveFault
from game.saves.lines import decode
from game.saves.snapshots import patched, restore, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.state import State

FORMAT = 1
"""The number in the header of a life in which nothing was edited."""

EDITED = 2
"""The number in the header of a life with edits. A life of a higher one was written by a newer game."""

ROOT = 0

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """What a life began with. `kept` holds JSON data; `made` is a UTC time; `rebuilt` tells that the first line was lost."""

    life: str
    name: str
    story: str
    version: str
    title: str
    packs: dict[str, str]
    seed: int
    optouts: tuple[str, ...]
    kept: dict[str, Any]
    scene: str
    settings: dict[str, str]
    made: str
    rebuilt: bool = False
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Node:
    """A choice, an answer or an edit. `logic` and `page` are digests of what it led to; `gap` tells that what led to it is lost.

    `edit` is `set` (the variable `choice`, to the text in `answer`), `jump` (to the scene `choice`), or empty.
    """

    id: int
    parent: int
    n: int
    date: str
    set: str
    choice: str
    label: str
    answer: str | None
    logic: str
    page: str
    at: str
    gap: bool = False
    edit: str = ""

    @property
    def key(self) -> str:
        return f"{self.set}/{self.choice}" if self.set else self.choice


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark on a node; `reached` tells a checkpoint of the story from a name that the player gave."""

    name: str
    node: int
    date: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Here:
    """A `here` line: where the life stands, without asking the story.

    `ending` is an id, `act` and `title` are titles; `learned` are the codex cards that its page brought. `edited` tells that an
    author's edit lies on the way to it.
    """

    node: int = ROOT
    n: int = 0
    date: str = ""
    act: str = ""
    title: str = ""
    last: str = ""
    words: int = 0
    played: int = 0
    ending: str = ""
    learned: tuple[str, ...] = ()
    edited: bool = False


@dataclass(slots=True)
class Journal:
    """The lines of a file, in order.

    good        bytes up to the end of the last whole line; what follows is torn and may be cut off
    unended     the last whole line lacks its end of line
    torn        something stood behind `good`
    damaged     numbers of lines of the file (from 1) that could not be read
    lost        numbers of lines (`i`) that are missing among the others
    left        the node at which the life was left, where an opening had to stand elsewhere and nothing was done since; else None
    """

    header: Header
    nodes: dict[int, Node] = field(default_factory=dict)
    newest: dict[int, int] = field(default_factory=dict)
    head: int = ROOT
    left: int | None = None
    snapshots: dict[int, list[int]] = field(default_factory=dict)
    anchors: dict[int, int] = field(default_factory=dict)
    accepted: dict[int, str] = field(default_factory=dict)
    packed: dict[int, Record] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    seen: dict[int, Here] = field(default_factory=dict)
    here: Here = field(default_factory=Here)
    last: int = 0
    good: int = 0
    unended: bool = False
    torn: bool = False
    damaged: list[int] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Takes a line in. ValueError, KeyError or TypeError where it makes no sense."""
        number = record["i"]
        if number <= self.last:
            raise ValueError("a line stands in the wrong place")
        for kind, take in _KINDS.items():
            if kind in record:
                take(self, record)
                break
        if number > self.last + 1:
            self.lost.update(range(self.last + 1, min(number, self.last + 1000)))
        self.last = number

    def path(self, node: int) -> list[Node]:
        """The choices from the beginning to a node."""
        found: list[Node] = []
        while node != ROOT:
            found.append(self.nodes[node])
            node = found[-1].parent
        return found[::-1]

    def edited(self, node: int) -> bool:
        """Whether an edit lies on the way to a node."""
        return any(each.edit for each in self.path(node))

    def ahead(self, node: int) -> list[Node]:
        """The choices that `redo` would make again, one after the other."""
        found: list[Node] = []
        while node in self.newest:
            node = self.newest[node]
            found.append(self.nodes[node])
        return found

    def logic(self, node: int) -> str:
        """The digest that a node's state had when it was last seen, or empty where none is known."""
        if node in self.accepted:
            return self.accepted[node]
        return self.nodes[node].logic if node in self.nodes else ""

    def state(self, line: int) -> State:
        """The state of a snapshot's or a verdict's line. ValueError, with a sentence."""
        return restore(self.plain(line))

    def plain(self, line: int) -> Any:
        """The data of a snapshot, put together from those that it builds on."""
        chain: list[Any] = []
        at: int | None = line
        while at is not None:
            record = self.packed.get(at)
            if record is None:
                raise ValueError("a snapshot builds on one that is lost")
            chain.append(unpack(record["state"]))
            earlier = record.get("from")
            if earlier is not None and not (type(earlier) is int and earlier < at):
                raise ValueError("a snapshot builds on a later one")
            at = earlier
        data = chain.pop()
        while chain:
            data = patched(data, chain.pop())
        return data

    def snapshot(self, node: int) -> State | None:
        """The state of a node's last snapshot that can be read, or None."""
        for line in reversed(self.snapshots.get(node, ())):
            try:
                return self.state(line)
            except ValueError:
                continue
        return None


def parse(data: bytes, name: str) -> Journal:
    """The journal of a file's bytes. Raises SaveFault where its first line is unreadable, or from a newer game."""
    lines = data.split(b"\n")
    if not data.strip():
        raise SaveFault(f"`{name}` is empty: no life was begun in it. Delete it.")
    first = decode(lines[0])
    if first is None or "life" not in first:
        if len(lines) < 3:
            raise SaveFault(f"`{name}` is not a life, or was cut off before it began. Nothing can be read from it.")
        raise SaveFault(
            f"The first line of `{name}` is damaged, so it cannot be opened as it is. "
            f"`kuzbass lives repair {name}` makes a new one from its snapshots and keeps the damaged file beside it."
        )
    journal = Journal(header_of(first, name))
    read_lines(journal, lines[1:], len(lines[0]) + 1, len(data))
    return journal


def read_lines(journal: Journal, lines: list[bytes], offset: int, size: int) -> None:
    """Takes the lines behind the first one in, and notes which could not be."""
    journal.good, journal.unended = min(offset, size), offset > size
    for number, line in enumerate(lines, start=2):
        end = offset + len(line)
        ended = end < size
        record = decode(line)
        if record is not None and taken(journal, record):
            journal.good, journal.unended = end + ended, not ended
        elif ended:
            journal.damaged.append(number)
            journal.good, journal.unended = end + 1, False
        elif line:
            journal.torn = True
        offset = end + 1


def taken(journal: Journal, record: Record) -> bool:
    """Takes a line in, if it makes sense."""
    try:
        journal.add(record)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def header_of(record: Record, name: str) -> Header:
    """The header in a first line. Raises SaveFault."""
    number = record.get("format")
    if type(number) is int and number > EDITED:
        raise SaveFault(
            f"`{name}` was saved by a newer version of the game (its format is {number}, this game reads up to {EDITED}). "
            "Install the newer version to play it; nothing was changed."
        )
    try:
        if type(number) is not int or number < FORMAT:
            raise ValueError("format")
        return Header(
            life=_text(record["life"]),
            name=_text(record["name"]),
            story=_text(record["story"]),
            version=_text(record["version"]),
            title=_text(record["title"]),
            packs=_texts(record["packs"]),
            seed=_count(record["seed"]),
            optouts=tuple(_text(item) for item in record["optouts"]),
            kept=dict(record["kept"]),
            scene=_text(record["scene"]),
            settings=_texts(record["settings"]),
            made=_text(record["made"]),
            rebuilt=record.get("rebuilt") is True,
            format=number,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SaveFault(f"The first line of `{name}` does not tell what a life begins with. It cannot be opened.") from error


def here_of(record: Record) -> Here:
    """A `here` line. KeyError, TypeError or ValueError where it is none."""
    return Here(
        node=_count(record["here"]), n=_count(record["n"]), date=_day(record["date"]), act=_text(record["act"]),
        title=_text(record["title"]), last=_text(record["last"]), words=_count(record["words"]), played=_count(record["played"]),
        ending=_text(record.get("ending", "")), learned=tuple(_text(card) for card in record.get("learned", ())),
        edited=record.get("edited") is True,
    )  # fmt: skip


def _add_choice(journal: Journal, record: Record) -> None:
    number, parent = record["i"], _count(record["of"])
    gap = not _known(journal, parent)
    answer = record.get("answer")
    node = Node(
        id=number, parent=journal.head if gap else parent, n=_count(record["n"]), date=_day(record["date"]),
        set=_text(record["set"]), choice=_text(record["choice"]), label=_text(record.get("label", "")),
        answer=None if answer is None else _text(answer), logic=_text(record["logic"]), page=_text(record["page"]),
        at=_text(record["at"]), gap=gap,
    )  # fmt: skip
    _stand_at(journal, node)


def _add_edit(journal: Journal, record: Record) -> None:
    kind, parent, name = _text(record["edit"]), _count(record["of"]), _text(record["name"])
    if kind not in ("set", "jump"):
        raise ValueError("no such edit")
    gap = not _known(journal, parent)
    value = _text(record["value"]) if kind == "set" else ""
    node = Node(
        id=record["i"], parent=journal.head if gap else parent, n=_count(record["n"]), date=_day(record["date"]),
        set="", choice=name, label=f"{name} = {value}" if kind == "set" else f"go to {name}",
        answer=value if kind == "set" else None, logic=_text(record["logic"]), page=_text(record["page"]),
        at=_text(record["at"]), gap=gap, edit=kind,
    )  # fmt: skip
    _stand_at(journal, node)


def _stand_at(journal: Journal, node: Node) -> None:
    journal.nodes[node.id] = node
    journal.newest[node.parent] = journal.head = node.id
    journal.left = None


def _add_move(journal: Journal, record: Record) -> None:
    _text(record["move"])
    to = _count(record["to"])
    if _known(journal, to):
        journal.head, journal.left = to, None


def _add_snapshot(journal: Journal, record: Record) -> None:
    _text(record["state"])
    _text(record.get("ending", ""))
    node = _count(record["snapshot"])
    journal.packed[record["i"]] = record
    journal.snapshots.setdefault(node, []).append(record["i"])
    if journal.header.rebuilt and node == ROOT:  # what earlier lives had left for this one is not known, but for this
        journal.anchors[ROOT] = record["i"]


def _add_mark(journal: Journal, record: Record) -> None:
    node = _count(record["of"])
    mark = Mark(_text(record["bookmark"]), node, _day(record["date"]), record.get("reached") is True)
    if _known(journal, node):
        journal.marks.append(mark)


def _add_verdict(journal: Journal, record: Record) -> None:
    to, logic = _count(record["to"]), _text(record["logic"])
    anchor = _count(record["anchor"]) if "state" in record else None
    if not _known(journal, to) or not (anchor is None or _known(journal, anchor)):
        return
    if anchor is not None:
        _text(record["state"])
        journal.packed[record["i"]] = record
        journal.anchors[anchor] = record["i"]
    if record["verdict"] in ("rewound", "opened"):
        journal.left = journal.head if journal.left is None else journal.left
    elif to != journal.head:
        journal.left = None
    journal.head = to
    journal.accepted[to] = logic


def _add_here(journal: Journal, record: Record) -> None:
    journal.here = here_of(record)
    journal.seen[journal.here.node] = journal.here


def _add_repair(journal: Journal, record: Record) -> None:
    """A repair was made, and the player knows what is missing: it is told no more."""
    journal.lost -= set(_counts(record["repaired"]))


_KINDS = {
    "choice": _add_choice, "edit": _add_edit, "move": _add_move, "snapshot": _add_snapshot, "bookmark": _add_mark,
    "verdict": _add_verdict, "here": _add_here, "repaired": _add_repair,
}  # fmt: skip


def _known(journal: Journal, node: int) -> bool:
    return node == ROOT or node in journal.nodes


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(item) for key, item in dict(value).items()}


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("a count expected")
    return value


def _counts(value: Iterable[Any]) -> list[int]:
    return [_count(item) for item in value]


def _day(value: Any) -> str:
    date.fromisoformat(_text(value))
    return str(value)

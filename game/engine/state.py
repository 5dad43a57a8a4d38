"""The one thing that changes: the state of a life. A step copies it, so undo is keeping the old one."""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b
from json import dumps
from typing import Any

STATE_FORMAT = 1
REMEMBERED_CAUSES = 4
"""How many changes of each variable are kept for *Why?*; older ones are in the journal."""

_UNREAD_BY_LOGIC = ("causes", "series", "version", "packs")


class State:
    """A life at the moment when it waits for the player. Names only, no positions.

    story, version      the story's id and version; packs: {id: version}
    seed                of every draw
    optouts             content the player passes over
    date                today
    vars                {variable: value}; dates and spans as their own types
    visits              {target: [times, date of the last entry]}
    taken               {set/choice: times}
    draws               {site: times}: how often chance was asked there
    hands               {site: [storylet, ...]}: offered and not yet played
    papers, cards       what is carried; codex cards earned (both in order)
    met                 {person: [first date, last date, scene of the last]}
    series              {variable: [[date, value], ...]}, a point a month
    causes              {variable: [[old, new, date, scene, choice], ...]}, the latest last
    scene, set          where the life stands: the scene that plays, and the name of the set on offer
    offered             [[key, enabled], ...]
    asking              the key of the question on the page, or empty
    stack               [[scene, site], ...]: visits to come back from
    waiting             the date that a `wait` in the hub is still on its way to, or None
    place               the place's id, or empty
    ending              the ending's id, or empty
    steps               how many choices and answers led here
    """

    __slots__ = (
        "asking",
        "cards",
        "causes",
        "date",
        "draws",
        "ending",
        "hands",
        "met",
        "offered",
        "optouts",
        "packs",
        "papers",
        "place",
        "scene",
        "seed",
        "series",
        "set",
        "stack",
        "steps",
        "story",
        "taken",
        "vars",
        "version",
        "visits",
        "waiting",
    )

    story: str
    version: str
    packs: dict[str, str]
    seed: int
    optouts: tuple[str, ...]
    date: dt.date
    vars: dict[str, Any]
    visits: dict[str, tuple[int, dt.date]]
    taken: dict[str, int]
    draws: dict[str, int]
    hands: dict[str, tuple[str, ...]]
    papers: tuple[str, ...]
    cards: tuple[str, ...]
    met: dict[str, tuple[dt.date, dt.date, str]]
    series: dict[str, tuple[tuple[dt.date, Any], ...]]
    causes: dict[str, tuple[tuple[Any, Any, dt.date, str, str], ...]]
    scene: str
    set: str
    offered: tuple[tuple[str, bool], ...]
    asking: str
    stack: tuple[tuple[str, str], ...]
    waiting: dt.date | None
    place: str
    ending: str
    steps: int

    def copy(self) -> State:
        """A state of its own: containers are copied, what they hold is immutable."""
        new = State.__new__(State)  # written out, since every choice of every life that is searched or explored pays for it
        new.story, new.version, new.packs = self.story, self.version, self.packs.copy()
        new.seed, new.optouts = self.seed, self.optouts
        new.date, new.vars, new.visits, new.taken = self.date, self.vars.copy(), self.visits.copy(), self.taken.copy()
        new.draws, new.hands, new.papers, new.cards = self.draws.copy(), self.hands.copy(), self.papers, self.cards
        new.met, new.series, new.causes = self.met.copy(), self.series.copy(), self.causes.copy()
        new.scene, new.set, new.offered, new.asking, new.stack = self.scene, self.set, self.offered, self.asking, self.stack
        new.waiting, new.place, new.ending, new.steps = self.waiting, self.place, self.ending, self.steps
        return new

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data, from which `from_json` makes an equal state."""
        data: dict[str, Any] = {name: _plain(getattr(self, name)) for name in State.__slots__}
        data["format"] = STATE_FORMAT
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> State:
        """The state that `to_json` wrote. Raises ValueError, with a sentence, for anything else."""
        if not isinstance(data, dict) or data.get("format") != STATE_FORMAT:
            raise ValueError("this snapshot was written by another version of the game")
        try:
            return _restore(data)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise ValueError(f"this snapshot is damaged ({error})") from error

    def digest(self) -> str:
        """Sixteen hex digits of everything that logic can read: equal digests, equal futures."""
        data = {name: getattr(self, name) for name in State.__slots__ if name not in _UNREAD_BY_LOGIC}
        return text_digest(dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in State.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<State {self.scene}:{self.set} {self.date} step {self.steps}>"


def text_digest(text: str) -> str:
    """Sixteen hex digits of a text."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)) and not hasattr(value, "to_text"):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if hasattr(value, "to_text"):
        return {"$span": value.to_text()}
    return value


def _fresh(value: Any) -> Any:
    from game.engine.calendar import Period

    if isinstance(value, dict):
        if len(value) == 1 and isinstance(value.get("$date"), str):
            return dt.date.fromisoformat(value["$date"])
        if len(value) == 1 and isinstance(value.get("$span"), str):
            return Period.parse(value["$span"])
        return {str(key): _fresh(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_fresh(item) for item in value)
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"a {type(value).__name__} where none belongs")


_DATE = dt.date
_SHAPES: dict[str, Any] = {
    "story": str, "version": str, "packs": {"": str}, "seed": int, "optouts": [str], "date": _DATE, "vars": {"": object},
    "visits": {"": (int, _DATE)}, "taken": {"": int}, "draws": {"": int}, "hands": {"": [str]}, "papers": [str], "cards": [str],
    "met": {"": (_DATE, _DATE, str)}, "series": {"": [(_DATE, object)]}, "causes": {"": [(object, object, _DATE, str, str)]},
    "scene": str, "set": str, "offered": [(str, bool)], "asking": str, "stack": [(str, str)], "waiting": _DATE,
    "place": str, "ending": str, "steps": int,
}  # fmt: skip
"""What each slot holds: a type; {"": shape} for a table; [shape] for any number; (shape, ...) for just these."""


def _fits(value: Any, shape: Any) -> bool:
    if isinstance(shape, type):
        return isinstance(value, shape)
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(_fits(item, shape[""]) for item in value.values())
    if isinstance(shape, list):
        return isinstance(value, tuple) and all(_fits(item, shape[0]) for item in value)
    return isinstance(value, tuple) and len(value) == len(shape) and all(map(_fits, value, shape))


def _restore(data: dict[str, Any]) -> State:
    state = State.__new__(State)
    for name in State.__slots__:
        value = _fresh(data[name])
        if not (_fits(value, _SHAPES[name]) or (name == "waiting" and value is None)):
            raise TypeError(f"{name} is not as it should be")
        setattr(state, name, value)
    return state

"""A story ready to be played: its tables, and its scenes as programs that are linked when they are first needed.

A story is made of plain JSON data, from the loader or from its cache: an index of tables, and one program a scene. Data is all
there is; what it names are the operations of `program`, so a cache that somebody tampered with can hold wrong data, never code.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.calendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.program import Program

Data = dict[str, Any]


class VariableInfo(NamedTuple):
    """A declared variable. `scale` holds (from this value up, word); `words` how a one-of value is printed."""

    id: str
    kind: str
    start: Any
    low: float | None = None
    high: float | None = None
    words: dict[str, str] = {}  # noqa: RUF012
    label: str = ""
    group: str = ""
    scale: tuple[tuple[float, str], ...] = ()
    rises: str = ""
    falls: str = ""
    better: str = "none"
    series: bool = False
    keep: str = ""

    def word(self, value: Any) -> str:
        """The word in which players see this value: of its scale, or of its words, or the value itself."""
        found = ""
        for low, word in self.scale:
            if not found or value >= low:
                found = word
        return found or self.words.get(value, "") or str(value)


class PersonInfo(NamedTuple):
    id: str
    name: str
    about: str = ""
    real: bool = False
    standing: str = ""


class PlaceInfo(NamedTuple):
    """`map` names the map it stands on, `spot` is its (column, row) there, or None."""

    id: str
    name: str
    about: str = ""
    map: str = ""
    spot: tuple[int, int] | None = None


class PaperInfo(NamedTuple):
    id: str
    title: str


class EndingInfo(NamedTuple):
    id: str
    title: str
    early: bool = False


class CardInfo(NamedTuple):
    """A codex card: what is claimed, on what sources, how sure it is, and what the story changed."""

    id: str
    title: str
    claim: str
    sources: tuple[str, ...] = ()
    confidence: str = "attested"
    changed: str = ""
    date: str = ""


class ActInfo(NamedTuple):
    """`first` is the act's first day; `turn` the number of its first turn."""

    id: str
    title: str
    first: date
    turn: int


class SceneInfo(NamedTuple):
    """What is known of a scene without its program. `status`, `cards` and `note` are its history."""

    id: str
    file: str
    line: int
    decks: tuple[str, ...] = ()
    day: date | None = None
    first: date | None = None
    last: date | None = None
    once: bool = True
    every: Any = None
    place: str = ""
    cast: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    skips: bool = False
    status: str = ""
    cards: tuple[str, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    terms: int = 0


class StoryStuck(Exception):
    """The story cannot go on from here; the message says where, in a sentence. The state before is untouched."""


class Story:
    """A whole story. Tables are by id; `scenes` holds every scene's info, `program` its linked program.

    `fetch` gives a scene's program as data; `forget` is called when that cannot be linked, so that the next start reads it anew.
    `renamed` maps old names (`was`) of targets and of set/choice keys to their present ones. `index` also holds what is
    linked when it is needed: `conditions` ({scene: [when, weight]}) and `paper_texts`.
    """

    def __init__(self, index: Data, fetch: Callable[[str], Data], forget: Callable[[], None] = lambda: None) -> None:
        self.index = index
        self._fetch = fetch
        self._forget = forget
        self._programs: dict[str, Program] = {}
        self._conditions: dict[str, tuple[Any, Any]] = {}
        self.id: str = index["id"]
        self.title: str = index["title"]
        self.version: str = index["version"]
        self.byline: str = index["byline"]
        self.intro: str = index["intro"]
        self.start: str = index["start"]
        self.hubs: tuple[str, ...] = tuple(index["hubs"])
        self.content: dict[str, str] = dict(index["content"])
        self.packs: dict[str, str] = {pack["id"]: pack["version"] for pack in index["packs"]}
        self.pack_titles: dict[str, str] = {pack["id"]: pack["title"] for pack in index["packs"]}
        self.renamed: dict[str, str] = dict(index["renamed"])
        self.calendar = Calendar.from_data(index["calendar"])
        self.acts: tuple[ActInfo, ...] = tuple(
            ActInfo(act["id"], act["title"], self.calendar.turn_start(act["turn"]), act["turn"]) for act in index["acts"]
        )
        self.variables: dict[str, VariableInfo] = _table(VariableInfo, index["variables"])
        self.people: dict[str, PersonInfo] = _table(PersonInfo, index["people"])
        self.places: dict[str, PlaceInfo] = _table(PlaceInfo, index["places"])
        self.papers: dict[str, PaperInfo] = _table(PaperInfo, index["papers"])
        self.endings: dict[str, EndingInfo] = _table(EndingInfo, index["endings"])
        self.cards: dict[str, CardInfo] = _table(CardInfo, index["cards"])
        self.scenes: dict[str, SceneInfo] = _table(SceneInfo, index["scenes"])
        self.roles: dict[str, dict[str, float]] = {role: dict(weights) for role, weights in index["roles"].items()}
        decks: dict[str, list[str]] = {}
        events: list[tuple[date, str]] = []
        for scene in sorted(self.scenes):
            info = self.scenes[scene]
            for deck in info.decks:
                decks.setdefault(deck, []).append(scene)
            if info.day is not None:
                events.append((info.day, scene))
        self.decks: dict[str, tuple[str, ...]] = {deck: tuple(cards) for deck, cards in decks.items()}
        self.decks["any"] = tuple(sorted({card for cards in decks.values() for card in cards}))
        self.events: tuple[tuple[date, str], ...] = tuple(sorted(events))

    def data(self, scene: str) -> Data:
        """The scene's program as the loader wrote it, for whoever reads it without playing it."""
        return self._fetch(scene)

    def program(self, scene: str) -> Program:
        """The scene's program, linked at its first use and kept."""
        found = self._programs.get(scene)
        if found is None:
            from game.engine.program import Program

            try:
                found = self._programs[scene] = Program(scene, self._fetch(scene), self)
            except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
                self._forget()
                raise StoryStuck(f"the kept copy of the scene `{scene}` cannot be read; start again to load it anew") from error
        return found

    def conditions(self, scene: str) -> tuple[Any, Any]:
        """A storylet's `when` and `weight` as linked functions, or None where it has none."""
        found = self._conditions.get(scene)
        if found is None:
            from game.engine.evaluate import link

            when, weight = self.index["conditions"].get(scene, (None, None))
            found = self._conditions[scene] = (link(when), link(weight))
        return found


def _table(kind: type[Any], rows: dict[str, Data]) -> dict[str, Any]:
    return {name: kind(id=name, **{key: restore(value) for key, value in row.items()}) for name, row in rows.items()}


def restore(value: Any) -> Any:
    """JSON data back as the values that tables hold: lists as tuples, `$date` and `$span` as what they are."""
    if not isinstance(value, (list, dict)):
        return value
    if isinstance(value, list):
        return tuple(restore(item) for item in value)
    if "$date" in value:
        return date.fromisoformat(value["$date"])
    if "$span" in value:
        from game.engine.calendar import Period

        return Period.parse(value["$span"])
    return {key: restore(item) for key, item in value.items()}

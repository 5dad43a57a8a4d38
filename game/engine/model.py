"""The language as frozen data: what a story file says, before names are resolved.

Every node knows where it stands (`At`), so that whatever is found wrong with it later can be shown in its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from game.engine.source import NOWHERE as NOWHERE
from game.engine.source import At as At
from game.engine.source import Source as Source

if TYPE_CHECKING:
    from datetime import date

    from game.engine.expressions import Effect, Expr
    from game.engine.prose import ProseTree


@dataclass(frozen=True, slots=True)
class Logic:
    """An expression as written; `tree` is its parse."""

    source: Source
    tree: Expr


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of one `do`."""

    source: Source
    tree: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with inline logic. `block` tells prose (paragraphs) from a label or a reason (one line)."""

    source: Source
    tree: ProseTree
    block: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, of a target, person, paper, card: resolved in a later pass."""

    text: str
    at: At


# Steps: what a beat plays, in the order written -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    at: At
    prose: Prose


@dataclass(frozen=True, slots=True)
class Do:
    at: At
    effects: tuple[Effects, ...]


@dataclass(frozen=True, slots=True)
class Carry:
    """`give` (given is true) or `take`."""

    at: At
    papers: tuple[Name, ...]
    given: bool


@dataclass(frozen=True, slots=True)
class Visit:
    at: At
    target: Name


@dataclass(frozen=True, slots=True)
class Draw:
    """One deck of a `draw`; `play` tells playing at once from offering."""

    at: At
    deck: Name
    count: int
    play: bool


@dataclass(frozen=True, slots=True)
class Draws:
    at: At
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    at: At
    items: tuple[Choice | Include, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    at: At
    into: Name
    say: Prose | None
    default: str
    limit: int


@dataclass(frozen=True, slots=True)
class Then:
    at: At
    flow: Flow


@dataclass(frozen=True, slots=True)
class Go:
    """`a if c else b`: routes in order, the last without a condition. A target `back` ends a visit."""

    at: At
    source: Source
    routes: tuple[tuple[Logic | None, Name], ...]


@dataclass(frozen=True, slots=True)
class End:
    at: At
    ending: Name


@dataclass(frozen=True, slots=True)
class Checkpoint:
    at: At
    name: Prose


Step = Say | Do | Carry | Visit | Draws | Choices | Ask | Then | Go | End | Checkpoint


@dataclass(frozen=True, slots=True)
class Beat:
    """Steps that play together, if `test` holds; else the first of `others` whose test holds; else `otherwise`.

    `skip` plays in place of it all for a player who has opted out of the scene's content.
    """

    at: At
    steps: tuple[Step, ...]
    id: str | None = None
    was: str | None = None
    test: Logic | None = None
    others: tuple[Beat, ...] = ()
    otherwise: Flow = ()
    skip: Flow | None = None


Flow = tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A condition that greys a choice out. Without a reason it is the name of a rule, which has one."""

    at: At
    test: Logic
    reason: Prose | None


@dataclass(frozen=True, slots=True)
class Choice:
    at: At
    label: Prose
    id: str
    beat: Beat
    written_id: bool = False
    was: str | None = None
    test: Logic | None = None
    needs: tuple[Need, ...] = ()
    once: bool = False
    final: bool = False
    note: Prose | None = None
    intent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Include:
    at: At
    target: Name


@dataclass(frozen=True, slots=True)
class History:
    at: At
    status: str
    cards: tuple[Name, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    at: At
    id: str
    beat: Beat
    title: Prose | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene. `id` carries its pack's name (`winter/camp`); `pack` is empty for the story's own."""

    at: At
    id: str
    beat: Beat
    pack: str = ""
    title: Prose | None = None
    subtitle: Prose | None = None
    place: Name | None = None
    cast: tuple[Name, ...] = ()
    decks: tuple[Name, ...] = ()
    when: Logic | None = None
    weight: Logic | None = None
    once: bool | None = None
    every: Logic | None = None
    first: date | None = None
    last: date | None = None
    day: date | None = None
    history: History | None = None
    content: tuple[Name, ...] = ()
    skip: Flow | None = None
    tags: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Graft:
    """Choices that a pack adds to a set it does not own."""

    at: At
    id: str
    pack: str
    extend: Name
    choices: tuple[Choice | Include, ...]


# Declarations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    at: At
    id: str
    title: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Info:
    """story.yaml."""

    at: At
    id: str
    title: str
    version: str
    start: Name
    date: date
    hubs: tuple[Name, ...] = ()
    acts: tuple[Act, ...] = ()
    content: dict[str, str] = field(default_factory=dict)
    byline: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """`kind` is whole, number, truth, text, word, date or span; `start` a Python value of it."""

    at: At
    id: str
    kind: str
    start: Any
    low: float | None = None
    high: float | None = None
    words: dict[str, str] = field(default_factory=dict)
    label: str = ""
    group: str = ""
    scale: tuple[tuple[float, str], ...] = ()
    rises: str = ""
    falls: str = ""
    better: str = "none"
    series: bool = False
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    at: At
    id: str
    name: str
    about: str = ""
    real: bool = False
    standing: Name | None = None


@dataclass(frozen=True, slots=True)
class Place:
    at: At
    id: str
    name: str
    about: str = ""
    map: str = ""
    spot: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    at: At
    id: str
    title: str
    text: Prose | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    at: At
    id: str
    test: Logic
    reason: Prose | None


@dataclass(frozen=True, slots=True)
class Snippet:
    at: At
    id: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class Ending:
    at: At
    id: str
    title: str
    text: Prose | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    at: At
    id: str
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Card:
    at: At
    id: str
    title: str
    claim: str
    sources: tuple[str, ...] = ()
    confidence: str = "attested"
    changed: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    at: At
    id: str
    title: str
    version: str
    story: str
    story_version: str
    folder: str
    meant: At = NOWHERE
    """Where it says which story it is for."""


@dataclass(frozen=True, slots=True)
class Model:
    """A whole story as written, its packs laid over it. Tables are by id."""

    info: Info
    scenes: dict[str, Scene]
    grafts: tuple[Graft, ...] = ()
    variables: dict[str, Variable] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    snippets: dict[str, Snippet] = field(default_factory=dict)
    endings: dict[str, Ending] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    packs: tuple[Pack, ...] = ()

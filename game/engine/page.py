"""What a client draws: one page of the story, complete, without any logic left in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Span(NamedTuple):
    """A run of text in one style. `card` is the codex card that the words open, or empty."""

    text: str
    em: bool = False
    strong: bool = False
    card: str = ""


class Block(NamedTuple):
    """One block of a page.

    `kind` is `title` (a scene or storylet begins), `subtitle`, `text` (a paragraph), `change` (what a choice changed,
    in words), or `break` (a pause between scenes; no spans). `scene` is the scene that speaks.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    scene: str = ""

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(span.text for span in self.spans)


class Option(NamedTuple):
    """A choice on offer. `key` names it for `choose` and for the journal: the set, a slash, the choice's id."""

    key: str
    label: str
    enabled: bool = True
    reasons: tuple[str, ...] = ()
    note: str = ""
    final: bool = False

    @property
    def set(self) -> str:
        return self.key.rpartition("/")[0]

    @property
    def id(self) -> str:
        return self.key.rpartition("/")[2]


class Question(NamedTuple):
    """A line that the player is asked to type. `key` is its name for the journal."""

    key: str
    label: str
    default: str
    limit: int


class Standing(NamedTuple):
    """A labelled variable as players see it: its word on the scale (or its value), and the group it is shown in."""

    id: str
    label: str
    word: str
    group: str


class Page(NamedTuple):
    """One page: what is read, then either options, a question, or an ending.

    `scenes` are the scenes heard on this page, in order; `checkpoints` the bookmarks reached; `learned` the codex cards
    newly earned. `ending` is an id of the story's endings, or empty. `act` is empty where the story declares none.
    """

    scene: str
    title: str
    place: str
    date: date
    act: str
    turn: int
    blocks: tuple[Block, ...]
    options: tuple[Option, ...] = ()
    question: Question | None = None
    ending: str = ""
    scenes: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()

    @property
    def text(self) -> str:
        """The page's words, a paragraph a line: what is counted, searched and digested."""
        return "\n".join(block.text for block in self.blocks if block.kind != "break")

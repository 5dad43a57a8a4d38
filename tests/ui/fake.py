"""A shelf and a life in memory, for what a real story cannot be made to do on demand: faults, odd words, pages of any length.

A `Tale` is a dictionary of pages by name; a choice leads to the page that has the name of its id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from game.engine.page import Block, Option, Page, Question, Span
from game.engine.story import CardInfo, EndingInfo, PlaceInfo
from game.engine.turn import ChoiceRefused
from game.saves import SaveFault
from game.saves.records import Bookmark, LifeInfo, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY = date(1922, 3, 6)
LOREM = (
    "The office is a room and a half, and the half has the typewriter in it. A girl inked to the elbow slides three sheets "
    "across the counter and sets a lump of coal on them, so that nobody can say it was not explained."
)


def text(*spans: str | Span, kind: str = "text") -> Block:
    """A block of plain words and spans."""
    return Block(kind, tuple(Span(span) if isinstance(span, str) else span for span in spans), "office")


def page(*blocks: Block | str, options: Sequence[Option] = (), **more: Any) -> Page:
    """A page of blocks; a bare string is a paragraph."""
    made = tuple(text(block) if isinstance(block, str) else block for block in blocks)
    start: dict[str, Any] = {
        "scene": "office", "title": "The office", "place": "office", "date": DAY, "act": "", "turn": 1, "scenes": ("office",),
    }  # fmt: skip
    return Page(blocks=made, options=tuple(options), **{**start, **more})


def option(id: str, label: str, **more: Any) -> Option:
    return Option(f"office/{id}", label, **more)


def tale() -> dict[str, Page]:
    """Three pages, a question and an end, with one of everything that a page can hold."""
    return {
        "start": page(
            text("The office", kind="title"),
            text("Room 303", kind="subtitle"),
            LOREM,
            text("Two years. Soviet law. ", Span("A number of severe hardships", card="clause"), ", she reads aloud."),
            text("Gusev trusts you a little more", kind="change"),
            text("two weeks pass", kind="change"),
            options=[
                option("sign", "Sign, and fold the second copy into your coat.", final=True),
                option("wait", "Ask her to read you a letter from somebody already there.", note="costs an afternoon"),
                option("horse", "Buy the horse.", enabled=False, reasons=("You have no money.",)),
            ],
        ),
        "sign": page(
            "He blots it.", options=[option("name", "Say your name."), option("end", "Go home.")], date=date(1922, 3, 20)
        ),
        "wait": page(
            *(f"Line {number}. {LOREM}" for number in range(12)), options=[option("sign", "Sign."), option("end", "Go.")]
        ),
        "name": page("She dips the pen.", question=Question("office/ask", "Your name?", "Anna Reed", 40)),
        "answered": page("So that is you.", options=[option("end", "Go home.")]),
        "end": page("The train leaves.", ending="home"),
    }


def story(pages: Mapping[str, Page] | None = None) -> Any:
    """What clients read of a story. `pages` are for the lives that are begun in it."""
    card = CardInfo(
        "clause", "Clause 11", "The contract spoke of a number of severe hardships.", ("Morray 1983, p. 41",), "attested",
        "The wording is shortened.",
    )  # fmt: skip
    return SimpleNamespace(
        id="two_years", title="Two Years, Signed", version="0.1.0", byline="A text adventure", packs={},
        intro="You sign for two years.\n\nYou cannot save the colony.", content={"typhus": "Illness and the death of a child"},
        acts=(), variables={}, people={}, papers={}, scenes={}, cards={"clause": card},
        places={"office": PlaceInfo("office", "Room 303", map="world", spot=(1, 1))},
        endings={"home": EndingInfo("home", "Home"), "stay": EndingInfo("stay", "The union book")},
        calendar=SimpleNamespace(start=date(1922, 3, 6)), pages=dict(pages or tale()),
    )  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A page of the path, and what was done on it."""

    page: Page
    key: str = ""
    label: str = ""


@dataclass
class FakeLife:
    """Walks the pages of its story. `fault`, where set, is raised by the next step instead."""

    name: str
    story: Any
    read_only: bool = False
    path: Path = Path("lives/anna.jsonl")
    verdict: Verdict = field(default_factory=lambda: Verdict("exact"))
    fault: Exception | None = None
    closed: bool = False

    def __post_init__(self) -> None:
        self.steps = [Step(self.story.pages["start"])]
        self.undone: list[Step] = []
        self.marks: list[Bookmark] = []

    @property
    def page(self) -> Page:
        return self.steps[-1].page

    @property
    def header(self) -> Any:
        return SimpleNamespace(rebuilt=False, scene="", settings={})

    @property
    def first_page(self) -> Page:
        return self.steps[0].page

    @property
    def state(self) -> Any:
        place = self.page.place
        return SimpleNamespace(
            steps=len(self.steps) - 1, papers=(), cards=("clause",), met={}, vars={}, series={}, causes={}, date=self.page.date,
            place=place, visits={},
        )  # fmt: skip

    @property
    def entries(self) -> tuple[Any, ...]:
        return tuple(
            SimpleNamespace(
                n=n, date=step.page.date, key=step.key, label=step.label, answer=None, edit="", page=step.page, words=1
            )
            for n, step in enumerate(self.steps[1:], 1)
        )

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        return tuple(self.marks)

    @property
    def can_undo(self) -> bool:
        return len(self.steps) > 1

    @property
    def can_redo(self) -> bool:
        return bool(self.undone)

    def choose(self, key: str) -> Page:
        self._fail()
        found = next((option for option in self.page.options if option.key == key), None)
        if found is None or not found.enabled:
            raise ChoiceRefused(*(found.reasons if found else ("It is not on offer.",)))
        return self._go(found.id, key, found.label)

    def answer(self, words: str) -> Page:
        self._fail()
        assert self.page.question is not None
        return self._go("answered", self.page.question.key, words or self.page.question.default)

    def undo(self) -> Page | None:
        if not self.can_undo:
            return None
        self.undone.append(self.steps.pop())
        return self.page

    def redo(self) -> Page | None:
        if not self.undone:
            return None
        self.steps.append(self.undone.pop())
        return self.page

    def rewind(self, n: int) -> Page:
        while len(self.steps) > n + 1:
            self.undone.append(self.steps.pop())
        return self.page

    def bookmark(self, name: str) -> None:
        self.marks.append(Bookmark(name, len(self.steps) - 1, self.page.date))

    def branch(self, n: int, new_name: str) -> FakeLife:
        life = FakeLife(new_name, self.story)
        life.steps = self.steps[: n + 1]
        return life

    def close(self) -> None:
        self.closed = True

    def _go(self, name: str, key: str, label: str) -> Page:
        self.steps.append(Step(self.story.pages[name], key, label))
        self.undone.clear()
        return self.page

    def _fail(self) -> None:
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault


class FakeShelf:
    """Lives in a dictionary. `fault`, where set, is raised by whatever is asked of it next."""

    def __init__(self, *lives: FakeLife) -> None:
        self.lives = {life.name: life for life in lives}
        self.fault: Exception | None = None
        self.optouts: tuple[str, ...] = ()

    def list(self) -> tuple[LifeInfo, ...]:
        return tuple(self._info(life) for life in self.lives.values())

    def _info(self, life: FakeLife) -> LifeInfo:
        blocks = [block.text for block in life.page.blocks]
        return LifeInfo(
            life.name, life.path, life.story.id, life.story.title, act="What was promised", date=life.page.date,
            scene_title=life.page.title, last_line=blocks[-1], choices=len(life.steps) - 1, words=120, ending=life.page.ending,
            seconds_played=600, changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip

    def begin(self, story: Any, *, name: str = "", seed: int | None = None, optouts: Sequence[str] = (), **_: Any) -> FakeLife:
        self._fail()
        self.optouts = tuple(optouts)
        life = self.lives[name or f"life-{len(self.lives) + 1}"] = FakeLife(name or f"life-{len(self.lives) + 1}", story)
        return life

    def open(self, name: str, story: Any, *, read_only: bool = False) -> FakeLife:
        self._fail()
        if name not in self.lives:
            raise SaveFault(f"There is no life `{name}`.")
        self.lives[name].read_only = read_only
        return self.lives[name]

    def rename(self, name: str, new: str) -> None:
        self._fail()
        self.lives[new] = self.lives.pop(name)
        self.lives[new].name = new

    def copy(self, name: str, new: str) -> None:
        self.lives[new] = FakeLife(new, self.lives[name].story)

    def delete(self, name: str) -> None:
        self._fail()
        del self.lives[name]

    def export(self, name: str, path: Path) -> None:
        path.write_text(name)

    def import_(self, path: Path) -> str:
        raise SaveFault(f"{path} is no life.")

    def cards(self) -> tuple[str, ...]:
        return ()

    def _fail(self) -> None:
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault


def with_options(*options: Option) -> dict[str, Page]:
    """A tale that begins with these options."""
    pages = tale()
    pages["start"] = pages["start"]._replace(options=options)
    return pages

"""The ledger: what players may know of the variables, by group, now and month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.desk.words import value_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from game.engine.state import State
    from game.engine.story import Story

GROUPS = {"colony": "The colony", "self": "You", "standing": "What they think of you"}


@dataclass(frozen=True, slots=True)
class Point:
    """A value as it stood on a day, and its word."""

    date: date
    value: Any
    word: str


@dataclass(frozen=True, slots=True)
class Account:
    """One labelled variable. `points` run from the first to the last; `low` and `high` are the ends of its range, if any."""

    id: str
    label: str
    group: str
    word: str
    value: Any
    better: str
    low: float | None
    high: float | None
    points: tuple[Point, ...]

    @property
    def changes(self) -> tuple[Point, ...]:
        """The points at which the value became another, the first included."""
        kept: list[Point] = []
        for point in self.points:
            if not kept or kept[-1].value != point.value:
                kept.append(point)
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts that stand together. `title` is the group's name in words."""

    id: str
    title: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, for the margin of a chart."""

    date: date
    text: str


@dataclass(frozen=True, slots=True)
class Ledger:
    groups: tuple[Group, ...]
    events: tuple[Event, ...]


def ledger(story: Story, state: State, happened: Iterable[tuple[date, str]] = ()) -> Ledger:
    """The accounts of today. `happened` holds (date, words) from the journal: bookmarks, signatures; acts are added to them."""
    groups: dict[str, list[Account]] = {name: [] for name in GROUPS}
    for name, info in story.variables.items():
        if not info.label or name not in state.vars:
            continue
        value = state.vars[name]
        points = [Point(day, old, value_in_words(info, old)) for day, old in state.series.get(name, ())]
        if info.series and points and points[-1].value != value:
            points.append(Point(state.date, value, value_in_words(info, value)))
        groups.setdefault(info.group, []).append(
            Account(name, info.label, info.group, value_in_words(info, value), value, info.better, info.low, info.high,
                    tuple(points))
        )  # fmt: skip
    begun = [Event(act.first, act.title) for act in story.acts if act.first <= state.date]
    events = sorted([*begun, *(Event(day, text) for day, text in happened)], key=lambda event: event.date)
    return Ledger(
        tuple(Group(name, GROUPS.get(name, name.capitalize() or "More"), tuple(accounts))
              for name, accounts in groups.items() if accounts),
        tuple(events),
    )  # fmt: skip

"""Dates, spans and turns: the calendar that the language speaks of. Months are calendar months, the day clamped."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}
_DAYS_A_MONTH = 30.436875
_LONGEST = 10**9
_TEXT = re.compile(r"(-?\d+)m(-?\d+)d")


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A span of months and days. One measured between two dates remembers its first (`anchor`), so that
    `since(x) >= 1 month` asks the calendar and not an average."""

    months: int
    days: int
    anchor: date | None = None

    def to_text(self) -> str:
        return f"{self.months}m{self.days}d"

    @classmethod
    def parse(cls, text: str) -> Period:
        match = _TEXT.fullmatch(text)
        if match is None:
            raise TypeError(f"{text!r} is no span")
        return cls(int(match[1]), int(match[2]))

    def length(self, anchor: date | None = None) -> float:
        """Days; exact where the period or the other side (`anchor`) knows from when it counts."""
        start = self.anchor or anchor
        if start is None or not self.months:
            return self.months * _DAYS_A_MONTH + self.days
        return (shift(start, self) - start).days

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Period) and self.length(other.anchor) == other.length(self.anchor)

    def __lt__(self, other: Period) -> bool:
        return self.length(other.anchor) < other.length(self.anchor)

    def __le__(self, other: Period) -> bool:
        return self.length(other.anchor) <= other.length(self.anchor)

    def __gt__(self, other: Period) -> bool:
        return other < self

    def __ge__(self, other: Period) -> bool:
        return other <= self

    def __hash__(self) -> int:
        return hash((self.months, self.days))

    def __add__(self, other: Period) -> Period:
        return Period(_sane(self.months + other.months), _sane(self.days + other.days))

    def __sub__(self, other: Period) -> Period:
        return Period(_sane(self.months - other.months), _sane(self.days - other.days))

    def __mul__(self, times: int) -> Period:
        return Period(_sane(self.months * times), _sane(self.days * times))

    __rmul__ = __mul__

    def __str__(self) -> str:
        return in_words(self)


def _sane(number: int) -> int:
    """Beyond any date of the calendar a longer span is no different."""
    return max(-_LONGEST, min(_LONGEST, number))


NEVER = Period(0, _LONGEST)
"""Longer than any span: how long ago something is that has not happened."""


def shift(day: date, period: Period) -> date:
    """The day `period` later. Ends at the calendar's own ends (years 1 and 9999)."""
    months = day.year * 12 + day.month - 1 + period.months
    year, month = divmod(months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    clamped = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return clamped + timedelta(days=period.days)
    except OverflowError:
        return date.max if period.days > 0 else date.min


def between(first: date, last: date) -> Period:
    """The span from one day to another, which remembers the first."""
    return Period(0, (last - first).days, first)


def in_words(period: Period) -> str:
    """`3 days`, `two weeks` as `2 weeks`, `1 month`, `2 years`: the largest unit that divides it."""
    parts = []
    if period.months:
        years, months = divmod(period.months, 12)
        parts += [_counted(years, "year")] if years else []
        parts += [_counted(months, "month")] if months else []
    if period.days or not parts:
        weeks, rest = divmod(period.days, 7)
        parts.append(_counted(weeks, "week") if weeks and not rest else _counted(period.days, "day"))
    return " and ".join(parts)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")


def long_date(day: date) -> str:
    """`6 March 1922`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The first day, and the days on which turns begin. `acts` holds (id, number of its first turn)."""

    start: date
    turns: tuple[date, ...]
    acts: tuple[tuple[str, int], ...]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Calendar:
        """From `{date, lengths: [days, ...], acts: [[id, first turn], ...]}`."""
        start = date.fromisoformat(data["date"])
        turns = [start]
        for days in data["lengths"]:
            turns.append(turns[-1] + timedelta(days=days))
        return cls(start, tuple(turns), tuple((name, turn) for name, turn in data["acts"]))

    def turn(self, day: date) -> int:
        """The number of the turn that `day` is in, from 1; after the last declared turn, one more than it."""
        return max(1, bisect_right(self.turns, day))

    def turn_start(self, turn: int) -> date:
        return self.turns[min(turn, len(self.turns)) - 1]

    def next_turn(self, day: date) -> date:
        """The first day of the turn after the one that `day` is in; after the last, the day itself."""
        index = bisect_right(self.turns, day)
        return self.turns[index] if index < len(self.turns) else day

    def act(self, day: date) -> str:
        """The act that `day` is in, or an empty name where the story has no acts."""
        turn = self.turn(day)
        found = ""
        for name, first in self.acts:
            if turn >= first:
                found = name
        return found

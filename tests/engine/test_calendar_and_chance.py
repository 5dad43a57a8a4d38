"""The calendar keeps the real one; chance is a function of seed, site and count, and of nothing else."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.calendar import NEVER, Calendar, Period, between, in_words, shift
from game.engine.chance import _minus_log2, by_weight, draw, happens, roll, shuffled
from game.engine.machine import passing

DAYS = st.dates(dt.date(1800, 1, 1), dt.date(2100, 12, 31))
CALENDAR = Calendar.from_data({"date": "1922-03-06", "lengths": [30, 28, 14], "acts": [["prologue", 1], ["one", 3]]})


def test_months_are_calendar_months_with_the_day_clamped() -> None:
    assert shift(dt.date(1922, 1, 31), Period(1, 0)) == dt.date(1922, 2, 28)
    assert shift(dt.date(1924, 1, 31), Period(1, 0)) == dt.date(1924, 2, 29)
    assert shift(dt.date(1922, 12, 15), Period(2, 3)) == dt.date(1923, 2, 18)
    assert shift(dt.date(1922, 3, 31), Period(-1, 0)) == dt.date(1922, 2, 28)


def test_a_span_between_days_is_measured_against_the_calendar() -> None:
    february = between(dt.date(1922, 2, 1), dt.date(1922, 3, 1))
    assert february >= Period(1, 0)
    assert february < Period(0, 29)
    assert february < NEVER
    assert Period(12, 0) > Period(0, 360)


def test_turns_and_acts_follow_from_the_date() -> None:
    days = [
        dt.date(1922, 3, 6),
        dt.date(1922, 4, 4),
        dt.date(1922, 4, 5),
        dt.date(1922, 5, 3),
        dt.date(1922, 5, 17),
        dt.date(1930, 1, 1),
    ]
    assert [CALENDAR.turn(day) for day in days] == [1, 1, 2, 3, 4, 4]
    assert [CALENDAR.act(day) for day in days] == ["prologue", "prologue", "prologue", "one", "one", "one"]
    assert CALENDAR.next_turn(days[0]) == dt.date(1922, 4, 5)
    assert CALENDAR.next_turn(days[-1]) == days[-1]


def test_spans_read_as_words() -> None:
    assert [in_words(Period(0, days)) for days in (1, 7, 14, 20)] == ["1 day", "1 week", "2 weeks", "20 days"]
    assert in_words(Period(14, 0)) == "1 year and 2 months"


@given(DAYS, st.integers(-600, 600), st.integers(-500, 500))
def test_a_shift_lands_in_the_month_it_names(day: dt.date, months: int, days: int) -> None:
    moved = shift(day, Period(months, 0))
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
    assert shift(day, Period(months, days)) == moved + dt.timedelta(days=days)
    assert Period.parse(Period(months, days).to_text()) == Period(months, days)


@given(st.integers(), st.text(max_size=20), st.integers(0, 50))
def test_a_draw_is_the_same_for_ever(seed: int, site: str, times: int) -> None:
    number = draw(seed, site, times)
    assert number == draw(seed, site, times)
    assert 0 <= number < 2**64
    assert not happens(number, 0)
    assert happens(number, 1)
    assert 1 <= roll(number, 1, 6) <= 6


def test_known_draws_have_not_changed_since_saves_were_first_written() -> None:
    assert draw(1, "office:chance(0.5)", 0) == 17861202982090991320
    assert by_weight(7, "office:draw works:works", 0, [("a", 1), ("b", 1), ("c", 5)]) == KNOWN_ORDER


KNOWN_ORDER = ["c", "a", "b"]


def test_draws_are_even_and_weights_are_kept() -> None:
    hits = sum(happens(draw(3, "site", n), 0.3) for n in range(4000))
    assert 1100 < hits < 1300
    first = Counter(by_weight(5, "deck", n, [("light", 1), ("heavy", 3), ("gone", 0)])[0] for n in range(2000))
    assert 1400 < first["heavy"] < 1600
    assert first["gone"] == 0


@given(st.integers(0, 2**64 - 1))
def test_the_logarithm_is_right_to_the_last_of_its_steps(number: int) -> None:
    assert math.isclose(_minus_log2(number) / 2**24, 64 - math.log2(number + 1), abs_tol=2**-20)


@given(
    st.integers(),
    st.sets(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, max_size=8),
    st.text("xyz", min_size=1, max_size=3),
)
def test_another_card_in_the_deck_does_not_reorder_the_others(seed: int, cards: set[str], new: str) -> None:
    before = by_weight(seed, "deck", 0, [(card, 1.0) for card in cards])
    after = by_weight(seed, "deck", 0, [(card, 1.0) for card in {*cards, new}])
    assert [card for card in after if card in cards] == before


@given(st.integers(), st.integers(1, 9), st.integers(0, 5))
def test_a_lap_of_a_shuffle_shows_each_once(seed: int, count: int, lap: int) -> None:
    assert sorted(shuffled(seed, "site", count, lap)) == list(range(count))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "a day passes"),
        (7, "a week passes"),
        (21, "three weeks pass"),
        (31, "thirty-one days pass"),
        (61, "about two months pass"),
        (700, "one hundred weeks pass"),
        (750, "about two years pass"),
        (7 * 1530, "about twenty-nine years pass"),
    ],
)
def test_what_passes_is_said_in_words_that_one_would_use(days: int, words: str) -> None:
    assert passing(days) == words

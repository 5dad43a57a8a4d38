"""A life whose last choices an edit took away: it is rewound by as little as can be, and stands again once they are back."""

from __future__ import annotations

from textwrap import dedent

import pytest

SCENES = """
    start:
      title: The pier
      text: |
        The pier.
      choices:
        - say: Go on board
          id: board
          do: coal += 1
        - say: Stay a day
          id: stay
      then:
        - go: month
    month:
      title: The month
      text: |
        {coal} tons, {date}.
      choices:
        - say: Dig coal
          id: dig
        - say: Cross the border
          id: cross
          go: border
      then:
        - do: wait 5 weeks
        - go: month
    border:
      title: The border
      text: |
        A table under a lamp.
      choices:
        - say: Give him your other shirt
          id: shirt
          do: coal += 2
        - say: Keep it on
          id: keep
      then:
        - do: wait 5 weeks
        - go: last
    last:
      title: Number Two
      text: |
        A sheet of lead.
      choices:
        - say: Ask the date of him, and let him pull it
          id: pull
          ending: end_home
        - say: Give it to Anisim to feel
          id: feel
          ending: end_home
"""
MOVES = ("board", "dig", "cross", "shirt", "pull")
RENAMED = [("    last:\n", "    two:\n"), ("go: last", "go: two"), ("Ask the date of him, and let him pull it", "Say the day")]
OTHER_ID = ("id: pull", "id: tug")
WAS = ("    two:\n", "    two:\n      was: last\n")
ONE_LEFT = ("        - say: Give him your other shirt\n          id: shirt\n          do: coal += 2\n", "")


def edited(*changes):
    text = SCENES
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return dedent(text)


@pytest.fixture
def left(shelf, tell, play):
    with shelf.begin(tell(edited()), name="vera", seed=4) as life:
        return play(life, *MOVES).page


def test_a_choice_of_a_renamed_set_is_found_by_its_id_whatever_its_words(shelf, tell, left):
    with shelf.open("vera", tell(edited(*RENAMED))) as life:
        found = "found again by its name in another place (“Ask the date of him, and let him pull it”)"
        assert life.verdict.kind == "moved"
        assert found in life.verdict.sentence
        assert life.page.ending == left.ending


@pytest.mark.parametrize(
    "mended", [[], [*RENAMED, OTHER_ID, WAS, ("id: tug", "id: tug\n          was: pull")]], ids=["back", "was"]
)
def test_one_step_back_is_right_and_the_ending_comes_back_with_the_choice(shelf, tell, left, mended):
    story, whole = tell(edited(*RENAMED, OTHER_ID)), tell(edited(*mended))
    with shelf.open("vera", story) as life:
        because = "because the story no longer offers “Ask the date of him, and let him pull it” there"
        assert life.verdict == ("rewound", f"Rewound to 15 May 1922, Number Two, {because}.")
        assert [entry.choice for entry in life.entries] == list(MOVES[:-1])
    with shelf.open("vera", story) as life:
        assert (life.verdict.kind, life.page.scene) == ("exact", "two")
    with shelf.open("vera", whole) as life:
        assert life.verdict == ("moved", "The story leads again to where this life was left. It stands there.")
        assert life.page.ending == left.ending
        assert life.page.text == left.text
    with shelf.open("vera", whole) as life:
        assert life.verdict.kind == "exact"
        assert life.page.ending == left.ending


@pytest.mark.parametrize("step", ["choice", "undo"])
def test_a_life_that_was_played_on_from_its_earlier_place_stays_on_its_new_way(shelf, tell, left, play, step):
    with shelf.open("vera", tell(edited(*RENAMED, OTHER_ID))) as life:
        play(life, "feel") if step == "choice" else life.undo()
        entries = [entry.choice for entry in life.entries]
    with shelf.open("vera", tell(edited())) as life:
        assert [entry.choice for entry in life.entries] == entries


GONE = [("        - say: Go on board\n          id: board\n", "        - say: Swim\n          id: swim\n")]
OPENED = [
    *GONE,
    ("    last:\n", "    two:\n"), ("go: last", "go: two"), ("    border:\n", "    customs:\n"), ("go: border", "go: customs"),
    ("    month:\n", "    town:\n"), ("go: month", "go: town"),
]  # fmt: skip
HUB = """
    id: tiny
    title: A Tiny Story
    version: 0.1.0
    start: start
    hub: town
    date: 1922-03-06
    acts:
      - {id: first, title: The first act, turns: [28, 28, 28]}
"""


def test_a_life_opened_at_a_hub_is_at_its_ending_again_once_the_edit_is_taken_back(shelf, tell, left):
    story = tell(edited(*OPENED), story=HUB)
    for kind in ("opened", "exact"):
        with shelf.open("vera", story) as life:
            assert (life.verdict.kind, life.page.scene) == (kind, "town")
    for kind in ("moved", "exact"):
        with shelf.open("vera", tell(edited())) as life:
            assert (life.verdict.kind, life.page.ending) == (kind, left.ending)
            assert [entry.choice for entry in life.entries] == list(MOVES)


def test_a_life_opened_at_a_hub_and_played_on_stays_there(shelf, tell, left, play):
    with shelf.open("vera", tell(edited(*OPENED), story=HUB)) as life:
        page = play(life, "dig").page
    with shelf.open("vera", tell(edited(*OPENED), story=HUB)) as life:
        assert (life.verdict.kind, life.page) == ("exact", page)
    with shelf.open("vera", tell(edited())) as life:
        assert life.page.ending == ""
        assert life.entries[-1].choice == "dig"


def test_in_watching_the_ending_comes_back_too(shelf, tell, left):
    with shelf.open("vera", tell(edited(*OPENED), story=HUB)) as life:
        assert life.reread(tell(edited())).sentence.startswith("The story leads again to where this life was left")
        assert life.page.ending == left.ending


def test_what_is_left_of_a_set_is_not_taken_in_place_of_a_choice_that_is_gone(shelf, tell, play):
    with shelf.begin(tell(edited()), name="vera", seed=4) as life:
        play(life, "board", "dig", "cross", "shirt")
        coal = life.state.vars["coal"]
    story = tell(edited(ONE_LEFT))
    with shelf.open("vera", story) as life:
        assert life.verdict.kind == "moved"
        assert "because the story no longer offers “Give him your other shirt” there" in life.verdict.sentence
        assert life.state.vars["coal"] == coal  # from a snapshot that knows what was chosen


def test_without_a_snapshot_behind_it_the_lost_choice_is_stopped_at(shelf, tell, play):
    without = [("        - do: wait 5 weeks\n        - go: last", "        - go: last")]
    with shelf.begin(tell(edited(*without)), name="vera", seed=4) as life:
        play(life, "board", "dig", "cross", "shirt")
        assert life.page.scene == "last"
    with shelf.open("vera", tell(edited(*without, ONE_LEFT))) as life:
        assert life.verdict.kind == "rewound"
        assert "because the story no longer offers “Give him your other shirt” there" in life.verdict.sentence
        assert [option.id for option in life.page.options] == ["keep"]
        assert [entry.choice for entry in life.entries] == ["board", "dig", "cross"]


def test_a_sentence_names_three_choices_and_counts_more(shelf, tell, play):
    with shelf.begin(tell(edited()), name="vera", seed=4) as life:
        play(life, "board", "dig", "dig", "dig", "dig", "dig")
    renamed = ("say: Dig coal\n          id: dig", "say: Dig the coal\n          id: dig_the_coal")
    with shelf.open("vera", tell(edited(renamed))) as life:
        assert (
            "5 choices were found again by their words (“Dig coal”, “Dig coal”, “Dig coal” and 2 more)" in life.verdict.sentence
        )

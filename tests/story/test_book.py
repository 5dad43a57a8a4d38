"""The whole book: it holds together, nothing in it stops a life, and every ending has been lived."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.engine.turn import answer, begin, choose
from game.saves import Shelf
from game.workshop.check import run_check
from game.workshop.explore.play import Uniform, live

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.workshop.explore.play import Life

ROOT = Path(__file__).parents[2]
LATE = ("a4_statement", "a4_last_meeting", "a4_keys")
FIXED = (
    "a1_arrival", "a1_whose_mine", "a1_new_contract", "a2_pay_list", "a2_joint_letter", "a2_no_wages", "a3_first_coke",
    "a3_two_years", "a3_commission", "a4_new_deputy", *LATE,
)  # fmt: skip


@pytest.fixture(scope="module")
def lives(story: Story) -> list[Life]:
    """Random lives, of the logic alone."""
    return [live(story, seed, Uniform(seed)) for seed in range(120)]


def test_nothing_is_wrong_with_it() -> None:
    report, code = run_check(ROOT / "story")
    assert code == 0
    assert report.startswith("No faults in"), report


def test_every_random_life_comes_to_an_end(lives: list[Life]) -> None:
    assert [life.fault for life in lives if life.fault] == []
    assert not [life.seed for life in lives if not life.ending]


def test_whoever_comes_to_the_keys_has_met_what_nobody_is_spared(story: Story, lives: list[Life]) -> None:
    late = [life for life in lives if "a4_keys" in life.state.visits]
    assert len(late) > len(lives) // 3
    for life in late:
        assert [scene for scene in FIXED if scene not in life.state.visits] == []
        assert "none" not in {life.state.vars[paper] for paper in ("s2", "s3", "s4", "s5")}, "five times a pen"


def test_the_ending_is_the_one_that_the_life_was_tending_to(story: Story, lives: list[Life]) -> None:
    for life in lives:
        final = life.state.vars["final"]
        assert life.ending == (
            "end_stayed" if final == "none" else f"end_{final}" if final != "newyork" else "end_newyork_platform"
        )


@pytest.mark.parametrize(
    "optouts", [passed for size in (1, 2, 3) for passed in combinations(("famine", "illness", "rock_fall"), size)]
)
def test_it_can_be_lived_with_anything_passed_over(story: Story, optouts: tuple[str, ...]) -> None:
    for seed in range(6):
        player, (state, page) = Uniform(seed), begin(story, seed, optouts=optouts, texts=False)
        while not page.ending:
            if page.question is not None:
                state, page = answer(story, state, "", texts=False)
            else:
                state, page = choose(story, state, player.pick(story, state, page), texts=False)


def test_every_ending_has_been_lived(story: Story) -> None:
    """After a change of the story on purpose: `python tests/story/live_roles.py` lives those that are missing."""
    shelf = Shelf(ROOT / "saves" / "none", ROOT / "saves" / "recorded")
    reached = set()
    for path in sorted((ROOT / "saves" / "recorded").glob("*.jsonl")):
        life = shelf.open(path.stem, story, read_only=True)
        reached.add(life.page.ending)
        life.close()
    assert reached == set(story.endings)

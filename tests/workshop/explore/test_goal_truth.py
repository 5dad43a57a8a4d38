"""What `--goal` claims, held against stories small enough to walk through every life of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from workshop.explore.small import Truth, write

from game.engine.turn import begin
from game.workshop.explore.archive import make
from game.workshop.explore.goal import Goal, Known, Verdict, goals, seek

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.story import Story

SEEDS = range(1, 13)


def reaches(story: Story, found: Verdict) -> bool:
    """Whether the life of a verdict comes to its goal, and not before its last choice."""
    state = begin(story, found.how.seed, optouts=found.how.optouts, texts=False)[0]
    for move in found.keys:
        if found.goal.reached(state):
            return False
        state = make(story, state, move)
    return found.goal.reached(state)


class Ticks:
    """A clock that goes on by being looked at, so that a search is as long on every machine."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self.looks / 1000


@pytest.mark.parametrize("number", range(14))
def test_without_chance_every_goal_is_found_by_the_shortest_life_or_proved_unreachable(tmp_path: Path, number: int) -> None:
    story = write(tmp_path, number, chance=False)
    truths = [Truth(story, 1, optouts) for optouts in ((), ("dread",))]
    known = Known(story)
    for goal in goals(story):
        found = seek(known, goal, clock=Ticks())
        least = [depth for truth in truths if (depth := truth.of(goal)) is not None]
        if not least:
            assert found.outcome == "unreachable", goal
            continue
        assert found.outcome == "found", goal
        assert reaches(story, found)
        optouts = 1 if found.how.optouts else 0
        assert found.shortest == "all" or found.shortest == "seed"
        assert len(found.keys) == (truths[optouts].of(goal) if found.shortest == "seed" else min(least)), goal


@pytest.mark.parametrize("number", range(100, 112))
def test_with_chance_nothing_is_claimed_that_another_seed_disproves(tmp_path: Path, number: int) -> None:
    story = write(tmp_path, number, chance=True)
    truths = {seed: Truth(story, seed) for seed in SEEDS}
    known = Known(story)
    for goal in goals(story):
        found = seek(known, goal, seconds=3, clock=Ticks())
        depths = {seed: depth for seed, truth in truths.items() if (depth := truth.of(goal)) is not None}
        if found.outcome == "unreachable":
            assert not depths, goal
        elif found.outcome == "found":
            assert reaches(story, found), goal
            if found.shortest == "all":
                assert len(found.keys) <= min(depths.values(), default=99)
            elif found.shortest == "seed" and not found.how.optouts:
                truth = truths.get(found.how.seed) or Truth(story, found.how.seed)
                assert len(found.keys) == truth.of(goal), goal
        else:
            assert 1 not in depths, f"{goal} can be reached with the seed that is searched first, and was not found"


@pytest.mark.parametrize("number", range(200, 206))
def test_of_a_given_seed_a_small_story_is_searched_to_the_end(tmp_path: Path, number: int) -> None:
    story = write(tmp_path, number, chance=True)
    known = Known(story)
    truths = [Truth(story, 7, optouts) for optouts in ((), ("dread",))]
    for goal in goals(story):
        found = seek(known, goal, seed=7, clock=Ticks())
        if any(truth.of(goal) is not None for truth in truths):
            assert (found.outcome, found.how.seed) == ("found", 7), goal
            assert reaches(story, found)
        else:
            assert found.outcome in ("none", "unreachable"), goal


def test_the_start_is_reached_with_no_choice(tmp_path: Path) -> None:
    found = seek(Known(write(tmp_path, 1, chance=False)), Goal("scene", "r0"))
    assert (found.outcome, found.keys, found.shortest) == ("found", (), "all")

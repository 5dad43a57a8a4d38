"""Fifty prizes that random play meets in fewer than one life in ten thousand, and fifty that nobody can meet."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from workshop.explore.rare import NEVER, RARE, lock, luck, papers, policy, silent, write
from workshop.explore.test_goal_truth import Ticks, reaches

from game.engine.turn import begin
from game.load import load_story
from game.workshop.explore.archive import make, moves_from
from game.workshop.explore.goal import Goal, Known, seek

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.story import Story


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> tuple[Known, list[str], list[str]]:
    folder: Path = tmp_path_factory.mktemp("doors")
    rare, never = write(folder)
    story = load_story(folder).story
    assert story is not None
    assert len(rare) == len(never) == 50
    return Known(story), rare, never


def firsts(names: list[str], kinds: dict[Any, int]) -> list[str]:
    """The first prize of each kind."""
    found, at = [], 0
    for many in kinds.values():
        found.append(names[at])
        at += many
    return found


def random_life(story: Story, seed: int) -> set[str]:
    state, chance = begin(story, seed, texts=False)[0], Random(seed)
    while not state.ending:
        state = make(story, state, chance.choice(moves_from(state)))
    return set(state.visits)


def test_none_of_the_rare_is_ever_called_unreachable(doors: tuple[Known, list[str], list[str]]) -> None:
    known, rare, _ = doors
    for name in rare:
        assert seek(known, Goal("target", name), seconds=0.02, clock=Ticks()).outcome in ("found", "missed"), name


def test_random_play_meets_none_of_them(doors: tuple[Known, list[str], list[str]]) -> None:
    known, rare, _ = doors
    met = set().union(*(random_life(known.story, seed) for seed in range(100)))
    assert not met & set(rare)


@pytest.mark.parametrize("kind", [lock, silent, policy, luck, papers])
def test_rare_ones_are_found(doors: tuple[Known, list[str], list[str]], kind: Any) -> None:
    known, rare, _ = doors
    name = firsts(rare, RARE)[list(RARE).index(kind)]
    found = seek(known, Goal("target", name), seconds=8, clock=Ticks())
    assert found.outcome == "found"
    assert reaches(known.story, found)


def test_none_of_the_others_is_ever_found_and_most_are_proved_unreachable(doors: tuple[Known, list[str], list[str]]) -> None:
    known, _, never = doors
    outcomes = [seek(known, Goal("target", name), seconds=0.02, clock=Ticks()).outcome for name in never]
    assert set(outcomes) <= {"unreachable", "missed"}
    assert outcomes.count("unreachable") >= 30
    assert len(NEVER) == 8

"""The archive: what it keeps, that it is the same again, and that it meets what chance does not."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from workshop.explore.rare import write
from workshop.explore.small import write as write_small

from game.engine.turn import begin
from game.load import load_story
from game.workshop.explore.archive import Archive, Seeds, make, moves_from
from game.workshop.explore.live import Live
from game.workshop.explore.rounds import search
from game.workshop.explore.workers import Origin, Pool

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.story import Story


def doors(folder: Path) -> Story:
    write(folder)
    story = load_story(folder).story
    assert story is not None
    return story


def spread(story: Story, choices: int) -> Archive:
    archive, seeds = Archive(story, Live(story), 1), Seeds(1)
    while archive.choices < choices:
        archive.spread(seeds)
    return archive


def test_it_meets_more_than_random_play_does_with_as_many_choices(tmp_path: Path) -> None:
    story = doors(tmp_path)
    met: set[tuple[str, int]] = set()
    made, chance = 0, Random(1)
    while made < 4000:
        state = begin(story, chance.randrange(10**9), texts=False, trace=met)[0]
        while not state.ending:
            state = make(story, state, chance.choice(moves_from(state)), met)
            made += 1
    assert len(spread(story, 4000).trace) > len(met)


def test_the_same_seed_gives_the_same_archive(tmp_path: Path) -> None:
    story = doors(tmp_path)
    one, other = spread(story, 400), spread(story, 400)
    assert one.trace == other.trace
    assert one.counts == other.counts
    assert [cell.keys for cell in one.cells.values()] == [cell.keys for cell in other.cells.values()]


def test_each_cell_holds_a_life_that_leads_to_it(tmp_path: Path) -> None:
    story = write_small(tmp_path, 3, chance=True)
    archive = spread(story, 200)
    for (how, key), cell in archive.cells.items():
        state = begin(story, how.seed, optouts=how.optouts, texts=False)[0]
        for move in cell.keys:
            state = make(story, state, move)
        assert archive.live.quick(state) == key
        assert len(cell.keys) <= cell.depth


def test_states_that_differ_in_what_nothing_reads_are_one(tmp_path: Path) -> None:
    story = write_small(tmp_path, 3, chance=False)
    live = Live(story)
    state = begin(story, 1, texts=False)[0]
    other = state.copy()
    other.vars["idle"] += 1
    other.steps += 1
    other.cards = ("nothing",)
    assert live.exact(state) == live.exact(other)
    other.vars["fuel"] -= 1
    assert live.exact(state) != live.exact(other)


def test_when_its_room_is_full_the_cells_are_dropped_and_it_goes_on(tmp_path: Path) -> None:
    story = doors(tmp_path)
    archive, seeds = Archive(story, Live(story), 1, room=5_000), Seeds(1)
    while archive.choices < 500:
        archive.spread(seeds)
    assert len(archive.cells) < 100


def test_rounds_find_the_same_whoever_does_the_work(tmp_path: Path) -> None:
    story = write_small(tmp_path, 3, chance=True)
    with Pool(Origin(tmp_path), story) as pool:
        first = list(search(pool, 1, lambda: True, rounds=1))
        assert first == list(search(pool, 1, lambda: True, rounds=1))
    assert all(found.choices >= 1000 for found in first)

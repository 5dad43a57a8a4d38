"""However the work is shared out, the report is the same; and what goes wrong with those who do it is told in a sentence."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop.explore.coins import CIRCLES, DOORS, FALLS, STRAIGHT, story_in, write

from game.options import Unable
from game.workshop.explore.measure import document
from game.workshop.explore.play import Fault, LeastTaken, Life, Uniform, life_seed, live
from game.workshop.explore.progress import Progress
from game.workshop.explore.run import Plan, Run
from game.workshop.explore.spans import RANDOM, Span, play_span
from game.workshop.explore.tally import Reached, Tally
from game.workshop.explore.workers import Origin, Pool

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = ("seconds", "workers", "choices_per_second")


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    folder = tmp_path_factory.mktemp("doors")
    return folder, story_in(folder, DOORS)


def report(folder: Path, story, workers: int = 1, cluster: str = ""):
    with Pool(Origin(folder), story, workers, cluster) as pool:
        found = document(story, Run(story, pool, Plan(120), Progress()).play())
    return {key: value for key, value in found.items() if key not in CLOCK}


# merging -----------------------------------------------------------------------------------------------------------


def counters(keys):
    from collections import Counter

    return st.dictionaries(keys, st.integers(1, 9), max_size=3).map(Counter)


NAMES = st.sampled_from("abc")
FAULTS = st.builds(Fault, NAMES, NAMES, NAMES, st.integers(0, 3), st.lists(NAMES, max_size=3).map(tuple))
TALLIES = st.builds(
    Tally, lives=st.integers(0, 9), loops=st.integers(0, 9), scenes=counters(NAMES), words=counters(st.integers(0, 5)),
    lows=st.dictionaries(NAMES, st.integers(-9, 9)), highs=st.dictionaries(NAMES, st.integers(-9, 9)),
    ends=counters(st.tuples(NAMES, NAMES)), texts=st.frozensets(st.tuples(NAMES, st.integers(0, 3))),
    faults=st.dictionaries(NAMES, FAULTS),
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(TALLIES, TALLIES, TALLIES)
def test_tallies_merge_in_any_grouping(one, two, three):
    assert (one + two) + three == one + (two + three)
    assert one + Tally() == one == Tally() + one
    assert one + two == two + one
    assert (one + two).reached == one.reached + two.reached


def test_what_was_reached_merges():
    assert Reached(frozenset("a")) + Reached(frozenset("b"), endings=frozenset("e")) == Reached(
        frozenset("ab"), endings=frozenset("e")
    )


@settings(deadline=None, max_examples=10)
@given(
    cuts=st.lists(st.integers(1, 24).map(lambda half: 2 * half), max_size=4, unique=True), who=st.sampled_from([RANDOM, "bold"])
)
def test_lives_add_up_to_the_same_however_they_are_cut_into_spans(doors, cuts, who):
    ends = [0, *sorted(cuts), 50]
    whole = play_span(doors[1], Span(who, 0, 50, 7, "shy" if who else "")).tally
    parts = [play_span(doors[1], Span(who, first, last - first, 7, "shy" if who else "")).tally for first, last in pairwise(ends)]
    assert sum(parts, Tally()) == whole


# workers -----------------------------------------------------------------------------------------------------------


def double(story, number):
    return story.id, 2 * number


def burst(story, number):
    raise ValueError(f"{story.id} {number}")


def die(story, number):
    os._exit(3)


def test_two_processes_report_what_one_does(doors):
    folder, story = doors
    assert report(folder, story, 2) == report(folder, story, 1)


def test_jobs_are_asked_for_as_workers_come_free(doors):
    folder, story = doors
    asked = []

    def jobs():
        for number in count():
            asked.append(number)
            yield number

    with Pool(Origin(folder), story, 2) as pool:
        results = pool.map(double, jobs())
        assert [next(results) for _ in range(3)] == [("doors", 0), ("doors", 2), ("doors", 4)]
        results.close()
        assert len(asked) < 12
        with pytest.raises(ValueError, match="doors 5"):
            list(pool.map(burst, [5]))


def test_a_worker_that_dies_is_told_in_a_sentence(doors):
    folder, story = doors
    with Pool(Origin(folder), story, 2) as pool, pytest.raises(Unable, match="A worker process died"):
        list(pool.map(die, [1]))


def test_a_worker_that_reads_another_story_says_so(tmp_path):
    story = story_in(tmp_path, STRAIGHT)
    write(tmp_path, STRAIGHT.replace("Five six", "Six five"))
    with Pool(Origin(tmp_path), story, 2) as pool, pytest.raises(Unable, match="another story"):
        list(pool.map(double, [1]))


def test_a_cluster_reports_what_one_process_does(doors):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library says about itself is not ours to mend
        from distributed import LocalCluster

        folder, story = doors
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
            assert report(folder, story, cluster=cluster.scheduler_address) == report(folder, story)
            with Pool(Origin(folder), story, 1, cluster.scheduler_address) as pool:
                assert pool.workers == 2
            elsewhere = replace(Origin(folder), folder=folder / "elsewhere")
            with Pool(elsewhere, story, 1, cluster.scheduler_address) as pool, pytest.raises(Unable, match="has no folder"):
                list(pool.map(double, [1]))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "elsewhere", "tcp://127.0.0.1:door", "http://127.0.0.1:9"])
def test_a_cluster_that_does_not_answer_is_told_in_a_sentence(doors, address):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with pytest.raises(Unable, match="No dask scheduler answers"), Pool(Origin(doors[0]), doors[1], 1, address):
        pass


# players -----------------------------------------------------------------------------------------------------------


def test_a_life_is_the_same_from_the_same_seed_with_and_without_texts(doors):
    story = doors[1]
    for number in range(20):
        seed = life_seed(1, number)
        lives = [live(story, seed, Uniform(seed), texts=texts) for texts in (False, True, False)]
        assert len({life.keys for life in lives}) == 1
        assert len({life.state.digest() for life in lives}) == 1


def test_the_least_taken_is_taken_next(doors):
    story, seen = doors[1], set()
    player = LeastTaken(1)
    for seed in range(9):
        seen.update(live(story, seed, player).keys)
    # Three rounds of the table, and whatever can be taken in `left`, with nothing left out.
    assert [player.taken[f"table/{key}"] for key in ("left", "right", "stay")] == [3, 3, 3]
    assert {"left/heads", "left/tails", "left/both"} <= seen


def test_a_life_that_cannot_begin_or_end_is_a_fault_not_an_error(tmp_path):
    falls, circles = tmp_path / "falls", tmp_path / "circles"
    falls.mkdir()
    circles.mkdir()
    found = live(story_in(falls, FALLS.replace("start: edge", "start: here")), 1, Uniform(1))
    assert found.fault is not None
    assert found.keys == ()
    story = story_in(circles, CIRCLES)
    cut = live(story, 1, Uniform(1), limit=30)
    assert isinstance(cut, Life)
    assert (cut.cut, cut.ending, len(cut.keys)) == (True, "", 30)
    broken = live(story, 1, lambda: None)
    assert "AttributeError" in broken.fault.message

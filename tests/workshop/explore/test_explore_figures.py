"""What explore measures, against stories whose figures can be worked out on paper."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from workshop.explore.coins import CIRCLES, DOORS, FALLS, STRAIGHT, story_in

from game.workshop.explore.chart import chart, opposed, worths
from game.workshop.explore.measure import bars, document, percentile
from game.workshop.explore.progress import Progress
from game.workshop.explore.report_html import html
from game.workshop.explore.report_text import text
from game.workshop.explore.run import Findings, Plan, Run
from game.workshop.explore.workers import Origin, Pool

if TYPE_CHECKING:
    from pathlib import Path

LIVES = 900


def explored(folder: Path, text: str, plays: int, role: str = "", seed: int = 1):
    story = story_in(folder, text)
    with Pool(Origin(folder), story) as pool:
        return document(story, Run(story, pool, Plan(plays, seed=seed, role=role), Progress()).play())


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    return explored(tmp_path_factory.mktemp("doors"), DOORS, LIVES)


def near(share: float, lives: int = LIVES):
    """Within five standard deviations of what the paper says."""
    return pytest.approx(share, abs=5 * (share * (1 - share) / lives) ** 0.5)


def test_shares_are_those_of_the_paper(doors):
    assert doors["plays"] == LIVES
    assert doors["choices"] == {
        "ace/hide_it": near(1 / 12), "ace/show_it": near(1 / 12),
        "left/both": near(1 / 9), "left/heads": near(1 / 9), "left/neither": 0, "left/tails": near(1 / 9),
        "right/ace": near(1 / 6), "right/king": near(1 / 6),
        "table/left": near(1 / 3), "table/right": near(1 / 3), "table/stay": near(1 / 3),
    }  # fmt: skip
    assert doors["endings"] == {
        "end_heads": near(2 / 9), "end_never": 0, "end_stay": near(1 / 3), "end_tails": near(4 / 9),
    }  # fmt: skip
    assert doors["scenes"] == {
        "ace": near(1 / 6), "cellar": 0, "king": near(1 / 6), "left": near(1 / 3), "right": near(1 / 3), "table": 1,
    }  # fmt: skip
    assert doors["early_endings"] == doors["endings"]["end_stay"]


def test_what_nobody_met_is_named(doors):
    assert doors["unmet"]["never"]["scenes"] == ["cellar"]
    assert doors["unmet"]["never"]["endings"] == ["end_never"]
    assert doors["unmet"]["never"]["choices"] == ["left/neither"]
    lines = [int(place.rpartition("scenes.yaml:")[2]) for place in doors["unmet"]["never"]["texts"]]
    scenes = DOORS.partition("# scenes.yaml\n")[2].splitlines()
    assert [scenes[line - 1].strip() for line in lines] == ["cellar: {ending: end_never}", "ending: end_tails"]


def test_a_role_takes_an_option_three_times_as_often_for_each_point(doors):
    # at the table: left 3, stay 1, right 1/3
    bold = doors["roles"]["bold"]
    lives = bold["plays"]
    assert bold["options"]["table/left"] == near(3 / (3 + 1 + 1 / 3), lives)
    assert bold["endings"]["end_stay"] == near(1 / (3 + 1 + 1 / 3), lives)


def test_a_storylet_on_offer_is_worth_the_best_that_is_in_it(tmp_path):
    story = story_in(tmp_path, DOORS)
    assert worths(story, "shy") == {
        "table/left": -1, "table/right": 1, "ace/show_it": -1, "ace/hide_it": 1, "right/ace": 1,
    }  # fmt: skip


def test_the_opposite_of_a_role_is_the_one_whose_weights_point_away():
    roles = {"a": {"x": 1}, "b": {"x": -1, "y": 1}, "c": {"x": -2}, "d": {"z": 1}}
    assert opposed(roles) == {"a": "c", "b": "a", "c": "a"}


def test_the_best_role_for_each_ending_and_the_most_one_sided(doors):
    ends = {role: each["endings"] for role, each in doors["roles"].items()}
    best = max(ends, key=lambda role: ends[role]["end_heads"])
    assert doors["best_role"]["end_heads"] == [best, ends[best]["end_heads"]]
    assert doors["best_role"]["end_never"] is None
    assert doors["one_sided"] == ["shy", "end_tails", ends["shy"]["end_tails"]]
    told = text(doors)
    assert "the most one-sided: shy (end_tails" in told
    assert "no role comes there  under" in told


def test_a_role_can_live_the_lives_that_are_counted(tmp_path):
    report = explored(tmp_path, DOORS, 600, role="shy")
    assert report["player"] == "shy"
    assert list(report["roles"]) == ["shy"]
    assert report["endings"] == report["roles"]["shy"]["endings"]
    assert report["choices"]["table/right"] == near(3 / (3 + 1 + 1 / 3), 600)


def test_numbers_tell_their_ends_and_how_often_a_turn_ends_there(doors):
    luck = doors["variables"]["luck"]
    assert (luck["min"], luck["max"]) == (0, 4)
    # One in three stays and sees two turns end, the second with luck gone; one in nine has all of it.
    assert luck["pinned"] == near((1 / 3 + 1 / 9) / (4 / 3))
    assert luck["pinned_by_act"] == {"only": luck["pinned"]}
    assert doors["values"]["mood"] == {"glad": near(1 / 9), "plain": near(8 / 9)}
    assert doors["series"]["luck"][1] == [2, 0, 0, 0]


def test_people_locks_and_options(doors):
    assert doors["people"]["ada"] == {"lives": near(1 / 3), "scenes": 1, "written": 1}
    # The table offers 3, left 4 (one locked), the ace 2; the hand of one card is no choice.
    options = 3 + 4 / 3 + 2 / 6
    assert doors["locked"]["share"] == pytest.approx(1 / 3 / options, rel=0.1)
    assert doors["locked"]["options"] == {"left/neither": 1}
    assert doors["choices_per_play"] == pytest.approx(1 + 1 / 3 + 1 / 3 + 1 / 6, rel=0.05)
    assert doors["open_choices_per_play"] == pytest.approx(1 + 1 / 3 + 1 / 6, rel=0.05)


def test_words_are_counted_as_they_are_read(tmp_path):
    report = explored(tmp_path, STRAIGHT, 40)
    assert report["words"] == {"p10": 14, "median": 14, "p90": 14}
    assert report["words_before_choice"] == {"p50": 1, "p90": 9, "p99": 9, "max": 9, "max_at": "road"}, "a lone option"
    assert report["widest"] == [["road", 9]]
    assert report["choices_per_1000_words"] == round(2 / 14 * 1000, 3)
    assert report["choices_per_play"] == 3
    # Each sentence once: four, two, three, one; written are three more that nobody reads, and the first four again.
    assert report["seen_share"] == round(10 / 17, 3)
    assert report["repeat"] == {"random": 1.0, "same_role": None, "opposed": None}


def test_a_life_that_breaks_off_is_told_with_the_way_there(tmp_path):
    report = explored(tmp_path, FALLS, 90)
    assert report["plays"] == 90
    assert report["crashes"] == sum(fault["lives"] for fault in report["faults"]) > 0
    [fault] = report["faults"]
    assert "goes round in a circle" in fault["message"]
    assert fault["choices"] == ["edge/step_off"]
    assert (fault["scene"], fault["set"]) == ("edge", "edge")
    assert sum(report["endings"].values()) < 1


def test_a_life_without_an_end_is_cut_and_counted(tmp_path):
    report = explored(tmp_path, CIRCLES, 2)
    assert (report["loops"], report["crashes"]) == (2, 0)
    assert report["endings"] == {"end_out": 0}


def test_choices_that_a_scene_lends_are_its_own(tmp_path):
    lent = STRAIGHT.replace("        - {say: Left}\n", "        - {include: nowhere}\n").replace(
        "nowhere: {ending: end_sea}", "nowhere: {choices: [{say: Swim, ending: end_sea}]}"
    )
    story = story_in(tmp_path, lent)
    assert chart(story).lent == {"nowhere/swim": "nowhere"}


def test_figures():
    assert [percentile(Counter({1: 1, 2: 8, 30: 1}), each) for each in (10, 50, 90, 99)] == [1, 2, 2, 30]
    assert percentile(Counter(), 50) == 0
    assert bars(Counter({3: 2, 5: 1})) == [[3, 3, 2], [4, 4, 0], [5, 5, 1]]
    assert sum(count for _, _, count in bars(Counter(range(1000)))) == 1000


def test_a_run_cut_short_at_once_still_makes_a_report(tmp_path):
    report = document(story_in(tmp_path, DOORS), Findings(Plan(), interrupted=True))
    assert (report["plays"], report["choices"]["table/left"], report["variables"]["luck"]["min"]) == (0, 0, 2)
    assert "Cut short" in text(report)
    assert "Cut short" in html(report)

"""A life: what is chosen is on disk, and all of it can be taken back."""

from __future__ import annotations

import json
import os

import pytest

from game.engine.state import text_digest
from game.engine.turn import ChoiceRefused
from game.saves import SaveFault


def lines(life):
    return [json.loads(line) for line in life.path.read_text().splitlines()]


def test_a_life_begins_on_disk(shelf, tiny):
    with shelf.begin(tiny, name="vera", seed=4) as life:
        assert life.page.question.label == "Your name?"
        header, snapshot, here = lines(life)
    assert header["format"] == 1
    assert (header["story"], header["version"], header["seed"]) == ("tiny", "0.1.0", 4)
    assert snapshot["snapshot"] == 0
    assert here["title"] == "The pier"


def test_a_choice_is_a_line(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera", seed=4) as life:
        play(life, *to_the_month, "dig_coal")
        choices = [line for line in lines(life) if "choice" in line]
        assert [line["n"] for line in choices] == [1, 2, 3, 4]
        assert choices[0]["answer"] == "Vera"
        last = choices[-1]
        assert (last["set"], last["choice"], last["label"], last["date"]) == ("month", "dig_coal", "Dig coal", "1922-03-20")
        assert last["logic"] == life.state.digest()
        assert last["page"] == text_digest(life.page.text)


def test_it_goes_on_with_the_page_where_it_was_left(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        page, state = play(life, *to_the_month, "dig_coal").page, life.state
    with shelf.open("vera", tiny) as life:
        assert (life.verdict.kind, life.verdict.sentence) == ("exact", "")
        assert life.page == page
        assert life.state == state


def test_the_entries_are_the_choices_each_with_the_page_it_led_to(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        pages = [life.page, *(play(life, move).page for move in to_the_month)]
    with shelf.open("vera", tiny) as life:
        assert [life.first_page, *(entry.page for entry in life.entries)] == pages
        assert [entry.n for entry in life.entries] == [1, 2, 3]
        assert [entry.key for entry in life.entries] == ["start/name", "start/count_your_money", "start.late/wait_for_the_ship"]
        assert life.entries[0].answer == "Vera"
        assert life.entries[2].words == len(pages[3].text.split())


def test_undo_redo_and_rewind_survive_closing(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month, "dig_coal", "dig_coal")
        last = life.page
        before = life.undo()
        assert life.can_redo
    with shelf.open("vera", tiny) as life:
        assert life.page == before
        assert life.redo() == last
        assert life.redo() is None
        assert life.rewind(1).title == "The pier" or life.page.options[0].id == "look_at_the_water"
        assert life.rewind(5) == last
        assert life.rewind(0).question is not None
        assert life.undo() is None
        with pytest.raises(SaveFault, match="no number 9"):
            life.rewind(9)


def test_a_new_choice_after_undo_leaves_the_old_path_in_the_file(shelf, tiny, play):
    with shelf.begin(tiny, name="vera") as life:
        play(life, "=Vera", "count_your_money")
        life.undo()
        play(life, "look_at_the_water")
        assert not life.can_redo
        assert [entry.choice for entry in life.entries] == ["name", "look_at_the_water"]
        assert {line["choice"] for line in lines(life) if "choice" in line} == {"name", "count_your_money", "look_at_the_water"}


def test_a_refused_choice_writes_nothing(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month)
        size = life.path.stat().st_size
        with pytest.raises(ChoiceRefused, match="nothing to tell"):
            life.choose("month/write_home")
        with pytest.raises(ChoiceRefused):
            life.choose("month/fly")
        with pytest.raises(ChoiceRefused):
            life.answer("Vera")
        assert life.path.stat().st_size == size


def test_a_snapshot_stands_at_the_beginning_each_turn_each_checkpoint_and_the_end(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month, *["dig_coal"] * 6, "leave")
        nodes = {line["i"]: line["n"] for line in lines(life) if "choice" in line} | {0: 0}
        taken = [nodes[line["snapshot"]] for line in lines(life) if "snapshot" in line]
        assert taken == [0, 3, 5, 7, 9, 10]
        assert life.page.ending == "end_home"


def test_bookmarks_and_checkpoints_lead_back(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month, "dig_coal")
        life.bookmark("before the\x07 strike")
        page = life.page
        play(life, "dig_coal", "dig_coal")
        with pytest.raises(SaveFault, match="needs a name"):
            life.bookmark(" \n")
    with shelf.open("vera", tiny) as life:
        marks = [(mark.name, mark.n, mark.reached) for mark in life.bookmarks]
        assert marks == [("Aboard", 3, True), ("before the strike", 4, False)]
        assert life.rewind(life.bookmarks[1].n) == page
        life.rewind(0)
        assert len(life.bookmarks) == 2


def test_a_branch_shares_its_first_choices_and_goes_its_own_way(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera", seed=4) as life:
        play(life, *to_the_month, "dig_coal", "dig_coal")
        with life.branch(4, "olga") as branch:
            assert branch.name == "olga"
            assert branch.verdict.kind == "exact"
            assert branch.page == life.entries[3].page
            assert [mark.name for mark in branch.bookmarks] == ["Aboard"]
            play(branch, "leave")
            assert branch.header.life != life.header.life
        assert life.page.ending == ""
    assert {info.name: (info.choices, info.ending) for info in shelf.list()} == {"vera": (5, ""), "olga": (5, "end_home")}


def test_a_life_opened_to_be_read_can_be_walked_but_not_played(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month)
        page = life.page
    data = life.path.read_bytes()
    with shelf.open("vera", tiny, read_only=True) as life:
        assert life.read_only
        life.undo()
        assert life.redo() == page
        life.rewind(1)
        with pytest.raises(SaveFault, match="not played on"):
            life.choose(life.page.options[0].key)
    assert life.path.read_bytes() == data


def test_a_closed_life_says_so(shelf, tiny):
    life = shelf.begin(tiny, name="vera")
    life.close()
    life.close()
    with pytest.raises(SaveFault):
        life.answer("Vera")


def test_one_choice_is_one_fsync(shelf, tiny, play, to_the_month, monkeypatch):
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month)
        calls = []
        real = os.fsync
        monkeypatch.setattr(os, "fsync", lambda fd: (calls.append(fd), real(fd))[1])
        play(life, "dig_coal", "dig_coal")
        assert len(calls) == 2


def test_a_life_may_begin_in_a_scene_with_variables_set(shelf, tiny, play):
    with shelf.begin(tiny, name="test", scene="month", settings={"coal": "40", "mood": "glad"}) as life:
        assert "40 tons" in life.page.text
        page = play(life, "dig_coal").page
    with shelf.open("test", tiny) as life:
        assert life.verdict.kind == "exact"
        assert life.page == page


@pytest.mark.parametrize(("scene", "settings"), [("mont", {}), ("", {"coal": "much"}), ("", {"cole": "1"})])
def test_what_a_life_cannot_begin_with_is_told(shelf, tiny, scene, settings):
    with pytest.raises(SaveFault, match="cannot be begun"):
        shelf.begin(tiny, name="test", scene=scene, settings=settings)
    assert shelf.list() == ()


def test_time_played_adds_up(shelf, tiny, play, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("game.saves.life.time.monotonic", lambda: now[0])
    with shelf.begin(tiny, name="vera") as life:
        now[0] += 20
        play(life, "=Vera")
        now[0] += 5000
        assert life.seconds_played == 320
    assert shelf.list()[0].seconds_played == 320
    with shelf.open("vera", tiny) as life:
        now[0] += 7
    assert shelf.list()[0].seconds_played == 327

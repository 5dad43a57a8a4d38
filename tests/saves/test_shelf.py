"""The shelf: the folder of lives."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.saves import SaveFault, Shelf
from game.saves.names import clean_name, free_name

ODD_NAMES = ["../../etc/passwd", "/etc/passwd", "..", "...", "a\x00b/c", "C:\\x", ".hidden", "con", "a" * 500, "Ж" * 90]


@pytest.fixture
def two(shelf, tiny, play, to_the_month):
    """Two lives: `vera` at the hub, and `olga` at home, played last."""
    with shelf.begin(tiny, name="vera", seed=1) as life:
        play(life, *to_the_month)
    with shelf.begin(tiny, name="olga", seed=2) as life:
        play(life, *to_the_month, "dig_coal", "leave")
    os.utime(shelf.folder / "vera.jsonl", (1000, 1000))
    return shelf


def test_a_list_shows_where_each_life_stands_the_last_played_first(two):
    olga, vera = two.list()
    assert (olga.name, olga.ending, olga.choices) == ("olga", "end_home", 5)
    assert (vera.name, vera.story, vera.title, vera.act) == ("vera", "tiny", "A Tiny Story", "The first act")
    assert (vera.date.isoformat(), vera.scene_title, vera.choices) == ("1922-03-06", "The month", 3)
    assert vera.last_line.startswith("3 tons, 6 March 1922.")
    assert vera.words > 10
    assert vera.changed_at.timestamp() == 1000
    assert vera.readable
    assert not vera.problem


def test_a_list_of_nothing_is_empty(tmp_path):
    assert Shelf(tmp_path / "nowhere", tmp_path / "nor here").list() == ()


def test_what_is_no_life_is_listed_with_its_problem(two):
    (two.folder / "notes.jsonl").write_text("hello\n")
    (two.folder / "folder.jsonl").mkdir()
    os.mkfifo(two.folder / "pipe.jsonl")
    (two.folder / "readme.txt").write_text("not looked at")
    problems = {info.name: info.problem for info in two.list() if not info.readable}
    assert set(problems) == {"notes", "folder", "pipe"}
    assert all(problems.values())


def test_a_life_gets_a_name_where_none_is_given(shelf, tiny):
    with shelf.begin(tiny) as first, shelf.begin(tiny) as second:
        assert first.name.startswith("life of ")
        assert second.name == f"{first.name} 2"
        assert first.header.seed != second.header.seed


def test_a_name_that_is_taken_is_refused(two, tiny):
    with pytest.raises(SaveFault, match="called `VERA` already"):
        two.begin(tiny, name="VERA")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_life_stays_in_its_folder_whatever_it_is_called(shelf, tiny, name):
    try:
        with shelf.begin(tiny, name=name) as life:
            assert life.path.parent == shelf.folder
            assert life.path.is_file()
            assert shelf.list()[0].name == life.name
    except SaveFault as fault:
        assert "a name needs a letter" in str(fault)
    assert {path.parent for path in shelf.folder.rglob("*")} <= {shelf.folder}


@given(st.text(max_size=60))
def test_a_clean_name_is_a_name_of_a_file(name):
    clean = clean_name(name)
    assert clean_name(clean) == clean
    assert "/" not in clean
    assert "\\" not in clean
    assert not clean.startswith(".")
    assert len(clean.encode()) <= 81
    assert free_name(clean, [clean.upper(), f"{clean} 2"]) in (clean, f"{clean} 2", f"{clean} 3")


def test_names_keep_what_people_are_called():
    assert clean_name("Анна О'Рейли-младшая") == "Анна О'Рейли-младшая"
    assert clean_name(" Vera \n Reed.jsonl ") == "Vera Reed"


def test_rename(two, tiny):
    assert two.rename("vera", "Vera Reed") == "Vera Reed"
    assert two.rename("Vera Reed", "vera reed") == "vera reed"
    with two.open("vera reed", tiny) as life:
        assert life.verdict.kind == "exact"
    with pytest.raises(SaveFault, match="`olga` already"):
        two.rename("vera reed", "Olga" if os.path.exists(two.folder / "OLGA.jsonl") else "olga")
    with pytest.raises(SaveFault, match="no life called `vera`"):
        two.rename("vera", "x")
    with pytest.raises(SaveFault, match="needs a letter"):
        two.rename("olga", "//")


def test_copy(two, tiny, play):
    assert two.copy("vera", "twin") == "twin"
    assert two.copy("vera") == "vera 2"
    with two.open("twin", tiny) as twin, two.open("vera", tiny) as vera:
        assert twin.page == vera.page
        play(twin, "dig_coal")
        assert twin.page != vera.page


def test_delete(two):
    two.delete("vera")
    assert [info.name for info in two.list()] == ["olga"]
    for name in ("vera", "../olga", "olga.jsonl", ""):
        with pytest.raises(SaveFault, match="no life called"):
            two.delete(name)


def test_export_and_import(two, tiny, tmp_path):
    path = two.export("olga", tmp_path / "out.jsonl")
    assert two.export("olga", tmp_path) == tmp_path / "olga.jsonl"
    with pytest.raises(SaveFault, match="exists already"):
        two.export("olga", path)
    assert two.import_(path) == "out"
    assert two.import_(path) == "out 2"
    with two.open("out 2", tiny) as life:
        assert life.page.ending == "end_home"


def test_an_import_is_checked_line_by_line(two, tmp_path):
    path = two.export("olga", tmp_path / "out.jsonl")
    data = path.read_bytes()
    path.write_bytes(data[:-7])
    assert two.import_(path) == "out"
    lines = data.split(b"\n")
    path.write_bytes(b"\n".join([*lines[:4], lines[4][:-5], *lines[5:]]))
    with pytest.raises(SaveFault, match="line 5 is damaged"):
        two.import_(path)
    path.write_bytes(b"\n".join([*lines[:4], *lines[5:]]))
    with pytest.raises(SaveFault, match="lines are missing"):
        two.import_(path)
    with pytest.raises(SaveFault, match="not there"):
        two.import_(tmp_path / "nowhere.jsonl")
    assert {info.name for info in two.list()} == {"vera", "olga", "out"}


def test_a_life_is_opened_by_its_file_too(two, tiny, tmp_path):
    path = two.export("olga", tmp_path / "elsewhere.jsonl")
    for life in (path, str(path)):
        with two.open(life, tiny) as opened:
            assert opened.page.ending
    with pytest.raises(SaveFault, match="There is no file"):
        two.open(tmp_path / "x.jsonl", tiny)


def test_recorded_lives_are_shown_and_played_only_as_copies(two, tiny, play):
    path = two.folder.parent / "recorded" / "the long way home.jsonl"
    two.export("vera", path)
    data = path.read_bytes()
    assert [(info.name, info.recorded) for info in two.list()][-1] == ("the long way home", True)
    with two.open("the long way home", tiny) as life:
        assert life.read_only
        with life.branch(2, "my own") as mine:
            assert mine.path.parent == two.folder
            play(mine, "walk_about")
    with two.open(path, tiny) as life:
        assert life.read_only
    for act in (two.delete, two.repair, lambda name: two.rename(name, "x")):
        with pytest.raises(SaveFault, match="a recorded life"):
            act("the long way home")
    with two.open(two.copy("the long way home", "again"), tiny) as life:
        assert not life.read_only
    assert path.read_bytes() == data


def test_what_outlives_a_life_is_in_the_header_of_the_next(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="first", seed=4) as life:
        assert life.header.kept == {}
        play(life, *to_the_month, "dig_coal", "dig_coal", "dig_coal", "write_home", "leave")
        coal = life.state.vars["coal"]
        assert coal > 3
    with shelf.begin(tiny, name="second") as life:
        assert life.header.kept == {"coal": coal, "paid": True, "mood": "glad"}
        assert (life.state.vars["coal"], life.state.vars["paid"], life.state.vars["mood"]) == (coal, True, "glad")
        page = play(life, *to_the_month).page
    shelf.delete("first")
    with shelf.begin(tiny, name="third") as life:
        assert life.header.kept == {}
    with shelf.open("second", tiny) as life:
        assert life.verdict.kind == "exact"
        assert life.page == page


def test_best_any_and_last_of_several_lives(shelf, tiny, tell, play, to_the_month):
    now = [1_000_000.0]
    timed = Shelf(shelf.folder, clock=lambda: now[0])
    for name, coal, mood in (("a", "9", "plain"), ("b", "20", "glad"), ("c", "5", "plain")):
        now[0] += 60
        with timed.begin(tiny, name=name, scene="month", settings={"coal": coal, "mood": mood, "paid": "no"}) as life:
            play(life, "leave")
    with timed.begin(tiny, name="d") as life:
        assert life.header.kept == {"coal": 20, "paid": False, "mood": "plain"}


CARDS = "card_a: {title: A, claim: A., sources: [x]}\ncard_b: {title: B, claim: B., sources: [x]}\n"


def test_the_cards_of_all_lives_are_known_without_their_story(shelf, tell, play, to_the_month, scenes):
    taught = scenes.replace("do: coal += roll(1, 6)", "do: learn card_a").replace("do: paid", "do: learn card_b; paid")
    story = tell(taught.replace("needs: {coal >= 5: There is nothing to tell.}", "once: yes"), **{"codex/cards": CARDS})
    assert shelf.cards() == ()
    with shelf.begin(story, name="vera") as life:
        play(life, *to_the_month, "write_home")
        assert life.page.learned == ("card_b",)
        life.undo()
        assert shelf.cards() == ("card_b",)
        play(life, "dig_coal")
        life.branch(4, "olga").close()
    assert shelf.cards() == ("card_a", "card_b")
    shelf.delete("vera")
    assert shelf.cards() == ("card_a",)


def test_a_list_of_many_lives_is_fast(two):
    data = (two.folder / "olga.jsonl").read_bytes()
    lines = data.split(b"\n")
    long = b"\n".join([*lines[:-1], *([lines[3]] * 3000), lines[-2], b""])
    for number in range(100):
        (two.folder / f"life {number}.jsonl").write_bytes(long)
    begun = time.process_time()  # which others at work do not lengthen
    infos = two.list()
    assert time.process_time() - begun < 1
    assert len(infos) == 102
    assert Path(infos[0].path).exists()

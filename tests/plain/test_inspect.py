"""The author's word `inspect`, and `report`, in lines of text."""

from __future__ import annotations

import json
from io import StringIO
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest

from game.desk.start import Start
from game.load import load_story
from game.plain import Console, run
from game.saves import Shelf

WORKS = Path(__file__).parents[1] / "desk" / "works"
AUTHOR = Start("play", "anna", seed=2, author=(WORKS,))
PLAYER = Start("play", "anna", seed=2)


@pytest.fixture(autouse=True)
def no_error_yet(monkeypatch):
    """Errors of other tests are no news here."""
    monkeypatch.setattr("game.reports._last", [])


@pytest.fixture(scope="session")
def works():
    loaded = load_story(WORKS)
    assert loaded.story is not None
    return loaded.story


@pytest.fixture
def said(works, tmp_path):
    """What is said to the last of these lines, typed by the story's author into a life of its own."""
    shelves = (Shelf(tmp_path / f"lives{number}") for number in count())

    def typed(*lines, start=AUTHOR):
        sink, shelf = StringIO(), next(shelves)
        assert run(works, shelf, Console(StringIO("".join(f"{line}\n" for line in lines)), sink), start=start) == 0
        return sink.getvalue().split("\n> ")[len(lines)].strip("\n")

    return typed


def golden(text):
    return dedent(text).strip("\n")


def test_to_a_player_it_says_whose_word_it_is(said):
    assert "is for whoever writes a story" in said("inspect", start=PLAYER)
    assert "inspect" not in said("help", start=PLAYER)
    assert "inspect [what]: What an author asks of a life" in said("help")


def test_alone_it_says_where_this_is_written_and_what_it_can_do(said):
    assert said("inspect") == golden(f"""
        Here: {WORKS / "scenes.yaml"}:5
        inspect variables [WORDS]: every variable, or those that hold the words.
        inspect set NAME = VALUE: sets a variable; `undo` takes it back.
        inspect changes [WORDS]: what changed what, the newest first.
        inspect storylets [WORDS]: why each card of the decks here was drawn, or not.
        inspect choices: why each choice here is open, locked or hidden.
        inspect holds [WORDS]: papers, cards, people met, scenes seen.
        inspect scenes [WORDS]: every scene, with the file and line.
        inspect go SCENE: goes to a scene; `undo` comes back.
        inspect where: the file and line of this scene.
    """)
    assert said("inspect where") == f"{WORKS / 'scenes.yaml'}:5"
    assert said("inspect weather").startswith("There is nothing to inspect called `weather`.")


def test_variables(said):
    assert said("2", "inspect variables trust") == golden("""
        The variables:
        - trust = 4 · whole number, 0 to 8 · “civil” · group standing · shown as Trust [works/scenes.yaml:1]
          1922-06-01: 3 -> 4, in office, by office/sweep
          It began as 3.
    """)
    assert said("inspect variables nothing") == "Nothing of the variables holds `nothing`."


def test_storylets_and_choices(said):
    assert said("inspect storylets") == golden("""
        The storylets here:
        - office draws 1 of works [works/scenes.yaml:5]
        - pit: in hand [works/scenes.yaml:22]
          weight 3 of 5 that are open: 60% to come first
        - oven: open, not picked [works/scenes.yaml:28]
          weight 1 of 5 that are open: 20% to come first
        - ward: open, not picked [works/scenes.yaml:53]
          weight 1 of 5 that are open: 20% to come first
        - fair: its window closed on 30 May 1922 [works/scenes.yaml:40]
        - frost: its window opens on 1 November 1922 [works/scenes.yaml:34]
        - never: open, but its weight is 0, so it is never drawn [works/scenes.yaml:67]
        - talk: `when` fails: trust >= 5: trust is 3 (and 2 more) [works/scenes.yaml:46]
          `when` fails: seen(pit): pit was not seen yet
          `when` fails: not mood == plain: mood is plain
        - visit_home: `when` fails: taken(office/sweep): office/sweep was not taken [works/scenes.yaml:59]
    """)
    assert said("inspect choices") == golden("""
        The choices here:
        - locked · Ask for the key [ask_for_the_key] [works/scenes.yaml:8]
          needs trust >= 5: trust is 3 (“He does not like you.”)
          needs mood == glad or open: mood is plain; open is no (“He does not like you.”)
        - hidden · Open the safe [open_the_safe] [works/scenes.yaml:12]
          `if` fails: open: open is no
          `if` fails: trust > 6: trust is 3
        - open · Sweep the floor [sweep] [works/scenes.yaml:17]
    """)


def test_a_variable_is_set_seen_at_once_and_undone(said):
    shown = said("inspect set open = yes", "inspect set trust = 7")
    assert "Edited: trust is 7, it was 3." in shown
    assert "Open the safe" in shown
    assert "Edited" not in said("inspect set trust = 6", "undo")
    assert said("inspect set trust = much") == "`trust` is a whole number; `much` is not."
    assert said("inspect set trust") == "Write `inspect set NAME = VALUE`."


def test_a_scene_is_gone_to_and_undone(said):
    assert "Scene: The circle" in said("inspect go circle")
    assert "Scene: The office" in said("inspect go circle", "undo")
    assert "the story has no scene `circel`; it has `circle`" in said("inspect go circel")


def test_changes_and_what_the_life_holds(said):
    assert said("2", "inspect changes trust") == golden("""
        What changed, the newest first:
        - 1922-06-01 · trust: 3 -> 4 [works/scenes.yaml:1]
          in office
          1. Sweep the floor
    """)
    assert "- taken · office/sweep: 1 x" in said("2", "inspect holds")
    assert "- circle · not seen [works/scenes.yaml:73]" in said("inspect scenes circle")


def test_where_a_line_is_asked_for_it_stands_behind_a_slash(ferry, shelf):
    sink = StringIO()
    start = Start("play", "anna", seed=1, author=(Path(__file__).parent / "ferry",))
    run(ferry, shelf, Console(StringIO("/inspect where\n"), sink), start=start)
    assert f"{Path(__file__).parent / 'ferry' / 'bank.yaml'}:" in sink.getvalue()


def test_a_report_is_shown_before_it_is_written(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = said("2", "report")
    assert asked.startswith("A report of what has happened would hold:\nThe game: version ")
    assert "every choice and what you typed where the story asked" in asked
    assert "2. Yes" in asked
    assert said("report", "1") == "Nothing was written."
    assert not list(tmp_path.glob("kuzbass-report-*"))
    assert said("report", "2").startswith(f"Written: {tmp_path}/kuzbass-report-")
    report = json.loads(next(tmp_path.glob("kuzbass-report-*")).read_text())
    assert report["terminal"]["client"] == "plain"


def test_a_report_that_cannot_be_written_is_told(said, tmp_path):
    (tmp_path / "file").touch()
    assert "could not be written" in said(f"report {tmp_path / 'file' / 'inside'}", "2")


def test_an_error_that_nobody_foresaw_is_kept_with_its_life_for_the_report(works, shelf, tmp_path, monkeypatch):
    from game import reports
    from game.plain.views import People

    def broken(*_):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(People, "run", broken)
    with pytest.raises(ZeroDivisionError) as failed:
        run(works, shelf, Console(StringIO("2\npeople\n"), StringIO()), start=PLAYER)
    report = json.loads(reports.crash_report(failed.value, tmp_path / "cache").read_text())
    assert report["error"]["kind"] == "ZeroDivisionError"
    assert any('"choice":"sweep"' in line for line in report["life"])

"""The inspector, and the bug report in one key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.desk.start import Start
from game.load import load_story

WORKS = Path(__file__).parents[1] / "desk" / "works"
AUTHOR = Start("play", "anna", seed=2, author=(WORKS,))


@pytest.fixture(scope="session")
def works():
    loaded = load_story(WORKS)
    assert loaded.story is not None
    return loaded.story


@pytest.fixture
def author(play, works):
    """The works as their author plays them."""
    return lambda *keys, size=(80, 24), start=AUTHOR: play(*keys, size=size, start=start, story=works)


@pytest.fixture(autouse=True)
def reports_go_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("game.reports._last", [])


WALK = (
    ("inspector", "f12"),
    ("inspect-variables", "1"),
    ("inspect-changes", "escape", "2"),
    ("inspect-storylets", "escape", "3"),
    ("inspect-storylet", "end", "enter"),
    ("inspect-choices", "escape", "escape", "4"),
    ("inspect-choice", "enter"),
    ("inspect-scenes", "escape", "escape", "5"),
    ("inspect-held", "escape", "6"),
)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_inspector_looks_as_it_did(author, same_frame, size):
    changed = []
    async with author("2", size=size) as player:
        for name, *keys in WALK:
            await player.press(*keys)
            if not same_frame(player, f"{name}-{size[0]}x{size[1]}"):
                changed.append(name)
    assert not changed


async def test_a_player_has_no_inspector(author):
    async with author("f12", "I", start=Start("play", "anna", seed=2)) as player:
        assert "Ask for the key" in player.frame
    async with author("question_mark", size=(80, 240), start=Start("play", "anna", seed=2)) as player:
        assert "Report: Packs the life" in player.words
        assert "For authors" not in player.words
    async with author("question_mark", size=(80, 240)) as player:
        assert "I, F12 Inspect: For authors" in player.words


async def test_a_letter_opens_it_too_and_help_and_palette_know_it(author):
    async with author("I") as player:
        assert player.frame.startswith(" Inspector")
        await player.press("escape", "ctrl+p")
        await player.type("inspect")
        await player.until(lambda: "For authors" in player.frame and "Bookmark" not in player.frame)
        await player.press("enter")
        await player.until(lambda: player.frame.startswith(" Inspector"))


async def test_a_variable_is_edited_with_validation_and_undone(author):
    async with author("f12", "1") as player:
        await player.press("enter")
        assert "trust is to be:" in player.frame
        await player.press("backspace")
        await player.type("seven")
        await player.press("enter")
        assert "`trust` is a whole number; `seven` is not." in player.words
        await player.press("escape", "enter", "backspace")
        await player.type("7")
        await player.press("enter")
        assert "trust = 7" in player.frame
        assert "trust is 7. Undo on the page takes it back." in player.words
        await player.press("escape", "escape")
        assert "Edited: trust is 7, it was 3." in player.words
        await player.press("J")
        assert "edited: trust = 7" in player.words
        await player.press("escape", "u")
        assert "Edited" not in player.words
        assert player.app.screen.life.state.vars["trust"] == 3
        await player.press("U")
        assert "Edited: trust is 7, it was 3." in player.words


async def test_the_list_shrinks_to_what_is_searched_for(author):
    async with author("f12", "5", "slash") as player:
        await player.type("circ")
        await player.press("enter")
        assert "> circle · not seen" in player.frame
        assert "office" not in player.frame


async def test_a_scene_is_gone_to_and_undone(author):
    async with author("f12", "5", "end", "enter") as player:
        assert "Go round" in player.frame
        await player.press("u")
        assert "Ask for the key" in player.frame


async def test_a_life_that_can_only_be_read_can_be_inspected_not_edited(author, works, shelf, tmp_path):
    life = shelf.begin(works, name="anna", seed=2)
    shelf.recorded = tmp_path / "recorded"
    shelf.export("anna", shelf.recorded / "vera.jsonl") if shelf.recorded.mkdir() is None else None
    life.close()
    async with author("f12", "1", "enter", "enter", start=Start("play", "vera", author=(WORKS,))) as player:
        assert "can be read, but not played on" in player.words


async def test_the_file_is_opened_at_its_line(author, monkeypatch):
    asked = []
    monkeypatch.setenv("VISUAL", "code")
    monkeypatch.setattr("game.editor.run", asked.append)
    async with author("f12", "e") as player:
        assert "works/scenes.yaml:5 was opened in code." in player.words
        await player.press("5", "end", "e")
    assert [words[-2:] for words, _ in asked] == [
        ("--goto", f"{WORKS / 'scenes.yaml'}:{line}")
        for line in (5, (WORKS / "scenes.yaml").read_text().splitlines().index("circle:") + 1)
    ]


@pytest.mark.parametrize(
    ("editor", "said"), [("", "No editor is set."), ("vi", "There is no terminal here"), ("code", "There is no editor `code`")]
)
async def test_where_no_editor_can_be_opened_a_sentence_says_so(author, monkeypatch, editor, said):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.setenv("PATH", "")
    async with author("f12", "e") as player:
        assert said in player.words
        assert "works/scenes.yaml:5" in player.words


# The report


async def test_one_key_shows_what_a_report_holds_and_another_writes_it(author, tmp_path):
    async with author("2", "R") as player:
        assert player.frame.startswith(" A bug report")
        assert "The story: The Works 1.0.0" in player.words
        assert not list(tmp_path.glob("kuzbass-report-*"))
        await player.press("w")
        assert "Written: " in player.words
    report = json.loads(next(tmp_path.glob("kuzbass-report-*.json")).read_text())
    assert report["terminal"]["size"] == "80x24"
    assert report["settings"]["theme"] == "dark"
    assert report["error"] is None
    assert any('"choice":"sweep"' in line for line in report["life"])


async def test_a_fault_of_the_story_offers_a_report_that_holds_it(author, tmp_path):
    async with author("f12", "5", "end", "enter", "1") as player:
        assert "goes round in a circle" in player.words
        assert "R packs what happened into a file" in player.words
        await player.press("R", "w")
    report = json.loads(next(tmp_path.glob("kuzbass-report-*.json")).read_text())
    assert report["error"]["kind"] == "StoryStuck"
    assert report["attempt"]["key"] == "circle/go_round"


async def test_a_report_can_be_made_on_the_title(author, tmp_path):
    async with author("R", start=Start()) as player:
        assert "The life: none was being played." in player.words
        await player.press("R")
        assert player.frame.startswith(" A bug report"), "and no second one on top of it"


async def test_a_visitor_with_a_browser_gets_it_there(author, tmp_path, monkeypatch):
    from game.ui.app import Game

    given = []
    monkeypatch.setattr(Game, "is_web", True)
    monkeypatch.setattr(Game, "deliver_text", lambda _, file, **how: given.append((json.load(file), how["save_filename"])))
    async with author("R", "w") as player:
        assert "Your browser was given it" in player.words
    assert given[0][1] == "kuzbass-report.json"
    assert given[0][0]["report"] == 1
    assert not list(tmp_path.glob("kuzbass-report*"))


async def test_what_cannot_be_written_is_said(author, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.reports.write", full)
    async with author("R", "w") as player:
        assert "The report could not be written: No space left on device." in player.words


async def test_a_fault_of_the_game_leaves_a_report_behind(works, shelf, settings_file, own_cache, monkeypatch):
    from game.load import Loaded
    from game.ui.app import Game
    from game.ui.screens.reading import ReadingScreen

    def broken(self):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(ReadingScreen, "action_people", broken)
    game = Game(lambda: Loaded(works, ()), shelf, AUTHOR, settings_file)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - a pilot's block is one statement to whoever reads it
        async with game.run_test() as pilot:
            await pilot.pause()
            await pilot.press("2", "p")
            await pilot.pause()
    assert f"{own_cache / 'report.json'} tells it without your name and folders" in game.failure
    report = json.loads((own_cache / "report.json").read_text())
    assert report["error"]["kind"] == "ZeroDivisionError"
    assert any('"choice":"sweep"' in line for line in report["life"])

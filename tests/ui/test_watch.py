"""`play --watch` on a screen: the story is saved under the page that is read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from game.desk.start import Start
from game.ui.live import Live
from game.ui.screens.faults import FaultsScreen
from game.ui.screens.reading import ReadingScreen
from game.workshop.watch import FolderWatcher

ANNA = Start("play", "anna", seed=1)
SIZES = {"80x24": (80, 24), "40x15": (40, 15)}

SUNDAY = ("subtitle: Sunday", "subtitle: Monday")
SING = ("    - say: Wait until", "    - say: Sing\n      text: |\n        You sing.\n    - say: Wait until")
LOUD = ("it is loud.", "it is very loud.\n\n        A dog answers.")
NOWHERE = ("go: shed", "go: hsed")
UNKNOWN = ("      go: over\n", "      go: ovre\n")
BELL = ("say: Ring the bell", "say: Go away")


@pytest.fixture(autouse=True)
def no_analyses(monkeypatch):
    """What the analyses find in the story of these tests is their own affair."""
    monkeypatch.setattr("game.workshop.analysis.analyse", lambda _: ())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The story, to be edited; its name from here is short enough for any window."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(Path(__file__).parent / "story", "ferry"))


@pytest.fixture
def by_hand(monkeypatch):
    """The files are looked at when the test says so, and not by the clock."""

    async def follow(_):
        return

    monkeypatch.setattr(Live, "follow", follow)


@pytest.fixture
def write(play, by_hand, folder):
    """`async with write("1") as player`: the game with its files followed, and these keys pressed."""
    return lambda *keys, start=ANNA, **given: play(*keys, start=start, watcher=FolderWatcher(folder), **given)


@pytest.fixture
def save(folder):
    """Replaces words in a file (old, new), and lets the game look; without any it only looks."""

    async def saved(player, *edits, file="scenes.yaml"):
        path = folder / file
        for old, new in edits:
            text = path.read_text(encoding="utf-8")
            assert old in text, old
            (folder / ".new").write_text(text.replace(old, new, 1), encoding="utf-8")
            os.replace(folder / ".new", path)
        for _ in range(2):  # the second look brings what the analyses found
            await player.app.live.look()
            await player.press()

    return saved


def back(edit):
    return edit[1], edit[0]


@pytest.mark.parametrize("size", SIZES)
async def test_the_screens_look_as_they_did(write, save, same_frame, size):
    changed = []

    def look(name):
        if not same_frame(player, f"{name}-{size}"):
            changed.append(name)

    async with write("space", "space", "down", size=SIZES[size]) as player:
        await save(
            player, SUNDAY, SING, ("He has a **lamp** in his hand at noon.", "He has a **lamp** in his hand, lit at noon.")
        )
        look("watched-marks")
        await save(player, NOWHERE)
        look("watched-strip")
        await save(player, UNKNOWN)
        await player.press("F")
        look("watched-faults")
        await save(player, back(NOWHERE), back(UNKNOWN))
        assert isinstance(player.app.screen, ReadingScreen), "mended, the game goes on by itself"
        look("watched-mended")
    assert not changed


async def test_the_caret_stays_on_its_choice_and_the_new_ones_bear_a_sign(write, save):
    async with write("space", "down") as player:
        assert "> 2. Wait until somebody comes" in player.frame
        await save(player, SING)
        assert "   +2. Sing" in player.frame
        assert "> 3. Wait until somebody comes" in player.frame
        assert player.at_cursor(6) == "> 3. W"


async def test_a_choice_that_has_gone_gives_the_caret_to_the_first(write, save):
    async with write("space", "down") as player:
        await save(player, ("    - say: Wait until somebody comes\n", "    - say: Stand\n"))
        assert ">" in player.frame
        assert "> 1. Ring the bell" in player.frame


async def test_the_words_that_led_to_the_page_are_read_anew(write, save):
    async with write("1") as player:
        await save(player, LOUD)
        assert "+ It is cracked, but it is very loud." in player.frame
        assert "+ A dog answers." in player.frame
        assert "  Gusev trusts you a little more" in player.frame
        assert "Read anew: 1 scene changed (bank). You are where you were. + marks what is new." in player.words


async def test_the_page_stays_where_it_was_scrolled_to(write, save):
    async with write("4", "space", size=(60, 15)) as player:
        before = player.app.screen.body.scroll_offset.y
        assert before > 0
        await save(player, ("so that he has time to think", "so that he has the time to think"))
        assert player.app.screen.body.scroll_offset.y == before


async def test_a_line_that_is_being_typed_is_not_lost(write, save):
    async with write("1", "space") as player:
        await player.type("Vera F")
        await save(player, LOUD)
        assert "Vera F" in player.frame
        await player.type("igner")
        await player.press("enter")
        assert "Vera Figner" in player.frame


async def test_marks_go_with_the_next_choice_and_stay_where_a_save_changes_nothing(write, save):
    async with write("space") as player:
        await save(player, SING)
        await save(player, ("bank:\n", "# a remark\nbank:\n"))
        assert "Read anew: nothing in the story has changed." in player.frame
        assert "+2. Sing" in player.frame
        await player.press("1", "escape", "u")
        assert "2. Sing" in player.frame
        assert "+" not in player.frame


async def test_errors_leave_the_old_story_playable(write, save):
    async with write("space") as player:
        await save(player, NOWHERE)
        assert "1 error in scenes.yaml: F shows it" in player.frame
        await player.press("1", "enter", "enter")
        assert "The ferry shed" in player.frame
        assert "1 error in scenes.yaml: F shows it" in player.frame


async def test_the_screen_of_errors_follows_the_files_and_leaves_when_they_are_mended(write, save):
    async with write() as player:
        await save(player, NOWHERE)
        await player.press("F")
        assert "46 |     - go: hsed" in player.frame
        assert "a scene with a similar name exists: `shed`" in player.words
        await save(player, UNKNOWN)
        assert "2 errors." in player.frame
        await save(player, back(NOWHERE))
        assert "hsed" not in player.frame
        await save(player, back(UNKNOWN))
        assert "The road ends in the river Tom." in player.frame
        assert "F shows" not in player.frame


async def test_warnings_stand_on_the_screen_and_not_in_the_way(write, save, folder):
    (folder / "never.yml").write_text("", encoding="utf-8")
    async with write() as player:
        await save(player)
        assert "F shows 1 warning in never.yml." in player.frame
        await save(player, SUNDAY)
        assert "warning" not in player.frame
        await player.press("F")
        assert "1 warning." in player.frame
        assert "The story can be played." in player.frame
        await save(player, back(SUNDAY))
        assert isinstance(player.app.screen, FaultsScreen), "it was opened for the warnings, and they stand"
        await player.press("escape")
        assert "Sunday" in player.frame


async def test_a_life_that_cannot_go_on_is_rewound_and_comes_back(write, save):
    async with write("1") as player:
        await save(player, BELL)
        assert "Rewound to 2 July 1922, The left bank, because the story no longer offers “Ring the bell” there." in player.words
        assert "1. Go away" in player.frame
        await save(player, back(BELL))
        assert "You are back at the page that you were on before." in player.words
        assert "It is cracked, but it is loud." in player.frame


async def test_the_life_is_written_by_choices_alone(write, save, shelf):
    async with write("1") as player:
        path = player.app.screen.life.path
        before = path.read_bytes()
        await save(player, BELL)
        await save(player, NOWHERE)
        await save(player, back(BELL), back(NOWHERE))
        assert path.read_bytes() == before
        await save(player, ("do: trust += 1", "do: trust += 2"))
        await player.press("enter", "enter")
        assert path.read_bytes().startswith(before)
        assert b'"verdict":"moved"' in path.read_bytes()


async def test_a_story_with_errors_at_the_start_is_waited_for(write, save, folder):
    (folder / "scenes.yaml").write_text((folder / "scenes.yaml").read_text(encoding="utf-8").replace(*NOWHERE), encoding="utf-8")
    async with write() as player:
        assert "The game begins as soon as the errors are mended" in player.words
        assert "no scene is called `hsed`" in player.words
        await player.press("escape", "n", "escape", "F", "escape", "question_mark")
        assert player.app.screen.HEADING == "Help"
        await player.press("escape")
        await save(player, UNKNOWN)
        assert "2 errors in scenes.yaml: F shows them" in player.frame
        await save(player, back(NOWHERE), back(UNKNOWN))
        await player.press()
        assert "The road ends in the river Tom." in player.words


async def test_a_scene_that_is_still_to_be_written_is_waited_for(write, save):
    async with write(start=Start("play", scene="cave")) as player:
        assert "cave" in player.words
        await save(player, ("over:\n", "cave:\n  title: A cave\n  text: |\n    Dark.\n  ending: end_over\nover:\n"))
        await player.press()
        assert "A cave" in player.frame


CAVE = "cave:\n  title: A cave\n  text: |\n    Dark.\n  ending: end_over\nover:\n"


async def test_a_scene_written_with_an_error_shows_the_error_at_once(write, save):
    async with write(start=Start("play", scene="cave")) as player:
        assert player.app.screen.HEADING == "This could not be done"
        await save(player, ("over:\n", CAVE.replace("end_over", "end_ovre")))
        assert isinstance(player.app.screen, FaultsScreen)
        await save(player, ("ending: end_ovre", "ending: end_over"))
        await player.press()
        assert "A cave" in player.frame
        while len(player.app.screen_stack) > 1:
            player.app.pop_screen()
        await player.press()
        assert "Read anew" not in player.words, "what was said before the life opened is no news on the title"


async def test_a_long_notice_is_read_to_its_end(write):
    async with write(size=(80, 24)) as player:
        player.app.say("One sentence that takes most of a line and then a little more of the next. " * 8 + "The very end.")
        await player.press()
        assert "The very end." in player.words


async def test_it_is_read_anew_behind_another_screen_too(write, save):
    async with write("1", "J") as player:
        await save(player, LOUD)
        assert "Read anew: 1 scene changed (bank)." in player.words
        await player.press("escape")
        assert "+ A dog answers." in player.frame


@pytest.mark.parametrize("data", [b"", b"bank: {", b"\0", b"\xff\xfe", b"bank:\n\ttext: x\n", b"[" * 5000, b"a: &a [*a]\n"])
async def test_whatever_stands_in_a_file_the_game_goes_on(write, save, folder, data):
    async with write("1") as player:
        (folder / "scenes.yaml").write_bytes(data)
        await save(player)
        assert "F shows" in player.frame
        await player.press("F", "space", "escape")
        (folder / "scenes.yaml").unlink()
        await save(player)
        shutil.rmtree(folder)
        await save(player)
        await player.press("F")
        assert "there is no such folder" in player.words
        await player.press("escape", "u")
        assert "The road ends in the river Tom." in player.words


async def test_a_story_of_another_name_is_not_gone_over_to(write, save):
    async with write("1") as player:
        await save(player, ("id: ferry", "id: raft"), file="story.yaml")
        assert "This life cannot go over to it, and goes on in the story as it was: The story is now `raft`" in player.words
        await player.press("enter", "enter")
        assert "The ferry shed" in player.frame
        await save(player, ("id: raft", "id: ferry"), file="story.yaml")
        assert "You are where you were." in player.words


async def test_without_a_watcher_there_is_no_key_for_faults(play):
    async with play("F", start=ANNA) as player:
        assert isinstance(player.app.screen, ReadingScreen)
        await player.press("question_mark")
        assert "Faults" not in player.frame


async def test_help_names_the_key_where_the_files_are_followed(write):
    async with write("question_mark", size=(80, 300)) as player:
        assert "F Faults: What is wrong with the story as its files are now" in player.words


async def test_the_key_may_be_another(write, save, settings_file):
    settings_file.write_text('{"keys": {"faults": "v"}}', encoding="utf-8")
    async with write() as player:
        await save(player, NOWHERE)
        assert "1 error in scenes.yaml: v shows it" in player.frame
        await player.press("v")
        assert isinstance(player.app.screen, FaultsScreen)


async def test_the_files_are_looked_at_by_themselves(play, folder):
    async with play(start=ANNA, watcher=FolderWatcher(folder)) as player:
        path = folder / "scenes.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(*SUNDAY), encoding="utf-8")
        await player.until(lambda: "+ Monday" in player.frame)

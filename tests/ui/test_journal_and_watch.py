"""What was read: the journal, bookmarks, transcripts, and a life as a film."""

from __future__ import annotations

from datetime import date

import pytest

from game.desk.start import Start
from game.ui.screens import watch

ANNA = Start("play", "anna", seed=1)
PLAYED = ("1", "enter", "1")
"""Ring the bell, take the default name, carry coal."""


async def test_the_journal_shows_every_page_with_what_was_chosen(play):
    async with play(*PLAYED, "J", "up", "up", "enter", start=ANNA) as player:
        assert "It is cracked, but it is loud." in player.frame
        assert "You chose: Anna Reed" in player.frame


async def test_the_journal_is_searched(play):
    async with play(*PLAYED, "J", "slash", start=ANNA) as player:
        await player.type("fever")
        await player.press("enter")
        assert "Pages that hold “fever”:" in player.frame
        assert "A child with a fever sleeps on the sacks." in player.words
        assert "Ring the bell" not in player.frame


async def test_rewind_goes_back_to_a_page_and_redo_forward_again(play):
    async with play(*PLAYED, "J", "home", "r", start=ANNA) as player:
        assert "The road ends in the river Tom." in player.frame
        await player.press("U", "U", "U")
        assert "The stove takes it." in player.frame


@pytest.mark.parametrize("ending", ["md", "html", "txt"])
async def test_the_journal_is_written_out(play, tmp_path, ending):
    path = tmp_path / f"anna.{ending}"
    async with play(*PLAYED, "J", "e", "ctrl+u", start=ANNA) as player:
        await player.type(str(path))
        await player.press("enter")
        assert "Written:" in player.frame
        assert "The stove takes it." in path.read_text(encoding="utf-8")
        path.write_text("mine")
        await player.press("e", "ctrl+u")
        await player.type(str(path))
        await player.press("enter")
        assert path.read_text() == "mine", "a file that is there is left as it is"
        assert "There is a file" in player.words


async def test_bookmarks_have_names_and_lead_back(play):
    async with play("b", "ctrl+u", start=ANNA) as player:
        await player.type("the bell")
        await player.press("enter", *PLAYED, "B")
        assert "the bell · 2 July 1922" in player.frame
        assert "The name in the book" in player.frame, "the story's own checkpoints stand among them"
        await player.press("home", "enter")
        assert "The road ends in the river Tom." in player.frame


async def test_a_film_is_stepped_through_with_the_choices_that_were_made(play):
    async with play(*PLAYED, "q", "w", "enter", start=ANNA) as player:
        assert "> 1. Ring the bell" in player.frame
        assert "Chosen: Ring the bell" in player.frame
        await player.press("space")
        assert "The ferryman wants a name: Anna Reed" in player.frame
        await player.press("left")
        assert "page 1 of 4" in player.frame


async def test_a_film_runs_by_itself_and_stops_at_its_end(play, monkeypatch):
    monkeypatch.setattr(watch, "LEAST_SECONDS", 0.01)
    monkeypatch.setattr(watch, "WORDS_A_SECOND", 10_000)
    async with play(*PLAYED, "q", "w", "enter", "a", start=ANNA) as player:
        await player.until(lambda: "page 4 of 4" in player.frame)
        assert "auto" not in player.frame


async def test_auto_is_stopped_by_a_step(play):
    async with play(*PLAYED, "q", "w", "enter", "f", start=ANNA) as player:
        assert "fast" in player.frame
        await player.press("space")
        assert "fast" not in player.frame


async def test_a_film_jumps_by_act_and_date(play):
    async with play(*PLAYED, "q", "w", "enter", "g", start=ANNA) as player:
        assert "The mud bank: 2 July 1922 · The left bank · Ring the bell" in player.frame
        await player.press("end", "enter")
        assert "page 4 of 4 · 16 July 1922" in player.frame


async def test_a_branch_begins_a_new_life_at_the_page_that_is_shown(play, shelf):
    async with play(*PLAYED, "q", "w", "enter", "space", "b", "enter", start=ANNA) as player:
        assert "The ferryman wants a name" in player.words
        assert {life.name for life in shelf.list()} == {"anna", "anna-branch"}
        await player.press("enter")
        assert '"Anna Reed," he says' in player.frame


async def test_people_papers_ledger_map_codex_why_and_history_have_a_key_each(play):
    shown = {
        "p": "What they think of you: is wary.",
        "i": "> The second copy",
        "l": "Coal: a heap",
        "m": "@ The ferry shed, you are here",
        "c": "> The Tom · new",
        "y": "Why?",
        "h": "What is attested, what is invented",
    }
    async with play("2", "enter", start=ANNA) as player:
        assert player.app.screen.page.date == date(1922, 7, 9)
        for key, words in shown.items():
            await player.press(key)
            assert words in player.words, key
            await player.press("escape")
        assert "The ferry shed" in player.frame

"""The title and the lives as numbered menus: whatever the full client offers can be done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.desk.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from game.saves import Shelf

    Play = Callable[..., str]
    Answers = Callable[..., list[str]]

TITLE = Start("title")


def test_the_title_of_a_first_visit(play: Play) -> None:
    assert play(start=TITLE) == ("The Ferry\n\nChoices:\n1. New life\n2. Lives\n3. Watch\n4. Codex\n5. Settings\n6. Quit\n> \n")


def test_continue_comes_first_with_the_last_line_read(play: Play) -> None:
    play("", "1")
    title = play(start=TITLE)
    assert "1. Continue: anna, The near bank, 18 May 1922. Last read: " in title
    assert "He spits, and moves over on the bench." in play("1", start=TITLE)


def test_a_new_life_starts_in_two_key_presses(play: Play) -> None:
    said = play("1", "1", start=TITLE)
    assert "A river, and one boat.\nYou may cross it.\n" in said
    assert said.endswith(
        "Who shall he say is waiting? (type a line; an empty one means: Anna Reed; /undo and /help are words here)\n> \n"
    )


@pytest.mark.parametrize("word", ["6", "quit", "q"])
def test_the_title_is_left_by_its_last_line_or_by_quit(play: Play, word: str) -> None:
    assert play(word, "1", start=TITLE).count("\n> ") == 1


def test_a_menu_asks_again_for_what_it_does_not_understand(answers: Answers) -> None:
    said = answers("7", "play", "again", start=TITLE)
    assert said[1] == said[2] == "Type a number from 1 to 6, `back`, `again` or `quit`.\n"
    assert said[3] == said[0]


def test_a_life_is_renamed_copied_written_out_brought_in_and_deleted(play: Play, shelf: Shelf, tmp_path: Path) -> None:
    play("", "1")
    file = tmp_path / "out.jsonl"
    play("3", "1", "6", "clara", start=TITLE)
    assert [info.name for info in shelf.list()] == ["clara"]
    play("3", "1", "4", "dora", start=TITLE)
    assert {info.name for info in shelf.list()} == {"clara", "dora"}
    said = play("3", "2", "5", str(file), "3", str(file), start=TITLE)
    assert f"Written: {file}." in said
    assert "Brought in as out." in said
    play("3", "1", "7", "1", "1", "7", "2", "1", "7", "2", start=TITLE)
    assert len(shelf.list()) == 1


def test_what_cannot_be_done_is_said_and_the_menu_goes_on(play: Play) -> None:
    said = play("2", "1", "nowhere.jsonl", "2", start=TITLE)
    assert "nowhere.jsonl" in said
    assert said.endswith("6. Quit\n> \n")


def test_the_codex_of_the_title_holds_the_cards_of_every_life(play: Play) -> None:
    play("", "1")
    said = play("5", "ferry", "", start=TITLE)
    assert "The Tom ferry, from another life" in said
    assert "Card: The Tom ferry, 1922." in said


def test_the_width_is_set_at_the_title(play: Play) -> None:
    assert "Width: lines of 30 columns." in play("5", "30", start=TITLE)


def test_the_lives_within_a_life_lead_to_another_one(play: Play) -> None:
    play("", start=Start("play", "eino", seed=2))
    said = play("", "lives", "1", start=Start("play", "anna", seed=1))
    assert "(you are playing it)" in said
    said = play("lives", "2", "1", start=Start("play", "anna"))
    assert said.rindex("Life: eino.") > said.rindex("Life: anna.")


def test_the_life_being_played_is_neither_renamed_nor_deleted(answers: Answers) -> None:
    assert answers("", "lives", "1")[4] == ""

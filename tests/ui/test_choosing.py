"""Choosing: numbers at once, arrows and Enter, a click; reasons in words; undo without end."""

from __future__ import annotations

import pytest

from game.desk.start import Start

ANNA = Start("play", "anna", seed=1)


async def test_a_number_takes_a_choice_at_once(play):
    async with play("1", start=ANNA) as player:
        assert "It is cracked, but it is loud." in player.frame


@pytest.mark.parametrize(("down", "up"), [("down", "up"), ("j", "k"), ("о", "л")])
async def test_arrows_or_letters_move_the_caret_and_enter_takes_the_choice(play, down, up):
    async with play(down, down, up, start=ANNA) as player:
        assert "> 2. Wait until somebody comes (costs a week)" in player.frame
        await player.press("enter")
        assert "On the eighth day somebody comes." in player.frame


async def test_a_click_takes_a_choice(play):
    async with play(start=ANNA) as player:
        y = next(y for y, line in enumerate(player.frame.splitlines()) if "2. Wait" in line)
        await player.pilot.click(offset=(20, y))
        await player.pilot.pause()
        assert "On the eighth day somebody comes." in player.frame


async def test_a_locked_choice_shows_its_reason_and_says_it_when_it_is_chosen(play):
    async with play("3", start=ANNA) as player:
        assert "3. Swim (locked: The trunk cannot swim.)" in player.frame
        assert "3 is locked: The trunk cannot swim." in player.frame
        await player.press("up")
        assert "3 is locked: The trunk cannot swim." not in player.frame.splitlines()[-2]


async def test_a_choice_that_cannot_be_taken_back_says_so(play):
    async with play(start=ANNA) as player:
        assert "4. Read what is nailed to the post (cannot be taken back)" in player.frame


async def test_a_long_label_hangs_under_itself_at_40_columns(play, fake):
    pages = fake.with_options(fake.option("end", "Go down to the river with the trunk on your back, and do not look round."))
    async with play("n", "enter", "space", "space", story=fake.story(pages), on=fake.FakeShelf(), size=(40, 16)) as player:
        lines = player.frame.splitlines()
        first = next(y for y, line in enumerate(lines) if "> 1. Go down" in line)
        column = lines[first].index("Go down")
        assert lines[first + 1][:column].strip() == ""
        assert lines[first + 1][column] != " "


async def test_the_terminals_own_cursor_stands_at_the_choice(play):
    async with play(start=ANNA) as player:
        assert player.at_cursor(18) == "> 1. Ring the bell"
        await player.press("down")
        assert player.at_cursor(4) == "> 2."
        await player.press("4")
        assert player.at_cursor(12) == "There is one", "on a page that is not read to its end, at its top"


async def test_undo_and_redo_go_back_and_forth_to_both_ends(play):
    async with play("1", "enter", "1", "1", start=ANNA) as player:
        last = player.frame
        await player.press("u", "u", "u", "u", "u", "u")
        assert "The road ends" in player.frame
        assert "u Undo" not in player.keys
        await player.press("U", "U", "Г", "U", "U")
        assert player.frame == last


async def test_keys_that_do_nothing_here_are_not_offered(play):
    async with play(start=ANNA) as player:
        assert "Undo" not in player.keys
        await player.press("4")
        assert "Space Read on" in player.keys
        assert "Enter Choose" not in player.keys
        assert "u Undo" in player.keys


async def test_a_question_is_a_line_and_an_empty_one_takes_the_default(play):
    async with play("1", start=ANNA) as player:
        assert "The ferryman wants a name: (Enter to type; an empty line means: Anna Reed" in player.words
        await player.press("enter")
        assert '"Anna Reed," he says to the rope.' in player.frame


async def test_what_is_typed_is_the_answer_letters_that_are_commands_included(play):
    async with play("1", start=ANNA) as player:
        await player.press(*"uqЖ", "space", "left_square_bracket", "1", "enter")
        assert '"uqЖ [1," he says to the rope.' in player.frame


async def test_ten_choices_and_more_are_reached_with_the_caret(play, fake):
    pages = fake.with_options(*(fake.option("end" if number == 12 else f"o{number}", f"Way {number}") for number in range(1, 14)))
    async with play("n", "enter", "space", *["down"] * 11, story=fake.story(pages), on=fake.FakeShelf()) as player:
        assert "> 12. Way 12" in player.frame
        await player.press("enter")
        assert "The end: Home" in player.frame


async def test_the_end_is_named_and_the_life_offered_again(play):
    async with play("1", "enter", "2", start=ANNA) as player:
        assert "The end: Over the river" in player.frame
        await player.press("1")
        assert "The way back" in player.words.partition("Sealed letters in the archive box")[2]
        await player.press("escape", "2")
        assert "anna, page 1 of 4" in player.frame
        await player.press("escape", "u")
        assert "> 1. Carry coal for the stove" in player.frame, "undo is never taken away"


async def test_a_line_that_undo_comes_back_to_waits_for_enter(play):
    """So that the next `u` is a command and not a letter."""
    async with play("1", "enter", "u", start=ANNA) as player:
        assert "The ferryman wants a name" in player.words
        await player.press("u")
        assert "The ferryman wants a name" not in player.words
        await player.press("1", "enter", "u", "enter", "u", "enter")
        assert '"u," he says to the rope.' in player.frame

"""The contract of the plain client: how a page looks, what the prompt is, what numbers do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Play = Callable[..., str]
    Answers = Callable[..., list[str]]

PROMPT = "> \n"
"""The prompt, and the line end that follows it where the input ends."""

BEGINNING = """\
A river, and one boat.
You may cross it.
This story holds: A drowning. `new` begins a life that passes over it.
Life: anna.
Type the number of a choice; `undo` takes it back, `help` lists the other words.

Scene: The near bank
 > A board says so, and nobody reads it.
The old ferry lies across the water.

Who shall he say is waiting? (type a line; an empty one means: Anna Reed; /undo and /help are words here)
"""

WAITING = """\
"{name} is waiting," the boy calls.

Choices:
1. Talk to the ferryman
2. Pay for the crossing (your last coin) (locked: He does not take strangers.)
3. Go home (cannot be taken back)
"""

ACROSS = """\
Grass.
The end: Across

"""


def test_a_life_begins_with_its_first_page(play: Play) -> None:
    assert play() == BEGINNING + PROMPT


def test_a_page_is_a_paragraph_a_line_then_an_empty_line_then_numbered_choices(play: Play) -> None:
    assert play("").endswith(WAITING.format(name="Anna Reed") + PROMPT)


def test_what_is_asked_takes_any_line_even_a_word_of_the_prompt(play: Play) -> None:
    assert play("quit").endswith(WAITING.format(name="quit") + PROMPT)


def test_an_ending_is_said_at_the_start_of_a_line_and_the_prompt_returns(play: Play) -> None:
    said = play("", "1", "1", "1")
    assert said.endswith(ACROSS + PROMPT)


def test_after_an_ending_numbers_are_refused_and_words_work(answers: Answers) -> None:
    said = answers("", "3", "1", "status", "undo")
    assert said[3].startswith("This life is over")
    assert "This life is over: Home again." in said[4]
    assert said[5] == WAITING.format(name="Anna Reed")


def test_the_prompt_stands_at_the_start_of_a_line_and_nowhere_else(play: Play) -> None:
    said = play("> mine", "1", "nonsense", "journal", "help")
    assert said.count("\n> ") == 6
    assert not re.search(r"^> .", said, flags=re.MULTILINE)


def test_a_locked_choice_gives_its_reason_and_asks_again(answers: Answers) -> None:
    assert answers("", "2")[2] == "2 is locked: He does not take strangers.\n"


def test_what_is_not_understood_asks_again_without_moving_the_life(answers: Answers) -> None:
    said = answers("", "9", "dance", "", "9" * 5000, "1")
    assert said[2] == "There is no choice 9: type a number from 1 to 3, or a word; `help` lists them.\n"
    assert said[3] == "`dance` is not understood: type a number from 1 to 3, or a word; `help` lists them.\n"
    assert said[4] == "Type a number from 1 to 3, or a word; `help` lists them.\n"
    assert said[6].startswith("Scene: A word with Gusev\n")


def test_what_a_choice_changed_is_said_in_words(play: Play) -> None:
    assert "Changed: The ferryman trusts you a little more" in play("", "1")


def test_the_end_of_input_keeps_the_life_and_the_next_start_goes_on_with_it(play: Play) -> None:
    play("Eino", "1")
    assert play().startswith("Life: anna.\n\nScene: A word with Gusev\n")


def test_a_width_wraps_paragraphs_and_sets_them_apart(play: Play) -> None:
    said = play("", width=24)
    assert max(map(len, said.splitlines())) <= 24
    assert "> A board says so, and\nnobody reads it.\n\nThe old ferry lies\n" in said
    assert "2. Pay for the crossing\n   (your last coin)\n   (locked: He does not\n   take strangers.)\n" in said


def test_nothing_that_could_steer_a_terminal_is_ever_said(play: Play) -> None:
    said = play("\x1b[31mred\x07\u202e", "1", "\x1b]0;title\x07", "people \x9b2J")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)


def test_a_line_that_looks_like_the_prompt_is_moved_even_where_wrapping_made_it(play: Play) -> None:
    assert not re.search(r"^> .", play("a > b > c > d", width=20), flags=re.MULTILINE)

"""One table of commands: keys, footer, help and palette are made from it."""

from __future__ import annotations

import re

from game.desk.start import Start
from game.ui.commands import COMMANDS, with_layout
from game.ui.screens.reading import ReadingScreen

ANNA = Start("play", "anna", seed=1)
EVERY_TERMINAL_SENDS = re.compile(
    r"[a-zA-Z0-9]|f([1-9]|10)|up|down|left|right|home|end|pageup|pagedown|enter|escape|tab|shift\+tab|space|backspace|slash"
    r"|question_mark|ctrl\+[cpqz]"
)


def test_every_command_says_what_it_does_and_has_a_key_that_every_terminal_sends():
    for command in COMMANDS:
        assert command.text.endswith("."), command
        assert command.keys, command
        assert all(EVERY_TERMINAL_SENDS.fullmatch(key) for key in command.keys if key != "f12"), command
        assert command.keys != ("f12",), "some terminals keep F12 for themselves"


def test_ids_are_unique():
    assert len({command.id() for command in COMMANDS}) == len(COMMANDS)


def test_letters_answer_on_a_russian_layout_too():
    assert with_layout(("u", "U", "f1", "slash")) == ["u", "г", "U", "Г", "f1", "slash"]
    for command in COMMANDS:
        for key in command.keys:
            if len(key) == 1 and key.isalpha():
                assert len(with_layout((key,))) == 2


def test_no_two_commands_of_a_life_share_a_key():
    keys = [key for command in COMMANDS if command.group in ("reading", "life", "author", "always") for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_command_of_a_life_can_be_done():
    for command in COMMANDS:
        if command.group in ("reading", "life", "author"):
            assert callable(getattr(ReadingScreen, f"action_{command.action}")), command


async def test_help_lists_every_command_of_the_screen(play):
    async with play("question_mark", start=ANNA, size=(80, 240)) as player:
        for command in COMMANDS:
            if command.group in ("reading", "life", "app", "always"):
                assert " ".join(command.text.split()) in player.words, command


async def test_the_palette_finds_a_command(play):
    async with play("ctrl+p", start=ANNA) as player:
        await player.type("journ")
        await player.until(lambda: "Everything read so far" in player.frame and "Bookmark" not in player.frame)
        await player.press("enter")
        await player.until(lambda: player.frame.startswith(" Journal"))


async def test_a_click_on_a_key_in_the_last_line_does_what_the_key_does(play):
    async with play(start=ANNA) as player:
        await player.pilot.click(offset=(player.keys.index("J Journal") + 3, 23))
        await player.pilot.pause()
        assert player.frame.startswith(" Journal")

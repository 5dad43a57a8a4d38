"""The keys of the screen that asked, from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.commands import COMMANDS, Command, shown
from game.ui.prose import paragraphs, tied
from game.ui.screens.base import TextScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INTRO = "Nothing has to be saved: every choice is on the disk before the next page is shown."


class HelpScreen(TextScreen):
    """Every command of some groups, with the player's own keys where there are any."""

    def __init__(self, groups: Iterable[str], own: Mapping[str, str]) -> None:
        commands = [command for group in (*groups, "app", "always") for command in COMMANDS if command.group == group]
        lines = [tied(f"{_keys(command, own)}  {command.label}", command.text) for command in commands]
        super().__init__("Help", paragraphs([INTRO, *lines]))


def _keys(command: type[Command], own: Mapping[str, str]) -> str:
    keys = own[command.action].split(",") if command.action in own else list(command.keys)
    if command.each:
        return f"{keys[0]}-{keys[-1]}"
    return ", ".join(shown(key.strip()) for key in keys)

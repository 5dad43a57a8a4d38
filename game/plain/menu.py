"""Numbered menus outside a life: the same `Choices:` and the same prompt as in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.words import number
from game.plain.console import Console, Leave
from game.plain.pages import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_NO_WORDS: Mapping[str, int] = {}


def menu(console: Console, heading: str, labels: Sequence[str], words: Mapping[str, int] = _NO_WORDS) -> int | None:
    """The index of the line chosen, or None for `back`. Raises Leave for `quit`, EndOfInput at the end of input.

    `words` choose a line as its number does.
    """
    console.say(heading, "")
    numbered(console, labels)
    while True:
        line = console.ask()
        picked = number(line)
        if picked is not None and 1 <= picked <= len(labels):
            return picked - 1
        if line.casefold() in words:
            return words[line.casefold()]
        match line.casefold():
            case "quit" | "q":
                raise Leave
            case "back":
                return None
            case "again" | "":
                console.say(heading, "")
                numbered(console, labels)
            case _:
                console.say(f"Type a number from 1 to {len(labels)}, `back`, `again` or `quit`.")


def question(console: Console, text: str) -> str:
    """One line typed in answer to a question; an empty one means that the player thought better of it."""
    console.say(f"{text} (an empty line: leave it as it is)")
    return console.ask()


def confirmed(console: Console, text: str) -> bool:
    """Whether the player says yes, in a menu of two."""
    return menu(console, text, ["No", "Yes"], {"no": 0, "n": 0, "yes": 1, "y": 1}) == 1

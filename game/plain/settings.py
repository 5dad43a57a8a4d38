"""The one setting that lines of text have: how wide they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.words import number

if TYPE_CHECKING:
    from game.plain.console import Console

NARROWEST = 20
"""Columns below which wrapping helps nobody."""


def change(console: Console, text: str) -> None:
    """Does what was typed after `settings` (`width 72`, `width none`) and says how things are set."""
    match text.casefold().split():
        case []:
            pass
        case ["width", "none"]:
            console.width = None
        case ["width", columns] if (number(columns) or 0) >= NARROWEST:
            console.width = number(columns)
        case ["width", columns]:
            console.say(f"A width is {NARROWEST} columns or more, or `none`; `{columns}` is not.")
        case _:
            console.say(f"There is no setting `{text}`.")
    width = f"lines of {console.width} columns" if console.width else "a paragraph a line"
    console.say(f"Width: {width}. `settings width 72` wraps the text there; `settings width none` does not wrap it.")

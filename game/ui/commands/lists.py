"""On lists and texts."""

from __future__ import annotations

from game.ui.commands.command import Command


class Open(Command):
    """Opens or takes the line at the caret."""

    keys = ("enter",)
    group = "list"
    action = "pick"
    footer = True


class LineDown(Command):
    """To the next line."""

    keys = ("down", "j")
    group = "list"
    action = "down"


class LineUp(Command):
    """To the line before."""

    keys = ("up", "k")
    group = "list"
    action = "up"


class FurtherDown(Command):
    """A screenful down."""

    keys = ("space", "pagedown")
    group = "list"
    action = "page_down"


class FurtherUp(Command):
    """A screenful up."""

    keys = ("pageup", "backspace")
    group = "list"
    action = "page_up"


class First(Command):
    """To the first line."""

    keys = ("home",)
    group = "list"


class Last(Command):
    """To the last line."""

    keys = ("end",)
    group = "list"


class Search(Command):
    """Shows only the lines that hold what you type; Enter goes back to them, an empty search shows all."""

    keys = ("slash", "f")
    group = "search"
    footer = True


class More(Command):
    """A screenful down."""

    keys = ("space", "pagedown", "enter")
    group = "text"
    action = "page_down"
    footer = True


class TextBack(Command):
    """A screenful up."""

    keys = ("pageup", "backspace")
    group = "text"
    action = "page_up"


class TextDown(Command):
    """A line down."""

    keys = ("down", "j")
    group = "text"
    action = "down"


class TextUp(Command):
    """A line up."""

    keys = ("up", "k")
    group = "text"
    action = "up"

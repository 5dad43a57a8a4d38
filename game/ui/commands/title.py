"""On the title."""

from __future__ import annotations

from game.ui.commands.command import Command


class Open(Command):
    """Opens the entry at the caret."""

    keys = ("enter", "space")
    group = "title"
    action = "pick"
    footer = True


class Entry(Command):
    """Opens the entry with that number."""

    keys = tuple("123456789")
    each = True
    group = "title"
    action = "number"


class NextEntry(Command):
    """To the next entry."""

    keys = ("down", "j")
    group = "title"
    action = "down"


class EntryBefore(Command):
    """To the entry before."""

    keys = ("up", "k")
    group = "title"
    action = "up"


class Continue(Command):
    """Goes on with the last life, on the page where it was left."""

    keys = ("c",)
    group = "title"
    action = "go_on"


class NewLife(Command):
    """Begins a new life."""

    keys = ("n",)
    group = "title"


class Lives(Command):
    """All lives: resume, rename, copy, export, import, delete."""

    keys = ("l",)
    group = "title"


class Watch(Command):
    """Watches a life as a film."""

    keys = ("w",)
    group = "title"


class Cards(Command):
    """The codex: cards earned in any life."""

    keys = ("x", "f7")
    group = "title"


class Preferences(Command):
    """Theme, width of the lines, motion: applied at once."""

    keys = ("s", "f9")
    group = "title"
    action = "settings"


class Quit(Command):
    """Leaves the game. Everything is saved already."""

    keys = ("q", "f10")
    group = "title"
    action = "leave"
    footer = True

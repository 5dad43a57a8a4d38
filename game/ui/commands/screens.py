"""On one screen only."""

from __future__ import annotations

from game.ui.commands.command import Command


class Begin(Command):
    """Begins the life."""

    keys = ("enter",)
    group = "new life"
    footer = True


class PassOver(Command):
    """Passes over scenes of that kind, or no longer; the story still holds."""

    keys = tuple("123456789")
    each = True
    group = "new life"
    action = "number"


class GoBackHere(Command):
    """Goes back to this page of the life. What came after stays in the save, and redo brings it back."""

    keys = ("r",)
    group = "journal"
    action = "rewind"
    footer = True


class Rename(Command):
    """Gives the life another name."""

    keys = ("r",)
    group = "lives"
    footer = True


class Copy(Command):
    """Makes a copy of the life under another name."""

    keys = ("c",)
    group = "lives"


class WatchIt(Command):
    """Watches the life as a film."""

    keys = ("w",)
    group = "lives"
    action = "watch"
    footer = True


class Delete(Command):
    """Deletes the life, after asking."""

    keys = ("d",)
    group = "lives"
    footer = True


class Import(Command):
    """Takes a life in from a file."""

    keys = ("i",)
    group = "lives"
    action = "take_in"


class Step(Command):
    """Reads on; at the end of a page, turns to the next."""

    keys = ("space", "right", "pagedown")
    group = "watch"
    footer = True


class StepBack(Command):
    """The page before."""

    keys = ("left", "pageup", "backspace")
    group = "watch"


class WatchDown(Command):
    """A line down."""

    keys = ("down", "j")
    group = "watch"
    action = "down"


class WatchUp(Command):
    """A line up."""

    keys = ("up", "k")
    group = "watch"
    action = "up"


class Auto(Command):
    """Turns the pages at reading speed; again, or any step, stops."""

    keys = ("a",)
    group = "watch"
    footer = True


class Fast(Command):
    """Turns the pages quickly; again, or any step, stops."""

    keys = ("f",)
    group = "watch"
    footer = True


class JumpTo(Command):
    """Lists the pages by act and date, and jumps to one."""

    keys = ("g",)
    group = "watch"
    footer = True


class BranchFromHere(Command):
    """Begins a new life that shares everything up to this page."""

    keys = ("b",)
    group = "watch"
    footer = True


class Change(Command):
    """Takes the next value of the setting."""

    keys = ("enter", "right", "space")
    group = "settings"
    action = "pick"
    footer = True


class ChangeBack(Command):
    """Takes the value before."""

    keys = ("left",)
    group = "settings"


class No(Command):
    """No: leaves everything as it is."""

    keys = ("n", "escape", "q")
    group = "confirm"
    footer = True


class Yes(Command):
    """Yes: does it."""

    keys = ("y",)
    group = "confirm"
    footer = True


class GiveUp(Command):
    """Leaves the line without an answer."""

    keys = ("escape",)
    group = "ask"
    action = "back"
    footer = True


class Export(Command):
    """Writes it into a file of your choice."""

    keys = ("e",)
    group = "export"
    footer = True

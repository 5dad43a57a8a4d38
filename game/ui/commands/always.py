"""On every screen, or nearly."""

from __future__ import annotations

from game.ui.commands.command import Command


class Help(Command):
    """Lists every key that works here, and what it does."""

    keys = ("question_mark", "f1")
    group = "app"
    footer = True


class Back(Command):
    """Goes back to where you came from."""

    keys = ("escape", "q", "f10")
    group = "back"
    footer = True


class Palette(Command):
    """Finds any command by a few letters of its name."""

    keys = ("ctrl+p",)
    group = "app"
    action = "command_palette"


class LeaveTheGame(Command):
    """Leaves at once. Every choice is saved already; nothing is asked."""

    keys = ("ctrl+q",)
    group = "always"
    action = "leave"


class Interrupt(Command):
    """Copies selected text; where nothing is selected, leaves as Ctrl+Q does."""

    keys = ("ctrl+c",)
    group = "always"


class Suspend(Command):
    """Puts the game to sleep in the shell; `fg` wakes it."""

    keys = ("ctrl+z",)
    group = "always"
    action = "suspend_process"

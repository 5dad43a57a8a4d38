"""For whoever writes a story, and for whoever has met a fault."""

from __future__ import annotations

from game.ui.commands.command import Command


class Inspect(Command):
    """For authors: every variable, what changed it, why things are on offer or not; edit, go to any scene, open its file."""

    keys = ("I", "f12")
    group = "author"
    footer = True


class Part(Command):
    """Opens the part with that number."""

    keys = tuple("123456")
    each = True
    group = "inspector"
    action = "number"


class LookCloser(Command):
    """Everything that is known of the line at the caret."""

    keys = ("o", "right")
    group = "closer"
    footer = True


class EditFile(Command):
    """Opens the file of the line at the caret in your editor (VISUAL or EDITOR), at its line."""

    keys = ("e",)
    group = "file"
    footer = True


class Report(Command):
    """Packs the life and the last error into one file for whoever mends the game; shows what is in it first."""

    keys = ("R",)
    group = "app"


class WriteIt(Command):
    """Writes the report into a file."""

    keys = ("w",)
    group = "report"
    footer = True

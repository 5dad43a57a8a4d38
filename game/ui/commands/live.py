"""Where a story is followed while its author writes it."""

from __future__ import annotations

from game.ui.commands.command import Command


class Faults(Command):
    """What is wrong with the story as its files are now, each fault in its line; read again at every save."""

    keys = ("F",)
    group = "live"

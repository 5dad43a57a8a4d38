"""Every command of the client, one small class each; keys, footer, help and palette are all made from this table."""

# The order of these imports is the order in which help lists the commands and the footer offers them.
from game.ui.commands import always, reading, title, lists, screens, author, live  # isort: skip
from game.ui.commands.command import COMMANDS, Command, bindings, keymap, shown, with_layout

__all__ = [
    "COMMANDS", "Command", "always", "author", "bindings", "keymap", "lists", "live", "reading", "screens", "shown", "title",
    "with_layout",
]  # fmt: skip

"""The commands of the workshop, a module each: `options(parser)` adds what can be typed, `run(args)` gives the exit code."""

from __future__ import annotations

from typing import Any

COMMANDS = {
    "check": "look for faults in a story",
    "graph": "draw what leads where in a story, or where a life went",
    "stats": "count a story: words, choices, who speaks, what the codex covers",
    "compare": "what an edit changed, and whether lives still open",
    "explore": "play a story without a player, and tell what was met",
    "schema": "what an editor needs to help with a story's files",
    "new": "begin a story, a branch, a scene or a deck",
    "freeze": "write the ids of choices into the files, so that labels can change",
}
"""Each command and its line in the help; the module of that name is imported only when it is meant."""


def add_commands(commands: Any) -> None:
    """Adds them all to a parser's subcommands, whose `parser_class` is a LateParser."""
    for name, about in COMMANDS.items():
        commands.add_parser(name, help=about, description=about, module=f"{__name__}.{name}")

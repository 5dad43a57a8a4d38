"""The line-mode client: for screen readers, pipes, dumb terminals and scripts. All of the game, one line after another."""

from game.plain.client import run
from game.plain.console import Console

__all__ = ["Console", "run"]

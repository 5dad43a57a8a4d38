"""A bug report in one word: what would be in it is said before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.desk.report import PROMISE, contents
from game.plain.command import Command
from game.plain.menu import confirmed

if TYPE_CHECKING:
    from game.plain.play import Game


class Report(Command):
    """Packs this life and the last error into one file for whoever mends the game, without your name and folders."""

    takes = "[FOLDER]"

    def run(self, game: Game, text: str) -> None:
        from game import reports

        console = game.console
        facts = {"client": "plain", "width": console.width or "none"}
        document = reports.gather(game.life.story, game.life, settings={}, terminal=facts, error=reports.last_error())
        console.say("A report of what has happened would hold:", *contents(document), PROMISE)
        if not confirmed(console, "Write it into a file?"):
            console.say("Nothing was written.")
            return
        try:
            path = reports.write(document, Path(text).expanduser() if text else None)
        except OSError as error:
            console.say(f"The report could not be written: {error.strerror or error}. Name a folder: `report FOLDER`.")
        else:
            console.say(f"Written: {path}. Look through it, and send it to whoever mends the game.")

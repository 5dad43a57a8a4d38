"""A bug report: what would be in it, and then the file."""

from __future__ import annotations

from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING, Any, ClassVar

from game import reports
from game.desk.report import PROMISE, contents, text_of
from game.ui.prose import heading, paragraphs
from game.ui.screens.base import TextScreen

if TYPE_CHECKING:
    from textual.content import Content

    from game.saves import Life
    from game.ui.app import Game

ASKED = "w writes this into one file, and says where. Nothing is sent anywhere."


class ReportScreen(TextScreen):
    """What a report of this moment holds. Nothing is written before the player has seen it."""

    GROUPS: ClassVar[tuple[str, ...]] = ("report", "text", "back")

    def __init__(self, game: Game, life: Life | None) -> None:
        story = life.story if life is not None else game.story_if_loaded
        self.document = reports.gather(
            story, life, settings=asdict(game.settings), terminal=_terminal(game), error=reports.last_error()
        )
        parts: list[Content | str] = [heading("A report would hold:"), *contents(self.document), PROMISE, ASKED]
        super().__init__("A bug report", paragraphs(parts))

    def action_write_it(self) -> None:
        if self.app.is_web:  # the game's own disk is not the visitor's
            self.app.deliver_text(StringIO(text_of(self.document)), save_filename="kuzbass-report.json")
            self.say("Your browser was given it as kuzbass-report.json. Look through it, and send it to whoever mends the game.")
            return
        try:
            path = reports.write(self.document)
        except OSError as error:
            self.say(f"The report could not be written: {error.strerror or error}.")
        else:
            self.say(f"Written: {path}. Look through it, and send it to whoever mends the game.")


def _terminal(game: Game) -> dict[str, Any]:
    return {
        "client": "screen",
        "size": f"{game.size.width}x{game.size.height}",
        "colours": str(game.console.color_system or "none"),
    }

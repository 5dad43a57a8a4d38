"""What is said when something cannot be done, and what happens when the game itself fails."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from game.engine.turn import ChoiceRefused, StoryStuck
from game.saves import LifeBusy, SaveFault

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = (ChoiceRefused, StoryStuck, SaveFault, LifeBusy, OSError)
"""What a step of a life or of the shelf may end in without the game being at fault."""


def sentence_of(error: Exception) -> str:
    """What to tell the player, in a sentence."""
    if isinstance(error, ChoiceRefused):
        return str(error) or "That cannot be chosen now."
    if isinstance(error, OSError):
        return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}."
    return str(error)


def keep_traceback(error: BaseException, folder: Path) -> Path | None:
    """Writes the traceback for whoever mends the game; None where it could not be written."""
    path = folder / "fault.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return path


def last_words(error: BaseException, life: Path | None) -> str:
    """The one sentence after a fault of the game, with where the life is and where the traceback."""
    from game.places import cache_folder
    from game.reports import crash_report

    kept = keep_traceback(error, cache_folder())
    saved = f"your life is saved in {life}" if life else "your lives are as they were"
    report = f"; what happened is written in {kept}" if kept else ""
    packed = crash_report(error, cache_folder())
    report += f", and {packed} tells it without your name and folders, to be sent to whoever mends the game" if packed else ""
    return f"The game has failed ({type(error).__name__}); {saved}{report}."

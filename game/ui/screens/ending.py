"""After the end: which ending it was, and the ones still sealed, by name only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from game.desk.words import counted
from game.engine.calendar import long_date
from game.ui.prose import heading, paragraphs, plain
from game.ui.screens.base import TextScreen

if TYPE_CHECKING:
    from collections.abc import Collection

    from game.saves import Life


def ending_screen(life: Life, seen: Collection[str]) -> TextScreen:
    """`seen` are the ids of endings reached in any life."""
    story, page = life.story, life.page
    ending = story.endings.get(page.ending)
    steps = counted(life.state.steps, "choice")
    parts: list[Content | str] = [
        heading(f"The end: {ending.title if ending else page.ending}"),
        f"{long_date(page.date)}, after {steps}. The life is named {life.name}.",
    ]
    if life.bookmarks:
        marks = [plain(f"{long_date(mark.date)}: {mark.name}") for mark in life.bookmarks]
        parts.append(Content("\n").join([heading("The way here"), *marks]))
    opened = [info.title for info in story.endings.values() if info.id in {*seen, page.ending}]
    sealed = [info.title for info in story.endings.values() if info.id not in {*seen, page.ending}]
    parts.append(Content("\n").join([heading("Opened in your lives so far"), *map(plain, opened)]))
    if sealed:
        parts.append(Content("\n").join([heading("Sealed letters in the archive box"), *map(plain, sealed)]))
    return TextScreen("After the end", paragraphs(parts))

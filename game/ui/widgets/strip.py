"""A line that stands as long as the story's files have errors: it must not be missed, and not be in the way."""

from __future__ import annotations

from textual.content import Content
from textual.widgets._static import Static

from game.ui.prose import plain


class Strip(Static):
    """Says how many errors there are and which key shows them."""

    def __init__(self, text: str = "") -> None:
        super().__init__(Content(""), markup=False, id="strip")
        self.say(text)

    def say(self, text: str) -> None:
        """Puts the words there; an empty text takes the line away."""
        self.update(plain(text))
        self.display = bool(text)

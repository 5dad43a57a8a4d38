"""What could not be done, in a sentence, with the page kept; and the errors of a story, once or as they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets._static import Static

from game.desk.live import meanwhile, tally, worst_first
from game.desk.words import counted
from game.load.diagnostics import render
from game.ui.prose import heading, paragraphs
from game.ui.screens.base import TextScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.content import Content
    from textual.widget import Widget

    from game.load import Loaded
    from game.load.diagnostics import Diagnostic


REPORT = "This is a fault of the story. R packs what happened into a file for whoever mends it."


COULD_NOT = "This could not be done"


def fault_screen(sentence: str, *, kept: bool = False, report: bool = False) -> TextScreen:
    """`kept` says that a page stands behind this, as it was before the step that failed; `report` that the story is at fault."""
    rest = "The page is as it was; nothing before it is lost." if kept else ""
    return TextScreen(COULD_NOT, paragraphs([sentence, rest, REPORT if report else "", "Esc goes back."]))


def diagnostics_screen(diagnostics: Sequence[Diagnostic]) -> TextScreen:
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.level == "error"]
    parts: list[Content | str] = [
        heading(f"The story cannot be opened: {counted(len(errors), 'error')}."),
        "`kuzbass check` shows each of them in its file.",
        *(f"{error.at.file}:{error.at.line}: {error.message} [{error.code}]" for error in errors),
    ]
    return TextScreen("The story has errors", paragraphs(parts))


class FaultsScreen(TextScreen):
    """What is wrong with a story whose files are followed, drawn as `kuzbass check` draws it, and drawn anew at every save."""

    NARROWEST = 40

    def __init__(self, loaded: Loaded, *, begun: bool) -> None:
        self.loaded = loaded
        self.begun = begun
        self._width = 0
        super().__init__("Faults of the story", self._drawn(68))

    @property
    def errors(self) -> bool:
        """Whether the story cannot be played for what stands here."""
        return self.loaded.story is None

    def show(self, loaded: Loaded) -> None:
        """Shows these faults instead, at the same line."""
        self.loaded, self._width = loaded, 0
        self.on_resize()

    def strip(self) -> Iterable[Widget]:
        return ()  # it would say the same

    def say_trouble(self, text: str) -> None:
        pass

    def on_resize(self) -> None:
        text = self.query_one("#text", Static)
        if text.content_size.width != self._width:
            self._width = text.content_size.width
            text.update(self._drawn(self._width))

    def _drawn(self, width: int) -> Content:
        loaded = self.loaded
        margin = len(str(max((found.at.line for found in loaded.diagnostics), default=0))) + len(" | ……")
        shown = [render(found, loaded.sources, max(self.NARROWEST, width - margin)) for found in worst_first(loaded.diagnostics)]
        return paragraphs([heading(tally(loaded.diagnostics)), meanwhile(loaded, self.begun), *shown])

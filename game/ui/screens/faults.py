"""What could not be done, in a sentence, with the page kept; and the errors of a story that cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.words import counted
from game.ui.prose import heading, paragraphs
from game.ui.screens.base import TextScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from game.load.diagnostics import Diagnostic


def fault_screen(sentence: str, *, kept: bool = False) -> TextScreen:
    """`kept` says that a page stands behind this, as it was before the step that failed."""
    rest = "The page is as it was; nothing before it is lost." if kept else ""
    return TextScreen("This could not be done", paragraphs([sentence, rest, "Esc goes back."]))


def diagnostics_screen(diagnostics: Sequence[Diagnostic]) -> TextScreen:
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.level == "error"]
    parts: list[Content | str] = [
        heading(f"The story cannot be opened: {counted(len(errors), 'error')}."),
        "`kuzbass check` shows each of them in its file.",
        *(f"{error.at.file}:{error.at.line}: {error.message} [{error.code}]" for error in errors),
    ]
    return TextScreen("The story has errors", paragraphs(parts))

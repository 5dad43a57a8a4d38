"""Transcripts written to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.desk.transcript import transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.desk.journal import Leaf
    from game.engine.story import Story


def write_transcript(file: str, story: Story, pages: Sequence[Leaf]) -> None:
    """Writes the pages in the form that the file's ending names. Raises ValueError, with a sentence."""
    path = Path(file).expanduser()
    text = transcript(path.suffix, story, pages)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ValueError(f"The transcript cannot be written to `{file}`: {(error.strerror or str(error)).lower()}.") from error


def told_of_transcript(file: str, story: Story, pages: Sequence[Leaf]) -> str:
    """Writes the pages, and says in a sentence what came of it."""
    try:
        write_transcript(file, story, pages)
    except ValueError as error:
        return str(error)
    return f"Written: {file}."

"""What was read: the journal, its pages, the bookmarks, and the transcript."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from game.desk.journal import Leaf, excerpt, leaves, search
from game.desk.words import counted
from game.engine.calendar import long_date
from game.ui.prose import page_content, paragraphs, plain
from game.ui.screens.base import ListScreen, TextScreen
from game.ui.widgets.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from game.saves import Life
    from game.ui.app import Game


class JournalScreen(ListScreen):
    """The pages read, the latest last, the caret at it. Enter shows one again; rewind goes back to it."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "search", "journal", "export", "back")
    HEADING = "Journal"

    def __init__(self, life: Life, rewind: Callable[[int], None]) -> None:
        super().__init__()
        self.life = life
        self.rewind = rewind
        self.leaves = leaves(life)

    def on_mount(self) -> None:
        self.reload(len(self.leaves))

    def entries(self) -> Sequence[Row]:
        found = search(self.leaves, self.wanted) if self.wanted else self.leaves
        return [Row(_leaf_label(leaf, self.wanted), str(leaf.number)) for leaf in found]

    def preface(self) -> str:
        return f"Pages that hold “{self.wanted}”:" if self.wanted else ""

    def take(self, row: Row) -> None:
        leaf = self._leaf(row)
        self.app.push_screen(TextScreen(long_date(leaf.page.date), leaf_content(leaf)))

    def _leaf(self, row: Row) -> Leaf:
        return next(leaf for leaf in self.leaves if str(leaf.number) == row.key)

    def can_rewind(self) -> bool:
        return not self.life.read_only and self.current is not None and self._leaf(self.current) is not self.leaves[-1]

    def action_rewind(self) -> None:
        if self.current is not None:
            number = self._leaf(self.current).number
            self.dismiss()
            self.app.call_later(self.rewind, number)

    def action_export(self) -> None:
        ask_transcript(self.game, self.life)


class BookmarksScreen(ListScreen):
    """Bookmarks by name: yours, and those that the story sets at each signature."""

    HEADING = "Bookmarks"
    EMPTY = "There are no bookmarks yet. b on a page of the story sets one."

    def __init__(self, life: Life, rewind: Callable[[int], None]) -> None:
        super().__init__()
        self.life = life
        self.rewind = rewind

    def entries(self) -> Sequence[Row]:
        return [row(mark.name, str(mark.n), detail=long_date(mark.date)) for mark in self.life.bookmarks]

    def preface(self) -> str:
        return "Enter goes back there. What came after stays in the save."

    def take(self, row: Row) -> None:
        self.dismiss()
        self.app.call_later(self.rewind, int(row.key))


def leaf_content(leaf: Leaf) -> Content:
    """A page as it was read, and what was chosen on it."""
    return paragraphs([page_content(leaf.page.blocks), f"You chose: {leaf.chosen}" if leaf.chosen else ""])


def ask_transcript(game: Game, life: Life) -> None:
    """Asks for a file, and writes the life into it: the ending of its name says as what."""
    from game.ui.screens.ask import AskScreen

    question = "A file for the transcript (.md, .html or .txt)"
    game.push_screen(AskScreen(question, lambda name: _write(game, life, name), offered=f"{life.name}.md"))


def _write(game: Game, life: Life, name: str) -> None:
    from game.desk.transcript import transcript

    path = Path(name).expanduser()
    try:
        text = transcript(path.suffix, life.story, leaves(life))
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        game.say(f"There is a file {path} already. It was left as it is; give another name.")
    except (OSError, ValueError) as error:
        game.say(f"The transcript was not written: {error}")
    else:
        game.say(f"Written: {path.absolute()} ({counted(len(text.split()), 'word')})")


def _leaf_label(leaf: Leaf, wanted: str) -> Content:
    parts = [long_date(leaf.page.date), leaf.heading]
    if wanted:
        parts.append(excerpt(leaf, wanted))
    elif leaf.chosen:
        parts.append(f"you chose: {leaf.chosen}")
    elif leaf.page.ending:
        parts.append("the end")
    else:
        parts.append("you are here")
    return plain(" · ".join(part for part in parts if part))

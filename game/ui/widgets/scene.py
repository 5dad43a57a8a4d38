"""The text of one page: replaced as a whole, never grown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets._static import Static

from game.ui.prose import cards_of, page_content
from game.ui.widgets.rows import MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.timer import Timer

    from game.engine.page import Block

LETTERS_A_TICK = 3
TICK = 1 / 30
"""Ninety letters a second: faster than anybody reads, slow enough to be seen."""


class SceneText(Static):
    """Draws blocks of a page, and knows where in it the underlined words stand."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Content(""), markup=False, id=id)
        self.blocks: Sequence[Block] = ()
        self.cards: tuple[tuple[str, str], ...] = ()
        self.focus_word = -1
        self.marked: Collection[int] = ()
        self._margin_at = 0
        self._letters: int | None = None
        self._timer: Timer | None = None

    def show(self, blocks: Sequence[Block], *, letter_by_letter: bool = False, marked: Collection[int] = ()) -> None:
        """Replaces the page. Blocks whose places are among `marked` get a sign in a margin of their own."""
        self.complete()
        self.blocks, self.cards, self.focus_word, self.marked = blocks, cards_of(blocks), -1, marked
        if letter_by_letter:
            self._letters = 0
            self._timer = self.set_interval(TICK, self._type)
        self._draw()

    @property
    def typing(self) -> bool:
        """Whether the page is still appearing."""
        return self._letters is not None

    def complete(self) -> None:
        """Shows at once what is still appearing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._letters is not None:
            self._letters = None
            self._draw()

    def mark(self, number: int) -> None:
        """Puts the mark on the underlined word with this number; -1 takes it away."""
        if number != self.focus_word:
            self.focus_word = number
            self._draw()

    def word_at(self, number: int) -> tuple[int, int] | None:
        """(column, line) at which an underlined word begins, in the widget."""
        for y, line in enumerate(self._with_margin() or page_content(self.blocks).wrap(max(1, self.content_size.width))):
            for span in line.spans:
                if not isinstance(span.style, str) and span.style.meta.get("word") == number:
                    return Content(line.plain[: span.start]).cell_length, y
        return None

    def _type(self) -> None:
        self._letters = (self._letters or 0) + LETTERS_A_TICK
        if self._letters >= len(page_content(self.blocks).plain):
            self.complete()
            self.screen.refresh_bindings()
        else:
            self._draw()

    def on_resize(self) -> None:
        if self.marked and self.content_size.width != self._margin_at:
            self._draw()

    def _with_margin(self) -> list[Content]:
        """The lines behind a margin in which the marked ones have their sign; none where nothing is marked."""
        if not self.marked:
            return []
        self._margin_at = self.content_size.width
        lines = page_content(self.blocks, self.focus_word, self.marked).wrap(max(20, (self._margin_at or 68) - len(MARK) - 1))
        return [Content.assemble(f"{MARK if _is_marked(line) else ' '} ", line) for line in lines]

    def _draw(self) -> None:
        lines = self._with_margin()
        content = Content("\n").join(lines) if lines else page_content(self.blocks, self.focus_word)
        if self._letters is not None:
            # Wrapped first, so that a word does not jump to the next line while it appears.
            lines = content.wrap(max(20, self.content_size.width or 68))
            content = Content("\n").join(lines)[: self._letters]
        self.update(content)


def _is_marked(line: Content) -> bool:
    return any(not isinstance(span.style, str) and "marked" in span.style.meta for span in line.spans)

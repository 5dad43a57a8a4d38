"""The codex: the cards earned, and the card that an underlined word opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from game.desk.codex import CardView, codex, find, linked
from game.desk.history import MEANING
from game.desk.words import counted
from game.ui.prose import heading, paragraphs, plain, tied
from game.ui.screens.base import ListScreen, TextScreen
from game.ui.widgets.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from game.engine.page import Page
    from game.engine.story import CardInfo, Story


class CodexScreen(ListScreen):
    """Cards of this life first, then those earned in others."""

    GROUPS: ClassVar[tuple[str, ...]] = ("list", "search", "back")
    HEADING = "Codex"
    EMPTY = "No card is earned yet. The story gives them as you go; underlined words open theirs at once."

    def __init__(self, story: Story, earned: Iterable[str], elsewhere: Iterable[str], page: Page | None = None) -> None:
        super().__init__()
        self.story = story
        self.views = codex(story, earned, elsewhere=elsewhere, page=page)

    def entries(self) -> Sequence[Row]:
        found = find(self.views, self.wanted) if self.wanted else self.views
        return [row(view.card.title, view.card.id, detail=_said(view)) for view in found]

    def preface(self) -> str:
        return f"{counted(len(self.views), 'card')} of {len(self.story.cards)}."

    def take(self, row: Row) -> None:
        self.app.push_screen(card_screen(self.story.cards[row.key]))


class WordsScreen(ListScreen):
    """The underlined words of one page."""

    HEADING = "Words on this page"

    def __init__(self, story: Story, page: Page) -> None:
        super().__init__()
        self.story = story
        self.words = [(text, card) for text, card in linked(page) if card in story.cards]

    def entries(self) -> Sequence[Row]:
        return [row(text, card, detail=self.story.cards[card].title) for text, card in self.words]

    def take(self, row: Row) -> None:
        self.app.push_screen(card_screen(self.story.cards[row.key]))


def card_screen(card: CardInfo) -> TextScreen:
    """Claim, sources, how sure it is, and what the story changed."""
    return TextScreen("Codex", card_content(card))


def card_content(card: CardInfo) -> Content:
    sure = MEANING.get(card.confidence, "")
    parts: list[Content | str] = [
        heading(f"{card.title} ({card.date})" if card.date else card.title),
        *(" ".join(part.split()) for part in card.claim.split("\n\n")),
        tied("Confidence", f"{card.confidence}, that is: {sure}" if sure else card.confidence),
    ]
    if card.sources:
        parts.append(Content("\n").join([heading("Sources"), *(plain(f"- {source}") for source in card.sources)]))
    if card.changed:
        parts.append(tied("What the story changed", " ".join(card.changed.split())))
    return paragraphs(parts)


def _said(view: CardView) -> str:
    return "new" if view.new else "" if view.here else "from another life"

"""The codex: the cards earned, in this life and in others, and how to find one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.page import Page
    from game.engine.story import CardInfo, Story


@dataclass(frozen=True, slots=True)
class CardView:
    """An earned card. `here` says that it was earned in this life; `new` that the page at hand brought it."""

    card: CardInfo
    here: bool
    new: bool = False


def codex(
    story: Story, earned: Iterable[str], *, elsewhere: Iterable[str] = (), page: Page | None = None
) -> tuple[CardView, ...]:
    """The cards of this life (`earned`, an order that is kept) and then those earned in other lives only."""
    here = list(dict.fromkeys(earned))
    new = set(page.learned) if page else set()
    views = [CardView(story.cards[card], True, card in new) for card in here if card in story.cards]
    others = sorted(set(elsewhere) - set(here), key=lambda card: story.cards[card].title if card in story.cards else card)
    return (*views, *(CardView(story.cards[card], False) for card in others if card in story.cards))


def find(views: Iterable[CardView], text: str) -> tuple[CardView, ...]:
    """The cards in which the words stand: a title that matches first, then any of the card's text."""
    views, wanted = tuple(views), text.casefold().strip()
    exact = [view for view in views if wanted in (view.card.title.casefold(), view.card.id.casefold())]
    if exact:
        return tuple(exact)
    titled = [view for view in views if wanted in view.card.title.casefold()]
    inside = [view for view in views if view not in titled and wanted in _all_text(view.card).casefold()]
    return (*titled, *inside)


def linked(page: Page) -> tuple[tuple[str, str], ...]:
    """The words of the page that open a card, with the card's id, in order, each pair once."""
    spans = (span for block in page.blocks for span in block.spans if span.card)
    return tuple(dict.fromkeys((span.text, span.card) for span in spans))


def _all_text(card: CardInfo) -> str:
    return " ".join((card.id, card.title, card.claim, card.changed, card.date, *card.sources))

"""Codex cards in lines, in a life and outside one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.codex import find
from game.desk.words import paragraphs, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.desk.codex import CardView
    from game.plain.console import Console


def show_cards(console: Console, views: Sequence[CardView], text: str) -> None:
    """The titles of the cards, or, where something was typed, the cards that speak of it."""
    if not views:
        console.say("You have earned no codex card yet.")
    elif not text:
        console.say(*(f"{view.card.title}{_mark(view)}" for view in views), f"Read one: `codex {views[0].card.title}`.")
    elif found := find(views, text):
        for view in found:
            console.say(*card_lines(view))
    else:
        console.say(f"No card that you have earned speaks of `{text}`.")


def card_lines(view: CardView) -> tuple[str, ...]:
    """A card, each of its parts a line."""
    card = view.card
    when = f", {card.date}" if card.date else ""
    changed = (f"What we changed: {sentence(' '.join(paragraphs(card.changed)))}",) if card.changed else ()
    sources = tuple(f"Source: {' '.join(paragraphs(source))}" for source in card.sources)
    return (f"Card: {card.title}{when}.", *paragraphs(card.claim), f"Confidence: {card.confidence}.", *changed, *sources)


def _mark(view: CardView) -> str:
    return ", new" if view.new else "" if view.here else ", from another life"

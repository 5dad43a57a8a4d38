"""What a life holds, as texts and lists: people, papers, ledger, map, why, history. The words come from the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from game.desk.atlas import MapView, atlas
from game.desk.history import history
from game.desk.journal import Leaf, choice_labels, leaves
from game.desk.ledger import Account, ledger
from game.desk.papers import papers
from game.desk.people import PersonView, people
from game.desk.why import causes, locks
from game.desk.words import scene_titles, sentence
from game.engine.calendar import long_date
from game.ui.prose import heading, page_content, paragraphs, plain
from game.ui.screens.base import ListScreen, TextScreen
from game.ui.widgets.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from game.engine.page import Page
    from game.engine.story import Story
    from game.saves import Life

BAR = 20
"""Columns of the longest bar of a chart."""


class PapersScreen(ListScreen):
    """What is carried. Enter reads it."""

    HEADING = "Papers"
    EMPTY = "You carry no papers."

    def __init__(self, life: Life) -> None:
        super().__init__()
        self.views = {view.id: view for view in papers(life.story, life.state)}

    def entries(self) -> Sequence[Row]:
        return [row(view.title, view.id) for view in self.views.values()]

    def take(self, row: Row) -> None:
        view = self.views[row.key]
        text = page_content(view.blocks) or plain("Nothing legible stands on it.")
        self.app.push_screen(TextScreen("Papers", paragraphs([heading(view.title), text])))


def people_screen(life: Life) -> TextScreen:
    views = people(life.story, life.state, _titles(leaves(life)))
    return TextScreen("People", paragraphs(map(_person, views)) or "You have met nobody yet.")


def ledger_screen(life: Life) -> TextScreen:
    book = ledger(life.story, life.state, [(mark.date, mark.name) for mark in life.bookmarks])
    parts: list[Content | str] = []
    for group in book.groups:
        parts.append(heading(group.title))
        parts.extend(map(_account, group.accounts))
    if book.events:
        dated = [plain(f"{long_date(event.date)}: {event.text}") for event in book.events]
        parts.append(Content("\n").join([heading("What happened"), *dated]))
    return TextScreen("Ledger", paragraphs(parts) or "Nothing stands in the ledger yet.")


def map_screen(life: Life) -> TextScreen:
    views = atlas(life.story, life.state)
    return TextScreen("Map", paragraphs(part for view in views for part in _map(view)) or "The story names no places.")


def why_screen(life: Life) -> TextScreen:
    pages = leaves(life)
    parts: list[Content | str] = []
    if shut := locks(life.page):
        parts.append(heading("What the locked choices ask"))
        parts += [f"{lock.number}. {lock.label}\n   {sentence(lock.reason)}" for lock in shut]
    if brought := causes(life.story, life.state, choice_labels(pages), _titles(pages)):
        parts.append(heading("What changed, the latest first"))
        parts += [cause.sentence for cause in brought]
    return TextScreen("Why?", paragraphs(parts) or "Nothing here is locked, and nothing that you can see has changed yet.")


def history_screen(story: Story, page: Page) -> TextScreen:
    parts: list[Content | str] = []
    for view in history(story, page):
        said = f"{view.status.capitalize()}: {view.meaning}." if view.status else "The author has not said."
        cards = [f"- {card.title}: {' '.join(card.claim.split())}" for card in view.cards]
        parts += [heading(view.title), said, sentence(view.note), *cards]
    return TextScreen("What is attested, what is invented", paragraphs(parts) or "The author has not said.")


def _titles(pages: Iterable[Leaf]) -> dict[str, str]:
    return scene_titles(leaf.page for leaf in pages)


def _person(view: PersonView) -> Content:
    kind = "a person of history" if view.real else "invented"
    last = f"Last seen {long_date(view.last)}" + (f", in {view.scene}." if view.scene else ".")
    said = [" ".join(view.about.split()), f"What they think of you: {view.standing}." if view.standing else "", last]
    return Content("\n").join([heading(f"{view.name} ({kind})"), *(plain(line) for line in said if line)])


def _account(account: Account) -> Content:
    lines = [f"{account.label}: {account.word}"]
    low, high = account.low, account.high
    if account.points and low is not None and high is not None and high > low:
        for point in account.points:
            bar = "#" * round((point.value - low) / (high - low) * BAR)
            lines.append(f"  {point.date:%Y-%m}  {bar.ljust(BAR)}  {point.word}")
    elif len(account.changes) > 1:
        lines += [f"  {long_date(point.date)}: {point.word}" for point in account.changes]
    return plain("\n".join(lines))


def _map(view: MapView) -> Sequence[Content]:
    grid = [plain("\n".join(view.grid))] if view.grid else []
    places = [f"{place.mark or '-'} {place.words}" + (f": {' '.join(place.about.split())}" if place.been and place.about else "")
              for place in view.places]  # fmt: skip
    return [heading(view.title or "Places"), *grid, plain("\n".join(places))]

"""Words that look at a life and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk import atlas, codex, endings, history, journal, ledger, papers, people, status, why
from game.desk.words import (
    counted,
    listed,
    month_in_words,
    number,
    option_notes,
    paragraphs,
    plain_lines,
    sentence,
)
from game.engine.calendar import long_date
from game.plain.cards import show_cards
from game.plain.command import Command
from game.plain.pages import show_text

if TYPE_CHECKING:
    from game.desk.ledger import Account
    from game.plain.play import Game

LATEST = 20
"""How many pages or changes are listed where nobody asked for more."""


class Again(Command):
    """Shows the page again."""

    def run(self, game: Game, text: str) -> None:
        game.show()


class Why(Command):
    """What a locked choice asks, and which choice brought about each change; with a number or a word, only that."""

    takes = "[N or word]"

    def run(self, game: Game, text: str) -> None:
        options = game.life.page.options
        picked = number(text)
        if picked is not None and 1 <= picked <= len(options):
            option = options[picked - 1]
            if not option.enabled:
                game.console.say(why.lock_sentence(picked, option))
            else:
                game.console.say(f"{text} is open. {sentence('; '.join(option_notes(option)))}".rstrip())
            return
        locks = [] if text else why.locks(game.life.page)
        game.console.say(*(f"{lock.number}. {lock.label} (locked: {lock.reason})" for lock in locks))
        causes = why.causes(game.story, game.life.state, journal.choice_labels(game.leaves), game.titles)
        wanted = [cause for cause in causes if text.casefold() in cause.label.casefold()]
        game.console.say(*(cause.sentence for cause in wanted[:LATEST]))
        if not locks and not wanted:
            game.console.say(f"Nothing called `{text}` has changed." if text else "Nothing is locked or has changed yet.")


class History(Command):
    """What on this page is attested and what is invented."""

    short = "h"

    def run(self, game: Game, text: str) -> None:
        for view in history.history(game.story, game.life.page, game.titles):
            told = f"{view.status} ({view.meaning})" if view.status else "nothing is said of its history yet"
            game.console.say(f"{view.title}: {told}.")
            if view.note:
                game.console.say(*paragraphs(view.note))
            game.console.say(*(f"Card: {card.title}. {' '.join(paragraphs(card.claim))}" for card in view.cards))


class People(Command):
    """Whom you have met, and what they think of you; with a name, who that is."""

    takes = "[name]"

    def run(self, game: Game, text: str) -> None:
        met = people.people(game.story, game.life.state, game.titles)
        found = [view for view in met if text.casefold() in view.name.casefold()]
        if not found:
            game.console.say(f"You have met nobody called `{text}`." if met else "You have met nobody yet.")
        for view in found:
            where = f" in {view.scene}" if view.scene else ""
            thinks = f": {view.standing}" if view.standing else ""
            game.console.say(f"{view.name}{thinks}. Last seen on {long_date(view.last)}{where}.")
            if text and view.about:
                game.console.say(*paragraphs(view.about))
            if text:
                game.console.say("A person of history." if view.real else "Invented for this story.")


class Papers(Command):
    """What you carry; with a title, what stands on it."""

    takes = "[title]"

    def run(self, game: Game, text: str) -> None:
        carried = papers.papers(game.story, game.life.state)
        found = [view for view in carried if text.casefold() in view.title.casefold()]
        if not found:
            game.console.say(f"You carry nothing called `{text}`." if carried else "You carry no papers.")
        elif not text:
            game.console.say(*(view.title for view in found), f"Read one: `papers {found[0].title}`.")
        for view in found if text else ():
            game.console.say(f"{view.title}:", *(plain_lines(view.blocks) or ("Nothing stands on it.",)))


class Ledger(Command):
    """How things stand, by group, and how they stood month by month."""

    def run(self, game: Game, text: str) -> None:
        happened = [(leaf.page.date, name) for leaf in game.leaves for name in leaf.page.checkpoints]
        book = ledger.ledger(game.story, game.life.state, happened)
        if not book.groups:
            game.console.say("The ledger is empty.")
            return
        for group in book.groups:
            game.console.say(f"{group.title}:")
            for account in group.accounts:
                game.console.say(f"  {account.label}: {account.word}.")
                game.console.say(*_month_by_month(account))
        if book.events:
            game.console.say("What happened:", *(f"  {long_date(event.date)}: {event.text}" for event in book.events))


class Map(Command):
    """The places, and where you are; `map grid` draws them."""

    takes = "[grid]"

    def run(self, game: Game, text: str) -> None:
        maps = atlas.atlas(game.story, game.life.state)
        if not maps:
            game.console.say("This story has no map.")
        for view in maps:
            if view.title:
                game.console.say(f"{view.title}:")
            if text.casefold() == "grid":
                game.console.draw(*view.grid)
                game.console.say(*(f"{place.mark}  {place.words}." for place in view.places if place.mark))
            else:
                game.console.say(*(f"{place.words}." for place in view.places))


class Codex(Command):
    """The cards you have earned; with a word, the cards that speak of it."""

    takes = "[word]"

    def run(self, game: Game, text: str) -> None:
        page = game.life.page
        links = codex.linked(page)
        earned = [*game.life.state.cards, *(card for _, card in links)]
        show_cards(game.console, codex.codex(game.story, earned, elsewhere=game.shelf.cards(), page=page), text)
        if links and not text:
            game.console.say("On this page: " + sentence("; ".join(dict.fromkeys(words for words, _ in links))))


class Endings(Command):
    """The endings that your lives have reached, and those that are still sealed."""

    def run(self, game: Game, text: str) -> None:
        seen = {info.ending for info in game.shelf.list() if not info.recorded} | {game.life.page.ending}
        box = endings.endings(game.story, seen)
        game.console.say(f"Reached: {listed([info.title for info in box.opened]) or 'none yet'}.")
        if box.sealed:
            game.console.say(f"Sealed: {listed([info.title for info in box.sealed])}.")


class Journal(Command):
    """The pages read and the choices made: the latest, or `all`; with a number, that page; with a word, where it stands."""

    takes = "[all or N or word]"

    def run(self, game: Game, text: str) -> None:
        pages = game.leaves
        page = number(text)
        if page is not None:
            if page < len(pages):
                show_leaf(game, pages[page])
            else:
                game.console.say(f"The journal ends at page {len(pages) - 1}.")
            return
        everything = text.casefold() in ("", "all")
        found = pages if everything else journal.search(pages, text)
        if not found:
            game.console.say(f"`{text}` stands nowhere in the journal.")
        shown = found if text.casefold() == "all" else found[-LATEST:]
        if len(shown) < len(found):
            game.console.say(f"The latest {len(shown)} of {counted(len(found), 'page')}; `journal all` lists every one.")
        for leaf in shown:
            game.console.say(journal.leaf_line(leaf))
            if not everything:
                game.console.say(f"  {journal.excerpt(leaf, text)}")
        if everything:
            game.console.say("Read one: `journal 0`. Go back to one: `rewind 0`.")


class Bookmarks(Command):
    """The bookmarks of this life; `rewind NAME` goes back to one."""

    def run(self, game: Game, text: str) -> None:
        marks = game.life.bookmarks
        if not marks:
            game.console.say("There are no bookmarks yet. `save NAME` sets one here.")
        for mark in marks:
            game.console.say(f"{mark.name}, {long_date(mark.date)}, page {mark.n}.")


class Status(Command):
    """Where you are, the date, and how things stand."""

    def run(self, game: Game, text: str) -> None:
        now = status.status(game.story, game.life.page)
        game.console.say(now.line)
        game.console.say(*(f"{standing.label}: {standing.word}." for standing in now.standings))
        if now.ending:
            game.console.say(f"This life is over: {now.ending}.")
        made, read = counted(len(game.leaves) - 1, "choice"), counted(journal.words_read(game.leaves), "word")
        game.console.say(f"Life: {game.life.name}; {made} made, {read} read.")


def show_leaf(game: Game, leaf: journal.Leaf) -> None:
    """A page of the journal: its words, what was on offer, and what was chosen."""
    game.console.say(f"Page {leaf.number}, {long_date(leaf.page.date)}.")
    show_text(game.console, leaf.page)
    if leaf.chosen:
        game.console.say(f"You chose: {leaf.chosen}")


def _month_by_month(account: Account) -> list[str]:
    """A line for the first month and for each in which the value became another."""
    months = {month_in_words(point.date): point for point in account.changes}
    return [f"    {month}: {point.word}{_number(point.value)}" for month, point in months.items()]


def _number(value: object) -> str:
    return f" ({value:g})" if isinstance(value, int | float) and not isinstance(value, bool) else ""

"""Every word that can be typed at the prompt of a life. Those that act on it stand here, those that look in `views`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.words import number
from game.engine.calendar import long_date
from game.plain import film, inspect, live, lives, report, settings, views
from game.plain.command import Command
from game.plain.console import Leave
from game.plain.files import told_of_transcript

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.page import Page
    from game.plain.play import Game


class Undo(Command):
    """Takes the last choice back, or the last N."""

    short, takes = "u", "[N]"

    def run(self, game: Game, text: str) -> None:
        _step(game, text, game.life.undo, "There is nothing to undo: this is the first page.")


class Redo(Command):
    """Takes an undo back, or the last N."""

    takes = "[N]"

    def run(self, game: Game, text: str) -> None:
        _step(game, text, game.life.redo, "There is nothing to redo.")


class Rewind(Command):
    """Goes back to a page by its number in the journal, or to a bookmark by its name."""

    takes = "N or NAME"

    def run(self, game: Game, text: str) -> None:
        marks = {mark.name.casefold(): mark.n for mark in game.life.bookmarks}
        to = number(text) if text.isdecimal() else marks.get(text.casefold())
        if to is None:
            game.console.say(f"There is no bookmark `{text}`." if text else "Where to? `journal` lists pages, `bookmarks` names.")
        else:
            game.life.rewind(to)
            game.show()


class Save(Command):
    """Sets a bookmark here. The life itself is saved at every choice."""

    takes = "NAME"

    def run(self, game: Game, text: str) -> None:
        if not text:
            game.console.say("All is saved already, at every choice. `save NAME` sets a bookmark here.")
            return
        game.life.bookmark(text)
        game.console.say(f"Bookmark set: {text}, {long_date(game.life.page.date)}.")


class New(Command):
    """Begins another life; this one stays as it is."""

    def run(self, game: Game, text: str) -> None:
        life = lives.begin(game.console, game.shelf, game.story)
        if life:
            game.turn_to(life)
        else:
            game.show()


class Lives(Command):
    """The lives: resume, watch, rename, copy, write out, bring in, delete."""

    def run(self, game: Game, text: str) -> None:
        life = lives.run(game.console, game.shelf, game.story, playing=game.life)
        if life and life is not game.life:
            game.turn_to(life)
        else:
            game.show()


class Watch(Command):
    """Shows this life again from its beginning, page by page."""

    def run(self, game: Game, text: str) -> None:
        life = film.watch(game.console, game.story, game.life)
        if life:
            game.turn_to(life)
        else:
            game.show()


class Transcript(Command):
    """Writes what you have read and chosen to a file that ends in .md, .html or .txt."""

    takes = "FILE"

    def run(self, game: Game, text: str) -> None:
        game.console.say(told_of_transcript(text, game.story, game.leaves))


class Settings(Command):
    """How wide the text is set."""

    takes = "[width N or none]"

    def run(self, game: Game, text: str) -> None:
        settings.change(game.console, text)


class Help(Command):
    """The words, or one of them."""

    short, takes = "?", "[word]"

    def run(self, game: Game, text: str) -> None:
        command = COMMANDS.get(text.casefold())
        if command:
            game.console.say(command.help)
            return
        game.console.say("Type the number of a choice, or a word:", *(each.help for each in ALL if _of_use(game, each)))
        game.console.say(
            "Where the page asks for a line, every line is the answer, but for a word behind a slash, as in /undo. "
            "All is saved at every choice."
        )


class Quit(Command):
    """Leaves the game. Nothing is lost."""

    short = "q"

    def run(self, game: Game, text: str) -> None:
        raise Leave


ALL: tuple[Command, ...] = (
    Undo(), Redo(), views.Again(), views.Why(), views.History(), views.People(), views.Papers(), views.Ledger(), views.Map(),
    views.Codex(), views.Endings(), Save(), views.Bookmarks(), Rewind(), views.Journal(), views.Status(), New(), Lives(), Watch(),
    Transcript(), Settings(), live.Faults(), inspect.Inspect(), report.Report(), Help(), Quit(),
)  # fmt: skip
"""In the order in which `help` lists them."""

COMMANDS: dict[str, Command] = {name: command for command in ALL for name in (command.word, command.short) if name}


def _of_use(game: Game, command: Command) -> bool:
    return bool((game.live or not command.live) and (game.author or not command.authors))


def _step(game: Game, text: str, step: Callable[[], Page | None], nothing: str) -> None:
    """Undoes or redoes once, or as often as was typed, and shows where that led."""
    times = number(text) or 1
    taken = 0
    while taken < times and step() is not None:
        taken += 1
    if taken:
        game.show()
    else:
        game.console.say(nothing)

"""Playing a life: a page, the prompt, and what is typed there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from game.desk.journal import Leaf, leaves
from game.desk.why import lock_sentence
from game.desk.words import number, scene_titles
from game.engine.turn import ChoiceRefused, StoryStuck
from game.plain.console import EndOfInput, Leave
from game.plain.pages import show
from game.saves import SaveFault

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.page import Page
    from game.engine.story import Story
    from game.plain.console import Console
    from game.plain.live import Live
    from game.saves import Life, Shelf


READ_ONLY = (
    "This life is here to be read: no number chooses anything. `watch` shows it page by page, `help` lists the other words."
)


def run(
    console: Console, shelf: Shelf, story: Story, life: Life, live: Live | None = None, author: tuple[Path, ...] = ()
) -> None:  # fmt: skip
    """Plays the life, and those that the player turns to, until Leave or EndOfInput ends it. `live` follows the story's files."""
    Game(console, shelf, story, life, live, author).run()


class Game:
    """A life at the table: what the commands work on. `life` may become another one, by `new` and `lives`."""

    def __init__(
        self, console: Console, shelf: Shelf, story: Story, life: Life, live: Live | None = None, author: tuple[Path, ...] = ()
    ) -> None:  # fmt: skip
        self.console = console
        self.shelf = shelf
        self.story = story
        self.life = life
        self.live = live
        self.author = author
        """The folders of the story, for whoever writes it; none for a player."""

    def run(self) -> None:
        try:
            self._run()
        except (EndOfInput, Leave):
            raise
        except Exception as error:
            from game.reports import remember

            remember(error, self.life)
            raise
        finally:
            self.life.close()

    def _run(self) -> None:
        self.open()
        while True:
            if self.live is not None:
                self.live.look(self)
            line = self.console.ask()
            if self.live is None or self._still_means(line, self.live):
                self.take(line)

    def turn_to(self, life: Life) -> None:
        """Another life is played from here on."""
        self.life.close()
        self.life = life
        self.open()

    def open(self) -> None:
        """Says whose life this is, what became of it if the story has changed, and shows its page."""
        self.console.say(f"Life: {self.life.name}.")
        if self.life.verdict.sentence:
            self.console.say(self.life.verdict.sentence)
        elif self.life.read_only:
            self.console.say("It can be read but not played on.")
        if not self.life.entries:
            self.console.say("Type the number of a choice; `undo` takes it back, `help` lists the other words.")
        self.console.say("")
        self.show()

    def _still_means(self, line: str, live: Live) -> bool:
        """Whether a line may be taken: not if the page that it was typed for has become another while it was typed."""
        asked = self.life.page.question is not None and not self._is_word(line)
        seen = live.look(self)
        if seen.shown and line.casefold() in ("", "again"):
            return False  # it was asked what there is, and that has been said
        if not seen.same and (asked or number(line) is not None):
            self.console.say(f"`{line}` was not taken: the page has changed since you read it.")
            return False
        return True

    def show(self, page: Page | None = None) -> None:
        """Shows the page of the life, or that page as it is given."""
        self.__dict__.pop("leaves", None)  # the path has changed
        show(self.console, self.story, page or self.life.page)
        if self.life.read_only and not self.life.page.ending:
            self.console.say(READ_ONLY)

    def take(self, line: str) -> None:
        """What was typed: an answer where the page asks, else a number or a word."""
        try:
            if self.life.page.question and not self.life.read_only and not self._is_word(line):
                self.life.answer(line[: self.life.page.question.limit])
                self.show()
            elif (picked := number(line)) is not None:
                self._choose(picked)
            else:
                self._command(line.removeprefix("/"))
        except ChoiceRefused as refused:
            self.console.say(str(refused) or "That cannot be chosen now.")
        except SaveFault as fault:
            self.console.say(str(fault))
        except StoryStuck as stuck:
            from game.reports import remember

            remember(stuck)
            self.console.say(str(stuck), "`report` packs what happened into a file for whoever mends it.")

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The present path, put together at most once a page."""
        return leaves(self.life)

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the scenes that this life has met, by id."""
        return scene_titles(leaf.page for leaf in self.leaves)

    def _choose(self, picked: int) -> None:
        page = self.life.page
        if page.ending:
            self.console.say("This life is over, so no number chooses anything: `undo`, `new` or `quit`, or `help` for more.")
        elif not 1 <= picked <= len(page.options):
            self.console.say(f"There is no choice {picked}: {self._expected()}")
        elif not page.options[picked - 1].enabled:
            self.console.say(lock_sentence(picked, page.options[picked - 1]))
        else:
            self.life.choose(page.options[picked - 1].key)
            self.show()

    def _command(self, line: str) -> None:
        from game.plain.commands import COMMANDS  # not needed for the first page

        word, _, rest = line.partition(" ")
        command = COMMANDS.get(word.casefold())
        if command is None:
            self.console.say(f"`{line}` is not understood: {self._expected()}" if line else self._expected().capitalize())
        else:
            command.run(self, rest.strip())

    @staticmethod
    def _is_word(line: str) -> bool:
        """Where a line is asked for, every line is the answer, but for a known word behind a slash."""
        from game.plain.commands import COMMANDS

        return line.startswith("/") and line[1:].partition(" ")[0].casefold() in COMMANDS

    def _expected(self) -> str:
        most = len(self.life.page.options)
        if not most:
            return "type a word; `help` lists them."
        choices = "1" if most == 1 else f"a number from 1 to {most}"
        return f"type {choices}, or a word; `help` lists them."

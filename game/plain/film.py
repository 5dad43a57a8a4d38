"""A life as a film: one page after another, with what was chosen on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from game.desk.journal import leaves
from game.desk.words import counted, number
from game.engine.calendar import long_date
from game.plain.console import EndOfInput, Leave
from game.plain.files import told_of_transcript
from game.plain.pages import show_text
from game.saves import SaveFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.desk.journal import Leaf
    from game.engine.story import Story
    from game.plain.console import Console
    from game.saves import Life

HELP = (
    "An empty line shows the next page. Or type:",
    "back: the page before.",
    "to N, to DATE (1922-05-20) or to ACT: that page.",
    "all: every page from here to the end.",
    "branch NAME: a new life that is this one up to here, and yours from here on.",
    "transcript FILE: writes the pages up to here; the file ends in .md, .html or .txt.",
    "stop: leaves the film. quit: leaves the game.",
)


def watch(console: Console, story: Story, life: Life, *, to: int | None = None) -> Life | None:
    """Shows the life page by page, up to choice `to`. The life that was branched off, or None where the film was left."""
    return Film(console, story, life, leaves(life)[: None if to is None else to + 1]).run()


class Film:
    """The film of a life, and the page that it is at."""

    def __init__(self, console: Console, story: Story, life: Life, pages: Sequence[Leaf]) -> None:
        self.console = console
        self.story = story
        self.life = life
        self.pages = pages
        self.at = 0

    def run(self) -> Life | None:
        """Until it is left. Where the input ends, the film runs on to its end by itself: nobody is there to press a key."""
        pages = counted(len(self.pages), "page")
        self.console.say(f"The life {self.life.name}, {pages}. An empty line shows the next one; `help` lists more.", "")
        self._show()
        while True:
            try:
                word, _, rest = self.console.ask().partition(" ")
            except EndOfInput:
                self._show_rest()
                raise
            match word.casefold():
                case "" | "next":
                    if self.at + 1 == len(self.pages):
                        return None
                    self._go(self.at + 1)
                case "back":
                    self._go(self.at - 1)
                case "to":
                    self._to(rest.strip())
                case "all":
                    self._show_rest()
                case "branch":
                    if branched := self._branch(rest.strip()):
                        return branched
                case "transcript":
                    self.console.say(told_of_transcript(rest.strip(), self.story, self.pages[: self.at + 1]))
                case "stop":
                    return None
                case "quit" | "q":
                    raise Leave
                case "help" | "?":
                    self.console.say(*HELP)
                case _:
                    self.console.say(f"`{word}` is not understood here. `help` lists what is.")

    def _go(self, index: int) -> None:
        self.at = max(index, 0)
        self._show()

    def _show(self) -> None:
        leaf = self.pages[self.at]
        self.console.say(f"Page {self.at + 1} of {len(self.pages)}, {long_date(leaf.page.date)}.")
        show_text(self.console, leaf.page)
        if leaf.page.ending:
            ending = self.story.endings.get(leaf.page.ending)
            self.console.say(f"The end: {ending.title if ending else leaf.page.ending}")
        if leaf.chosen:
            self.console.say(f"You chose: {leaf.chosen}")
        if self.at + 1 == len(self.pages):
            self.console.say("The film ends here.")
        self.console.say("")

    def _show_rest(self) -> None:
        while self.at + 1 < len(self.pages):
            self._go(self.at + 1)

    def _to(self, where: str) -> None:
        found = self._find(where)
        if found is None:
            self.console.say(f"There is no page `{where}`: give its number, an act, or a date such as 1922-05-20.")
        else:
            self._go(found)

    def _find(self, where: str) -> int | None:
        """The index of the page with this number, of the first page on or after this date, or of the first of this act."""
        if where.isdecimal():
            page = number(where)
            return page - 1 if page is not None and 1 <= page <= len(self.pages) else None
        try:
            day = date.fromisoformat(where)
        except ValueError:
            acts = {act.id for act in self.story.acts if where and where.casefold() in (act.id.casefold(), act.title.casefold())}
            return next((index for index, leaf in enumerate(self.pages) if leaf.page.act in acts), None)
        return next((index for index, leaf in enumerate(self.pages) if leaf.page.date >= day), None)

    def _branch(self, name: str) -> Life | None:
        try:
            return self.life.branch(self.pages[self.at].number, name)
        except SaveFault as fault:
            self.console.say(str(fault))
            return None

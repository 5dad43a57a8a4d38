"""`play --watch` in lines: before each prompt, and when a line was typed, the story's files are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.desk.live import Changes, changes, differences, same_choices, tally, trouble, worst_first
from game.desk.words import sentence
from game.engine.page import Span
from game.load.diagnostics import render
from game.plain.command import Command
from game.plain.console import EndOfInput, Leave
from game.saves import SaveFault

if TYPE_CHECKING:
    from game.desk.live import Watcher
    from game.desk.start import Start
    from game.engine.page import Page
    from game.load import Loaded
    from game.load.diagnostics import Diagnostic
    from game.plain.console import Console
    from game.plain.play import Game
    from game.saves import Shelf

OLD_STORY = "Until it is mended, the game goes on with the story as it was."


def run(watcher: Watcher, shelf: Shelf, console: Console, *, start: Start) -> int:
    """Plays as `client.run` does, in a story whose files are followed; waits with the first page until it can be played."""
    from game.plain import client

    live = Live(watcher, watcher.read())
    try:
        told: Loaded | None = None
        while live.loaded.story is None:
            if live.loaded is not told:
                live.tell(console)
                told = live.loaded
            console.say("The story cannot be played yet. Mend it and press Enter; `quit` leaves.")
            if console.ask().casefold() in ("quit", "q"):
                raise Leave
            live.loaded = watcher.look() or live.loaded
    except (EndOfInput, Leave):
        console.close()
        return 0
    return client.run(live.loaded.story, shelf, console, start=start, live=live)


class Seen(NamedTuple):
    """What a look led to: whether the page was `shown` anew, and whether a line that was typed for it means the `same` still."""

    shown: bool = False
    same: bool = True


class Live:
    """A story whose files are followed; `loaded` is what they said when they were last read."""

    def __init__(self, watcher: Watcher, loaded: Loaded) -> None:
        self.watcher = watcher
        self.loaded = loaded
        self._told: tuple[Diagnostic, ...] = ()

    def tell(self, console: Console) -> None:
        """Every fault as `check` draws it, then how many there are."""
        for found in worst_first(self.loaded.diagnostics):
            console.draw(*render(found, self.loaded.sources).split("\n"), "")
        console.say(tally(self.loaded.diagnostics))

    def warn(self, console: Console, word: str) -> None:
        """Says what was found in a story that can be played, where it is not what was found the last time."""
        if self.loaded.diagnostics and self.loaded.diagnostics != self._told:
            console.say(f"`{word}` shows {trouble(self.loaded.diagnostics)}.")
        self._told = self.loaded.diagnostics

    def look(self, game: Game) -> Seen:
        """Takes up what was saved since the last look, and says so."""
        loaded = self.watcher.look()
        if loaded is None:
            return Seen()
        before, self.loaded = self.loaded, loaded
        word = f"{'/' if game.life.page.question else ''}{Faults.word}"  # where a line is asked for, words have a slash
        if loaded.story is None:
            said = f"{trouble(loaded.diagnostics)}: `{word}` shows {'it' if self._one else 'them'}. {OLD_STORY}"
            game.console.say(sentence(said))
            return Seen()
        if loaded.story is before.story:
            self.warn(game.console, word)
            return Seen()
        return self._take_up(game)

    def _take_up(self, game: Game) -> Seen:
        story, life, console = self.loaded.story, game.life, game.console
        assert story is not None
        before, page = game.story, life.page
        game.story = story
        console.say(f"Read anew: {differences(before, story)}.")
        try:
            found = life.reread(story)
        except SaveFault as fault:
            game.story = life.story
            console.say(f"This life cannot go over to it, and goes on in the story as it was: {fault}")
            return Seen()
        console.say(found.sentence, "")
        game.show(marked(life.page, changes(page, life.page, story)) if found.stayed else None)
        return Seen(shown=True, same=found.stayed and same_choices(page, life.page))

    @property
    def _one(self) -> bool:
        return sum(found.level == "error" for found in self.loaded.diagnostics) == 1


def marked(page: Page, changed: Changes) -> Page:
    """The page with a word before each paragraph and choice that is new or was rewritten."""
    blocks = [
        block._replace(spans=(Span(f"{changed.blocks[place]}: "), *block.spans)) if place in changed.blocks else block
        for place, block in enumerate(page.blocks)
    ]
    options = [
        option._replace(label=f"{changed.options[option.key]}: {option.label}") if option.key in changed.options else option
        for option in page.options
    ]
    return page._replace(blocks=tuple(blocks), options=tuple(options))


class Faults(Command):
    """What is wrong with the story as its files are now, each fault in its line."""

    live = True

    def run(self, game: Game, text: str) -> None:
        if game.live is None:
            game.console.say("The story's files are not followed. `kuzbass play --watch` follows them.")
        else:
            game.live.tell(game.console)

"""The shelf as menus: begin a life, resume, watch, rename, copy, write out, bring in, delete."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from game.desk.journal import leaves
from game.desk.shelf import info_line
from game.desk.words import counted, laid_over
from game.plain import film
from game.plain.files import told_of_transcript
from game.plain.menu import confirmed, menu, question
from game.plain.pages import introduce
from game.saves import SaveFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.story import Story
    from game.plain.console import Console
    from game.saves import Life, LifeInfo, Shelf

T = TypeVar("T")


def begin(console: Console, shelf: Shelf, story: Story) -> Life | None:
    """A new life, after what should be said before one; None where the player thought better of it."""
    introduce(console, story)
    passed_over: list[str] = []
    while True:
        labels = [("Do not pass over: " if key in passed_over else "Pass over: ") + words for key, words in story.content.items()]
        picked = menu(console, "A new life.", ["Begin", *labels, "Back"])
        if picked is None or picked > len(labels):
            return None
        if picked == 0:
            return tried(console, partial(shelf.begin, story, optouts=tuple(passed_over)))
        passed_over = toggled(passed_over, list(story.content)[picked - 1])


def toggled(chosen: list[str], item: str) -> list[str]:
    """The list without the item where it held it, with it where it did not."""
    return [each for each in chosen if each != item] if item in chosen else [*chosen, item]


def run(console: Console, shelf: Shelf, story: Story, playing: Life | None = None) -> Life | None:
    """The lives, until one is to be played (it is returned, opened) or the player goes back (None)."""
    while True:
        infos = shelf.list()
        labels = [info_line(info) + (" (you are playing it)" if playing and playing.name == info.name else "") for info in infos]
        heading = f"There {'is' if len(infos) == 1 else 'are'} {counted(len(infos), 'life', 'lives')}."
        heading = " ".join(filter(None, (heading, laid_over(story))))
        picked = menu(console, heading, [*labels, "Bring in a life from a file", "Back"])
        if picked is None or picked > len(infos):
            return None
        if picked == len(infos):
            bring_in(console, shelf)
        elif life := Drawer(console, shelf, story, infos[picked], playing).run():
            return life


def bring_in(console: Console, shelf: Shelf) -> None:
    file = question(console, "Which file?")
    if file:
        name = tried(console, lambda: shelf.import_(Path(file).expanduser()))
        if name:
            console.say(f"Brought in as {name}.")


def tried(console: Console, act: Callable[[], T]) -> T | None:
    """What the act gives, or None after saying in a sentence why it could not be done."""
    try:
        return act()
    except SaveFault as fault:
        console.say(str(fault))
        return None


class Drawer:
    """One life of the shelf, and what can be done with it."""

    def __init__(self, console: Console, shelf: Shelf, story: Story, info: LifeInfo, playing: Life | None) -> None:
        self.console = console
        self.shelf = shelf
        self.story = story
        self.info = info
        self.playing = playing if playing and playing.name == info.name else None

    def run(self) -> Life | None:
        """The life to play next, or None."""
        acts: dict[str, Callable[[], Life | None]] = {
            "Play on": self.resume, "Watch it": self.watch, "Transcript": self.transcript, "Copy": self.copy,
            "Write it to a file": self.export,
        }  # fmt: skip
        if self.info.recorded:
            del acts["Play on"]
        elif not self.playing:
            acts |= {"Rename": self.rename, "Delete": self.delete}
        picked = menu(self.console, info_line(self.info), [*acts, "Back"])
        return list(acts.values())[picked]() if picked is not None and picked < len(acts) else None

    def resume(self) -> Life | None:
        return self.playing or self._opened(read_only=False)

    def watch(self) -> Life | None:
        life = self.playing or self._opened(read_only=True)
        if life is None:
            return None
        try:
            return film.watch(self.console, self.story, life)
        finally:
            self._put_back(life)

    def transcript(self) -> None:
        file = question(self.console, "Into which file? Its ending, .md, .html or .txt, says how")
        life = (self.playing or self._opened(read_only=True)) if file else None
        if life is not None:
            try:
                self.console.say(told_of_transcript(file, self.story, leaves(life)))
            finally:
                self._put_back(life)

    def copy(self) -> None:
        if name := question(self.console, "The name of the copy?"):
            self._say("Copied as {}.", lambda: self.shelf.copy(self.info.name, name))

    def export(self) -> None:
        if file := question(self.console, "Into which file?"):
            self._say("Written: {}.", lambda: self.shelf.export(self.info.name, Path(file).expanduser()))

    def rename(self) -> None:
        if name := question(self.console, "Its new name?"):
            self._say("It is now called {}.", lambda: self.shelf.rename(self.info.name, name))

    def delete(self) -> None:
        if confirmed(self.console, f"Delete {self.info.name} for good?"):
            tried(self.console, lambda: self.shelf.delete(self.info.name))

    def _say(self, done: str, act: Callable[[], object]) -> None:
        """Does it, and says what came of it."""
        result = tried(self.console, act)
        if result is not None:
            self.console.say(done.format(result))

    def _opened(self, *, read_only: bool) -> Life | None:
        return tried(self.console, lambda: self.shelf.open(self.info.name, self.story, read_only=read_only))

    def _put_back(self, life: Life) -> None:
        """Closes a life that was opened only to be looked at."""
        if life is not self.playing:
            life.close()

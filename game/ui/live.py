"""`play --watch` in the Textual client: the files are looked at beside the screen, and what they say now is brought onto it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from game.desk.live import differences, trouble
from game.desk.words import listed
from game.ui.commands import shown
from game.ui.commands.live import Faults

if TYPE_CHECKING:
    from game.desk.live import Watcher
    from game.engine.story import Story
    from game.load import Loaded
    from game.load.diagnostics import Diagnostic
    from game.ui.app import Game


class Live:
    """Follows the story's files for a game. `loaded` is what they said when they were last read, None before the first time.

    The files are looked at and read in a thread of their own, one look at a time; all else is done where the screen is drawn.
    """

    def __init__(self, game: Game, watcher: Watcher) -> None:
        self.game = game
        self.watcher = watcher
        self.loaded: Loaded | None = None
        self._told: tuple[Diagnostic, ...] = ()

    def read(self) -> Loaded:
        """What the files said when they were last read; the first time they are."""
        if self.loaded is None:
            self.loaded = self.watcher.read()
        return self.loaded

    async def follow(self) -> None:
        """Looks after the files for as long as the game runs."""
        while True:
            await asyncio.sleep(self.watcher.pause)
            await self.look()

    async def look(self) -> None:
        """Looks once, and takes up what was saved since the last time."""
        found = await asyncio.to_thread(self._look)
        if found is not None:
            self._take_up(*found)

    def _look(self) -> tuple[Loaded, str] | None:
        before = self.game.story_if_loaded
        loaded = self.watcher.look()
        if loaded is None:
            return None
        story = loaded.story
        return loaded, "" if before is None or story is None or story is before else differences(before, story)

    def _take_up(self, loaded: Loaded, news: str) -> None:
        before, self.loaded = self.loaded, loaded
        if loaded.story is None:
            self._show(loaded)
            self.game.say_instead("")
            self._tell_why_not()
        elif before is not None and loaded.story is before.story:
            self._show(loaded)
            if loaded.diagnostics != self._told and self.warnings:
                self.game.say(self.warnings)
            self._told = loaded.diagnostics
        else:
            self._go_over(loaded.story, news)

    def _go_over(self, story: Story, news: str) -> None:
        """The story is another from here on. What the analyses find in it is still to come, so what was found stays in sight."""
        from game.ui.screens.reading import ReadingScreen

        self.game.story_if_loaded = story
        readers = [screen for screen in self.game.screen_stack if isinstance(screen, ReadingScreen)]
        said = [f"Read anew: {news}.", *(reader.reread(story) for reader in readers)] if news else []
        self._go_on(bool(readers))
        self.game.say_instead(" ".join(said))

    def _tell_why_not(self) -> None:
        """Where the game could not open what it was to open with, and the story now has errors, those are why."""
        from game.ui.screens.faults import COULD_NOT

        if not self.game.has_opened and getattr(self.game.screen, "HEADING", "") == COULD_NOT:
            self.game.pop_screen()
            self.show_faults()

    def _go_on(self, reading: bool) -> None:
        """Leaves the screen of errors, for there are none; what the game was to open with is opened if it could not be yet."""
        from game.ui.screens.base import TextScreen
        from game.ui.screens.faults import FaultsScreen

        if isinstance(self.game.screen, FaultsScreen) and self.game.screen.errors:
            self.game.pop_screen()
        if not reading and not self.game.has_opened:
            if isinstance(self.game.screen, TextScreen):  # which said why it could not be opened
                self.game.pop_screen()
            self.game.call_later(self.game.begin)

    def _show(self, loaded: Loaded) -> None:
        """Brings the screen of faults and the strip of every screen to what the files say now."""
        from game.ui.screens.base import GameScreen
        from game.ui.screens.faults import FaultsScreen

        for screen in self.game.screen_stack:
            if isinstance(screen, FaultsScreen):
                screen.show(loaded)
            if isinstance(screen, GameScreen):
                screen.say_trouble(self.strip)

    # What is said -------------------------------------------------------------------------------------------------

    @property
    def strip(self) -> str:
        """`2 errors in scenes.yaml: F shows them`; nothing where there is no error."""
        if self.loaded is None or not any(found.level == "error" for found in self.loaded.diagnostics):
            return ""
        said = trouble(self.loaded.diagnostics)
        return f"{said}: {self.key} shows {'it' if said.startswith('1 ') else 'them'}"

    @property
    def warnings(self) -> str:
        """`F shows 1 warning in scenes.yaml.`, or nothing."""
        said = trouble(self.loaded.diagnostics) if self.loaded is not None and not self.strip else ""
        return said and f"{self.key} shows {said}."

    @property
    def key(self) -> str:
        """The key that shows the faults, as the player has it."""
        keys = self.game.settings.keys.get(Faults.action, "").split(",")
        return listed([shown(key.strip()) for key in keys if key.strip()] or [shown(key) for key in Faults.keys], "or")

    def show_faults(self) -> None:
        """Opens the screen of faults, if it is not open."""
        from game.ui.screens.faults import FaultsScreen

        if self.loaded is not None and not any(isinstance(screen, FaultsScreen) for screen in self.game.screen_stack):
            self.game.push_screen(FaultsScreen(self.loaded, begun=self.game.story_if_loaded is not None))

"""The Textual client: one app, a shelf of lives, a stack of screens."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand

from game.desk.shelf import last_played
from game.ui import terminal
from game.ui.commands import bindings, keymap
from game.ui.screens.base import GameScreen
from game.ui.screens.title import TitleScreen
from game.ui.settings import Settings, load_settings, save_settings, settings_path
from game.ui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from textual.screen import Screen

    from game.desk.live import Watcher
    from game.desk.start import Start
    from game.engine.story import Story
    from game.load import Loaded
    from game.saves import Life, LifeInfo, Shelf
    from game.ui.live import Live

BROKEN = "The story has errors, so it cannot be played; `kuzbass check` shows each of them in its file."
INTERRUPTED = 130
FAILED = 2


def run(open_story: Callable[[], Loaded], shelf: Shelf, *, start: Start, watcher: Watcher | None = None) -> int:
    """Plays until the player leaves; the result is the exit code. What went wrong is said on standard error.

    What `open_story` raises, for whoever gave it, comes out of here after the screen is restored. With a `watcher` the story's
    files are followed, and it is the watcher that reads them.
    """
    terminal.give_size()
    app = Game(open_story, shelf, start, watcher=watcher)
    try:
        code = app.run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        app.fail(error)
        code = FAILED
    if app.raised is not None:
        raise app.raised
    if app.failure:
        print(f"kuzbass: {app.failure}", file=sys.stderr)
    return FAILED if app.failure else (code or 0)


class Game(App[int]):
    """`failure` is the sentence to say after the end, if the game could not go on."""

    CSS_PATH = "game.tcss"
    BINDINGS = [*bindings("app", "always", "live")]  # noqa: RUF012 - Textual's own type has no ClassVar for a list of bindings
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (40, "-home"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-short"), (20, "-tall")]  # noqa: RUF012

    def __init__(
        self, open_story: Callable[[], Loaded], shelf: Shelf, start: Start, settings_file: Path | None = None,
        watcher: Watcher | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.live = self._follower(watcher)
        self.open_story = self.live.read if self.live is not None else open_story
        self.shelf = shelf
        self.start = start
        self.settings_file = settings_file or settings_path()
        self.settings = load_settings(self.settings_file)
        self.story_if_loaded: Story | None = None
        self.failure = ""
        self.raised: Exception | None = None
        self._open: list[Life] = []
        self._lives: tuple[LifeInfo, ...] | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme
        self._dress()

    def get_default_screen(self) -> Screen[Any]:
        return TitleScreen()

    def on_mount(self) -> None:
        self.set_keymap(keymap(self.settings.keys))
        if not self.is_headless:
            self._heed_signals()
        self.call_after_refresh(self.begin)
        if self.live is not None:
            self.run_worker(self.live.follow())

    def on_unmount(self) -> None:
        self.close_lives()

    def begin(self) -> None:
        """What the first frame does not wait for."""
        story = self.story()
        if story is not None:
            if isinstance(self.screen, TitleScreen):
                self.screen.reload()
            if self.start.mode != "title":
                self._open_at_once(story)

    def _open_at_once(self, story: Story) -> None:
        from game.desk.start import open_life

        with self.careful():
            if self.start.mode == "play":
                self.read(open_life(self.start, self.shelf, story))
            else:
                self.watch_life(self.start.life, to=self.start.to)

    # The story ----------------------------------------------------------------------------------------------------

    def story(self) -> Story | None:
        """The story, loaded when it is first asked for. Where it has errors, they are shown, and there is none."""
        if self.story_if_loaded is None:
            try:
                loaded = self.open_story()
            except Exception as error:
                self.raised = error
                self.exit(FAILED)
                return None
            if loaded.story is None and self.live is not None:
                self.live.show_faults()
            elif loaded.story is None:
                from game.ui.screens.faults import diagnostics_screen

                self.failure = BROKEN
                self.push_screen(diagnostics_screen(loaded.diagnostics))
            self.story_if_loaded = loaded.story
        return self.story_if_loaded

    def _follower(self, watcher: Watcher | None) -> Live | None:
        if watcher is None:
            return None
        from game.ui.live import Live

        return Live(self, watcher)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.live is not None if action == "faults" else super().check_action(action, parameters)

    def action_faults(self) -> None:
        if self.live is not None:
            self.live.show_faults()

    # Lives --------------------------------------------------------------------------------------------------------

    @property
    def has_opened(self) -> bool:
        """Whether a life was opened since the game began."""
        return bool(self._open)

    def lives(self) -> tuple[LifeInfo, ...]:
        """Every life on the shelf, newest first, as it was when the screen came up."""
        if self._lives is None:
            found: tuple[LifeInfo, ...] = ()
            with self.careful():
                found = self.shelf.list()
            self._lives = found
        return self._lives

    def forget_lives(self) -> None:
        """The shelf has changed: it is read again when it is next asked for."""
        self._lives = None

    def last_life(self) -> LifeInfo | None:
        """The life to go on with: the newest of this story's."""
        return last_played(self.lives(), self.story_if_loaded)

    def cards_elsewhere(self, story: Story) -> tuple[str, ...]:
        """Codex cards of this story that were earned in any life."""
        return tuple(card for card in self.shelf.cards() if card in story.cards)

    def endings_seen(self) -> frozenset[str]:
        """Ids of the endings reached in any of the player's lives."""
        return frozenset(life.ending for life in self.lives() if life.ending and not life.recorded)

    def read(self, life: Life) -> None:
        """Plays a life that is open."""
        from game.ui.screens.reading import ReadingScreen

        self._open.append(life)
        self.push_screen(ReadingScreen(life))

    def begin_life(self, story: Story, optouts: tuple[str, ...]) -> None:
        with self.careful():
            life = self.shelf.begin(self.story_if_loaded or story, seed=self.start.seed, optouts=optouts)
            self.pop_screen()
            self.read(life)

    def resume(self, name: str) -> None:
        """Opens a life by its name and goes on with it."""
        story = self.story()
        if story is not None:
            with self.careful():
                self.read(self.shelf.open(name, story))

    def watch_life(self, name: str, *, to: int | None = None) -> None:
        """Opens a life by its name or file, to be looked at only."""
        from game.ui.screens.watch import WatchScreen

        story = self.story()
        if story is not None:
            with self.careful():
                life = self.shelf.open(name, story, read_only=True)
                self._open.append(life)
                self.push_screen(WatchScreen(life, to=to, owns=True))

    def close_lives(self) -> None:
        """Lets go of every life, so that another process can have it."""
        for life in self._open:
            with suppress(Exception):
                life.close()

    # What is said -------------------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """A notice in plain words; never through markup, since names and titles stand in it."""
        if isinstance(self.screen, GameScreen):
            self.screen.say(text)

    def say_instead(self, text: str) -> None:
        """As `say`, but in the place of what was said before; an empty text only takes that away."""
        if isinstance(self.screen, GameScreen):
            self.screen.hush()
        if text:
            self.say(text)

    @contextmanager
    def careful(self, *, keeps_the_page: bool = False) -> Iterator[None]:
        """Says in a sentence why something could not be done, and leaves everything as it was."""
        from game.ui.faults import EXPECTED, sentence_of

        try:
            yield
        except EXPECTED as error:
            from game.engine.turn import StoryStuck
            from game.reports import remember
            from game.ui.screens.faults import fault_screen

            stuck = isinstance(error, StoryStuck)
            if stuck:
                remember(error)
            self.push_screen(fault_screen(sentence_of(error), kept=keeps_the_page, report=stuck))
        finally:
            self.forget_lives()

    # Settings -----------------------------------------------------------------------------------------------------

    def apply(self, settings: Settings) -> None:
        """Takes the settings on at once, and keeps them."""
        self.settings = settings
        self.theme = settings.theme
        self._dress()
        try:
            save_settings(self.settings_file, settings)
        except OSError as error:
            self.say(f"The settings hold for now but could not be kept: {error.strerror or error}.")

    def learnt_the_keys(self) -> None:
        """The first choice was made: the three keys need not be shown again."""
        if not self.settings.taught:
            self.apply(replace(self.settings, taught=True))

    def _dress(self) -> None:
        from game.ui.settings import MEASURES

        for measure in MEASURES:
            self.set_class(measure == self.settings.measure, f"measure-{measure}")
        self.animation_level = "none"  # nothing in a book slides

    # Commands -----------------------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette offers the commands that apply on the screen that opened it."""
        offered: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.tooltip and "(" not in binding.action and binding.action not in offered:
                offered.add(binding.action)
                yield SystemCommand(binding.description, binding.tooltip, partial(self.run_action, binding.action, active.node))

    def action_help(self) -> None:
        from game.ui.screens.help import HelpScreen

        if isinstance(self.screen, GameScreen) and not isinstance(self.screen, HelpScreen):
            groups = self.screen.GROUPS if self.live is None else (*self.screen.GROUPS, "live")
            groups = tuple(group for group in groups if group != "author" or self.start.author)
            self.push_screen(HelpScreen(groups, self.settings.keys))

    def action_report(self) -> None:
        from game.ui.screens.life import LifeCommands
        from game.ui.screens.report import ReportScreen

        if isinstance(self.screen, GameScreen) and not isinstance(self.screen, ReportScreen):
            shown = [screen.life for screen in self.screen_stack if isinstance(screen, LifeCommands)]
            self.push_screen(ReportScreen(self, shown[-1] if shown else None))

    def action_leave(self) -> None:
        self.exit(0)

    def action_interrupt(self) -> None:
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.exit(INTERRUPTED)

    # The end ------------------------------------------------------------------------------------------------------

    def _heed_signals(self) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                with suppress(NotImplementedError, RuntimeError):
                    loop.add_signal_handler(getattr(signal, name), self._gone)
        terminal.watch(partial(loop.call_soon_threadsafe, self.exit, 0))

    def _gone(self) -> None:
        terminal.end_soon()
        self.exit(0)

    def fail(self, error: BaseException) -> None:
        """Keeps the traceback in a file, and the sentence to say."""
        from game.reports import remember
        from game.ui.faults import last_words

        life = self._open[-1] if self._open else None
        remember(error, life)
        self.failure = self.failure or last_words(error, life.path if life else None)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with the values of all variables over the player's terminal.
        self.fail(error)
        self._return_code = FAILED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        # Called by the thread that reads keys, when reading fails: the terminal is gone.
        self._gone()

"""The game on a screen that is text: a small story, a shelf in a temporary folder, and frames to compare with.

Frames stand in `frames/` as text. After a change that is meant, they are made again with

    REMAKE_FRAMES=1 pytest tests/ui

and the change is read in the diff.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from game.desk.start import Start
from game.load import Loaded, load_story
from game.saves import Shelf
from game.ui.app import Game

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import ModuleType

    from textual.pilot import Pilot

    from game.engine.story import Story

HERE = Path(__file__).parent
A_FRAME = 1 / 240
"""Seconds between two frames. Textual draws 60 a second, and up to two of these go by before it draws."""
SOON = 0.02
A_LONG_WHILE = 1.0


class Player:
    """A game on a screen, and hands on its keys."""

    def __init__(self, app: Game, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Presses keys one after the other, and waits until the screen stands still."""
        if keys:
            await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Puts words into the line that has the focus, without the Enter: at once, as a paste does."""
        line = self.app.focused
        assert isinstance(line, Input), "no line is asked for"
        line.insert_text_at_cursor(text)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], object]) -> None:
        """Waits for what comes in its own time; after half a minute it is taken not to come."""
        for _ in range(1500):
            if holds():
                break
            await self.pilot.pause(0.02)
        assert holds(), self.frame

    @property
    def frame(self) -> str:
        """What is on the screen, a line a line, without trailing spaces."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"

    @property
    def words(self) -> str:
        """The frame with every run of spaces and line breaks as one space: for what may be wrapped."""
        return " ".join(self.frame.split())

    @property
    def keys(self) -> str:
        """The last line: the keys that are offered."""
        return self.frame.splitlines()[-1]

    def at_cursor(self, length: int) -> str:
        """What stands at the terminal's own cursor."""
        x, y = self.app.cursor_position
        return self.frame.splitlines()[y][x : x + length]


@pytest.fixture(scope="session")
def ferry() -> Story:
    """The small story of these tests."""
    loaded = load_story(HERE / "story")
    assert loaded.story is not None, loaded.diagnostics
    return loaded.story


@pytest.fixture(scope="session")
def fake() -> ModuleType:
    """Lives and a shelf in memory (see fake.py)."""
    spec = spec_from_file_location("ui_fake", HERE / "fake.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["ui_fake"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "lives")


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tracebacks of games that fail on purpose go here."""
    monkeypatch.setattr("game.places.cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot waits until the process has used little of the processor for a while, and takes a busy machine for that.
    Here it waits until there is nothing left to do."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", A_FRAME)
    monkeypatch.setattr("textual.app.wait_for_idle", nothing_to_do)
    monkeypatch.setattr("textual.pilot.wait_for_idle", nothing_to_do)


async def nothing_to_do(*_: float) -> None:
    """Until nothing is ready to run and no clock is about to ring; a clock that keeps ringing is not waited for.

    What is ready and what is to ring asyncio tells nobody: the two names are its own, and the same in every loop that it has.
    """
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + A_LONG_WHILE
    while loop.time() < end:
        await asyncio.sleep(0)
        if not loop._ready:
            next_bell = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=end)
            if next_bell > loop.time() + SOON:
                return
            await asyncio.sleep(max(0.0, next_bell - loop.time()))


@pytest.fixture
def new_game(ferry: Story, shelf: Shelf, settings_file: Path) -> Callable[..., Game]:
    """A game that has not been started; `story` and `on` (a shelf) may be others, a `watcher` follows the story's files."""

    def make(start: Start | None = None, *, story: Any = None, on: Any = None, watcher: Any = None) -> Game:
        return Game(lambda: Loaded(story or ferry, ()), on or shelf, start or Start(), settings_file, watcher)

    return make


@pytest.fixture
def play(new_game: Callable[..., Game]) -> Callable[..., AbstractAsyncContextManager[Player]]:
    """`async with play("n", "enter", size=(40, 12)) as player`: the game at its title, and these keys pressed."""

    @asynccontextmanager
    async def played(*keys: str, size: tuple[int, int] = (80, 24), **given: Any) -> AsyncIterator[Player]:
        app = new_game(**given)
        async with app.run_test(size=size) as pilot:
            player = Player(app, pilot)
            await pilot.pause()
            await player.press(*keys)
            yield player

    return played


@pytest.fixture
def same_frame() -> Callable[[Player, str], bool]:
    """Compares the screen with `frames/<name>.txt`, or writes it where REMAKE_FRAMES is set; prints what differs."""

    def compare(player: Player, name: str) -> bool:
        path = HERE / "frames" / f"{name}.txt"
        if os.environ.get("REMAKE_FRAMES"):
            path.write_text(player.frame, encoding="utf-8")
        before, now = path.read_text(encoding="utf-8"), player.frame
        if before != now:
            print(f"--- {name} as it was\n{before}--- as it is\n{now}")
        return before == now

    return compare

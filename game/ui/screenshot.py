"""The picture of the game in the README, made by the game itself: `python -m game.ui.screenshot docs/screenshot.svg`.

It begins a life with a fixed seed in a temporary folder, presses the keys given after the file (for the picture there:
`1 enter 1 1 1 1 1 1 space space`), and draws the screen.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from game.desk.start import Start
from game.load import load_story
from game.places import story_folder
from game.saves import Shelf
from game.ui.app import Game
from game.ui.settings import Settings, save_settings

SIZE = (80, 24)


async def draw(keys: tuple[str, ...]) -> str:
    """The screen after these keys, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.json"
        save_settings(settings, Settings(taught=True))
        game = Game(lambda: load_story(story_folder()), Shelf(Path(folder)), Start("play", "anna", seed=1), settings)
        async with game.run_test(size=SIZE) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            return game.export_screenshot(title="Two Years, Signed")


def without_downloads(picture: str) -> str:
    """The picture in the reader's own monospaced font: it asks nobody for one."""
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL).replace("Fira Code", "monospace")


def main(arguments: list[str]) -> int:
    """Writes the picture; the exit code."""
    path, *keys = arguments or ["docs/screenshot.svg"]
    Path(path).write_text(without_downloads(asyncio.run(draw(tuple(keys)))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""In a real pseudo-terminal: a story broken at the start is mended, written on and broken again, and the game plays on."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SIZES = [(80, 24), (40, 15)]
ELSEWHERE = {"LINES": "50", "COLUMNS": "200"}
"""The size of some other terminal, which whoever starts the game has exported."""


class Terminal:
    """The game on a terminal of its own, followed until words stand on its screen."""

    def __init__(self, home: Path, columns: int, rows: int) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
        environment |= {"TERM": "xterm-256color", **ELSEWHERE}
        paths = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "KUZBASS_SAVES")}
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "game", "play", "--watch", "--story", str(home / "ferry"), "--life", "anna", "--seed", "1"],
            cwd=str(ROOT), dimensions=(rows, columns), timeout=30, env=environment | paths,
        )  # fmt: skip

    def shows(self, *words: str, patience: float = 30) -> bool:
        """Whether all of these come to stand on the screen, however they are wrapped."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                self.stream.feed(self.child.read_nonblocking(65536, 0.05))
            except pexpect.TIMEOUT:
                page = " ".join(" ".join(self.screen.display).split())
                if all(word in page for word in words):
                    return True
            except pexpect.EOF:
                break
        print("\n".join(self.screen.display))
        return False


@pytest.fixture
def short_path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        yield Path(folder)


@pytest.mark.terminal
@pytest.mark.parametrize("size", SIZES)
def test_an_author_at_work(short_path: Path, size: tuple[int, int]) -> None:
    tmp_path = short_path  # a fault names its file, and 40 columns are soon full of a long one
    folder = tmp_path / "ferry"
    shutil.copytree(Path(__file__).parent / "story", folder)
    path = folder / "scenes.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("go: shed", "go: hsed"), encoding="utf-8")
    terminal = Terminal(tmp_path, *size)
    assert terminal.shows("1 error.", "no scene is called"), "the list of faults opens at its beginning"
    path.write_text(whole, encoding="utf-8")
    assert terminal.shows("The left bank", "The road ends")
    terminal.child.send("1")
    assert terminal.shows("It is cracked")
    path.rename(folder / "scenes.yaml~")
    path.write_text(whole.replace("it is loud.", "it is very loud."), encoding="utf-8")
    (folder / "scenes.yaml~").unlink()
    assert terminal.shows("+ It is cracked, but it is very loud.", "You are where you were.")
    path.write_bytes(b"")
    assert terminal.shows("F shows them")
    path.unlink()
    terminal.child.send("\x1b")
    assert terminal.shows("? Help"), "a first Escape leaves the line"
    terminal.child.send("u")
    assert terminal.shows("The road ends", "F shows them")
    path.write_text(whole.replace("Sunday", "Monday"), encoding="utf-8")
    assert terminal.shows("Read anew: 1 scene changed (bank).")
    terminal.child.send("\x11")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0

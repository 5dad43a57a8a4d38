"""In a real pseudo-terminal: the prologue is played and killed with SIGKILL at ten random moments; each time its page is back."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import pexpect
import psutil
import pyte
import pytest

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 80, 24
LIFE = "killed"
KILLS = 10


class Terminal:
    """The game on a terminal of its own, and the screen that it draws."""

    def __init__(self, home: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
        paths = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "KUZBASS_SAVES")}
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "game", "play", "--life", LIFE, "--seed", "7"], cwd=str(ROOT), dimensions=(ROWS, COLUMNS),
            timeout=30, env=environment | paths | {"TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"},
        )  # fmt: skip
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.05
        self.process = psutil.Process(self.child.pid)

    def read(self, seconds: float = 0.05) -> bool:
        """Feeds what the game writes within this time to the screen; whether there was anything."""
        try:
            self.stream.feed(self.child.read_nonblocking(65536, seconds))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        return True

    def press(self, key: str) -> list[str]:
        """Sends a key; gives the screen once it has been answered."""
        self.child.send(key)
        self.read(1.0)  # whatever a key does, it is seen
        return self.settle()

    def settle(self, quiet: float = 0.15, patience: float = 30) -> list[str]:
        """The screen once something stands there and the game has nothing left to do: neither to write nor to work out."""
        worked, since, end = -1.0, time.monotonic(), time.monotonic() + patience
        while time.monotonic() < end and (time.monotonic() - since < quiet or not any(self.page())):
            times = self.process.cpu_times()
            if self.read() or times.user + times.system > worked or self.process.status() != psutil.STATUS_SLEEPING:
                worked, since = times.user + times.system, time.monotonic()
        return self.page()

    def page(self) -> list[str]:
        """What is read: every line but the footer, without what is said once a life (the three keys) and trailing space."""
        lines = [line.rstrip().removesuffix("▂").removesuffix("▁").rstrip() for line in self.screen.display[:-1]]
        return [line for line in lines if line and "Three keys" not in line and "the rest." not in line]

    def kill(self) -> None:
        os.kill(self.child.pid, signal.SIGKILL)
        while self.read():
            pass
        self.child.close(force=True)


def choices(home: Path) -> int:
    """How many choices are on disk."""
    path = next((home / "KUZBASS_SAVES").glob(f"{LIFE}*.jsonl"), None)
    lines = path.read_bytes().split(b"\n")[:-1] if path else []
    return sum("choice" in json.loads(line[line.index(b"{") :]) for line in lines)


@pytest.mark.terminal
def test_ten_kills_and_each_time_the_page_that_was_on_the_screen(tmp_path: Path) -> None:
    home, moments = tmp_path, random.Random(1922)
    terminal = Terminal(home)
    before = terminal.settle()
    seen = []
    for kill in range(KILLS):
        for _ in range(moments.randint(1, 2)):
            before = terminal.press(moments.choice("1122") if "Your name?" not in " ".join(before) else "\r")
        known = choices(home)
        if kill % 2:  # in the middle of a turn: the key is sent, and the game dies before or after it has answered
            terminal.child.send(moments.choice("12") if "Your name?" not in " ".join(before) else "\r")
            terminal.read(moments.uniform(0.001, 0.15))
        else:
            assert terminal.page() == before
        terminal.kill()
        terminal = Terminal(home)
        after = terminal.settle()
        made = choices(home) - known
        assert made in (0, 1)
        if made == 0 or not kill % 2:
            assert after == before, "the page that was on the screen"
        seen.append(tuple(after))
        before = after
    terminal.kill()
    assert len(set(seen)) >= KILLS - 2, "the life went on between the kills"
    assert choices(home) >= KILLS

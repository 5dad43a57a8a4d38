"""In a real pseudo-terminal: the game ends within two seconds of its terminal, and nothing is lost."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import psutil
import pytest

from game.saves import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are a thing of Unix")]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., pexpect.spawn]]:
    """Starts the game in a terminal of 80x24, on the life `anna`."""
    games: list[pexpect.spawn] = []

    def spawn(*arguments: str, life: str = "anna") -> pexpect.spawn:
        environ = {**os.environ, "TERM": "xterm-256color", "KUZBASS_SAVES": str(tmp_path / "lives"), "PYTHONPATH": str(ROOT)}
        command = ["-m", "game", "play", "--story", str(HERE / "story"), "--life", life, *arguments]
        game = pexpect.spawn(sys.executable, command, env=environ, dimensions=(24, 80), timeout=20)
        game.ptyproc.delayafterclose = game.ptyproc.delayafterterminate = 0.05
        games.append(game)
        return game

    yield spawn
    for game in games:
        if game.isalive():
            os.kill(game.pid, signal.SIGKILL)
            game.wait()


def ended_within(game: pexpect.spawn, seconds: float) -> float:
    """Seconds until the process is gone; its terminal is read meanwhile, where it is open."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if game.child_fd >= 0:
            with suppress(pexpect.TIMEOUT, pexpect.EOF, OSError, ValueError):
                game.read_nonblocking(65536, timeout=0.05)
        if not game.isalive():
            return time.monotonic() - begun
        time.sleep(0.02)
    pytest.fail(f"still there after {seconds} seconds")


def stopped(game: pexpect.spawn) -> None:
    """Waits until the process stands still: woken before that, it would not be woken again."""
    process, begun = psutil.Process(game.pid), time.monotonic()
    while process.status() != psutil.STATUS_STOPPED:
        assert time.monotonic() - begun < 20, "it goes on"
        time.sleep(0.02)


def choose_two(game: pexpect.spawn) -> None:
    """Two choices on, to where the question has been answered."""
    game.expect("Ring the bell")
    game.send("2")
    game.expect("ferryman wants")
    game.send("Vera\r")
    game.expect("fever")


@pytest.mark.parametrize("way", ["SIGTERM", "SIGHUP", "the terminal closes"])
def test_the_game_ends_soon_and_the_life_goes_on_where_it_was(start, tmp_path, way):
    game = start()
    choose_two(game)
    if way.startswith("SIG"):
        os.kill(game.pid, getattr(signal, way))
    else:
        os.close(game.child_fd)
        game.child_fd = -1
    ended_within(game, 2.5)
    assert Shelf(tmp_path / "lives").list()[0].choices == 2
    again = start()
    again.expect("Vera")
    again.send("\x11")
    again.expect(pexpect.EOF)
    again.close()
    assert again.exitstatus == 0


def test_ctrl_c_leaves_with_its_own_exit_code(start):
    game = start()
    game.expect("Ring the bell")
    game.send("\x03")
    game.expect(pexpect.EOF)
    game.close()
    assert game.exitstatus == 130


def test_suspended_and_woken_the_page_is_there_again(start):
    game = start()
    game.expect("Ring the bell")
    os.kill(game.pid, signal.SIGTSTP)
    game.expect(r"\x1b\[\?1049l")
    stopped(game)
    os.kill(game.pid, signal.SIGCONT)
    game.expect("Ring the bell")
    game.send("q")
    game.expect("Continue")
    game.send("q")
    game.expect(pexpect.EOF)


def test_a_terminal_that_names_no_size_is_taken_for_80_by_24(start, tmp_path):
    import pty

    environ = {**os.environ, "TERM": "xterm-256color", "KUZBASS_SAVES": str(tmp_path / "lives"), "PYTHONPATH": str(ROOT)}
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-m", "game", "play", "--story", str(HERE / "story")], environ)
    shown, begun = b"", time.monotonic()
    while b"Ring the bell" not in shown and time.monotonic() - begun < 20:
        shown += os.read(terminal, 65536)
    time.sleep(0.5)
    before = sum(os.times()[2:4])
    os.write(terminal, b"\x11")
    while True:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
    assert sum(os.times()[2:4]) - before < 5, "it does not lay the screen out without end"

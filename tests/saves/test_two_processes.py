"""Two processes and one life; and a process that is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from game.saves import LifeBusy

ROOT = Path(__file__).parents[2]
PLAYER = """
    import sys
    from pathlib import Path
    from game.load import load_story
    from game.saves import LifeBusy, Shelf

    folder, lives, name, much = sys.argv[1:]
    story = load_story(Path(folder)).story
    try:
        life = Shelf(Path(lives)).open(name, story)
    except LifeBusy as busy:
        print("busy:", busy, flush=True)
        sys.exit()
    print("open", life.state.digest(), flush=True)
    for number in range(int(much)):
        if number % 7 == 6:
            page = life.undo()
        else:
            page = life.choose("month/dig_coal")
        print("shown", life.state.digest(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def player(shelf, tiny, tell, scenes, tmp_path, play, to_the_month):
    """Starts another process that opens the life `vera` and makes that many moves."""
    tell(scenes)
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month)
    script = tmp_path / "player.py"
    script.write_text(dedent(PLAYER))
    started = []

    def start(much=0):
        process = subprocess.Popen(
            [sys.executable, str(script), str(tmp_path / "story1"), str(shelf.folder), "vera", str(much)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_second_process_is_told_and_nothing_is_mixed(shelf, tiny, player, play):
    with shelf.open("vera", tiny) as life:
        said, _ = player().communicate(timeout=20)
        assert said.startswith("busy: The life `vera` is being played elsewhere.")
        assert "Close it there, or make a copy" in said
        page = play(life, "dig_coal").page
    with shelf.open("vera", tiny) as life:
        assert life.page == page


def test_the_same_in_one_process(shelf, tiny, player):
    with shelf.open("vera", tiny) as life:
        for act in (
            lambda: shelf.open("vera", tiny),
            lambda: shelf.rename("vera", "olga"),
            lambda: shelf.delete("vera"),
            lambda: shelf.repair("vera"),
        ):
            with pytest.raises(LifeBusy):
                act()
        with shelf.open("vera", tiny, read_only=True) as reader:
            assert reader.page == life.page
        with shelf.open(shelf.copy("vera"), tiny) as copy:
            assert copy.page == life.page
        assert len(shelf.list()) == 2
    shelf.rename("vera", "olga")


def test_a_killed_process_leaves_neither_a_lock_nor_a_lost_page(shelf, tiny, player):
    dice = random.Random(5)
    for _ in range(5):
        process = player(10_000)
        opened = process.stdout.readline()
        time.sleep(dice.uniform(0.0, 0.15))
        process.send_signal(signal.SIGKILL)
        shown = [opened, *process.stdout.read().splitlines()]
        process.wait(timeout=20)
        states = [line.split()[1] for line in shown if len(line.split()) == 2 and len(line.split()[1]) == 16]
        with shelf.open("vera", tiny) as life:
            assert life.verdict.kind == "exact"
            here = life.state.digest()
            before = life._steps[life._journal.nodes[life._at].parent].state.digest()
            ahead = life.redo() and life.state.digest()
            # the last page that was shown, or one step on: it was on disk, and the process died before it could show it
            assert states[-1] in (here, before, ahead)
            assert life.page.options

"""How long things take beside the least they could take: ratios of whole processes, run in rotation on one machine.

    python tests/bench/ratios.py [ROUNDS]

Absolute times drift on a busy machine; a ratio within one round does not. For each pair the median ratio of all rounds is
printed, with the smallest and the largest. It is a measurement, not a test: nothing fails here.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = """
from textual.app import App
from textual.widgets import Footer, OptionList, Static
class Minimal(App):
    def compose(self):
        yield Static("ready to be read")
        yield OptionList("one", "two")
        yield Footer()
Minimal().run()
"""

PARSE = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    for event in yaml.parse(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        pass
"""
MANY = 1000


def bare(home: Path) -> float:
    return process([sys.executable, "-c", "pass"], home)


def check(home: Path) -> float:
    return process([sys.executable, "-m", "game", "check", str(ROOT / "story")], home)


def check_many(home: Path) -> float:
    """A generated story that no round before has seen, so that nothing of it is kept."""
    write = [sys.executable, "tests/generator.py", str(home / "many"), "--scenes", str(MANY), "--seed", str(time.time_ns())]
    process(write, home)
    return process([sys.executable, "-m", "game", "check", str(home / "many")], home)


def parse_many(home: Path) -> float:
    """The events of the same files and nothing else."""
    return process([sys.executable, "-c", PARSE, str(home / "many")], home)


def plain(home: Path) -> float:
    """Until the first prompt: the line-mode client has shown its first page."""
    return until([sys.executable, "-m", "game", "play", "--plain", "--life", f"bench{time.time_ns()}"], home, b"\n> ", pipe=True)


def minimal(home: Path) -> float:
    return until([sys.executable, "-c", MINIMAL], home, rb"ready to be read")


def textual(home: Path) -> float:
    return until([sys.executable, "-m", "game"], home, rb"New life")


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    paths = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "KUZBASS_SAVES")}
    return clean | paths | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


def process(command: list[str], home: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def until(command: list[str], home: Path, text: bytes, *, pipe: bool = False) -> float:
    """Seconds until the process has written `text`, on a terminal of 80x24 or into a pipe."""
    start = time.perf_counter()
    if pipe:
        with subprocess.Popen(command, cwd=ROOT, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            seen = b""
            assert child.stdout is not None
            while text not in b"\n" + seen:
                block = os.read(child.stdout.fileno(), 65536)
                if not block:
                    raise RuntimeError(f"it ended before it wrote {text!r}: {seen[-300:]!r}")
                seen += block
            taken = time.perf_counter() - start
            child.kill()
        return taken
    child_terminal = pexpect.spawn(command[0], command[1:], cwd=str(ROOT), env=environment(home), dimensions=(24, 80), timeout=30)
    child_terminal.expect(text)
    taken = time.perf_counter() - start
    child_terminal.close(force=True)
    return taken


PAIRS: list[tuple[str, Callable[[Path], float], str, Callable[[Path], float]]] = [
    ("kuzbass check story", check, "python -c pass", bare),
    (f"kuzbass check, {MANY:,} scenes, new", check_many, "a bare parse of the same", parse_many),
    ("plain client, first text, cached", plain, "python -c pass", bare),
    ("Textual client, first frame", textual, "a minimal Textual app's", minimal),
]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for _, mine, _, other in PAIRS:
            mine(home), other(home)  # one round to warm the caches
        times: dict[str, list[tuple[float, float]]] = {name: [] for name, *_ in PAIRS}
        for _ in range(rounds):
            for name, mine, _, other in PAIRS:
                times[name].append((mine(home), other(home)))
    print(f"{rounds} rounds, Python {sys.version.split()[0]}; median ratio (smallest to largest), median milliseconds")
    for name, _, beside, _ in PAIRS:
        ratios = [mine / other for mine, other in times[name]]
        ours, theirs = (statistics.median(pair[side] for pair in times[name]) * 1000 for side in (0, 1))
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"{name:34} {statistics.median(ratios):5.2f} x {beside} ({spread}), {ours:.0f} and {theirs:.0f} ms")


if __name__ == "__main__":
    main()

"""What may import what: asked of a fresh interpreter, since a graph of imports cannot tell when each of them happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FERRY = Path(__file__).parent / "plain" / "ferry"
SCREEN = {"textual", "rich"}


def loaded_by(code: str, saves: Path, *arguments: str) -> set[str]:
    """The top-level modules, and those of the game, that a fresh interpreter holds after running the code."""
    ask = "\nprint('\\n' + ' '.join(sys.modules), file=sys.__stderr__)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}{ask}", *arguments],
        input="", capture_output=True, text=True, encoding="utf-8", check=False, env={"KUZBASS_SAVES": str(saves), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = done.stderr.splitlines()[-1].split()
    return {name.partition(".")[0] for name in names} | {name for name in names if name.startswith("game.")}


@pytest.mark.parametrize("line", [
    ("check", str(FERRY)),
    ("play", "--plain", "--story", str(FERRY), "--life", "anna"),
    ("play", "--story", str(FERRY)),
    ("lives", "list"),
    ("--help",),
])  # fmt: skip
def test_what_needs_no_screen_never_imports_one(line: tuple[str, ...], tmp_path: Path) -> None:
    held = loaded_by("from game.cli import main; assert main(sys.argv[1:]) == 0", tmp_path, *line)
    assert not SCREEN & held


@pytest.mark.parametrize("line", [("--help",), ("lives", "list")])
def test_what_needs_no_story_never_reads_yaml(line: tuple[str, ...], tmp_path: Path) -> None:
    assert "yaml" not in loaded_by("from game.cli import main; assert main(sys.argv[1:]) == 0", tmp_path, *line)


def test_the_engine_imports_the_standard_library_only(tmp_path: Path) -> None:
    engine = sorted(path.stem for path in (Path(__file__).parents[1] / "game" / "engine").glob("*.py") if path.stem != "__init__")
    held = loaded_by("\n".join(f"import game.engine.{name}" for name in engine), tmp_path)
    assert {name for name in held if name.startswith("game.")} == {"game.engine", *(f"game.engine.{name}" for name in engine)}
    before = loaded_by("", tmp_path)
    assert held - before - set(sys.stdlib_module_names) <= {"game"} | {name for name in held if name.startswith("game.")}


@pytest.mark.parametrize("core", ["game.engine.turn", "game.load", "game.saves", "game.desk.journal", "game.plain"])
def test_everything_but_the_screen_can_be_used_without_one(core: str, tmp_path: Path) -> None:
    held = loaded_by(f"import {core}", tmp_path)
    assert not SCREEN & held
    assert "game.ui" not in held


def test_the_contracts_of_pyproject_are_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr

"""The lives that ship with the game are as they were lived: every choice is there, every page reads the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.saves import Shelf

if TYPE_CHECKING:
    from game.engine.story import Story

ROOT = Path(__file__).resolve().parents[2]
LIVES = sorted((ROOT / "saves" / "recorded").glob("*.jsonl"))


def test_there_is_a_life_to_watch_before_one_is_lived() -> None:
    assert LIVES


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_a_recorded_life_is_as_it_was_lived(path: Path, story: Story, tmp_path: Path) -> None:
    """After a change of the text on purpose: `python tests/story/record.py` lives it again."""
    shelf = Shelf(tmp_path, path.parent)
    verification = shelf.verify(path.stem, story, "pages")
    assert verification.divergence is None, verification.divergence
    life = shelf.open(path.stem, story, read_only=True)
    assert life.verdict.kind == "exact"
    assert life.page.ending
    life.close()

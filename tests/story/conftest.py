"""*Two Years, Signed* itself, loaded once: a loaded story is frozen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.load import load_story

if TYPE_CHECKING:
    from game.engine.story import Story


@pytest.fixture(scope="session")
def story() -> Story:
    loaded = load_story(Path(__file__).parents[2] / "story")
    assert not loaded.diagnostics, [f"{found.at.file}: {found.message}" for found in loaded.diagnostics]
    assert loaded.story is not None
    return loaded.story

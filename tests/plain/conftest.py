"""A small story beside these tests, a shelf of its own for each, and a way to play: keys in, everything said out."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.desk.start import Start
from game.load import load_story
from game.plain import Console, run
from game.saves import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.story import Story


ANNA = Start("play", "anna", seed=1)


@pytest.fixture(scope="session")
def ferry() -> Story:
    loaded = load_story(Path(__file__).parent / "ferry")
    assert loaded.story is not None, loaded.diagnostics
    return loaded.story


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "lives")


@pytest.fixture
def play(ferry: Story, shelf: Shelf) -> Callable[..., str]:
    """Types these lines into the life `anna`, begun with seed 1, then ends the input; gives all that was said."""

    def typed(*lines: str, start: Start = ANNA, width: int | None = None) -> str:
        source, sink = StringIO("".join(f"{line}\n" for line in lines)), StringIO()
        assert run(ferry, shelf, Console(source, sink, width=width), start=start) == 0
        return sink.getvalue()

    return typed


@pytest.fixture
def answers(play: Callable[..., str]) -> Callable[..., list[str]]:
    """What was said after each prompt while these lines were typed; before the first prompt comes number 0."""
    return lambda *lines, **given: [
        part.removeprefix("\n") for part in re.split(r"^> ", play(*lines, **given), flags=re.MULTILINE)
    ]


@pytest.fixture
def answer(answers: Callable[..., list[str]]) -> Callable[..., str]:
    """What was said to the last of these lines."""
    return lambda *lines: answers(*lines)[len(lines)]

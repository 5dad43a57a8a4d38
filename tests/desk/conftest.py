"""The small story that the plain client is tested with, and a life in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.load import load_story
from game.saves import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.story import Story
    from game.saves import Life


@pytest.fixture(scope="session")
def ferry() -> Story:
    loaded = load_story(Path(__file__).parents[1] / "plain" / "ferry")
    assert loaded.story is not None, loaded.diagnostics
    return loaded.story


@pytest.fixture(scope="session")
def works() -> Story:
    """A hub with a deck, in which every storylet has a reason of its own not to come."""
    loaded = load_story(Path(__file__).parent / "works")
    assert loaded.story is not None, loaded.diagnostics
    return loaded.story


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "lives")


@pytest.fixture
def life(ferry: Story, shelf: Shelf) -> Iterator[Life]:
    """A life that has talked to the ferryman and stands in the boat."""
    with shelf.begin(ferry, name="anna", seed=1) as begun:
        begun.answer("")
        begun.choose("bank.waiting/talk_to_the_ferryman")
        begun.choose("bank.waiting/pay")
        yield begun

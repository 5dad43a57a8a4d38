"""Small stories, written in the test, loaded as a player's are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from game.engine.story import Story
from game.load import load_story
from game.saves import Life, Shelf

if TYPE_CHECKING:
    from pathlib import Path

Tell = Callable[..., Story]
Play = Callable[..., Life]

STORY = """
    id: tiny
    title: A Tiny Story
    version: 0.1.0
    start: start
    hub: month
    date: 1922-03-06
    acts:
      - {id: first, title: The first act, turns: [28, 28, 28]}
"""
VARIABLES = """
    coal: {start: 3, range: 0 to 99, label: Coal, better: up, keep: best, series: yes}
    name: {start: Anna Reed}
    paid: {start: no, keep: any}
    mood: {start: plain, words: {plain: plain, glad: glad}, keep: last}
"""
ENDINGS = """
    end_home:
      title: Home
      text: |
        You go home.
"""
SCENES = """
    start:
      title: The pier
      ask: {into: name, say: Your name?, default: Anna Reed, limit: 40}
      then:
        - text: |
            So you are {name}.
          choices:
            - Look at the water
            - Count your money
            - Sit down on the trunk
        - text: |
            The ship is late.
          id: late
          choices:
            - Wait for the ship
            - Walk about
        - checkpoint: Aboard
        - go: month
    month:
      title: The month
      text: |
        {coal} tons, {date}. {shuffle | Rain. | Sun. | Wind.}
      choices:
        - say: Dig coal
          do: coal += roll(1, 6)
        - say: Write home
          needs: {coal >= 5: There is nothing to tell.}
          do: paid = yes; mood = glad
          text: |
            You write.
        - say: Go home
          id: leave
          ending: end_home
      then:
        - do: wait 2 weeks
        - go: month
"""


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """Makes a story of scenes in YAML; other files by name, such as `variables="..."`."""
    made = count(1)
    return lambda scenes=SCENES, **files: _told(tmp_path / f"story{next(made)}", scenes, **files)


def _told(folder: Path, scenes: str, **files: str) -> Story:
    written = {"story": STORY, "variables": VARIABLES, "endings": ENDINGS, "scenes": scenes, **files}
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    loaded = load_story(folder)
    assert loaded.story is not None, [f"{each.code} {each.message}" for each in loaded.diagnostics]
    return loaded.story


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A pier, then a hub of months, then home."""
    return _told(tmp_path_factory.mktemp("tiny") / "story", SCENES)


@pytest.fixture(scope="session")
def scenes() -> str:
    """The scenes of `tiny`, to be edited."""
    return SCENES


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "lives", tmp_path / "recorded")


@pytest.fixture(scope="session")
def play() -> Play:
    """Makes choices by the ids they have in their sets; `=words` answers a question."""

    def moves(life: Life, *ids: str) -> Life:
        for name in ids:
            if name.startswith("="):
                life.answer(name[1:])
            else:
                life.choose(next(option.key for option in life.page.options if option.id == name))
        return life

    return moves


@pytest.fixture(scope="session")
def to_the_month() -> tuple[str, ...]:
    """The moves from the beginning of `tiny` to its hub."""
    return ("=Vera", "count_your_money", "wait_for_the_ship")

"""What `reach` tells whoever looks for a way: what some life may come to, and the fewest choices that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.load import load_story
from game.workshop.analysis.reach import Reach, reach

if TYPE_CHECKING:
    from pathlib import Path

STORY = """
id: r
title: R
version: 0.1.0
start: pier
hub: month
date: 1922-03-06
content: {illness: Illness}
"""
VARIABLES = """
food: {start: 1, range: 0 to 4}
name: {start: Ada}
"""
SCENES = """
pier:
  ask: {into: name, say: "Your name?", default: Ada, limit: 20}
  then:
    - visit: customs
    - choices:
        - say: Go home
          id: home
          if: food > 4
          go: gone
        - say: Go on
          id: on
          go: month
customs:
  choices:
    - Show the paper
  then:
    - choices:
        - Sign
month:
  draw: {deck: works, show: 2}
  choices:
    - say: Eat
      do: food += 1
    - say: Leave
      go: gone
      needs: {food >= 4: You are too weak.}
  then:
    - do: wait 1 month
mill:
  deck: works
  title: The mill
  until: 1922-03-31
  text: |
    Saws.
forge:
  deck: works
  title: The forge
  until: 1922-03-01
  text: |
    Fire.
ward:
  deck: works
  title: The ward
  content: illness
  skip:
    - text: |
        Past.
  then:
    - ending: ill
gone:
  ending: left
"""


def reached(folder: Path, *optouts: str) -> Reach:
    files = {"story": STORY, "variables": VARIABLES, "scenes": SCENES, "endings": "left: {title: Left}\nill: {title: Ill}\n"}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    loaded = load_story(folder)
    assert loaded.story is not None, loaded.diagnostics
    return reach(loaded.story, optouts)


def test_what_no_life_comes_to_is_absent(tmp_path: Path) -> None:
    found = reached(tmp_path)
    assert found.scenes == {"pier", "customs", "month", "mill", "ward", "gone"}
    assert "pier/home" not in found.choices, "food is kept at 4"
    assert "month/mill" in found.choices, "a storylet is taken as a choice of its set"
    assert "month/forge" not in found.choices, "its window is over before the story begins"
    assert found.endings == {"left", "ill"}


def test_an_opt_out_closes_what_it_passes_over(tmp_path: Path) -> None:
    found = reached(tmp_path, "illness")
    assert "month/ward" in found.choices
    assert found.endings == {"left"}


def test_least_counts_choices_and_answers_with_those_of_visits(tmp_path: Path) -> None:
    least = reached(tmp_path).least
    assert least["scene pier"] == 0
    assert least["scene customs"] == 1, "the answer"
    assert least["choice customs/sign"] == 3
    assert least["choice pier/on"] == 4, "what is visited has to be played"
    assert least["scene month"] == 4
    assert least["ending left"] == 5, "as if what a choice needs could be met at once"


def test_a_story_from_the_cache_will_do(tmp_path: Path) -> None:
    reached(tmp_path)
    load_story(tmp_path, cache=tmp_path / ".cache")
    kept = load_story(tmp_path, cache=tmp_path / ".cache")
    assert kept.model is None
    assert kept.story is not None
    assert reach(kept.story).scenes == reached(tmp_path).scenes

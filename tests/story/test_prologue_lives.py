"""Random lives of the prologue: how many choices, how much is read before one, and whether all of it is met."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from game.engine.turn import answer, begin, choose

if TYPE_CHECKING:
    from game.engine.story import Story


@dataclass
class Life:
    """One random life: what was offered and taken, and how many words stood before each choice."""

    ending: str = ""
    offered: set[str] = field(default_factory=set)
    taken: list[str] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    scenes: set[str] = field(default_factory=set)
    text: list[str] = field(default_factory=list)


def live(story: Story, seed: int, refuse: bool = False, **begun: Any) -> Life:
    draw, life, waiting = random.Random(seed), Life(), 0
    state, page = begin(story, seed, **begun)
    while True:
        if "month" in page.scenes:  # the prologue is over
            return life
        paragraphs = [block.text for block in page.blocks if block.kind == "text"]
        waiting += sum(len(re.findall(r"\w[\w'’.-]*", paragraph)) for paragraph in paragraphs)
        life.text += paragraphs
        life.scenes |= set(page.scenes)
        if page.ending:
            life.ending = page.ending
            return life
        if page.question:
            state, page = answer(story, state, "")
            continue
        life.before.append(waiting)
        waiting = 0
        life.offered |= {option.key for option in page.options}
        key = draw.choice([option.key for option in page.options if option.enabled and (refuse or option.id != "refuse")])
        life.taken.append(key)
        state, page = choose(story, state, key)


@pytest.fixture(scope="module")
def lives(story: Story) -> list[Life]:
    return [live(story, seed) for seed in range(300)]


def test_a_life_offers_twenty_to_thirty_choices(lives: list[Life]) -> None:
    assert {life.ending for life in lives} == {""}
    assert all(20 <= len(life.taken) <= 30 for life in lives)


def test_little_stands_before_a_choice(lives: list[Life]) -> None:
    before = sorted(words for life in lives for words in life.before)
    assert before[len(before) // 2] <= 100
    assert before[-1] <= 200


def test_every_scene_is_met_and_every_choice_is_taken_by_somebody(story: Story, lives: list[Life]) -> None:
    met = {scene for life in lives for scene in life.scenes}
    prologue = {name for name, info in story.scenes.items() if "/prologue/" in info.file}
    assert met == prologue - {"p_ship_rail"}  # its choices stand in the hub
    taken = {key for life in lives for key in life.taken}
    offered = {key for life in lives for key in life.offered}
    assert offered - taken == {"p_the_paper.pen/refuse"}


def test_nobody_pays_a_fee_that_they_do_not_have(lives: list[Life]) -> None:
    """The purse stops at nothing, so a page that counts three hundred out of less would show as nothing left."""
    paid = [paragraph for life in lives for paragraph in life.text if "You have $" in paragraph]
    assert paid
    assert not [paragraph for paragraph in paid if "$0.00" in paragraph]


def test_no_storylet_of_the_ship_is_read_word_for_word_twice(lives: list[Life]) -> None:
    for life in lives:
        lessons = [paragraph for paragraph in life.text if "Verbs are two" in paragraph]
        assert len(lessons) == len(set(lessons))


def test_not_to_sign_is_an_ending_that_the_next_life_remembers(story: Story) -> None:
    endings = {live(story, seed, refuse=True).ending for seed in range(60)}
    assert endings == {"", "end_stayed"}
    kept = live(story, 1, kept={"left_the_pen": True})
    assert any("tooth marks" in paragraph for paragraph in kept.text)


def test_the_hungry_platform_can_be_passed_over(story: Story) -> None:
    passed = live(story, 1, optouts=("famine",))
    assert passed.ending == ""
    assert not any(key.startswith("s_rail_platform/") for key in passed.offered)


@pytest.mark.parametrize(
    ("town", "name"),
    [
        ("pit", "Toni Marek"),
        ("mesabi", "Vieno Salmi"),
        ("seattle", "Lee Tully"),
        ("pale", "Sasha Belkin"),
        ("dutch", "Jo de Wit"),
        ("california", "Marion Hale"),
    ],
)
def test_each_home_has_its_own_name_to_fall_back_on(story: Story, town: str, name: str) -> None:
    state, page = begin(story, 1)
    state, page = choose(story, state, f"p_prospectus/{town}")
    assert page.question is not None
    assert page.question.default == name
    state, _ = answer(story, state, "")
    assert state.vars["name"] == name

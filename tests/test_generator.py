"""The generator of stories: what it writes is whole, the same for ever, and as large as was asked."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from generator import Size, generate

from game.engine.turn import answer, begin, choose
from game.load import load_story
from game.workshop.check import run_check

if TYPE_CHECKING:
    from pathlib import Path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def test_one_seed_writes_the_same_files_and_another_writes_others(tmp_path):
    first, again, other = (files(generate(tmp_path / name, seed=seed)) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert first.keys() == other.keys()
    assert first != other


@pytest.mark.parametrize("scenes", [1, 7, 60, 333])
def test_a_story_of_any_size_holds_no_fault(tmp_path, scenes):
    folder = generate(tmp_path / "story", Size(scenes=scenes))
    report, code = run_check(folder)
    assert code == 0, "a tiny one may declare more than it uses, but nothing in it is wrong"
    if scenes >= 60:
        assert report.startswith("No faults in"), report
        assert len(load_story(folder).story.scenes) == scenes + 1


def test_it_is_as_long_as_was_asked(tmp_path):
    story = load_story(generate(tmp_path / "story", Size(scenes=100, words=400))).story
    words = Counter()
    for seed in range(3):
        dice = random.Random(seed)
        state, page = begin(story, seed)
        while not page.ending:
            for block in page.blocks:
                if block.kind == "text" and block.scene.startswith("work_"):
                    words[block.scene] += len(block.text.split())
            state, page = (
                answer(story, state, "") if page.question
                else choose(story, state, dice.choice([option.key for option in page.options if option.enabled]))
            )  # fmt: skip
    counts = sorted(words.values())
    assert counts[0] > 250


def test_its_lives_end_in_every_ending_and_meet_nearly_every_scene(tmp_path):
    story = load_story(generate(tmp_path / "story")).story
    endings, seen = Counter(), set()
    for seed in range(60):
        dice = random.Random(seed)
        state, page = begin(story, seed, texts=False)
        while not page.ending:
            state, page = (
                answer(story, state, "", texts=False) if page.question
                else choose(story, state, dice.choice([option.key for option in page.options if option.enabled]), texts=False)
            )  # fmt: skip
        endings[page.ending] += 1
        seen |= state.visits.keys()
    assert set(endings) == set(story.endings)
    assert len(seen & story.scenes.keys()) >= 0.9 * len(story.scenes)

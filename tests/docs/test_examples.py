"""The two works in docs/examples hold: they check clean, all that is in them can be met, and a life of each goes to the letter.

Beside each work stands its plan of play (`plans.py` tells how one is written); REWRITE_PLANS=1 writes it anew, to be
read before it is kept.
"""

from __future__ import annotations

import json
import os
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import plans
import pytest

from game.engine.turn import answer, begin, choose
from game.load import load_story
from game.workshop.check import run_check

if TYPE_CHECKING:
    from game.engine.state import State
    from game.engine.story import Story

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
WORKS = {"ninety_days": (EXAMPLES / "ninety_days", []), "onas_half": (ROOT / "story", [EXAMPLES / "onas_half"])}
ENDINGS = {"end_signed", "end_hammer", "end_nine", "end_bid", "end_stool"}
LABELS = {
    "alive": "Flour and water. Alive. Property of Ona Rimkus, Cleveland, it says in your hand, and under that",
    "medicine": "Medicine, it says in your hand, and the bass in the choir has been taking one spoonful as needed",
    "tool": "Tool, own, one, it says in your hand, with a tick from the boy who counted the saws",
}


@cache
def story_of(work: str) -> Story:
    folder, packs = WORKS[work]
    loaded = load_story(folder, packs)
    assert loaded.story is not None, [str(found) for found in loaded.diagnostics]
    return loaded.story


def lived(
    story: Story, seed: int, wants: tuple[str, ...] = (), optouts: tuple[str, ...] = ()
) -> tuple[State, str, set[str], str]:
    """A life by chance, but for wanted keys, which are chosen wherever they stand: its state, ending, keys taken and texts."""
    chance = random.Random(seed)
    state, page = begin(story, seed, optouts=optouts)
    keys, read = set[str](), [block.text for block in page.blocks]
    while not page.ending:
        if page.question:
            state, page = answer(story, state, "")
        else:
            open_keys = [option.key for option in page.options if option.enabled]
            key = next((key for want in wants for key in open_keys if key.endswith(want)), None) or chance.choice(open_keys)
            keys.add(key)
            state, page = choose(story, state, key)
        read += [block.text for block in page.blocks]
    return state, page.ending, keys, "\n".join(read)


@pytest.mark.parametrize("work", WORKS)
def test_it_checks_clean(work: str) -> None:
    report, code = run_check(*WORKS[work])
    assert code == 0
    assert report.startswith("No faults in ")


@pytest.mark.parametrize("work", WORKS)
def test_its_prose_is_clean(work: str) -> None:
    report, _ = run_check(*WORKS[work], "json", prose=True)
    found = [one for one in json.loads(report)["diagnostics"] if work in one["file"]]
    assert [f"{one['file']}:{one['line']}: {one['message']}" for one in found] == []


@pytest.mark.parametrize("work", WORKS)
def test_a_life_goes_to_the_letter(work: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "load", lambda _: story_of(work))
    path = EXAMPLES / work / "plan.txt"
    plan = path.read_text(encoding="utf-8").splitlines()
    found = plans.played(path.parent, plan)
    if os.environ.get("REWRITE_PLANS"):
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == plan


def test_chance_comes_to_every_ending_and_every_scene_of_ninety_days() -> None:
    story = story_of("ninety_days")
    assert set(story.endings) == ENDINGS
    lives = [lived(story, seed) for seed in range(150)]
    assert {ending for _, ending, _, _ in lives} == ENDINGS
    entered = {scene for state, *_ in lives for scene in story.scenes if state.visits.get(scene)}
    assert set(story.scenes) - entered == {"standing"}, "all but the choices that the hub includes"


def test_the_line_for_the_next_clerk_outlives_a_life() -> None:
    story = story_of("ninety_days")
    first = lived(story, 1, ("last_hour/nine", "s_vane/shut"))
    kept = {"note": "Ask, even if you know.", "note_by": "Robin Fell", "weeks": 1, "relost": True}
    assert first[1] == "end_nine"
    assert {name: first[0].vars[name] for name in kept} == kept
    state, page = begin(story, 2, kept=kept)
    _, page = answer(story, state, "Wren Oakes")
    text = "\n".join(block.text for block in page.blocks)
    assert "under Robin Fell, who has left a line beside it: Ask, even if you know." in text
    assert "Whoever keeps doing this, stop." in text


def test_who_opted_out_of_ashes_meets_none() -> None:
    story = story_of("ninety_days")
    for seed in range(20):
        assert "Arthur" not in lived(story, seed, ("counter/s_lacey",), ("ashes",))[3]


@pytest.mark.parametrize("label", LABELS)
def test_what_was_written_on_the_ship_is_read_on_the_railway(label: str) -> None:
    story = story_of("onas_half")
    wants = ("pen/sign", "s_ona_watches", "watches/half", f"half/{label}", "congress/minutes", "count/own")
    met = 0
    for seed in range(12):
        _, _, keys, read = lived(story, seed, wants)
        if f"onas_half/s_ona_watches/half/{label}" in keys:
            met += 1
            assert LABELS[label] in read
            assert not any(words in read for other, words in LABELS.items() if other != label)
            assert len(LABELS[label].split()) >= 12
    assert met


def test_without_the_jar_the_platform_of_the_story_comes_as_ever() -> None:
    story = story_of("onas_half")
    for seed in range(6):
        _, _, _, read = lived(story, seed, ("pen/sign", "watches/home"))
        assert "Six in Cleveland" not in read
        assert "The Platform" in read


def test_who_opted_out_of_hunger_still_has_the_bread() -> None:
    story = story_of("onas_half")
    wants = ("pen/sign", "s_ona_watches", "watches/half", "half/alive", "count/own", "morning/heel")
    lives = [lived(story, seed, wants, ("famine",)) for seed in range(12)]
    assert any("p_boxcar.morning/heel" in keys for _, _, keys, _ in lives)
    assert all("no flour since Lent" not in read for *_, read in lives)

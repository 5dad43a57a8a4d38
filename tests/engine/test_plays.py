"""Each folder of `plays/` is a small story beside its plan of play (`plans.py` tells how one is written).

Written anew, to be read before it is kept, with REWRITE_PLANS=1.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from plans import load, played

from game.engine.turn import StoryStuck, answer, begin, choose

PLAYS = sorted(path.parent for path in (Path(__file__).parent / "plays").glob("*/plan.txt"))


@pytest.mark.parametrize("folder", PLAYS, ids=lambda folder: folder.name)
def test_the_story_goes_as_planned(folder: Path) -> None:
    path = folder / "plan.txt"
    plan = path.read_text(encoding="utf-8").splitlines()
    found = played(folder, plan)
    if os.environ.get("REWRITE_PLANS"):
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == plan


@pytest.mark.parametrize("folder", PLAYS, ids=lambda folder: folder.name)
def test_logic_alone_comes_to_the_same_states(folder: Path) -> None:
    """Text may not change anything that logic reads: a run without texts ends in the same digests."""
    story = load(folder)
    full, page = begin(story, 5)
    bare, _ = begin(story, 5, texts=False)
    for _ in range(30):
        assert full.digest() == bare.digest()
        keys = [option.key for option in page.options if option.enabled]
        try:
            if page.question:
                full, page = answer(story, full, "Anna")
                bare, _ = answer(story, bare, "Anna", texts=False)
            elif keys:
                key = keys[len(full.taken) % len(keys)]
                full, page = choose(story, full, key)
                bare, bare_page = choose(story, bare, key, texts=False)
                assert [option.key for option in bare_page.options] == [option.key for option in page.options]
            else:
                break
        except StoryStuck:
            break

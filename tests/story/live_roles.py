"""Lives one life for each ending that has none in `saves/recorded/`, as a role of `story/roles.yaml` would, and keeps it there.

    python tests/story/live_roles.py

A role leans the way it leans; no life is steered towards an ending. Of the roles that come to an ending, the one that comes there
most often lives it, with the first of its seeds that leads there.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from game.load import load_story
from game.saves import Shelf
from game.workshop.explore.chart import worths
from game.workshop.explore.play import Role, life_seed, live

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.workshop.explore.play import Life

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "saves" / "recorded"
LIVES = 200


def lived(story: Story, wanted: set[str]) -> dict[str, tuple[str, Life]]:
    """For each ending that some role comes to: who comes there most often, and the first such life."""
    often: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, str], Life] = {}
    for role in sorted(story.roles):
        worth = worths(story, role)
        for number in range(LIVES):
            seed = life_seed(1922, number, role)
            life = live(story, seed, Role(seed, worth))
            if life.ending in wanted:
                often[life.ending][role] += 1
                first.setdefault((life.ending, role), life)
    most = {ending: roles.most_common(1)[0][0] for ending, roles in often.items()}
    return {ending: (role, first[ending, role]) for ending, role in most.items()}


def keep(story: Story, ending: str, life: Life) -> None:
    """Plays it again as a saved life, which is what is kept."""
    name = ending.removeprefix("end_")
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        with shelf.begin(story, name=name, seed=life.seed) as kept:
            for key in life.keys:
                if kept.page.question is not None:
                    kept.answer("")
                else:
                    kept.choose(key)
            assert kept.page.ending == ending
        shelf.export(name, RECORDED / f"{name}.jsonl")


def main() -> None:
    story = load_story(ROOT / "story").story
    if story is None:
        raise SystemExit("The story has faults; `kuzbass check` shows them.")
    have = {path.stem for path in RECORDED.glob("*.jsonl")}
    wanted = {ending for ending in story.endings if ending.removeprefix("end_") not in have}
    for ending, (role, life) in sorted(lived(story, wanted).items()):
        keep(story, ending, life)
        print(f"{ending}: {len(life.keys)} choices, lived by {role}")
        wanted.discard(ending)
    for ending in sorted(wanted):
        print(f"{ending}: none of {LIVES} lives of each role comes to it")


if __name__ == "__main__":
    main()

"""What is kept of a pass and said again is what the pass would have come to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from game.load import load_story
from game.workshop.analysis.flow import Flow

sys.path.insert(0, str(Path(__file__).parent))
from random_stories import Author

if TYPE_CHECKING:
    from game.engine.story import Story


def told(flow: Flow) -> list[Any]:
    """All that a flow has found out."""
    envs = [
        (what, unit, pc, env.date, env.may, env.must, env.frames, env.local)
        for what, table in (("comes", flow.points), ("holds", flow.states))
        for unit, found in table.items()
        for pc, env in found.items()
    ]
    ways = [(unit, way.edges, way.links, way.ends, way.opened) for unit, way in flow.ways.items()]
    return [envs, ways, flow.world.values, flow.fired, flow.latest]


def flows(story: Story) -> list[list[Any]]:
    whole = Flow(story, None)
    return [told(whole), told(Flow(story, frozenset(story.content), whole))]


@pytest.mark.parametrize("seed", range(100, 160))
def test_a_pass_that_is_said_again_is_the_one_that_would_be_made(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = load_story(Author(seed).write(tmp_path / "r")).story
    assert story is not None
    kept = flows(story)
    monkeypatch.setattr(Flow, "again", lambda self, scene: False)
    assert kept == flows(story)


def test_a_scene_that_leads_to_itself_is_looked_at_as_it_comes_in_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "story.yaml").write_text("id: r\ntitle: R\nversion: 0.1.0\nstart: pier\ndate: 1922-03-06\n")
    (tmp_path / "variables.yaml").write_text("food: {start: 1, range: 0 to 4}\n")
    (tmp_path / "endings.yaml").write_text("end: {title: End}\n")
    (tmp_path / "pier.yaml").write_text(
        "pier:\n  do: food += 1\n  choices:\n    - say: Again\n      go: pier\n"
        "    - say: Leave\n      if: seen(pier) and food > 2\n      ending: end\n"
    )
    story = load_story(tmp_path).story
    assert story is not None
    kept = flows(story)
    monkeypatch.setattr(Flow, "again", lambda self, scene: False)
    assert kept == flows(story)

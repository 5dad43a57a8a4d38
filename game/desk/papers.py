"""Papers: what is carried, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.turn import paper_text

if TYPE_CHECKING:
    from game.engine.page import Block
    from game.engine.state import State
    from game.engine.story import Story


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper in the player's hands; `blocks` are its words as they read today, empty where it has none."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def papers(story: Story, state: State) -> tuple[PaperView, ...]:
    """Everything carried, in the order in which it was given."""
    return tuple(
        PaperView(paper, story.papers[paper].title, paper_text(story, state, paper))
        for paper in state.papers
        if paper in story.papers
    )

"""History: what in a scene is attested and what is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.desk.words import scene_name, scene_titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.engine.page import Page
    from game.engine.story import CardInfo, Story

MEANING = {
    "attested": "sources say that this happened",
    "contested": "sources disagree on this",
    "composite": "put together from several things that sources tell",
    "invented": "no source tells this; it is the story's own",
}


@dataclass(frozen=True, slots=True)
class SceneHistory:
    """A scene of the page. `status` is empty where the author has said nothing; `meaning` is what the status means."""

    scene: str
    title: str
    status: str
    meaning: str
    note: str
    cards: tuple[CardInfo, ...]


def history(story: Story, page: Page, titles: Mapping[str, str] | None = None) -> tuple[SceneHistory, ...]:
    """One entry for each scene heard on the page, in order. `titles` are those that earlier pages showed."""
    titles = {**(titles or {}), **scene_titles([page])}
    views = []
    for scene in dict.fromkeys((*page.scenes, *(block.scene for block in page.blocks), page.scene)):
        info = story.scenes.get(scene)
        if info is None:
            continue
        cards = tuple(story.cards[card] for card in info.cards if card in story.cards)
        title = titles.get(scene) or scene_name(story, scene)
        views.append(SceneHistory(scene, title, info.status, MEANING.get(info.status, ""), info.note, cards))
    return tuple(views)

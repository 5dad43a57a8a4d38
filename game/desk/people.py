"""People: who has been met, what they think of you in words, when they were last seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.desk.words import value_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from game.engine.state import State
    from game.engine.story import Story


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person met in this life.

    `real` tells a person of history from one invented. `standing` is what they think of you, in words, or empty; `scene` the
    title of the scene in which they were last seen, where it is known.
    """

    id: str
    name: str
    about: str
    real: bool
    standing: str
    first: date
    last: date
    scene: str


def people(story: Story, state: State, titles: Mapping[str, str] | None = None) -> tuple[PersonView, ...]:
    """Everyone met, the last seen first. `titles` are those of the scenes played (see `words.scene_titles`)."""
    views = []
    for person, (first, last, scene) in state.met.items():
        info = story.people.get(person)
        if info is None:
            continue  # met in an older version of the story
        variable = story.variables.get(info.standing)
        standing = value_in_words(variable, state.vars[info.standing]) if variable and info.standing in state.vars else ""
        views.append(PersonView(person, info.name, info.about, info.real, standing, first, last, (titles or {}).get(scene, "")))
    return tuple(sorted(views, key=lambda view: (-view.last.toordinal(), view.name)))

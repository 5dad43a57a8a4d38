"""The archive box: which endings the player's lives have reached, and the ones still sealed, by name only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from game.engine.story import EndingInfo, Story


@dataclass(frozen=True, slots=True)
class Endings:
    """Endings of the story in its own order: `opened` in any life, `sealed` in none."""

    opened: tuple[EndingInfo, ...]
    sealed: tuple[EndingInfo, ...]


def endings(story: Story, seen: Collection[str]) -> Endings:
    """`seen` are the ids of the endings reached in any life."""
    known = tuple(story.endings.values())
    return Endings(
        tuple(info for info in known if info.id in seen),
        tuple(info for info in known if info.id not in seen),
    )

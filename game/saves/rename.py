"""The present names of what a recorded life speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.engine.story import Story


def renamed(story: Story, key: str) -> str:
    """The present name of a set and choice, or of a question: its own `was:`, or that of the scene, part or beat it is in."""
    for _ in range(8):
        new = _renamed_once(story.renamed, key)
        if new == key:
            break
        key = new
    return key


def _renamed_once(table: dict[str, str], key: str) -> str:
    end = len(key)
    while end > 0:
        if key[:end] in table:
            return table[key[:end]] + key[end:]
        end = max(key.rfind("/", 0, end), key.rfind(".", 0, end))
    return key

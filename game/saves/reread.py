"""A life's place in a story that was read anew while it was played."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.engine import turn
from game.saves.faults import SaveFault
from game.saves.opening import Opening, find_again, find_left, ways
from game.saves.replay import shown

if TYPE_CHECKING:
    from game.engine.page import Page
    from game.engine.state import State
    from game.engine.story import Story
    from game.saves.journal import Journal


class Reread(NamedTuple):
    """Where a life went when its story was read anew: whether it `stayed` at its place, and a sentence for the author."""

    stayed: bool
    sentence: str


NAMED = 3
"""How many variables a sentence names; more are counted."""


def reread(opening: Opening, before: State, stayed: bool) -> Reread:
    """What the author is told; that the story has changed is known, so a verdict's sentence is left for what moves the place."""
    if opening.verdict.kind == "exact":
        return Reread(stayed, "You are where you were." if stayed else "You are back at the page that you were on before.")
    if opening.verdict.kind == "moved" and opening.anchor is None and stayed:
        parts = ("You are where you were", ways(opening.walk), _other(before, opening))
        return Reread(stayed, f"{'; '.join(filter(None, parts))}.")
    return Reread(stayed, opening.verdict.sentence)


def _other(before: State, opening: Opening) -> str:
    now = opening.walk.state.vars
    names = [name for name, value in now.items() if before.vars.get(name) != value]
    if not names:
        return ""
    return f"{', '.join(names) if len(names) <= NAMED else f'{len(names)} variables'} changed on the way"


def found_anew(story: Story, journal: Journal, target: int) -> tuple[Opening, Page]:
    """Where the life stands in the story, and its page with the words that led there. Raises SaveFault where it has no place."""
    header = journal.header
    if header.story != story.id:
        raise SaveFault(f"The story is now `{story.id}`, and this is a life of `{header.story}`.")
    missing = [f"`{pack}`" for pack in header.packs if pack not in story.packs]
    if missing:
        raise SaveFault(f"This life was begun with {' and '.join(missing)}, not there any more.")
    opening = find_left(story, journal) if target == journal.head else find_again(story, journal, target)
    walk = opening.walk
    if opening.anchor == walk.at:
        return opening, walk.page
    try:
        return opening, shown(story, header, walk.at, walk.steps[walk.at])
    except (turn.ChoiceRefused, turn.StoryStuck) as stuck:
        raise SaveFault(str(stuck)) from stuck

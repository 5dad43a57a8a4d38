"""An author's edits of a life: a variable set, a scene gone to. They are undone and replayed as choices are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine import turn
from game.engine.page import Block, Page, Span
from game.saves.rename import renamed

if TYPE_CHECKING:
    from game.engine.state import State
    from game.engine.story import Story
    from game.saves.journal import Node
    from game.saves.resync import Action


def edited(story: Story, state: State, action: Action, *, texts: bool) -> tuple[State, Page]:
    """Makes an edit. What cannot be done raises ChoiceRefused with a sentence, or StoryStuck."""
    if action.edit == "jump":
        return turn.enter(story, state, action.key, texts=texts)
    try:
        work = turn.set_variable(story, state, action.key, action.text or "")
    except ValueError as error:
        raise turn.ChoiceRefused(_sentence(str(error))) from error
    work, page = turn.offer_again(story, work, texts=texts)
    if not texts:
        return work, page
    said = f"Edited: {action.key} is {_value(work, action.key)}, it was {_value(state, action.key)}."
    return work, page._replace(blocks=(*page.blocks, Block("text", (Span(said),), page.scene)))


def edit_of(story: Story, node: Node) -> Action | None:
    """The recorded edit, if the story still has what it is about."""
    from game.saves.resync import Action

    name = renamed(story, node.choice)
    if node.edit == "jump":
        return Action(name, None, "jump") if name.partition(".")[0] in story.scenes else None
    try:
        turn.set_variable(story, turn.blank(story, 0), name, node.answer or "")
    except ValueError:
        return None
    return Action(name, node.answer or "", "set")


def _value(state: State, name: str) -> str:
    value = state.vars.get(name)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")

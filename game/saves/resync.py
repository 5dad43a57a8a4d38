"""Finding a recorded choice again in a story that has changed since.

In order: the exact id (or the id that `was:` leads to); the same behind pages with one way on; a label at least 0.6 alike; left
out, where the choice after it fits. A guess that the next recorded choice confirms goes before one that nothing confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from game.engine import turn
from game.saves.edits import edit_of, edited
from game.saves.lines import LABEL_BYTES, size
from game.saves.rename import renamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.page import Page
    from game.engine.state import State
    from game.engine.story import Story
    from game.saves.journal import Node

ALIKE = 0.6
"""How alike two labels are (difflib's ratio) from which one is taken for the other."""
PASSES = 8
"""How many pages with one way on are passed through in search of a choice."""

How = Literal["exact", "reworded", "passed", "skipped"]


@dataclass(frozen=True, slots=True)
class Action:
    """What is done on a page: an option's key, or a line typed. With `edit` (see `Node`) the key is a variable or a scene."""

    key: str
    text: str | None = None
    edit: str = ""

    def take(self, story: Story, state: State, *, texts: bool) -> tuple[State, Page]:
        if self.edit:
            return edited(story, state, self, texts=texts)
        if self.text is not None:
            return turn.answer(story, state, self.text, texts=texts)
        return turn.choose(story, state, self.key, texts=texts)


@dataclass(frozen=True, slots=True)
class Found:
    """What brings a recorded choice about: nothing where it is skipped, several actions where pages were passed through."""

    actions: tuple[Action, ...]
    how: How


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a replay."""

    story: Story
    state: State
    page: Page

    def after(self, action: Action) -> Spot | None:
        """The place that an action leads to, or None where the story refuses or is stuck."""
        try:
            return Spot(self.story, *action.take(self.story, self.state, texts=True))
        except (turn.ChoiceRefused, turn.StoryStuck):
            return None

    def labelled(self) -> Spot:
        """The place with the words of its options, which a replay of the logic alone leaves out."""
        return Spot(self.story, self.state, turn.look(self.story, self.state))


def exact(story: Story, page: Page, node: Node) -> Action | None:
    """The option or question of the page that the recorded one is, by its id; an edit, if it can still be made."""
    if node.edit:
        return edit_of(story, node)
    names = (node.key, renamed(story, node.key))
    if node.answer is not None:
        return Action(page.question.key, node.answer) if page.question and page.question.key in names else None
    return next((Action(option.key) for option in page.options if option.enabled and option.key in names), None)


def find(spot: Spot, node: Node, following: Node | None) -> Found | None:
    """How the recorded choice is made from here, or None where it cannot be matched."""
    action = exact(spot.story, spot.page, node)
    if action is not None:
        return Found((action,), "exact")
    if node.edit == "set":
        return Found((), "skipped")  # a variable that is gone had its effect on nothing that is left
    if node.edit:
        return None
    if following is not None and following.edit:
        following = None  # an edit fits everywhere, so it confirms nothing
    try:
        return _search(spot.labelled(), node, following)
    except turn.StoryStuck:
        return None


def _search(spot: Spot, node: Node, following: Node | None) -> Found | None:
    behind = _behind(spot, node)
    if behind:
        return Found(behind, "passed")
    guesses = list(_guesses(spot, node))
    for guess in guesses:
        if following is None or _leads_to(spot, guess, following):
            return guess
    if following is not None and (exact(spot.story, spot.page, following) or _behind(spot, following)):
        return Found((), "skipped")
    return guesses[0] if guesses else None


def _guesses(spot: Spot, node: Node) -> Iterator[Found]:
    """Labels alike, here and behind pages with one way on."""
    for passed, there in _along(spot):
        action = _alike(there.page, node)
        if action is not None:
            yield Found((*passed, action), "reworded")


def _behind(spot: Spot, node: Node) -> tuple[Action, ...]:
    """The actions that lead through pages with one way on to the recorded choice, itself included; none where they do not."""
    for passed, there in _along(spot):
        action = exact(there.story, there.page, node)
        if action is not None:
            return (*passed, action)
    return ()


def _along(spot: Spot) -> Iterator[tuple[tuple[Action, ...], Spot]]:
    """This place, and those behind it as long as there is only one way on."""
    passed: tuple[Action, ...] = ()
    there: Spot | None = spot
    while there is not None:
        yield passed, there
        only = lone(there.page)
        if only is None or len(passed) == PASSES:
            return
        passed, there = (*passed, only), there.after(only)


def lone(page: Page) -> Action | None:
    """The only way on from a page: its one open option, or its question with the default for an answer."""
    if page.question is not None:
        return Action(page.question.key, "")
    ways = [option for option in page.options if option.enabled]
    return Action(ways[0].key) if len(ways) == 1 else None


def _alike(page: Page, node: Node) -> Action | None:
    """The open option whose label is most like the recorded one; a question for an answer, if it asks nearly the same."""
    if node.answer is not None:
        asked = page.question
        return Action(asked.key, node.answer) if asked and _likeness(asked.label, node.label) >= ALIKE else None
    best, most = None, ALIKE
    for option in page.options:
        likeness = _likeness(option.label, node.label)
        if option.enabled and likeness >= most and (best is None or likeness > most):
            best, most = Action(option.key), likeness
    return best


def _likeness(label: str, recorded: str) -> float:
    """From 0 to 1. A recorded label may have been cut; then only as much of the other counts."""
    if size(recorded) > LABEL_BYTES - 8:
        label = label[: len(recorded)]
    return SequenceMatcher(None, label, recorded, False).ratio() if recorded else 0.0


def _leads_to(spot: Spot, guess: Found, following: Node) -> bool:
    there: Spot | None = spot
    for action in guess.actions:
        there = there.after(action) if there is not None else None
    return there is not None and bool(_behind(there, following))

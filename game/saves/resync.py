"""Finding a recorded choice again in a story that has changed since.

In order: the exact id (or the id that `was:` leads to); the same behind pages with one way on; where its set is gone from the
story, the choice's own id in another set; a label at least 0.6 alike; left out, where the choice after it fits. A guess that the
next recorded choice confirms goes before one that nothing confirms. What is left of a recorded choice's own set is never walked
over as if it were new: it may be the very opposite of what was chosen.
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

How = Literal["exact", "named", "reworded", "passed", "skipped"]


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
    sure = [guess for guess in guesses if not _walks_over(spot.story, guess, node)]
    for guess in guesses:
        if guess in sure if following is None else _leads_to(spot, guess, following):
            return guess
    if following is not None and (
        exact(spot.story, spot.page, following) or _behind(spot, following, _own_sets(spot.story, node))
    ):
        return Found((), "skipped")
    return sure[0] if sure else None


def _guesses(spot: Spot, node: Node) -> Iterator[Found]:
    """The same id where the set is gone, and labels alike, here and behind pages with one way on."""
    gone = _set_is_gone(spot.story, node)
    for passed, there in _along(spot):
        named = _of_that_name(there.page, node) if gone else None
        if named is not None:
            yield Found((*passed, named), "named")
        action = _alike(there.page, node)
        if action is not None:
            yield Found((*passed, action), "reworded")


def _walks_over(story: Story, guess: Found, node: Node) -> bool:
    """Whether a guess passes through what is left of the recorded choice's own set. Then the next choice has to confirm it: the
    set's name may have gone to a new page, and the set itself stand behind that."""
    own = _own_sets(story, node)
    return any(action.text is None and _set_of(action.key) in own for action in guess.actions[:-1])


def _behind(spot: Spot, node: Node, closed: frozenset[str] = frozenset()) -> tuple[Action, ...]:
    """The actions that lead through pages with one way on to the recorded choice, itself included; none where they do not."""
    for passed, there in _along(spot, closed | _own_sets(spot.story, node)):
        action = exact(there.story, there.page, node)
        if action is not None:
            return (*passed, action)
    return ()


def _own_sets(story: Story, node: Node) -> frozenset[str]:
    """The names that a recorded choice's set had and has; none for a question, in whose place nothing can be chosen."""
    return frozenset() if node.answer is not None else frozenset((node.set, _set_of(renamed(story, node.key))))


def _set_of(key: str) -> str:
    return key.rpartition("/")[0]


def _set_is_gone(story: Story, node: Node) -> bool:
    """Whether the story has no set any more in which the recorded choice could be."""
    return node.answer is None and not any(_has(story, name) for name in _own_sets(story, node))


def _has(story: Story, name: str) -> bool:
    scene = name
    while scene and scene not in story.scenes:
        scene = scene[: max(scene.rfind("/"), scene.rfind("."), 0)]
    return bool(scene) and name in story.program(scene).sets


def _of_that_name(page: Page, node: Node) -> Action | None:
    """The open option, whatever its set, that has the recorded choice's id."""
    return next((Action(option.key) for option in page.options if option.enabled and option.id == node.choice), None)


def _along(spot: Spot, closed: frozenset[str] = frozenset()) -> Iterator[tuple[tuple[Action, ...], Spot]]:
    """This place, and those behind it as long as there is only one way on, and that no choice of a `closed` set."""
    passed: tuple[Action, ...] = ()
    there: Spot | None = spot
    while there is not None:
        yield passed, there
        only = lone(there.page)
        if only is None or len(passed) == PASSES or (only.text is None and _set_of(only.key) in closed):
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
    if there is None:
        return False
    named = _set_is_gone(there.story, following) and _of_that_name(there.page, following) is not None
    return named or bool(_behind(there, following))

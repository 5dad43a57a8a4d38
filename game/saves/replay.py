"""A path of recorded choices played again in the story as it is now, as far as it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from game.engine import turn
from game.engine.story import Story, restore
from game.saves.faults import SaveFault
from game.saves.journal import ROOT, Header, Node
from game.saves.resync import Action, How, Spot, find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.page import Page
    from game.engine.state import State


@dataclass(frozen=True, slots=True)
class Step:
    """A place on a path: the state there, and the actions that led to it from the state `before`; none where a snapshot did."""

    state: State
    before: State | None = None
    actions: tuple[Action, ...] = ()


@dataclass(slots=True)
class Walk:
    """A replay under way.

    at      the node it has come to; `page` its page, perhaps without words
    steps   how each node was reached
    found   the choices that were not there any more, and how each was found again
    stuck   the node that could not be reached, or None
    """

    at: int
    page: Page
    steps: dict[int, Step]
    found: list[tuple[How, Node]] = field(default_factory=list)
    stuck: Node | None = None

    @property
    def state(self) -> State:
        return self.steps[self.at].state


def beginning(story: Story, header: Header, *, texts: bool = False) -> tuple[State, Page]:
    """The first state and page of a life. Raises SaveFault where the story cannot be begun so."""
    try:
        kept = {name: restore(value) for name, value in header.kept.items()}
        state, page = turn.begin(story, header.seed, optouts=header.optouts, kept=kept, texts=texts)
        if not header.settings and not header.scene:
            return state, page
        for name, text in header.settings.items():
            state = turn.set_date(story, state, text) if name == "date" else turn.set_variable(story, state, name, text)
        return turn.enter(story, state, header.scene or story.start, texts=texts)
    except (turn.StoryStuck, ValueError, TypeError, AttributeError) as error:
        raise SaveFault(f"The life cannot be begun: {error}.") from error


def start(story: Story, header: Header) -> Walk:
    """A walk that stands at the beginning."""
    state, page = beginning(story, header)
    return Walk(ROOT, page, {ROOT: Step(state)})


def go_on(story: Story, walk: Walk, nodes: Iterable[Node]) -> None:
    """Plays the nodes one after the other, as far as they can be found; `walk.stuck` is the first that cannot."""
    ahead = list(nodes)
    for node, following in zip_longest(ahead, ahead[1:]):
        if node.gap or not _step(story, walk, node, following):
            walk.stuck = node
            return


def shown(story: Story, header: Header, node: int, step: Step) -> Page:
    """The page of a step with its words; what is on offer alone where a snapshot led to it."""
    if step.before is None:
        return beginning(story, header, texts=True)[1] if node == ROOT and not header.rebuilt else turn.look(story, step.state)
    page, state = None, step.before
    for action in step.actions:
        state, page = action.take(story, state, texts=True)
    return page or turn.look(story, step.state)


def _step(story: Story, walk: Walk, node: Node, following: Node | None) -> bool:
    before = state = walk.state
    page = walk.page
    found = find(Spot(story, state, page), node, following)
    if found is None:
        return False
    try:
        for action in found.actions:
            state, page = action.take(story, state, texts=False)
    except (turn.ChoiceRefused, turn.StoryStuck):
        return False
    walk.steps[node.id] = Step(state, before, found.actions)
    walk.at, walk.page = node.id, page
    if found.how != "exact":
        walk.found.append((found.how, node))
    return True

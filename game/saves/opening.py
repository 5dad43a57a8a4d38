"""Where a life stands when it is opened: by replay, else from the last snapshot by name that opens. Never nowhere.

A snapshot that opens as it stood is a place of the life. One that opens only by entering a scene or a hub anew is not: it is
taken where it lies further on than the replay came (a hub: where no snapshot opens otherwise), else the life is rewound. What
had to be opened so is given up again as soon as the story allows the whole path, unless something was chosen from there on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from game.engine import turn
from game.engine.calendar import long_date
from game.saves.faults import SaveFault
from game.saves.journal import ROOT, Journal, Node
from game.saves.records import Verdict
from game.saves.rename import renamed
from game.saves.replay import Step, Walk, go_on, shown, start

if TYPE_CHECKING:
    from game.engine.page import Page
    from game.engine.state import State
    from game.engine.story import Story, VariableInfo
    from game.saves.resync import How


@dataclass(frozen=True, slots=True)
class Opening:
    """A life found again: `walk.at` is where. `anchor` is the node at which a snapshot was opened, or None."""

    walk: Walk
    verdict: Verdict
    anchor: int | None = None


class _Opened(NamedTuple):
    state: State
    page: Page
    entered: bool
    stood: str
    """The scene in which the snapshot was taken, by its present name; `entered` tells that it or a hub had to be entered anew."""


def find_again(story: Story, journal: Journal, target: int) -> Opening:
    """The life at a node, or as near to it as the story and the snapshots allow. Raises SaveFault where nothing opens."""
    path = journal.path(target)
    whole = _whole(story, journal, path)
    if whole is not None:
        return whole
    walk = _walked(story, journal, path, journal.anchors)
    if walk is not None and walk.stuck is None:
        return Opening(walk, _arrived(story, journal, walk))
    failed = walk.stuck if walk is not None else None
    reached = 0 if failed is None else path.index(failed)
    for by_hub, index in product((False, True), range(len(path), reached - (walk is None), -1)):
        node = path[index - 1].id if index else ROOT
        opened = _from_snapshot(story, journal, node)
        if opened is None or (opened.state.scene != opened.stood) != by_hub:
            continue
        if failed is None or _is_further(story, walk, opened, path[reached:index], path[:reached]):
            later = Walk(node, opened.page, {**(walk.steps if walk else {}), node: Step(opened.state)})
            _try_on(story, later, path[index:])
            return Opening(later, _from_then(story, journal, later, failed, opened, target), node)
    if walk is None or failed is None:
        raise SaveFault("Neither its choices nor its snapshots open in this story. The file is left as it is.")
    return Opening(walk, Verdict("rewound", f"Rewound to {place(story, walk)}, because {_because(failed)}."))


def find_left(story: Story, journal: Journal) -> Opening:
    """The life at its head; at the place where it was left before it had to stand there, if the story leads to that again."""
    if journal.left is not None and journal.left != journal.head:
        path = journal.path(journal.left)
        walk = _walked(story, journal, path, _kept(journal))
        if walk is not None and walk.stuck is None:
            return _again(story, journal, walk)
    return find_again(story, journal, journal.head)


def place(story: Story, walk: Walk) -> str:
    """`20 May 1922, The pier`."""
    return ", ".join(part for part in (long_date(walk.page.date), scene_title(story, walk.state, walk.page)) if part)


def scene_title(story: Story, state: State, page: Page) -> str:
    """The title of the scene that a page stands in, though the page itself may only go on with it."""
    try:
        return page.title or turn.look(story, state).title or state.scene
    except turn.StoryStuck:
        return state.scene


def _whole(story: Story, journal: Journal, path: list[Node]) -> Opening | None:
    """The path without the snapshots that were opened on it and not gone on from, or None where it needs them."""
    kept = _kept(journal)
    if all(node in kept for node in (ROOT, *(node.id for node in path)) if node in journal.anchors):
        return None
    walk = _walked(story, journal, path, kept)
    if walk is None or walk.stuck is not None:
        return None
    opening = Opening(walk, _arrived(story, journal, walk))
    return opening if opening.verdict.kind == "exact" else _again(story, journal, walk)


def _again(story: Story, journal: Journal, walk: Walk) -> Opening:
    """A life back on its whole path. Its state is written down as an anchor, which takes the place of an earlier one there."""
    walk.page = shown(story, journal.header, walk.at, walk.steps[walk.at])
    how = ways(walk)
    sentence = f"The story leads again to where this life was left{how and f': {how}'}. It stands there."
    return Opening(walk, Verdict("moved", sentence), walk.at)


def _kept(journal: Journal) -> dict[int, int]:
    """The anchors that something was chosen from, or that stand for a beginning that is lost; the others may be given up."""
    return {node: line for node, line in journal.anchors.items() if journal.header.rebuilt or _gone_on_from(journal, node, line)}


def _gone_on_from(journal: Journal, anchor: int, line: int) -> bool:
    """Whether a choice was made behind an anchor since it was set, and not behind a later one."""
    behind = {anchor}
    for node in journal.nodes.values():
        if node.parent in behind:
            if node.id > line:
                return True
            if journal.anchors.get(node.id, 0) < line:
                behind.add(node.id)
    return False


def _walked(story: Story, journal: Journal, path: list[Node], anchors: dict[int, int]) -> Walk | None:
    """A replay from the last place where a snapshot had to be opened before, else from the beginning, or None."""
    for index in range(len(path), -1, -1):
        node = path[index - 1].id if index else ROOT
        line = anchors.get(node)
        opened = _opened(story, journal, line) if line is not None else None
        if opened is not None:
            walk = Walk(node, opened.page, {**_steps_before(story, journal, path[:index]), node: Step(opened.state)})
            _try_on(story, walk, path[index:])
            return walk
    try:
        walk = start(story, journal.header)
    except SaveFault:
        return None
    go_on(story, walk, path)
    return walk


def _try_on(story: Story, walk: Walk, nodes: list[Node]) -> None:
    """Goes on from a snapshot. Its state may be of another version of the story: what fails with it is a place to stop at."""
    try:
        go_on(story, walk, nodes)
    except Exception:
        walk.stuck = next(node for node in nodes if node.id not in walk.steps)


def _steps_before(story: Story, journal: Journal, path: list[Node]) -> dict[int, Step]:
    """What can be shown of the path before an anchor: the more the better, but nothing depends on it."""
    try:
        walk = start(story, journal.header)
    except SaveFault:
        return {}
    go_on(story, walk, path)
    return walk.steps


def _from_snapshot(story: Story, journal: Journal, node: int) -> _Opened | None:
    lines = reversed(journal.snapshots.get(node, ()))
    return next((opened for line in lines if (opened := _opened(story, journal, line)) is not None), None)


def _opened(story: Story, journal: Journal, line: int) -> _Opened | None:
    """A page with a way on from a snapshot: the one that it stood at, else its scene or a hub, entered by name."""
    try:
        state = adapted(story, journal.state(line))
    except ValueError:
        return None
    page = _looked_at(story, state)
    if page is not None:
        state.offered = tuple((option.key, option.enabled) for option in page.options)
        return _Opened(state, page, False, state.scene)
    for scene in dict.fromkeys((state.scene, *story.hubs)):
        entered = _entered(story, state, scene)
        if entered is not None:
            return _Opened(*entered, True, state.scene)
    return None


def _is_further(story: Story, walk: Walk | None, opened: _Opened, lost: list[Node], played: list[Node]) -> bool:
    """Whether a snapshot lies further on than a replay came. A hub does so on a later day, unless the life has left it behind.

    `lost` are the choices between both, `played` those that were replayed.
    """
    if not opened.entered or walk is None or walk.at == ROOT:
        return True
    later = opened.page.date > walk.page.date
    if opened.state.scene == opened.stood:
        return later or opened.stood not in walk.state.visits
    hub = opened.state.scene
    return later and (_stood_at(story, hub, lost) or not _stood_at(story, hub, played))


def _stood_at(story: Story, scene: str, nodes: list[Node]) -> bool:
    return any(renamed(story, node.key).startswith((f"{scene}/", f"{scene}.")) for node in nodes)


def _looked_at(story: Story, state: State) -> Page | None:
    try:
        page = turn.look(story, state)
    except Exception:  # a state of another version of the story may be anything to it; there is another way in
        return None
    return page if _goes_on(page) else None


def _entered(story: Story, state: State, scene: str) -> tuple[State, Page] | None:
    try:
        entered, page = turn.enter(story, state, scene)
    except Exception:  # as above
        return None
    return (entered, page) if _goes_on(page) else None


def _goes_on(page: Page) -> bool:
    return bool(page.ending) or page.question is not None or any(option.enabled for option in page.options)


def adapted(story: Story, state: State) -> State:
    """A state of another version of the story as this one can use it: names renamed, variables as they are declared now."""
    state = state.copy()
    state.story, state.version, state.packs = story.id, story.version, dict(story.packs)
    state.scene, state.set, state.asking = (renamed(story, name) for name in (state.scene, state.set, state.asking))
    state.visits = {renamed(story, name): value for name, value in state.visits.items()}
    state.taken = {renamed(story, name): value for name, value in state.taken.items()}
    state.offered = tuple((renamed(story, key), enabled) for key, enabled in state.offered)
    state.stack = tuple((renamed(story, scene), site) for scene, site in state.stack)
    hands = {site: tuple(renamed(story, card) for card in cards) for site, cards in state.hands.items()}
    state.hands = {site: tuple(card for card in cards if card in story.scenes) for site, cards in hands.items()}
    state.hands = {site: cards for site, cards in state.hands.items() if cards}
    state.papers = tuple(paper for paper in state.papers if paper in story.papers)
    state.cards = tuple(card for card in state.cards if card in story.cards)
    state.met = {person: value for person, value in state.met.items() if person in story.people}
    state.series = {name: value for name, value in state.series.items() if name in story.variables}
    state.causes = {name: value for name, value in state.causes.items() if name in story.variables}
    state.vars = {name: fitting(info, state.vars.get(name)) for name, info in story.variables.items()}
    return state


def fitting(info: VariableInfo, value: object) -> object:
    """The value if the variable may have it, else the nearest that it may, else its start."""
    if info.kind == "number" and type(value) is int:
        value = float(value)
    if type(value) is not type(info.start) or (info.kind == "word" and value not in info.words):
        return info.start
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = value if info.low is None or value >= info.low else type(value)(info.low)
        value = value if info.high is None or value <= info.high else type(value)(info.high)
    return value


def _arrived(story: Story, journal: Journal, walk: Walk) -> Verdict:
    """What is to be said of a replay that has come to its end. Equal digests are equal futures, whatever lies before."""
    recorded = journal.logic(walk.at)
    if not recorded or walk.state.digest() == recorded:
        return Verdict("exact")
    how = ways(walk)
    return Verdict("moved", f"{_changed(story, journal)}{how and f': {how}'}. It goes on from where it was left.")


def _from_then(story: Story, journal: Journal, walk: Walk, failed: Node | None, opened: _Opened, target: int) -> Verdict:
    because = _because(failed) if failed else "the story cannot be begun as it was"
    if opened.entered:
        return Verdict("opened", f"Opened at {place(story, walk)}, from a snapshot by name, because {because}.")
    if walk.at != target:
        return Verdict("rewound", f"Rewound to {place(story, walk)}, because {because}.")
    changed = "" if failed is not None and failed.gap else f"{_changed(story, journal)}. "
    day = long_date(opened.page.date)
    return Verdict("moved", f"{changed}It goes on from a snapshot of {day} to where it was left, because {because}.")


def _changed(story: Story, journal: Journal) -> str:
    old, new = journal.header.version, story.version
    return "The story has changed since this life was played" + (f" (it was {old}, now {new})" if old != new else "")


_FOUND: dict[How, str] = {
    "named": "found again by {} name in another place",
    "reworded": "found again by {} words",
    "passed": "found behind new pages",
    "skipped": "left out",
}
_NAMED = 3
"""How many choices a sentence names; of more it gives the number."""
_WORDS = 40
"""How many characters of a choice's words a sentence gives."""


def ways(walk: Walk) -> str:
    """How the choices that were not as recorded were found again, with their numbers and words; empty where all were."""
    parts = []
    for how, words in _FOUND.items():
        nodes = [node for found, node in walk.found if found == how]
        number = len(nodes)
        if number:
            subject = "one choice was" if number == 1 else f"{number} choices were"
            named = f" ({_named(nodes)})" if how != "passed" else ""
            parts.append(f"{subject} {words.format('its' if number == 1 else 'their')}{named}")
    return ", ".join(parts)


def _named(nodes: list[Node]) -> str:
    more = len(nodes) - _NAMED
    return ", ".join(_words(node) for node in nodes[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _words(node: Node) -> str:
    words = node.label or node.choice
    return f"“{words if len(words) <= _WORDS else words[: _WORDS - 2].rstrip() + ' …'}”"


def _because(failed: Node) -> str:
    if failed.gap:
        return "a part of its file is damaged"
    if failed.edit:
        return f"the story no longer has the scene `{failed.choice}`"
    if failed.answer is not None:
        return f"the story no longer asks `{failed.label or failed.choice}` there"
    return f"the story no longer offers “{failed.label or failed.choice}” there"

"""One turn: a choice in, a state and a page out. Pure and deterministic: the given state is never changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from game.engine.machine import Machine
from game.engine.render import clean, link_prose, to_blocks
from game.engine.state import State
from game.engine.steps import Asking, Offer
from game.engine.story import StoryStuck

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.engine.machine import Observer, Trace
    from game.engine.page import Block, Page
    from game.engine.story import Story

__all__ = [
    "ChoiceRefused",
    "StoryStuck",
    "answer",
    "begin",
    "choose",
    "enter",
    "look",
    "offer_again",
    "paper_text",
    "set_variable",
]


MAX_STEPS = 20_000
"""Choices in one life: a story that never ends still ends every run."""


class ChoiceRefused(Exception):
    """The choice is not on offer, or is locked. `reasons` are sentences in the world's words, at least one."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def begin(
    story: Story,
    seed: int,
    *,
    optouts: tuple[str, ...] = (),
    kept: Mapping[str, Any] | None = None,
    texts: bool = True,
    trace: Trace | None = None,
    observer: Observer | None = None,
) -> tuple[State, Page]:
    """A new life, and its first page. `kept` are values that earlier lives left for variables with `keep`.

    Here and below: without `texts` pages have no blocks and labels, the state is the same; `trace` gathers the steps played, and
    `observer` is told of each before it plays.
    """
    state = blank(story, seed, optouts)
    for name, value in (kept or {}).items():
        info = story.variables.get(name)
        if info is not None and info.keep and type(value) is type(info.start):
            state.vars[name] = value
    machine = Machine(story, state, texts, trace, observer)
    machine.record()
    return state, machine.run(machine.enter(story.start))


def blank(story: Story, seed: int, optouts: tuple[str, ...] = ()) -> State:
    """The state before the first scene."""
    state = State()
    state.story, state.version, state.packs = story.id, story.version, dict(story.packs)
    state.seed, state.optouts, state.date = seed, tuple(sorted(optouts)), story.calendar.start
    state.vars = {name: info.start for name, info in story.variables.items()}
    state.visits, state.taken, state.draws, state.hands = {}, {}, {}, {}
    state.papers, state.cards, state.met, state.series, state.causes = (), (), {}, {}, {}
    state.scene, state.set, state.offered, state.asking, state.stack = story.start, "", (), "", ()
    state.waiting, state.place, state.ending, state.steps = None, "", "", 0
    return state


def choose(
    story: Story,
    state: State,
    key: str,
    *,
    texts: bool = True,
    trace: Trace | None = None,
    observer: Observer | None = None,
) -> tuple[State, Page]:
    """Takes the option `key` of the page. Raises ChoiceRefused if it is locked or not on offer, StoryStuck for a circle."""
    _check_length(state)
    offered = dict(state.offered)
    if not offered:
        raise ChoiceRefused("Nothing is on offer here.")
    if key not in offered:
        raise ChoiceRefused("There is no such choice here.")
    machine = Machine(story, state.copy(), texts, trace, observer)
    offer, pc = _offer(machine, key)
    if offer is None:
        raise ChoiceRefused("The story no longer has this choice.")
    if not offered[key]:
        raise ChoiceRefused(*(offer.refused(machine, key) or ("It is locked.",)))
    refused = offer.refused(machine, key)
    if refused:
        raise ChoiceRefused(*refused)
    work = machine.state
    work.taken[key] = work.taken.get(key, 0) + 1
    work.steps += 1
    work.offered, work.set = (), ""
    machine.choice = key
    page = machine.run(offer.take(machine, key, pc))
    return work, page


def answer(
    story: Story,
    state: State,
    text: str,
    *,
    texts: bool = True,
    trace: Trace | None = None,
    observer: Observer | None = None,
) -> tuple[State, Page]:
    """Answers the page's question; an empty line takes its default. The text is data: cleaned, cut to the limit, never parsed."""
    _check_length(state)
    machine = Machine(story, state.copy(), texts, trace, observer)
    asking, pc = _asking(machine)
    if asking is None:
        raise ChoiceRefused("Nothing is asked here.")
    work = machine.state
    work.steps += 1
    work.asking, work.set = "", ""
    machine.choice = asking.key
    machine.store(story.variables[asking.variable], clean(text)[: asking.limit].strip() or asking.default)
    return work, machine.run(pc + 1)


def _check_length(state: State) -> None:
    if state.steps >= MAX_STEPS:
        raise StoryStuck(f"this life has come to {MAX_STEPS:,} choices, where every run of a story ends")


def look(story: Story, state: State) -> Page:
    """The page of a restored state: where it stands and what it offers, without the prose that led there.

    It has no options where the story has none of them any more; `enter` then goes on by name.
    """
    if state.scene not in story.scenes:
        raise StoryStuck(f"the story has no scene `{state.scene}` any more")
    machine = Machine(story, state.copy(), True)
    title = machine.program.title
    if title is not None:
        machine.announce()
    if state.asking:
        asking, _ = _asking(machine)
        if asking is not None:
            asking(machine, 0)
    elif not state.ending:
        offer, _ = _offer(machine, "")
        machine.options = offer.again(machine) if offer is not None else []
    machine.scenes.append(state.scene)
    return machine.page()


def enter(story: Story, state: State, scene: str, *, texts: bool = True) -> tuple[State, Page]:
    """Goes to a scene (or `scene.part`) by name with this state; open visits are forgotten."""
    if scene.partition(".")[0] not in story.scenes:
        raise StoryStuck(f"the story has no scene `{scene}`{_similar(story, scene)}")
    work = state.copy()
    work.scene = scene.partition(".")[0]
    work.stack, work.offered, work.set, work.asking, work.ending, work.waiting = (), (), "", "", "", None
    machine = Machine(story, work, texts)
    if scene.partition(".")[2] not in machine.program.entries:
        raise StoryStuck(f"the story has no scene `{scene}`")
    page = machine.run(machine.enter(scene))
    return work, page


def _similar(story: Story, scene: str) -> str:
    """The scene that was probably meant: a pack's of that name, or one spelled alike."""
    from difflib import get_close_matches  # only a slip needs it

    found = [name for name in story.scenes if name.endswith(f"/{scene}")] or get_close_matches(scene, list(story.scenes), n=1)
    return f"; it has `{found[0]}`" if found else ""


def set_variable(story: Story, state: State, name: str, text: str) -> State:
    """A state with one variable set from text. Raises ValueError with a sentence."""
    info = story.variables.get(name)
    if info is None:
        raise ValueError(f"no variable is called `{name}`")
    work = state.copy()
    Machine(story, work, False).store(info, _value(info.kind, info.words, name, text))
    return work


def set_date(story: Story, state: State, text: str) -> State:
    """A state on another day, from text such as 1922-06-04; nothing is played for it. Raises ValueError with a sentence."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"`date` is a date such as {story.calendar.start.isoformat()}; `{clean(text)}` is none") from None
    if day < story.calendar.start:
        raise ValueError(f"`date` is {day.isoformat()}, and the story begins on {story.calendar.start.isoformat()}")
    work = state.copy()
    work.date = day
    return work


def _value(kind: str, words: Mapping[str, str], name: str, text: str) -> Any:
    text = clean(text)
    if kind == "text":
        return text
    if kind == "word":
        if text in words:
            return text
        raise ValueError(f"`{name}` is one of {', '.join(words)}; `{text}` is not")
    if kind == "truth":
        if text in ("yes", "no"):
            return text == "yes"
        raise ValueError(f"`{name}` is yes or no; `{text}` is neither")
    try:
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "span":
            from game.engine.expressions import parse_expression

            kind_found, value = parse_expression(text).value
            if kind_found == "span":
                return value
        if kind == "whole":
            return int(text)
        if kind == "number":
            return float(text)
    except Exception:
        pass
    what = {
        "date": "a date such as 1922-05-01",
        "span": "a span such as 2 weeks",
        "whole": "a whole number",
        "number": "a number",
    }[kind]
    raise ValueError(f"`{name}` is {what}; `{text}` is not")


def offer_again(story: Story, state: State, *, texts: bool = True) -> tuple[State, Page]:
    """Asks the set that the life stands at anew, after its state was changed from outside: its conditions, its hand, its labels.

    Where nothing is on offer any more, play goes on below the set, as it does when a set is first met.
    """
    if state.scene not in story.scenes:
        raise StoryStuck(f"the story has no scene `{state.scene}` any more")
    work = state.copy()
    machine = Machine(story, work, texts)
    machine.scenes.append(work.scene)
    if texts and machine.program.title is not None:
        machine.announce()
    asking, asked = _asking(machine) if work.asking else (None, -1)
    offer, offered = _offer(machine, "") if not (work.asking or work.ending) else (None, -1)
    if asking is None and offer is None:
        return work, machine.page()
    work.offered, work.set, work.asking = (), "", ""
    return work, machine.run(asked if asking is not None else offered)


def paper_text(story: Story, state: State, paper: str) -> tuple[Block, ...]:
    """A paper as it reads now."""
    code = story.index["paper_texts"].get(paper)
    if not code:
        return ()
    machine = Machine(story, state.copy(), True)
    return tuple(to_blocks(link_prose(code)(machine), ""))


def _offer(machine: Machine, key: str) -> tuple[Offer | None, int]:
    """The set that a state stands at: of those with its name, the one that knows the key, or the most of what was offered."""
    program, best, place, most = machine.program, None, -1, -1
    places = program.sets.get(machine.state.set, ())
    for pc in places:
        step = program.steps[pc]
        if not isinstance(step, Offer):
            continue
        if len(places) == 1:
            return step, pc
        known = sum(step.knows(machine, offered) for offered, _ in machine.state.offered) + 1000 * (
            bool(key) and step.knows(machine, key)
        )
        if known > most:
            best, place, most = step, pc, known
    return best, place


def _asking(machine: Machine) -> tuple[Asking | None, int]:
    for pc in machine.program.sets.get(machine.state.asking, ()):
        step = machine.program.steps[pc]
        if isinstance(step, Asking):
            return step, pc
    return None, -1

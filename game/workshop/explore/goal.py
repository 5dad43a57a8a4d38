"""`kuzbass explore --goal ID`: a life that reaches a scene, part, beat, choice or ending, and what may be said of it for certain.

In this order: what the steps of the story prove (`analysis.reach`); a search by breadth while it is small (`proof`), which finds
the shortest life, or proves that there is none; then searches that take the state nearest to the goal first (`guide`), with
every fifth step given to the rarest choice (`archive`), from several seeds, the lucky ones first. A life that was found that
way is shortened, or proved the shortest, by breadth, where that is cheap.

Only two things are ever called unreachable: what no walk over the steps comes to, and what a complete search of a story without
chance does not meet. What is merely not found is said to be so.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from game.engine.turn import begin
from game.options import FOUND, INTERRUPTED, WELL, Unable
from game.workshop.analysis.reach import reach
from game.workshop.explore.archive import Begin
from game.workshop.explore.guide import Guide
from game.workshop.explore.live import Live
from game.workshop.explore.proof import Breadth, bounds
from game.workshop.explore.toward import Guided
from game.workshop.explore.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from game.engine.state import State
    from game.engine.story import Story

SECONDS = 20.0
"""How long is searched, unless said otherwise."""
SMALL = 4_000
"""States that are looked at by breadth before anything else, and again when a life was found."""
ROUND = 400
"""Choices in the first round from each beginning; each later round makes three times as many."""
BEGINNINGS = 4
"""Beginnings that each round adds."""


@dataclass(frozen=True, slots=True)
class Goal:
    """`kind` is scene, target, choice or ending; `id` its full name."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{'' if self.kind == 'target' else self.kind + ' '}`{self.id}`"

    def reached(self, state: State) -> bool:
        """Whether a life has come to it: a target was entered, a choice taken, an ending met."""
        if self.kind == "ending":
            return state.ending == self.id
        return self.id in (state.taken if self.kind == "choice" else state.visits)

    @property
    def wish(self) -> tuple[str, ...]:
        return ({"choice": "taken", "ending": "ending"}.get(self.kind, "seen"), self.id)


def goals(story: Story) -> list[Goal]:
    """Everything that can be a goal."""
    found: dict[Goal, None] = {Goal("ending", name): None for name in story.endings}
    for scene in story.scenes:
        for op in story.data(scene)["ops"]:
            if op[0] == "enter":
                found[Goal("scene" if op[1] == scene else "target", op[1])] = None
            elif op[0] == "offer":
                found |= {Goal("choice", item["key"]): None for item in op[2]}
                cards = (card for deck, _ in op[3] for card in story.decks.get(deck, ()))
                found |= {Goal("choice", f"{op[1]}/{card}"): None for card in cards}
    return list(found)


def find(story: Story, text: str) -> Goal:
    """The goal that is meant: by its full name, or by an end of it that only one thing has. `ending:home` tells kinds apart.

    Raises Unable, with the nearest names, where none or several are meant.
    """
    kind, colon, name = text.strip().partition(":")
    if not colon:
        kind, name = "", kind
    name = story.renamed.get(name, name)
    known = [goal for goal in goals(story) if kind in ("", goal.kind) or (kind == "scene" and goal.kind == "target")]
    meant = [goal for goal in known if goal.id == name]
    meant = meant or [goal for goal in known if goal.id.endswith((f"/{name}", f".{name}"))]
    if len(meant) == 1:
        return meant[0]
    if meant:
        listed = ", ".join(f"`{goal.kind}:{goal.id}`" for goal in meant[:6]) + (", …" if len(meant) > 6 else "")
        raise Unable(f"`{text}` may be any of {listed}. Name the one that is meant.")
    near = dict.fromkeys(get_close_matches(name, [goal.id for goal in known], n=3, cutoff=0.5))
    if not near:
        ends = {goal.id.replace("/", ".").rpartition(".")[2]: goal.id for goal in reversed(known)}
        near = dict.fromkeys(ends[end] for end in get_close_matches(name, list(ends), n=3, cutoff=0.6))
    told = f" Names like it: {', '.join(f'`{each}`' for each in near)}." if near else ""
    raise Unable(f"The story has no scene, part, choice or ending called `{text}`.{told}")


@dataclass(frozen=True)
class Verdict:
    """What came of a search. `outcome` is found, unreachable, none (nothing from this seed), or missed.

    Found: `keys` are the life's choices and answers from its beginning; `shortest` is "" or whom it is proved for: seed, all.
    `faults` are sentences of what broke on the way, with the number of choices that led there.
    """

    goal: Goal
    outcome: str
    how: Begin
    keys: tuple[str, ...] = ()
    shortest: str = ""
    why: str = ""
    states: int = 0
    seconds: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)
    stopped: bool = False

    @property
    def sentence(self) -> str:
        spent = f"{self.states:,} state{'' if self.states == 1 else 's'}, {self.seconds:.1f} seconds"
        if self.outcome == "found":
            seed = f"with seed {self.how.seed}" + (f", opted out of {', '.join(self.how.optouts)}" if self.how.optouts else "")
            many = f"{len(self.keys):,} choice{'' if len(self.keys) == 1 else 's'}"
            best = {"seed": f"the shortest {seed}", "all": f"the shortest of all, {seed}"}.get(self.shortest)
            words = f"Reached: the {_kind(self.goal)} after {many}, {best or seed + '; there may be a shorter one'}. ({spent}.)"
        elif self.outcome == "unreachable":
            words = f"Unreachable: no life comes to the {_kind(self.goal)}. {self.why}"
        elif self.outcome == "none":
            words = f"Not to be reached with seed {self.how.seed}: all of its {self.states:,} states were looked at. {self.why}"
        else:
            words = f"Not found in {spent.replace('s, ', 's and ')}: the {_kind(self.goal)}."
            words += " It may be rare; `--seconds` searches longer."
        if self.stopped and self.outcome != "found":
            words = f"Stopped. {words}"
        for fault, choices in list(self.faults.items())[:3]:
            words += f"\nA branch breaks after {choices:,} choice{'' if choices == 1 else 's'}, and was left: {fault}"
        return words


def _kind(goal: Goal) -> str:
    names = {"target": "part or beat"}
    return f"{names.get(goal.kind, goal.kind)} `{goal.id}`"


class Known:
    """What every search in a story needs, worked out once."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.live = Live(story)
        self.bounds = bounds(story, self.live)
        self.reaches = [reach(story, optouts) for optouts in self.bounds.optouts]

    @cached_property
    def ways(self) -> Ways:
        return Ways(self.story)


class Search:
    """One search for one goal. `seed` None: it begins with seed 1 and tries others too. `clock` gives seconds."""

    def __init__(self, known: Known, goal: Goal, seed: int | None, seconds: float, clock: Callable[[], float]) -> None:
        self.known, self.story, self.live, self.bounds = known, known.story, known.live, known.bounds
        self.goal, self.given, self.clock = goal, seed is not None, clock
        self.seed, self.seconds = 1 if seed is None else seed, seconds
        self.began = clock()
        self.states = 0
        self.faults: dict[str, int] = {}
        self.least = 0

    def on(self) -> bool:
        return self.clock() - self.began < self.seconds

    def verdict(self, outcome: str, how: Begin, **more: object) -> Verdict:
        spent = round(self.clock() - self.began, 3)
        return Verdict(self.goal, outcome, how, states=self.states, seconds=spent, faults=self.faults, **more)  # type: ignore[arg-type]

    def run(self) -> Verdict:
        first = Begin(self.seed)
        try:
            return self.proved(first) or self.searched(first)
        except KeyboardInterrupt:
            return self.verdict("missed", first, stopped=True)

    def proved(self, first: Begin) -> Verdict | None:
        """What the steps prove, or a search by breadth of a story small enough."""
        name = f"{self.goal.kind} {self.goal.id}"
        least = [found.least[name] for found in self.known.reaches if name in found.least]
        if not least and self.bounds.all_optouts:
            return self.verdict("unreachable", first, why="No way through its steps leads there, whatever is chosen and drawn.")
        self.least = min(least, default=0)
        draws = False
        for optouts in self.bounds.optouts:
            how = Begin(self.seed, optouts)
            breadth = self.breadth(how, SMALL, 0.25)
            if breadth.keys is not None:
                return self.told(how, breadth.keys, exact=True)
            if not breadth.done:
                return None
            draws = draws or breadth.draws
        if self.bounds.whole and not draws:
            return self.verdict("unreachable", first, why=f"All {self.states:,} states were looked at; the story draws nothing.")
        if self.given:
            return self.verdict("none", first, why="Another seed may lead there." if draws else "")
        return None

    def breadth(self, how: Begin, states: int, share: float, depth: int = 1 << 30) -> Breadth:
        until = self.clock() + self.seconds * share
        found = Breadth(self.story, self.live, how, self.goal.reached, self.bounds.answers)
        found.go(states, lambda: self.clock() < until and self.on(), depth)
        self.states += len(found.seen)
        self.faults |= {fault: len(keys) for fault, keys in found.faults.items()}
        return found

    def told(self, how: Begin, keys: tuple[str, ...], exact: bool) -> Verdict:
        shortest = "all" if len(keys) == self.least else "seed" if exact and self.bounds.whole else ""
        return self.verdict("found", how, keys=keys, shortest=shortest)

    def beginnings(self, guide: Guide) -> Iterable[Begin]:
        """The lives to begin with: the seed that was given; else it, lucky ones, and the next."""
        lucky = iter(()) if self.given else guide.lucky(begin(self.story, self.seed, texts=False)[0], self.on)
        yield from (Begin(seed) for seed in islice(lucky, 1))
        yield from (Begin(self.seed, optouts) for optouts in self.bounds.optouts)
        seed = self.seed
        while not self.given:
            yield from (Begin(each) for each in islice(lucky, 1))
            seed += 1
            yield Begin(seed, self.bounds.optouts[seed % len(self.bounds.optouts)])

    def searched(self, first: Begin) -> Verdict:
        """Rounds of guided searches: each goes on with those that are under way and begins some more, and is three times as long
        as the one before."""
        guide = Guide(self.known.ways, self.goal.wish)
        more = iter(self.beginnings(guide))
        active: list[Guided] = []
        choices = ROUND
        while self.on():
            fresh = (
                Guided(self.story, self.live, how, guide, self.goal.reached, self.bounds.answers)
                for how in islice(more, BEGINNINGS)
            )
            going = []
            for search in chain(active, fresh):
                goes_on = search.run(choices, self.on)
                self.states += search.states - search.told
                search.told = search.states
                self.faults |= {fault: len(keys) for fault, (_, keys) in search.faults.items()}
                if search.keys is not None:
                    return self.shortened(search.how, search.keys)
                if goes_on:
                    going.append(search)
            active = going[-2 * BEGINNINGS :]
            choices *= 3
            if not active and self.given:
                break
        return self.verdict("missed", first)

    def shortened(self, how: Begin, keys: tuple[str, ...]) -> Verdict:
        """A shorter life of the same beginning where breadth finds one soon, or the proof that there is none."""
        if len(keys) == self.least:
            return self.told(how, keys, exact=False)
        try:
            breadth = self.breadth(how, SMALL, 0.25, len(keys) - 1)
        except KeyboardInterrupt:
            return self.told(how, keys, exact=False)
        if breadth.keys is not None:
            return self.told(how, breadth.keys, exact=True)
        return self.told(how, keys, exact=breadth.without >= len(keys) - 1)


def seek(
    known: Known, goal: Goal, *, seed: int | None = None, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> Verdict:
    """Searches for a life that reaches a goal."""
    return Search(known, goal, seed, seconds, clock).run()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to say, and the exit code: 0 where a life was written, 1 where none was found, 130 where Ctrl-C cut it short."""

    sentence: str
    code: int


def run_goal(
    story: Story,
    text: str,
    *,
    seed: int | None = None,
    seconds: float | None = None,
    output: Path | None = None,
    shown: str = "",
) -> Outcome:
    """Searches for what `text` names, and writes the life: to `output`, or among the player's lives. Raises Unable, SaveFault.

    `shown`: how a command line names the story and its packs, as in ` --with DIR`.
    """
    from game.workshop.explore.goal_life import free_to_write, write

    goal = find(story, text)
    free_to_write(output)
    found = seek(Known(story), goal, seed=seed, seconds=SECONDS if seconds is None else seconds)
    if found.outcome != "found":
        return Outcome(found.sentence, INTERRUPTED if found.stopped else FOUND)
    return Outcome(f"{found.sentence}\n{write(story, found, output, shown)}", WELL)

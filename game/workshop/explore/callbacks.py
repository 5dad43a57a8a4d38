"""What a life hears again of what it did: conditions that read, in a later scene, a flag that an earlier one set, and are felt.

Told of every step before it plays. Whether both values of a flag are common enough at a place is known only over all lives; until
then all that changes enough is written down, by flag and place.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.decks import is_open
from game.workshop.explore.flags import Threshold, conditions, named, otherwise, sets
from game.workshop.explore.live import draws_of
from game.workshop.explore.otherwise import sites_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from game.engine.machine import Machine
    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.flags import Flag
    from game.workshop.explore.otherwise import Asked
    from game.workshop.explore.tally import Tally

FAR_ACTS = 2
"""The last acts of a story: what is set before them and read in the last is remembered for long."""
LISTENED = 20_000
"""The steps of a life that are listened to, ten times a long book's: one that goes on for ever tells nothing new."""


class Moment(NamedTuple):
    """When and where something was set, or could have been: steps since the life began, the scene, the act."""

    step: int
    scene: str
    act: int


class Listener:
    """The callbacks of one life at a time, written into a tally at its end; it is told of the machine's steps.

    A flag is set when its value changes. One that never changed could have been set in any scene that has a step for it: that of
    the choice, of the effect, of what leads to a target. A storylet could have come where it was open as one was drawn.
    """

    def __init__(self, story: Story) -> None:
        self.story, self.sites, self.sources = story, sites_of(story), sources(story)
        self.acts = {act.id: number for number, act in enumerate(story.acts)}
        self.begin()

    def begin(self) -> None:
        """A new life."""
        self.step = 0
        self.scene = ""
        self.machine: Machine | None = None
        self.entered: dict[str, Moment] = {}
        self.set_at: dict[tuple[str, str], Moment] = {}
        self.could: dict[str, Moment] = {}
        self.values: dict[tuple[str, str], str] = {}
        self.heard: dict[tuple[str, str], bool] = {}
        self.far: set[tuple[str, str]] = set()
        self.thresholds: set[tuple[str, str]] = set()
        self.passages: Counter[tuple[str, str, frozenset[str], bool]] = Counter()
        self._day: date | None = None
        self._number = 0
        self._due: tuple[tuple[str, str], Any, Moment] | None = None

    def end(self, tally: Tally, state: State) -> None:
        """The life is over."""
        tally.flag_values.update((flag, place, told) for (flag, place), told in self.values.items())
        tally.heard.update((flag, place, later) for (flag, place), later in self.heard.items())
        tally.thresholds.update(self.thresholds)
        tally.passages.update(self.passages)
        if len(self.acts) > FAR_ACTS and self._act(state) == len(self.acts) - 1:
            tally.far[frozenset(self.far)] += 1

    def observe(self, m: Machine, pc: int) -> None:
        """A step is about to play."""
        if self.step >= LISTENED:
            return
        self.step += 1
        scene, op = m.program.scene, m.program.ops[pc]
        now = Moment(self.step, scene, self._act(m.state))
        if self._due is not None:
            self._settle(m)
        if m is not self.machine:
            self.machine = m
            if m.choice and m.state.taken.get(m.choice) == 1:
                self.set_at["taken", m.choice] = now._replace(scene=self.scene)
        if op[0] == "enter":
            if op[1] == scene or scene != self.scene:
                self.entered[scene] = now
            if op[1] not in m.state.visits:
                self.set_at["seen", op[1]] = now
        elif op[0] == "effect":
            key = ("knows" if op[1] == "learn" else "var", op[2])
            self._due = (key, _value(m, key), now)
        elif op[0] == "carry":
            self.set_at.update((("has", paper), now) for paper in op[2] if (paper in m.state.papers) != op[1])
        cards = self.sources.drawn.get((scene, pc), ())
        self.could.update((card, now) for card in cards if card not in m.state.visits and otherwise(m, None, _open(card)))
        site = self.sites[scene].get(pc)
        if site is not None:
            for asked in site.ask(m, pc):
                self._note(asked, m, now)
        self.scene = scene

    def _settle(self, m: Machine) -> None:
        """The effect that played last: whether it changed anything is known only now."""
        assert self._due is not None
        key, before, moment = self._due
        self._due = None
        if _value(m, key) != before:
            self.set_at[key] = moment

    def _act(self, state: State) -> int:
        if state.date != self._day:  # asked at every step
            self._day, self._number = state.date, self.acts.get(self.story.calendar.act(state.date), 0)
        return self._number

    def _note(self, asked: Asked, m: Machine, now: Moment) -> None:
        for flag in asked.flags:
            told = "yes" if flag.holds(m.state) else "no"
            if self.values.setdefault((flag.name, asked.place), told) != told:
                self.values[flag.name, asked.place] = "both"
        if not asked.turned:
            return
        names = set()
        numbers = False
        for atom in asked.turned:
            if isinstance(atom, Threshold):
                numbers = True
                self.thresholds.add((atom.name, asked.place))
            elif (moment := self.since(atom, asked.place, now)) is not None:
                pair = (atom.name, asked.place)
                names.add(atom.name)
                self.heard[pair] = self.heard.get(pair, False) or now.act > moment.act
                if now.act == len(self.acts) - 1 and moment.act < len(self.acts) - FAR_ACTS:
                    self.far.add(pair)
        if asked.passage and (names or numbers):
            self.passages[self.story.calendar.act(m.state.date), asked.place, frozenset(names), numbers] += 1

    def since(self, flag: Flag, place: str, now: Moment) -> Moment | None:
        """When the flag was set, or last could have been, if that was in another scene, before this one began; else None."""
        began = self.entered.get(place, now).step if place == now.scene else now.step
        if flag.kind == "taken":
            found = [self.set_at[flag.kind, key] for key in flag.what.split() if (flag.kind, key) in self.set_at]
        else:
            key = ("var" if flag.kind in ("yes", "is") else flag.kind, flag.what)
            found = [self.set_at[key]] if key in self.set_at else []
        if found:
            last = max(found)
            return last if last.scene != place and last.step < began else None
        found = [self.entered[scene] for scene in self.sources.scenes.get(flag, ()) if scene in self.entered]
        if flag.kind == "seen" and flag.what in self.could:
            found.append(self.could[flag.what])
        return max((each for each in found if each.scene != place and each.step < began), default=None)


def _open(card: str) -> Callable[[Machine], bool]:
    return lambda m: is_open(m, card)


def _value(m: Machine, key: tuple[str, str]) -> Any:
    return m.vars[key[1]] if key[0] == "var" else key[1] in m.state.cards


class Sources(NamedTuple):
    """`scenes`: where each flag that is read could be set; `drawn`: the storylets that `seen` asks for, by the steps that draw
    them."""

    scenes: dict[Flag, frozenset[str]]
    drawn: dict[tuple[str, int], tuple[str, ...]]


@lru_cache(maxsize=2)
def sources(story: Story) -> Sources:
    """Where each flag that the story reads could be set."""
    programs = {scene: story.data(scene)["ops"] for scene in story.scenes}
    codes = [code for ops in programs.values() for op in ops for code in conditions(op)]
    codes += [code for pair in story.index["conditions"].values() for code in pair]
    read = named(story, codes)[0]
    by_key: dict[tuple[str, str, str], set[str]] = {}
    drawn: dict[tuple[str, int], tuple[str, ...]] = {}
    seen = {flag.what for flag in read if flag.kind == "seen"}
    for scene, ops in programs.items():
        for pc, op in enumerate(ops):
            found = [(flag.kind, flag.what, flag.word) for flag in sets(story, op)]
            if op[0] == "offer":
                found += [("taken", item["key"], "") for item in op[2]]
                found += [("taken", f"{op[1]}/{card}", "") for deck, _ in op[3] for card in story.decks.get(deck, ())]
            elif op[0] in ("go", "visit"):
                found += [("seen", target, "") for target in ([op[1]] if op[0] == "visit" else [to for _, to in op[1]])]
            elif op[0] == "enter" and op[1] != scene:
                found.append(("seen", op[1], ""))
            for key in found:
                by_key.setdefault(key, set()).add(scene)
            draws = draws_of(op)[1]
            cards = sorted(seen.intersection(card for deck, _ in draws for card in story.decks.get(deck, ())))
            if cards:
                drawn[scene, pc] = tuple(cards)
    return Sources(
        {
            flag: frozenset(scene for what in flag.what.split() for scene in by_key.get((flag.kind, what, flag.word), ()))
            for flag in read
        },
        drawn,
    )

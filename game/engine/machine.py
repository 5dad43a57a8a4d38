"""The machine of one turn: a state of its own to work on, the page that grows, and the moves between scenes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from game.engine.calendar import Period, in_words
from game.engine.evaluate import bounded
from game.engine.page import Block, Option, Page, Question, Span, Standing
from game.engine.render import in_words as number_in_words
from game.engine.render import line, to_blocks
from game.engine.state import REMEMBERED_CAUSES
from game.engine.story import StoryStuck

if TYPE_CHECKING:
    from datetime import date

    from game.engine.program import Program
    from game.engine.state import State
    from game.engine.story import Story, VariableInfo

MAX_OPERATIONS = 10_000
MAX_PAGE = 500_000
HUB_ENTRY = "@entry"
STOP = -1

Trace = set[tuple[str, int]]
Observer: TypeAlias = Callable[["Machine", int], None]


class Machine:
    """Works on `state`, which is its own. `texts` is false where only logic is wanted. `trace` gathers every step that plays, as
    (scene, index); `observer` is told of each before it plays, with the machine, which it must leave as it is."""

    def __init__(
        self, story: Story, state: State, texts: bool, trace: Trace | None = None, observer: Observer | None = None
    ) -> None:
        self.story = story
        self.state = state
        self.vars = state.vars
        self.texts = texts
        self.trace = trace
        self.observer = observer
        self.program: Program = story.program(state.scene)
        self.choice = ""
        self.returned = ""
        self.aside = False
        self.gap = False
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.options: list[Option] = []
        self.question: Question | None = None
        self.scenes: list[str] = []
        self.checkpoints: list[str] = []
        self.title = ""
        self.headed: set[str] = set()
        self._length = 0
        self._before: dict[str, Any] = {}
        self._papers = state.papers
        self._cards = state.cards
        self._first_cards = state.cards
        self._date = state.date

    # running

    def run(self, pc: int) -> Page:
        """Plays from a step of the present program until the story waits for the player, and gives the page."""
        left = MAX_OPERATIONS
        while pc >= 0:
            left -= 1
            if left < 0:
                raise StoryStuck(
                    f"{self.where(pc)}: {MAX_OPERATIONS:,} steps and no choice: the story goes round in a circle here"
                )
            if self.trace is not None:
                self.trace.add((self.program.scene, pc))
            if self.observer is not None:
                self.observer(self, pc)
            pc = self.program.steps[pc](self, pc)
        return self.page()

    def where(self, pc: int) -> str:
        info = self.story.scenes[self.program.scene]
        lines = self.program.lines
        return f"{info.file}:{lines[pc] if 0 <= pc < len(lines) else info.line}"

    def again(self, site: str) -> int:
        """How often chance was asked at this site before; counts this time."""
        times = self.state.draws.get(site, 0)
        self.state.draws[site] = times + 1
        return times

    # moves

    def enter(self, target: str) -> int:
        """Goes to a scene, part or beat by its full name and gives the step to play next."""
        scene, _, inner = target.partition(".")
        state = self.state
        if not inner and scene in self.story.hubs:
            state.stack, state.waiting = (), None
            return self.arrive(scene)
        self.switch(scene)
        return self.program.entries[inner]

    def arrive(self, hub: str) -> int:
        """At the hub, scenes whose day has come play first, in date order."""
        self.switch(hub)
        event = self.due(self.state.date)
        if event is None:
            return self.program.entries[""]
        self.state.stack = ((hub, HUB_ENTRY),)
        self.switch(event[1])
        return self.program.entries[""]

    def due(self, until: date) -> tuple[date, str] | None:
        """The first scene with a day up to `until` that has not played and may."""
        from game.engine.decks import open_event

        return next((event for event in self.story.events if event[0] <= until and open_event(self, event[1])), None)

    def switch(self, scene: str) -> None:
        if self.program.scene != scene:
            self.settle()
            self.program = self.story.program(scene)
        self.state.scene = scene

    def call(self, target: str, site: str) -> int:
        """Visits a target; `site` names the place to come back to."""
        if len(self.state.stack) >= 100:
            raise StoryStuck(f"{self.where(0)}: a hundred visits are open, one inside the other")
        self.state.stack = (*self.state.stack, (self.program.scene, site))
        self.switch(target.partition(".")[0])
        return self.program.entries[target.partition(".")[2]]

    def back(self, pc: int) -> int:
        """Ends a visit: goes on where it was called from. A place that an edit took away is passed over."""
        state = self.state
        if self.program.scene in self.headed:
            self.flush()
            self.gap = bool(self.blocks)  # what is said after a titled scene is parted from it
        while state.stack:
            scene, site = state.stack[-1]
            state.stack = state.stack[:-1]
            if scene not in self.story.scenes:
                continue
            if site == HUB_ENTRY:
                return self.arrive(scene)
            if site in self.story.program(scene).sites:
                self.switch(scene)
                self.returned = site
                return self.program.sites[site]
        if self.story.hubs:
            return self.enter(self.story.hubs[0])
        raise StoryStuck(f"{self.where(pc)}: the scene `{self.program.scene}` ends here, and nothing leads on from it")

    def heard(self, target: str, pc: int) -> int:
        """A scene, part or beat begins: it is counted, and a scene announces itself."""
        state, scene = self.state, self.program.scene
        times = state.visits[target][0] if target in state.visits else 0
        state.visits[target] = (times + 1, state.date)
        if target != scene:
            return pc + 1
        info = self.story.scenes[scene]
        self.flush()
        self.scenes.append(scene)
        if info.content and any(tag in state.optouts for tag in info.content) and "@skip" in self.program.entries:
            return self.program.entries["@skip"]
        if info.place:
            state.place = info.place
        for person in info.cast:
            first = state.met[person][0] if person in state.met else state.date
            state.met[person] = (first, state.date, scene)
        if self.texts:
            self.announce()
        return pc + 1

    def announce(self) -> None:
        program = self.program
        if not (self.aside and program.title is None):
            self.pause()
        self.aside = False  # an untitled scene that is visited speaks on in the same breath
        if program.title is not None:
            self.head(line(program.title(self)))
        if program.subtitle is not None:
            self.blocks.append(Block("subtitle", (Span(line(program.subtitle(self))),), program.scene))

    def pause(self) -> None:
        """A break, unless the page begins here or has one already."""
        if self.blocks and self.blocks[-1].kind != "break":
            self.blocks.append(Block("break"))
        self.gap = False

    def head(self, title: str) -> None:
        """A title on the page; the last one is the page's."""
        self.settle()
        self.blocks.append(Block("title", (Span(title),), self.program.scene))
        self.title = title
        self.headed.add(self.program.scene)

    # what changes

    def store(self, info: VariableInfo, value: Any) -> None:
        """Sets a variable, within its range, and remembers what caused it."""
        value = held(info, value)
        name, state = info.id, self.state
        old = self.vars[name]
        if old == value:
            return
        self.vars[name] = value
        self._before.setdefault(name, old)
        cause = (old, value, state.date, self.program.scene, self.choice)
        state.causes[name] = (*state.causes.get(name, ())[-REMEMBERED_CAUSES + 1 :], cause)

    def move_date(self, day: date) -> None:
        """Moves the calendar on; at a new month the ledger takes a point of every series."""
        state = self.state
        old = state.date
        if day <= old:
            return
        state.date = day
        if (old.year, old.month) != (day.year, day.month):
            self.record()

    def record(self) -> None:
        state = self.state
        for name, info in self.story.variables.items():
            if info.series:
                state.series[name] = (*state.series.get(name, ()), (state.date, self.vars[name]))

    # the page

    def say(self, words: str) -> None:
        self.words.append(words)
        self._length += len(words)
        if self._length > MAX_PAGE:
            raise StoryStuck(f"{self.where(-1)}: a page of more than {MAX_PAGE:,} characters")

    def settle(self) -> None:
        """Turns what was said since the last break into blocks."""
        if self.words:
            if self.gap:
                self.pause()
            self.blocks += to_blocks("\n\n".join(self.words), self.program.scene)
            self.words.clear()

    def flush(self) -> None:
        """What was said, then what changed, in words, as a line of the text."""
        self.settle()
        changes = self.changes() if self.texts else []
        if changes:
            text = " · ".join(changes)
            self.blocks.append(Block("change", (Span(text[:1].upper() + text[1:]),), self.program.scene))
        self._before.clear()
        self._papers, self._cards, self._date = self.state.papers, self.state.cards, self.state.date

    def changes(self) -> list[str]:
        state, found = self.state, []
        for name, old in self._before.items():
            info, new = self.story.variables[name], self.vars[name]
            if info.label and old != new:
                found.append(change_in_words(info, old, new))
        for paper in state.papers:
            if paper not in self._papers:
                found.append(f"you now carry {self.story.papers[paper].title}")
        for paper in self._papers:
            if paper not in state.papers:
                found.append(f"you no longer carry {self.story.papers[paper].title}")
        for card in state.cards:
            if card not in self._cards:
                found.append(f"new in the codex: {self.story.cards[card].title}")
        if state.date != self._date:
            found.append(passing((state.date - self._date).days))
        return found

    def page(self) -> Page:
        self.flush()
        if self.blocks and self.blocks[-1].kind == "break":
            self.blocks.pop()
        state, story = self.state, self.story
        seen = [info for info in story.variables.values() if info.label] if self.texts else []
        standings = tuple(Standing(info.id, info.label, info.word(self.vars[info.id]), info.group) for info in seen)
        return Page(
            scene=self.program.scene,
            title=self.title,
            place=state.place,
            date=state.date,
            act=story.calendar.act(state.date),
            turn=story.calendar.turn(state.date),
            blocks=tuple(self.blocks),
            options=tuple(self.options),
            question=self.question,
            ending=state.ending,
            scenes=tuple(self.scenes),
            checkpoints=tuple(self.checkpoints),
            learned=tuple(card for card in state.cards if card not in self._first_cards),
            standings=standings,
        )


def held(info: VariableInfo, value: Any) -> Any:
    """A value as the variable would hold it: within its range, and of a whole number no fraction."""
    if info.low is not None and value < info.low:
        value = info.low
    if info.high is not None and value > info.high:
        value = info.high
    if info.kind in ("whole", "number"):
        value = int(bounded(value)) if info.kind == "whole" else float(bounded(value))
    return value


def change_in_words(info: VariableInfo, old: Any, new: Any) -> str:
    """`They trust you a little more`, or the label with its new word, or only the way it went."""
    if info.kind in ("whole", "number"):
        told = info.rises if new > old else info.falls
        if told:
            return told
        if info.scale and info.word(old) == info.word(new):
            return f"{info.label} {'rises' if new > old else 'falls'}"
    return f"{info.label}: {info.word(new)}"


def passing(days: int) -> str:
    """`a day passes`, `two weeks pass`, `about five months pass`, `about thirty years pass`."""
    if days == 1:
        return "a day passes"
    text = in_words(Period(0, days))
    number, _, unit = text.partition(" ")
    if text == "1 week":
        return "a week passes"
    if days >= 60 and (days % 7 or days >= 730):
        months = round(days / 30.436875)
        if months >= 24:
            return f"about {number_in_words(round(months / 12))} years pass"
        return f"about {number_in_words(months)} months pass"
    return f"{number_in_words(int(number))} {unit} pass"

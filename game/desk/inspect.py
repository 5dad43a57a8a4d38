"""What an author asks of a life that is being played: every variable, what changed it, and why each thing is or is not on offer.

Everything is given as rows, the same for every client: `label` in one line, `said` for who looks closer, and where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.desk.logic import holds, in_the_way, spelled, value_text
from game.desk.words import value_in_words
from game.engine.calendar import in_words, long_date, shift
from game.engine.decks import weight
from game.engine.machine import Machine
from game.engine.render import line, link_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.state import State
    from game.engine.story import Story, VariableInfo
    from game.saves import Life


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: the file as the story calls it, and a line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A row: `key` names what it is about, `label` is one line, `said` are the lines of a closer look."""

    key: str
    label: str
    said: tuple[str, ...] = ()
    at: Place | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole of it, what is said hanging below."""
        return (self.label, *(f"  {each}" for each in self.said))


def holding(facts: Iterable[Fact], wanted: str) -> tuple[Fact, ...]:
    """The facts in which the words stand."""
    words = wanted.casefold().split()
    return tuple(fact for fact in facts if all(word in " ".join((fact.key, *fact.lines)).casefold() for word in words))


# Where the life stands -------------------------------------------------------------------------------------------------


def here(story: Story, state: State) -> Place:
    """Where the present set, or else the scene, is written."""
    info = story.scenes[state.scene]
    data = story.data(state.scene)
    found = data["sets"].get(state.set or state.asking, ())
    return Place(info.file, data["lines"][found[0]] if found else info.line)


def scene_place(story: Story, scene: str) -> Place | None:
    info = story.scenes.get(scene.partition(".")[0])
    return None if info is None else Place(info.file, info.line)


def scenes(story: Story, state: State) -> tuple[Fact, ...]:
    """Every scene that can be gone to, and how often it was seen."""
    return tuple(
        Fact(name, f"{name} · {_visited(state, name)}", (f"written in {info.file}:{info.line}",), Place(info.file, info.line))
        for name, info in story.scenes.items()
    )


def _visited(state: State, name: str) -> str:
    visit = state.visits.get(name)
    return "not seen" if visit is None else f"seen {visit[0]} x, last on {visit[1].isoformat()}"


def shown(value: Any) -> str:
    """A value as it is written in logic, a number without the dust of its sums: 3.4, not 3.3999999999999773."""
    return f"{value:.10g}" if isinstance(value, float) else value_text(value)


# Variables ---------------------------------------------------------------------------------------------------------------


def variables(story: Story, state: State) -> tuple[Fact, ...]:
    """Every variable with its value; its word, range, group and last changes on a closer look."""
    return tuple(_variable(story, info, state) for info in story.variables.values())


def _variable(story: Story, info: VariableInfo, state: State) -> Fact:
    """Its place is that of the scene which changed it last."""
    value = state.vars[info.id]
    word = value_in_words(info, value) if info.scale or info.words else ""
    extra = [_range(info), f"“{word}”" if word else "", f"group {info.group}" if info.group else "", f"shown as {info.label}"]
    causes = state.causes.get(info.id, ())
    said = [_when(cause) for cause in reversed(causes)]
    started = f"It began as {shown(info.start)}."
    parts = " · ".join(part for part in (extra if info.label else extra[:-1]) if part)
    at = scene_place(story, causes[-1][3]) if causes else None
    return Fact(info.id, f"{info.id} = {shown(value)} · {parts}", (*said, started), at)


def _range(info: VariableInfo) -> str:
    if info.kind == "word":
        return f"one of {', '.join(info.words)}"
    names = {"whole": "whole number", "truth": "yes or no"}
    kind = names.get(info.kind, info.kind)
    if info.low is None and info.high is None:
        return kind
    low, high = ("" if bound is None else f"{bound:g}" for bound in (info.low, info.high))
    return f"{kind}, {low} to {high}" if low and high else f"{kind}, {f'from {low}' if low else f'up to {high}'}"


def _when(cause: tuple[Any, ...]) -> str:
    old, new, day, scene, choice = cause
    by = f", by {choice}" if choice else ""
    return f"{day.isoformat()}: {shown(old)} -> {shown(new)}, in {scene}{by}"


def editable(story: Story, state: State, name: str) -> str:
    """The present value of a variable as it can be typed."""
    return shown(state.vars[name]) if name in story.variables else ""


# What changed what and when ------------------------------------------------------------------------------------------------


def changes(life: Life) -> tuple[Fact, ...]:
    """Everything that the path has changed, the newest first: variables, papers, cards, people met, scenes seen."""
    found: list[Fact] = []
    states, entries = life.states, life.entries
    for number, after in enumerate(states):
        before = states[number - 1] if number else None
        if after is None or (number and before is None):
            continue
        entry = entries[number - 1] if number else None
        done = "the beginning" if entry is None else f"{number}. {'edited: ' if entry.edit else ''}{entry.label or entry.key}"
        found += [
            Fact(name, f"{day.isoformat()} · {what}", (f"in {scene}" if scene else "", done), scene_place(life.story, scene))
            for name, what, day, scene in _changed(before, after)
        ]
    found.reverse()
    return tuple(Fact(fact.key, fact.label, tuple(part for part in fact.said if part), fact.at) for fact in found)


def _changed(before: State | None, after: State) -> Iterator[tuple[str, str, Any, str]]:
    """(name, what, date, scene) of everything that differs."""
    day, scene = after.date, after.scene
    for name, (times, last) in after.visits.items():
        if before is None or before.visits.get(name, (0,))[0] != times:
            yield name, f"seen: {name}{f' ({times} x)' if times > 1 else ''}", last, name.partition(".")[0]
    for name, causes in after.causes.items():
        for old, new, when, where, _ in _new(before.causes.get(name, ()) if before else (), causes):
            yield name, f"{name}: {shown(old)} -> {shown(new)}", when, where
    for slot, more, less in (("papers", "now carried", "no longer carried"), ("cards", "card earned", "card lost")):
        had, has = (() if before is None else getattr(before, slot)), getattr(after, slot)
        yield from ((name, f"{more}: {name}", day, scene) for name in has if name not in had)
        yield from ((name, f"{less}: {name}", day, scene) for name in had if name not in has)
    for name, (first, _, where) in after.met.items():
        if before is None or name not in before.met:
            yield name, f"met: {name}", first, where


def _new(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    """The causes that were added; only the last few are kept, so the older ones may have dropped off in front."""
    for added in range(len(after) + 1):
        kept = after[: len(after) - added]
        if len(kept) <= len(before) and kept == before[len(before) - len(kept) :]:
            return after[len(after) - added :]
    return after


def held(story: Story, state: State) -> tuple[Fact, ...]:
    """What the life holds besides its variables: papers, cards, people met, places counted, hands, choices taken."""
    return (
        *(Fact(name, f"paper · {name}") for name in state.papers),
        *(Fact(name, f"card · {name}") for name in state.cards),
        *(Fact(name, f"met · {name}: first {first.isoformat()}, last {last.isoformat()} in {scene}",
               (), scene_place(story, scene))
          for name, (first, last, scene) in state.met.items()),
        *(Fact(site, f"in hand · {site}: {', '.join(cards)}") for site, cards in state.hands.items()),
        *(Fact(name, f"seen · {name}: {times} x, last on {last.isoformat()}", (), scene_place(story, name))
          for name, (times, last) in state.visits.items()),
        *(Fact(key, f"taken · {key}: {times} x") for key, times in state.taken.items()),
    )  # fmt: skip


# Why each storylet was drawn or not ------------------------------------------------------------------------------------------


def storylets(life: Life) -> tuple[Fact, ...]:
    """Every card of the decks that are drawn from here, and why it came to hand or did not, when it was last asked for.

    By draw, each under a row of its own: what is in hand first, then what is open, then what is closed.
    """
    states = [state for state in life.states if state is not None] or [life.state]
    return tuple(fact for scene in _near(life.story, states[-1]) for fact in _scene_draws(life.story, states, scene))


def _near(story: Story, state: State) -> Iterator[str]:
    """The scene, else those that it was visited from and the hubs: the first that draws."""
    for scene in dict.fromkeys((state.scene, *(scene for scene, _ in reversed(state.stack)), *story.hubs)):
        if scene in story.scenes and any(_draws_of(op)[1] for op in story.data(scene)["ops"]):
            yield scene
            return


def _draws_of(op: list[Any]) -> tuple[str, list[tuple[str, int]]]:
    """(site, [(deck, how many)]) of a step that draws; no decks for any other."""
    if op[0] == "offer":
        return op[4], [(deck, count) for deck, count in op[3]]
    if op[0] == "play":
        return op[1], [(deck, count) for deck, count in op[2]]
    return "", []


def _scene_draws(story: Story, states: list[State], scene: str) -> Iterator[Fact]:
    data, info = story.data(scene), story.scenes[scene]
    for op, at in zip(data["ops"], data["lines"], strict=True):
        site, draws = _draws_of(op)
        if not draws:
            continue
        then = next((state for state in reversed(states) if site in state.hands), None)
        state = then or states[-1]
        what = ("draws " if op[0] == "offer" else "plays ") + ", ".join(f"{count} of {deck}" for deck, count in draws)
        when = ""
        if then is not states[-1]:
            when = (
                f" (as of {long_date(then.date)}, when it was last asked)" if then else " (no hand is held; as it would be now)"
            )
        yield Fact(site, f"{scene} {what}{when}", (), Place(info.file, at))
        hand = state.hands.get(site, ())
        cards = list(dict.fromkeys(card for deck, _ in draws for card in story.decks.get(deck, ())))
        rows = [_card(story, state, card, hand, cards) for card in cards]
        yield from (fact for _, fact in sorted(rows, key=lambda row: row[0]))


def _card(story: Story, state: State, card: str, hand: tuple[str, ...], cards: list[str]) -> tuple[int, Fact]:
    info = story.scenes[card]
    at = Place(info.file, info.line)
    if card in hand:
        return 0, Fact(card, f"{card}: in hand", _odds(story, state, card, cards), at)
    shut = closed_because(story, state, card)
    if shut:
        more = f" (and {len(shut) - 1} more)" if len(shut) > 1 else ""
        return 2, Fact(card, f"{card}: {shut[0]}{more}", shut[1:], at)
    if _weight(story, state, card) <= 0:
        return 2, Fact(card, f"{card}: open, but its weight is 0, so it is never drawn", (), at)
    return 1, Fact(card, f"{card}: open, not picked", _odds(story, state, card, cards), at)


def _weight(story: Story, state: State, card: str) -> float:
    return round(weight(Machine(story, state.copy(), False), card) * 1000) / 1000


def _odds(story: Story, state: State, card: str, cards: list[str]) -> tuple[str, ...]:
    mine = _weight(story, state, card)
    whole = sum(max(0.0, _weight(story, state, each)) for each in cards if each == card or not closed_because(story, state, each))
    return (f"weight {mine:g} of {whole:g} that are open: {mine / whole:.0%} to come first",) if whole > 0 else ()


def closed_because(story: Story, state: State, card: str) -> tuple[str, ...]:
    """Everything that keeps a storylet from being drawn now; nothing where it is open."""
    info, today = story.scenes[card], state.date
    found: list[str] = []
    if info.first is not None and today < info.first:
        found.append(f"its window opens on {long_date(info.first)}")
    if info.last is not None and today > info.last:
        found.append(f"its window closed on {long_date(info.last)}")
    visit = state.visits.get(card)
    if visit is not None and info.every is not None:
        again = shift(visit[1], info.every)
        if today < again:
            found.append(f"every {in_words(info.every)}: again from {long_date(again)}, last played on {long_date(visit[1])}")
    elif visit is not None and info.once:
        found.append(f"played already, on {long_date(visit[1])} (once)")
    out = [tag for tag in info.content if tag in state.optouts]
    if out and not info.skips:
        found.append(f"the player has opted out of {', '.join(out)}")
    when = story.index["conditions"].get(card, (None, None))[0]
    machine = Machine(story, state.copy(), False)
    if when is not None and not holds(machine, when):
        found += [f"`when` fails: {part}" for part in in_the_way(machine, when)]
    return tuple(found)


# Why each choice is offered or not ---------------------------------------------------------------------------------------------


def choices(story: Story, state: State) -> tuple[Fact, ...]:
    """Every choice of the present set, those hidden by `if` too, and why it is open, locked or hidden."""
    data = story.data(state.scene)
    sets = [pc for pc in data["sets"].get(state.set, ()) if data["ops"][pc][0] == "offer"]
    if not sets or state.ending:
        return ()
    offered = dict(state.offered)
    pc = max(sets, key=lambda at: sum(item["key"] in offered for item in data["ops"][at][2]))
    machine = Machine(story, state.copy(), True)
    file, lines = story.scenes[state.scene].file, data["lines"]
    return tuple(
        _choice(machine, item, offered, Place(file, lines[item["pc"] if pc < item["pc"] < data["ops"][pc][5] else pc]))
        for item in data["ops"][pc][2]
    )


def _choice(m: Machine, item: dict[str, Any], offered: dict[str, bool], at: Place) -> Fact:
    key = item["key"]
    label = line(link_prose(item["label"])(m))
    name = key.rpartition("/")[2]
    if item["once"] and key in m.state.taken:
        return Fact(key, f"hidden · {label} [{name}]", ("taken already (once)",), at)
    if key not in offered:
        why = in_the_way(m, item["if"]) if item["if"] is not None and not holds(m, item["if"]) else ()
        return Fact(key, f"hidden · {label} [{name}]", tuple(f"`if` fails: {part}" for part in why) or ("`if` did not hold",), at)
    if offered[key]:
        asked = [spelled(test) for test in (item["if"], *(test for test, _ in item["needs"])) if test is not None]
        return Fact(key, f"open · {label} [{name}]", tuple(f"holds: {test}" for test in asked), at)
    said = [
        f"needs {part} (“{line(link_prose(reason)(m))}”)"
        for test, reason in item["needs"]
        if test is not None and not holds(m, test)
        for part in in_the_way(m, test)
    ]
    return Fact(key, f"locked · {label} [{name}]", tuple(said), at)

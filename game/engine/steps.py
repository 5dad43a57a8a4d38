"""The steps that programs are made of: each maker takes a step's data and gives the function that plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.engine.calendar import shift
from game.engine.decks import drawn, is_open, playable
from game.engine.evaluate import link, must
from game.engine.machine import STOP
from game.engine.page import Option, Question
from game.engine.program import Item, Step
from game.engine.render import line, link_prose

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from game.engine.evaluate import Value
    from game.engine.machine import Machine

Op = list[Any]
GO_ON = "go_on"


def enter(op: Op) -> Step:
    target = op[1]
    return lambda m, pc: m.heard(target, pc)


def say(op: Op) -> Step:
    words = link_prose(op[1])

    def run(m: Machine, pc: int) -> int:
        if m.texts:
            m.say(words(m))
        return pc + 1

    return run


CHANGES: dict[str, Callable[[Any, Any], Any]] = {
    "=": lambda old, value: value,
    "+=": lambda old, value: old + value if not hasattr(value, "anchor") or hasattr(old, "anchor") else shift(old, value),
    "-=": lambda old, value: old - value if not hasattr(value, "anchor") or hasattr(old, "anchor") else shift(old, value * -1),
    "*=": lambda old, value: old * value,
}
"""What each kind of effect makes of a value."""


def effect(op: Op) -> Step:
    _, kind, name, code, guard_code = op
    guard: Value | None = link(guard_code)
    if kind == "learn":

        def learn(m: Machine, pc: int) -> int:
            if (guard is None or guard(m)) and name not in m.state.cards:
                m.state.cards = (*m.state.cards, name)
            return pc + 1

        return learn
    change, value = CHANGES[kind], must(code)

    def run(m: Machine, pc: int) -> int:
        if guard is None or guard(m):
            m.store(m.story.variables[name], change(m.vars[name], value(m)))
        return pc + 1

    return run


def wait(op: Op) -> Step:
    """In a hub a wait stops at each scene whose day comes, and then goes on to where it was bound for."""
    _, kind, code, guard_code, site = op
    guard, value = link(guard_code), link(code)

    def bound(m: Machine) -> dt.date | None:
        """The day to wait for: the one a stop on the way has interrupted, or a new one; None where the guard fails."""
        if m.returned == site and m.state.waiting is not None:
            m.returned = ""
            return m.state.waiting
        if guard is not None and not guard(m):
            return None
        if value is None:
            return m.story.calendar.next_turn(m.state.date)
        found: dt.date = value(m) if kind == "until" else shift(m.state.date, value(m))
        return found

    def run(m: Machine, pc: int) -> int:
        until = bound(m)
        if until is None:
            return pc + 1
        if m.program.scene in m.story.hubs and not m.state.stack:
            event = m.due(until)
            m.state.waiting = None if event is None else until
            if event is not None:
                m.move_date(event[0])
                return m.call(event[1], site)
        m.move_date(until)
        return pc + 1

    return run


def carry(op: Op) -> Step:
    _, given, papers = op

    def run(m: Machine, pc: int) -> int:
        kept = tuple(paper for paper in m.state.papers if given or paper not in papers)
        m.state.papers = (*kept, *(paper for paper in papers if given and paper not in kept))
        return pc + 1

    return run


def branch(op: Op) -> Step:
    test, other = must(op[1]), op[2]
    return lambda m, pc: pc + 1 if test(m) else other


def jump(op: Op) -> Step:
    to = op[1]
    return lambda m, pc: to


def go(op: Op) -> Step:
    routes = [(link(test), target) for test, target in op[1]]

    def run(m: Machine, pc: int) -> int:
        for test, target in routes:
            if test is None or test(m):
                return m.back(pc) if target == "back" else m.enter(target)
        return pc + 1

    return run


def visit(op: Op) -> Step:
    _, target, site = op

    def run(m: Machine, pc: int) -> int:
        m.aside = True
        return m.call(target, site)

    return run


def done(op: Op) -> Step:
    return lambda m, pc: m.back(pc)


class Offer:
    """A set of choices and of storylets drawn. Nothing on offer: play goes on below it."""

    def __init__(self, op: Op) -> None:
        self.set: str = op[1]
        self.draws: list[tuple[str, int]] = [(deck, count) for deck, count in op[3]]
        self.site: str = op[4]
        self.next: int = op[5]
        self.draws_first: bool = op[6]
        self.items = [Item(item) for item in op[2]]
        self.by_key = {item.key: item for item in self.items}
        self.old = {item.was: item for item in self.items if item.was}

    def __call__(self, m: Machine, pc: int) -> int:
        options = [option for item in self.items if (option := self.option(m, item)) is not None]
        if self.draws:
            hand = drawn(m, self.site, self.draws)
            m.state.hands[self.site] = hand
            options = self.joined(options, [self.storylet(m, card) for card in hand])
        if not options:
            m.state.hands.pop(self.site, None)
            return self.next
        return self.present(m, options)

    def present(self, m: Machine, options: list[Option]) -> int:
        if not any(option.enabled for option in options):
            options.append(Option(f"{self.set}/{GO_ON}", "Go on"))  # a set with every door locked is no trap
        m.options = options
        m.state.set = self.set
        m.state.offered = tuple((option.key, option.enabled) for option in options)
        return STOP

    def joined(self, options: list[Option], storylets: list[Option]) -> list[Option]:
        """Choices and storylets in the order in which `choices` and `draw` were written."""
        return storylets + options if self.draws_first else options + storylets

    def option(self, m: Machine, item: Item) -> Option | None:
        if not item.shown(m):
            return None
        if not m.texts:
            return Option(item.key, "", not any(test is not None and not test(m) for test, _ in item.needs))
        reasons = item.reasons(m)
        note = line(item.note(m)) if item.note is not None else ""
        return Option(item.key, line(item.label(m)), not reasons, reasons, note, item.final)

    def storylet(self, m: Machine, card: str) -> Option:
        title = m.story.program(card).title if m.texts else None
        label = line(title(m)) if title is not None else card.rpartition("/")[2].replace("_", " ")
        return Option(f"{self.set}/{card}", label)

    def again(self, m: Machine) -> list[Option]:
        """What a restored state offers, asked anew but for draws: those of its options that still exist."""
        offered = dict(m.state.offered)
        options = []
        for item in self.items:
            key = item.key if item.key in offered else item.was
            if key in offered and (item.unsure or item.shown(m)):
                reasons = () if item.unsure and offered[key] else item.reasons(m)
                note = line(item.note(m)) if item.note is not None else ""
                options.append(Option(item.key, line(item.label(m)), not reasons, reasons, note, item.final))
        hand = [card for card in m.state.hands.get(self.site, ()) if card in m.story.scenes]
        options = self.joined(options, [self.storylet(m, card) for card in hand if is_open(m, card)])
        if f"{self.set}/{GO_ON}" in offered:
            options.append(Option(f"{self.set}/{GO_ON}", "Go on"))
        return options

    def take(self, m: Machine, key: str, pc: int) -> int:
        """Takes a choice that was offered and gives the step to go on from."""
        item = self.by_key.get(key)
        if item is not None:
            return item.pc
        card = key.removeprefix(f"{self.set}/")
        if card in m.state.hands.get(self.site, ()):
            del m.state.hands[self.site]
            return m.call(card, self.site)
        return self.next

    def refused(self, m: Machine, key: str) -> tuple[str, ...]:
        """Why an offered choice cannot be taken after all; nothing where it can."""
        item = self.by_key.get(key)
        if item is None or item.unsure:
            return ()
        if not item.shown(m):
            return ("It is no longer on offer.",)
        return item.reasons(m)

    def knows(self, m: Machine, key: str) -> bool:
        if key in self.by_key or key == f"{self.set}/{GO_ON}":
            return True
        return key.removeprefix(f"{self.set}/") in m.state.hands.get(self.site, ())


def play(op: Op) -> Step:
    """Plays storylets at once, one after the other; the hand holds those still to come."""
    _, site, draws = op

    def run(m: Machine, pc: int) -> int:
        hands = m.state.hands
        hand = hands[site] if site in hands else playable(m, site, draws)
        while hand and not (hand[0] in m.story.scenes and is_open(m, hand[0])):
            hand = hand[1:]
        if not hand:
            hands.pop(site, None)
            return pc + 1
        hands[site] = hand[1:]
        return m.call(hand[0], site)

    return run


class Asking:
    """A line to type into a text variable."""

    def __init__(self, op: Op) -> None:
        _, self.key, self.variable, say_code, self.default, self.limit = op
        self.label = link_prose(say_code or [])

    def __call__(self, m: Machine, pc: int) -> int:
        m.question = Question(self.key, line(self.label(m)), self.default, self.limit)
        m.state.asking = self.key
        m.state.set = self.key
        return STOP


def checkpoint(op: Op) -> Step:
    words = link_prose(op[1])

    def run(m: Machine, pc: int) -> int:
        m.checkpoints.append(line(words(m)))
        return pc + 1

    return run


def heading(op: Op) -> Step:
    words = link_prose(op[1])

    def run(m: Machine, pc: int) -> int:
        if m.texts:
            m.head(line(words(m)))
        return pc + 1

    return run


def ending(op: Op) -> Step:
    _, name, text = op
    words = link_prose(text or [])

    def run(m: Machine, pc: int) -> int:
        if m.texts:
            m.say(words(m))
        m.state.ending = name
        m.state.stack = ()
        return STOP

    return run


STEPS: dict[str, Callable[[Op], Any]] = {
    "enter": enter, "say": say, "effect": effect, "wait": wait, "carry": carry, "if": branch, "jump": jump, "go": go,
    "visit": visit, "done": done, "offer": Offer, "play": play, "ask": Asking, "checkpoint": checkpoint, "end": ending,
    "heading": heading,
}  # fmt: skip

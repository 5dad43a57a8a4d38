"""Every life at once: what may be so at each step of a story, under every seed, every choice and every answer.

An abstract interpreter over the lowered programs. In a scene steps only lead down, so one pass over it gives all that can
come of what comes in; what goes out comes into other scenes, until nothing new does. Variables have one value for the whole
story (`World.values`), narrowed along the way; the date and the facts are followed from place to place.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from game.engine.calendar import shift
from game.workshop.analysis.fixpoint import ARRIVES, BOTTOMLESS, NO_WAYS, Fixpoint, Place, resumed
from game.workshop.analysis.logic import Code, Env, both, refine, value
from game.workshop.analysis.values import ANY_DAY, NO, YES, Interval, Value, hull, reckoned, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.story import Data, SceneInfo

Move = tuple[int, Env, int]
"""A step that follows in the same scene, what holds there, and how many choices and answers lie between."""

PLAIN = frozenset({"say", "heading", "checkpoint", "jump"})
"""Steps that change nothing."""


class Flow(Fixpoint):
    """What holds before each step that is reached (`states`), by scene and index."""

    def work(self, unit: str) -> None:
        if unit.startswith("deck "):
            self.draw(unit)
        else:
            self.scene(unit)

    # storylets

    def open(self, scene: str, env: Env, event: bool = False) -> Env | None:
        """What holds where a storylet or event may come; None where it cannot."""
        info = self.story.scenes[scene]
        if info.first is not None or info.last is not None:
            low, high = max(info.first or date.min, env.date.low), min(info.last or date.max, env.date.high)
            if low > high:
                return None
            env = env.on(Interval(low, high, True))
        fresh: Env | None = env
        if (event or (info.once and info.every is None)) and env.asked(f"visits {scene}"):
            fresh = refine(["not", ["seen", scene]], env, True)
        if not info.skips and info.content and self.world.optouts is not None and self.world.optouts & set(info.content):
            return None
        when = self.story.index["conditions"].get(scene, (None, None))[0]
        if fresh is None or when is None:
            return fresh
        self.way.whens.append((scene, fresh))
        return refine(when, fresh, True)

    def card(self, scene: str, env: Env) -> Env | None:
        """What holds where a storylet may be drawn: open, and of some weight."""
        opened = self.open(scene, env)
        weight = self.story.index["conditions"].get(scene, (None, None))[1]
        if opened is None or weight is None:
            return opened
        heavy = value(weight, opened)
        return opened if heavy is None or round(hull(heavy).high * 1000) > 0 else None

    def draw(self, root: str) -> None:
        env = self.drawn[root]
        self.at = (root, 0)
        self.at_work(root)
        for scene in self.story.decks.get(root[5:], ()):
            opened = self.card(scene, env)
            if opened is not None:
                entry = self.programs[scene]["entries"][""]
                self.edge(scene, entry)
                self.come(scene, entry, opened)

    def events(self, env: Env, until: Interval, site: Place) -> None:
        """Scenes whose day may have come up to `until`."""
        self.latest = max(self.latest, until.high)
        outermost = frozenset({""})
        for day, scene in self.story.events:
            if day > until.high:
                break
            opened = self.open(scene, env, event=True)
            if opened is not None:
                self.fired.add(scene)
                low, high = opened.date.low, opened.date.high
                days = Interval(max(low, day), max(high, day), True) if low < day else opened.date
                self.call(scene, site, 0, Env(self.world, days, opened.may, opened.must, outermost, opened.local))

    # one pass over a scene

    def scene(self, scene: str) -> None:
        if self.again(scene):
            return
        self.kept.pop(scene, None)
        self.days.pop(scene, None)
        self.sent, self.grown = [], False
        points = self.points[scene]
        came = dict(points)
        edges = self.at_work(scene).edges
        states = {pc: env for pc, env in points.items() if pc >= 0}
        self.states[scene] = states
        if ARRIVES in points:
            self.at = (scene, ARRIVES)
            env = points[ARRIVES]
            self.events(env, env.date, self.at)
            entry = self.programs[scene]["entries"][""]
            self.edge(scene, entry)
            before = states.get(entry)
            states[entry] = env if before is None else both(before, env)
        ops = self.programs[scene]["ops"]
        for pc in range(min([*states, *(resumed(pc) for pc in points if pc < ARRIVES)], default=0), len(ops)):
            here = states.get(pc)
            if here is None:
                continue
            op = ops[pc]
            kind = op[0]
            self.at = (scene, pc)
            if kind == "effect" or kind in PLAIN:  # most steps lead to one other and nowhere else
                after = here if kind != "effect" else self.effect(op, here)
                to = op[1] if kind == "jump" else pc + 1
                edges[pc] = [((scene, to), 0)]
                before = states.get(to)
                states[to] = after if before is None else both(before, after)
            else:
                self.lead(scene, states, self.step(scene, pc, op, here))
                if (again := points.get(resumed(pc))) is not None:
                    self.at = (scene, resumed(pc))
                    self.lead(scene, states, self.resume(scene, pc, op, here, again))
        self.keep(scene, came)

    def lead(self, scene: str, states: dict[int, Env], moves: Iterable[Move]) -> None:
        for to, env, cost in moves:
            self.edge(scene, to, cost)
            before = states.get(to)
            states[to] = env if before is None else both(before, env)

    def step(self, scene: str, pc: int, op: list[Any], env: Env) -> Iterator[Move]:
        """Plays one step: gives the steps that follow in the scene, with what holds there; the rest goes out."""
        kind = op[0]
        if kind == "if":
            holds, fails = refine(op[1], env, True), refine(op[1], env, False)
            if holds is not None:
                yield pc + 1, holds, 0
            if fails is not None:
                yield op[2], fails, 0
        elif kind == "enter":
            yield from self.entered(scene, pc, op[1], env)
        elif kind == "go":
            yield from self.gone(pc, op[1], env)
        elif kind == "visit":
            self.send("call", op[1], (scene, self.programs[scene]["sites"][op[2]]), 0, env=env)
        elif kind == "done":
            self.send("back", env=env)
        elif kind == "offer":
            yield from self.offer(scene, op, env)
        elif kind == "play":
            yield pc + 1, env, 0
            self.play(scene, pc, op, env)
        elif kind == "wait":
            yield from self.wait(scene, pc, op, env)
        elif kind == "carry":
            for paper in op[2]:
                env = env.so(f"has {paper}", YES if op[1] else NO)
            yield pc + 1, env, 0
        elif kind == "ask":
            self.assign(op[2], None)
            yield pc + 1, _forgetting(env, op[2]), 1

    def entered(self, scene: str, pc: int, target: str, env: Env) -> Iterator[Move]:
        fact = f"visits {target}"
        if env.asked(fact):
            env = env.so(fact, reckoned("+", env.known(fact), frozenset({1})))
        if target == scene:
            info, entries = self.story.scenes[scene], self.programs[scene]["entries"]
            if info.content and "@skip" in entries and (optouts := self.world.optouts) != frozenset():
                if optouts is None or not optouts.isdisjoint(info.content):
                    yield entries["@skip"], env, 0
                if optouts is not None and not optouts.isdisjoint(info.content):
                    return
            env = self.present(info, env)
        yield pc + 1, env, 0

    def present(self, info: SceneInfo, env: Env) -> Env:
        if info.place:
            here = frozenset({info.place})
            self.assign("@place", here)
            env = env.having("@place", here)
        for person in info.cast:
            env = env.so(f"met {person}", YES)
        return env

    def gone(self, pc: int, routes: list[Any], env: Env) -> Iterator[Move]:
        for test, target in routes:
            holds = env if test is None else refine(test, env, True)
            if holds is not None:
                if target == "back":
                    self.send("back", env=holds)
                else:
                    self.send("enter", target, env=holds)
            fails = None if test is None else refine(test, env, False)
            if fails is None:
                return
            env = fails
        yield pc + 1, env, 0

    def effect(self, op: list[Any], env: Env) -> Env:
        _, kind, name, code, guard = op
        holds: Env | None = env
        fails = None
        if guard is not None:
            holds, fails = refine(guard, env, True), refine(guard, env, False)
        if holds is None:
            return fails or env
        if kind == "learn":
            after = holds.so(f"knows {name}", YES)
        else:
            new = self.put(code, kind, name, holds)
            after = _forgetting(holds, name) if new is None else holds.having(name, new)
        return after if fails is None else both(after, fails)

    def put(self, code: Code, kind: str, name: str, env: Env) -> Value:
        """What a variable comes to by an effect. Most add or set the same again and again: of the same number written, and the
        same known of the variable, the same comes, and `assign` has heard of it."""
        known = env.known(name) if kind != "=" else None
        said = (name, kind, code[1], known) if code[0] == "lit" and not isinstance(code[1], dict) else None
        if said is not None and said in self.stored:
            return self.stored[said]
        new = value(code, env)
        if kind != "=":
            new = reckoned(kind[0], known, new)
        new = stored(self.story.variables[name], new)
        self.assign(name, new)
        if said is not None:
            self.stored[said] = new
        return new

    def offer(self, scene: str, op: list[Any], env: Env) -> Iterator[Move]:
        _, name, items, draws, _, below, _ = op
        none: Env | None = env
        for item in items:
            test = needed(item)
            taken = f"taken {item['key']}"
            free: Env | None = env
            if item["once"] and env.asked(taken):
                free = refine(["taken", [item["key"]]], env, False)
            can = free if free is None or test is None else refine(test, free, True)
            if none is not None and not item["once"]:
                none = None if test is None else refine(test, none, False)
            if can is not None:
                self.way.opened.append((self.at[1], item["key"]))
                yield item["pc"], can.so(taken, YES), 1
        for deck, count in draws:
            if count > 0:
                self.call(f"deck {deck}", (scene, below), 1, env)
        if draws:
            self.way.hands.append((self.at[1], name, draws, env))
        if none is not None:
            if any(item["needs"] for item in items):
                self.way.opened.append((self.at[1], f"{name}/go_on"))
            yield below, none, 0

    def finish(self) -> None:
        """Which storylets may be taken from the hands that are offered: for a large deck this is long, so once at the end."""
        for unit, way in self.ways.items():
            self.way = way
            for pc, name, draws, env in way.hands:
                self.at = (unit, pc)
                for deck, _ in draws:
                    for card in self.story.decks.get(deck, ()):
                        if self.card(card, env) is not None:
                            way.opened.append((pc, f"{name}/{card}"))

    def play(self, scene: str, pc: int, op: list[Any], env: Env) -> None:
        for deck, count in op[2]:
            if count > 0:
                self.call(f"deck {deck}", (scene, resumed(pc)), 0, env)

    def resume(self, scene: str, pc: int, op: list[Any], first: Env, again: Env) -> Iterator[Move]:
        """A step that called goes on: the rest of the hand that it plays, or the rest of the time it waits."""
        if op[0] == "play":
            if sum(count for _, count in op[2]) > 1:
                self.play(scene, pc, op, again)
            yield pc + 1, again, 0
            return
        bound = self.bound(op, first)
        if bound is not None:
            self.events(again, bound[1], (scene, resumed(pc)))
            yield pc + 1, again.on(_later(again.date, bound[1])), 0

    def bound(self, op: list[Any], env: Env) -> tuple[Env, Interval] | None:
        """Where the wait's guard holds: what is known, and the day that it waits for."""
        _, kind, code, guard, _ = op
        holds = env if guard is None else refine(guard, env, True)
        if holds is None:
            return None
        days = holds.date
        if kind == "turn":
            later = self.story.calendar.next_turn
            return holds, Interval(later(days.low), later(days.high), True)
        found = value(code, holds)
        if kind == "until":
            return holds, ANY_DAY if found is None else hull(found)
        if not isinstance(found, frozenset):
            return holds, Interval(days.low, date.max, True)
        return holds, Interval(min(shift(days.low, span) for span in found), max(shift(days.high, span) for span in found), True)

    def wait(self, scene: str, pc: int, op: list[Any], env: Env) -> Iterator[Move]:
        guard = op[3]
        fails = None if guard is None else refine(guard, env, False)
        if fails is not None:
            yield pc + 1, fails, 0
        bound = self.bound(op, env)
        if bound is None:
            return
        holds, until = bound
        if scene in self.story.hubs and (holds.frames is None or "" in holds.frames):
            self.events(holds, until, (scene, resumed(pc)))
        yield pc + 1, holds.on(_later(holds.date, until)), 0


def needed(item: Data) -> Code | None:
    """What must hold for a choice to be shown and free."""
    tests = [test for test in (item["if"], *(test for test, _ in item["needs"])) if test is not None]
    return None if not tests else tests[0] if len(tests) == 1 else ["and", *tests]


def _later(days: Interval, until: Interval) -> Interval:
    """The calendar only goes forward."""
    return Interval(max(days.low, until.low), max(days.high, until.high), True)


def _forgetting(env: Env, name: str) -> Env:
    if name not in env.local:
        return env
    return Env(env.world, env.date, env.may, env.must, env.frames, {key: kept for key, kept in env.local.items() if key != name})


__all__ = ["ARRIVES", "BOTTOMLESS", "NO_WAYS", "Flow", "Place", "needed", "resumed"]

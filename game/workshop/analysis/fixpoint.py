"""The fixpoint of `flow`: what has come to which place so far, and how it spreads until nothing new comes.

Visits come back to the places that they were called from: `calls` knows these by what was called (its root), and each place
knows which roots may be the innermost open visit there (`Env.frames`). Storylets of a deck share the root `deck NAME`.
"""

from __future__ import annotations

from datetime import date
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from game.workshop.analysis.logic import Env, World, joined
from game.workshop.analysis.passes import Pass, Sent, dated
from game.workshop.analysis.reads import Reads
from game.workshop.analysis.values import Interval, Value, hull, join, stored, whatever

if TYPE_CHECKING:
    from game.engine.story import Data, Story

ARRIVES = -1
"""The place of a hub where events come first. Below it, `resumed(pc)`: a step that goes on after what it called."""
BOTTOMLESS = "*"
MANY, TOO_MANY = 24, 50
FOLLOWED = 500
"""In a story of more scenes, what variables begin with is not followed from scene to scene."""
PATIENCE = 2
"""Changes from one place after which a value is widened."""

Place = tuple[str, int]


class Ways:
    """The ways that lives may take through a scene or deck, by the index of the place.

    `edges` from a place to the next, with the choices and answers between; `links` to what is visited there (root, site to come
    back to, choices); `ends` the roots of visits that end there; `opened` the choices that may be taken there; `hands` what is
    offered of decks there (the set's name, its draws, what holds); `whens` what holds where a storylet's `when` is asked.
    """

    __slots__ = ("edges", "ends", "hands", "links", "opened", "whens")

    def __init__(self) -> None:
        self.edges: dict[int, list[tuple[Place, int]]] = {}
        self.links: dict[int, list[tuple[str, Place, int]]] = {}
        self.ends: dict[int, frozenset[str]] = {}
        self.opened: list[tuple[int, str]] = []
        self.hands: list[tuple[int, str, list[Any], Env]] = []
        self.whens: list[tuple[str, Env]] = []


NO_WAYS = Ways()


def resumed(pc: int) -> int:
    return -2 - pc


def _nothing_new(old: Env, new: Env) -> bool:
    """Whether it is plain that what comes is known already, without putting the two together: of most that comes it is."""
    if new.may | old.may != old.may or new.must & old.must != old.must or old.local:
        return False
    if new.date.low < old.date.low or new.date.high > old.date.high:
        return False
    if old.frames is None:
        return True
    return new.frames is not None and len(old.frames) <= MANY and new.frames <= old.frames


class Fixpoint:
    """The fixpoint. `points`: what comes into each scene, by step; `states`: what holds before each step that is reached."""

    def __init__(self, story: Story, optouts: frozenset[str] | None, like: Fixpoint | None = None) -> None:
        """`like` is the flow of any opt-outs: what variables come to there, they do not come beyond here."""
        self.story = story
        self.world = World(story, optouts)
        self.programs: dict[str, Data] = like.programs if like else {scene: story.data(scene) for scene in story.scenes}
        self.points: dict[str, dict[int, Env]] = {}
        self.states: dict[str, dict[int, Env]] = {}
        self.calls: dict[str, dict[Place, Env]] = {}
        self.exits: dict[str, Env] = {}
        self.drawn: dict[str, Env] = {}
        self.changes: dict[Any, int] = {}
        self.now: list[tuple[int, str]] = []
        self.next: list[tuple[int, str]] = []
        self.queued: set[str] = set()
        self.turn = -1
        self.ways: dict[str, Ways] = {}
        self.way = Ways()
        self.like = like
        self.kept: dict[str, Pass] = {}
        self.grown = False
        self.sent: list[Sent] = []
        self.days: dict[str, Interval] = {}
        self.stored: dict[tuple[str, str, Any, Value], Value] = like.stored if like else {}
        self.fired: set[str] = set()
        self.latest = date.min
        self.at: Place = ("", 0)
        self.reads: Reads = like.reads if like else Reads(story, self.programs)
        self.world.bits = self.reads.bits
        if like:
            self.world.values = dict(like.world.values)
        else:
            for name, info in story.variables.items():
                self.world.values[name] = whatever(info) if info.keep else stored(info, frozenset({info.start}))
            self.world.values["@place"] = frozenset({""})
        self.start()
        self.settle()
        self.finish()

    def work(self, unit: str) -> None:
        """One pass over a scene or deck: what comes of what comes in."""
        raise NotImplementedError

    # the fixpoint

    def start(self) -> None:
        day = self.story.calendar.start
        scene, pc = self.first
        begun = {} if len(self.programs) > FOLLOWED else self.initial()
        self.come(scene, pc, Env(self.world, Interval(day, day, True), 0, 0, frozenset({""}), begun))

    def initial(self) -> dict[str, Value]:
        """What every life begins with, where earlier lives leave nothing."""
        start: dict[str, Value] = {"@place": frozenset({""})}
        for name, info in self.story.variables.items():
            if not info.keep:
                start[name] = stored(info, frozenset({info.start}))
        return start

    @property
    def first(self) -> Place:
        """Where every life begins."""
        return (self.story.start, ARRIVES) if self.story.start in self.story.hubs else self.entry(self.story.start)

    def settle(self) -> None:
        """In rounds, each in the order of the story, so that what many places lead to is looked at once a round."""
        while self.now or self.next:
            if not self.now:
                self.now, self.next, self.turn = self.next, [], -1
                heapify(self.now)
            self.turn, unit = heappop(self.now)
            self.queued.discard(unit)
            self.work(unit)
        for unit, days in self.days.items():
            states = self.states[unit]
            self.states[unit] = {pc: dated(env, self.world, days) for pc, env in states.items()}

    def finish(self) -> None:
        """What is looked at once, when nothing new comes."""
        raise NotImplementedError

    def at_work(self, unit: str) -> Ways:
        """A pass begins: what is noted of the unit's ways is noted anew, and that of its last pass is what holds."""
        self.way = self.ways[unit] = Ways()
        return self.way

    # passes that are kept

    def again(self, scene: str) -> bool:
        """A pass over a scene by saying again what an earlier one came to, on other days. False where none will do."""
        points = self.points[scene]
        kept = self.kept.get(scene)
        if kept is None or not kept.fits(points):
            if self.like is None or scene in self.reads.opted:
                return False
            kept = self.like.kept.get(scene)
            if kept is None or not kept.fits(points):
                return False
        days = self.days[scene] = points[kept.pc].date
        self.way = Ways()
        for self.at, move, args, env in kept.sent:
            getattr(self, move)(*args, dated(env, self.world, days))
        self.states[scene], self.ways[scene] = kept.states, kept.way
        return True

    def keep(self, scene: str, came: dict[int, Env]) -> None:
        """Keeps the pass that was just made, if it can be said again: one thing came in, and nothing in it asks for the day.
        `came` is what came in when the pass began: a scene that leads to itself has changed that since."""
        if len(came) == 1 and not self.grown and scene not in self.reads.dated:
            ((pc, env),) = came.items()
            if pc >= 0:
                self.kept[scene] = Pass(pc, env, self.states[scene], self.way, self.sent)

    def send(self, move: str, *args: Any, env: Env) -> None:
        """Something goes out of a scene: by `enter`, `call` or `back`."""
        self.sent.append((self.at, move, args, env))
        getattr(self, move)(*args, env)

    @property
    def whens(self) -> dict[str, list[Env]]:
        """What holds where a storylet's or event's `when` is asked."""
        found: dict[str, list[Env]] = {}
        for unit in (*self.points, *self.drawn):
            for scene, env in self.ways[unit].whens:
                found.setdefault(scene, []).append(env)
        return found

    def wake(self, unit: str) -> None:
        if unit not in self.queued:
            self.queued.add(unit)
            number = self.reads.order.get(unit, len(self.reads.order))
            if number > self.turn:
                heappush(self.now, (number, unit))
            else:
                self.next.append((number, unit))

    def merged(self, key: Any, old: Env | None, new: Env) -> Env | None:
        """Both as one, widened if it changes again and again; None where nothing is new."""
        if old is None:
            return new
        if _nothing_new(old, new):
            return None
        both = joined(old, new)
        assert both is not None
        if both.frames is not None and len(both.frames) > MANY:
            both.frames = None
        days = both.date != old.date
        same = both.may == old.may and both.must == old.must and both.frames == old.frames
        if same and not days and both.local == old.local:
            return None
        if self.often(key):
            if days:
                low = both.date.low if both.date.low == old.date.low else self.story.calendar.start
                both.date = Interval(low, both.date.high if both.date.high == old.date.high else date.max, True)
            both.local = {name: kept for name, kept in both.local.items() if old.local.get(name) == kept}
        return both

    def often(self, key: Any) -> bool:
        """Whether this has changed again and again: from this place, or from very many."""
        mine = self.changes[key, self.at] = self.changes.get((key, self.at), 0) + 1
        all_in_all = self.changes[key] = self.changes.get(key, 0) + 1
        return mine > PATIENCE or all_in_all > TOO_MANY

    def come(self, scene: str, pc: int, env: Env) -> None:
        """Something may come to a step from outside the pass over its scene."""
        points = self.points.setdefault(scene, {})
        both = self.merged((scene, pc), points.get(pc), env)
        if both is not None:
            points[pc] = both
            self.wake(scene)

    def edge(self, scene: str, pc: int, cost: int = 0) -> None:
        self.way.edges.setdefault(self.at[1], []).append(((scene, pc), cost))

    def assign(self, name: str, new: Value) -> None:
        values = self.world.values
        old = values[name]
        both = join(old, new)
        if both == old:
            return
        if self.often(name) and both is not None and old is not None:
            both = self.widened(name, old, both)
        values[name] = both
        self.like = None
        for unit in self.reads.readers.get(name, ()):
            self.kept.pop(unit, None)
            self.grown = self.grown or unit == self.at[0]
            if unit in self.points or unit in self.drawn:
                self.wake(unit)

    def widened(self, name: str, old: Value, both: Value) -> Value:
        info = self.story.variables.get(name)
        if info is None or info.kind not in ("whole", "number", "date") or old is None or both is None:
            return both
        before, now = hull(old), hull(both)
        if info.kind == "date":
            low = now.low if now.low == before.low else date.min
            return Interval(low, now.high if now.high == before.high else date.max, True)
        most = hull(whatever(info) or both)
        stops = sorted(self.reads.limits.get(name, ()))
        low, high = now.low, now.high
        if low < before.low:
            low = max((stop for stop in stops if most.low <= stop <= low), default=most.low)
        if high > before.high:
            high = min((stop for stop in stops if high <= stop <= most.high), default=most.high)
        return stored(info, Interval(low, high, now.whole))

    # moves

    def enter(self, target: str, env: Env) -> None:
        scene, _, inner = target.partition(".")
        if not inner and scene in self.story.hubs:
            self.edge(scene, ARRIVES)
            self.come(scene, ARRIVES, env.within(frozenset({""})))
        else:
            entry = self.programs[scene]["entries"][inner]
            self.edge(scene, entry)
            self.come(scene, entry, env)

    def call(self, target: str, site: Place, cost: int, env: Env) -> None:
        """Visits a target (or draws from a deck), and comes back to the site."""
        self.way.links.setdefault(self.at[1], []).append((target, site, cost))
        self.called(target, site, env)
        inner = env.within(frozenset({target}))
        if target.startswith("deck "):
            both = self.merged(target, self.drawn.get(target), inner)
            if both is not None:
                self.drawn[target] = both
                self.wake(target)
            return
        self.come(*self.entry(target), inner)

    def entry(self, root: str) -> Place:
        """Where a visit begins; a deck's is a place of its own."""
        if root.startswith("deck "):
            return root, 0
        scene, _, part = root.partition(".")
        return scene, self.programs[scene]["entries"][part]

    def called(self, root: str, site: Place, env: Env) -> None:
        sites = self.calls.setdefault(root, {})
        both = self.merged((root, site), sites.get(site), env)
        if both is not None:
            sites[site] = both
            for ends in (root, BOTTOMLESS):
                if ends in self.exits:
                    self.give_back(site, both, self.exits[ends])

    def give_back(self, site: Place, called: Env, ended: Env) -> None:
        low = max(called.date.low, ended.date.low)
        if low > ended.date.high:
            return
        must = (called.must & self.reads.lasting) | ended.must
        env = Env(self.world, Interval(low, ended.date.high, True), ended.may, must, called.frames, {})
        self.come(*site, env)

    def back(self, env: Env) -> None:
        """A visit ends; where none is open, the hub is next."""
        frames = frozenset({"", BOTTOMLESS}) if env.frames is None else env.frames
        ends = self.way.ends
        ends[self.at[1]] = frames | ends.get(self.at[1], frozenset())
        for root in frames:
            if not root:
                if self.story.hubs:
                    self.enter(self.story.hubs[0], env)
                continue
            both = self.merged(f"exit {root}", self.exits.get(root), env.within(None))
            if both is None:
                continue
            self.exits[root] = both
            for name in list(self.calls) if root == BOTTOMLESS else [root]:
                for site, called in list(self.calls[name].items()):
                    self.give_back(site, called, both)

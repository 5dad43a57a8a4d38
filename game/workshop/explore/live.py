"""Which states are the same for all that can still happen: a state cut down to what logic can read from its place on.

Two states with one `exact` key have the same choices before them, and lead to states with one key again, whatever is chosen: so a
search may drop the second. Why this holds: the key keeps the place, what is on offer, the open visits, and each value that a
condition, weight, guard, route or effect may read in any scene that play can still come to from here. Those scenes are found
along every edge that the steps name (`go`, `visit`, decks, day scenes, the hub where visits end), with the scenes of open
visits added; what an effect reads counts where what it sets counts. How often chance was asked at a site that may ask again
is part of the key: the next draw hangs on it. The number of choices so far is not: it only ends lives at the engine's limit.

A count is kept only as far as something compares it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from game.engine.story import restore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.state import State
    from game.engine.story import Story

Atom = tuple[str, str]
DATE: Atom = ("date", "")
PLACE: Atom = ("place", "")
MANY_SCENES = 2_000
"""From so many scenes on, one set of values is kept for all places: what each can still read would be too much to work out."""


def reads(code: Any) -> Iterator[Atom]:
    """Everything that a piece of code reads of a state, and the sites where it draws."""
    if not isinstance(code, list) or not code or code[0] in ("lit", "opted"):
        return
    head = code[0]
    if head in ("date", "turn", "act"):
        yield DATE
    elif head == "place":
        yield PLACE
    elif head == "taken":
        yield from (("taken", key) for key in code[1])
    elif head in ("var", "seen", "visits", "since", "has", "knows", "met"):
        yield (head, code[1])
        if head == "since":
            yield DATE
    else:
        if head in ("chance", "roll"):
            yield ("draw", code[1])
        for part in code:
            yield from reads(part)


@dataclass
class SceneReads:
    """What one scene's steps read, which scenes they may lead to, and what each thing set there is made from."""

    atoms: set[Atom] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    made: list[tuple[Atom, set[Atom]]] = field(default_factory=list)


def codes_of(op: list[Any]) -> Iterator[Any]:
    """The conditions of a step: what decides where play goes on from it, or what is on offer."""
    if op[0] == "if":
        yield op[1]
    elif op[0] == "go":
        yield from (test for test, _ in op[1])
    elif op[0] == "offer":
        for item in op[2]:
            yield item["if"]
            yield from (test for test, _ in item["needs"])


def draws_of(op: list[Any]) -> tuple[str, list[list[Any]]]:
    """The site and the [deck, count] pairs of a step that draws."""
    return (op[4], op[3]) if op[0] == "offer" else (op[1], op[2]) if op[0] == "play" else ("", [])


def scene_reads(story: Story, scene: str) -> SceneReads:
    found = SceneReads()
    if scene in story.hubs and story.events:
        for _, event in story.events:
            _storylet(story, event, found)
            found.atoms |= {DATE, ("seen", event)}
    for op in story.data(scene)["ops"]:
        for code in codes_of(op):
            found.atoms.update(reads(code))
        if op[0] == "offer":
            found.atoms.update(("taken", item["key"]) for item in op[2] if item["once"])
        elif op[0] == "go":
            found.leads.update(target.partition(".")[0] for _, target in op[1] if target != "back")
        elif op[0] == "visit":
            found.leads.add(op[1].partition(".")[0])
        elif op[0] == "effect":
            made = ("knows" if op[1] == "learn" else "var", op[2])
            found.made.append((made, {*reads(op[3]), *reads(op[4])}))
        elif op[0] == "wait":
            found.made.append((DATE, {*reads(op[2]), *reads(op[3])}))
        site, draws = draws_of(op)
        for deck, _ in draws:
            found.atoms |= {("hand", site), ("draw", f"{site}:{deck}")}
            for card in story.decks.get(deck, ()):
                _storylet(story, card, found)
    found.leads.update(story.hubs[:1])
    return found


def _storylet(story: Story, card: str, found: SceneReads) -> None:
    """What decides whether a storylet is drawn."""
    info = story.scenes[card]
    found.leads.add(card)
    for code in story.index["conditions"].get(card, ()):
        found.atoms.update(reads(code))
    if info.first is not None or info.last is not None:
        found.atoms.add(DATE)
    if info.every is not None:
        found.atoms |= {DATE, ("since", card)}
    elif info.once:
        found.atoms.add(("seen", card))


class Limits:
    """How far counts and numbers are compared: beyond that, two of them are as good as one.

    `visits` caps the visits of a target that is only ever compared with whole literals. `rising` and `falling` cap a variable of
    which the same is true, that no effect reads, and that effects only raise (or only lower) by literals, or set to one.
    """

    def __init__(self, story: Story, codes: Iterable[Any], effects: Iterable[list[Any]]) -> None:
        self._all: dict[Atom, int] = {}
        self._plain: dict[Atom, int] = {}
        self._literals: dict[Atom, set[float]] = {}
        up, down, other = set[str](), set[str](), set[str]()
        for code in codes:
            self._walk(code)
        for _, kind, name, value, guard in effects:
            self._walk(value)
            self._walk(guard)
            number = literal(value)
            if kind == "learn" or (kind == "=" and number is not None):
                continue
            if kind not in ("+=", "-=") or number is None:
                other.add(name)
            elif number:
                ((up, down)[(number < 0) != (kind == "-=")]).add(name)
        alike = {atom: ends for atom, ends in self._literals.items() if self._plain[atom] == self._all[atom]}
        self.visits = {name: int(max(ends)) + 1 for (kind, name), ends in alike.items() if kind == "visits"}
        numbers = {name: ends for (kind, name), ends in alike.items() if kind == "var" and name not in other}
        self.rising = {name: max(ends) + 1 for name, ends in numbers.items() if name not in down}
        self.falling = {name: min(ends) - 1 for name, ends in numbers.items() if name not in up and name not in self.rising}

    def _walk(self, code: Any) -> None:
        if not isinstance(code, list) or not code or code[0] == "lit":
            return
        if code[0] in ("var", "visits"):
            atom = (code[0], code[1])
            self._all[atom] = self._all.get(atom, 0) + 1
            return
        if code[0] == "compare" and len(code) == 4:
            _, left, sign, right = code
            others = right if sign.endswith("in") else [right]
            for side, against in ((left, others), *(((right, [left]),) if not sign.endswith("in") else ())):
                numbers = [literal(value) for value in against]
                if side[0] in ("var", "visits") and None not in numbers:
                    atom = (side[0], side[1])
                    self._plain[atom] = self._plain.get(atom, 0) + 1
                    self._literals.setdefault(atom, set()).update(number for number in numbers if number is not None)
        for part in code:
            self._walk(part)


def literal(code: Any) -> float | None:
    """The number that a piece of code always is, or None."""
    if isinstance(code, list) and code and code[0] == "lit" and type(code[1]) in (int, float):
        return float(code[1]) if isinstance(code[1], float) else code[1]
    if isinstance(code, list) and code and code[0] == "neg":
        inner = literal(code[1])
        return None if inner is None else -inner
    return None


@dataclass(frozen=True)
class _Plan:
    """What the key of a state at one place is made of."""

    rising: tuple[tuple[str, float], ...]
    falling: tuple[tuple[str, float], ...]
    variables: tuple[str, ...]
    seen: frozenset[str]
    counted: frozenset[str]
    dated: frozenset[str]
    taken: frozenset[str]
    papers: frozenset[str]
    cards: frozenset[str]
    met: frozenset[str]
    draws: frozenset[str]
    hands: frozenset[str]
    date: bool
    place: bool


class Live:
    """The keys of a story's states. `watched` are variables that count as read everywhere, since somebody looks at them."""

    def __init__(self, story: Story, watched: Iterable[str] = ()) -> None:
        self.story = story
        self.watched = frozenset(("var", name) for name in watched)
        self.scenes = {scene: scene_reads(story, scene) for scene in story.scenes}
        conditions = [code for pair in story.index["conditions"].values() for code in pair]
        ops = [op for scene in story.scenes for op in story.data(scene)["ops"]]
        waits = [code for op in ops if op[0] == "wait" for code in op[2:4]]
        tests = [code for op in ops for code in codes_of(op)]
        self.limits = Limits(story, [*conditions, *tests, *waits], [op for op in ops if op[0] == "effect"])
        self.made: dict[Atom, set[Atom]] = {}
        for found in self.scenes.values():
            for atom, parts in found.made:
                self.made.setdefault(atom, set()).update(parts)
        self._ahead: dict[str, frozenset[str]] = {}
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._alike: dict[frozenset[str], _Plan] = {}

    def ahead(self, scene: str) -> frozenset[str]:
        """The scenes that play may come to from a scene, itself among them, but for where open visits go back to."""
        if len(self.scenes) > MANY_SCENES:
            return frozenset(self.scenes)
        if scene not in self._ahead:
            found, queue = {scene}, [scene]
            while queue:
                for other in self.scenes[queue.pop()].leads - found:
                    known = self._ahead.get(other)
                    found |= {other} if known is None else known
                    if known is None:
                        queue.append(other)
            self._ahead[scene] = frozenset(found)
        return self._ahead[scene]

    def atoms(self, ahead: Iterable[str]) -> set[Atom]:
        """Everything that may be read in these scenes, and what it is made from."""
        found = {atom for scene in ahead for atom in self.scenes[scene].atoms} | self.watched
        queue = list(found)
        while queue:
            for atom in self.made.get(queue.pop(), set()) - found:
                found.add(atom)
                queue.append(atom)
        return found

    def exact(self, state: State) -> bytes:
        """Sixteen bytes: equal for two states of one life's seed and opt-outs only if their futures are the same."""
        parts = [sorted(part) if isinstance(part, frozenset) else part for part in self._parts(state)]
        return blake2b(repr(parts).encode(), digest_size=16).digest()

    def quick(self, state: State) -> int:
        """As `exact`, cheaper and good for one process only: two different states are taken for one about once in 10**19
        pairs."""
        return hash(self._parts(state))

    def _parts(self, state: State) -> tuple[Any, ...]:
        if state.ending:
            return (state.ending,)
        plan, limits, vars_, visits = self._plan(state), self.limits, state.vars, state.visits
        return (
            state.scene, state.set, state.offered, state.asking, state.stack, state.waiting and state.waiting.toordinal(),
            *[min(vars_[name], most) for name, most in plan.rising], *[max(vars_[name], least) for name, least in plan.falling],
            *[vars_[name] for name in plan.variables],
            frozenset(visits.keys() & plan.seen), frozenset(state.taken.keys() & plan.taken),
            plan.papers.intersection(state.papers),
            plan.cards.intersection(state.cards), frozenset(state.met.keys() & plan.met),
            frozenset([(name, min(visits[name][0], limits.visits.get(name, 1 << 60))) for name in visits.keys() & plan.counted]),
            frozenset([(name, visits[name][1].toordinal()) for name in visits.keys() & plan.dated]),
            frozenset([(site, state.draws[site]) for site in state.draws.keys() & plan.draws]),
            frozenset([(site, state.hands[site]) for site in state.hands.keys() & plan.hands]),
            state.date.toordinal() if plan.date else 0, state.place if plan.place else "",
        )  # fmt: skip

    def _plan(self, state: State) -> _Plan:
        where = (state.scene, *(scene for scene, _ in state.stack))
        found = self._plans.get(where)
        if found is None:
            ahead = frozenset[str]().union(*(self.ahead(scene) for scene in where if scene in self.scenes))
            found = self._alike.get(ahead)
            if found is None:
                found = self._alike[ahead] = self._planned(self.atoms(ahead))
            self._plans[where] = found
        return found

    def _planned(self, atoms: set[Atom]) -> _Plan:
        def named(kind: str) -> frozenset[str]:
            return frozenset(name for which, name in atoms if which == kind)

        variables = sorted(named("var"))
        capped = [name for name in variables if ("var", name) not in self.watched]
        rising = tuple((name, most) for name in capped if (most := self.limits.rising.get(name)) is not None)
        falling = tuple((name, least) for name in capped if (least := self.limits.falling.get(name)) is not None)
        capped = [name for name, _ in (*rising, *falling)]
        return _Plan(
            rising, falling, tuple(name for name in variables if name not in capped), named("seen"), named("visits"),
            named("since"), named("taken"), named("has"), named("knows"), named("met"), named("draw"), named("hand"),
            DATE in atoms, PLACE in atoms,
        )  # fmt: skip


def value_of(code: Any) -> Any:
    """What a literal stands for (a number, word, date, span or truth), or None where the code is no literal."""
    return restore(code[1]) if isinstance(code, list) and code and code[0] == "lit" else literal(code)

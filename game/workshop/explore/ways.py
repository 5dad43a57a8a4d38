"""How steps lead to one another: the graph of a story's programs, with what each way asks for, searched backwards from a goal.

It leaves out what it cannot know, so nothing is proved with it; it says which way looks short, and what has to hold on it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from game.workshop.explore.live import draws_of, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.story import Data, Story

Node = tuple[Any, Any]
"""A step (scene, index), or something that comes true, such as ("taken", "office/moscow")."""
Guards = tuple[tuple[Any, bool], ...]
"""Conditions, and whether each must hold or fail."""
Wish = tuple[str, ...]
"""What may come true: ("seen", target), ("has", paper), ("up", variable), ("set", variable, value), …"""

ENTRY = ""


@dataclass(frozen=True)
class Tree:
    """From every step the shortest way to a goal: how far, and what the next stretch of it asks and leads to."""

    far: dict[Node, float]
    next: dict[Node, tuple[Guards, Node | None]]

    def asked(self, node: Node | None, most: int = 40) -> Iterator[tuple[Any, bool]]:
        """The conditions on the way from a step to the goal, the nearest first."""
        while node is not None and most > 0:
            guards, node = self.next[node]
            most -= len(guards)
            yield from guards


class Ways:
    """The graph of a story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.into: dict[Node, list[tuple[Node, float, Guards]]] = defaultdict(list)
        self.makers: dict[Wish, list[tuple[Node, Guards]]] = defaultdict(list)
        self.most: dict[Wish, float] = {}
        self.data: dict[str, Data] = {scene: story.data(scene) for scene in story.scenes}
        self._trees: dict[Any, Tree] = {}
        self.returns: dict[str, set[Node]] = defaultdict(set)
        self._goes: dict[str, set[str]] = defaultdict(set)
        for scene, program in self.data.items():
            for pc, op in enumerate(program["ops"]):
                self._step(scene, pc, op)
        self._go_back()
        self.setters: dict[str, list[Wish]] = defaultdict(list)
        for wish in self.makers:
            if wish[0] == "set":
                self.setters[wish[1]].append(wish)

    def place(self, scene: str, name: str) -> Node:
        """The step where a set or a question is offered."""
        steps = self.data[scene]["sets"].get(name) or [0]
        return (scene, steps[0])

    def tree(self, wish: Wish) -> Tree:
        """The ways to a wish."""
        if wish not in self._trees:
            self._trees[wish] = self._searched(self.makers.get(wish, ()))
        return self._trees[wish]

    def _searched(self, goals: Iterable[tuple[Node, Guards]]) -> Tree:
        far: dict[Node, float] = {}
        ahead: dict[Node, tuple[Guards, Node | None]] = {}
        queue: list[tuple[float, int, Node, Guards, Node | None]] = []
        for number, (node, guards) in enumerate(goals):
            queue.append((0.5 * len(guards), number, node, guards, None))
        queue.sort(key=lambda row: row[:2])
        number = len(queue)
        while queue:
            cost, _, node, guards, onward = heappop(queue)
            if node in far:
                continue
            far[node], ahead[node] = cost, (guards, onward)
            for before, more, asked in self.into.get(node, ()):
                if before not in far:
                    number += 1
                    heappush(queue, (cost + more + 0.5 * len(asked), number, before, asked, node))
        return Tree(far, ahead)

    # building

    def _edge(self, start: Node, end: Node, cost: float = 0.0, guards: Guards = ()) -> None:
        self.into[end].append((start, cost, guards))

    def _entry(self, target: str) -> Node:
        scene, _, inner = target.partition(".")
        return (scene, self.data[scene]["entries"][inner])

    def _go(self, start: Node, target: str, guards: Guards) -> None:
        scene, _, inner = target.partition(".")
        if scene in self.story.hubs and not inner:
            self._events(start, scene, (scene, self.data[scene]["entries"][ENTRY]))
        elif scene != start[0]:
            self._goes[start[0]].add(scene)
        self._edge(start, self._entry(target), 0.1, guards)

    def _events(self, start: Node, hub: str, back: Node) -> None:
        for day, event in self.story.events:
            after = (["compare", ["date"], ">=", ["lit", {"$date": day.isoformat()}]], True)
            self._edge(start, self._entry(event), 0.1, (after, *self._open(event)))
            self.returns[event].add(back)

    def _open(self, card: str) -> Guards:
        """What a storylet waits for."""
        info, found = self.story.scenes[card], []
        when = self.story.index["conditions"].get(card, (None, None))[0]
        if when is not None:
            found.append((when, True))
        if info.first is not None:
            found.append((["compare", ["date"], ">=", ["lit", {"$date": info.first.isoformat()}]], True))
        if info.last is not None:
            found.append((["compare", ["date"], "<=", ["lit", {"$date": info.last.isoformat()}]], True))
        if info.once and info.every is None:
            found.append((["seen", card], False))
        return tuple(found)

    def _step(self, scene: str, pc: int, op: list[Any]) -> None:
        here, on, kind = (scene, pc), (scene, pc + 1), op[0]
        if kind == "if":
            self._edge(here, on, 0, ((op[1], True),))
            self._edge(here, (scene, op[2]), 0, ((op[1], False),))
        elif kind == "jump":
            self._edge(here, (scene, op[1]))
        elif kind == "go":
            failed: Guards = ()
            for test, target in op[1]:
                guards = failed if test is None else (*failed, (test, True))
                if target == "back":
                    self._edge(here, ("back", scene), 0, guards)
                else:
                    self._go(here, target, guards)
                if test is None:
                    return
                failed = (*failed, (test, False))
            self._edge(here, on, 0, failed)
        elif kind == "visit":
            called = op[1].partition(".")[0]
            self._edge(here, self._entry(op[1]), 0.1)
            self.returns[called].add((scene, self.data[scene]["sites"][op[2]]))
        elif kind == "done":
            self._edge(here, ("back", scene))
        elif kind == "offer":
            self._offer(scene, pc, op)
        elif kind == "play":
            self._edge(here, on)
            self._cards(here, op, 0.1, here)
        elif kind != "end":
            self._edge(here, on, 1 if kind == "ask" else 0)
            if kind == "wait" and scene in self.story.hubs:
                self._events(here, scene, here)
        self._makes(here, op)

    def _offer(self, scene: str, pc: int, op: list[Any]) -> None:
        here, below = (scene, pc), (scene, op[5])
        shown: Guards = ()
        for item in op[2]:
            guards: Guards = () if item["if"] is None else ((item["if"], True),)
            guards += tuple((test, True) for test, _ in item["needs"] if test is not None)
            if item["once"]:
                guards += ((["taken", [item["key"]]], False),)
            self._edge(here, (scene, item["pc"]), 1, guards)
            self.makers["taken", item["key"]].append((here, guards))
            if guards:
                shown += ((guards[0][0], not guards[0][1]),)
        if len(shown) == len(op[2]):
            self._edge(here, below, 0, shown)
        self._edge(here, below, 2)  # by `Go on`, or with nothing on offer
        self._cards(here, op, 1.1, below)
        for deck, _ in op[3]:
            for card in self.story.decks.get(deck, ()):
                self.makers["taken", f"{op[1]}/{card}"].append((here, self._open(card)))

    def _cards(self, here: Node, op: list[Any], cost: float, back: Node) -> None:
        for deck, _ in draws_of(op)[1]:
            for card in self.story.decks.get(deck, ()):
                self._edge(here, self._entry(card), cost, self._open(card))
                self.returns[card].add(back)

    def _makes(self, here: Node, op: list[Any]) -> None:
        """What a step brings about."""
        kind = op[0]
        if kind == "enter":
            self.makers["seen", op[1]].append((here, ()))
            if op[1] == here[0]:
                for person in self.story.scenes[here[0]].cast:
                    self.makers["met", person].append((here, ()))
        elif kind == "end":
            self.makers["ending", op[1]].append((here, ()))
        elif kind == "carry":
            for paper in op[2]:
                self.makers["has" if op[1] else "lost", paper].append((here, ()))
        elif kind == "wait":
            self.makers["wait",].append((here, () if op[3] is None else ((op[3], True),)))
        elif kind == "effect":
            _, sign, name, value, guard = op
            guards: Guards = () if guard is None else ((guard, True),)
            number = literal(value)
            if sign == "learn":
                self.makers["knows", name].append((here, guards))
            elif sign == "=" and value[0] == "lit":
                self.makers["set", name, str(value[1])].append((here, guards))
            elif sign in ("+=", "-=") and number is not None:
                way = "up" if (number > 0) == (sign == "+=") else "down"
                self.makers[way, name].append((here, guards))
                self.most[way, name] = max(abs(number), self.most.get((way, name), 0))
            else:
                for way in ("up", "down"):
                    self.makers[way, name].append((here, guards))
                    self.most.setdefault((way, name), 1)

    def _go_back(self) -> None:
        """Where a scene's end leads: to whoever called it, or the scene from which play went there."""
        queue = list(self.returns)
        while queue:
            scene = queue.pop()
            for other in self._goes[scene]:
                if not self.returns[scene] <= self.returns[other]:
                    self.returns[other] |= self.returns[scene]
                    queue.append(other)
        for scene in self.data:
            for node in sorted(self.returns[scene]):
                self._edge(("back", scene), node)
            for hub in self.story.hubs[:1]:
                self._go(("back", scene), hub, ())

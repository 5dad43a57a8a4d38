"""What a story's programs ask for and in which order they lead on: read from them once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.workshop.analysis.logic import FACTS, Code

if TYPE_CHECKING:
    from game.engine.story import Data, Story

_OF_DAYS = ("date", "turn", "act")
_READING = frozenset({"var", "place", *FACTS, "taken", "compare", *_OF_DAYS, "opted"})


class Reads:
    """`readers`: by variable (and `@place`), the scenes and decks (`deck NAME`) that ask for it. `limits`: numbers that a
    variable is compared with. `bits`: one for each fact that is asked for; `lasting`, all those that stay so once they are.
    `order`: a number for each scene and deck, in a story without loops greater than that of all that lead to it. `dated`: the
    scenes in which the day may matter, or goes by, or that offer a hand, which is looked at by its day; `opted`: those in which
    it may matter what is passed over. `endings`: the steps of each scene that end a life.
    """

    def __init__(self, story: Story, programs: dict[str, Data]) -> None:
        self.story, self.programs = story, programs
        self.readers: dict[str, set[str]] = {}
        self.limits: dict[str, set[float]] = {}
        self.bits: dict[str, int] = {}
        self.dated: set[str] = set()
        self.opted: set[str] = set()
        self.endings: dict[str, list[int]] = {}
        self.scan()
        self.lasting = sum(bit for name, bit in self.bits.items() if not name.startswith("has "))
        self.order = self.ordered()

    def scan(self) -> None:
        for scene, program in self.programs.items():
            for pc, op in enumerate(program["ops"]):
                self.codes(op, scene)
                kind = op[0]
                if kind == "effect" and op[1] not in ("=", "learn"):
                    self.readers.setdefault(op[2], set()).add(scene)
                elif kind == "end":
                    self.endings.setdefault(scene, []).append(pc)
                elif kind in ("wait", "play") or (kind == "offer" and op[3]):
                    self.dated.add(scene)
            self.codes([program["title"], program["subtitle"]], scene)
        for scene, info in self.story.scenes.items():
            if info.content:
                self.opted.add(scene)
        for scene, pair in self.story.index["conditions"].items():
            info = self.story.scenes[scene]
            for unit in [f"deck {deck}" for deck in (*info.decks, "any")] if info.decks else []:
                self.codes(pair, unit)
            if info.day is not None:
                for hub in self.story.hubs:
                    self.codes(pair, hub)

    def codes(self, code: list[Any], unit: str) -> None:
        """Notes what a piece of data reads: data of other kinds never looks like code that reads."""
        head = code[0] if code else None
        if head.__class__ is str and head in _READING:
            self.reading(head, code, unit)
        for item in code:
            kind = item.__class__
            if kind is list:
                if item and item[0] != "s":
                    self.codes(item, unit)
            elif kind is dict:
                self.codes([value for value in item.values() if value.__class__ is list or value.__class__ is dict], unit)

    def reading(self, head: str, code: Code, unit: str) -> None:
        if head == "var" and len(code) == 2:
            self.readers.setdefault(code[1], set()).add(unit)
        elif head == "place" and len(code) == 1:
            self.readers.setdefault("@place", set()).add(unit)
        elif head in FACTS and len(code) == 2 and isinstance(code[1], str):
            self.fact(f"{FACTS[head]} {code[1]}")
        elif head == "taken" and len(code) == 2 and isinstance(code[1], list):
            for key in code[1]:
                self.fact(f"taken {key}")
        elif head == "compare":
            self.limit(code)
        elif head in _OF_DAYS:
            self.dated.add(unit)
        elif head == "opted":
            self.opted.add(unit)

    def fact(self, name: str) -> None:
        self.bits.setdefault(name, 1 << len(self.bits))

    def limit(self, code: Code) -> None:
        """Numbers that a variable is compared with: where its widening may stop."""
        names = [item[1] for item in code[1:] if isinstance(item, list) and item and item[0] == "var"]
        for item in code[1:]:
            if isinstance(item, list) and len(item) == 2 and item[0] == "lit" and isinstance(item[1], (int, float)):
                for name in names:
                    self.limits.setdefault(name, set()).update((item[1] - 1, item[1], item[1] + 1))

    def ordered(self) -> dict[str, int]:
        leads: dict[str, list[str]] = {f"deck {deck}": list(cards) for deck, cards in self.story.decks.items()}
        for scene, program in self.programs.items():
            ahead = leads[scene] = []
            for op in program["ops"]:
                if op[0] == "go":
                    ahead += [target.partition(".")[0] for _, target in op[1] if target != "back"]
                elif op[0] == "visit":
                    ahead.append(op[1].partition(".")[0])
                elif op[0] in ("offer", "play"):
                    ahead += [f"deck {deck}" for deck, _ in op[3 if op[0] == "offer" else 2]]
            if scene in self.story.hubs:
                ahead += [event for _, event in self.story.events]
        found: list[str] = []
        begun = {self.story.start.partition(".")[0], *self.story.hubs}
        stack = [(unit, iter(leads.get(unit, ()))) for unit in sorted(begun)]
        while stack:
            unit, ahead_of = stack[-1]
            after = next((one for one in ahead_of if one not in begun), None)
            if after is None:
                found.append(unit)
                stack.pop()
            else:
                begun.add(after)
                stack.append((after, iter(leads.get(after, ()))))
        return {unit: number for number, unit in enumerate(reversed(found))}

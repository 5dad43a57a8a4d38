"""A scene ready to run: a flat list of steps, with names for every place that a life may come back to.

A program is plain data (the loader writes it, the cache keeps it); here each step is linked to the function that plays it:

    {"ops": [[name, ...], ...], "lines": [line of each], "entries": {"": 0, "door": 7}, "sets": {"office/moscow": [12]},
     "sites": {"office:visit knock": 9}, "title": text, "subtitle": text}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from game.engine.evaluate import is_random, link
from game.engine.render import Words, line, link_prose

if TYPE_CHECKING:
    from game.engine.evaluate import Value
    from game.engine.machine import Machine
    from game.engine.story import Data, Story

Step = Callable[["Machine", int], int]
"""Plays one step at an index and gives the index to go on from; -1 ends the turn."""


class Program:
    """The linked steps of one scene."""

    __slots__ = ("entries", "lines", "ops", "scene", "sets", "sites", "steps", "subtitle", "title")

    def __init__(self, scene: str, data: Data, story: Story) -> None:
        from game.engine.steps import STEPS

        self.scene = scene
        self.ops: list[list[Any]] = data["ops"]
        self.lines: list[int] = data["lines"]
        self.entries: dict[str, int] = data["entries"]
        self.sets: dict[str, list[int]] = data["sets"]
        self.sites: dict[str, int] = data["sites"]
        self.title = optional(data.get("title"))
        self.subtitle = optional(data.get("subtitle"))
        self.steps: list[Any] = [STEPS[op[0]](op) for op in self.ops]


class Item:
    """One choice of a set, linked. `pc` is where its body begins; `was` its former key, if any."""

    __slots__ = ("final", "key", "label", "needs", "note", "once", "pc", "test", "unsure", "was")

    def __init__(self, data: Data) -> None:
        self.key: str = data["key"]
        self.label = link_prose(data["label"])
        self.note = optional(data["note"])
        self.test: Value | None = link(data["if"])
        self.needs: list[tuple[Value | None, Words]] = [(link(test), link_prose(reason)) for test, reason in data["needs"]]
        self.once: bool = data["once"]
        self.final: bool = data["final"]
        self.pc: int = data["pc"]
        self.was: str = data["was"]
        self.unsure = is_random(data["if"]) or any(is_random(test) for test, _ in data["needs"])
        """Whether its conditions draw: then what was offered stands, and is not asked again."""

    def shown(self, m: Machine) -> bool:
        return not (self.once and self.key in m.state.taken) and (self.test is None or bool(self.test(m)))

    def reasons(self, m: Machine) -> tuple[str, ...]:
        """Why it cannot be taken now: the reason of every need that is not met."""
        return tuple(line(reason(m)) for test, reason in self.needs if test is not None and not test(m))


def optional(code: list[Any] | None) -> Words | None:
    return None if not code else link_prose(code)

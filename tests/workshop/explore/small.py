"""Small stories, written by a seed, whose lives can all be counted: what a search says of them can be held against the truth."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from game.engine.turn import answer, begin, choose
from game.load import load_story

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.state import State
    from game.engine.story import Story

ROOMS = 4
_UNREAD = ("steps", "causes", "series", "version", "packs")


def write(folder: Path, seed: int, chance: bool) -> Story:
    """Four rooms, walked through until the fuel is out; what opens where is drawn by the seed."""
    dice = Random(f"small {seed}")
    rooms = "".join(_room(number, dice, chance) for number in range(ROOMS))
    for name, text in {
        "story": "id: small\ntitle: Small\nversion: 0.1.0\nstart: r0\ndate: 1922-03-06\ncontent: {dread: Fear}\n",
        "variables": f"fuel: {{start: {dice.randrange(3, 6)}, range: -1 to 9}}\na: {{start: 0, range: 0 to 4}}\n"
        "b: {start: 1, range: 0 to 3}\nflag: {start: no}\nidle: {start: 0}\nup: {start: 0}\nname: {start: Ann}\n",
        "papers": "pass: {title: A pass}\nbill: {title: A bill}\n",
        "endings": "out: {title: Out, text: Out.}\nwon: {title: Won, text: Won.}\nlost: {title: Lost, text: Lost.}\n",
        "rooms": rooms,
    }.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    loaded = load_story(folder)
    assert loaded.story is not None, [str(found) for found in loaded.diagnostics]
    return loaded.story


def _test(dice: Random, chance: bool) -> str:
    room, other = dice.randrange(ROOMS), dice.randrange(ROOMS)
    plain = [
        f"a {dice.choice(['>=', '==', '<', '!='])} {dice.randrange(5)}", f"b > {dice.randrange(4)}", "flag", "has(pass)",
        "has(bill)", f"seen(r{room}.cellar)", f"visits(r{room}) >= {dice.randrange(1, 4)}", f"up >= {dice.randrange(6)}",
        f"taken(r{other}.c{dice.randrange(2)})", 'name == "Ann"', 'name == "Eve"', "a + b == 3", "fuel in (0, 2)",
    ]  # fmt: skip
    if chance:
        plain += ["chance(0.3)", "chance(0.05)", "roll(1, 3) == 2"]
    first, second = dice.choice(plain), dice.choice(plain)
    return dice.choice([first, first, f"not ({first})", f"{first} and {second}", f"{first} or {second}"])


def _do(dice: Random, chance: bool) -> str:
    effects = ["a += 1", "a -= 1", "b += a", "b -= 1", "flag = yes", "flag = not flag", "up += 2", "idle += 1", "a = b", "up = 0"]
    return "; ".join(
        dice.choice(effects) + (f" if {_test(dice, chance)}" if dice.random() < 0.3 else "") for _ in range(dice.randrange(1, 3))
    )


def _room(number: int, dice: Random, chance: bool) -> str:
    choices = ""
    for each in range(dice.randrange(2, 4)):
        choices += f"        - say: Choice {each}\n          id: c{each}\n"
        if dice.random() < 0.4:
            choices += f"          if: {_test(dice, chance)}\n"
        if dice.random() < 0.3:
            choices += f"          needs: {{'{_test(dice, chance)}': No.}}\n"
        if dice.random() < 0.3:
            choices += "          once: yes\n"
        if dice.random() < 0.7:
            choices += f"          do: {_do(dice, chance)}\n"
        if dice.random() < 0.25:
            choices += f"          {dice.choice(['give', 'take'])}: {dice.choice(['pass', 'bill'])}\n"
        if dice.random() < 0.2:
            choices += f"          visit: r{number}.cellar\n"
        leaves = dice.random()
        if leaves < 0.5:
            choices += f"          go: r{dice.randrange(ROOMS)}\n"
        elif leaves < 0.6:
            choices += f"          ending: {dice.choice(['won', 'lost'])}\n"
    ask = '    - ask: {into: name, say: "Who?", default: Ann, limit: 10}\n' if number == 1 and dice.random() < 0.5 else ""
    skip = "  content: dread\n  skip:\n    - go: r0\n" if number == 3 and dice.random() < 0.3 else ""
    return (
        f"r{number}:\n{skip}  do: fuel -= 1\n  then:\n    - if: fuel < 0\n      ending: out\n{ask}"
        f"    - choices:\n{choices}    - if: {_test(dice, chance)}\n      visit: r{number}.cellar\n"
        f"    - go: r{dice.randrange(ROOMS)}\n"
        f"  parts:\n    cellar:\n      text: |\n        Dark.\n      do: {_do(dice, chance)}\n"
    )


class Truth:
    """Every state of a story that one beginning leads to, by the plainest walk: how many choices each goal takes at the least.

    States are told apart by all that they hold, but for the number of choices and what no logic can see.
    """

    def __init__(self, story: Story, seed: int, optouts: tuple[str, ...] = ()) -> None:
        self.least: dict[tuple[str, str], int] = {}
        state = begin(story, seed, optouts=optouts, texts=False)[0]
        level, seen, depth = [state], {_whole(state)}, 0
        while level:
            below: list[State] = []
            for state in level:
                for kind, names in (("target", state.visits), ("choice", state.taken), ("ending", [state.ending])):
                    for name in names:
                        self.least.setdefault((kind, name), depth)
                for after in _afters(story, state):
                    key = _whole(after)
                    if key not in seen:
                        seen.add(key)
                        below.append(after)
            level, depth = below, depth + 1
        self.states = len(seen)

    def of(self, goal: Any) -> int | None:
        return self.least.get(("target" if goal.kind == "scene" else goal.kind, goal.id))


def _afters(story: Story, state: State) -> list[State]:
    if state.asking:
        return [answer(story, state, text, texts=False)[0] for text in ("", "Eve", "Zoe")]
    return [choose(story, state, key, texts=False)[0] for key, enabled in state.offered if enabled]


def _whole(state: State) -> str:
    return repr([(name, getattr(state, name)) for name in type(state).__slots__ if name not in _UNREAD])

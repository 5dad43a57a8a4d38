"""Small stories put together at random, dense with everything that lives depend on: half of their conditions make no sense, which
is the point. They have no faults, but may well be stuck, go round in circles, or never end."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = date(1922, 3, 6)
FLAGS, NUMBERS, LOOSE, MOODS = ("f1", "f2"), ("n1", "n2"), ("m1",), ("calm", "angry", "sad")


class Author:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        dice = self.dice
        self.hub = dice.random() < 0.6
        self.plain = [f"s{n}" for n in range(dice.randint(2, 4))]
        self.cards = [f"c{n}" for n in range(dice.randint(0, 3))]
        self.events = [f"e{n}" for n in range(dice.randint(0, 2))] if self.hub else []
        self.sides = [f"v{n}" for n in range(dice.randint(0, 2))]
        self.scenes = [*self.plain, *self.cards, *self.events, *self.sides, *(["month"] if self.hub else [])]
        self.beats = 0

    # logic

    def day(self) -> str:
        return str(START + timedelta(days=self.dice.randint(-5, 70)))

    def number(self) -> str:
        dice = self.dice
        return dice.choice([
            str(dice.randint(0, 6)), dice.choice(NUMBERS), f"{dice.choice(NUMBERS)} + {dice.randint(1, 3)}",
            f"visits({dice.choice(self.scenes)})",
            "turn", f"min(n1, {dice.randint(0, 4)})", f"n1 % {dice.randint(1, 3)}", f"n2 // {dice.randint(1, 2)}", "abs(n1 - n2)",
            f"n2 * {dice.randint(1, 2)}", f"({dice.randint(0, 3)} if f1 else n2)",
        ])  # fmt: skip

    def test(self, depth: int = 0, random: bool = False) -> str:
        dice = self.dice
        kind = dice.randint(0, 16)
        sign = dice.choice(["<", "<=", ">", ">=", "==", "!="])
        if kind < 4 and depth < 2:
            joint = dice.choice([" and ", " or "])
            return f"({joint.join(self.test(depth + 1, random) for _ in range(2))})"
        if kind == 4:
            return f"not {self.test(depth + 1, random)}"
        if kind < 8:
            return f"{self.number()} {sign} {self.number()}"
        if kind == 8:
            return f"seen({dice.choice(self.scenes)})"
        if kind == 9:
            return f"date {sign} {self.day()}"
        if kind == 10:
            return f"mood {dice.choice(['==', '!='])} {dice.choice(MOODS)}" if dice.random() < 0.6 else "mood in (calm, sad)"
        if kind == 11:
            return dice.choice(
                ["has(letter)", "knows(card)", "met(eino)", "place == pier", "paid <= date", f"paid {sign} {self.day()}"]
            )
        if kind == 12:
            return f"since({dice.choice(self.scenes)}) {dice.choice(['<', '>='])} {dice.choice(['1 month', '10 days'])}"
        if kind == 13 and random:
            return dice.choice(["chance(0.5)", "roll(1, 3) == 2", "chance(m1)"])
        if kind == 14:
            return f"m1 {dice.choice(['<', '>'])} {dice.choice(['0.5', '1', '2.5'])}"
        if kind == 15:
            return f"{dice.randint(0, 2)} < {self.number()} <= {dice.randint(2, 6)}"
        return dice.choice(FLAGS)

    def effect(self) -> str:
        dice = self.dice
        name = dice.choice([*FLAGS, *NUMBERS, *LOOSE, "mood", "paid", "leave"])
        if name in FLAGS:
            text = f"{name} = {dice.choice(['yes', 'no', self.test(1)])}"
        elif name in NUMBERS:
            text = f"{name} {dice.choice(['=', '+=', '+=', '-=', '*='])} {self.number()}"
        elif name in LOOSE:
            text = f"{name} {dice.choice(['=', '+=', '-='])} {dice.choice(['0.5', '1', 'n1 / 2', 'm1 / 3'])}"
        elif name == "mood":
            text = f"mood = {dice.choice(MOODS)}"
        elif name == "paid":
            text = dice.choice(["paid = date", "paid += 1 week", "paid = date + leave", "paid -= leave"])
        else:
            text = dice.choice(["leave = 2 weeks", "leave += 1 day", "leave = date - paid"])
        return text + (f" if {self.test(1, True)}" if dice.random() < 0.3 else "")

    def wait(self) -> str:
        dice = self.dice
        text = dice.choice(["wait 3 days", "wait 1 month", "wait turn", f"wait until {self.day()}", "wait leave"])
        return text + (f" if {self.test(1)}" if dice.random() < 0.2 else "")

    # flows: a mapping is a dict of lines, lists of mappings, and texts

    def beat(self, depth: int) -> dict[str, Any]:
        dice = self.dice
        found: dict[str, Any] = {}
        if dice.random() < 0.2:
            self.beats += 1
            found["id"] = f"b{self.beats}"
        conditional = dice.random() < 0.35
        if conditional:
            found["if"] = self.test(0, True)
        for _ in range(dice.randint(1, 2)):
            for key, value in self.step(depth).items():
                found.setdefault(key, value)
        if conditional and depth < 2:
            if dice.random() < 0.4:
                found["elif"] = [{"if": self.test(0), **self.step(3)}]
            if dice.random() < 0.5:
                found["else"] = self.flow(depth + 1)
        return found

    def step(self, depth: int) -> dict[str, Any]:
        dice = self.dice
        kind = dice.randint(0, 12)
        if kind < 3:
            return {"do": "; ".join(self.effect() for _ in range(dice.randint(1, 2)))}
        if kind == 3:
            return {"do": self.wait()}
        if kind == 4:
            return {"give": "letter"} if dice.random() < 0.6 else {"take": "letter"}
        if kind == 5:
            return {"do": f"learn card if {self.test(1)}"}
        if kind == 6 and self.sides:
            return {"visit": dice.choice(self.sides)}
        if kind == 7 and self.cards:
            return {"draw": f"{{deck: d, play: {dice.randint(1, 2)}}}"}
        if kind == 8:
            return {"ask": "{into: name, say: Who, default: Ada, limit: 9}"}
        if depth < 2 and kind > 8:
            return self.offer(depth)
        return {"text": Text(f"Words {{{self.test(0)} ? one | {self.test(1)} ? two | three}}.")}

    def offer(self, depth: int) -> dict[str, Any]:
        dice = self.dice
        found: dict[str, Any] = {}
        if self.cards and dice.random() < 0.4:
            found["draw"] = f"{{deck: d, show: {dice.randint(1, 2)}}}"
        items = []
        for _ in range(dice.randint(1, 3)):
            self.beats += 1
            item: dict[str, Any] = {"say": f"Label {self.beats}", "id": f"a{self.beats}"}
            if dice.random() < 0.3:
                item["if"] = self.test(0, True)
            if dice.random() < 0.3:
                item["needs"] = f"{{{self.test(0).replace('(calm, sad)', '(calm)')}: Not so.}}"
                if "," in item["needs"]:
                    del item["needs"]
            if dice.random() < 0.3:
                item["once"] = "yes"
            item |= self.step(depth + 1)
            if dice.random() < 0.4:
                item["go"] = self.route()
            items.append(item)
        return {**found, "choices": items}

    def route(self) -> str:
        dice = self.dice
        target = dice.choice([*self.plain, *(["month"] * 2 if self.hub else []), dice.choice(self.scenes)])
        return target if dice.random() < 0.6 else f"{target} if {self.test(0, True)} else {dice.choice(self.plain)}"

    def flow(self, depth: int) -> list[dict[str, Any]]:
        return [self.beat(depth) for _ in range(self.dice.randint(1, 3))]

    def scene(self, name: str) -> dict[str, Any]:
        dice = self.dice
        found: dict[str, Any] = {"title": f"T {name}"}
        if name in self.cards:
            found["deck"] = "d"
            if dice.random() < 0.6:
                found["when"] = self.test(0, dice.random() < 0.2)
            if dice.random() < 0.3:
                found[dice.choice(["from", "until"])] = self.day()
            if dice.random() < 0.6:
                found |= {"once": "no"} if dice.random() < 0.5 else {"every": "1 month"}
            if dice.random() < 0.3:
                found["weight"] = dice.choice(["n1", "0.2 if f1 else 0", "m1"])
        if name in self.events:
            day = found["day"] = self.day()
            if dice.random() < 0.5:
                found["until"] = str(date.fromisoformat(day) + timedelta(days=dice.choice([0, 3, 20, 50])))
            if dice.random() < 0.4:
                found["when"] = self.test(0)
        if dice.random() < 0.2:
            found["place"] = "pier"
        if dice.random() < 0.2:
            found["cast"] = "[eino]"
        if dice.random() < 0.2:
            found |= {
                "content": "grim",
                "skip": [{"do": "f1 = yes"}, *([{"id": "skipped", "go": self.route()}] if name in self.plain else [])],
            }
        flow = self.flow(0)
        if name not in (*self.cards, *self.events, *self.sides) or dice.random() < 0.2:
            kind = dice.random()
            last = {"ending": "end_one"} if kind < 0.25 else {"ending": "end_two"} if kind < 0.3 else {"go": self.route()}
            flow.append({"id": f"last_{name}", **last})
        keys = list(_choices(flow))
        if keys and dice.random() < 0.5:
            flow.insert(0, {"do": f"f1 = taken({name}.{dice.choice(keys)})"})
        if name == "s0":
            flow[:0] = [{"visit": side} for side in self.sides]
        found["then"] = flow
        return found

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        hub = "hub: month\n" if self.hub else ""
        files = {
            "story.yaml": f"id: r\ntitle: R\nversion: 0.1.0\nstart: s0\n{hub}date: {START}\ncontent: {{grim: Grim}}\n"
            "acts:\n  - {id: one, title: One, turns: [20, 20]}\n  - {id: two, title: Two, turns: [10]}\n",
            "variables.yaml": "f1: {start: no}\nf2: {start: yes, keep: any}\nn1: {start: 1, range: 0 to 5}\nn2: {start: 2}\n"
            "m1: {start: 0.5, range: 0.0 to 3.0}\nmood: {start: calm, words: [calm, angry, sad]}\npaid: {start: 1922-03-10}\n"
            "leave: {start: 1 week}\nname: {start: Ada}\n",
            "endings.yaml": "end_one: {title: One}\nend_two: {title: Two}\n",
            "people.yaml": "eino: {name: Eino}\n",
            "places.yaml": "pier: {name: The pier}\n",
            "papers.yaml": "letter: {title: A letter}\n",
            "codex/cards.yaml": "card: {title: A card, claim: It is., confidence: attested}\n",
        }
        files["scenes.yaml"] = "".join(f"{name}:\n{_lines(self.scene(name), '  ')}" for name in self.scenes)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return folder


def _choices(flow: list[dict[str, Any]]) -> Iterator[str]:
    for beat in flow:
        for item in beat.get("choices", ()):
            yield item["id"]
            yield from _choices([item])
        for key in ("then", "else", "elif"):
            yield from _choices(beat.get(key, []))


class Text(str):
    """Prose: a block scalar."""


def _lines(mapping: dict[str, Any], indent: str) -> str:
    text = ""
    for key, value in mapping.items():
        if isinstance(value, list):
            items = (_lines(item, indent + "    ") for item in value)
            text += f"{indent}{key}:\n" + "".join(f"{indent}  - {item[len(indent) + 4 :]}" for item in items)
        elif isinstance(value, Text):
            text += f"{indent}{key}: |\n{indent}  {value}\n"
        else:
            text += f"{indent}{key}: {value}\n"
    return text

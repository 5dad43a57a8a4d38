"""A seeded generator of stories of any size, for tests and benchmarks: the same seed writes the same files.

    python tests/generator.py FOLDER --scenes 10000 --words 100 --seed 1

What it writes uses the whole language in the shares of a real story of this kind: a month hub, set-pieces on their days, decks of
storylets with windows, side scenes, parts, flags read later, needs with reasons, rules, snippets, papers, a codex, roles,
three endings. It holds no fault: from some sixty scenes up `kuzbass check` finds nothing in it. (Its prose means nothing.)
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

NOUNS = (
    "pier", "camp", "barrack", "office", "oven", "mine", "letter", "winter", "loaf", "meeting", "quarrel", "road", "river",
    "stone", "house", "train", "signature", "school", "kitchen", "dance", "fever", "ration", "debate", "strike", "border",
)  # fmt: skip
VERBS = ("waits", "turns", "burns", "stands", "leaves", "counts", "carries", "writes", "signs", "breaks", "holds", "answers")
ADJECTIVES = ("cold", "long", "narrow", "paid", "dark", "new", "heavy", "quiet", "borrowed", "wet", "small", "plain")
FIRST = ("Ada", "Ben", "Cora", "Dov", "Elli", "Filip", "Greta", "Hugo", "Ida", "Jan", "Kaja", "Lev")
INTENTS = ("care", "craft", "order", "solidarity")
BEGINNING = date(1922, 3, 6)
TURN = 28
A_FILE = 100
"""Scenes a file."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large: scenes and storylets together; words of prose in each; storylets in one deck; set-pieces a turn."""

    scenes: int = 60
    words: int = 100
    deck: int = 20
    pieces: int = 2

    @property
    def set_pieces(self) -> int:
        return max(1, self.scenes * 3 // 10)

    @property
    def sides(self) -> int:
        """Scenes that only a choice of a set-piece leads to."""
        return self.scenes // 10

    @property
    def storylets(self) -> int:
        return max(2, self.scenes - self.set_pieces - self.sides - 2)

    @property
    def turns(self) -> int:
        return max(2, -(-self.set_pieces // self.pieces))

    @property
    def decks(self) -> int:
        return max(1, self.storylets // self.deck)

    @property
    def stats(self) -> int:
        return max(3, min(60, self.scenes // 20))

    @property
    def flags(self) -> int:
        return max(2, self.scenes // 5)


def generate(folder: Path, size: Size | None = None, seed: int = 1) -> Path:
    """Writes a story into a folder (made where it is not there) and gives the folder."""
    _Writer(folder, size or Size(), random.Random(f"story {seed}")).all()
    return folder


class _Writer:
    def __init__(self, folder: Path, size: Size, dice: random.Random) -> None:
        self.folder, self.size, self.dice = folder, size, dice
        self.written = 0

    def all(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.declarations()
        pieces = [self.piece(number) for number in range(self.size.set_pieces)]
        sides = [self.side(number) for number in range(self.size.sides)]
        storylets = [self.storylet(number) for number in range(self.size.storylets)]
        self.file("hub", self.hub())
        for kind, scenes in (("pieces", pieces), ("sides", sides), ("works", storylets)):
            for first in range(0, len(scenes), A_FILE):
                self.file(f"{kind}/{first // A_FILE + 1:03}", "\n".join(scenes[first : first + A_FILE]))

    def file(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    # declarations

    def declarations(self) -> None:
        size = self.size
        halves = (size.turns - size.turns // 2, size.turns // 2)
        acts = "".join(
            f"  - {{id: {name}, title: {title}, turns: [{', '.join([str(TURN)] * turns)}]}}\n"
            for name, title, turns in zip(("first", "second"), ("The first act", "The second act"), halves, strict=True)
        )
        self.file(
            "story",
            f"id: generated\ntitle: A Generated Story\nversion: 0.1.0\nstart: opening\nhub: month\ndate: {BEGINNING}\n"
            f"acts:\n{acts}content: {{fever: Illness}}\n",
        )
        stats = "".join(
            f"stat_{number}: {{start: 5, range: 0 to 10, label: Stat {number}, group: colony, better: up, series: yes, "
            f"scale: {{0: low, 4: middling, 8: high}}}}\n"
            for number in range(size.stats)
        )
        flags = "".join(f"flag_{number}: {{start: no}}\n" for number in range(size.flags))
        self.file("variables", f"{stats}{flags}name: {{start: Anna Reed}}\nside: {{start: none, words: [none, left, right]}}\n")
        people = "".join(f"person_{n}: {{name: {name}, standing: stat_{n % size.stats}}}\n" for n, name in enumerate(FIRST))
        self.file("people", people)
        self.file("places", "".join(f"place_{n}: {{name: The {noun}}}\n" for n, noun in enumerate(NOUNS)))
        self.file("papers", "contract: {title: The second copy, text: Two years and a number of privations.}\n")
        self.file("rules", "trusted: {if: stat_0 >= 4, reason: They do not trust you.}\n")
        self.file("snippets", 'they: "{side == left ? she | side == right ? he | they}"\n')
        self.file(
            "endings",
            "end_high: {title: High, text: The keys are yours.}\nend_left: {title: Left, text: You went left.}\n"
            "end_plain: {title: Plain, text: You hand over the keys.}\n",
        )
        self.file("roles", "".join(f"{intent}_first: {{{intent}: 3}}\n" for intent in INTENTS))
        cards = "".join(
            f"card_{number}: {{title: The {NOUNS[number % len(NOUNS)]}, claim: It stood., sources: [A newspaper], date: 1922}}\n"
            for number in range(self.cards)
        )
        self.file("codex/cards", cards)

    @property
    def cards(self) -> int:
        return max(3, self.size.scenes // 10)

    # scenes

    def hub(self) -> str:
        shown = ", ".join(f"{{deck: works_{number}, show: 1}}" for number in range(min(3, self.size.decks)))
        others = "".join(
            f"    - if: turn % {self.size.decks} == {number}\n      draw: {{deck: works_{number}, show: 2}}\n"
            for number in range(3, self.size.decks)
        )
        return (
            "opening:\n  title: The opening\n  ask: {into: name, say: Your name?, default: Anna Reed, limit: 40}\n"
            "  choices:\n"
            "    - say: Go left\n      intent: care\n      do: side = left\n      give: contract\n"
            "    - say: Go right\n      intent: order\n      do: side = right\n"
            "  then:\n    - checkpoint: The beginning\n    - go: month\n"
            f"month:\n  title: The month\n  text: |\n    {{date:d month}}. {{turn > 2 ? It goes on. | It begins.}}\n  then:\n"
            f"    - draw: [{shown}]\n{others}    - if: turn >= {self.size.turns}\n      go: last\n"
            "    - do: wait turn\n    - go: month\n"
            "last:\n  title: The last evening\n  text: |\n"
            f"    {{name}} has {{has(contract) ? the paper | nothing}}. {self.flagged(0)} So {{@they}} go.\n"
            "  then:\n    - if: side == left and stat_0 < 5\n      ending: end_left\n"
            f"      elif:\n        - if: {' or '.join(f'stat_{n} >= 8' for n in range(min(3, self.size.stats)))}\n"
            "          ending: end_high\n      else:\n        - ending: end_plain\n"
        )

    def piece(self, number: int) -> str:
        """A set-piece on its day; every third leads to a side scene."""
        turn, place = divmod(number, self.size.pieces)
        day = BEGINNING + timedelta(days=turn * TURN + 1 + place)
        goes = f"      go: side_{number // 3}\n" if number % 3 == 0 and number // 3 < self.size.sides else ""
        head = f"piece_{number}:\n  title: {self.title()}\n  day: {day}\n{self.history()}{self.place()}"
        return head + self.text() + self.choices(number, goes)

    def side(self, number: int) -> str:
        middle = "  then:\n    - id: door\n      visit: inside\n    - go: month\n  parts:\n    inside:\n      text: |\n"
        return f"side_{number}:\n  title: {self.title()}\n{self.text()}{middle}        {self.sentence()}\n"

    def storylet(self, number: int) -> str:
        deck = number % self.size.decks
        head = f"work_{number}:\n  deck: works_{deck}\n  title: {self.title()}\n{self.history()}{self.place()}"
        stat = number % self.size.stats
        if number % 4 == 0:
            head += f"  when: stat_{stat} >= 2\n  weight: 1 + stat_{stat}\n"
        if number % 5 == 0:
            head += f"  every: {2 + number % 3} months\n"
        if number % 7 == 0:
            head += f"  from: {BEGINNING + timedelta(days=TURN // 2)}\n"
        if number % 11 == 0:
            head += "  content: fever\n"
        return head + self.text() + self.choices(self.size.set_pieces + number, "")

    def choices(self, number: int, goes: str) -> str:
        flag, dice, size = number % self.size.flags, self.dice, self.size
        gated = number % 4 == size.set_pieces % 4 and (number - size.set_pieces) % size.stats
        up, down = dice.sample([stat for stat in range(size.stats) if stat != gated], 2)
        intents = dice.sample(INTENTS, 3)
        labels = [f"{word} the {noun}" for word, noun in zip(dice.sample(("Take", "Leave", "Mend", "Ask for", "Burn"), 3),
                                                             dice.sample(NOUNS, 3), strict=True)]  # fmt: skip
        needs = "trusted" if number % 8 == 1 else f"{{stat_{up} >= 1: There is nothing left.}}"
        return (
            f"  choices:\n    - say: {labels[0]}\n      intent: {intents[0]}\n"
            f"      do: stat_{up} += 1; stat_{down} -= 1; flag_{flag} = yes\n{self.result()}{goes}"
            f"    - say: {labels[1]}\n      intent: {intents[1]}\n      needs: {needs}\n"
            f"      do: stat_{up} -= 1; stat_{down} += 1; learn card_{number % self.cards}\n{self.result()}"
            f"    - say: {labels[2]}\n      intent: {intents[2]}\n"
            f"      do: stat_{up} -= 1 if chance(0.5)\n{self.result()}"
        )

    # prose

    def title(self) -> str:
        self.written += 1
        return f"The {self.dice.choice(ADJECTIVES)} {self.dice.choice(NOUNS)} {self.written}"

    def place(self) -> str:
        first = 2 * self.written % len(FIRST)
        return f"  place: place_{self.written % len(NOUNS)}\n  cast: [person_{first}, person_{first + 1}]\n"

    def history(self) -> str:
        return f"  history: {{status: composite, cards: [card_{self.dice.randrange(self.cards)}]}}\n"

    def text(self) -> str:
        """The opening text: some two thirds of a scene's words, in paragraphs."""
        wanted, lines, count = max(10, self.size.words * 2 // 3), [], 0
        while count < wanted:
            sentences = [self.sentence() for _ in range(4)]
            if not lines:
                sentences[1] = self.flagged((self.written + self.size.flags // 2) % self.size.flags)
            count += sum(len(sentence.split()) for sentence in sentences)
            lines.append(f"    {' '.join(sentences)}\n")
        return "  text: |\n" + "\n".join(lines)

    def flagged(self, flag: int) -> str:
        return f"{{flag_{flag} ? {self.sentence()[:-1]} again. | {self.sentence()}}}"

    def result(self) -> str:
        return f"      text: |\n        {self.sentence()}\n"

    def sentence(self) -> str:
        dice = self.dice
        words = f"the {dice.choice(ADJECTIVES)} {dice.choice(NOUNS)} {dice.choice(VERBS)} by the {dice.choice(NOUNS)}"
        return f"{words[:1].upper()}{words[1:]}."


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a generated story.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenes", type=int, default=60)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(generate(args.folder, Size(args.scenes, args.words), args.seed))


if __name__ == "__main__":
    main()

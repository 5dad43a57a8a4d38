"""A story of fifty doors that hardly anybody opens, and of fifty that nobody can: for searches to be measured on.

A hall with a hundred doors, each to be entered once in a life; behind the fifty `rare` ones is a prize that a player who
chooses at random meets in fewer than one life in ten thousand (each kind says why); behind the fifty `never` ones is one that
cannot be met. The same seed writes the same story. `write(folder, onto=True)` adds the doors to a generated story's decks
instead.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(1922, 3, 6)
Door = tuple[str, str]
"""The keys of the scene, and its variables."""


def lock(name: str, dice: Random) -> Door:
    """Six sets of six, one right way through each, and out at the first mistake: 6**-6 is 1 in 46,656."""
    body = ""
    for depth in range(6):
        right = dice.randrange(6)
        body += f"    - id: wheel_{depth}\n      text: |\n        Wheel {depth}.\n      choices:\n"
        body += "".join(
            f"        - say: Figure {number}\n" + ("" if number == right else "          go: back\n") for number in range(6)
        )
    return f"  then:\n{body}    - go: prize\n", ""


def silent(name: str, dice: Random) -> Door:
    """The same, but nobody says what was wrong: the five figures of eight are looked at together at the end: 8**-5, 1 in
    32,768."""
    wanted = [dice.randrange(1, 9) for _ in range(5)]
    sets = "".join(
        f"    - id: wheel_{depth}\n      choices:\n"
        + "".join(f"        - say: Figure {number}\n          do: {name}_{depth} = {number}\n" for number in range(1, 9))
        for depth in range(5)
    )
    test = " and ".join(f"{name}_{depth} == {figure}" for depth, figure in enumerate(wanted))
    declared = "".join(f"{name}_{depth}: {{start: 0, range: 0 to 9}}\n" for depth in range(5))
    return f"  then:\n{sets}    - if: {test}\n      go: prize\n", declared


def policy(name: str, dice: Random) -> Door:
    """Sixteen rounds of four ways, one of which mends what the others spoil; 13 are asked for: 16 rounds come to that by
    15 right choices at least, so in 1 of 80 million lives."""
    right = dice.randrange(4)
    ways = "".join(
        f"        - say: Way {way}\n          do: {name}_trust {'+' if way == right else '-'}= 1\n" for way in range(4)
    )
    return (
        f"  do: {name}_rounds = 0\n  then:\n    - id: round\n      do: {name}_rounds += 1\n      choices:\n{ways}"
        f"    - if: {name}_rounds < 16\n      go: round\n    - if: {name}_trust >= 13\n      go: prize\n",
        f"{name}_trust: {{start: 0, range: 0 to 20}}\n{name}_rounds: {{start: 0, range: 0 to 20}}\n",
    )


def luck(name: str, dice: Random) -> Door:
    """Two chances of 1 in 100 and one of 1 in 20 in a row, tried once: 1 in 200,000."""
    return "  go: prize if chance(0.01) and chance(0.01) and chance(0.05) else back\n", ""


def tries(name: str, dice: Random) -> Door:
    """A chance of 1 in 300 to go up a step, three steps, and each try costs one of twelve: 220 / 300**3, 1 in 122,000 lives."""
    return (
        f"  do: {name}_left = 12\n  then:\n    - id: again\n      do: {name}_left -= 1; {name}_step += 1 if chance(0.00334)\n"
        "      choices:\n        - Try again\n        - say: Try the other hand\n"
        f"          do: {name}_step += 1 if chance(0.00334)\n"
        f"    - if: {name}_step >= 3\n      go: prize\n    - if: {name}_left > 0\n      go: again\n",
        f"{name}_left: {{start: 0, range: 0 to 12}}\n{name}_step: {{start: 0, range: 0 to 3}}\n",
    )


def window(name: str, dice: Random) -> Door:
    """Three days to be met exactly, by waits of 1, 2, 5, 11 days; to knock on another day, one way of five, ends it. Each is met
    with chance f(gap) / 5, where f(0) = 1 and f(g) = sum of f(g - wait) / 5: less than 1 in 50. With the right key of ten at
    the end that is less than 1 in a million lives."""
    body, declared = "", ""
    for step in range(3):
        gap = dice.randrange(25, 40)
        declared += f"{name}_day_{step}: {{start: {FIRST}}}\n"
        waits = "".join(f"        - say: Wait {days}\n          do: wait {days} days\n" for days in (1, 2, 5, 11))
        body += (
            f"    - do: {name}_day_{step} = date + {gap} days\n"
            f"    - id: wait_{step}\n      choices:\n{waits}        - say: Knock\n          id: knock_{step}\n"
            f"          go: on_{step} if date == {name}_day_{step} else back\n"
            f"    - if: date > {name}_day_{step}\n      go: back\n    - go: wait_{step}\n"
            f"    - id: on_{step}\n      text: |\n        Yes.\n"
        )
    last = "".join(f"        - say: Key {number}\n" + ("          go: prize\n" if number == 7 else "") for number in range(10))
    return f"  then:\n{body}    - choices:\n{last}", declared


def papers(name: str, dice: Random) -> Door:
    """Four papers lie about, one of six in each of four drawers, and one of eight clerks wants all: 6**-4 / 8, 1 in 10,368."""
    drawers, clerk = "", dice.randrange(8)
    for drawer in range(4):
        right = dice.randrange(6)
        drawers += f"    - id: drawer_{drawer}\n      choices:\n" + "".join(
            f"        - say: Sheet {number}\n" + (f"          give: {name}_{drawer}\n" if number == right else "")
            for number in range(6)
        )
    test = " and ".join(f"has({name}_{drawer})" for drawer in range(4))
    clerks = "".join(
        f"        - say: Clerk {number}\n" + (f"          go: prize if {test} else back\n" if number == clerk else "")
        for number in range(8)
    )
    return f"  then:\n{drawers}    - id: clerks\n      choices:\n{clerks}", ""


def counts(name: str, dice: Random) -> Door:
    """A shrine to be bowed to nine times of ten steps, with four other ways at each: C(10, 9) 5**-9 and less, 1 in 190,000."""
    ways = "".join(f"        - Look away {number}\n" for number in range(4))
    return (
        f"  do: {name}_steps = 0\n  then:\n    - id: path\n      do: {name}_steps += 1\n      choices:\n        - say: Bow\n"
        f"          go: shrine\n{ways}    - id: on\n      if: {name}_steps < 10\n      go: path\n"
        f"    - if: visits({name}.shrine) >= 9\n      go: prize\n    - go: back\n"
        f"  parts:\n    shrine:\n      text: |\n        You bow.\n      go: {name}.on\n",
        f"{name}_steps: {{start: 0, range: 0 to 20}}\n",
    )


RARE = {lock: 8, silent: 8, policy: 7, luck: 6, tries: 5, window: 5, papers: 6, counts: 5}


def out_of_range(name: str, dice: Random) -> Door:
    ways = "".join(f"        - say: Way {way}\n          do: {name}_v += {way}\n" for way in range(4))
    return f"  then:\n    - choices:\n{ways}    - if: {name}_v > 9\n      go: prize\n", f"{name}_v: {{start: 0, range: 0 to 9}}\n"


def contradiction(name: str, dice: Random) -> Door:
    ways = "".join(f"        - say: Way {way}\n          do: {name}_v = {way}\n" for way in range(4))
    return (
        f"  then:\n    - choices:\n{ways}    - if: {name}_v == 1 and {name}_v == 2\n      go: prize\n",
        f"{name}_v: {{start: 0}}\n",
    )


def exclusive(name: str, dice: Random) -> Door:
    return (
        f"  then:\n    - id: fork\n      choices:\n        - say: Left\n          id: left\n"
        "        - say: Right\n          id: right\n"
        f"    - if: taken({name}.fork.left) and taken({name}.fork.right)\n      go: prize\n",
        "",
    )


def parity(name: str, dice: Random) -> Door:
    ways = "".join(f"        - say: Way {way}\n          do: {name}_v += {2 * way}\n" for way in range(1, 4))
    return (
        f"  then:\n    - choices:\n{ways}    - if: {name}_v == 5\n      go: prize\n",
        f"{name}_v: {{start: 0, range: 0 to 9}}\n",
    )


def no_luck(name: str, dice: Random) -> Door:
    return "  go: prize if chance(0) else back\n", ""


def too_late(name: str, dice: Random) -> Door:
    return "  do: wait 3 days\n  go: prize if date < 1922-03-06 else back\n", ""


def unlinked(name: str, dice: Random) -> Door:
    return "  text: |\n    A wall.\n", ""


def no_paper(name: str, dice: Random) -> Door:
    return f"  go: prize if has({name}_0) else back\n", ""


NEVER = {out_of_range: 8, contradiction: 7, exclusive: 7, parity: 7, no_luck: 6, too_late: 5, unlinked: 5, no_paper: 5}


def write(folder: Path, seed: int = 1, onto: bool = False) -> tuple[list[str], list[str]]:
    """Writes the story and gives the two lists of prizes: those that are rare, and those that cannot be met."""
    dice, scenes, declared, sheets = Random(f"doors {seed}"), "", "", ""
    found: tuple[list[str], list[str]] = ([], [])
    for kinds, names, word in ((RARE, found[0], "rare"), (NEVER, found[1], "never")):
        for make, many in kinds.items():
            for _ in range(many):
                name = f"{word}_{len(names)}"
                body, variables = make(name, dice)
                prize = "    prize:\n      text: |\n        A prize.\n\n      choices:\n        - Take it\n"
                prize += "        - Leave it\n      then:\n"
                prize += "".join(f"        - text: |\n            Joy {number}.\n" for number in range(5))
                head = "  deck: works_0\n" if onto else ""
                parts = "" if "  parts:\n" in body else "  parts:\n"
                scenes += f"{name}:\n  title: {make.__name__} {len(names)}\n{head}{body}{parts}{prize}"
                declared += variables
                if make in (papers, no_paper):
                    sheets += "".join(f"{name}_{number}: {{title: Sheet {number}}}\n" for number in range(4))
                names.append(f"{name}.prize")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "doors.yaml").write_text(scenes, encoding="utf-8")
    _add(folder / "variables.yaml", declared)
    _add(folder / "papers.yaml", sheets)
    if not onto:
        everything, halls, ways = [*found[0], *found[1]], "", ""
        for corridor in range(10):
            doors = "".join(
                f"        - say: Door {name}\n          once: yes\n          visit: {name.partition('.')[0]}\n"
                for name in everything[corridor::10]
            )
            halls += f"corridor_{corridor}:\n  title: Corridor {corridor}\n  then:\n    - choices:\n{doors}    - go: hall.doors\n"
            ways += f"        - say: Corridor {corridor}\n          go: corridor_{corridor}\n"
        _add(folder / "variables.yaml", "knocks: {start: 0, range: 0 to 9}\n")
        (folder / "hall.yaml").write_text(
            f"hall:\n  title: The hall\n  text: |\n    Doors.\n  then:\n    - id: doors\n      do: knocks += 1\n"
            f"    - if: knocks > 6\n      ending: out\n    - choices:\n{ways}        - say: Leave\n"
            f"          ending: out\n{halls}",
            encoding="utf-8",
        )
        (folder / "endings.yaml").write_text("out: {title: Out, text: Out.}\n", encoding="utf-8")
        (folder / "story.yaml").write_text(
            f"id: doors\ntitle: A Hundred Doors\nversion: 0.1.0\nstart: hall\ndate: {FIRST}\n", encoding="utf-8"
        )
    return found


def _add(path: Path, text: str) -> None:
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")

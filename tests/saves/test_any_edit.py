"""Whatever is done to a story, a life of it opens on a page with a way on, and stays opened."""

from __future__ import annotations

import random
from copy import deepcopy

import pytest

LABELS = ["Dig", "Write home", "Walk to the river", "Ask Hester", "Sleep", "Go to the meeting", "Sign", "Refuse", "Wait", "Read"]


def made(dice):
    """Scenes by name: choices as (id, label, target), whether it asks, and what it does."""
    names = [f"s{number}" for number in range(7)]
    return {"month": scene(dice, names)} | {name: scene(dice, [*names, "month", "month"]) for name in names}


def scene(dice, targets):
    labels = dice.sample(LABELS, dice.randint(1, 3))
    choices = [(label.lower().replace(" ", "_"), label, dice.choice(targets)) for label in labels]
    return {"choices": choices, "ask": dice.random() < 0.2, "wait": dice.random() < 0.5}


def change(dice, scenes):
    """One edit: a choice or a scene taken away, put in, renamed or reworded, a question put in, another effect."""
    scenes = deepcopy(scenes)
    name = dice.choice(list(scenes))
    here = scenes[name]
    match dice.randrange(6):
        case 0 if len(here["choices"]) > 1:
            here["choices"].pop(dice.randrange(len(here["choices"])))
        case 1:
            label = dice.choice(["Think", "Look about", "Count the coal"])
            here["choices"].insert(0, (label.lower().replace(" ", "_"), label, dice.choice(list(scenes))))
            here["choices"] = list({choice[0]: choice for choice in here["choices"]}.values())
        case 2:
            at = dice.randrange(len(here["choices"]))
            here["choices"][at] = (f"x{here['choices'][at][0]}", f"{here['choices'][at][1]} now", here["choices"][at][2])
        case 3 if name != "month":
            del scenes[name]
            for other in scenes.values():
                other["choices"] = [(key, label, "month" if to == name else to) for key, label, to in other["choices"]]
        case 4:
            here["ask"] = not here["ask"]
        case 5:
            here["wait"] = not here["wait"]
    return scenes


def as_yaml(scenes):
    parts = []
    for name, here in scenes.items():
        part = f"{name}:\n  title: Scene {name}\n" + ("  do: wait 3 weeks\n" if here["wait"] or name == "month" else "")
        if here["ask"]:
            part += "  ask: {into: name, say: 'Your name?', default: Anna}\n"
        part += "  choices:\n"
        parts.append(part + "".join(f"    - {{say: {label}, id: {key}, go: {to}}}\n" for key, label, to in here["choices"]))
    return "".join(parts)


STORY = (
    "id: tiny\ntitle: Tiny\nversion: 0.1.0\nstart: {}\nhub: month\ndate: 1922-03-06\n"
    "acts:\n  - {{id: one, title: One, turns: [28, 28, 28, 28, 28, 28]}}\n"
)


def step(dice, life):
    if life.page.question:
        life.answer(dice.choice(["Vera", "", "Olga"]))
    else:
        life.choose(dice.choice([option.key for option in life.page.options if option.enabled]))


@pytest.mark.parametrize("seed", range(12))
def test_any_edits(shelf, tell, seed):
    dice = random.Random(seed)
    scenes = made(dice)
    kinds = set()
    with shelf.begin(tell(as_yaml(scenes), story=STORY.format("s0")), name="vera", seed=seed) as life:
        for _ in range(dice.randint(3, 20)):
            step(dice, life)
    for _ in range(4):
        for _ in range(dice.randint(1, 5)):
            scenes = change(dice, scenes)
        story = tell(as_yaml(scenes), story=STORY.format("s0" if "s0" in scenes else "month"))
        with shelf.open("vera", story) as life:
            kinds.add(life.verdict.kind)
            assert life.verdict.kind == "exact" or life.verdict.sentence.endswith(".")
            step(dice, life)
            page, state = life.page, life.state
        with shelf.open("vera", story) as life:
            assert (life.verdict.kind, life.page, life.state) == ("exact", page, state)
            for _ in range(dice.randint(0, 12)):
                if life.undo() is None:
                    break
                assert life.page.question or any(option.enabled for option in life.page.options)
            assert all(entry.page for entry in life.entries)
            step(dice, life)
        with shelf.open("vera", story) as life:
            assert life.verdict.kind == "exact"
    assert kinds

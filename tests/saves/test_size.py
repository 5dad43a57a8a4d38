"""How large a life gets, and how long it takes to open: in seconds of the processor, which others at work do not lengthen."""

from __future__ import annotations

import random
import time
from functools import cache

import pytest

WORDS = (
    "pier", "camp", "barracks", "office", "coke", "mine", "letter", "winter", "bread", "meeting", "quarrel", "road", "tom",
    "river", "stone", "house", "works", "train", "moscow", "signature", "hester", "gusev", "coal", "oven", "school",
    "kitchen", "dance", "fever", "ration", "debate", "strike", "boxcar", "border", "voyage",
)  # fmt: skip
CARDS_A_TURN = 8
"""Storylets of two choices each; so 500 choices last some 30 turns."""


@cache
def large_story():
    """A hub with ten decks of forty storylets, each with variables, chance and four choices."""
    dice = random.Random(7)
    names = [f"{'_'.join(dice.sample(WORDS, 2))}_{number}" for number in range(400)]
    variables = [f"{'_'.join(dice.sample(WORDS, 2))}_{number}" for number in range(60)]
    parts = []
    for number, name in enumerate(names):
        words = " ".join(dice.choices(WORDS, k=60))
        card = f"{name}:\n  deck: works{number % 10}\n  title: {name}\n  text: |\n    {words}.\n  choices:\n"
        for _ in range(4):
            label = " ".join(dice.sample(WORDS, 5)).capitalize()
            first, second = dice.sample(variables, 2)
            card += f"    - say: {label}\n      do: {first} += roll(1, 3); {second} -= 1\n"
        parts.append(f"{card}  then:\n    - do: played += 1\n    - do: wait turn if played % {CARDS_A_TURN} == 0\n")
    hub = "month:\n  title: The month\n  text: |\n    A month.\n  then:\n"
    hub += "".join(f"    - if: turn % 10 == {deck}\n      draw: {{deck: works{deck}, show: 4}}\n" for deck in range(10))
    hub += "    - go: month\n"
    head = "start:\n  go: month\n"
    declared = "played: {start: 0}\n" + "".join(
        f"{name}: {{start: 50, range: 0 to 1000, label: {name}, series: {'yes' if number < 15 else 'no'}}}\n"
        for number, name in enumerate(variables)
    )
    return head + hub + "".join(parts), declared


@pytest.fixture
def long_life(shelf, tell, monkeypatch):
    """A life of 500 choices over some 30 turns."""
    scenes, variables = large_story()
    turns = ", ".join(["24"] * 40)
    story = tell(
        scenes, variables=variables,
        story="id: large\ntitle: A Large Story\nversion: 0.1.0\nstart: start\nhub: month\ndate: 1922-03-06\n"
        f"acts:\n  - {{id: one, title: What was promised, turns: [{turns}]}}\n",
    )  # fmt: skip
    dice = random.Random(3)
    monkeypatch.setattr("game.saves.disk.os.fsync", lambda _: None)  # its time is the disk's
    with shelf.begin(story, name="long", seed=1) as life:
        for _ in range(500):
            life.choose(dice.choice([option.key for option in life.page.options if option.enabled]))
    return story, life.path


def test_a_life_of_500_choices_is_small_and_opens_fast(shelf, long_life):
    story, path = long_life
    data = path.read_bytes()
    lines = data.splitlines(keepends=True)
    assert 28 <= sum(b'"snapshot":' in line for line in lines) <= 36
    assert len(data) <= 350_000
    assert max(len(line) for line in lines if b'"choice":' in line) <= 400
    opened = []
    for _ in range(3):
        begun = time.process_time()
        with shelf.open("long", story) as life:
            opened.append(time.process_time() - begun)
            assert life.verdict.kind == "exact"
            assert len(life.entries) == 500
    assert min(opened) < 1.0
    begun = time.process_time()
    assert shelf.list()[0].choices == 500
    assert time.process_time() - begun < 0.05


LONGEST = """
    SCENE:
      text: |
        Begin.
      then:
        - id: BEAT
          text: |
            Words.
          choices:
            - say: LABEL
              id: CHOICE
              choices:
                - {say: LABEL, id: INNER}
                - B
          then:
            - go: SCENE
"""
BARE = "id: tiny\ntitle: T\nversion: 0.1.0\nstart: {}\ndate: 1922-03-06\n"


def test_a_line_of_the_longest_names_stays_within_400_bytes(shelf, tell):
    scenes = LONGEST.replace("LABEL", "Ж" * 300)
    for name in ("SCENE", "BEAT", "CHOICE", "INNER"):
        scenes = scenes.replace(name, name[0].lower() * 40)
    story = tell(scenes, story=BARE.format("s" * 40))
    with shelf.begin(story, name="long") as life:
        for _ in range(4):
            life.choose(life.page.options[0].key)
        page = life.page
    lines = [line for line in life.path.read_bytes().splitlines(keepends=True) if b'"choice":' in line]
    assert len(lines) == 4
    assert 340 < max(len(line) for line in lines) <= 400
    with shelf.open("long", story) as life:
        assert life.page == page


def test_a_long_answer_is_cut_before_the_story_hears_it(shelf, tell):
    asked = "start:\n  ask: {into: name, say: Your name?, default: A, limit: 200}\n"
    told = "  then:\n    - text: |\n        {name}\n      choices: [A, B]\n    - go: start\n"
    story = tell(asked + told, story=BARE.format("start"))
    with shelf.begin(story, name="long") as life:
        life.answer('"\\' * 500 + "\udcff\x00")
        assert len(life.state.vars["name"]) == 48
        page = life.page
    assert max(len(line) for line in life.path.read_bytes().splitlines() if b'"choice":' in line) <= 400
    with shelf.open("long", story) as life:
        assert life.verdict.kind == "exact"
        assert life.page == page

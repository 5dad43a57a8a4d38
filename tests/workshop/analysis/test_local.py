"""Uses, sets, options and claims: what is told, and what only looks alike. The plain case of each is on its page."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from game.load import load_story
from game.workshop.analysis.local import local

if TYPE_CHECKING:
    from pathlib import Path

STORY = "id: small\ntitle: Small\nversion: 0.1.0\nstart: home\nhub: home\ndate: 1922-03-06\n"
ENDINGS = "the_end: {title: The end}\n"


def findings(folder: Path, scenes: str, **files: str) -> list[tuple[str, str, int]]:
    """(code, file, line) of what is found in a story of these scenes and declarations."""
    for name, text in {"story": STORY, "endings": ENDINGS, "scenes": scenes, **files}.items():
        (folder / f"{name}.yaml").write_text(dedent(text), "utf-8")
    loaded = load_story(folder)
    assert loaded.story is not None, loaded.diagnostics
    assert loaded.model is not None
    found = local(loaded.model, loaded.story)
    return sorted((one.code, one.at.file.rpartition("/")[2], one.at.line) for one in found)


LEAVE = "    - say: Leave\n      ending: the_end\n"


@pytest.mark.parametrize(
    "reads",
    [
        "text: |\n    {x}",
        "text: |\n    {x > 3 ? Many. | Few.}",
        "title: \"{x} days\"",
        "go: part if x > 3 else part",
        "do: y = x",
        "do: wait 1 day if x > 3",
    ],
)  # fmt: skip
def test_a_variable_is_read_wherever_logic_or_a_text_names_it(tmp_path, reads):
    scenes = f"home:\n  {reads}\n  parts:\n    part:\n      choices:\n        - say: Go on\n          do: x += 1; y += 1\n"
    scenes += "          ending: the_end\n"
    found = findings(tmp_path, scenes, variables="x: {start: 1}\ny: {start: 1, label: Y}\n")
    assert not [one for one in found if one[0] in ("unread-variable", "unset-variable")]


def test_adding_to_itself_is_not_reading(tmp_path):
    scenes = "home:\n  choices:\n    - say: Leave\n      do: x += x + 1\n      ending: the_end\n"
    assert findings(tmp_path, scenes, variables="x: {start: 1}\n") == [("unread-variable", "variables.yaml", 1)]


def test_a_rule_that_only_another_rule_names_is_used_and_reads_its_variables(tmp_path):
    rules = "fed: {if: food > 1, reason: No.}\nwell: {if: fed and warm, reason: No.}\n"
    scenes = "home:\n  choices:\n    - say: Eat\n      needs: well\n      do: food -= 1; warm = no\n" + LEAVE
    assert findings(tmp_path, scenes, rules=rules, variables="food: {start: 1}\nwarm: {start: yes}\n") == []


def test_what_an_ask_fills_is_set(tmp_path):
    scenes = "home:\n  ask: {into: name, default: A}\n  text: |\n    {name}\n  choices:\n" + LEAVE
    assert findings(tmp_path, scenes, variables="name: {start: A}\n") == []


def test_a_place_on_a_map_and_a_person_at_a_scene_are_used(tmp_path):
    scenes = "home:\n  cast: [hester]\n  choices:\n" + LEAVE
    found = findings(
        tmp_path,
        scenes,
        people="hester: {name: H}\njan: {name: J}\n",
        places="pier: {name: P, map: world, at: [1, 2]}\nhut: {name: H}\n",
    )
    assert found == [("unused-declaration", "people.yaml", 2), ("unused-declaration", "places.yaml", 2)]


# sets ------------------------------------------------------------------------------------------------------------

VARIABLES = """
x: {start: 1, range: 0 to 9, label: X, better: up}
y: {start: 1, range: 0 to 9, label: Y, better: down}
flag: {start: no, label: F}
"""
USED = "used:\n  deck: works\n  title: Used\n  do: x += 1; y += 1; flag = yes\n"
DRAWN = "    - say: Work\n      draw: works\n"


@pytest.mark.parametrize(
    ("conditions", "empty"),
    [
        (("x > 3", "x <= 3"), False),
        (("x > 3", "x < 3"), True),
        (("flag", "not flag"), False),
        (("flag", "x > 3"), True),
        (("x > 3", ""), False),
    ],
)
def test_a_set_is_empty_unless_its_conditions_cover_every_case(tmp_path, conditions, empty):
    scenes = "home:\n  choices:\n"
    for number, condition in enumerate(conditions):
        scenes += f"    - say: Option {number}\n" + (f"      if: {condition}\n" if condition else "") + "      ending: the_end\n"
    found = findings(tmp_path, scenes + USED.replace("  deck: works\n", "  day: 1922-05-01\n"), variables=VARIABLES)
    assert (("empty-set", "scenes.yaml", 2) in found) is empty


def test_a_set_with_something_below_it_or_storylets_beside_it_may_be_empty(tmp_path):
    below = "home:\n  choices:\n    - say: A\n      if: flag\n      ending: the_end\n"
    below += "  then:\n    - text: |\n        On.\n    - go: later\n"
    beside = "later:\n  draw: works\n  choices:\n    - say: A\n      once: yes\n      ending: the_end\n"
    assert findings(tmp_path, below + beside + USED, variables=VARIABLES) == []


def test_once_empties_a_set_only_where_it_can_be_met_again(tmp_path):
    storylet = "card:\n  deck: works\n  title: Card\n  choices:\n    - {say: A, once: yes}\n"
    scenes = "home:\n  choices:\n" + DRAWN + LEAVE + storylet
    assert findings(tmp_path, scenes) == []
    assert ("empty-set", "scenes.yaml", 11) in findings(tmp_path, scenes.replace("title: Card\n", "title: Card\n  once: no\n"))


# loops -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("text: |\n        The wall.\n      go: office", True),
        ("text: |\n        The wall.\n      once: yes\n      go: office", False),
        ("text: |\n        The wall.\n      if: x > 3\n      go: office", False),
        ("text: |\n        The {seq | wall | floor}.\n      go: office", False),
        ("text: |\n        The wall.\n      do: wait 1 day\n      go: office", False),
        ("do: x += 1\n      go: office", False),
        ("text: |\n        The wall.\n      choices:\n        - {say: On, go: office}", False),
        ("text: |\n        The wall.\n      go: home", False),
    ],
)
def test_a_choice_that_comes_back_at_once_and_reads_the_same(tmp_path, choice, told):
    scenes = f"home:\n  choices:\n    - Office -> office\n{LEAVE}"
    scenes += f"office:\n  choices:\n    - say: Look\n      {choice}\n    - Home -> home\n"
    found = findings(tmp_path, scenes + USED, variables=VARIABLES)
    assert (("repeated-choice", "scenes.yaml", 8) in found) is told


# options ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "outdone"),
    [
        ("do: x += 1", "do: x += 2", 5),
        ("do: x += 2", "do: x += 1", 8),
        ("do: y += 1", "do: x += 0", 5),
        ("do: x += 1; y -= 1", "do: x += 2", None),
        ("do: x += 1", "do: x += 1", None),
        ("do: x += 1; flag = yes", "do: x += 2", None),
        ("do: x += 1", "do: x += 2 if flag", None),
        ("do: x += 1\n      needs: {x > 3: No.}", "do: x += 2", 5),
        ("do: x += 1", "do: x += 2\n      needs: {x > 3: No.}", None),
        ("do: x += 1\n      give: letter", "do: x += 2", None),
        ("do: x += 1\n      go: home", "do: x += 2", None),
    ],
)
def test_an_option_is_outdone_by_one_that_is_as_good_in_all_and_better_in_something(tmp_path, first, second, outdone):
    scenes = f"home:\n  go: office\noffice:\n  choices:\n    - say: First\n      {first}\n    - say: Second\n      {second}\n"
    lines = [line for line, text in enumerate(scenes.splitlines(), 1) if "say: " in text]
    scenes += "  then:\n    - ending: the_end\n" + USED.replace("deck: works", "day: 1922-05-01")
    found = findings(tmp_path, scenes, variables=VARIABLES, papers="letter: {title: Letter}\n")
    told = [line for code, _, line in found if code == "dominated-option"]
    assert told == ([] if outdone is None else [lines[0] if outdone == 5 else lines[1]])


# claims ----------------------------------------------------------------------------------------------------------

CODEX = "treaty:\n  title: The treaty\n  claim: It was signed.\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("They came in 1922.", "uncited-claim"),
        ("They came in [1922](treaty).", None),
        ("They came in {1922}.", None),
        ("They came{taken(home.leave) ? {turn in (1, 2) ? early | late} | late}.", None),
        ("They came{taken(home.leave) ? in 1922 | late}.", "uncited-claim"),
        ("They came on 6 March.", "uncited-claim"),
        ("They came in the spring, ninety-three of them.", None),
        ('Rutgers gets up. "We sail," somebody says.', "unsourced-quotation"),
        ('Rutgers gets up. "We sail," he says, as [the paper](treaty) has it.', None),
        ('Rutgers gets up. He goes out. The door shuts. It is quiet. "We sail," says Hester.', None),
        ('"We sail," says Hester. Rutgersen nods.', None),
    ],
)
def test_figures_and_real_voices_want_a_card(tmp_path, text, code):
    scenes = f"home:\n  cast: [rutgers]\n  text: |\n    {text}\n"
    scenes += "  choices:\n    - say: Leave\n      do: learn treaty\n      ending: the_end\n"
    (tmp_path / "codex").mkdir()
    found = findings(tmp_path, scenes, people="rutgers: {name: S. J. Rutgers, real: yes}\n", **{"codex/cards": CODEX})
    assert found == ([] if code is None else [(code, "scenes.yaml", 4)])


def test_a_story_without_a_codex_claims_nothing(tmp_path):
    assert findings(tmp_path, "home:\n  text: |\n    In 1922.\n  choices:\n" + LEAVE) == []

"""The names pass: what is named exists, once, and everything that is wrong is told at once with the nearest real name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load.targets import find_set, find_target, set_names, targets

if TYPE_CHECKING:
    from conftest import Small

SCENES = """
office:
  choices:
    - say: Write
      id: moscow
      choices: [Thank them]
  then:
    - id: door
      choices: [Knock]
    - choices: [Wait, Leave]
    - draw: works
  parts:
    refused:
      choices:
        - say: Ask
          then:
            - id: again
              choices: [Beg]
        - say: Swear
          choices: [Laugh]
mill: {deck: works, title: The mill}
"""


def test_every_target_has_a_full_name(small: Small) -> None:
    found = targets(small.model(SCENES))
    assert {name: target.kind for name, target in found.items() if target.scene == "office"} == {
        "office": "scene",
        "office.door": "beat",
        "office.refused": "part",
        "office.again": "beat",
    }


def test_a_set_is_named_by_its_nearest_named_scope_and_the_choices_it_nests_in(small: Small) -> None:
    found = set_names(small.model(SCENES))
    assert {name: list(ids) for name, ids in found.items() if name.startswith("office")} == {
        "office": ["moscow", "wait", "leave"],
        "office/moscow": ["thank_them"],
        "office.door": ["knock"],
        "office.refused": ["ask", "swear"],
        "office.again": ["beg"],
        "office.refused/swear": ["laugh"],
    }


def test_a_name_is_looked_for_in_the_scene_then_in_the_pack_then_in_the_story() -> None:
    known = dict.fromkeys(["office", "office.door", "winter/office", "winter/camp", "winter/camp.door", "camp"])
    assert find_target(known, "door", "office") == "office.door"
    assert find_target(known, "door", "winter/camp", "winter") == "winter/camp.door"
    assert find_target(known, "office", "winter/camp", "winter") == "winter/office"
    assert find_target(known, "camp.door", "winter/office", "winter") == "winter/camp.door"
    assert find_target(known, "winter/camp", "office") == "winter/camp"
    assert find_target(known, "camp", "office") == "camp"
    assert find_target(known, "door", "camp") is None
    assert find_set(known, "camp", "winter") == "winter/camp"


@pytest.mark.parametrize(
    ("scenes", "message", "notes"),
    [
        ("offise: {go: office}\n", "no scene is called `office`", ("a scene with a similar name exists: `offise`",)),
        (
            "office: {go: dor, parts: {door: {go: home}}}\n",
            "no scene is called `dor`",
            ("a part with a similar name exists: `door`",),
        ),
        (
            "shed: {parts: {door: {go: home}}}\noffice: {go: shed.dor}\n",
            "`shed` has no part or beat called `dor`",
            ("a part or beat with a similar name exists: `door`",),
        ),
        (
            "shed: {parts: {door: {go: home}}}\noffice: {go: door}\n",
            "no scene is called `door`",
            ("one is called so in another scene: `shed.door`",),
        ),
        (
            "office: {choices: [{say: Sign, id: pact}], then: [{go: pact}]}\n",
            "no scene is called `pact`",
            ("`pact` is the id of a choice, and choices are no targets",),
        ),
    ],
)
def test_an_unknown_target_is_told_with_what_is_nearly_called_so(
    small: Small, scenes: str, message: str, notes: tuple[str, ...]
) -> None:
    (found,) = small.faults(scenes)
    assert (found.code, found.message, found.notes) == ("unknown-target", message, notes)


def test_a_target_is_shown_inside_its_route(small: Small) -> None:
    (found,) = small.faults("office:\n  go: home if food > 3 else hom\n")
    assert found.at[1:] == (2, 29, 2, 32)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("visit: hom", "unknown-target"),
        ("visit: back", "unknown-target"),
        ("choices: [{include: hom}]", "unknown-target"),
        ("choices: [Leave -> hom]", "unknown-target"),
        ("cast: [hestr]", "unknown-person"),
        ("place: peer", "unknown-place"),
        ("give: leter", "unknown-paper"),
        ("take: [letter, leter]", "unknown-paper"),
        ("ending: end", "unknown-ending"),
        ("draw: works", "unknown-deck"),
        ("ask: {into: nam}", "unknown-variable"),
        ("history: {status: attested, cards: [house]}", "unknown-card"),
        ("skip: {go: home}\n  content: ilness", "unknown-content"),
        ("parts: {home: {do: food += 1}}", "shadowed-name"),
        ("then: [{id: home, do: food += 1}]", "shadowed-name"),
        ("then: [{id: a, do: food += 1}, {id: a, do: food += 1}]", "duplicate-name"),
        ("then: [{id: a, do: food += 1}]\n  parts: {a: {do: food += 1}}", "duplicate-name"),
        ("choices: [Sign, Sign]", "twin-labels"),
        ("choices: [Sign]\n  then: [{choices: [Sign!]}]", "twin-labels"),
    ],
)
def test_whatever_names_something_is_checked(small: Small, line: str, code: str) -> None:
    assert small.codes(f"office:\n  {line}\n") == [code]


def test_start_and_hub_are_scenes(small: Small) -> None:
    text = "id: e\ntitle: E\nversion: 0.1.0\nstart: hom\nhub: [home, hme]\ndate: 1922-03-06\n"
    assert [(one.code, one.at.line) for one in small.faults(story=text)] == [("unknown-target", 4), ("unknown-target", 5)]


def test_one_name_in_two_files_names_both(small: Small) -> None:
    (found,) = small.faults("home: {go: home}\n")
    assert found.code == "duplicate-name"
    assert found.at.file.endswith("scenes.yaml")
    assert found.notes[0].endswith("home.yaml:1:1")


def test_words_variables_and_rules_share_no_names(small: Small) -> None:
    variables = "food: {start: 10}\nmorale: {start: 3}\ncargo: {start: food, words: [food, flour]}\n"
    assert small.codes(variables=variables) == ["word-clash"]
    assert small.codes(rules="food: {if: morale > 3, reason: No.}\n") == ["duplicate-name"]


def test_same_labels_in_sets_of_their_own_are_no_twins(small: Small) -> None:
    assert small.codes("office:\n  choices: [Sign]\n  then: [{id: later, choices: [Sign]}]\n") == []


def test_a_story_without_a_hub_must_lead_somewhere(small: Small) -> None:
    story = "id: e\ntitle: E\nversion: 0.1.0\nstart: home\ndate: 1922-03-06\n"
    assert small.codes(story=story, home="home: {choices: [Wait]}\n") == ["falls-off"]
    assert small.codes(story=story, home="home: {choices: [Wait -> home, {say: Stop, ending: the_end}]}\n") == []
    assert small.codes("aside: {do: food += 1}\n", story=story, home="home: {visit: aside, ending: the_end}\n") == []


def test_many_unknown_names_are_told_without_searching_for_ever(small: Small) -> None:
    found = small.faults("".join(f"office{n}: {{go: offise{n}}}\n" for n in range(300)))
    assert len(found) == 300
    assert sum(bool(one.notes) for one in found) == 100

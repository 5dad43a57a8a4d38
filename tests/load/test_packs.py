"""Branch packs: laid over a story without changing a file of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.model import Choice
from game.engine.turn import begin, choose
from game.load import load_story

if TYPE_CHECKING:
    from conftest import Small

WINTER = "id: winter\ntitle: Winter\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n"
SUMMER = "id: summer\ntitle: Summer\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n"


def test_its_scenes_carry_its_name(small: Small) -> None:
    pack = {"pack.yaml": WINTER, "camp.yaml": "camp: {choices: [Sit -> fire, Leave -> home]}\nfire: {go: camp}\n"}
    found = small.model(packs={"winter": pack})
    assert {"winter/camp", "winter/fire"} < set(found.scenes)
    assert (found.scenes["winter/camp"].pack, found.packs[0].version) == ("winter", "0.1.0")


def test_it_adds_declarations_and_storylets(small: Small) -> None:
    pack = {
        "pack.yaml": WINTER,
        "people.yaml": "ida: {name: Ida}\n",
        "camp.yaml": "camp: {deck: works, title: Camp, cast: [ida, hester]}\n",
    }
    found = small.model("office: {draw: works}\nmill: {deck: works, title: The mill}\n", packs={"winter": pack})
    assert set(found.people) == {"hester", "ida"}


def test_a_graft_names_the_set_that_it_adds_to(small: Small) -> None:
    office = "office: {choices: [{say: Write, id: moscow, choices: [Thank them]}]}\n"
    pack = {
        "pack.yaml": WINTER,
        "camp.yaml": "camp: {go: home}\nmore:\n  extend: office/moscow\n  choices: [Ask for coats -> camp]\n",
    }
    (graft,) = small.model(office, packs={"winter": pack}).grafts
    (choice,) = graft.choices
    assert isinstance(choice, Choice)
    assert (graft.id, graft.pack, graft.extend.text, choice.id) == ("more", "winter", "office/moscow", "ask_for_coats")


def test_names_inside_a_graft_are_checked(small: Small) -> None:
    pack = {"pack.yaml": WINTER, "camp.yaml": "more:\n  extend: home\n  choices: [Leave -> cmp]\n"}
    assert small.codes(packs={"winter": pack}) == ["unknown-target"]


def test_a_name_that_the_story_has_is_an_error_naming_both_files(small: Small) -> None:
    pack = {"pack.yaml": WINTER, "camp.yaml": "home: {do: food += 1}\n", "people.yaml": "hester: {name: Another}\n"}
    scene, person = small.faults(packs={"winter": pack})
    assert (scene.code, person.code) == ("duplicate-name", "duplicate-name")
    assert "winter/camp.yaml" in scene.at.file
    assert "story/home.yaml" in scene.notes[0]
    assert "story/people.yaml" in person.notes[0]


def test_two_packs_may_have_scenes_of_one_name_but_not_the_same_declarations(small: Small) -> None:
    winter = {"pack.yaml": WINTER, "camp.yaml": "camp: {go: home}\n", "papers.yaml": "map: {title: A map}\n"}
    summer = {"pack.yaml": SUMMER, "camp.yaml": "camp: {go: home}\n", "papers.yaml": "map: {title: A map}\n"}
    (found,) = small.faults(packs={"winter": winter, "summer": summer})
    assert (found.code, found.message) == ("duplicate-name", "a paper called `map` exists already")


def test_a_pack_laid_over_the_wrong_story_or_twice_is_told(small: Small) -> None:
    other = {"pack.yaml": WINTER.replace("example", "another")}
    assert small.codes(packs={"winter": other}) == ["pack-mismatch"]
    assert small.codes(packs={"winter": {"pack.yaml": WINTER}, "again": {"pack.yaml": WINTER}}) == ["duplicate-name"]


def test_a_folder_that_is_no_pack_is_told(small: Small) -> None:
    assert small.codes(packs={"winter": {"camp.yaml": "camp: {go: home}\n"}}) == ["missing-file"]
    assert small.codes(packs={"empty": {"pack.yaml": "# later\n"}}) == ["missing-file"]
    assert small.codes(packs={"list": {"pack.yaml": "- winter\n"}}) == ["wrong-type"]
    assert small.codes(packs={"broken": {"pack.yaml": "id: a: b\n"}}) == ["colon-in-text"]
    assert small.codes(packs={"winter": {"pack.yaml": WINTER, "story.yaml": "id: x\n"}}) == ["misplaced-file"]


def test_a_graft_of_two_packs_may_not_clash(small: Small) -> None:
    graft = "more:\n  extend: home\n  choices: [Sing]\n"
    winter = {"pack.yaml": WINTER, "camp.yaml": graft}
    summer = {"pack.yaml": SUMMER, "camp.yaml": graft}
    (found,) = small.faults(packs={"winter": winter, "summer": summer})
    assert found.code == "graft-clash"
    assert "winter/camp.yaml" in found.notes[0]


def test_a_graft_travels_with_a_set_that_is_included(small: Small) -> None:
    """As with the set's own choices, its keys are those of the set it was grafted on."""
    story, packs = small.write(
        "rail: {choices: [Sleep]}\n",
        home="home: {choices: [{include: rail}, Wait]}\n",
        packs={"winter": {"pack.yaml": WINTER, "graft.yaml": "more: {extend: rail, choices: [Lick the rail]}\n"}},
    )
    whole = load_story(story, packs).story
    assert whole is not None
    state, page = begin(whole, 1)
    assert [option.key for option in page.options] == ["rail/sleep", "rail/lick_the_rail", "home/wait"]
    state, page = choose(whole, state, "rail/lick_the_rail")
    assert state.taken == {"rail/lick_the_rail": 1}

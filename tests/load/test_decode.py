"""What the language says, as the model that comes of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from game.engine.calendar import Period
from game.engine.model import Ask, Carry, Checkpoint, Choice, Choices, Do, Draws, End, Go, Include, Say, Then, Visit

if TYPE_CHECKING:
    from conftest import Small

    from game.engine.model import Scene, Step


def steps(scene: Scene) -> tuple[Step, ...]:
    return scene.beat.steps


def test_keys_play_in_the_order_they_are_written(small: Small) -> None:
    scene = small.scene("do: food += 1\ntext: |\n  One.\ncheckpoint: Here\ngive: letter\ntake: [letter]\nvisit: home\ngo: home")
    assert [type(step) for step in steps(scene)] == [Do, Say, Checkpoint, Carry, Carry, Visit, Go]


def test_a_flow_is_a_beat_a_list_of_beats_or_a_bare_block(small: Small) -> None:
    for flow, count in (("{do: food += 1}", 1), ("\n  - do: food += 1\n  - |\n    Text.", 2), ("|\n  Text.", 1)):
        then = steps(small.scene(f"then: {flow}"))[0]
        assert isinstance(then, Then)
        assert len(then.flow) == count


def test_a_beat_has_conditions(small: Small) -> None:
    scene = small.scene("""
then:
  - if: food < 0
    do: morale -= 1
    elif:
      - if: food < 5
        do: morale += 1
    else: |
      Soup.
""")
    then = steps(scene)[0]
    assert isinstance(then, Then)
    beat = then.flow[0]
    assert beat.test is not None
    assert beat.test.source.text == "food < 0"
    assert [other.test.source.text for other in beat.others if other.test] == ["food < 5"]
    assert isinstance(beat.otherwise[0].steps[0], Say)


def choices(small: Small, text: str) -> list[Any]:
    found = steps(small.scene("choices:\n" + "".join(f"  {line}\n" for line in text.strip().splitlines())))[0]
    assert isinstance(found, Choices)
    return list(found.items)


def test_a_choice_is_a_label_with_or_without_a_target(small: Small) -> None:
    plain, arrow = choices(small, "- Thank them\n- Leave it -> home")
    assert (plain.id, plain.label.source.text, plain.beat.steps) == ("thank_them", "Thank them", ())
    assert (arrow.id, arrow.label.source.text) == ("leave_it", "Leave it")
    assert arrow.beat.steps[0].routes[0][1].text == "home"
    assert arrow.beat.steps[0].routes[0][1].at[1:3] == (4, 19)


def test_a_choice_is_a_mapping_with_all_it_may_have(small: Small) -> None:
    text = """
- say: Promise {food} loaves
  id: bread
  was: loaves
  if: food > 1
  needs: [fed, {morale > 2: Nobody listens.}]
  once: yes
  final: yes
  note: costs food
  intent: [care, order]
  do: food -= 1
  choices: [Sit down]
- {include: home}
"""
    choice, include = choices(small, text)
    assert isinstance(choice, Choice)
    assert (choice.id, choice.written_id, choice.was, choice.once, choice.final) == ("bread", True, "loaves", True, True)
    assert [need.reason is None for need in choice.needs] == [True, False]
    assert choice.intent == ("care", "order")
    assert [type(step) for step in choice.beat.steps] == [Do, Choices]
    assert isinstance(include, Include)
    assert include.target.text == "home"


def test_the_routes_of_a_go(small: Small) -> None:
    go = steps(small.scene("go: home if food > 3 else back"))[0]
    assert isinstance(go, Go)
    assert [(test is None, name.text) for test, name in go.routes] == [(False, "home"), (True, "back")]


def test_a_question_a_draw_and_an_ending(small: Small) -> None:
    scenes = """
office:
  ask: {into: name, say: Your name?, default: Anna Reed, limit: 20}
  draw: [works, {deck: works, show: 3}, {deck: any, play: 2}]
  ending: the_end
mill: {deck: works, title: The mill}
"""
    ask, draws, end = steps(small.model(scenes).scenes["office"])
    assert isinstance(ask, Ask)
    assert (ask.into.text, ask.default, ask.limit) == ("name", "Anna Reed", 20)
    assert isinstance(draws, Draws)
    assert [(draw.deck.text, draw.count, draw.play) for draw in draws.draws] == [
        ("works", 1, False),
        ("works", 3, False),
        ("any", 2, True),
    ]
    assert isinstance(end, End)


def test_a_scene_has_everything_around_its_beat(small: Small) -> None:
    scene = small.scene("""
title: The office, {food} loaves
subtitle: Evening
place: pier
cast: hester
deck: [works]
when: food > 1
weight: morale
every: 3 months
from: 1922-05-01
until: 1922-06-30
history: {status: attested, cards: [stone_house], note: the walls}
content: illness
tags: [a, b]
was: bureau
parts:
  door: {title: The door, was: gate, do: food += 1}
""")
    assert scene.title is not None
    assert [name.text for name in scene.cast] == ["hester"]
    assert (scene.first, scene.last, scene.day) == (date(1922, 5, 1), date(1922, 6, 30), None)
    assert scene.history is not None
    assert (scene.history.status, scene.history.note) == ("attested", "the walls")
    assert (scene.tags, scene.was, scene.once) == (("a", "b"), "bureau", None)
    assert [(part.id, part.was) for part in scene.parts] == [("door", "gate")]
    assert scene.at[1:] == (1, 1, 1, 7)


@pytest.mark.parametrize(
    ("entry", "kind", "start"),
    [
        ("{start: 3}", "whole", 3),
        ("{start: -3}", "whole", -3),
        ("{start: 3, range: 0 to 8}", "whole", 3),
        ("{start: 0.5}", "number", 0.5),
        ("{start: 1, range: 0.0 to 1.0}", "number", 1.0),
        ("{start: 1, type: number}", "number", 1.0),
        ("{start: no}", "truth", False),
        ('{start: "no"}', "text", "no"),
        ("{start: no, type: text}", "text", "no"),
        ("{start: Anna Reed}", "text", "Anna Reed"),
        ("{start: 1922-03-06}", "date", date(1922, 3, 6)),
        ("{start: '1922-03-06'}", "text", "1922-03-06"),
        ("{start: 2 weeks}", "span", Period(0, 14)),
        ("{start: none, words: [none, finn]}", "word", "none"),
        ("{start: none, words: {none: nobody, finn: a Finn}}", "word", "none"),
    ],
)
def test_the_kind_of_a_variable_shows_in_its_start(small: Small, entry: str, kind: str, start: object) -> None:
    variable = small.model(people="", variables=f"food: {{start: 1}}\nmorale: {{start: 1}}\nx: {entry}\n").variables["x"]
    assert (variable.kind, variable.start, type(variable.start)) == (kind, start, type(start))


@pytest.mark.parametrize("start", ["true", "on", "012", "1_000", "12:30", "~", "2:5", "+3"])
def test_what_yaml_would_change_silently_is_asked_about(small: Small, start: str) -> None:
    assert "wrong-type" in small.codes(variables=f"food: {{start: {start}}}\n")


def test_a_variable_with_all_it_may_have(small: Small) -> None:
    text = """
trust:
  start: 3
  range: 0 to 8
  label: Trust
  group: colony
  scale: {5: civil, 0: nobody speaks, 2: wary}
  rises: More
  falls: Less
  better: up
  series: yes
  keep: best
food: {start: 1}
morale: {start: 1}
"""
    trust = small.model(variables=text).variables["trust"]
    assert (trust.low, trust.high) == (0, 8)
    assert list(trust.scale) == [(0, "nobody speaks"), (2, "wary"), (5, "civil")]
    assert (trust.better, trust.series, trust.keep, trust.group) == ("up", True, "best", "colony")


def test_declarations(small: Small) -> None:
    found = small.model(
        people="hester: {name: Hester Quinn, real: no, standing: morale}\n",
        roles="wobbly: {solidarity: 3, order: -1.5}\n",
        snippets='they: "{food > 1 ? she | he}"\n',
        endings="the_end:\n  title: The end\n  early: yes\n  text: |\n    Snow.\n",
    )
    assert found.people["hester"].standing is not None
    assert found.roles["wobbly"].weights == {"solidarity": 3.0, "order": -1.5}
    assert found.places["pier"].spot == (12, 7)
    assert found.endings["the_end"].early
    assert found.snippets["they"].prose.source.text.startswith("{food")
    assert found.cards["stone_house"].confidence == "attested"
    assert (found.info.id, found.info.date, found.info.acts[0].turns) == ("example", date(1922, 3, 6), (30, 30))


def test_declarations_may_stand_in_folders_of_their_own(small: Small) -> None:
    story, _ = small.write()
    (story / "one").mkdir()
    (story / "one" / "people.yaml").write_text("ida: {name: Ida Moss}\n")
    from game.load import read_model

    found, diagnostics = read_model(story)
    assert found is not None, diagnostics
    assert set(found.people) == {"hester", "ida"}

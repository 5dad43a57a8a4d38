"""What clients and saves may rely on: refusals, restored states, keyed draws, limits that end a hostile story in a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from game.engine.state import State
from game.engine.turn import ChoiceRefused, StoryStuck, answer, begin, choose, enter, look, paper_text, set_variable
from game.load import load_story

if TYPE_CHECKING:
    from game.engine.story import Story

PLAYS = Path(__file__).parent / "plays"


def load(folder: Path) -> Story:
    loaded = load_story(folder)
    assert loaded.story is not None, loaded.diagnostics
    return loaded.story


def written(folder: Path, scenes: str, **declarations: str) -> Story:
    (folder / "story.yaml").write_text("{id: small, title: Small, version: 0.1.0, start: start, date: 1922-03-06, hub: start}\n")
    (folder / "scenes.yaml").write_text(scenes, encoding="utf-8")
    for name, text in declarations.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def pick(story: Story, state: State, page: Any, label: str) -> tuple[State, Any]:
    return choose(story, state, next(option.key for option in page.options if option.label.startswith(label)))


def test_a_locked_choice_is_refused_in_the_words_of_the_world() -> None:
    story = load(PLAYS / "choices")
    state, _ = begin(story, 1)
    with pytest.raises(ChoiceRefused) as caught:
        choose(story, state, "bench/share")
    assert caught.value.reasons == ("You have none to share.",)


@pytest.mark.parametrize("key", ["bench/nothing", "", "shut/a_door", "bench/whisper"])
def test_what_is_not_on_offer_is_refused(key: str) -> None:
    story = load(PLAYS / "choices")
    state, _ = begin(story, 1)
    with pytest.raises(ChoiceRefused):
        choose(story, state, key)


def test_a_choice_is_checked_again_when_it_is_taken() -> None:
    story = load(PLAYS / "choices")
    state, page = begin(story, 1)
    state, page = pick(story, state, page, "Buy")
    poorer = set_variable(story, state, "bread", "0")
    with pytest.raises(ChoiceRefused, match="You have none to share"):
        choose(story, poorer, "bench/share")


def test_a_restored_state_shows_its_choices_again_and_goes_on_alike() -> None:
    story = load(PLAYS / "decks")
    state, page = begin(story, 4)
    for label in ("See", "", "Take", "", "Be calm", "See"):
        state, page = pick(story, state, page, label)
        restored = State.from_json(json.loads(json.dumps(state.to_json())))
        again = look(story, restored)
        assert [option.key for option in again.options] == [option.key for option in page.options]
        key = page.options[0].key
        assert choose(story, restored, key) == choose(story, state, key)


def test_a_question_is_asked_again_after_a_restore() -> None:
    story = load(PLAYS / "things")
    state, page = begin(story, 1)
    assert look(story, state).question == page.question
    after, _ = answer(story, state, "")
    assert after.vars["name"] == "Anna Reed"
    with pytest.raises(ChoiceRefused):
        answer(story, after, "again")


def test_an_answer_is_data_and_never_parsed() -> None:
    story = load(PLAYS / "things")
    state, _ = begin(story, 1)
    state, page = answer(story, state, "\x1b[31m{coal}\x01\x07 \u202e*x*")
    assert state.vars["name"] == "[31m{coal}"
    assert page.blocks[0].text == "You are [31m{coal}."


def test_papers_read_as_the_state_has_it() -> None:
    story = load(PLAYS / "things")
    state, _ = begin(story, 1)
    state, _ = answer(story, state, "Mary")
    assert [block.text for block in paper_text(story, state, "contract")] == ["Signed by Mary."]


def test_a_scene_can_be_entered_by_name_with_a_state() -> None:
    story = load(PLAYS / "flow")
    state, _ = begin(story, 1)
    state, page = enter(story, set_variable(story, state, "coal", "9"), "pit")
    assert page.blocks[-1].text == "Dark. The seam has 9 carts."
    with pytest.raises(StoryStuck, match="no scene `pti`"):
        enter(story, state, "pti")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("coal", "many", "`coal` is a whole number; `many` is not"),
        ("caol", "1", "no variable is called `caol`"),
        ("origin", "dutch", "`origin` is one of none, finn; `dutch` is not"),
    ],
)
def test_a_variable_is_set_from_text_or_refused_with_a_sentence(name: str, text: str, says: str) -> None:
    story = load(PLAYS / ("flow" if name != "origin" else "things"))
    state, _ = begin(story, 1)
    with pytest.raises(ValueError, match=re.escape(says)):
        set_variable(story, state, name, text)


@pytest.mark.parametrize("damage", [{}, [], {"format": 99}, {"format": 1}, {"format": 1, "story": 3}])
def test_a_snapshot_that_is_none_is_refused_with_a_sentence(damage: Any) -> None:
    with pytest.raises(ValueError, match="this snapshot"):
        State.from_json(damage)


def test_a_snapshot_with_any_field_spoiled_is_refused_or_whole() -> None:
    story = load(PLAYS / "things")
    state, _ = begin(story, 1)
    data = state.to_json()
    for name in data:
        spoils: tuple[Any, ...] = (None, 7, "x", [1], {"$date": "never"}, {"a": {}})
        for spoiled in spoils:
            try:
                State.from_json(data | {name: spoiled})
            except ValueError as error:
                assert "snapshot" in str(error)


DRAWS = """
start:
  text: |
    Start.
  choices:
    - say: Draw
      do: luck = roll(1, 1000)
    - say: Flip
      go: heads if chance(0.5) else tails
  go: start
heads: {go: start}
tails: {go: start}
"""


def test_an_extra_draw_elsewhere_moves_nothing(tmp_path: Path) -> None:
    """Draws are keyed by seed, place and count: a story with one more roll in it plays the old ones alike."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    variables = "luck: {start: 0}\nother: {start: 0}\n"
    plain = written(tmp_path / "a", DRAWS, variables=variables)
    edited = written(tmp_path / "b", DRAWS.replace("    Start.\n", "    Start.\n  do: other = roll(1, 6)\n"), variables=variables)
    for seed in range(5):
        lives = []
        for story in (plain, edited):
            state, page = begin(story, seed)
            luck = []
            for label in ("Draw", "Flip", "Draw", "Flip", "Flip", "Draw"):
                state, page = pick(story, state, page, label)
                luck.append((state.vars["luck"], "heads" in state.visits, "tails" in state.visits))
            lives.append(luck)
        assert lives[0] == lives[1]


def test_what_was_offered_by_chance_is_not_drawn_again(tmp_path: Path) -> None:
    story = written(tmp_path, "start:\n  choices:\n    - say: Maybe\n      if: chance(0.5)\n    - Surely\n  go: start\n")
    for seed in range(20):
        state, page = begin(story, seed)
        for option in page.options:
            choose(story, state, option.key)
        assert [option.key for option in look(story, state).options] == [option.key for option in page.options]


def test_kept_values_begin_a_life(tmp_path: Path) -> None:
    story = written(
        tmp_path, "start:\n  choices: [Wait]\n  go: start\n", variables="lives: {start: 0, keep: best}\nplain: {start: 0}\n"
    )
    state, _ = begin(story, 1, kept={"lives": 3, "plain": 9, "gone": 1})
    assert (state.vars["lives"], state.vars["plain"]) == (3, 0)
    assert begin(story, 1, kept={"lives": "three"})[0].vars["lives"] == 0


@pytest.mark.parametrize(
    ("scenes", "says"),
    [
        ("start: {go: other}\nother: {go: start}\n", "10,000 steps and no choice"),
        ("start: {visit: other}\nother: {visit: other}\n", "a hundred visits are open"),
        ("start:\n  text: |\n    " + "word " * 2000 + "\n  go: start\n", "a page of more than 500,000 characters"),
    ],
)
def test_a_hostile_story_ends_in_a_sentence_that_says_where(tmp_path: Path, scenes: str, says: str) -> None:
    story = written(tmp_path, scenes)
    with pytest.raises(StoryStuck, match=says) as caught:
        begin(story, 1)
    assert re.search(r"scenes\.yaml:\d+", str(caught.value))


def test_numbers_that_grow_without_end_stay_bounded(tmp_path: Path) -> None:
    scenes = "start:\n  do: x *= x; y *= y * 1.5; paid += leave; leave += leave\n  go: start if visits(start) < 500 else rest\n" \
             "rest:\n  text: |\n    {x} {y} {paid} {leave}\n  choices: [Stop]\n  go: start\n"  # fmt: skip
    variables = "x: {start: 9}\ny: {start: 9.5}\npaid: {start: 1922-03-06}\nleave: {start: 2 weeks}\n"
    story = written(tmp_path, scenes, variables=variables)
    state, page = begin(story, 1)
    assert abs(state.vars["x"]) <= 10**18
    assert abs(state.vars["y"]) <= 10**18
    assert page.blocks


def test_a_life_has_an_end_even_where_a_story_has_none(tmp_path: Path) -> None:
    story = written(tmp_path, "start:\n  choices: [Wait]\n  go: start\n")
    state, page = begin(story, 1)
    state.steps = 20_000
    with pytest.raises(StoryStuck, match="20,000 choices"):
        choose(story, state, page.options[0].key)


def test_people_series_and_causes_are_kept(tmp_path: Path) -> None:
    scenes = "start:\n  cast: [eino]\n  choices:\n    - say: Dig\n      do: coal += 1; wait 20 days\n  go: start\n"
    story = written(
        tmp_path, scenes, people="eino: {name: Eino Lehto}\n", variables="coal: {start: 0, label: Coal, series: yes}\n"
    )
    state, page = begin(story, 1)
    for _ in range(6):
        state, page = pick(story, state, page, "Dig")
    assert [value for _, value in state.series["coal"]] == [0, 2, 3, 5, 6]
    first, last, scene = state.met["eino"]
    assert (first.isoformat(), last, scene) == ("1922-03-06", state.date, "start")
    assert [(old, new, choice) for old, new, _, _, choice in state.causes["coal"]] == [
        (n, n + 1, "start/dig") for n in (2, 3, 4, 5)
    ]

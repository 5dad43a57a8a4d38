"""The least and greatest value of each number: found by going on from where it is most extreme, with a life as witness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.explore.small import write

from game.engine.turn import begin
from game.load import load_story
from game.workshop.explore.archive import make
from game.workshop.explore.extremes import extremes

if TYPE_CHECKING:
    from pathlib import Path

CLIMB = """\
work:
  do: days += 1
  choices:
    - say: Mend
      do: trust += 1
    - say: Idle
      do: trust -= 1
    - say: Drink
      do: trust -= 1
    - say: Quarrel
      do: trust -= 2
  then:
    - if: days >= 30
      ending: over
    - go: work
"""


def test_an_end_that_only_a_sustained_policy_reaches_is_found_with_its_life(tmp_path: Path) -> None:
    for name, text in {
        "story": "id: climb\ntitle: Climb\nversion: 0.1.0\nstart: work\ndate: 1922-03-06\n",
        "variables": "days: {start: 0}\ntrust: {start: 0, range: -40 to 40}\nspare: {start: 5, range: 0 to 9}\n",
        "endings": "over: {title: Over, text: Over.}\n",
        "work": CLIMB,
    }.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    story = load_story(tmp_path).story
    assert story is not None
    found = extremes(story, choices=3000)
    assert (found["trust"].min.value, found["trust"].max.value) == (-40, 30)
    assert found["trust"].unmet == (40,)
    assert found["spare"].unmet == (0, 9)
    assert found["days"].unmet == ()
    for name, ends in found.items():
        for witness in (ends.min, ends.max):
            state = begin(story, witness.how.seed, texts=False)[0]
            for move in witness.keys:
                state = make(story, state, move)
            assert state.vars[name] == witness.value


def test_what_two_searches_found_is_added(tmp_path: Path) -> None:
    story = write(tmp_path, 2, chance=True)
    one, other = extremes(story, choices=3), extremes(story, seed=2, choices=300)
    for name in one:
        both = one[name] + other[name]
        assert both.min.value == min(one[name].min.value, other[name].min.value)
        assert both.max.value == max(one[name].max.value, other[name].max.value)


def test_the_same_seed_and_choices_give_the_same(tmp_path: Path) -> None:
    story = write(tmp_path, 4, chance=True)
    assert extremes(story, choices=200) == extremes(story, choices=200)

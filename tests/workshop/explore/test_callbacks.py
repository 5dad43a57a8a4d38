"""What counts as a callback, in stories whose every read can be judged by eye."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from workshop.explore.coins import story_in

from game.engine.machine import Machine
from game.engine.turn import begin, choose
from game.workshop.explore import callbacks as listening
from game.workshop.explore.flags import Flag, conditions, named, otherwise
from game.workshop.explore.measure import document
from game.workshop.explore.measure_callbacks import callbacks
from game.workshop.explore.otherwise import changed
from game.workshop.explore.play import Uniform, live
from game.workshop.explore.progress import Progress
from game.workshop.explore.report_html import html
from game.workshop.explore.report_text import text as text_report
from game.workshop.explore.run import Plan, Run
from game.workshop.explore.spans import RANDOM, Span, play_span
from game.workshop.explore.tally import Tally
from game.workshop.explore.workers import Origin, Pool

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
# story.yaml
id: echo
title: Echo
version: 0.1.0
start: first
date: 1922-03-06
acts:
  - {id: one, title: One, turns: [7]}
  - {id: two, title: Two, turns: [7]}
  - {id: three, title: Three, turns: [7]}
# variables.yaml
told: {start: no}
rare: {start: no}
tool: {start: none, words: [none, saw, axe]}
luck: {start: 2, range: 0 to 4}
# papers.yaml
letter: {title: A letter}
# endings.yaml
end_here: {title: Here, text: "{tool == saw ? One two three. | Four five.} Six seven eight nine ten."}
end_bare: {title: Bare, text: Nothing hangs on you.}
# scenes.yaml
"""
ELEVEN = "A b c d e f g h i j k."
TWELVE = "A b c d e f g h i j k l."


def story_of(folder: Path, scenes: str):
    return story_in(folder, HEAD + scenes)


def found_in(folder: Path, scenes: str, plays: int = 40):
    story = story_of(folder, scenes)
    return callbacks(story, play_span(story, Span(RANDOM, 0, plays, 1, listens=True)).tally)


def two(inner: str, *, left: str = "", later: str = "", before: str = "") -> str:
    """A choice of two, something in the same scene, and a second scene with `inner`, after which it ends."""
    return f"""\
first:
{before}  choices:
    - {{say: Left{left}}}
    - {{say: Right}}
  then:
    - text: |
        Between.{later}
    - go: second
second:
  text: |
    Here you are.
  then:
{inner}
    - ending: end_here
"""


def text(words: str) -> str:
    return f"    - text: |\n        Now. {words}\n"


@pytest.mark.parametrize(
    ("key", "inner"), [
    ("left", text(f"{{taken(first.left) ? {TWELVE}}}")),
    ("right", text(f"{{taken(first.right) ? Or. | {TWELVE}}}")),
    ("left", f"    - if: not taken(first.left)\n      text: |\n        {TWELVE}\n"),
    ("left", f"    - if: taken(first.left)\n      do: luck += 1\n      text: |\n        {TWELVE}\n"
     "      else:\n        - text: |\n            Or.\n"),
    ("left", "    - if: taken(first.left)\n      visit: aside\n"),
    ("left", "    - go: end_of_it if taken(first.left) else other_end\n      id: fork\n    - id: other_end\n"
     f"      ending: end_bare\n    - id: end_of_it\n      text: |\n        {TWELVE}\n")]
)  # fmt: skip
def test_twelve_words_in_a_later_scene_are_a_callback(tmp_path, key, inner):
    aside = f"aside:\n  text: |\n    {TWELVE}\n" if "aside" in inner else ""
    found = found_in(tmp_path, two(inner) + aside)
    assert found["choices"] == {f"first/{key}": ["second"]}
    assert found["unread"] == {f"first/{'right' if key == 'left' else 'left'}": "nothing asks"}
    assert found["lives"] == 40


@pytest.mark.parametrize(
    "inner", [text(f"{{taken(first.left) ? {ELEVEN}}}"),
    # what both begin or end with stays: eleven words go, eleven come
    text("{taken(first.left) ? Start a b c d e f g h i j k end. | Start l m n o p q r s t u v end.}"),
    f"    - if: taken(first.left)\n      text: |\n        {ELEVEN}\n",
    # each passage by itself
    text(f"{{taken(first.left) ? {ELEVEN}}} {{taken(first.left) ? {ELEVEN}}}")]
)  # fmt: skip
def test_eleven_are_none(tmp_path, inner):
    found = found_in(tmp_path, two(inner))
    assert (found["choices"], found["read_later"]) == ({}, 0)
    assert found["unread"] == {"first/left": "too little, or too soon", "first/right": "nothing asks"}


def test_a_condition_inside_another_counts_its_own_words_alone(tmp_path):
    outer = "{{taken(first.left) ? A b c d e f g h i j k l m n {{told ? {words}}}}}"
    left = ", do: told = yes"
    long = "o p q r s t u v w x y z"
    short = found_in(tmp_path, two(text(outer.format(words="o p")), left=left))
    assert list(short["flags"]) == ["taken(first/left)"]
    (tmp_path / "long").mkdir()
    both = found_in(tmp_path / "long", two(text(outer.format(words=long)), left=left))
    assert list(both["flags"]) == ["taken(first/left)"], "`told` never is no where it is asked for"
    (tmp_path / "may").mkdir()
    may = two(text(outer.format(words=long)), left=", do: told = yes if chance(0.5)")
    assert list(found_in(tmp_path / "may", may)["flags"]) == ["taken(first/left)", "told"]


def test_a_flag_read_where_it_was_set_is_none(tmp_path):
    found = found_in(tmp_path, two("", later=f" {{taken(first.left) ? {TWELVE}}}"))
    assert found["flags"] == {}


def test_nor_is_one_that_this_life_could_not_have_set(tmp_path):
    """The third scene is never come to before the second, so that nobody could have taken its choice."""
    scenes = two(text(f"{{taken(third.up) ? {TWELVE}}}")).replace("ending: end_here", "go: third")
    scenes += "third:\n  choices:\n    - {say: Up, ending: end_here}\n    - {say: Down, ending: end_bare}\n"
    assert found_in(tmp_path, scenes)["flags"] == {}


@pytest.mark.parametrize(("often", "read"), [(0.01, []), (0.5, ["rare"])])
def test_both_values_must_be_common_enough(tmp_path, often, read):
    scenes = two(text(f"{{rare ? {TWELVE}}}"), left=f", do: rare = yes if chance({often})")
    assert list(found_in(tmp_path, scenes, 400)["flags"]) == read


SET = """\
    - choices:
        - {say: Stay}
        - say: Go
          %s
"""


@pytest.mark.parametrize(
    "gate", ["needs: {taken(first.left): You did not.}", "if: taken(first.left)", "if: not taken(first.left)"]
)
def test_an_offered_choice_that_appears_goes_away_or_unlocks_is_a_callback(tmp_path, gate):
    found = found_in(tmp_path, two(SET % gate))
    assert found["choices"] == {"first/left": ["second"]}
    assert all(act["passages"] == 0 for act in found["per_act"].values()), "a choice is no passage"


def test_a_set_of_one_option_is_no_choice(tmp_path):
    gate = SET.replace("        - {say: Stay}\n", "") % "needs: {taken(first.left): You did not.}"
    assert found_in(tmp_path, two(gate))["choices"] == {}


def test_what_a_choice_sets_or_gives_is_its_own(tmp_path):
    read = text(f"{{tool == axe ? {TWELVE}}} {{has(letter) ? {TWELVE}}}")
    scenes = two(read, left=", do: tool = axe").replace("{say: Right}", "{say: Right, give: letter}")
    assert found_in(tmp_path, scenes)["choices"] == {"first/left": ["second"], "first/right": ["second"]}
    (tmp_path / "saw").mkdir()
    saw = scenes.replace("tool = axe", "tool = saw")
    assert found_in(tmp_path / "saw", saw)["choices"] == {"first/right": ["second"]}, "each value is a flag of its own"


def test_rules_are_expanded_and_thresholds_told_apart(tmp_path):
    rules = "# rules.yaml\nwent: {if: taken(first.left), reason: No.}\n# more.yaml\n"
    read = text(f"{{went ? {TWELVE}}} {{luck >= 3 ? {TWELVE}}}")
    found = found_in(tmp_path, rules + two(read, left=", do: luck += 1"))
    assert found["flags"] == {"taken(first/left)": ["second"]}
    assert found["thresholds"] == 1
    assert found["per_act"]["one"]["passages"] == 80, "two in each of forty lives"
    assert found["per_act"]["one"]["by_flags"] == 40
    # Fewer words than a life reads would give a false rate: 250 of its words hold so many.
    words = found["per_act"]["one"]["words"]
    assert found["per_act"]["one"]["by_flags_per_250_words"] == round(250 * 40 / words, 3)


ACTS = f"""\
first:
  choices:
    - {{say: Left}}
    - {{say: Right}}
  then:
    - do: wait turn
    - go: second
second:
  choices:
    - {{say: Up}}
    - {{say: Down}}
  then:
    - go: soon
soon:
  text: |
    Soon. {{taken(second.up) ? {TWELVE}}}
  then:
    - do: wait turn
    - go: late
late:
  text: |
    Late. {{taken(first.left) ? {TWELVE}}} {{taken(second.up) and not taken(first.right) ? {TWELVE}}}
  then:
    - ending: end_here
"""


def test_later_acts(tmp_path):
    found = found_in(tmp_path, ACTS)
    assert found["choices"] == {
        "first/left": ["late"], "first/right": ["late"], "second/up": ["late", "soon"],
    }  # fmt: skip
    assert (found["read_later"], found["later_act"]) == (0.75, 0.75)
    near = ACTS.replace("taken(second.up) and not ", "not ")
    (tmp_path / "near").mkdir()
    found = found_in(tmp_path / "near", near)
    assert (found["read_later"], found["later_act"]) == (0.75, 0.5)
    assert found["last_act_flags"] == {"p10": 2, "median": 2, "p90": 2}, "of the first act: left and right"


def test_endings_and_bare_choices(tmp_path):
    scenes = two("", left=", ending: end_bare").replace("{say: Right}", "{say: Right}\n    - {say: Wrong, do: luck += 1}")
    found = found_in(tmp_path, scenes)
    assert found["endings"] == {"end_bare": 0, "end_here": 0.5}
    assert found["expressive"] == 0, "they lead elsewhere"
    (tmp_path / "bare").mkdir()
    found = found_in(tmp_path / "bare", scenes.replace(", ending: end_bare", "").replace("ending: end_here", "ending: end_bare"))
    assert found["expressive"] == round(2 / 3, 6)


def test_a_storylet_that_would_not_have_come_is_a_callback(tmp_path):
    scenes = two("    - draw: {deck: talk, play: 1}\n") + (
        f"quarrel:\n  deck: talk\n  when: taken(first.left)\n  text: |\n    {TWELVE}\nrest:\n  deck: talk\n  text: |\n    Rest.\n"
    )
    assert found_in(tmp_path, scenes)["choices"] == {"first/left": ["quarrel"]}


def test_the_life_that_is_asked_is_left_as_it_is(tmp_path):
    """With a listener or without: the same lives, word for word."""
    inner = (
        "    - if: chance(0.5) and told\n      text: |\n        Hm.\n"
        + SET % "if: chance(0.5) or has(letter)"
        + text("{told ? B}")
    )
    story = story_of(tmp_path, two(inner, left=", do: told = yes"))
    listened, plain = (play_span(story, Span(RANDOM, 0, 60, 1, listens=each)).tally for each in (True, False))
    assert listened.heard or listened.flag_values
    assert (listened.words, listened.taken, listened.endings, listened.gaps) == (
        plain.words, plain.taken, plain.endings, plain.gaps,
    )  # fmt: skip
    assert not plain.heard
    assert not plain.flag_values


def test_tallies_of_callbacks_merge_in_any_grouping(tmp_path):
    story = story_of(tmp_path, ACTS)
    whole = play_span(story, Span(RANDOM, 0, 40, 1, listens=True)).tally
    for cuts in ((0, 20, 40), (0, 2, 14, 40)):
        parts = [play_span(story, Span(RANDOM, a, b - a, 1, listens=True)).tally for a, b in pairwise(cuts)]
        assert callbacks(story, sum(parts, Tally())) == callbacks(story, whole)


def test_the_reports_tell_it(tmp_path):
    story = story_of(tmp_path, ACTS.replace("end_here", "end_bare"))
    with Pool(Origin(tmp_path), story) as pool:
        report = document(story, Run(story, pool, Plan(40), Progress()).play())
    told = text_report(report)
    assert "a later scene reads   75 % of choices; 75 % in a later act; 25 % change nothing" in told
    assert "no later scene reads, nothing asks\n      second/down" in told
    assert "endings under 40 % conditional: end_bare (0 %)" in told
    page = html(report)
    assert '<tr class="marked"><th scope="row"><code>second/down</code></th><td>nothing asks</td></tr>' in page
    assert "<code>late</code>, <code>soon</code>" in page


def test_a_whole_number_is_turned_to_a_whole_number(tmp_path):
    """Half a one would be told as a fault of the story: no month begins in the middle, no die has half a side."""
    less = "      else:\n        - do: wait(1 month * luck); luck = roll(luck, 4)\n"
    later = "    - if: luck > pay / 2\n      text: |\n        Much.\n" + less
    head = HEAD.replace("luck: {", "pay: {start: 3, range: 0 to 9}\nluck: {")
    story = story_in(tmp_path, head + two(later, left=", do: pay += 2"))
    tally = play_span(story, Span(RANDOM, 0, 40, 1, listens=True)).tally
    assert (tally.crashes, tally.faults) == (0, {})
    m = Machine(story, begin(story, 1)[0], texts=False)
    ((), (above,)) = named(story, [conditions(op)[0] for op in story.data("second")["ops"] if op[0] == "if"])
    for luck in (2, 1):
        m.vars["luck"], m.vars["pay"] = luck, 3
        above.turn(m)
        assert (m.vars["luck"], type(m.vars["luck"])) == (3 - luck, int)


def test_words_that_go_or_come():
    assert changed([*"abc"], [*"abc"]) == 0
    assert changed([*"abc"], [*"ac"]) == 1
    assert changed([], [*"ab"]) == 2
    assert changed([*"aa"], [*"aaa"]) == 1


def test_a_flag_turned_and_turned_back(tmp_path):
    story = story_of(tmp_path, two(text(f"{{seen(first) and has(letter) and tool in (saw, axe) ? {TWELVE}}}")))
    state, _ = begin(story, 1)
    state, _ = choose(story, state, "first/left")
    flags = named(story, [test for op in story.data("second")["ops"] if op[0] == "say" for test in conditions(op)])[0]
    m = Machine(story, state.copy(), True)
    assert [flag.name for flag in flags] == ["seen(first)", "has(letter)", "tool == saw", "tool == axe"]
    before = m.state.to_json()
    for flag in flags:
        held = flag.holds(m.state)
        assert otherwise(m, flag, lambda m, flag=flag: flag.holds(m.state)) is not held
        assert m.state.to_json() == before
    assert otherwise(m, Flag("is", "tool", "saw"), lambda m: m.vars["tool"]) == "saw"


def test_a_life_that_goes_on_for_ever_is_listened_to_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = story_of(tmp_path, "first:\n  choices: [Left -> first, Right -> first]\n")
    monkeypatch.setattr(listening, "LISTENED", 50)
    listener = listening.Listener(story)
    life = live(story, 1, Uniform(1), texts=True, limit=100, observer=listener.observe)
    assert (life.cut, len(life.keys), listener.step) == (True, 100, 50)

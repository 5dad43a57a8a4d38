"""The figures: what each counts, and what is said where its bar is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load.style import MEASURES, Bar

if TYPE_CHECKING:
    from conftest import Small

    from game.workshop.prose import Report


def office(text: str) -> str:
    prose = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
    return f"office:\n  text: |\n{prose}  go: home\n"


def values(report: Report) -> dict[str, float]:
    return {one.name: one.value for one in report.measures}


def places(report: Report, code: str = "over-bar") -> list[tuple[str, int, int]]:
    return [(one.at.file.rpartition("/")[2], one.at.line, one.at.column) for one in report.diagnostics if one.code == code]


def test_what_is_written_once_is_counted_once(small: Small) -> None:
    """Ten words, four readings: three sentences (one in two variants) of which two stand in speech."""
    report = small.lint({"scenes.yaml": office('"Sit down," he says. {food > 3 ? Soup is here. | Bread is here.}')})
    measured = values(report)
    assert measured["dialogue"] == pytest.approx(2 / 10)
    assert measured["sentence_mean"] == pytest.approx((4 + 3 + 3) / 3)


def test_the_grade_is_flesch_and_kincaids(small: Small) -> None:
    """Two sentences, eight words, ten syllables."""
    measured = values(small.lint({"scenes.yaml": office("The river is wide. The ferry is late.")}))
    assert measured["grade"] == pytest.approx(0.39 * 8 / 2 + 11.8 * 10 / 8 - 15.59)


def test_long_sentences_are_named_only_while_their_bar_is_missed(small: Small) -> None:
    long = "It is late, " + "and you go on and on " * 6 + "all night."
    files = {"scenes.yaml": office(f"Soup. {long}")}
    assert places(small.lint(files | {"style.yaml": "bars: {long_sentences: at most 60%}\n"})) == []
    report = small.lint(files | {"style.yaml": "bars:\n  long_sentences: at most 2%\n"})
    assert places(report) == [("scenes.yaml", 3, 11)]
    (missed,) = [one for one in report.diagnostics if one.code == "missed-bar"]
    assert (missed.at.line, missed.at.column, missed.message) == (2, 3, "long_sentences is 50%; the bar is at most 2%")


def test_sentences_that_begin_alike_are_counted_by_two_words(small: Small) -> None:
    text = "You go out. You go in. You stay. He stays."
    report = small.lint({"scenes.yaml": office(text), "style.yaml": "bars: {opener: at most 25%}\n"})
    assert values(report)["opener"] == pytest.approx(2 / 4)
    (found,) = [one for one in report.diagnostics if one.code == "over-bar"]
    assert (found.at.column, found.message) == (5, "2 of 4 sentences begin with `you go`; this is the first")


def test_six_words_in_a_row_are_counted_by_scenes(small: Small) -> None:
    line = "the man with the lamp looks at you"
    scenes = "".join(f"room{number}:\n  text: |\n    Here {line}. And {line}.\n  go: home\n" for number in range(3))
    files = {"scenes.yaml": scenes, "style.yaml": "bars: {repeated_run: at most 2}\n"}
    report = small.lint(files)
    assert values(report)["repeated_run"] == 3
    assert len(places(report)) == 1  # the runs that overlap are one
    files["style.yaml"] += "allow: [the man with the lamp]\n"
    assert values(small.lint(files))["repeated_run"] == 0  # a motif


def test_a_question_of_the_narrators_at_a_paragraphs_end(small: Small) -> None:
    text = 'Who weighs it?\n\n"Who does?" he asks.\n\n"Who?"\n\nOn it is written: *who weighs it?*\n\nWho? Nobody.'
    report = small.lint({"scenes.yaml": office(text), "style.yaml": "bars: {question_ends: at most 0}\n"})
    assert places(report) == [("scenes.yaml", 3, 5)]


def test_rates_are_counted_in_ten_thousand_words(small: Small) -> None:
    style = "rates:\n  similes: {at_most: 6, find: [as if, like a]}\nallow: [like a rule]\n"
    report = small.lint(
        {"scenes.yaml": office("It is as if {food > 3 ? it | he} were like a man, or like a rule."), "style.yaml": style}
    )
    assert values(report)["similes"] == pytest.approx(10_000 * 2 / 14)
    assert places(report) == [("scenes.yaml", 3, 11), ("scenes.yaml", 3, 43)]
    (missed,) = [one for one in report.diagnostics if one.code == "missed-bar"]
    assert (missed.at.line, missed.at.column) == (2, 3)


STORYLET = """\
office:
  draw: works
mill:
  title: The mill
  deck: works
  text: |
    One two three.
  then:
    - if: food > 3
      text: |
        Four.
      else:
        - text: |
            Four five.
    - choices:
        - say: Go in {food > 3 ? now | or not}
          text: |
            One two {food > 3 ? three | three four}.
          choices:
            - say: Stay
              text: |
                A longer text behind a second set of choices is not counted with it.
        - Leave
"""


def test_storylets_are_measured_by_their_longest_way(small: Small) -> None:
    style = "bars: {storylet_root: at most 4, storylet_label: at most 3, storylet_result: at most 3, label: at most 3}\n"
    report = small.lint({"scenes.yaml": STORYLET, "style.yaml": style})
    measured = values(report)
    assert (measured["storylet_root"], measured["storylet_label"], measured["label"]) == (5, 4, 4)
    assert measured["storylet_result"] == 14  # of the inner choice
    assert set(places(report)) == {("scenes.yaml", 3, 1), ("scenes.yaml", 16, 16), ("scenes.yaml", 20, 20)}


PAGES = """\
office:
  text: |
    One two three.
  choices:
    - say: Short
      id: short
      text: |
        Four five.
    - say: Long
      id: long
      text: |
        Four five six seven.
      choices:
        - Go on
  then:
    - text: |
        Eight.
      choices: [Here, There]
    - go: home
"""


def test_words_before_a_choice_run_on_past_a_set_of_one(small: Small) -> None:
    home = "home:\n  text: |\n    Home now.\n  choices: [In -> office, Out -> out]\n  parts:\n    out: {ending: the_end}\n"
    style = "bars: {before_choice_max: at most 4, before_choice_p50: at most 4}\n"
    files = {"scenes.yaml": PAGES, "home.yaml": home, "style.yaml": style}
    report = small.lint(files)
    assert values(report)["before_choice_max"] == 5
    assert values(report)["before_choice_p50"] in (2, 3)
    assert places(report) == [("scenes.yaml", 9, 12)]


def test_figures_that_cannot_be_had_are_left_out(small: Small) -> None:
    names = values(small.lint({}))
    assert "grade" not in names  # no prose
    assert "storylet_root" not in names
    assert not any(name.startswith("before_choice") for name in names)  # not asked for


def test_the_same_story_gives_the_same_report(small: Small) -> None:
    files = {
        "scenes.yaml": PAGES + STORYLET.partition("\n")[2].partition("\n")[2],
        "style.yaml": "bars: {before_choice_p50: at most 1}\n",
    }
    files["home.yaml"] = (
        "home:\n  draw: works\n  choices:\n    - In -> office\n    - Out -> out\n  parts:\n    out: {ending: the_end}\n"
    )
    assert small.lint(files) == small.lint(files)


@pytest.mark.parametrize(
    ("bar", "inside", "outside"),
    [(Bar("x", 5, 8), (5, 8), (4.9, 8.1)), (Bar("x", None, 2), (-1, 2), (2.1,)), (Bar("x", 3, None), (3, 9), (2.9,))],
)
def test_a_bar_holds_from_end_to_end(bar: Bar, inside: tuple[float, ...], outside: tuple[float, ...]) -> None:
    assert all(bar.holds(value) for value in inside)
    assert not any(bar.holds(value) for value in outside)


def test_every_measure_has_words_for_people() -> None:
    assert all(what and what[0].islower() for what in MEASURES.values())

"""style.yaml: what it may say, what is wrong with it and where, and what a pack adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load.style import Style

if TYPE_CHECKING:
    from conftest import Small

WRONG = [
    ("languag: en\n", ("unknown-key", 1, 1)),
    ("language: klingon\n", ("wrong-type", 1, 11)),
    ("language: [en]\n", ("wrong-type", 1, 11)),
    ("speech: quotes\n", ("wrong-type", 1, 9)),
    ("speech: [a, b, c]\n", ("wrong-type", 1, 9)),
    ("words: {khleb: bread}\n", ("wrong-type", 1, 8)),
    ("words:\n", ("empty-value", 1, 7)),
    ("bars: 5\n", ("wrong-type", 1, 7)),
    ("bars:\n  grad: 5 to 8\n", ("unknown-key", 2, 3)),
    ("bars:\n  grade: five\n", ("wrong-type", 2, 10)),
    ("bars:\n  grade: 8 to 5\n", ("wrong-type", 2, 10)),
    ("bars:\n  dialogue: 30% to 45\n", ("wrong-type", 2, 13)),
    ("bars:\n  grade: <= 8\n", ("wrong-type", 2, 10)),
    ("bars:\n  grade: [5, 8]\n", ("wrong-type", 2, 10)),
    ("banned: [tapestry, {a: b}]\n", ("wrong-type", 1, 20)),
    ("banned: ['...']\n", ("wrong-type", 1, 10)),
    ("allow: ['']\n", ("wrong-type", 1, 9)),
    ("rates:\n  similes: 6\n", ("wrong-type", 2, 12)),
    ("rates:\n  similes: {find: as if}\n", ("missing-key", 2, 3)),
    ("rates:\n  similes: {at_most: 6}\n", ("missing-key", 2, 3)),
    ("rates:\n  similes: {at_most: six, find: as if}\n", ("wrong-type", 2, 22)),
    ("rates:\n  similes: {at_most: 6, find: []}\n", ("empty-value", 2, 31)),
    ("rates:\n  similes: {at_most: 6, find: as if, often: yes}\n", ("unknown-key", 2, 38)),
    ("rates:\n  as if: {at_most: 6, find: as if}\n", ("bad-id", 2, 3)),
    ("rates:\n  grade: {at_most: 6, find: as if}\n", ("duplicate-name", 2, 3)),
    ("- en\n", ("wrong-type", 1, 1)),
    ("language: en\nlanguage: de\n", ("duplicate-key", 2, 1)),
]


@pytest.mark.parametrize(("style", "diagnostic"), WRONG)
def test_what_does_not_fit_is_said_at_its_place(small: Small, style: str, diagnostic: tuple[str, int, int]) -> None:
    assert small.broken(style) == [diagnostic]


def test_an_empty_style_is_a_style(small: Small) -> None:
    assert small.broken("# nothing yet\n") == []
    assert small.lint({"style.yaml": ""}).diagnostics == ()


def test_a_style_stands_at_the_top(small: Small) -> None:
    (small.folder / "story" / "deep").mkdir(parents=True)
    (small.folder / "story" / "deep" / "style.yaml").write_text("language: en\n", "utf-8")
    assert small.broken("language: en\n") == [("misplaced-file", 0, 0)]


def test_every_key_is_read(small: Small) -> None:
    small.lint(
        {
            "style.yaml": (
                "language: en_US\nspeech: [“, ”]\nwords: [khleb]\nabbreviations: [Nr.]\nrepeats: [very]\n"
                "allow: [a beacon of coal]\nbanned:\n  - beacon*\nrates:\n  similes: {at_most: 6, find: [as if, like a]}\n"
                "bars: {grade: 5 to 8, dialogue: at least 30%, label: at most 14}\n"
            )
        }
    )
    style = small.loaded.style
    assert style is not None
    assert (style.language, style.speech, style.words, style.repeats) == ("en_US", ("“", "”"), ("khleb",), ("very",))
    assert [phrase.text for phrase in (*style.allow, *style.banned)] == ["a beacon of coal", "beacon*"]
    assert [(rate.bar.name, rate.bar.high, [phrase.text for phrase in rate.find]) for rate in style.rates] == [
        ("similes", 6.0, ["as if", "like a"])
    ]
    assert [(bar.name, bar.low, bar.high) for bar in style.bars] == [
        ("grade", 5, 8),
        ("dialogue", 0.3, None),
        ("label", None, 14),
    ]


def test_a_story_without_one_has_no_bars_and_is_spelled_in_english(small: Small) -> None:
    report = small.lint({})
    assert small.loaded.style is None
    assert all(measure.bar is None for measure in report.measures)
    assert (Style().language, Style().bars) == ("en", ())


# packs

HEAD = "id: winter\ntitle: Winter\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n"
STYLE = "language: en_GB\nspeech: [“, ”]\nwords: [khleb]\nbanned: [tapestry]\nrates:\n  similes: {at_most: 0, find: as if}\n"


def test_a_packs_words_and_phrases_are_added_to_the_storys(small: Small) -> None:
    said = "    “Khleb,” he says, and *nozh*: a beacon, a tapestry, as if, like a colour."
    scenes = f"camp:\n  text: |\n{said}\n"
    pack = {
        "pack.yaml": HEAD,
        "camp.yaml": scenes,
        "style.yaml": "words: [nozh]\nbanned: [beacon]\nrates:\n  similes: {at_most: 9, find: like a}\n",
    }
    report = small.lint({"style.yaml": STYLE}, pack)
    found = [(one.code, said[one.at.column - 1 : one.at.end_column - 1]) for one in report.diagnostics if one.at.line == 3]
    assert found == [("banned-phrase", "beacon"), ("banned-phrase", "tapestry"), ("over-bar", "as if"), ("over-bar", "like a")]
    (missed,) = [one for one in report.diagnostics if one.code == "missed-bar"]
    assert missed.at.file.endswith("story/style.yaml")  # the story's bar holds
    assert "at most 0" in missed.message


def test_a_pack_brings_its_own_where_the_story_has_none(small: Small) -> None:
    report = small.lint({}, {"pack.yaml": HEAD, "style.yaml": "banned: [look around]\n"})
    assert [(one.code, one.at.file.rpartition("/")[2]) for one in report.diagnostics] == [("banned-phrase", "home.yaml")]


@pytest.mark.parametrize("key", ["language: en", "speech: '\"'", "bars: {grade: 5 to 8}"])
def test_what_is_about_the_whole_text_is_the_storys(small: Small, key: str) -> None:
    assert small.broken("language: en\n", pack=f"words: [nozh]\n{key}\n") == [("unknown-key", 2, 1)]

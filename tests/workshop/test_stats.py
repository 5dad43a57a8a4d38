"""`kuzbass stats`: words that a reader can meet, who says them, and what the codex does not cover."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from game.cli import main
from game.load import load_story
from game.load.style import Style
from game.workshop.stats.count import count
from game.workshop.stats.grade import Prose, measured, sentences
from game.workshop.stats.report import document
from game.workshop.stats.speech import lines, names

if TYPE_CHECKING:
    from collections.abc import Callable

    Counted = Callable[..., dict[str, Any]]

ROOT = Path(__file__).resolve().parents[2]
STORY = """
    id: tiny
    title: A Tiny Story
    version: 0.1.0
    start: pier
    hub: pier
    date: 1922-03-06
    intro: |
      Two years in Siberia.
    acts:
      - {id: voyage, title: The voyage, turns: [30]}
      - {id: winter, title: The winter, turns: [30]}
"""
KNOWN = names({"hester": "Hester Quinn", "josef": "Josef Brandl", "inspector": "The inspector at the line"})


def told(folder: Path, scenes: str, **files: str) -> Path:
    written = {"story": STORY, "scenes": scenes, "endings": "end_home: {title: Home, text: Home at last.}\n", **files}
    if "text:" in written["endings"]:
        written["endings"] = "end_home:\n  title: Home\n  text: |\n    Home at last.\n"
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    def made(scenes: str, **files: str) -> dict[str, Any]:
        loaded = load_story(told(tmp_path / "story", scenes, **files))
        assert loaded.story is not None, [f"{each.code} {each.message}" for each in loaded.diagnostics]
        assert loaded.model is not None
        return document(loaded.story, loaded.model, count(loaded.model, loaded.style))

    return made


# words --------------------------------------------------------------------------------------------------------------


def test_words_are_prose_with_every_branch_once_and_labels_apart(counted: Counted) -> None:
    found = counted("""
        pier:
          title: Not counted here
          text: |
            You{turn > 1 ? , older now, | and your {seq | trunk | chest}} wait for {turn} hours.
          choices:
            - say: Go aboard now
              note: a long way
              needs: {turn > 1: Not yet.}
              text: |
                Up you go.
            - Stay
          then:
            - ending: end_home
    """)
    scene = found["by_scene"]["pier"]
    # You, older now, and your trunk chest wait for (x) hours. Up you go.
    assert scene["words"] == 14
    assert scene["label_words"] == 9  # Go aboard now, a long way, Not yet. Stay
    assert scene["choices"] == found["choices"] == 2
    assert found["words_of"] == {"scenes": 14, "endings": 3, "papers": 0, "intro": 4, "labels": 9, "codex": 0}
    assert found["words"] == 14 + 3 + 4


def test_a_snippet_is_counted_where_it_stands_as_its_first_branch_reads(counted: Counted) -> None:
    found = counted(
        "pier:\n  text: |\n    So {@they} wait.\n  ending: end_home\n",
        snippets='they: "{turn > 1 ? the two of them | all of you and the cat}"\n',
    )
    assert found["by_scene"]["pier"]["words"] == 6


def test_acts_have_figures_of_their_own_and_storylets_are_scenes_too(counted: Counted) -> None:
    found = counted(
        "pier: {choices: [{say: Walk, draw: works}, {say: Go, ending: end_home}]}\n",
        **{"winter/snow": "snow:\n  deck: works\n  title: Snow\n  text: |\n    It snows on the works.\n"},
    )
    assert (found["scenes"], found["storylets"], found["endings"], found["cards"]) == (2, 1, 1, 0)
    assert found["acts"]["winter"] == {
        "title": "The winter", "scenes": 1, "storylets": 1, "choices": 0, "words": 5, "label_words": 0, "median": 5,
        "grade": found["by_scene"]["snow"]["grade"],
    }  # fmt: skip
    assert found["acts"]["voyage"]["scenes"] == 0
    assert found["acts"][""]["scenes"] == 1


def test_what_a_pack_grafts_on_counts_for_the_scene_that_it_is_grafted_on(tmp_path: Path) -> None:
    story = told(tmp_path / "story", "pier: {choices: [{say: Go, ending: end_home}]}\n")
    pack = tmp_path / "winter"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "id: winter\ntitle: W\nversion: 0.1.0\nfor: {story: tiny, version: 0.1.0}\n", encoding="utf-8"
    )
    (pack / "more.yaml").write_text("extra: {extend: pier, choices: [Swim a little]}\n", encoding="utf-8")
    loaded = load_story(story, [pack])
    assert loaded.model is not None, loaded.diagnostics
    assert count(loaded.model).scenes["pier"].label_words == 4


def test_what_a_pack_has_written_stands_on_a_line_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    story = told(tmp_path / "story", "pier: {choices: [{say: Go, ending: end_home}]}\n")
    pack = tmp_path / "winter"
    pack.mkdir()
    (pack / "pack.yaml").write_text("id: winter\ntitle: W\nversion: 0.1.0\nfor: {story: tiny}\n", encoding="utf-8")
    more = """
    extra:
      extend: pier
      choices:
        - say: Swim a little
          text: |
            It is cold.
          go: ice
    ice:
      text: |
        Ice.
      go: pier
    """
    (pack / "more.yaml").write_text(dedent(more), encoding="utf-8")
    assert main(["stats", str(story), "--with", str(pack), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["packs"] == {
        "winter": {"choices": 1, "label_words": 3, "scenes": 1, "storylets": 0, "words": 4}
    }
    assert main(["stats", str(story), "--with", str(pack)]) == 0
    said = capsys.readouterr().out
    assert "  of these winter has: 4 words and 3 in labels, 1 scene, of them 0 storylets; 1 choice\n" in said
    assert main(["stats", str(story)]) == 0
    assert "of these" not in capsys.readouterr().out


# sentences ----------------------------------------------------------------------------------------------------------


def test_a_grade_is_flesch_and_kincaids(counted: Counted) -> None:
    assert Prose(words=100, sentences=10, syllables=150).grade == pytest.approx(6.01)
    assert Prose().grade is None
    hard = counted("pier:\n  text: |\n    Administrative responsibilities accumulated considerably.\n  ending: end_home\n")
    easy = counted("pier:\n  text: |\n    The cat sat. It did not go out.\n  ending: end_home\n")
    assert hard["by_scene"]["pier"]["grade"] > easy["by_scene"]["pier"]["grade"]


def test_a_question_that_somebody_asks_is_one_sentence() -> None:
    assert list(sentences('"Now?" she says. He went.\n\nYes', Style())) == ['"Now?" she says.', "He went.", "Yes"]
    assert measured("He went.") == (2, 1, 2)
    assert measured("–") == Prose()


# speakers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "speakers"), [
    ('"Cups," says Hester Quinn of Seattle.', ["hester"]),
    ('"Six late," Brandl says. "That should be written down."', ["josef", "josef"]),
    ('Hester looks up. "You are new," she says.', ["hester"]),
    ('"Number two hundred," says the inspector.', ["inspector"]),
    ('"First page," says the purser.', ["the purser"]),
    ('"Herring," you say. "And flour."', ["you", "you"]),
    ('"Cups," says Hester.\n\n"Lists," says Brandl.', ["hester", "josef"]),
    ('Hester says, without looking: "No."', ["hester"]),
    ('Brandl has his watch out. "Four minutes."', ["josef"]),
    ('"Who is that?"', [""]),
    ('"Dva," he says.', [""]),
    ('"How long?" You tell her what a good roof sounds like.', [""]),
    ('Hester and Brandl wait. "At last."', [""]),
    ("No quotes here, says Hester.", []),
])  # fmt: skip
def test_who_says_a_line(text: str, speakers: list[str]) -> None:
    assert [line.speaker for line in lines(text, KNOWN)] == speakers


def test_in_a_scene_with_one_person_a_pronoun_is_that_person() -> None:
    assert [line.speaker for line in lines('"Dva," she says.', KNOWN, "hester")] == ["hester"]


def test_speakers_are_counted_once_a_line_however_often_it_can_be_read(counted: Counted) -> None:
    found = counted(
        """
        pier:
          text: |
            {turn > 1 ? Again. | At last.} "A raisin a word," says Hester. "Yes," you say.

            "Who?"
          ending: end_home
        """,
        people="hester: {name: Hester Quinn}\n",
    )
    assert found["speakers"] == {
        "by": {"hester": {"name": "Hester Quinn", "quotes": 1, "words": 4}, "you": {"name": "you", "quotes": 1, "words": 1}},
        "unattributed": {"quotes": 1, "words": 1},
    }


# the codex ----------------------------------------------------------------------------------------------------------


def test_the_codex_is_told_what_it_does_not_cover(counted: Counted) -> None:
    found = counted(
        """
        pier:
          history: {status: attested, cards: [named]}
          text: |
            The [house](linked).
          do: learn learned
          go: shed
        shed: {ending: end_home}
        """,
        **{
            "codex/cards": "".join(
                f"{name}: {{title: T, claim: It stands.{', sources: [a book]' if name != 'unsaid' else ''}}}\n"
                for name in ("named", "linked", "learned", "unsaid")
            )
        },
    )
    assert found["codex"] == {
        "confidence": {"attested": 4},
        "scenes_without_history": ["shed"],
        "unlearnt": ["named", "linked", "unsaid"],
        "unnamed": ["unsaid"],
        "without_sources": ["unsaid"],
    }


# the command --------------------------------------------------------------------------------------------------------


def test_json_is_as_the_contract_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(ROOT / "story"), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"schema", "words", "scenes", "storylets", "choices", "endings", "cards", "acts", "grade"} <= set(found)
    assert found["schema"] == 1
    assert list(found) == sorted(found)
    assert found["words"] == sum(found["words_of"][kind] for kind in ("scenes", "endings", "papers", "intro"))
    assert sum(scene["words"] for scene in found["by_scene"].values()) == found["words_of"]["scenes"]


def test_text_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = told(
        tmp_path / "story",
        """
        pier:
          text: |
            "You are late," says Hester.
          choices:
            - say: Go home
              ending: end_home
        """,
        people="hester: {name: Hester Quinn}\n",
    )
    assert main(["stats", str(story)]) == 0
    assert capsys.readouterr().out == dedent("""\
        A Tiny Story: 12 words that a reader can meet, grade -0.8
          1 scene, of them 0 storylets; 1 choice; 1 ending; 0 codex cards
          words: scenes 5, endings 3, papers 0, intro 4; beside them labels 2, codex 0

        act           words  scenes  storylets  choices  median scene  grade
        The voyage        0       0          0        0             0      -
        The winter        0       0          0        0             0      -
        (no one act)      5       1          0        1             5    0.5

        scenes  words  choices  grade
        pier        5        1    0.5
          the median scene has 5 words

        who speaks        quotes  words
        Hester Quinn           1      3
        (cannot be told)       0      0

        codex
          cards that nothing links, learns or names: 0
          cards that nothing learns, so that no life earns them: 0
          cards without sources: 0
          scenes without `history`: 1 (pier)
        """)


def test_a_story_that_cannot_be_read_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = told(tmp_path / "story", "pier: {go: [\n")
    assert main(["stats", str(story)]) == 1
    assert "A story with errors cannot be counted." in capsys.readouterr().out
    assert main(["stats", str(story), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in found["diagnostics"]] == ["yaml-syntax"]


@pytest.mark.parametrize(("line", "sentence"), [
    (["--format", "xml"], "There is no format called xml; there are text and json."),
    (["nowhere"], "There is no folder `nowhere`. A story, like a pack, is a folder of YAML files."),
])  # fmt: skip
def test_what_cannot_be_counted_is_a_sentence(line: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", *line]) == 2
    assert capsys.readouterr().err == f"kuzbass: {sentence}\n"

"""`check`: one report in four forms, and exit codes that scripts rely on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from game.engine.model import At
from game.load.diagnostics import Diagnostic, render
from game.workshop.check import run_check

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Small

BAD = "office:\n  title: The office\n  go: hom\nmill: {every: 3 months, go: home}\n"


@pytest.fixture
def folder(small: Small, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A story with an error and a warning, seen from the folder around it."""
    story, _ = small.write(BAD)
    monkeypatch.chdir(story.parent)
    return story


def test_text_shows_the_line_with_carets(folder: Path) -> None:
    text, code = run_check(folder)
    assert code == 1
    assert (
        text.split("\n\n")[0]
        == """error[unknown-target]: no scene is called `hom`
 --> story/scenes.yaml:3:7
  |
3 |   go: hom
  |       ^^^
  = note: a scene with a similar name exists: `home`"""
    )
    assert text.splitlines()[-1] == "1 error and 1 warning in 10 files, 3 scenes."


def test_json_is_as_the_contract_has_it(folder: Path) -> None:
    text, code = run_check(folder, (), "json")
    report = json.loads(text)
    assert (code, report["schema"], report["files"], report["scenes"]) == (1, 1, 10, 3)
    assert report["diagnostics"][0] == {
        "code": "unknown-target",
        "level": "error",
        "file": "story/scenes.yaml",
        "line": 3,
        "column": 7,
        "end_line": 3,
        "end_column": 10,
        "message": "no scene is called `hom`",
        "fix": "",
        "notes": ["a scene with a similar name exists: `home`"],
    }


def test_github_annotations(folder: Path) -> None:
    first, second = run_check(folder, (), "github")[0].splitlines()
    assert first == (
        "::error file=story/scenes.yaml,line=3,endLine=3,col=7,endColumn=10,title=unknown-target::"
        "no scene is called `hom`%0Aa scene with a similar name exists: `home`"
    )
    assert second.startswith("::warning file=story/scenes.yaml,line=4,")


def test_sarif(folder: Path) -> None:
    report = json.loads(run_check(folder, (), "sarif")[0])
    (run,) = report["runs"]
    assert (report["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "kuzbass check")
    result = run["results"][0]
    assert (result["ruleId"], result["level"]) == ("unknown-target", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "unknown-target"
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("story/scenes.yaml", 3)


HOME = """
home:
  place: pier
  cast: [hester]
  ask: {into: name, say: "Your name?", default: Ada, limit: 20}
  choices:
    - {say: Work, do: food -= 1; morale += 1; learn stone_house, give: letter}
    - {say: Leave, needs: fed, go: office}
"""
WHOLE = """
office:
  text: |
    {name} has {has(letter) and morale > 4 ? the letter | nothing}.
  ending: the_end
"""


def test_a_story_without_faults(small: Small) -> None:
    story, _ = small.write(WHOLE, home=HOME)
    assert run_check(story) == ("No faults in 10 files, 2 scenes.", 0)
    assert run_check(story, (), "github") == ("", 0)
    assert json.loads(run_check(story, (), "json")[0])["diagnostics"] == []


def test_warnings_alone_are_no_failure(small: Small) -> None:
    story, _ = small.write("mill: {every: 3 months, go: home}\n")
    assert run_check(story)[1] == 0


def test_what_cannot_be_checked_is_said(tmp_path: Path) -> None:
    assert run_check(tmp_path / "nothing") == (f"There is no folder {tmp_path / 'nothing'}.", 2)
    assert run_check(tmp_path, (), "xml")[1] == 2
    text, code = run_check(tmp_path)
    assert code == 1
    assert "there is no story.yaml in this folder" in text


# drawing one finding


def drawn(line: str, at: At) -> list[str]:
    return render(Diagnostic("unknown-key", "error", at, "x"), {"a": (line,)}).splitlines()[3:5]


def test_carets_stand_below_wide_signs_and_tabs() -> None:
    assert drawn("a: 漢字 x", At("a", 1, 7, 1, 8)) == ["1 | a: 漢字 x", "  |         ^"]
    assert drawn("\tx", At("a", 1, 2, 1, 3)) == ["1 |     x", "  |     ^"]


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    shown, below = drawn("x" * 300 + "!" + "x" * 300, At("a", 1, 301, 1, 302))
    assert len(shown) < 120
    assert shown[below.index("^")] == "!"


def test_nothing_that_could_move_a_cursor_is_printed() -> None:
    shown, _ = drawn("a\x1b[2Jb", At("a", 1, 1, 1, 2))
    assert "\x1b" not in shown


def test_a_place_beyond_the_line_is_no_fault() -> None:
    assert drawn("ab", At("a", 1, 9, 1, 12)) == ["1 | ab", "  |   ^"]
    assert render(Diagnostic("unknown-key", "error", At("a", 99, 1, 99, 2), "x"), {"a": ("b",)}).endswith("a:99:1")


def test_who_names_a_pack_is_told_of_the_pack(small: Small) -> None:
    """Warnings of the story's own files are counted; errors, and all that the pack's files hold, are drawn."""
    story, (pack,) = small.write("mill: {every: 3 months, go: home}\n", {"winter": {
        "pack.yaml": "id: winter\ntitle: Winter\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n",
        "camp.yaml": "camp: {every: 3 months, go: home}\n",
    }})  # fmt: skip
    text, code = run_check(story, [pack])
    assert code == 0
    assert "camp.yaml" in text
    assert "scenes.yaml" not in text
    assert text.splitlines()[-1].startswith("Besides, ")
    assert len(json.loads(run_check(story, [pack], "json")[0])["diagnostics"]) > text.count("warning[")

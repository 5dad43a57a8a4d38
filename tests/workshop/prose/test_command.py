"""`kuzbass check --prose`: the findings as warnings, the figures at the end, and what stands in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.cli import main
from game.load import load_story
from game.workshop.check import run_check
from game.workshop.prose import lint

if TYPE_CHECKING:
    from conftest import Small

ROOT = Path(__file__).parents[3]
STYLE = "bars:\n  sentence_mean: at most 3\n  label: at most 4\n  dialogue: 0% to 45%\n"
SCENES = "office:\n  text: |\n    The office is a hour away.\n  go: home\n"


@pytest.fixture
def folder(small: Small, monkeypatch: pytest.MonkeyPatch) -> Path:
    small.lint({"style.yaml": STYLE, "scenes.yaml": SCENES})
    monkeypatch.chdir(small.folder)
    return small.folder / "story"


def test_without_the_flag_the_prose_is_not_looked_at(folder: Path) -> None:
    text, _ = run_check(folder)
    assert "wrong-article" not in text
    assert "prose" not in json.loads(run_check(folder, format="json")[0])


def test_findings_are_warnings_and_figures_stand_above_the_last_line(folder: Path) -> None:
    text, code = run_check(folder, prose=True)
    assert code == 0
    assert "warning[wrong-article]: `a` before `hour`\n --> story/scenes.yaml:3:19\n" in text
    assert "warning[missed-bar]: sentence_mean is 6; the bar is at most 3\n --> story/style.yaml:2:3\n" in text
    table = text.split("\n\n")[-2].splitlines()
    assert table[0].split() == ["measured", "value", "bar"]
    assert "words in a sentence, mean                                            6  at most 3  missed" in table
    assert "words inside speech marks                                           0%  0% to 45%  well" in table
    assert text.splitlines()[-1].startswith("0 errors and ")


def test_json_has_each_figure_beside_its_bar(folder: Path) -> None:
    text, code = run_check(folder, format="json", prose=True)
    report = json.loads(text)
    assert code == 0
    assert report["prose"]["sentence_mean"] == {"value": 6.0, "low": None, "high": 3.0, "ok": False}
    assert report["prose"]["dialogue"] == {"value": 0.0, "low": 0.0, "high": 0.45, "ok": True}
    assert report["prose"]["grade"]["ok"] is True
    assert {"missed-bar", "wrong-article"} <= {one["code"] for one in report["diagnostics"]}
    assert list(report) == sorted(report)


@pytest.mark.parametrize(
    ("format", "sign"), [("github", "::warning file=story/scenes.yaml,line=3"), ("sarif", '"wrong-article"')]
)
def test_other_formats_have_the_findings(folder: Path, format: str, sign: str) -> None:
    assert sign in run_check(folder, format=format, prose=True)[0]


def test_the_flag_is_typed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder), "--prose"]) == 0
    assert "wrong-article" in capsys.readouterr().out


def test_a_story_with_errors_says_that_its_prose_was_not_measured(folder: Path) -> None:
    (folder / "bad.yaml").write_text("mill:\n  go: nowhere\n", "utf-8")
    text, code = run_check(folder, prose=True)
    assert code == 1
    assert "The prose was not measured" in text
    assert json.loads(run_check(folder, format="json", prose=True)[0])["prose"] == {}


def test_logic_that_does_not_type_leaves_the_prose_to_be_read(folder: Path) -> None:
    (folder / "bad.yaml").write_text("mill:\n  do: food += yes\n  go: home\n", "utf-8")
    text, code = run_check(folder, prose=True)
    assert code == 1
    assert "wrong-article" in text


def test_the_shipped_story_has_no_slips() -> None:
    """Its bars are a matter of writing; of slips there is none, nor a false alarm."""
    report = lint(load_story(ROOT / "story"))
    assert {one.code for one in report.diagnostics} <= {"missed-bar", "over-bar"}
    assert len(report.measures) >= 18

"""`kuzbass explore` as it is typed: formats, files, what is refused, and Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from workshop.explore.coins import DOORS, FALLS, write

from game.cli import main
from game.workshop.explore.progress import Progress

CONTRACT = {
    "schema", "plays", "crashes", "loops", "seconds", "workers", "choices_per_second", "scenes", "choices", "endings", "words",
    "choices_per_play", "choices_per_1000_words", "words_before_choice", "seen_share", "repeat", "variables", "roles",
}  # fmt: skip


@pytest.fixture(scope="module")
def doors(tmp_path_factory):
    return write(tmp_path_factory.mktemp("doors"), DOORS)


def explore(capsys, *typed):
    code = main(["explore", *map(str, typed)])
    return code, *capsys.readouterr()


def test_every_key_is_told_in_the_docs(doors, capsys):
    _, out, _ = explore(capsys, doors, "--plays", 40, "--format", "json")
    told = (Path(__file__).parents[3] / "docs" / "exploring.md").read_text(encoding="utf-8").partition("## The JSON")[2]
    report = json.loads(out)
    groups = ("blind", "callbacks", "locked", "repeat", "story", "texts", "unmet", "words_before_choice")
    named = [report, *(report[group] for group in groups)]
    assert [key for part in named for key in part if not re.search(rf"\b{key}\b", told)] == []


def test_json_is_what_the_contract_says(doors, capsys):
    code, out, err = explore(capsys, doors, "--plays", 60, "--format", "json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert report.keys() >= CONTRACT
    assert (report["schema"], report["plays"], report["workers"]) == (1, 60, 1)
    assert out.strip() == json.dumps(report, sort_keys=True, indent=2, ensure_ascii=False)
    assert report["words"].keys() == {"p10", "median", "p90"}
    assert report["words_before_choice"].keys() == {"p50", "p90", "p99", "max", "max_at"}
    assert report["repeat"].keys() == {"random", "same_role", "opposed"}
    assert report["variables"]["luck"].keys() >= {"min", "max", "pinned"}
    assert report["roles"]["bold"]["endings"].keys() == {"end_heads", "end_never", "end_stay", "end_tails"}


def test_what_chance_does_not_meet_is_searched_for(doors, capsys):
    report = json.loads(explore(capsys, doors, "--plays", 500, "--workers", 1, "--format", "json")[1])
    assert report["variables"]["luck"]["max"] == 4
    assert report["unmet"]["by_others"] == {"choices": [], "endings": [], "scenes": [], "texts": []}
    assert report["unmet"]["never"]["scenes"] == ["cellar"]


def test_another_seed_lives_other_lives(doors, capsys):
    one, two = (json.loads(explore(capsys, doors, "--plays", 60, "--seed", seed, "--format", "json")[1]) for seed in (1, 2))
    assert one["choices"] != two["choices"]


def test_text_names_what_matters(doors, capsys):
    code, out, _ = explore(capsys, doors, "--plays", 60)
    assert code == 0
    for told in (
        "Three Doors 0.1.0",
        "60 random lives, seed 1",
        "No life broke off",
        "end_stay",
        "cellar",
        "left/neither",
        "bold",
    ):
        assert told in out
    assert max(map(len, out.splitlines())) <= 130


class Page(HTMLParser):
    """Checks that tags close in order, and gathers what a reader without plots gets."""

    VOID = frozenset({"meta", "br"})

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.links, self.tables = [], set(), [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.tables += tag == "table"
        self.links += [value for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_nothing_else(doors, tmp_path, capsys):
    file = tmp_path / "report.html"
    code, out, _ = explore(capsys, doors, "--plays", 60, "--format", "html", "-o", file)
    text = file.read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert (code, out) == (0, f"Written: {file}.\n")
    assert page.open == []
    assert "script" not in page.tags
    assert "http" not in text
    assert "url(" not in text
    assert "@import" not in text
    assert all(link.startswith("#") for link in page.links)
    assert {"svg", "table", "details", "caption"} <= page.tags
    assert page.tables >= 6
    assert "prefers-color-scheme: dark" in text
    assert len(text) < 100_000


def test_names_from_a_story_are_text_on_the_page():
    from game.workshop.explore.plots import histogram, table
    from game.workshop.explore.report_html import _code

    assert _code("<b>&") == "<code>&lt;b&gt;&amp;</code>"
    assert "<i>" not in table(["<i>"], [["x", "y"]], "<i>")
    assert histogram([], "", "") == ""


def test_a_crash_is_found(tmp_path, capsys):
    code, out, _ = explore(capsys, write(tmp_path, FALLS), "--plays", 30)
    assert code == 1
    assert "broke off" in out
    assert "edge/step_off" in out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--plays", "0"], "no count"),
        (["--plays", "many"], "no count"),
        (["--seconds", "-1"], "no time"),
        (["--seconds", "nan"], "no time"),
        (["--seconds", "inf"], "no time"),
        (["--workers", "0"], "no count"),
        (["--seed", "x"], "no seed"),
    ],
)
def test_what_cannot_be_understood_is_refused(doors, capsys, typed, told):
    code, out, err = explore(capsys, doors, *typed)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--role", "bald"], "did you mean `bold`?"),
        (["--role", "zzz"], "it has bold, shy."),
        (["--format", "pdf"], "There is no format `pdf`"),
        (["-o", "nowhere/at/all.txt"], "There is no folder"),
        (["-o", "."], "is a folder"),
        (["--plays", "2", "-o", "/dev/full"], "cannot be written"),
        (["--goal", "left", "--format", "json"], "`--format` has no place there"),
        (["--goal", "left", "--plays", "3"], "`--plays` has no place there"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(doors, capsys, typed, told):
    if "/dev/full" in typed and not os.path.exists("/dev/full"):
        pytest.skip("there is no full disk to write to here")
    code, out, err = explore(capsys, doors, *typed)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_goal_is_a_life_in_place_of_a_report(doors, tmp_path, capsys):
    code, out, _ = explore(capsys, doors, "--goal", "end_heads", "-o", tmp_path / "heads.jsonl")
    assert code == 0
    assert "heads.jsonl" in out
    assert main(["replay", str(tmp_path / "heads.jsonl"), "--story", str(doors), "--verify"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_gives_the_report_so_far_and_leaves_nobody_behind(doors, workers):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "game", "explore", str(doors), "--seconds", "100", "--workers", workers, "--format", "json"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True)
    os.close(theirs)
    told = b""
    while b" lives" not in told:  # the line on the terminal: play is under way
        told += os.read(ours, 1024)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to all of them
    out, _ = running.communicate(timeout=60)
    report = json.loads(out)
    assert running.returncode == 130
    assert report["interrupted"]
    assert report["plays"] > 0
    while True:
        try:
            told += os.read(ours, 1024)
        except OSError:  # nobody has the terminal open any more: all are gone
            break
    os.close(ours)
    assert b"Cut short" in told
    assert b"Traceback" not in told


def test_progress_is_for_terminals_only(capsys):
    with Progress() as progress:
        progress._began -= 10
        progress.tell(0.5, "lives")
    assert capsys.readouterr().err == ""

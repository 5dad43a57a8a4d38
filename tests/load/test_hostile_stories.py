"""Stories that are well-formed YAML and still mean harm: each ends in a diagnostic, and none takes long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from game.load import load_story

if TYPE_CHECKING:
    from pathlib import Path

START = "start:\n  text: |\n    {text}\n  choices: [Stay]\n  go: start\n"
HEAD = "{id: small, title: Small, version: 0.1.0, start: start, date: 1922-03-06}\n"
LEVELS = 30


def doubling(entry: str, last: str) -> str:
    """A declaration each of whose entries names the one before twice: 2**30 of the last."""
    lines = [f"n0: {last}"]
    lines += [f"n{level}: " + entry.format(f"n{level - 1}") for level in range(1, LEVELS)]
    return "\n".join(lines) + "\n"


CASES = {
    "snippets that double": (
        {"snippets.yaml": doubling('"{{@{0}}} {{@{0}}}"', "x")},
        START.replace("{text}", "{@n29}"),
        "too-large",
    ),
    "snippets in a circle": ({"snippets.yaml": 'a: "{@b}"\nb: "{@a}"\n'}, START.replace("{text}", "{@a}"), "snippet-loop"),
    "rules that double": (
        {"rules.yaml": doubling("{{if: {0} and {0}, reason: No.}}", "{if: 1 < 2, reason: No.}")},
        START.replace("{text}", "{n29 ? yes}"),
        "too-large",
    ),
    "rules in a circle": ({"rules.yaml": "a: {if: b, reason: x}\nb: {if: a, reason: x}\n"}, START, "rule-loop"),
    "sets that include each other twice": (
        {},
        START.replace("[Stay]", "[{include: s29}]")
        + "".join(f"s{n}:\n  choices: [{{include: s{n - 1}}}, {{include: s{n - 1}}}]\n" for n in range(1, LEVELS))
        + "s0:\n  choices: [One]\n",
        "",
    ),
    "an expression of brackets": ({}, START.replace("{text}", "{" + "(" * 900 + "1" + ")" * 900 + "}"), "bad-prose"),
    "logic inside logic": ({}, START.replace("{text}", "{1 < 2 ? " * 500 + "x" + "}" * 500), "bad-prose"),
    "a line of braces": ({}, START.replace("{text}", "{" * 50_000), "bad-prose"),
    "a line of brackets and stars": ({}, START.replace("{text}", "*[" * 49_999), "bad-prose"),
    "an unknown name in every word": ({}, START.replace("{text}", "{x} " * 5_000), "unknown-name"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_story_ends_in_a_diagnostic(tmp_path: Path, case: str) -> None:
    files, scenes, code = CASES[case]
    (tmp_path / "story.yaml").write_text(HEAD)
    (tmp_path / "scenes.yaml").write_text(scenes)
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    start = time.process_time()
    loaded = load_story(tmp_path)
    assert time.process_time() - start < 20, "a bound of the worst kind, to tell slow from never"
    assert loaded.story is None
    codes = {found.code for found in loaded.diagnostics}
    assert code in codes if code else codes

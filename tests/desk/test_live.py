"""What is said of a story that was read anew: which scenes, which paragraphs, which errors."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.desk.live import NEW, REWRITTEN, changes, differences, same_choices, tally, trouble, worst_first
from game.engine.page import Block, Option, Page, Question, Span
from game.engine.source import At
from game.load import Diagnostic, load_story

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.story import Story

FERRY = Path(__file__).parents[1] / "plain" / "ferry"


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Story]:
    """The ferry with words of its files replaced: (file, old, new)."""

    def make(*edits: tuple[str, str, str]) -> Story:
        folder = tmp_path / f"ferry{len(list(tmp_path.iterdir()))}"
        shutil.copytree(FERRY, folder)
        for name, old, new in edits:
            text = (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else ""
            assert old in text
            (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        loaded = load_story(folder)
        assert loaded.story is not None, loaded.diagnostics
        return loaded.story

    return make


CAVE = ("river.yaml", "talk:\n", "cave:\n  text: |\n    Dark.\n  ending: end_home\ntalk:\n")


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ((), "nothing in the story has changed"),
        ([("bank.yaml", "bank:\n", "# A remark.\n\nbank:\n")], "nothing in the story has changed"),
        ([("bank.yaml", "nobody", "no one")], "1 scene changed (bank)"),
        ([("bank.yaml", "nobody", "no one"), ("river.yaml", "Grass.", "Sand.")], "2 scenes changed (bank, shore)"),
        ([CAVE], "1 scene new (cave)"),
        ([CAVE, ("river.yaml", "Grass.", "Sand.")], "1 scene changed (shore), 1 new (cave)"),
        ([("variables.yaml", "coins:\n  start: 1", "coins:\n  start: 2")], "variables changed"),
        ([("story.yaml", "1.0.0", "1.0.1"), ("story.yaml", "The Ferry", "A Ferry")], "what story.yaml says changed"),
    ],
)  # fmt: skip
def test_differences_are_counted_by_scene(edited: Callable[..., Story], edits: list[tuple[str, str, str]], said: str) -> None:
    assert differences(edited(), edited(*edits)) == said


def test_a_scene_that_went_and_one_that_was_renamed(edited: Callable[..., Story]) -> None:
    assert differences(edited(CAVE), edited()) == "1 scene gone (cave)"
    renamed = [("river.yaml", "shore:\n", "meadow:\n  was: shore\n"), ("river.yaml", "-> shore", "-> meadow")]
    assert differences(edited(), edited(*renamed)) == "1 scene changed (boat), 1 renamed (shore, now meadow)"


def page(*texts: str, options: tuple[Option, ...] = (), question: Question | None = None) -> Page:
    blocks = tuple(Block("text", (Span(text),)) for text in texts)
    return Page("bank", "", "", date(1922, 5, 18), "", 0, blocks, options, question)


def test_paragraphs_that_are_new_or_rewritten(edited: Callable[..., Story]) -> None:
    story = edited()
    assert not changes(page("a", "b"), page("a", "b"), story)
    assert changes(page("a", "b"), page("a", "x", "b"), story).blocks == {1: NEW}
    assert changes(page("a", "b"), page("a", "x"), story).blocks == {1: REWRITTEN}
    assert changes(page("a", "b"), page("x", "y", "b"), story).blocks == {0: REWRITTEN, 1: NEW}
    assert not changes(page("a", "b"), page("b"), story)


def test_choices_are_known_by_their_keys(edited: Callable[..., Story]) -> None:
    story = edited()
    old = page(options=(Option("bank/pay", "Pay"), Option("bank/go", "Go")))
    new = page(options=(Option("bank/go", "Go"), Option("bank/pay", "Pay", enabled=False), Option("bank/sing", "Sing")))
    assert changes(old, new, story).options == {"bank/pay": REWRITTEN, "bank/sing": NEW}
    assert same_choices(old, page("other words", options=old.options))
    assert not same_choices(old, new)
    asked = Question("bank/name", "Name?", "Anna", 12)
    assert not same_choices(page(question=asked), page(question=asked._replace(key="bank/nick")))


def finding(level: str, file: str) -> Diagnostic:
    return Diagnostic("plain-prose", level, At(file, 1, 1, 1, 2), "words")


def test_trouble_names_the_file_or_counts_them() -> None:
    one, two, minor = finding("error", "a/bank.yaml"), finding("error", "a/river.yaml"), finding("warning", "a/never.yml")
    assert trouble([one, minor]) == "1 error in bank.yaml"
    assert trouble([one, two]) == "2 errors in 2 files"
    assert trouble([minor]) == "1 warning in never.yml"
    assert trouble([]) == ""
    assert tally([minor, one]) == "1 error and 1 warning."
    assert tally([]) == "No faults."
    assert worst_first([minor, one]) == (one, minor)

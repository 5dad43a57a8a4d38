"""What was proved of a story is not proved twice, and never taken for another story's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import Size, generate

from game.load import load_story
from game.workshop.analysis import analyse
from game.workshop.analysis.kept import analysed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_same_words_are_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_story(generate(tmp_path / "story", Size(scenes=7)))
    first = analysed(loaded, tmp_path / "cache")
    assert first == analyse(loaded)
    assert first, "a tiny story declares more than it uses"
    monkeypatch.setattr("game.workshop.analysis.kept.analyse", lambda _: ())
    assert analysed(load_story(tmp_path / "story"), tmp_path / "cache") == first


def test_another_word_is_another_story_and_damage_is_a_miss(tmp_path: Path) -> None:
    folder = generate(tmp_path / "story", Size(scenes=7))
    analysed(load_story(folder), tmp_path / "cache")
    with (folder / "variables.yaml").open("a", encoding="utf-8") as file:
        file.write("forgotten: {start: no}\n")
    found = analysed(load_story(folder), tmp_path / "cache")
    assert "forgotten" in " ".join(one.message for one in found)
    for kept in (tmp_path / "cache").glob("findings-*.json"):
        kept.write_text("[{]", encoding="utf-8")
    assert analysed(load_story(folder), tmp_path / "cache") == found


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    loaded = load_story(generate(tmp_path / "story", Size(scenes=7)))
    (tmp_path / "cache").write_text("a file in its place", encoding="utf-8")
    assert analysed(loaded, tmp_path / "cache") == analyse(loaded)

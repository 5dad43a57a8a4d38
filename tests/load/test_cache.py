"""The cache saves time and nothing else: what is stale, foreign, torn or altered is a miss, never a fault and never code."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from game.engine.story import StoryStuck
from game.engine.turn import begin, choose
from game.load import load_story
from game.load.cache import _sealed

if TYPE_CHECKING:
    from pathlib import Path

SCENES = """start:
  text: |
    Coal {coal}.
  choices:
    - On -> pit
pit:
  text: |
    The pit.
  choices: [Stay]
  go: pit
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "story.yaml").write_text("{id: small, title: Small, version: 0.1.0, start: start, date: 1922-03-06}\n")
    (folder / "variables.yaml").write_text("coal: {start: 3}\n")
    (folder / "scenes.yaml").write_text(SCENES)
    return folder


def first_text(folder: Path, cache: Path) -> str:
    loaded = load_story(folder, cache=cache)
    assert loaded.story is not None, loaded.diagnostics
    return begin(loaded.story, 1)[1].text


def index(cache: Path) -> Path:
    return next(cache.glob("*/index.json"))


def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, reading YAML fails the test."""

    def never(*args: Any) -> None:
        raise AssertionError("the YAML was read")

    monkeypatch.setattr("game.load._read", never)


def test_a_second_start_reads_no_yaml_and_only_the_scenes_it_shows(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    assert first_text(story, cache) == "Coal 3."
    for path in index(cache).parent.glob("0-*.json"):
        path.unlink()  # the pit comes first by name, and is not shown yet
    warm(monkeypatch)
    assert first_text(story, cache) == "Coal 3."


def test_an_edit_is_seen_even_where_size_and_time_are_the_same(story: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    scenes = story / "scenes.yaml"
    scenes.write_text(SCENES.replace("Coal", "Coke"))
    os.utime(scenes, ns=(1, 1))
    assert first_text(story, cache) == "Coke 3."


def test_a_touched_file_with_the_same_content_is_still_fresh(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    os.utime(story / "scenes.yaml", ns=(5, 5))
    warm(monkeypatch)
    assert first_text(story, cache) == "Coal 3."


def test_a_file_that_comes_or_goes_is_seen(story: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    (story / "more.yaml").write_text("more:\n  text: |\n    More.\n  go: nowhere\n")
    assert load_story(story, cache=cache).story is None
    (story / "more.yaml").unlink()
    assert first_text(story, cache) == "Coal 3."


def test_a_story_with_errors_is_not_kept(story: Path, tmp_path: Path) -> None:
    (story / "scenes.yaml").write_text(SCENES.replace("{coal}", "{caol}"))
    assert load_story(story, cache=tmp_path / "cache").story is None
    assert not list((tmp_path / "cache").rglob("*.json"))


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b"0\n{}", b"x" * 40])
def test_a_damaged_index_is_a_miss(story: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    index(cache).write_bytes(damage)
    assert first_text(story, cache) == "Coal 3."


def test_every_byte_of_the_index_is_guarded(story: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    content = index(cache).read_bytes()
    for at in range(0, len(content), 97):
        index(cache).write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert first_text(story, cache) == "Coal 3."


def test_another_version_of_the_game_does_not_read_it(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    monkeypatch.setattr("game.load.cache._writer", lambda: "another")
    warm(monkeypatch)
    with pytest.raises(AssertionError, match="the YAML was read"):
        first_text(story, cache)


def test_a_scene_that_was_altered_stops_play_with_a_sentence_and_the_next_start_mends_it(story: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first_text(story, cache)
    loaded = load_story(story, cache=cache)
    assert loaded.story is not None
    state, page = begin(loaded.story, 1)
    for path in index(cache).parent.glob("0-*.json"):
        path.write_text(path.read_text().replace("The pit", "The pot"))
    with pytest.raises(StoryStuck, match="kept copy of the scene `pit`"):
        choose(loaded.story, state, page.options[0].key)
    assert first_text(story, cache) == "Coal 3."
    reloaded = load_story(story, cache=cache).story
    assert reloaded is not None
    assert choose(reloaded, state, page.options[0].key)[1].text == "The pit."


def test_a_cache_sealed_by_somebody_else_can_hold_wrong_data_but_names_no_code(story: Path, tmp_path: Path) -> None:
    """Operations are looked up in the engine's own table: what is not in it is no operation."""
    cache = tmp_path / "cache"
    first_text(story, cache)
    path = index(cache)
    seal, _, content = path.read_bytes().partition(b"\n")
    head = json.loads(content)
    for spoiled in (["import", "os"], ["__class__"], ["lit", {"$date": "x"}], []):
        program = {
            "ops": [["say", [["e", spoiled, "text", "", False, ""]]]],
            "lines": [1],
            "entries": {"": 0},
            "sets": {},
            "sites": {},
        }
        text = json.dumps(program | {"title": None, "subtitle": None}).encode()
        name = "forged.json"
        (path.parent / name).write_bytes(text)
        from hashlib import blake2b

        head["scenes"]["start"] = [name, blake2b(text, digest_size=12).hexdigest()]
        path.write_bytes(_sealed(head))
        loaded = load_story(story, cache=cache)
        assert loaded.story is not None
        with pytest.raises(StoryStuck):
            begin(loaded.story, 1)
    assert seal


def test_a_cache_folder_that_cannot_be_made_is_no_fault(story: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert first_text(story, tmp_path / "file" / "cache") == "Coal 3."

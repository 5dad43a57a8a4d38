"""Which files make a story, and what stands in the way of reading them."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from game.load import load_story, read_model
from game.load.folders import every_file

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Small


@pytest.fixture
def story(small: Small) -> Path:
    return small.write("office:\n  go: home\n")[0]


def codes(story: Path) -> list[str]:
    return [found.code for found in read_model(story)[1]]


def test_every_yaml_file_below_the_folder_is_read(story: Path) -> None:
    (story / "2-arrival" / "deck").mkdir(parents=True)
    (story / "2-arrival" / "deck" / "mill.yaml").write_text("mill: {deck: works, title: The mill}\n")
    (story / ".git").mkdir()
    (story / ".git" / "x.yaml").write_text("office: {go: home}\n")
    (story / "notes.txt").write_text("office: {go: home}\n")
    model, found = read_model(story)
    assert model is not None, found
    assert list(model.scenes) == ["mill", "home", "office"]
    assert [path.relative_to(story).as_posix() for path in every_file(story)][:2] == [
        "2-arrival/deck/mill.yaml",
        "codex/cards.yaml",
    ]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfshed:\n  go: home\n", b"shed:\r\n  go: home\r\n", b"", b"# later\n"])
def test_marks_and_line_ends_of_other_systems_are_accepted(story: Path, content: bytes) -> None:
    (story / "shed.yaml").write_bytes(content)
    assert codes(story) == []


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"shed:\n  title: \xce\n", "bad-encoding", 2, 10),
        ("shed: {go: home}\n".encode("utf-16"), "bad-encoding", 1, 1),
        (b"shed:\n  go: ho\x07me\n", "control-character", 2, 9),
        (b"a" * 1_000_001, "file-too-large", 0, 0),
    ],
)
def test_bytes_that_are_no_text_are_told(story: Path, content: bytes, code: str, line: int, column: int) -> None:
    (story / "shed.yaml").write_bytes(content)
    (found,) = read_model(story)[1]
    assert (found.code, found.at.line, found.at.column) == (code, line, column)


def test_links_are_followed_but_not_in_circles(story: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "shed.yaml").write_text("shed: {go: home}\n")
    (story / "more").symlink_to(tmp_path / "more")
    assert codes(story) == []
    (tmp_path / "more" / "back").symlink_to(story)
    assert codes(story) == ["link-loop"]


def test_what_is_no_file_is_not_waited_for(story: Path) -> None:
    os.mkfifo(story / "pipe.yaml")
    (story / "self.yaml").symlink_to(story / "self.yaml")
    (story / "folder.yaml").mkdir()
    assert codes(story) == ["unreadable-file", "unreadable-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_rights_does_not_silence_the_others(story: Path) -> None:
    (story / "home.yaml").chmod(0)
    (story / "shed.yaml").write_text("shed: {gp: home}\n")
    assert codes(story) == ["unreadable-file", "unknown-key"]


def test_a_folder_that_is_no_story(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("office: {go: home}\n")
    for folder in (tmp_path, tmp_path / "a.yaml", tmp_path / "nowhere"):
        loaded = load_story(folder)
        assert loaded.story is None
        assert [found.code for found in loaded.diagnostics] == ["missing-file"]


def test_a_kept_story_is_recognised_without_yaml(story: Path, tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from game.load import load_story; "
    script += (
        f"s = load_story(Path({str(story)!r}), cache=Path({str(tmp_path / 'kept')!r})); print(s.scenes, 'yaml' in sys.modules)"
    )
    runs = [subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert runs == ["2 True\n", "2 False\n"]


def test_garbage_is_collected_again_after_loading(story: Path) -> None:
    import gc

    read_model(story)
    assert gc.isenabled()

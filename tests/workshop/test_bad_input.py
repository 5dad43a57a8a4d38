"""Whatever stands in a story's folder, `kuzbass check` ends with a diagnostic: never a traceback, and soon."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from game.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = "id: small\ntitle: Small\nversion: 0.1.0\nstart: home\nhub: home\ndate: 1922-03-06\n"
HOME = b"home:\n  choices:\n    - say: Leave\n      ending: the_end\n"
DEEP = "home:\n" + "".join(f"{'  ' * depth}- then:\n" for depth in range(1, 60))
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
INCLUDES = b"home:\n  choices:\n    - include: other\nother:\n  choices:\n    - include: home\n    - Leave\n"


def link_loop(folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)


def dangling(folder: Path) -> None:
    (folder / "gone.yaml").symlink_to(folder / "nowhere.yaml")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")


def folder_called_a_file(folder: Path) -> None:
    (folder / "deep.yaml").mkdir()


def content(data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / "home.yaml").write_bytes(data) and None


CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "includes in a circle": (content(INCLUDES), "include-loop"),
    "an alias bomb": (content(BOMB.encode()), "alias-limit"),
    "deep nesting": (content(DEEP.encode()), "too-deep"),
    "a scalar of a megabyte": (content(b"home:\n  text: |\n    " + b"word " * 210_000), "file-too-large"),
    "a scalar just below a megabyte": (content(b"home:\n  title: " + b"w" * 900_000 + b"\n" + HOME[6:]), "bad-prose"),
    "invalid UTF-8": (content(b"home:\n  title: \xff\xfe\n"), "bad-encoding"),
    "UTF-16": (content("home: {}".encode("utf-16")), "bad-encoding"),
    "a mark of the byte order": (content(b"\xef\xbb\xbf" + HOME), ""),
    "line ends of Windows": (content(HOME.replace(b"\n", b"\r\n")), ""),
    "tabs": (content(HOME.replace(b"  ", b"\t")), "tab-indent"),
    "a zero byte": (content(HOME + b"\x00"), "control-character"),
    "a link in a circle": (link_loop, "link-loop"),
    "a link to nothing": (dangling, "unreadable-file"),
    "a pipe": (pipe, "unreadable-file"),
    "a folder called like a file": (folder_called_a_file, ""),
}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "story.yaml").write_text(STORY, "utf-8")
    (tmp_path / "endings.yaml").write_text("the_end: {title: The end}\n", "utf-8")
    (tmp_path / "home.yaml").write_bytes(HOME)
    return tmp_path


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = main(["check", str(folder), "--format", "json"])
    told = capsys.readouterr()
    assert told.err == ""
    return code, [one["code"] for one in json.loads(told.out)["diagnostics"]]


@pytest.mark.parametrize("case", CASES)
def test_it_ends_in_a_diagnostic(story: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    make, expected = CASES[case]
    make(story)
    code, found = checked(story, capsys)
    if expected:
        assert expected in found
    else:
        assert (code, found) == (0, [])


def test_a_file_that_vanishes_between_listing_and_reading(story, capsys, monkeypatch):
    monkeypatch.setattr("game.load.files.yaml_files", lambda *_: ["story.yaml", "endings.yaml", "home.yaml", "vanished.yaml"])
    code, found = checked(story, capsys)
    assert (code, found) == (1, ["unreadable-file"])

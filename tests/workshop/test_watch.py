"""Looking after a story's files: what counts as a save, however an editor makes it, and when the files are read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from game.engine.source import At
from game.load import Diagnostic
from game.workshop import watch
from game.workshop.watch import FolderWatcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = "id: pier\ntitle: The Pier\nversion: 1.0.0\nstart: quay\ndate: 1922-05-01\n"
QUAY = "quay:\n  text: |\n    Rain.\n  choices:\n    - say: Wait\n      ending: end\n"


@pytest.fixture(autouse=True)
def no_analyses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the analyses find in the story of these tests is their own affair."""
    monkeypatch.setattr("game.workshop.analysis.analyse", lambda _: ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    story = tmp_path / "pier"
    story.mkdir()
    (story / "story.yaml").write_text(STORY, encoding="utf-8")
    (story / "quay.yaml").write_text(QUAY, encoding="utf-8")
    (story / "endings.yaml").write_text("end: {title: The end}\n", encoding="utf-8")
    return story


@pytest.fixture
def watcher(folder: Path) -> FolderWatcher:
    watcher = FolderWatcher(folder)
    assert watcher.read().story is not None
    assert watcher.look() is not None
    return watcher


def codes(watcher: FolderWatcher) -> set[str] | None:
    """The errors of what was read anew, or None where nothing was."""
    loaded = watcher.look()
    return None if loaded is None else {found.code for found in loaded.diagnostics if found.level == "error"}


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def over_it(path: Path, data: bytes) -> None:
    """As most editors do: a new file that takes the name."""
    new = path.with_name(".new")
    new.write_bytes(data)
    os.replace(new, path)


def behind_a_backup(path: Path, data: bytes) -> None:
    """As vim does: the old file gets another name, and for a moment there is none."""
    old = path.with_name(f"{path.name}~")
    path.rename(old)
    path.write_bytes(data)
    old.unlink()


def test_nothing_is_read_where_nothing_was_saved(watcher: FolderWatcher) -> None:
    assert watcher.look() is None
    assert watcher.look() is None


@pytest.mark.parametrize("save", [in_place, over_it, behind_a_backup])
def test_a_save_is_seen_however_the_editor_makes_it(
    watcher: FolderWatcher, folder: Path, save: Callable[[Path, bytes], None]
) -> None:
    save(folder / "quay.yaml", QUAY.replace("Rain", "Sleet").encode())
    loaded = watcher.look()
    assert loaded is not None
    assert loaded.story is not None
    analysed = watcher.look()
    assert analysed is not None
    assert analysed.story is loaded.story
    assert watcher.look() is None


def test_what_the_analyses_find_comes_with_the_look_after_the_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Diagnostic("ignored-file", "warning", At("quay.yaml", 1, 1, 1, 5), "a finding")
    monkeypatch.setattr("game.workshop.analysis.analyse", lambda loaded: (found,))
    watcher = FolderWatcher(folder)
    assert watcher.read().diagnostics == ()
    loaded = watcher.look()
    assert loaded is not None
    assert loaded.diagnostics == (found,)
    assert watcher.look() is None


def test_a_file_of_the_same_size_and_time_is_another_file_all_the_same(watcher: FolderWatcher, folder: Path) -> None:
    path, was = folder / "quay.yaml", (folder / "quay.yaml").stat()
    over_it(path, QUAY.replace("Rain", "Hail").encode())
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert watcher.look() is not None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", {"unknown-target"}),
        (QUAY.encode()[:30], {"yaml-syntax"}),
        (b"\xef\xbb\xbf" + QUAY.encode(), set()),
        (QUAY.replace("\n", "\r\n").encode(), set()),
        (b"quay:\n  text: \xff\n", {"bad-encoding"}),
        (b"quay:\n\ttext: no\n", {"tab-indent"}),
        (b"quay: {\n", {"yaml-syntax"}),
        (b"\0\1\2", {"control-character", "unknown-target"}),
    ],
)
def test_whatever_stands_in_the_file_is_a_finding_and_no_failure(
    watcher: FolderWatcher, folder: Path, data: bytes, told: set[str]
) -> None:
    (folder / "quay.yaml").write_bytes(data)
    found = codes(watcher)
    assert found == told
    (folder / "quay.yaml").write_text(QUAY, encoding="utf-8")
    assert codes(watcher) == set()


def test_files_come_and_go(watcher: FolderWatcher, folder: Path) -> None:
    (folder / "cave.yaml").write_text("cave:\n  text: |\n    Dark.\n  ending: end\n", encoding="utf-8")
    loaded = watcher.look()
    assert loaded is not None
    assert loaded.scenes == 2
    (folder / "quay.yaml").unlink()
    assert codes(watcher) == {"unknown-target"}
    (folder / "quay.yaml").symlink_to(folder / "nowhere.yaml")
    assert codes(watcher) == {"unreadable-file"}
    (folder / "quay.yaml").unlink()
    (folder / "quay.yaml").write_text(QUAY, encoding="utf-8")
    assert codes(watcher) == set()


def test_the_folder_itself_may_go_and_come_back(watcher: FolderWatcher, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    assert codes(watcher)
    folder.with_name("elsewhere").rename(folder)
    assert codes(watcher) == set()


def test_a_pack_is_followed_too(folder: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    head = "{id: more, title: More, version: 1.0.0, for: {story: pier, version: 1.0.0}}\n"
    (pack / "pack.yaml").write_text(head, encoding="utf-8")
    watcher = FolderWatcher(folder, [pack])
    assert watcher.read().story is not None
    (pack / "pack.yaml").write_text(head.replace("pier", "jetty"), encoding="utf-8")
    assert codes(watcher) == {"pack-mismatch"}


def test_a_file_that_is_still_being_written_is_read_when_it_is_whole(
    watcher: FolderWatcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [QUAY[:40], QUAY]
    (folder / "quay.yaml").write_text(QUAY[:20], encoding="utf-8")

    def wait(_: float) -> None:
        if parts:
            (folder / "quay.yaml").write_text(parts.pop(0), encoding="utf-8")

    monkeypatch.setattr(watch.time, "sleep", wait)
    assert codes(watcher) == set()
    assert not parts


def test_what_never_stands_still_is_read_in_the_end(
    watcher: FolderWatcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def wait(_: float) -> None:
        written.append("#")
        (folder / "quay.yaml").write_text(QUAY + "".join(written), encoding="utf-8")

    monkeypatch.setattr(watch, "PATIENCE", 0.1)
    monkeypatch.setattr(watch.time, "sleep", wait)
    wait(0)
    assert watcher.look() is not None


def test_what_is_saved_while_it_is_read_is_seen_by_the_next_look(
    watcher: FolderWatcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = watch.load_story

    def slow(*given: object) -> object:
        loaded = read(*given)
        monkeypatch.setattr(watch, "load_story", read)
        (folder / "quay.yaml").write_text("quay: {\n", encoding="utf-8")
        return loaded

    monkeypatch.setattr(watch, "load_story", slow)
    (folder / "quay.yaml").write_text(QUAY.replace("Rain", "Sleet"), encoding="utf-8")
    assert codes(watcher) == set()
    assert codes(watcher)


def test_what_is_slow_to_look_at_is_looked_at_less_often(watcher: FolderWatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    assert watcher.pause == watch.PAUSE
    ticks = iter([0.0, 0.05])
    monkeypatch.setattr(watch.time, "perf_counter", lambda: next(ticks))
    watcher.look()
    assert watcher.pause == pytest.approx(2.0)

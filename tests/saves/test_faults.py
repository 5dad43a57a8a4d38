"""What goes wrong is told in a sentence, and nothing is lost by it."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
from contextlib import suppress
from textwrap import dedent

import pytest

from game.load import load_story
from game.saves import SaveFault, Shelf
from game.saves.lines import decode, encode


def rewrite_header(path, **changes):
    first, rest = path.read_bytes().split(b"\n", 1)
    record = {key: value for key, value in decode(first).items() if key != "sum"}
    path.write_bytes(encode(record | changes) + rest)


@pytest.fixture
def vera(shelf, tiny, play, to_the_month):
    with shelf.begin(tiny, name="vera", seed=4) as life:
        play(life, *to_the_month)
    return life.path


def test_a_life_of_a_newer_format(shelf, tiny, vera):
    rewrite_header(vera, format=3, shape={"unknown": 1}, seed="not a number")
    data = vera.read_bytes()
    with pytest.raises(SaveFault, match=r"newer version of the game \(its format is 3, this game reads up to 2\)"):
        shelf.open("vera", tiny)
    assert "newer version" in shelf.list()[0].problem
    with pytest.raises(SaveFault, match="newer version"):
        shelf.repair("vera")
    assert vera.read_bytes() == data


def test_a_life_of_another_story(shelf, vera, tell):
    other = tell(
        "start:\n  text: |\n    Other.\n  choices: [A, B]\n  then:\n    - go: start\n",
        story="id: other\ntitle: Another Story\nversion: 1.0.0\nstart: start\ndate: 1922-03-06\n",
    )
    with pytest.raises(SaveFault, match="a life of another story, A Tiny Story; this one is Another Story"):
        shelf.open("vera", other)
    with pytest.raises(SaveFault, match="another story"):
        shelf.verify("vera", other)


def test_a_life_whose_pack_is_missing_says_which_and_can_be_read(shelf, tmp_path, tell, scenes, play, to_the_month):
    story = tell(scenes)
    folder = tmp_path / "winter"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: winter\ntitle: Winter\nversion: 0.3.0\nfor: {story: tiny, version: 0.1.0}\n")
    (folder / "more.yaml").write_text(
        dedent("""
        skate:
          extend: month
          choices:
            - Skate on the Tom
    """)
    )
    loaded = load_story(tmp_path / "story1", [folder])
    assert loaded.story is not None, loaded.diagnostics
    with shelf.begin(loaded.story, name="vera", seed=4) as life:
        play(life, *to_the_month, "dig_coal", "skate_on_the_tom")
        page = life.page
    assert shelf.list()[0].packs == {"winter": "0.3.0"}
    with shelf.open("vera", story) as life:
        assert life.read_only
        assert "played with `winter` 0.3.0, not here now" in life.verdict.sentence
        assert any(option.enabled for option in life.page.options)
    with shelf.open("vera", loaded.story) as life:
        assert life.verdict.kind == "exact"
        assert life.page == page


def test_a_header_that_makes_no_sense(shelf, tiny, vera):
    for changes in ({"seed": "x"}, {"packs": [1]}, {"kept": 3}, {"settings": {"a": 1}}, {"format": 0}, {"format": None}):
        data = vera.read_bytes()
        rewrite_header(vera, **changes)
        with pytest.raises(SaveFault, match="does not tell what a life begins with"):
            shelf.open("vera", tiny)
        assert not shelf.list()[0].readable
        vera.write_bytes(data)


def failing(number, words):
    """A system call that always fails so."""

    def fail(*_):
        raise OSError(number, words)

    return fail


def full(monkeypatch, at=40):
    """Lets a write take its first bytes, and then the disk is full."""
    real, left = os.write, [at]

    def write(fd, data):
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        took = real(fd, bytes(data)[: left[0]])
        left[0] -= took
        return took

    monkeypatch.setattr("game.saves.disk.os.write", write)


def test_on_a_full_disk_the_choice_is_not_made_and_nothing_is_half_written(shelf, tiny, vera, play, monkeypatch):
    data = vera.read_bytes()
    with shelf.open("vera", tiny) as life:
        page, state = life.page, life.state
        with monkeypatch.context() as patch:
            full(patch)
            with pytest.raises(SaveFault, match="disk is full"):
                play(life, "dig_coal")
            with pytest.raises(SaveFault, match="disk is full"):
                life.undo()
            with pytest.raises(SaveFault, match="disk is full"):
                life.bookmark("here")
        assert (life.page, life.state) == (page, state)
        assert not life.bookmarks or life.bookmarks[-1].name != "here"
        assert vera.read_bytes() == data
        after = play(life, "dig_coal").page
    with shelf.open("vera", tiny) as life:
        assert (life.verdict.kind, life.verdict.sentence) == ("exact", "")
        assert life.page == after


def test_when_the_file_cannot_even_be_cut_back_the_next_write_goes_over_what_is_torn(shelf, tiny, vera, play, monkeypatch):
    with shelf.open("vera", tiny) as life:
        with monkeypatch.context() as patch:
            full(patch)
            patch.setattr("game.saves.disk.os.ftruncate", failing(errno.EIO, "Input/output error"))
            with pytest.raises(SaveFault, match="disk is full"):
                play(life, "dig_coal")
        after = play(life, "dig_coal").page
    with shelf.open("vera", tiny) as life:
        assert (life.page, life.verdict.sentence) == (after, "")


def test_a_life_cannot_begin_on_a_full_disk(shelf, tiny, monkeypatch):
    monkeypatch.setattr("game.saves.disk.os.fsync", failing(errno.ENOSPC, "No space left on device"))
    with pytest.raises(SaveFault, match="disk is full"):
        shelf.begin(tiny, name="vera")
    assert list(shelf.folder.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_real_small_disk(small_disk, tiny, play, to_the_month):
    shelf = Shelf(small_disk)
    with shelf.begin(tiny, name="vera") as life:
        play(life, *to_the_month)
        said = ""
        while not said:
            page, state = life.page, life.state
            try:
                play(life, "dig_coal")
            except SaveFault as fault:
                said = str(fault)
        assert said.startswith("The disk is full: vera.jsonl could not be written.")
        assert (life.page, life.state) == (page, state)
    with shelf.open("vera", tiny) as life:
        assert (life.page, life.verdict.kind, life.verdict.sentence) == (page, "exact", "")
    with suppress(SaveFault):
        for number in range(100):
            shelf.begin(tiny, name=f"other {number}").close()
    with pytest.raises(SaveFault, match="The disk is full"):
        shelf.begin(tiny, name="one more")
    assert all(info.readable for info in shelf.list())


def test_a_folder_without_rights(tmp_path, tiny, vera, shelf, monkeypatch):
    real = os.open

    def refuse(path, flags, *rest, **more):
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, flags, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr("game.saves.disk.os.open", refuse)
        with pytest.raises(SaveFault, match=r"there is no right to.*KUZBASS_SAVES"):
            shelf.open("vera", tiny)
        with shelf.open("vera", tiny, read_only=True) as life:
            assert life.page


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are other things elsewhere")
def test_a_folder_without_rights_for_real(tmp_path, tiny):
    """In a process that is not root."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    tmp_path.chmod(0o755)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing"
        with suppress(BaseException):
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            try:
                Shelf(folder).begin(tiny, name="vera")
            except SaveFault as fault:
                said = str(fault)
        os.write(writer, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        assert "there is no right to" in answer.read() or os.access(folder, os.W_OK)


def test_a_folder_that_is_a_file(tmp_path, tiny):
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file")
    with pytest.raises(SaveFault, match="something else stands there"):
        shelf.begin(tiny, name="vera")
    with pytest.raises(SaveFault, match="something else stands there"):
        shelf.list()


def test_a_hostile_life_with_good_checksums(shelf, tiny, vera, play):
    """Every field of every line in turn as something else: a fault, or a life that can be played."""
    dice = random.Random(9)
    good = [decode(line) for line in vera.read_bytes().split(b"\n")[:-1]]
    for number, record in enumerate(good):
        for key in record:
            if key in ("sum", "i"):
                continue
            for value in dice.sample([None, 7, -1, "x", [], {}, {"$date": "x"}, [[1]], "../../x", 10**30, True], 5):
                lines = [{k: v for k, v in each.items() if k != "sum"} for each in good]
                lines[number][key] = value
                vera.write_bytes(b"".join(encode(line) for line in lines))
                shelf.list()
                try:
                    with shelf.open("vera", tiny, read_only=True) as life:
                        assert life.page.options or life.page.question
                        life.undo()
                        assert all(entry.page for entry in life.entries)
                        assert life.bookmarks is not None
                except SaveFault as fault:
                    assert str(fault)


def test_every_line_is_json_without_code(vera):
    for line in vera.read_text(encoding="utf-8").splitlines():
        assert isinstance(json.loads(line), dict)

"""A report brought in: a life on the shelf, and a test that fails until the fault is mended."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from game import reports as making
from game.cli import main
from game.desk.start import Start
from game.load import load_story
from game.plain import Console, run
from game.saves import Shelf
from game.workshop.reports import read, still_wrong, take_in, write_test

ROOT = Path(__file__).parents[2]
CIRCLE = "round: {do: trust += 1, go: circle.back_again}"
MENDED = "round: {do: trust += 1, go: office}"


@pytest.fixture(autouse=True)
def no_error_yet(monkeypatch):
    """Errors of other tests are no news here."""
    monkeypatch.setattr("game.reports._last", [])


@pytest.fixture
def works(tmp_path):
    """A story with a planted fault: who goes round in the scene `circle` never comes out."""
    folder = tmp_path / "works"
    shutil.copytree(ROOT / "tests" / "desk" / "works", folder)
    return folder


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "clone"
    folder.mkdir()
    return folder


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "lives")


def played(works, folder, *lines):
    """What a player types in the plain client, and the report that it writes."""
    said = StringIO()
    typed = StringIO("".join(f"{line}\n" for line in (*lines, f"report {folder}", "2")))
    story = load_story(works).story
    assert run(story, Shelf(folder / "players"), Console(typed, said), start=Start("play", "anna", 1, author=(works,))) == 0
    assert "Written: " in said.getvalue()
    return next(folder.glob("kuzbass-report-*.json")), said.getvalue()


@pytest.fixture
def stuck(works, tmp_path):
    """The report of somebody who swept the floor, and then went round."""
    path, said = played(works, tmp_path / "theirs", "2", "inspect go circle", "1")
    assert "`report` packs what happened" in said
    assert "A report of what has happened would hold:" in said
    return path


def mend(works):
    scenes = works / "scenes.yaml"
    text = scenes.read_text()
    assert CIRCLE in text
    scenes.write_text(text.replace(CIRCLE, MENDED))


def pytest_of(file):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:cacheprovider", str(file)],
        cwd=file.parents[2], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip


def test_a_reported_fault_is_a_failing_test_until_it_is_mended(stuck, works, checkout, shelf):
    report = read(stuck)
    said = " ".join(take_in(stuck, report, shelf, works, (), checkout))
    assert "StoryStuck" in said
    assert "It fails now: The story is stuck: works/scenes.yaml:" in said
    file = next((checkout / "tests" / "reports").glob("test_*.py"))
    failed = pytest_of(file)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "the story goes round in a circle here" in failed.stdout
    mend(works)
    passed = pytest_of(file)
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_life_is_on_the_shelf_and_plays_up_to_the_fault(stuck, works, checkout, shelf):
    take_in(stuck, read(stuck), shelf, works, (), checkout)
    name = shelf.list()[0].name
    assert name == stuck.stem
    with shelf.open(name, load_story(works).story) as life:
        assert life.verdict.kind == "exact"
        assert [entry.key for entry in life.entries] == ["office/sweep", "circle"]
        assert life.edited


def test_an_error_of_the_engine_is_played_again_too(works, checkout, shelf, tmp_path, monkeypatch):
    from game.engine import steps

    def broken(old, value):
        raise ZeroDivisionError("planted")

    story = load_story(works).story
    with shelf.begin(story, name="anna", seed=1) as life:
        monkeypatch.setitem(steps.CHANGES, "+=", broken)
        story._programs.clear()
        with pytest.raises(ZeroDivisionError) as error:
            life.choose("office/sweep")
        path = making.write(making.gather(story, life, settings={}, terminal={}, error=error.value), tmp_path / "theirs")
    said = " ".join(take_in(path, read(path), shelf, works, (), checkout))
    assert "It fails now: The game fails on it: ZeroDivisionError: planted" in said
    monkeypatch.undo()
    assert still_wrong(next((checkout / "tests" / "reports").glob("*.json")), works) == ""


def test_without_an_error_the_pages_must_agree(works, checkout, shelf, tmp_path):
    path, _ = played(works, tmp_path / "theirs", "2")
    said = " ".join(take_in(path, read(path), shelf, works, (), checkout))
    assert "no error" in said
    assert "It passes now" in said
    scenes = works / "scenes.yaml"
    scenes.write_text(scenes.read_text().replace("A desk, and a window", "A window"))
    assert "the page reads otherwise than it did" in still_wrong(path, works)


def test_a_choice_that_is_gone_no_longer_leads_into_the_error(stuck, works):
    scenes = works / "scenes.yaml"
    scenes.write_text(scenes.read_text().replace("say: Go round", "say: Stay").replace("go: circle.round", "go: office", 1))
    assert still_wrong(stuck, works) == ""


def test_a_story_with_errors_is_no_pass(stuck, works):
    (works / "scenes.yaml").write_text("office: {go: nowhere}\n")
    assert "The story has errors" in still_wrong(stuck, works)


def test_of_another_story_it_says_so(stuck):
    assert "is a life of another story" in still_wrong(stuck, ROOT / "tests" / "plain" / "ferry")


def test_in_the_checkout_the_story_is_named_from_there(stuck, checkout, works):
    inside = checkout / "examples" / "works"
    shutil.copytree(works, inside)
    file = write_test(stuck, checkout, inside, (works,))
    text = file.read_text()
    assert "STORY = HERE.parents[2] / 'examples/works'" in text
    assert f"PACKS = (Path({str(works)!r}),)" in text
    again = write_test(stuck, checkout, inside, ())
    assert again != file, "a second report of one name stands beside the first"
    assert "PACKS = ()" in again.read_text()


def test_words_of_a_report_never_get_into_code(stuck, works, checkout, shelf, tmp_path):
    document = json.loads(stuck.read_text())
    document["story"]["version"] = document["error"]["message"] = '"""\nimport os; os.system("touch pwned")\n"""'
    evil = tmp_path / "x'); import os #.json"
    evil.write_text(json.dumps(document))
    take_in(evil, read(evil), shelf, works, (), checkout)
    file = next((checkout / "tests" / "reports").glob("test_*.py"))
    assert file.name == "test_x_import_os.py"
    assert "os.system" not in file.read_text()
    assert not list(tmp_path.rglob("pwned"))


def hostile(stuck, **changes):
    stuck.write_text(json.dumps({**json.loads(stuck.read_text()), **changes}))
    return stuck


@pytest.mark.parametrize(("change", "said"), [
    (lambda lines: ["../../etc/passwd", *lines[1:]], "is not a life"),
    (lambda lines: lines[1:], "is not a life"),
    (lambda lines: [lines[0].replace('"name":"reported"', '"name":"../../x"'), *lines[1:]], "is not a life"),
    (lambda lines: [*lines[:-1], lines[-1].replace('"here":', '"hear":')], "is damaged"),
    (lambda lines: [*lines[:2], *lines[3:]], "lines are missing in it"),
    (lambda lines: ["x" * 2_000_000], "a line of its life is not one"),
    (lambda lines: [], "nothing to bring in"),
])  # fmt: skip
def test_a_hostile_life_is_a_sentence(stuck, works, checkout, change, said, monkeypatch, capsys, tmp_path):
    lines = json.loads(stuck.read_text())["life"]
    hostile(stuck, life=change(lines))
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    monkeypatch.setattr("game.places.checkout", lambda: checkout)
    code = main(["lives", "import", str(stuck), "--story", str(works)])
    out = capsys.readouterr()
    assert code == (0 if "nothing" in said else 2)
    assert said in out.out + out.err or "damaged" in out.err
    assert "Traceback" not in out.out + out.err
    assert not list(tmp_path.glob("lives/*")), "nothing was brought in"


def test_a_name_in_a_report_becomes_no_path(stuck, works, checkout, shelf, tmp_path):
    from game.saves.lines import decode, encode

    lines = json.loads(stuck.read_text())["life"]
    header = decode(lines[0].encode()) | {"name": "../../outside"}
    hostile(stuck, life=[encode(header)[:-1].decode(), *lines[1:]])
    take_in(stuck, read(stuck), shelf, works, (), checkout)
    assert [path.parent for path in tmp_path.rglob("*.jsonl") if "players" not in str(path)] == [shelf.folder]


def test_the_command_tells_a_report_from_a_life(stuck, works, checkout, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    monkeypatch.setattr("game.places.checkout", lambda: checkout)
    assert main(["lives", "import", str(stuck), "--story", str(works)]) == 0
    out = capsys.readouterr().out
    assert f"Its life was brought in as {stuck.stem}." in out
    assert "It fails now:" in out
    life = next((tmp_path / "theirs" / "players").glob("*.jsonl"))
    assert main(["lives", "import", str(life)]) == 0
    assert capsys.readouterr().out == "Brought in as anna.\n"


@pytest.fixture
def with_a_pack(works, tmp_path):
    """A report of a life that was played with a pack, and the pack's folder."""
    pack = tmp_path / "herring"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        f"id: herring\ntitle: A Herring\nversion: 0.1.0\nfor: {{story: {load_story(works).story.id}}}\n"
    )
    (pack / "fish.yaml").write_text("fish: {extend: office, choices: [{say: Eat a herring, id: eat}]}\n")
    loaded = load_story(works, (pack,))
    assert loaded.story is not None, loaded.diagnostics
    story = loaded.story
    folder = tmp_path / "theirs"
    folder.mkdir()
    typed, said = StringIO(f"2\nreport {folder}\nyes\n"), StringIO()
    assert run(story, Shelf(folder / "players"), Console(typed, said), start=Start("play", "anna", 1)) == 0
    return next(folder.glob("kuzbass-report-*.json")), pack


def test_without_its_pack_a_report_is_not_brought_in(with_a_pack, works, checkout, tmp_path, monkeypatch, capsys):
    report, pack = with_a_pack
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    monkeypatch.setattr("game.places.checkout", lambda: checkout)
    monkeypatch.chdir(tmp_path)
    assert main(["lives", "import", str(report), "--story", str(works)]) == 2
    assert capsys.readouterr().err == "kuzbass: `herring` is missing: name its folder with --with.\n"
    assert list(checkout.rglob("*.py")) == []
    assert main(["lives", "import", str(report), "--story", str(works), "--with", str(pack)]) == 0
    said = capsys.readouterr().out
    assert "It passes now" in said
    test = next(checkout.rglob("*.py"))
    assert f"A test of it was written: {test.relative_to(tmp_path)};" in said
    monkeypatch.chdir(works)  # from elsewhere it is named in full
    assert main(["lives", "import", str(report), "--story", str(works), "--with", str(pack)]) == 0
    assert f"A test of it was written: {checkout.resolve()}/" in capsys.readouterr().out
    name = report.stem
    assert main(["replay", name, "--verify", "--story", str(works)]) == 2
    assert "played with the pack `herring`, which is not here. Name its folder with `--with FOLDER`." in capsys.readouterr().err


def test_installed_it_says_how_a_test_is_had(stuck, works, shelf):
    said = " ".join(take_in(stuck, read(stuck), shelf, works, (), None))
    assert "bring it in from a clone of the game's repository" in said


def test_too_large_a_file_is_not_read(stuck, monkeypatch):
    from game.saves import SaveFault

    monkeypatch.setattr("game.desk.report.LARGEST", 100)
    with pytest.raises(SaveFault, match="too large to be a report"):
        read(stuck)

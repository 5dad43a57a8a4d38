"""Making a report on a machine whose every name is private."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import reports
from game.desk.report import read, text_of
from game.engine.turn import StoryStuck
from game.load import load_story
from game.saves import Shelf

WORKS = Path(__file__).parent / "desk" / "works"
NAME, HOST = "Zinaida Quux", "kremlin-box-7"
SECRETS = ("zinaida", "quux", "kremlin", "topsecret", "hidden")


@pytest.fixture(autouse=True)
def no_error_yet(monkeypatch):
    """Errors of other tests are no news here."""
    monkeypatch.setattr("game.reports._last", [])


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A home whose path, owner and machine would all tell who plays; the story lies in it, under a telling name."""
    home = tmp_path / NAME
    folder = home / "My TopSecret (Games)" / "hidden plan"
    folder.mkdir(parents=True)
    for file in WORKS.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    for name, value in {
        "HOME": str(home), "USER": NAME, "LOGNAME": NAME, "USERNAME": NAME, "HOSTNAME": f"{HOST}.lan",
        "KUZBASS_SAVES": str(home / "hidden"),
        "TERM": f"xterm {home}", "LANG": f"en {NAME}", "TERM_PROGRAM": str(home / "bin" / "term"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("socket.gethostname", lambda: f"{HOST}.lan")
    monkeypatch.setattr("platform.node", lambda: HOST)
    monkeypatch.chdir(folder)
    return folder


def made(folder, error=None, **more):
    loaded = load_story(Path("../hidden plan"))
    assert loaded.story is not None
    shelf = Shelf(folder.parent / "lives")
    with shelf.begin(loaded.story, name=f"life of {NAME}", seed=1) as life:
        life.choose("office/sweep")
        try:
            life.jump("circle")
            life.choose("circle/go_round")
        except StoryStuck as stuck:
            error = error or stuck
        return reports.gather(
            loaded.story, life, settings={"keys": {"undo": str(folder)}}, terminal={"size": "80x24"}, error=error
        )


def test_no_private_name_or_folder_is_in_a_report(private):
    text = text_of(made(private))
    assert not [secret for secret in SECRETS if secret in text.casefold()]
    document = json.loads(text)
    assert document["error"]["kind"] == "StoryStuck"
    assert document["error"]["message"].startswith("<story>/scenes.yaml:"), "where in the story it was is told"
    assert any('"<game>/engine/' in line for line in document["error"]["traceback"]), "and where in the game"
    assert document["attempt"] == {"edit": "", "key": "circle/go_round", "text": None}
    assert document["terminal"]["size"] == "80x24"


def test_no_error_brings_one_along_whatever_it_says(private):
    def fail():
        try:
            (private / "lives" / f"{NAME}.jsonl").read_text()
        except OSError as error:
            raise ValueError(f"{error!r}\n{private}: {NAME}@{HOST}, file://{str(private).replace(' ', '%20')}") from error

    with pytest.raises(ValueError, match=NAME) as failed:
        fail()
    text = text_of(made(private, failed.value))
    assert not [secret for secret in SECRETS if secret in text.casefold()]


def test_the_life_can_be_played_again_from_it(private):
    report = read(text_of(made(private)).encode())
    shelf = Shelf(private / "again")
    story = load_story(WORKS).story
    with shelf.open(shelf.take_in("again", report.life), story) as life:
        assert life.verdict.kind == "exact"
        assert [entry.key for entry in life.entries] == ["office/sweep", "circle"]
        assert life.header.name == "reported"


def test_a_report_is_written_where_its_reader_is_and_over_nothing(private):
    document = made(private)
    first, second = reports.write(document), reports.write(document)
    assert first.parent == second.parent == private
    assert first != second
    assert first.name.startswith("kuzbass-report-2")


def test_where_nothing_can_be_written_it_goes_home(private, monkeypatch, tmp_path):
    away = tmp_path / "away"
    away.mkdir()
    monkeypatch.setenv("HOME", str(away))
    plain = Path.open

    def refuse(path, *args, **given):
        if path.parent == private:
            raise PermissionError(13, "Permission denied")
        return plain(path, *args, **given)

    monkeypatch.setattr(Path, "open", refuse)
    assert reports.write(made(private)).parent == away


def test_an_error_that_nobody_foresaw_is_packed_with_its_life(private):
    story = load_story(WORKS).story
    shelf = Shelf(private / "lives")
    with shelf.begin(story, name="anna", seed=1) as life:
        error = ZeroDivisionError(f"in {private}")
        reports.remember(error, life)
        path = reports.crash_report(error, private / "cache")
    assert path is not None
    assert read(path.read_bytes()).life
    assert "TopSecret" not in path.read_text()
    assert reports.crash_report(error, private / "cache") == path, "the last one only is kept there"


def test_a_machine_that_knows_nothing_of_itself_still_reports(private, monkeypatch):
    def unknown(*_):
        raise OSError("nobody knows")

    for name in ("getpass.getuser", "socket.gethostname", "os.getcwd", "pathlib.Path.home"):
        monkeypatch.setattr(name, unknown)
    document = reports.gather(None, None, settings={}, terminal={}, error=None)
    assert document["life"] == []
    assert document["story"] == {}

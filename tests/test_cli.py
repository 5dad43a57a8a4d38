"""The command line: what each command prints, how it ends, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

FERRY = Path(__file__).parent / "plain" / "ferry"
STORY = ("--story", str(FERRY))

Run = "Callable[..., subprocess.CompletedProcess[str]]"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `kuzbass` with these arguments, in a folder and with lives of its own."""

    def kuzbass(*arguments: str, keys: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "game", *arguments], input=keys, capture_output=True, text=True, encoding="utf-8", check=False,
            timeout=30, cwd=tmp_path, env=environment(tmp_path, **environ),
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        return done

    return kuzbass


def environment(folder: Path, **more: str) -> dict[str, str]:
    root = str(Path(__file__).parents[1])
    return {**os.environ, "PYTHONPATH": root, "KUZBASS_SAVES": str(folder / "lives"), "TERM": "xterm", **more}


def begin(run: Run, *keys: str, life: str = "anna") -> None:
    assert run("play", *STORY, "--life", life, "--seed", "1", keys="".join(f"{key}\n" for key in keys)).returncode == 0


# Ways in


def test_without_a_terminal_the_game_speaks_in_lines(run: Run) -> None:
    done = run("play", *STORY, keys="\n1\n")
    assert done.returncode == 0
    assert done.stdout.endswith("\n> \n")
    assert "Scene: A word with Gusev" in done.stdout


def test_play_begins_a_new_life_each_time_and_a_named_one_once(run: Run) -> None:
    for _ in range(2):
        run("play", *STORY, keys="\n")
        begin(run, "")
    lives = [row for row in run("lives", "list").stdout.splitlines() if not row.endswith("recorded")]
    assert len(lives) == 1 + 3


def test_a_trial_of_a_scene_is_one_life_and_not_what_continue_means(run: Run) -> None:
    for _ in range(2):
        run("play", *STORY, "--scene", "boat", keys="")
    rows = [row.split()[0] for row in run("lives", "list").stdout.splitlines() if not row.endswith("recorded")]
    assert rows == ["Life", "trial"]


def test_a_seed_makes_the_same_life_again(run: Run) -> None:
    keys = "\n1\n1\n1\n"
    said = [run("play", *STORY, "--life", name, "--seed", "7", keys=keys).stdout for name in ("anna", "eino")]
    assert said[0].replace("Life: anna.", "Life: eino.") == said[1]


def test_a_new_life_can_begin_elsewhere_with_other_values(run: Run) -> None:
    done = run("play", *STORY, "--scene", "boat", "--set", "coins=7", "--set", "trust=5", keys="status\n")
    assert "Scene: The boat" in done.stdout
    assert "Coins: 7." in done.stdout


def test_a_trial_begins_on_the_day_that_is_set_and_stays_there(run: Run) -> None:
    begun = run("play", *STORY, "--scene", "boat", "--set", "date=1922-07-04", "--life", "anna", keys="")
    assert begun.returncode == 0, begun.stderr
    assert "July 1922" in run("play", *STORY, "--life", "anna", keys="status\n").stdout
    assert run("lives", "verify", "anna", *STORY).returncode == 0


@pytest.fixture
def herring(tmp_path: Path) -> Path:
    """A pack for the ferry with a scene of its own."""
    pack = tmp_path / "herring"
    pack.mkdir()
    (pack / "pack.yaml").write_text("id: herring\ntitle: A Herring\nversion: 0.1.0\nfor: {story: ferry}\n", encoding="utf-8")
    (pack / "fish.yaml").write_text(
        "fish:\n  title: A fish\n  choices: [Eat it, Leave it]\n  then: {go: bank}\n", encoding="utf-8"
    )
    return pack


def test_a_scene_of_a_pack_goes_by_its_bare_name(run: Run, herring: Path) -> None:
    assert "Scene: A fish" in run("play", *STORY, "--with", str(herring), "--scene", "fish").stdout
    other = herring.with_name("salt")
    other.mkdir()
    (other / "pack.yaml").write_text((herring / "pack.yaml").read_text().replace("id: herring", "id: salt"), encoding="utf-8")
    (other / "fish.yaml").write_bytes((herring / "fish.yaml").read_bytes())
    done = run("play", *STORY, "--with", str(herring), "--with", str(other), "--scene", "fish")
    assert done.returncode == 2
    assert "There is more than one scene `fish`: name `herring/fish` or `salt/fish`." in done.stderr


def test_a_life_without_its_pack_says_with_its_page_that_it_is_to_be_read(run: Run, herring: Path) -> None:
    assert run("play", *STORY, "--with", str(herring), "--life", "anna", keys="\n").returncode == 0
    said = run("play", *STORY, "--life", "anna").stdout
    assert "This life is here to be read: no number chooses anything." in said.partition("> ")[0]
    assert "with herring 0.1.0" in run("lives", "list").stdout


def test_a_life_is_resumed_by_its_file_too(run: Run, tmp_path: Path) -> None:
    begin(run, "", "1")
    assert "He spits" in run("play", *STORY, "--life", str(tmp_path / "lives" / "anna.jsonl")).stdout


def test_text_is_wrapped_where_a_width_is_given(run: Run) -> None:
    assert max(map(len, run("play", *STORY, "--width", "40", keys="\n").stdout.splitlines())) <= 40
    assert max(map(len, run("--width", "40", "play", *STORY, keys="\n").stdout.splitlines())) <= 40


def test_options_of_a_client_may_stand_before_the_command(run: Run) -> None:
    assert run("--plain", "play", *STORY, keys="\n").returncode == 0


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}])
def test_whatever_the_terminal_the_text_is_utf8(run: Run, environ: dict[str, str]) -> None:
    assert "Анна" in run("play", *STORY, keys="Анна\n", **environ).stdout


# What goes wrong is a sentence


@pytest.mark.parametrize(("line", "told"), [
    (("dance",), "invalid choice: 'dance' (choose from 'play', 'replay', 'lives', 'check'"),
    (("--with", "herring"), "did you mean `kuzbass play --with herring`?"),
    (("--plain", "--width", "40", "--with=a b"), "did you mean `kuzbass play --plain --width 40 '--with=a b'`?"),
    (("--with", "herring", "check"), "did you mean `kuzbass check --with herring`?"),
    (("play", *STORY, "--set", "date=1900-01-01"), "`date` is 1900-01-01, and the story begins on 1922-"),
    (("play", *STORY, "--set", "date=soon"), "`soon` is none"),
    (("play", "--sed", "1"), "unrecognized arguments: --sed"),
    (("play", "--set", "coins"), "`coins` is not of the form NAME=VALUE"),
    (("play", "--width", "3"), "`3` is no width: give 20 columns or more"),
    (("play", "--story", "nowhere"), "There is no folder `nowhere`."),
    (("play", *STORY, "--with", "nopack"), "There is no folder `nopack`."),
    (("play", *STORY, "--life", "gone.jsonl"), "There is no file `gone.jsonl`."),
    (("play", *STORY, "--scene", "moon"), "moon"),
    (("play", *STORY, "--set", "cheese=1"), "cheese"),
    (("play", *STORY, "--set", "coins=many"), "many"),
    (("replay", "bert", *STORY), "There is no life called `bert`."),
    (("lives", "show", "bert", *STORY), "There is no life called `bert`."),
    (("lives", "delete", "bert"), "There is no life called `bert`."),
    (("lives", "rename", "bert", "bob"), "There is no life called `bert`."),
    (("lives", "export", "bert", "x.jsonl"), "There is no life called `bert`."),
    (("lives", "import", "x.jsonl"), "x.jsonl"),
    (("lives", "repair", "bert"), "There is no life called `bert`."),
    (("check", "nowhere"), "There is no folder `nowhere`."),
    (("check", str(FERRY), "--format", "xml"), "xml"),
    (("replay", "anna", "--to", "-1"), "`-1` is not the number of a choice"),
    (("replay", "anna", "--to", "x"), "`x` is not the number of a choice"),
])  # fmt: skip
def test_what_cannot_run_says_so_and_ends_with_2(
    line: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    assert main(line) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


def test_a_life_that_has_begun_takes_no_scene_and_no_values(run: Run) -> None:
    begin(run, "")
    done = run("play", *STORY, "--life", "anna", "--scene", "boat")
    assert done.returncode == 2
    assert "has begun already" in done.stderr


def test_a_story_with_errors_is_not_played_and_shows_them(run: Run, tmp_path: Path) -> None:
    story = tmp_path / "broken"
    story.mkdir()
    for file in FERRY.glob("*.yaml"):
        (story / file.name).write_text(file.read_text(encoding="utf-8").replace("go: boat", "go: bote"), encoding="utf-8")
    done = run("play", "--story", str(story))
    assert done.returncode == 2
    assert "error[unknown-target]" in done.stderr
    assert "bank.yaml" in done.stderr
    assert "cannot be played" in done.stderr
    assert run("check", str(story)).returncode == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights bind neither root nor Windows in this way")
def test_a_folder_without_rights_is_named(run: Run, tmp_path: Path) -> None:
    locked = tmp_path / "lives"
    locked.mkdir(mode=0o500)
    done = run("play", *STORY)
    assert done.returncode == 2
    assert "right" in done.stderr


def test_lives_where_a_file_stands_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lives").write_text("", encoding="utf-8")
    done = run("play", *STORY)
    assert done.returncode == 2
    assert str(tmp_path / "lives") in done.stderr


def test_a_life_that_is_played_elsewhere_is_left_alone(run: Run, tmp_path: Path) -> None:
    begin(run, "")
    with playing(tmp_path, "--life", "anna") as other:
        done = run("play", *STORY, "--life", "anna")
        assert done.returncode == 2
        assert "is being played elsewhere" in done.stderr
        other.communicate("")


# Replays and lives


def test_a_replay_is_verified(run: Run) -> None:
    begin(run, "Eino", "1", "1")
    for level in ((), ("logic",), ("pages",)):
        done = run("replay", "anna", *STORY, "--verify", *level)
        assert (done.returncode, done.stdout) == (0, "anna: 3 choices, all as recorded.\n")
    assert run("lives", "verify", "anna", *STORY).stdout == "anna: 3 choices, all as recorded.\n"


def test_a_divergence_is_named_and_ends_with_1(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(run, "Eino", "1", "1")
    for file in FERRY.rglob("*.yaml"):
        copy = tmp_path / "edited" / file.relative_to(FERRY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8").replace("trust += 2", "trust += 3"), encoding="utf-8")
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    monkeypatch.setattr("game.places.cache_folder", lambda: tmp_path / "cache")
    assert main(["replay", "anna", "--story", str(tmp_path / "edited"), "--verify"]) == 1
    said = capsys.readouterr().out
    assert "2" in said
    assert "18 May 1922" in said


@pytest.mark.parametrize("ending", ["md", "html", "txt"])
def test_a_transcript_is_written_in_the_form_that_its_name_asks_for(run: Run, tmp_path: Path, ending: str) -> None:
    begin(run, "<b>Eino</b>", "1", "1")
    done = run("replay", "anna", *STORY, "--transcript", f"out.{ending}", "--to", "2")
    assert (done.returncode, done.stdout) == (0, f"Written: out.{ending}.\n")
    text = (tmp_path / f"out.{ending}").read_text(encoding="utf-8")
    assert "He spits" in text
    assert "The cable sings" not in text
    assert ("<b>Eino</b>" in text) == (ending == "txt")


def test_a_transcript_of_no_known_form_is_refused(run: Run) -> None:
    begin(run, "")
    done = run("replay", "anna", *STORY, "--transcript", "out.pdf")
    assert done.returncode == 2
    assert "`.pdf` is none of them" in done.stderr


def test_lives_show_is_a_document_for_other_programs(run: Run) -> None:
    begin(run, "Eino", "1", "1")
    shown = run("lives", "show", "anna", *STORY).stdout
    assert json.loads(shown) == {
        "schema": 1, "life": "anna", "story": "ferry", "packs": {}, "date": "1922-05-21", "act": "far",
        "choices": 3, "edited": False, "words_read": 86, "ending": "", "verdict": "exact",
    }  # fmt: skip
    assert list(json.loads(shown)) == sorted(json.loads(shown))


def test_lives_are_listed_renamed_written_out_brought_in_and_deleted(run: Run, tmp_path: Path) -> None:
    begin(run, "Eino", "1")
    assert run("lives", "rename", "anna", "eino").stdout == "anna is now called eino.\n"
    assert run("lives", "export", "eino", "out.jsonl").stdout == "Written: out.jsonl.\n"
    assert run("lives", "import", "out.jsonl").stdout == "Brought in as out.\n"
    rows = run("lives", "list").stdout.splitlines()
    assert rows[0].split() == ["Life", "Where", "Date", "Choices", "Words", "Last", "played"]
    assert sorted(row.split()[0] for row in rows[1:] if not row.endswith("recorded")) == ["eino", "out"]
    assert "18 May 1922" in rows[1]
    assert run("lives", "delete", "eino").stdout == "Deleted: eino.\n"
    assert not (tmp_path / "lives" / "eino.jsonl").exists()


def test_a_whole_life_needs_no_repair(run: Run) -> None:
    begin(run, "")
    done = run("lives", "repair", "anna")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1


def test_a_choice_line_of_a_life_is_json_with_the_key_choice(run: Run, tmp_path: Path) -> None:
    begin(run, "Eino", "1")
    lines = (tmp_path / "lives" / "anna.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["choice"] for line in lines if '"choice"' in line][-1] == "talk_to_the_ferryman"


# Check


def test_check_finds_nothing_in_a_whole_story(run: Run) -> None:
    assert run("check", str(FERRY)).returncode == 0


def test_check_speaks_json(run: Run) -> None:
    found = json.loads(run("check", str(FERRY), "--format", "json").stdout)
    assert found["schema"] == 1
    assert [(one["level"], one["code"]) for one in found["diagnostics"]] == [
        ("warning", "unused-declaration"),
        ("warning", "unread-variable"),
    ]


# Ends


class playing:
    """`kuzbass play` in the background, at its first prompt."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "play", *STORY, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=folder,
            env=environment(folder),
        )  # fmt: skip

    def __enter__(self) -> subprocess.Popen[str]:
        assert self.process.stdout
        said = ""
        while not said.endswith("\n> "):
            said += self.process.stdout.read(1)
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP)]
)
def test_a_signal_ends_the_game_at_once_and_nothing_is_lost(run: Run, tmp_path: Path, sent: int, code: int) -> None:
    with playing(tmp_path, "--life", "anna") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("Eino\n1\n")
        process.stdin.flush()
        said = ""
        while said.count("\n> ") < 2:
            said += process.stdout.read(1)
        start = time.monotonic()
        process.send_signal(sent)
        process.wait(timeout=2)
        assert time.monotonic() - start < 2
        assert process.returncode == code
        assert process.stderr
        assert process.stderr.read() == ""
    assert said.rpartition("\n> ")[0].endswith(
        run("play", *STORY, "--life", "anna").stdout.partition("\n\n")[2].rpartition("\n> ")[0]
    )


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
def test_a_broken_pipe_is_a_quiet_end(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "game", "play", *STORY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )  # fmt: skip
    assert process.stdout
    process.stdout.close()
    _, told = process.communicate(b"\n1\n", timeout=20)
    assert (process.returncode, told) == (0, b"")

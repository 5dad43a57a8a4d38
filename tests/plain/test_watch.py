"""`play --watch` in lines: an author saves between two lines, and the next prompt knows it."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.desk.start import Start
from game.plain import Console
from game.plain.live import run
from game.workshop.watch import FolderWatcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.saves import Shelf

Save = tuple[str, str, str]

ANNA = Start("play", "anna", seed=1)
OLD = "Until it is mended, the game goes on with the story as it was."
TALK = ("bank.yaml", "- say: Talk to the ferryman", "- say: Talk with the ferryman")
CALLS = ("bank.yaml", "is waiting,", "waits,")
FARE = (
    "bank.yaml", "      choices:\n        - say: Talk",
    "\n        The boy is eight.\n      choices:\n        - {say: Shout, id: shout, go: waiting}\n        - say: Talk",
)  # fmt: skip
NO_BOAT = ("bank.yaml", "go: boat", "go: baot")
RENAMED = ("bank.yaml", "    - id: waiting", "    - id: standing\n      was: waiting")

WATCHED = """\
A river, and one boat.
You may cross it.
This story holds: A drowning. `new` begins a life that passes over it.
Life: anna.
Type the number of a choice; `undo` takes it back, `help` lists the other words.

Scene: The near bank
 > A board says so, and nobody reads it.
The old ferry lies across the water.

Who shall he say is waiting? (type a line; an empty one means: Anna Reed; /undo and /help are words here)
>\x20
"Anna Reed is waiting," the boy calls.

Choices:
1. Talk to the ferryman
2. Pay for the crossing (your last coin) (locked: He does not take strangers.)
3. Go home (cannot be taken back)
>\x20
Read anew: 1 scene changed (bank).
You are where you were.

Rewritten: "Anna Reed waits," the boy calls.
New: The boy is eight.

Choices:
1. New: Shout
2. Talk to the ferryman
3. Pay for the crossing (your last coin) (locked: He does not take strangers.)
4. Go home (cannot be taken back)
`1` was not taken: the page has changed since you read it.
>\x20
1 error in bank.yaml: `faults` shows it. Until it is mended, the game goes on with the story as it was.
There is no choice 9: type a number from 1 to 4, or a word; `help` lists them.
>\x20
error[unknown-target]: no scene is called `baot`
  --> STORY/bank.yaml:30:15
   |
30 |           go: baot
   |               ^^^^
   = note: a scene with a similar name exists: `boat`

1 error.
>\x20
Read anew: nothing in the story has changed.
You are where you were.

"Anna Reed waits," the boy calls.
The boy is eight.

Choices:
1. Shout
2. Talk to the ferryman
3. Pay for the crossing (your last coin) (locked: He does not take strangers.)
4. Go home (cannot be taken back)
>\x20
"""


@pytest.fixture(autouse=True)
def no_analyses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the analyses find in the story of these tests is their own affair."""
    monkeypatch.setattr("game.workshop.analysis.analyse", lambda _: ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(Path(__file__).parent / "ferry", tmp_path / "ferry"))


@pytest.fixture
def write(folder: Path, shelf: Shelf) -> Callable[..., str]:
    """Types lines; what is saved (file, old words, new words) before a line is saved while the prompt waits for it."""

    class Author(StringIO):
        def __init__(self, *script: str | Save) -> None:
            super().__init__()
            self.script = list(script)

        def readline(self, *_: object) -> str:
            while self.script:
                step = self.script.pop(0)
                if isinstance(step, str):
                    return f"{step}\n"
                name, old, new = step
                text = (folder / name).read_text(encoding="utf-8")
                assert old in text
                (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
            return ""

    def play(*script: str | Save, start: Start = ANNA) -> str:
        sink = StringIO()
        assert run(FolderWatcher(folder), shelf, Console(Author(*script), sink), start=start) == 0
        return sink.getvalue().replace(str(folder), "STORY")

    return play


def back(save: Save) -> Save:
    return save[0], save[2], save[1]


def test_an_afternoon_of_writing(write: Callable[..., str]) -> None:
    assert write("", CALLS, FARE, "1", NO_BOAT, "9", "faults", back(NO_BOAT), "") == WATCHED


def test_a_number_is_taken_where_the_choices_are_the_same(write: Callable[..., str]) -> None:
    said = write("", CALLS, "1")
    assert 'Rewritten: "Anna Reed waits,"' in said
    assert "He spits" in said
    assert "was not taken" not in said


@pytest.mark.parametrize("asks", ["", "again", "AGAIN"])
def test_an_empty_line_and_again_ask_what_there_is_and_do_nothing_else(write: Callable[..., str], asks: str) -> None:
    said = write("", TALK, asks)
    assert said.count("Read anew: 1 scene changed (bank).") == 1
    assert said.endswith(
        "1. New: Talk with the ferryman\n2. Pay for the crossing (your last coin) (locked: He does not take strangers.)\n"
        "3. Go home (cannot be taken back)\n> \n"
    )


def test_an_answer_is_not_taken_for_a_question_that_has_gone(write: Callable[..., str]) -> None:
    asks = "  ask: {into: name, say: Who shall he say is waiting?, default: Anna Reed, limit: 12}\n"
    said = write(("bank.yaml", asks, ""), "Vera")
    assert "`Vera` was not taken: the page has changed since you read it." in said
    assert said.count('"Anna Reed is waiting," the boy calls.') == 1


def test_marks_are_gone_with_the_next_page(write: Callable[..., str]) -> None:
    said = write("", CALLS, "", "again")
    assert said.count("Rewritten: ") == 1
    assert said.count('"Anna Reed waits," the boy calls.') == 2


def test_a_life_that_cannot_go_on_is_rewound_and_put_back(write: Callable[..., str], shelf: Shelf) -> None:
    gone = ("bank.yaml", "- say: Talk to the ferryman", "- say: Whistle")
    said = write("", "1", gone, "", back(gone), "")
    assert "Rewound to 18 May 1922, The near bank, because the story no longer offers “Talk to the ferryman” there." in said
    assert "You are back at the page that you were on before." in said
    assert [info.choices for info in shelf.list()] == [2]


def test_a_name_may_change_where_was_tells_the_old_one(write: Callable[..., str]) -> None:
    said = write("", RENAMED, ("bank.yaml", "go: waiting", "go: standing"), "1")
    assert "You are where you were" in said
    assert "Rewound" not in said


def test_warnings_are_told_once_and_are_not_in_the_way(write: Callable[..., str], folder: Path) -> None:
    (folder / "never.yml").write_text("", encoding="utf-8")
    said = write("", CALLS, "again", TALK, "again", "faults", "1")
    assert said.count("faults` shows 1 warning in never.yml.") == 1
    assert "warning[ignored-file]" in said
    assert "He spits" in said


def test_a_story_that_is_broken_at_the_start_is_waited_for(write: Callable[..., str], folder: Path) -> None:
    bank = folder / "bank.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("go: boat", "go: baot"), encoding="utf-8")
    said = write("1", "", back(NO_BOAT), "", "Vera")
    assert said.count("error[unknown-target]: no scene is called `baot`") == 1
    assert said.count("The story cannot be played yet. Mend it and press Enter; `quit` leaves.") == 3
    assert '"Vera is waiting," the boy calls.' in said


@pytest.mark.parametrize("script", [(), ("quit",)])
def test_a_broken_story_can_be_left(write: Callable[..., str], folder: Path, shelf: Shelf, script: tuple[str, ...]) -> None:
    (folder / "bank.yaml").write_text("bank: {", encoding="utf-8")
    assert "1 error" in write(*script) or "errors" in write(*script)
    assert not shelf.list()


@pytest.mark.parametrize(
    "save",
    [
        ("story.yaml", "version: 1.0.0", "version: 1.1.0"),
        ("story.yaml", "id: ferry", "id: fairy"),
        ("bank.yaml", "bank:", "\ufeffbank:"),
        ("bank.yaml", "bank:", "\0bank:"),
        ("bank.yaml", "choices:", "choices"),
    ],
)
def test_whatever_is_saved_the_game_can_be_played_on(write: Callable[..., str], save: Save) -> None:
    assert "He spits" in write("", save, "again", "1")


def test_scene_and_variables_begin_a_life_as_they_do_without_it(write: Callable[..., str]) -> None:
    said = write(
        ("river.yaml", "The cable sings.", "The cable hums."),
        "again",
        start=Start("play", scene="boat", settings=(("coins", "2"),)),
    )
    assert "Life: trial." in said
    assert "Rewritten: The cable hums." in said


def test_the_word_for_faults_stands_in_the_help_only_where_files_are_followed(
    write: Callable[..., str], answers: Callable[..., list[str]]
) -> None:
    assert "faults: What is wrong with the story" in write("", "help")
    plain = answers("", "help", "faults")
    assert "faults" not in plain[2]
    assert "`kuzbass play --watch` follows them." in plain[3]


def test_where_a_line_is_asked_for_the_word_has_a_slash(write: Callable[..., str]) -> None:
    said = write(NO_BOAT, "/faults")
    assert "1 error in bank.yaml: `/faults` shows it." in said
    assert "error[unknown-target]: no scene is called `baot`" in said

"""`kuzbass compare A B`: what an edit changed, and whether those in the middle of the story keep their place."""

from __future__ import annotations

import json
import os
import subprocess
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from game.cli import main
from game.load import load_story
from game.saves import Shelf
from game.workshop.compare.gate import Judged, files, judged
from game.workshop.compare.plays import beyond_chance, played
from game.workshop.compare.scenes import Change, Scenes, compared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from game.engine.story import Story

    Tell = Callable[..., Path]

STORY = """
    id: tiny
    title: A Tiny Story
    version: 0.1.0
    start: pier
    hub: month
    date: 1922-03-06
"""
SCENES = """
    pier:
      title: The pier
      choices:
        - say: Count the money
          do: coal += 2
        - say: Turn round
          if: coal > 90
          ending: end_home
        - Board
      then:
        - go: month
    month:
      text: |
        {coal} tons.
      choices:
        - say: Dig
          once: yes
          do: coal += 1
        - say: Go home
          ending: end_home
      then:
        - go: month
"""
ENDINGS = "end_home: {title: Home}\n"
VARIABLES = "coal: {start: 3, range: 0 to 99}\n"


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """Writes a story's folder; other files by name."""

    def told(name: str = "story", scenes: str = SCENES, **files: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for file, text in {"story": STORY, "scenes": scenes, "endings": ENDINGS, "variables": VARIABLES, **files}.items():
            (folder / f"{file}.yaml").write_text(dedent(text), encoding="utf-8")
        return folder

    return told


@pytest.fixture
def changed(tell: Tell) -> Callable[..., Scenes]:
    def compare(scenes: str, **files: str) -> Scenes:
        return compared(read(tell("a")), read(tell("b", scenes, **files)))

    return compare


def read(folder: Path) -> Story:
    loaded = load_story(folder)
    assert loaded.story is not None, [f"{each.code} {each.message}" for each in loaded.diagnostics]
    return loaded.story


def lives_of(folder: Path, story: Path, **choices: tuple[str, ...]) -> Path:
    """A folder of lives played in a story, by the ids of their choices."""
    told = read(story)
    for name, ids in choices.items():
        with Shelf(folder).begin(told, name=name, seed=1) as life:
            for each in ids:
                life.choose(next(option.key for option in life.page.options if option.id == each))
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env={**os.environ, **who, **quiet})


# scenes -------------------------------------------------------------------------------------------------------------


def test_nothing_changed_where_only_files_and_yaml_did(changed: Callable[..., Scenes]) -> None:
    assert changed(SCENES) == Scenes((), (), ())
    _, month, rest = SCENES.partition("    month:")
    pier = """
    pier:
      title: The pier
      choices: [{say: Count the money, do: [coal += 2]}, {say: Turn round, if: coal > 90, ending: end_home}, Board]
      then: {go: month}
    """
    assert changed(pier, months=month + rest) == Scenes((), (), ())


@pytest.mark.parametrize(("old", "new", "change"), [
    ("{coal} tons.", "{coal} tons of it.", Change("month", "", True, False, 2)),
    ("say: Dig", "say: Dig deep\n          id: dig", Change("month", "", True, False, 0)),
    ("coal += 1", "coal += 2", Change("month", "", False, True, 0)),
    ("coal += 1", "coal += 1\n          text: |\n            Black.", Change("month", "", True, False, 1)),
    ("title: The pier", "title: A pier", Change("pier", "", True, False, 0)),
    ("title: The pier", "title: The pier\n      history: {status: invented}", Change("pier", "", True, False, 0)),
])  # fmt: skip
def test_texts_and_logic_are_told_apart(changed: Callable[..., Scenes], old: str, new: str, change: Change) -> None:
    assert changed(SCENES.replace(old, new)).changed == (change,)


def test_another_paragraph_changes_no_logic(changed: Callable[..., Scenes]) -> None:
    found = changed(SCENES.replace("      title: The pier\n", "      title: The pier\n      text: |\n        Fog.\n"))
    assert found.changed == (Change("pier", "", True, False, 1),)


def test_a_renamed_scene_is_known_by_its_was(changed: Callable[..., Scenes]) -> None:
    found = changed(SCENES.replace("pier:", "dock:\n      was: pier"), story=STORY.replace("start: pier", "start: dock"))
    assert (found.added, found.removed) == ((), ())
    assert found.renamed == (Change("dock", "pier", False, False, 0),)
    assert [change.scene for change in found.changed] == ["dock"]


def test_without_was_it_is_one_removed_and_one_added(changed: Callable[..., Scenes]) -> None:
    found = changed(SCENES.replace("pier:", "dock:"), story=STORY.replace("start: pier", "start: dock"))
    assert (found.added, found.removed) == (("dock",), ("pier",))


# plays --------------------------------------------------------------------------------------------------------------


def test_random_lives_give_endings_lengths_and_ranges_and_the_same_again(tell: Tell) -> None:
    story = read(tell())
    found = played(story, 40, 1)
    assert found.lives == 40
    assert found.share("end_home") == 1.0
    assert (found.lows["coal"], found.highs["coal"]) == (3, 6)
    assert found.median_choices in (2, 2.5, 3)
    assert played(story, 40, 1) == found
    assert played(story, 40, 2) != found


def test_a_difference_is_called_one_only_beyond_chance() -> None:
    assert not beyond_chance(0.5, 0.55, 100, 100)
    assert beyond_chance(0.5, 0.55, 10_000, 10_000)
    assert not beyond_chance(1.0, 1.0, 100, 100)
    assert not beyond_chance(0.0, 0.5, 0, 10)


# the gate -----------------------------------------------------------------------------------------------------------


def verdicts(tell: Tell, tmp_path: Path, scenes: str, *ids: str, **others: str) -> Judged:
    before = tell("a")
    lives = lives_of(tmp_path / "lives", before, vera=ids)
    found, _ = judged(files([lives]), read(before), read(tell("b", scenes, **others)))
    return found[0]


def test_another_text_leaves_a_life_exact(tell: Tell, tmp_path: Path) -> None:
    found = verdicts(tell, tmp_path, SCENES.replace("tons.", "tons of coal."), "board", "dig")
    assert (found.before, found.after, found.lost) == ("exact", "exact", False)


def test_a_life_may_move(tell: Tell, tmp_path: Path) -> None:
    found = verdicts(tell, tmp_path, SCENES.replace("coal += 1", "coal += 4"), "board", "dig")
    assert (found.before, found.after, found.lost) == ("exact", "moved", False)
    assert "goes on from where it was left" in found.sentence


def test_places_along_a_life_are_told_and_shut_no_gate(tell: Tell, tmp_path: Path) -> None:
    found = verdicts(tell, tmp_path, SCENES.replace("say: Dig\n", "say: Sleep\n"), "board", "dig", "go_home")
    assert found.after == "moved"
    assert found.along == {"rewound": 1, "moved": 2}
    assert not found.lost


@pytest.mark.parametrize(("before", "after", "lost"), [
    ("exact", "moved", False),
    ("exact", "opened", False),
    ("exact", "rewound", True),
    ("exact", "closed", True),
    ("moved", "closed", True),
    ("rewound", "rewound", False),
    ("closed", "closed", False),
])  # fmt: skip
def test_the_gate_is_shut_for_what_a_life_had_and_loses(before: str, after: str, lost: bool) -> None:
    assert Judged("vera", before, after, "").lost is lost


def test_a_life_of_another_story_is_left_out_and_a_file_that_is_there_twice_counts_once(tell: Tell, tmp_path: Path) -> None:
    before = tell("a")
    lives = lives_of(tmp_path / "lives", before, vera=("board",))
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "vera.jsonl").write_bytes((lives / "vera.jsonl").read_bytes())
    other = tell("other", story=STORY.replace("id: tiny", "id: other"))
    lives_of(lives, other, anna=("board",))
    found, left = judged(files([lives, tmp_path / "copies"]), read(before), read(before))
    assert [life.name for life in found] == ["vera"]
    assert left == ["anna"]


# the command --------------------------------------------------------------------------------------------------------


LOST = """
    pier:
      title: The pier
      text: |
        The ship has gone.
      choices:
        - say: Weep
          ending: end_home
    month: {choices: [{say: Stay, ending: end_home}]}
"""


def test_text_frame(tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tell("a")
    tell("b", SCENES.replace("coal += 2", "coal += 20") + "    mill: {ending: end_home}\n")
    lives_of(tmp_path / "lives", tmp_path / "a", vera=("count_the_money", "dig"))
    assert main(["compare", "a", "b", "--lives", "lives", "--plays", "30"]) == 0
    assert capsys.readouterr().out == dedent("""\
        A Tiny Story: a (0.1.0) and b (0.1.0)

        scenes added: mill
        scenes changed:
          pier: logic

        30 random lives of each   before    after
          ends with Home          100.0%   100.0%
          words a life, median         6        6
          choices a life, median       3        3
          coal moves in           3 to 6  3 to 24

        1 recorded life
          vera: exact before, now moved. The story has changed since this life was played. It goes on from where it was left.
        No life loses anything that it had.
        """)


def test_the_gate_is_the_exit_code(tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = tell("a"), tell("b", LOST)
    lives = lives_of(tmp_path / "lives", before, vera=("count_the_money",))
    (lives / "vera.jsonl").write_bytes(
        b"".join(line for line in (lives / "vera.jsonl").read_bytes().splitlines(True) if b"snapshot" not in line)
    )
    code = main(["compare", str(before), str(after), "--lives", str(lives), "--plays", "0", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["lives"]["vera"]["after"] == "rewound"
    assert found["lives"]["vera"]["lost"]
    assert found["plays"] is None
    assert code == 1
    assert main(["compare", str(before), str(after), "--lives", str(lives), "--plays", "0"]) == 1
    assert "vera: exact before, now rewound - LOST." in capsys.readouterr().out


def test_json_has_pairs_before_and_after(tell: Tell, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = tell("a")
    after = tell("b", SCENES.replace("ending: end_home", "ending: end_far", 1), endings=f"{ENDINGS}end_far: {{title: Far}}\n")
    (tmp_path / "none").mkdir()
    assert main(["compare", str(before), str(after), "--lives", str(tmp_path / "none"), "--plays", "5", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1
    assert found["endings"] == {"added": ["end_far"], "removed": []}
    assert found["plays"]["endings"]["end_home"] == {"shares": [1.0, 1.0], "beyond_chance": False}
    assert found["plays"]["variables"]["coal"][0][0] == 3
    assert found["scenes"]["changed"] == {"pier": {"logic": True, "texts": False, "words": 0}}


def test_a_side_may_be_a_git_revision_with_the_lives_of_its_time(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    story = tell()
    lives = lives_of(tmp_path / "saves", story, vera=("board", "dig"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "story", "saves")
    git(tmp_path, "commit", "-q", "-m", "one")
    tell(scenes=SCENES.replace("coal += 1", "coal += 4"))
    (lives / "vera.jsonl").unlink()
    lives_of(lives, story, vera=("board", "dig"))
    assert main(["compare", "HEAD", "story", "--lives", "saves", "--plays", "0", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scenes"]["changed"] == {"month": {"logic": True, "texts": False, "words": 0}}
    assert {name: (life["before"], life["after"]) for name, life in found["lives"].items()} == {
        "vera": ("moved", "exact"), "vera (at HEAD)": ("exact", "moved"),
    }  # fmt: skip
    assert main(["compare", "HEAD~7", "story"]) == 2
    assert capsys.readouterr().err == "kuzbass: `HEAD~7` is neither a folder nor a git revision of `story`.\n"
    tell("later")
    assert main(["compare", "HEAD", "later"]) == 2
    assert capsys.readouterr().err.startswith("kuzbass: The folder `later` was not there at ")


PACK = "id: oars\ntitle: Oars\nversion: 0.1.0\nfor: {story: tiny}\n"
OARS = """
    oars_row:
      extend: month
      choices:
        - say: Row
          id: row
          once: yes
          do: coal += 1
          text: |
            You row.
"""


def pack_of(tmp_path: Path, name: str, scenes: str = OARS) -> Path:
    folder = tmp_path / name
    folder.mkdir(exist_ok=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "oars.yaml").write_text(dedent(scenes), encoding="utf-8")
    return folder


def lives_with(folder: Path, story: Path, pack: Path) -> Path:
    told = load_story(story, (pack,)).story
    assert told is not None
    with Shelf(folder).begin(told, name="vera", seed=1) as life:
        for each in ("board", "row"):
            life.choose(next(option.key for option in life.page.options if option.id == each))
    return folder


def test_two_versions_of_a_pack_are_laid_over_one_story(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    story, before = tell(), pack_of(tmp_path, "oars")
    after = pack_of(tmp_path, "oars_new", OARS.replace("coal += 1", "coal += 2").replace("id: row", "id: pull"))
    lives = lives_with(tmp_path / "lives", story, before)
    command = ["compare", str(before), str(after), "--lives", str(lives), "--plays", "0", "--format", "json"]
    main([*command, "--story", str(story)])
    found = json.loads(capsys.readouterr().out)
    assert found["scenes"]["changed"] == {"month": {"logic": True, "texts": False, "words": 0}}
    assert found["lives"]["vera"]["before"] == "exact"
    assert found["lives"]["vera"]["after"] != "exact"


def test_a_pack_is_laid_over_both_stories_and_as_it_was_where_git_has_it(
    tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    story, pack = tell(), pack_of(tmp_path, "oars")
    lives = lives_with(tmp_path / "lives", story, pack)
    after = tell("b", SCENES.replace("{coal} tons.", "{coal} tons, no more."))
    command = ["compare", "story", "b", "--lives", str(lives), "--plays", "0", "--format", "json"]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["other_lives"] == ["vera"]  # without its pack it is another story's
    assert main([*command, "--with", "oars"]) == 0
    assert json.loads(capsys.readouterr().out)["lives"]["vera"]["before"] == "exact"
    assert read(after).packs == {}
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "story", "oars")
    git(tmp_path, "commit", "-q", "-m", "one")
    pack_of(tmp_path, "oars", OARS.replace("coal += 1", "coal += 2"))
    assert main(["compare", "HEAD", "story", "--plays", "0", "--with", "oars", "--format", "json"]) == 0
    assert list(json.loads(capsys.readouterr().out)["scenes"]["changed"]) == ["month"]
    pack_of(tmp_path, "fresh")  # git has never had it: as it is, on both sides
    assert main(["compare", "HEAD", "story", "--plays", "0", "--with", "fresh", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenes"]["changed"] == {}


def test_a_pack_is_not_compared_with_a_story(tell: Tell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story, pack = tell(), pack_of(tmp_path, "oars")
    assert main(["compare", str(story), str(pack)]) == 2
    assert f"`{pack}` is a branch pack and `{story}` is none." in capsys.readouterr().err
    assert main(["compare", str(story), str(story), "--story", str(story)]) == 2
    assert "`--story` says what two packs are laid over" in capsys.readouterr().err


@pytest.mark.parametrize("revision", ["--output=x", "-h", "HEAD^{/x}", "a b", ""])
def test_no_revision_is_taken_for_an_option(tell: Tell, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    story = tell()
    assert main(["compare", "--plays", "0", "--", revision, str(story)]) == 2
    assert "is neither a folder nor a git revision of" in capsys.readouterr().err


def test_a_broken_story_is_drawn_as_check_draws_it(tell: Tell, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = tell("a"), tell("b", SCENES.replace("go: month", "go: mouth"))
    assert main(["compare", str(before), str(after)]) == 2
    said = capsys.readouterr().err
    assert "error[unknown-target]: no scene is called `mouth`" in said
    assert said.endswith(f"kuzbass: The story `{after}` has errors, so there is nothing to compare. Mend what stands above.\n")


@pytest.mark.parametrize(("line", "code", "sentence"), [
    (["--format", "xml"], 2, "There is no format called xml; there are text and json."),
    (["--lives", "nowhere"], 2, "There is no file or folder `nowhere` with lives."),
])  # fmt: skip
def test_what_cannot_be_compared_is_a_sentence(
    tell: Tell, line: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    story = str(tell())
    assert main(["compare", story, story, *line]) == code
    assert sentence in capsys.readouterr().err


def test_ctrl_c_ends_it_and_leaves_nothing_behind(tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr("game.workshop.compare.plays.live", interrupted)
    story = str(tell())
    assert main(["compare", story, story]) == 130
    assert not list((tmp_path / "tmp").iterdir())

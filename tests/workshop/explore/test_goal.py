"""`kuzbass explore --goal`: the name that is meant, the life that is written, and what is said where there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.cli import main
from game.load import load_story
from game.options import Unable
from game.workshop.explore.goal import Goal, Known, find, run_goal, seek
from game.workshop.explore.goal_life import free_to_write

FERRY = Path(__file__).parents[2] / "plain" / "ferry"

TALE = """\
gate:
  choices:
    - say: Turn round
      id: turn
      do: turns += 1
    - say: Fall in
      go: gate if turns > 99 else hole
    - say: Go home
      id: home
      ending: home
  go: gate
hole:
  text: |
    Down.
  go: hole
other:
  choices:
    - Turn
  go: gate
"""


@pytest.fixture
def tale(tmp_path: Path) -> Path:
    folder = tmp_path / "tale"
    folder.mkdir()
    for name, text in {
        "story": "id: tale\ntitle: A Tale\nversion: 0.1.0\nstart: gate\ndate: 1922-03-06\n",
        "variables": "turns: {start: 0}\n",
        "endings": "home: {title: Home, text: Home.}\n",
        "scenes": TALE,
    }.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def known(folder: Path) -> Known:
    story = load_story(folder).story
    assert story is not None
    return Known(story)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [("gate", "scene", "gate"), ("gate/turn", "choice", "gate/turn"), ("turn", "choice", "gate/turn"), ("hole", "scene", "hole"),
     ("ending:home", "ending", "home"), ("choice:home", "choice", "gate/home")],
)  # fmt: skip
def test_a_goal_is_named_in_full_or_by_an_end_that_only_one_thing_has(tale: Path, text: str, kind: str, name: str) -> None:
    if text == "turn":
        (tale / "scenes.yaml").write_text(TALE.replace("    - Turn\n", "    - Sleep\n"), encoding="utf-8")
    assert find(known(tale).story, text) == Goal(kind, name)


def test_a_name_that_nothing_has_is_answered_with_those_like_it(tale: Path) -> None:
    with pytest.raises(Unable, match=r"no scene, part, choice or ending called `gait`\. Names like it: `gate`"):
        find(known(tale).story, "gait")


def test_a_name_that_several_have_is_answered_with_all_of_them(tale: Path) -> None:
    with pytest.raises(Unable, match=r"any of `choice:gate/turn`, `choice:other/turn`\. Name the one that is meant"):
        find(known(tale).story, "turn")


def test_a_life_is_written_that_plays_on_and_verifies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    story = load_story(FERRY).story
    assert story is not None
    ending = sorted(story.endings)[0]
    said = run_goal(story, f"ending:{ending}", seconds=5)
    assert said.code == 0
    assert f"Written: the life `goal-{ending}`." in said.sentence
    assert main(["replay", f"goal-{ending}", "--story", str(FERRY), "--verify"]) == 0
    assert main(["replay", f"goal-{ending}", "--story", str(FERRY), "--verify", "pages"]) == 0
    assert run_goal(story, f"ending:{ending}", seconds=5).sentence.count(f"`goal-{ending} 2`") == 1


def test_a_life_is_written_to_a_file_that_is_not_there_yet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tale: Path) -> None:
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    file = tmp_path / "found.jsonl"
    assert run_goal(known(tale).story, "ending:home", output=file).code == 0
    assert main(["replay", str(file), "--story", str(tale), "--verify"]) == 0
    with pytest.raises(Unable, match="exists already"):
        run_goal(known(tale).story, "ending:home", output=file)


def test_the_start_is_a_life_of_no_choices(tale: Path) -> None:
    found = seek(known(tale), Goal("scene", "gate"))
    assert found.sentence.startswith("Reached: the scene `gate` after 0 choices, the shortest of all, with seed 1.")


def test_what_no_step_leads_to_is_unreachable(tale: Path) -> None:
    found = seek(known(tale), Goal("scene", "other"))
    assert found.sentence.startswith("Unreachable: no life comes to the scene `other`. No way through its steps leads there")
    assert run_goal(known(tale).story, "other").code == 1


def test_a_branch_where_the_story_breaks_is_left_and_told(tale: Path) -> None:
    found = seek(known(tale), Goal("scene", "hole"), seconds=0.5)
    assert found.outcome != "found", "what a turn that breaks would have met is not reached"
    assert "A branch breaks after 1 choice, and was left:" in found.sentence
    assert "the story goes round in a circle here" in found.sentence


def test_what_is_merely_not_found_is_said_to_be_so(tale: Path) -> None:
    """No whole number squared is 2, which nobody here proves."""
    (tale / "scenes.yaml").write_text(
        "gate:\n  choices:\n    - say: Up\n      do: turns += 1\n    - say: Down\n      do: turns -= 1\n"
        "  then:\n    - if: turns * turns == 2\n      ending: home\n    - go: gate\n", encoding="utf-8",
    )  # fmt: skip
    found = seek(known(tale), Goal("ending", "home"), seconds=0.3)
    assert found.sentence.startswith("Not found in ")
    assert found.sentence.endswith("the ending `home`. It may be rare; `--seconds` searches longer.")


def test_ctrl_c_says_what_was_found_until_then(tale: Path) -> None:
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        if looks > 4:
            looks = -1000
            raise KeyboardInterrupt
        return looks / 1000

    found = seek(known(tale), Goal("scene", "hole"), clock=clock)
    assert found.stopped
    assert found.sentence.startswith("Stopped. Not found in ")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_folder_that_cannot_be_written_is_told_before_the_search(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    with pytest.raises(Unable, match="Nothing can be written in"):
        free_to_write(None)
    tmp_path.chmod(0o700)


def test_a_file_where_the_folder_of_lives_should_be_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lives").write_text("")
    monkeypatch.setenv("KUZBASS_SAVES", str(tmp_path / "lives"))
    with pytest.raises(Unable, match="Nothing can be written in"):
        free_to_write(None)

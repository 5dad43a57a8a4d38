"""`kuzbass new`: what is begun checks clean, plays to an end, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.cli import main
from game.engine.turn import answer, begin, choose
from game.load import load_story
from game.load.files import kind_of
from game.workshop.new import LONGEST, Refused, new_branch, new_deck, new_scene, new_story
from game.workshop.schema import modeline

if TYPE_CHECKING:
    from collections.abc import Callable

STORY = "id: example\ntitle: An example\nversion: 0.2.0\nstart: home\nhub: home\ndate: 1922-03-06\n"
HOME = "home:\n  choices:\n    - Wait\n    - say: Leave\n      ending: gone\n"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A story that somebody else began."""
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "story.yaml").write_text(STORY, "utf-8")
    (folder / "home.yaml").write_text(HOME, "utf-8")
    (folder / "endings.yaml").write_text("gone: {title: Gone}\n", "utf-8")
    return folder


def clean(capsys: pytest.CaptureFixture[str], folder: Path, *packs: Path) -> bool:
    """`kuzbass check` finds nothing."""
    capsys.readouterr()
    code = main(["check", str(folder), *(part for pack in packs for part in ("--with", str(pack)))])
    out = capsys.readouterr().out
    assert out.startswith("No faults in"), out
    return code == 0


def endings(folder: Path, *packs: Path, lives: int = 40) -> tuple[set[str], set[str]]:
    """The endings that lives come to when they take every choice in turn, and the choices that were taken."""
    story = load_story(folder, packs).story
    assert story is not None
    found, taken = set(), set()
    for life in range(lives):
        state, page = begin(story, life)
        for step in range(60):
            if page.ending:
                break
            if page.question:
                state, page = answer(story, state, "")
                continue
            keys = [option.key for option in page.options if option.enabled]
            key = keys[(life // max(1, step + 1) + life * step) % len(keys)]
            taken.add(key)
            state, page = choose(story, state, key)
        if page.ending:
            found.add(page.ending if isinstance(page.ending, str) else page.ending.id)
    return found, taken


# stories -------------------------------------------------------------------------------------------------------------


def test_a_new_story_checks_clean_and_plays_to_each_of_its_endings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = new_story("ferry", tmp_path)
    assert begun.path == tmp_path / "ferry"
    assert clean(capsys, begun.path)
    found, taken = endings(begun.path)
    assert found == {"stayed", "moved_on"}
    assert "evening/letters" in taken


def test_every_file_of_it_begins_with_its_modeline(tmp_path: Path) -> None:
    folder = new_story("ferry", tmp_path).path
    files = sorted(path.name for path in folder.glob("*.yaml"))
    assert files == ["endings.yaml", "people.yaml", "places.yaml", "scenes.yaml", "story.yaml", "variables.yaml"]
    for name in files:
        first = (folder / name).read_text("utf-8").splitlines()[0]
        assert first == modeline(kind_of(name))
        assert (folder / first.partition("$schema=")[2]).is_file()


def test_its_name_is_its_id_and_its_title(tmp_path: Path) -> None:
    story = load_story(new_story("the_long_way", tmp_path).path).story
    assert story is not None
    assert (story.id, story.title) == ("the_long_way", "The long way")


# branches ------------------------------------------------------------------------------------------------------------


def test_a_branch_grafts_onto_a_set_and_joins_a_deck_of_the_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = new_story("ferry", tmp_path).path
    pack = new_branch("winter", tmp_path, story).path
    assert clean(capsys, story, pack)
    _, taken = endings(story, pack, lives=80)
    assert "arrival/winter" in taken
    assert any(key.endswith("winter_storylet") for key in taken)


def test_it_is_for_the_story_and_its_version(made: Path, tmp_path: Path) -> None:
    pack = new_branch("winter", tmp_path, made).path
    assert "for: {story: example, version: 0.2.0}" in (pack / "pack.yaml").read_text("utf-8")
    story = load_story(made, [pack]).story
    assert story is not None
    assert "winter" in story.packs


def test_without_a_deck_it_has_no_storylet(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = new_branch("winter", tmp_path, made).path
    assert clean(capsys, made, pack)
    assert "deck:" not in (pack / "winter.yaml").read_text("utf-8")


def test_a_branch_of_the_games_own_story_checks_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Path(__file__).parents[2] / "story"
    pack = new_branch("winter", tmp_path, own).path
    assert clean(capsys, own, pack)


def test_it_is_laid_where_it_is_said(made: Path, tmp_path: Path) -> None:
    assert new_branch("winter", tmp_path / "packs" / "mine", made).path == tmp_path / "packs" / "mine" / "winter"


# scenes and decks ----------------------------------------------------------------------------------------------------


def test_a_scene_holds_once_the_line_is_written_that_it_asks_for(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = new_scene("attic", made)
    assert "`- Attic -> attic`" in begun.next[0]
    (made / "home.yaml").write_text(HOME + "    - Attic -> attic\n", "utf-8")
    assert clean(capsys, made)
    assert "attic/look_closer" in endings(made)[1]


def test_a_deck_holds_once_it_is_drawn_from(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = new_deck("errands", made)
    assert "`draw: errands`" in begun.next[0]
    (made / "home.yaml").write_text(HOME + "  draw: errands\n", "utf-8")
    assert clean(capsys, made)
    assert "home/errands_first" in endings(made)[1]


def test_in_a_story_without_a_hub_a_scene_says_where_it_leads(tmp_path: Path) -> None:
    story = new_story("ferry", tmp_path).path
    assert "- go: arrival" in new_scene("attic", story).path.read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"home: {go: other}\n", b"home: {go: other}\n\nattic:\n  title: Attic\n"),
        (b"home: {go: other}", b"home: {go: other}\n\nattic:\n  title: Attic\n"),
        (b"\xef\xbb\xbfhome: {go: other}\r\n", b"\xef\xbb\xbfhome: {go: other}\r\n\r\nattic:\r\n  title: Attic\r\n"),
    ],
)
def test_it_is_added_below_what_stands_in_a_file(before: bytes, after: bytes, made: Path) -> None:
    (made / "home.yaml").write_text("other: {choices: [Wait]}\n", "utf-8")
    (made / "more.yaml").write_bytes(before)
    new_scene("attic", made, made / "more.yaml")
    assert (made / "more.yaml").read_bytes().startswith(after)


def test_in_a_file_of_a_pack_it_is_the_packs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = new_story("ferry", tmp_path).path
    pack = new_branch("winter", tmp_path, story).path
    begun = new_scene("camp", story, pack / "camps" / "camp.yaml", f"--story {story} ")
    assert begun.path.read_text("utf-8").splitlines()[0] == modeline("scenes", 1)
    assert "--scene winter/camp" in begun.next[1]
    text = (pack / "winter.yaml").read_text("utf-8")
    (pack / "winter.yaml").write_text(text.replace("visit: winter_scene", "visit: camp"), "utf-8")
    capsys.readouterr()
    assert main(["check", str(story), "--with", str(pack)]) == 0
    loaded = load_story(story, [pack])
    assert loaded.story is not None
    assert "winter/camp" in loaded.story.scenes


def test_a_story_without_schemas_gets_no_modeline(made: Path) -> None:
    assert not new_scene("attic", made).path.read_text("utf-8").startswith("#")


def test_a_deck_with_a_similar_name_is_named(made: Path) -> None:
    new_deck("errands", made)
    assert new_deck("errand", made).next[0] == "A deck with a similar name exists: `errands`."


# refused -------------------------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["story", "branch", "scene", "deck"])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("9x", "begins with a letter"),
        ("a b", "Write `a_b`"),
        ("if", "the language has that word"),
        ("", "cannot"),
        ("x" * (LONGEST + 1), "too long"),
    ],
)
def test_a_name_that_the_language_does_not_have(kind: str, name: str, sentence: str, made: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    begin_it: dict[str, Callable[[], object]] = {
        "story": lambda: new_story(name, tmp_path),
        "branch": lambda: new_branch(name, tmp_path, made),
        "scene": lambda: new_scene(name, made),
        "deck": lambda: new_deck(name, made),
    }
    with pytest.raises(Refused, match=sentence):
        begin_it[kind]()
    assert files(tmp_path) == before


def test_nothing_is_overwritten(made: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "nowhere")
    (made / "errands.yaml").write_text("market: {deck: errands, title: Market}\n", "utf-8")
    (made / "home.yaml").write_text(HOME + "  draw: errands\n", "utf-8")
    before = files(tmp_path)
    for name in ("taken", "linked"):
        with pytest.raises(Refused, match="exists already"):
            new_story(name, tmp_path)
        with pytest.raises(Refused, match="exists already"):
            new_branch(name, tmp_path, made)
    with pytest.raises(Refused, match="A scene called `home` exists already"):
        new_scene("home", made)
    with pytest.raises(Refused, match="The deck `errands` exists"):
        new_deck("errands", made)
    assert files(tmp_path) == before


@pytest.mark.parametrize("file", ["../elsewhere.yaml", "story.yaml", "people.yaml", "codex/one.yaml", "attic.txt", ".attic.yaml"])
def test_a_file_that_cannot_hold_it(file: str, made: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    with pytest.raises(Refused):
        new_scene("attic", made, made / file)
    assert files(tmp_path) == before


@pytest.mark.parametrize("content", ["{}\n", "other: {go: home}\n  broken", "{other: {go: home}}\n", "- a\n"])
def test_a_file_that_it_cannot_be_added_to(content: str, made: Path) -> None:
    (made / "more.yaml").write_text(content, "utf-8")
    with pytest.raises(Refused):
        new_scene("attic", made, made / "more.yaml")
    assert (made / "more.yaml").read_text("utf-8") == content


# the command ---------------------------------------------------------------------------------------------------------


def test_the_command_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "story", "ferry"]) == 0
    assert capsys.readouterr().out == (
        "Written: ferry.\nPlay it, and see it change while you write: kuzbass play --story ferry --watch\n"
    )
    assert main(["new", "branch", "winter", "--story", "ferry", "--in", "packs"]) == 0
    assert capsys.readouterr().out.endswith(" kuzbass play --story ferry --with packs/winter --watch\n")
    assert main(["new", "deck", "errands", "--story", "ferry", "--in", "packs/winter/winter.yaml"]) == 0
    assert main(["new", "scene", "attic", "--story", "ferry", "--in", "ferry/scenes.yaml"]) == 0
    monkeypatch.chdir(tmp_path / "ferry")
    assert main(["new", "scene", "cellar", "--story", ".", "--in", "scenes.yaml"]) == 0
    assert main(["check", "."]) == 0


def test_the_command_refuses_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "story", "9x", "--in", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("kuzbass: A story cannot be called `9x`:")
    assert main(["new", "scene", "attic", "--story", str(tmp_path / "nowhere")]) == 2

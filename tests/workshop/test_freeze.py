"""`kuzbass freeze`: ids are written out, and nothing else changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from game.cli import main
from game.load import load_story
from game.workshop.freeze import Refused, choices_of, freeze

PLAYS = Path(__file__).parents[1] / "engine" / "plays"
STORY = "id: example\ntitle: An example\nversion: 0.1.0\nstart: home\nhub: home\ndate: 1922-03-06\n"
PACK = "id: winter\ntitle: Winter\nversion: 0.1.0\nfor: {story: example, version: 0.1.0}\n"


def story(folder: Path, scenes: str | bytes, **files: str) -> Path:
    """A story whose scenes stand in scenes.yaml, byte for byte."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "story.yaml").write_text(STORY, "utf-8")
    (folder / "scenes.yaml").write_bytes(scenes if isinstance(scenes, bytes) else scenes.encode())
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def frozen(folder: Path, scenes: str, **files: str) -> str:
    """scenes.yaml after its ids were written; a second time nothing changes."""
    made = story(folder, scenes, **files)
    freeze(made)
    text = (made / "scenes.yaml").read_bytes().decode()
    again = freeze(made)
    assert not again.files
    assert (made / "scenes.yaml").read_bytes().decode() == text
    return text


def all_have_ids(folder: Path, *packs: Path) -> bool:
    model = load_story(folder, packs).model
    assert model is not None
    return all(choice.written_id for choice in choices_of(model))


# what is written ---------------------------------------------------------------------------------------------------


def test_a_label_becomes_a_mapping_with_its_id_and_its_target(tmp_path: Path) -> None:
    assert frozen(tmp_path, "home:\n  choices:\n    - Wait a day\n    - Go out -> home\n") == (
        "home:\n  choices:\n    - say: Wait a day\n      id: wait_a_day\n    - say: Go out\n      id: go_out\n      go: home\n"
    )


def test_a_mapping_gets_its_id_below_its_label(tmp_path: Path) -> None:
    before = "home:\n  choices:\n  - if: 1 < 2\n    say: Wait\n    go: home\n"
    assert frozen(tmp_path, before) == before.replace("say: Wait\n", "say: Wait\n    id: wait\n")


def test_in_brackets_it_stays_in_brackets(tmp_path: Path) -> None:
    before = "home: {choices: [Wait, Go out -> home, {say: Look, go: home}, {go: home, say: 'Sit, then'}]}\n"
    assert frozen(tmp_path, before) == (
        "home: {choices: [{say: Wait, id: wait}, {say: Go out, id: go_out, go: home}, {say: Look, id: look, go: home},"
        " {go: home, say: 'Sit, then', id: sit_then}]}\n"
    )


def test_an_id_that_is_written_already_stays(tmp_path: Path) -> None:
    before = "home:\n  choices:\n    - {say: Wait, id: other}\n    - say: Look\n      id: eyes\n"
    assert frozen(tmp_path, before) == before


def test_comments_stay_where_they_are(tmp_path: Path) -> None:
    before = "# top\nhome:\n  choices: # set\n    # first\n    - Wait   # why\n    - say: Look # how\n      go: home # where\n"
    assert frozen(tmp_path, before) == (
        "# top\nhome:\n  choices: # set\n    # first\n    - say: Wait   # why\n      id: wait\n"
        "    - say: Look # how\n      id: look\n      go: home # where\n"
    )


def test_quotes_stay(tmp_path: Path) -> None:
    before = """home:\n  choices:\n    - 'It''s "so": yes'\n    - "\\"Why?\\" -> home"\n    - say: '"No."'\n"""
    assert frozen(tmp_path, before) == (
        """home:\n  choices:\n    - say: 'It''s "so": yes'\n      id: its_so_yes\n    - say: "\\"Why?\\""\n"""
        """      id: why\n      go: home\n"""
        """    - say: '"No."'\n      id: no\n"""
    )


def test_a_target_that_yaml_would_read_otherwise_is_quoted(tmp_path: Path) -> None:
    before = "home: {choices: ['Go -> home if max(1, 2) == 2 else home', Wait]}\n"
    assert "go: 'home if max(1, 2) == 2 else home'}" in frozen(tmp_path, before)


def test_a_label_on_two_lines_stays_on_two(tmp_path: Path) -> None:
    assert frozen(tmp_path, "home:\n  choices:\n    - Wait until\n      it is over\n    - Look\n") == (
        "home:\n  choices:\n    - say: Wait until\n        it is over\n      id: wait_until_it_is_over\n"
        "    - say: Look\n      id: look\n"
    )


def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    made = story(tmp_path, b"\xef\xbb\xbfhome:\r\n  choices:\r\n    - Wait\r\n    - say: Go \xc3\xa9\r\n      go: home")
    freeze(made)
    assert (made / "scenes.yaml").read_bytes() == (
        b"\xef\xbb\xbfhome:\r\n  choices:\r\n    - say: Wait\r\n      id: wait\r\n"
        b"    - say: Go \xc3\xa9\r\n      id: go_\xc3\xa9\r\n      go: home"
    )


def test_the_last_line_needs_no_end(tmp_path: Path) -> None:
    assert frozen(tmp_path, "home:\n  choices:\n    - Wait") == "home:\n  choices:\n    - say: Wait\n      id: wait"


def test_nested_sets_and_every_kind_of_flow_are_reached(tmp_path: Path) -> None:
    scenes = """home:
  choices:
    - say: Ask
      choices: [Thank them, Leave -> home]
  then:
    - if: 1 < 2
      choices: [One]
      elif:
        - if: 2 < 3
          choices: [Two]
      else:
        - choices: [Three]
    - go: door
  parts:
    door: {choices: [Knock]}
other: {choices: [{include: home}, Four]}
"""
    frozen(tmp_path, scenes)
    assert all_have_ids(tmp_path)


def test_what_an_alias_repeats_is_written_once(tmp_path: Path) -> None:
    scenes = "home:\n  choices: &set\n    - Wait\n    - say: &label Look\n  parts:\n    a: {choices: *set}\n"
    scenes += "    b:\n      choices:\n        - say: *label\n"
    text = frozen(tmp_path, scenes)
    assert text.count("id: wait") == 1
    assert text.count("id: look") == 2
    assert all_have_ids(tmp_path)


def test_a_choice_that_is_itself_an_alias_stays_and_is_named(tmp_path: Path) -> None:
    made = story(tmp_path, "home: {choices: [&w Wait], parts: {a: {choices: [*w, Look]}}}\n")
    found = freeze(made)
    assert [left.at.column for left in found.left] == [18]
    assert (made / "scenes.yaml").read_text("utf-8") == (
        "home: {choices: [&w Wait], parts: {a: {choices: [*w, {say: Look, id: look}]}}}\n"
    )


def test_a_label_with_an_arrow_inside_stays_and_is_named(tmp_path: Path) -> None:
    made = story(tmp_path, "home:\n  choices:\n    - From A -> B -> home\n    - Wait\n")
    found = freeze(made)
    assert [(left.at.line, left.at.column) for left in found.left] == [(3, 7)]
    assert "- From A -> B -> home\n    - say: Wait" in (made / "scenes.yaml").read_text("utf-8")


# packs -------------------------------------------------------------------------------------------------------------


def test_with_a_pack_only_the_pack_is_written(tmp_path: Path) -> None:
    made = story(tmp_path / "story", "home: {choices: [Wait]}\n")
    pack = tmp_path / "winter"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, "utf-8")
    (pack / "camp.yaml").write_text("camp: {choices: [Sit]}\nmore: {extend: home, choices: [Camp -> camp]}\n", "utf-8")
    assert freeze(made, [pack]).files == {f"{pack.as_posix()}/camp.yaml": 2}
    assert (pack / "camp.yaml").read_text("utf-8") == (
        "camp: {choices: [{say: Sit, id: sit}]}\nmore: {extend: home, choices: [{say: Camp, id: camp, go: camp}]}\n"
    )
    assert (made / "scenes.yaml").read_text("utf-8") == "home: {choices: [Wait]}\n"


@pytest.mark.parametrize("play", sorted(path.name for path in PLAYS.iterdir() if (path / "story.yaml").is_file()))
def test_the_sample_stories_are_what_they_were(play: str, tmp_path: Path) -> None:
    shutil.copytree(PLAYS / play, tmp_path / "story")
    freeze(tmp_path / "story")
    assert all_have_ids(tmp_path / "story")


# any label ---------------------------------------------------------------------------------------------------------

words = st.text(st.sampled_from("abcXYZ 019éжß中²'\"’:,;#-?!&*%@`[]()<>=|.~\\$/_ \u2028\t"), min_size=1, max_size=12)
logic = st.sampled_from(["{1 < 2 ? yes | no}", "{1}", "{1 > 2 ? a -> b}", "*so*", "\\{", "{date}"])
labels = st.lists(words | logic, min_size=1, max_size=4).map("".join)
targets = st.sampled_from(["", "", " -> home", "->home", " -> home if max(1, 2) > 1 else other", " ->  other"])


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    shown = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(mark if mark.isprintable() else f"\\U{ord(mark):08x}" for mark in shown) + '"'


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(labels, targets, st.sampled_from([str, single, double]), st.booleans()), min_size=1, max_size=2),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
@example([("Why: ", " -> home", single, False)], True, "\n")
@example([("a -> {1} -> b", "", single, False)], False, "\n")
def test_whatever_the_labels_the_story_stays_the_same(
    choices: list[tuple[str, str, object, bool]], brackets: bool, end: str
) -> None:
    items = []
    for label, target, quote, long in choices:
        assert callable(quote)
        if long:
            goal = f"go: {single(target.partition('->')[2].strip())}" if target else "once: no"
            items.append(f"{{say: {quote(label)}, {goal}}}" if brackets else f"say: {quote(label)}{end}      {goal}")
        else:
            items.append(quote(label + target))
    listed = f" [{', '.join(items)}]" if brackets else "".join(f"{end}    - {item}" for item in items)
    scenes = f"home:{end}  choices:{listed}{end}  # the end{end}other: {{go: home}}{end}"
    with TemporaryDirectory() as folder:
        made = story(Path(folder), scenes.encode())
        before = load_story(made)
        if before.story is None or before.model is None:
            return
        found = freeze(made)
        after = load_story(made)
        assert after.story is not None
        assert after.model is not None
        chosen = list(choices_of(after.model))
        assert [choice.id for choice in chosen] == [choice.id for choice in choices_of(before.model)]
        assert sum(not choice.written_id for choice in chosen) == len(found.left)
        codes = {one.code for one in before.diagnostics}
        assert {one.code for one in after.diagnostics} <= codes
        text = (made / "scenes.yaml").read_bytes()
        assert not freeze(made).files
        assert (made / "scenes.yaml").read_bytes() == text
        assert text.endswith(f"{end}  # the end{end}other: {{go: home}}{end}".encode())


# all or nothing ----------------------------------------------------------------------------------------------------


def test_a_story_with_errors_is_not_written(tmp_path: Path) -> None:
    made = story(tmp_path, "home: {choices: [Wait, Go -> nowhere]}\n")
    with pytest.raises(Refused, match="errors"):
        freeze(made)
    assert "id:" not in (made / "scenes.yaml").read_text("utf-8")


def test_where_one_file_cannot_be_replaced_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = story(tmp_path, "home: {choices: [Wait]}\n", more="other: {choices: [Look -> home]}\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    replace, count = os.replace, iter(range(10))

    def failing(source: str, target: str) -> None:
        if next(count) == 1:
            raise PermissionError(13, "Permission denied", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(Refused, match=r"nothing has changed"):
        freeze(made)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_would_not_be_the_same_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = story(tmp_path, "home: {choices: [Wait]}\n")
    monkeypatch.setattr("game.workshop.freeze.with_ids", lambda text, name, choices: (text.replace("Wait", "Weight"), 1, []))
    with pytest.raises(Refused, match="would not be the same"):
        freeze(made)
    assert (made / "scenes.yaml").read_text("utf-8") == "home: {choices: [Wait]}\n"


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path) -> None:
    made = story(tmp_path / "story", "other: {go: home}\n")
    real = tmp_path / "real.yaml"
    real.write_text("home: {choices: [Wait]}\n", "utf-8")
    real.chmod(0o640)
    (made / "home.yaml").symlink_to(real)
    freeze(made)
    assert (made / "home.yaml").is_symlink()
    assert real.read_text("utf-8") == "home: {choices: [{say: Wait, id: wait}]}\n"
    assert real.stat().st_mode & 0o777 == 0o640


# the command -------------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_wrote_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = story(tmp_path, "home: {choices: [Wait, Look]}\n")
    assert main(["freeze", str(made)]) == 0
    assert capsys.readouterr().out == f"{made.as_posix()}/scenes.yaml: 2 ids\n"
    assert main(["freeze", str(made)]) == 0
    assert capsys.readouterr().out == "Nothing to write: every choice has its id.\n"


def test_the_command_refuses_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = story(tmp_path, "home: {choices: [Go -> nowhere]}\n")
    assert main(["freeze", str(made)]) == 2
    assert capsys.readouterr().err == "kuzbass: The story has errors, so nothing was written. `kuzbass check` says which.\n"


def test_the_page_of_the_docs_shows_what_it_does(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "ids.md").read_text("utf-8")
    before, after = (
        "".join(f"  {line}\n" for line in block.replace("# before", "").replace("# after", "").splitlines()).replace(
            "choices: ", "choices:"
        )
        for block in (part.partition("```")[0] for part in page.split("```yaml\n")[1:])
    )
    head = "home:\n"
    text = frozen(tmp_path, head + before, variables="trust: {start: 3}\n")
    assert squeezed(text) == squeezed(head + after)


def squeezed(text: str) -> list[str]:
    """Lines with single blanks between words: the page aligns its comments."""
    return [f"{line[: len(line) - len(line.lstrip())]}{' '.join(line.split())}" for line in text.splitlines()]

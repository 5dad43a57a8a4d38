"""A report from elsewhere is data: what is wrong with it is a clause, and nothing of it is believed unseen."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desk import report
from game.desk.report import Attempt, NoReport, contents, is_report, read, story_facts, text_of

GOOD = {
    "report": 1, "schema": 1, "made": "2026-11-23T01:02:03Z", "game": "0.1.0",
    "story": {"id": "tiny", "title": "Tiny", "version": "0.1.0", "hash": "00"},
    "packs": [{"id": "more", "version": "2", "hash": "11"}],
    "system": {"python": "3.11"}, "terminal": {"TERM": "xterm"}, "settings": {}, "life": ['{"i":0}', '{"i":1}'],
    "error": {"kind": "StoryStuck", "message": "in a circle", "traceback": []},
    "attempt": {"key": "a/b", "text": None, "edit": ""},
}  # fmt: skip


def test_a_report_is_read_back():
    found = read(text_of(GOOD).encode())
    assert (found.story, found.version, found.packs, found.kind) == ("tiny", "0.1.0", (("more", "2"),), "StoryStuck")
    assert found.life == b'{"i":0}\n{"i":1}\n'
    assert found.attempt == Attempt("a/b", None, "")
    assert is_report(text_of(GOOD).encode())
    assert not is_report(b'{"i":0,"life":"report"}\n')


def test_its_text_has_sorted_keys_and_a_line_of_the_life_a_line():
    lines = text_of(GOOD).splitlines()
    assert ' "life": [' in lines
    assert lines[lines.index(' "life": [') + 1].startswith('  "{')
    assert list(json.loads(text_of(GOOD))) == sorted(GOOD)


def test_what_is_in_it_is_said_before_it_is_shared():
    said = "\n".join(contents(GOOD))
    for words in ("The story: Tiny 0.1.0 (00).", "more 2 (11)", "TERM xterm", "2 lines", "StoryStuck: in a circle", "a/b"):
        assert words in said


@pytest.mark.parametrize(("data", "why"), [
    (b"", "no JSON"),
    (b"{", "no JSON"),
    (b"[1]", "no report of this game"),
    (b'{"report": "1"}', "no report of this game"),
    (b'{"report": true}', "no report of this game"),
    (b'{"report": 2}', "newer version"),
    (b"\xff\xfe{", "UTF-8"),
    (b'{"report": 1, "story": 3}', "`story`"),
    (b'{"report": 1, "made": ["x"]}', "`made`"),
    (b'{"report": 1, "life": {"a": 1}}', "`life`"),
    (b'{"report": 1, "life": [1]}', "a line of its life"),
    (b'{"report": 1, "life": ["a\\nb"]}', "a line of its life"),
    (b'{"report": 1, "packs": [1]}', "`packs`"),
    (b'{"report": 1, "attempt": {"key": "a", "edit": "burn"}}', "`edit`"),
    (b'{"report": 1, "attempt": {"key": "a", "text": 3}}', "`text`"),
    (b'{"report": 1, "n": ' + b"[" * 100_000 + b"}", "no JSON"),
    (b'{"report": ' + b"9" * 100_000 + b"}", "no JSON"),
])  # fmt: skip
def test_what_is_none_is_told_in_a_clause(data, why):
    with pytest.raises(NoReport) as fault:
        read(data)
    assert why in str(fault.value)
    assert not str(fault.value).endswith(".")


@pytest.mark.parametrize(("limit", "small"), [("LARGEST", 100), ("MOST_LINES", 1), ("LONGEST_LINE", 3), ("LONGEST_TEXT", 3)])
def test_there_are_limits_to_all_of_it(monkeypatch, limit, small):
    monkeypatch.setattr(report, limit, small)
    with pytest.raises(NoReport):
        read(text_of(GOOD).encode())


def test_nothing_in_it_can_steer_a_terminal():
    assert read(json.dumps({**GOOD, "made": "\x1b[2J2026"}).encode()).made == "[2J2026"


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)), max_leaves=8,
)  # fmt: skip


@given(st.sampled_from(sorted(GOOD)), values)
def test_whatever_stands_in_a_field_is_read_or_refused(name, value):
    with suppress(NoReport):
        read(json.dumps({**GOOD, name: value}).encode())


def test_a_hash_is_that_of_what_is_played_wherever_it_lies(ferry, tmp_path):
    import shutil
    from pathlib import Path

    from game.load import load_story

    folder = tmp_path / "elsewhere"
    shutil.copytree(Path(__file__).parents[1] / "plain" / "ferry", folder)
    assert story_facts(load_story(folder).story) == story_facts(ferry)
    river = folder / "river.yaml"
    river.write_text("\n" + river.read_text())
    assert story_facts(load_story(folder).story) == story_facts(ferry), "an empty line changes nothing that is played"
    river.write_text(river.read_text().replace("Grass.", "Sand."))
    assert story_facts(load_story(folder).story)[0]["hash"] != story_facts(ferry)[0]["hash"]

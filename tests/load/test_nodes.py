"""YAML as nodes: nothing changes type, everything knows its place, and faults are told in human words."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from game.load import nodes
from game.load.diagnostics import Diagnostic, Faults
from game.load.nodes import Mapping, Scalar, Sequence, TextFile, build
from game.load.spans import cut


def read(text: str) -> tuple[object, list[Diagnostic]]:
    faults = Faults()
    return build(text, TextFile("a.yaml", tuple(text.splitlines())), faults), list(faults)


def value(text: str, key: str = "a") -> Scalar:
    root, faults = read(text)
    assert not faults
    assert isinstance(root, Mapping)
    found = root.get(key)
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize("text", ["no", "on", "012", "1_000", "12:30", "1922-03-06", "3.10", "~", "0x1F", "1e3", ".5", "null"])
def test_no_scalar_changes_its_type(text: str) -> None:
    assert value(f"a: {text}").text == text
    assert value(f"a: {text}").style == ""


def test_a_node_knows_its_place_and_style() -> None:
    found = value("b: 1\na: 'x y'\n")
    assert found.style == "'"
    assert found.at == ("a.yaml", 2, 4, 2, 9)


def test_doubled_keys_are_found_and_the_first_is_kept() -> None:
    root, faults = read("a: 1\nb: 2\na: 3\n")
    assert isinstance(root, Mapping)
    assert [key.text for key, _ in root.entries] == ["a", "b"]
    assert [(one.code, one.at.line) for one in faults] == [("duplicate-key", 3)]
    assert faults[0].notes == ("it stands first in line 1",)


def test_an_alias_repeats_a_node() -> None:
    root, faults = read("a: &x [1, 2]\nb: *x\n")
    assert not faults
    assert isinstance(root, Mapping)
    assert isinstance(root.get("b"), Sequence)
    assert root.get("a") is root.get("b")


@pytest.mark.parametrize("text", ["\ufeffa: b\n", "a: b\r\n", "---\na: b\n", "# only a remark\na: b\n", "a: b"])
def test_marks_of_editors_do_no_harm(text: str) -> None:
    assert value(text.removeprefix("\ufeff")).text == "b"


def test_an_empty_file_is_no_fault() -> None:
    assert read("") == (None, [])
    assert read("# nothing yet\n") == (None, [])


# places inside texts


def places(scalar: Scalar) -> list[tuple[str, int, int]]:
    source = scalar.source()
    return [(character, *source.at(n, n + 1)[1:3]) for n, character in enumerate(source.text)]


def test_a_block_is_mapped_line_by_line() -> None:
    assert places(value("a: |\n    x{\n\n     y\nb: 1\n")) == [
        ("x", 2, 5),
        ("{", 2, 6),
        ("\n", 2, 7),
        ("\n", 3, 5),
        (" ", 4, 5),
        ("y", 4, 6),
    ]


def test_escapes_and_doubled_quotes_count_as_one_character() -> None:
    assert places(value("a: 'it''s'\n"))[2:] == [("'", 1, 7), ("s", 1, 9)]
    assert places(value('a: "\\x41b"\n')) == [("A", 1, 5), ("b", 1, 9)]


def test_a_wrapped_line_is_mapped() -> None:
    assert places(value("a: one\n  two\n"))[3:5] == [(" ", 1, 7), ("t", 2, 3)]


def test_a_part_of_a_text_keeps_its_places() -> None:
    source = value("a: |\n  one\n  two\n").source()
    part = cut(source, 2, 6)
    assert part.text == "e\ntw"
    assert part.at(2, 4)[1:] == (3, 3, 3, 5)


@given(
    st.lists(st.text(alphabet="ab {}*é漢'\"\\:#-", max_size=30).map(str.strip), min_size=1, max_size=5),
    st.sampled_from(["'", '"', "|", None]),
)
def test_every_character_is_found_where_it_stands(lines: list[str], style: str | None) -> None:
    text = yaml.dump({"a": "\n".join(lines)}, default_style=style, allow_unicode=True, width=30)
    root, _ = read(text)
    assert isinstance(root, Mapping)
    scalar = root.entries[0][1]
    assert isinstance(scalar, Scalar)
    if scalar.style == '"':
        return  # escapes shorten the text: covered above
    rows = text.splitlines()
    for character, line, column in places(scalar):
        if not character.isspace():
            assert rows[line - 1][column - 1] == character


# what is said of YAML that cannot be read


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: b: c\n", "colon-in-text", 1, 5),
        ("a:\n\tb: c\n", "tab-indent", 2, 1),
        ("a:\n  b: c\n\td: e\n", "tab-indent", 3, 1),
        ("a:\n  b: c\n d: e\n", "yaml-syntax", 3, 2),
        ("a:\n  b: c\n   d: e\n", "yaml-syntax", 3, 5),
        ("a:\n  - b\n  c: d\n", "yaml-syntax", 3, 3),
        ("a: x\nfoo\nb: c\n", "yaml-syntax", 2, 1),
        ("a: [x\nb: c\n", "yaml-syntax", 2, 2),
        ('a: "x\nb: c\n', "unclosed-quote", 1, 4),
        ('a: "Yes," she says\n', "text-after-quote", 1, 10),
        ("a: @x\n", "special-mark", 1, 4),
        ("a: `x`\n", "special-mark", 1, 4),
        ("a: %x\n", "special-mark", 1, 4),
        ("a: *x* y\n", "special-mark", 1, 4),
        ("a: *x\n", "special-mark", 1, 4),
        ("a: &x y\n", "special-mark", 1, 4),
        ("a: & y\n", "special-mark", 1, 4),
        ("a: !x y\n", "special-mark", 1, 4),
        ("a: ! y\n", "special-mark", 1, 4),
        ("a: > y\n", "special-mark", 1, 4),
        ("a: {x} y\n", "special-mark", 1, 4),
        ("a: [x](y) z\n", "special-mark", 1, 4),
        ("a: b\n---\nc: d\n", "several-documents", 2, 1),
        ("a: &x [*x]\n", "alias-loop", 1, 8),
        ("[a]: b\n", "bad-key", 1, 1),
        ('a: "\\e[2J"\n', "control-character", 1, 4),
        ('a: "x\\ry"\n', "control-character", 1, 4),
    ],
)
@pytest.mark.parametrize("parser", ["libyaml", "pure"])
def test_faults_of_yaml_have_human_words(
    text: str, code: str, line: int, column: int, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "pure":
        monkeypatch.setattr(nodes, "_parser_class", nodes.pure_parser)
    _, faults = read(text)
    assert [(one.code, one.at.line, one.at.column) for one in faults] == [(code, line, column)]
    assert "expected" not in faults[0].message or "is expected" in faults[0].message


def test_a_list_is_called_too_deep_only_above_forty_levels() -> None:
    assert read("[" * 40 + "]" * 40)[1] == []
    assert [one.code for one in read("[" * 41 + "]" * 41)[1]] == ["too-deep"]
    chain = "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60))
    assert [one.code for one in read(chain)[1]] == ["too-deep"]

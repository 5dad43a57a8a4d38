"""Other languages' marks in texts and labels: each is told with what to write, and prose that only looks like one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.load.foreign import foreign

if TYPE_CHECKING:
    from conftest import Small

MARKS = [
    ("Dry. [[Go on->herring_press]]", "[[Go on->herring_press]]", "Twine's link", "`- Go on -> herring_press`"),
    ("[[Go on|Herring Press]]", "[[Go on|Herring Press]]", "Twine's link", "`- Go on -> herring_press`"),
    ("[[press<-Go on]]", "[[press<-Go on]]", "Twine's link", "`- Go on -> press`"),
    ("<<if $inked>>", "<<if $inked>>", "a macro of Twine's (SugarCube)", "{x > 1 ? text | other text}"),
    ("Ink.<</if>>", "<</if>>", "a macro of Twine's (SugarCube)", "{x > 1 ? text | other text}"),
    ("<<set $x to 1>>", "<<set $x to 1>>", "a macro of Twine's (SugarCube)", "`do: x = 1`"),
    ("<<= $x>>", "<<= $x>>", "a macro of Twine's (SugarCube)", "`{x}`"),
    ("(set: $x to 1)", "(set: $x to 1)", "a macro of Twine's (Harlowe)", "`do: x = 1`"),
    ("(if: $x > 1)[much]", "(if: $x > 1)", "a macro of Twine's (Harlowe)", "{x > 1 ? text | other text}"),
    ("One.\n~ x = 1", "~ x = 1", "ink's logic", "`do: x = 1`"),
    ("~ x++", "~ x++", "ink's logic", "`do: x = 1`"),
    ("One.\n-> target\nTwo.", "-> target", "ink's divert", "`go: target`"),
    ("=== office ===", "=== office ===", "ink's knot", "`office:`"),
    ("*goto x\n*goto y", "*goto x", "a command of ChoiceScript's", "`go: x`"),
    ("*set x 3\n*set y 4", "*set x 3", "a command of ChoiceScript's", "`do: x = 1`"),
]


@pytest.mark.parametrize(("text", "place", "whose", "fix"), MARKS)
def test_a_mark_is_told_whose_it_is_and_what_to_write(text: str, place: str, whose: str, fix: str) -> None:
    found = next(foreign(text))
    assert (text[found.start : found.end], found.whose) == (place, whose)
    assert fix in found.fix


@pytest.mark.parametrize(
    "text",
    [
        "He points -> north, and she goes.",
        "Boards: pier -> ship\nand back.",
        "[sic] and \\[[so]] and [[a](card)]",
        "<<If you please,>> says the Finn. \\<<if so>>",
        "(if: only that) (set: two plates) (history: see below) (else: nothing)",
        "about ~ 3 = three\n~ a wave ~",
        "=====\n== and so on",
        "*if you* please, *goto\nthe pier*, *set about 30 men*\n*choice*",
        "It costs $5, or ${food}.",
        "{food > 1 ? a | b} -> {food}",
    ],
)
def test_what_only_looks_like_one_is_let_through(text: str) -> None:
    assert list(foreign(text)) == []


def office(*lines: str) -> str:
    return "office:\n" + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (office("text: |", "  Dry.", "  <<if $inked>>Ink.<<endif>>"), 4, 5),
        (office("title: '(set: $x to 1)'"), 2, 11),
        (office("choices:", "  - '[[Go on->home]]'"), 3, 8),
        (office("choices:", "  - say: <<link>>"), 3, 12),
        (office("choices:", "  - say: Go", "    text: |", "      -> home"), 5, 9),
    ],
)
def test_texts_and_labels_are_warned_of_at_the_place(small: Small, text: str, line: int, column: int) -> None:
    found = small.faults(text)
    assert {one.code for one in found} == {"foreign-syntax"}
    assert (found[0].level, found[0].at.line, found[0].at.column) == ("warning", line, column)
    assert found[0].fix.endswith("docs/coming-from.md has the rest")


def test_a_link_that_yaml_takes_for_a_list_is_told_the_label(small: Small) -> None:
    (found,) = small.faults(office("choices:", "  - [[Go on->home]]"))
    assert (found.code, found.at.line, found.at.column) == ("wrong-type", 3, 7)
    assert "write `- Go on -> home`" in found.fix


def test_a_command_whose_asterisk_is_never_closed_is_told_as_one(small: Small) -> None:
    (found,) = small.faults(office("text: |", "  Dry.", "  *finish"))
    assert (found.code, found.at.line, found.at.column) == ("bad-prose", 4, 5)
    assert "a command of ChoiceScript's" in found.message

"""A key in the wrong column is told where it stands, not where YAML stumbles over it."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from game.load.diagnostics import Faults
from game.load.nodes import TextFile, build

if TYPE_CHECKING:
    from game.load.diagnostics import Diagnostic

SCENE = """\
office:
  title: The office
  cast: [hester]
  text: |
    She said: sign, or go.
  choices:
    - say: Sign
      text: |
        Ink.
      go: home
    - say: Go
      do: food += 1
      go: home
  then:
    - text: |
        Later.
    - go: home
pier:
  go: office
"""
LESS, DEEPER = "less deep than its neighbours", "deeper than its neighbours"


def told(text: str) -> Diagnostic:
    """What is said of a text that is not YAML."""
    faults = Faults()
    assert build(text, TextFile("office.yaml", tuple(text.split("\n"))), faults) is None
    (found,) = faults
    return found


def moved(number: int, by: int) -> str:
    """The scene with one line moved, to the left if `by` is negative."""
    lines = SCENE.split("\n")
    lines[number - 1] = lines[number - 1][-by:] if by < 0 else " " * by + lines[number - 1]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("number", "by", "says"),
    [
        (2, -1, LESS),
        (2, 1, DEEPER),
        (3, -2, LESS),  # at the left edge, where only scenes stand
        (10, -1, LESS),
        (10, -2, LESS),
        (10, -4, LESS),  # a scene's own `go`, with the list going on below it
        (12, -1, LESS),
        (12, -2, LESS),
        (13, -1, LESS),
        (13, -2, LESS),
    ],
)
def test_the_line_that_was_moved_is_the_one_that_is_told(number: int, by: int, says: str) -> None:
    found = told(moved(number, by))
    assert (found.code, found.at.line) == ("yaml-syntax", number)
    assert says in found.message


def test_a_key_less_deep_than_its_list_item_is_told_the_column() -> None:
    assert told(moved(10, -1)).fix == "bring it to column 7, below `say` in line 7"


@pytest.mark.parametrize("number", [10, 11, 12, 13])
@pytest.mark.parametrize("by", [-3, -1, 1, 2, 3])
def test_every_key_of_the_choices_is_told_at_its_own_line(number: int, by: int) -> None:
    if number == 10 and by > 1:
        return  # it has become a line of the block above
    assert told(moved(number, by)).at.line == number


def test_a_colon_in_a_text_is_still_one() -> None:
    text = dedent("""\
        office:
          choices:
            - say: Sign
              note: see below
                and more: there
        """)
    assert told(text).code in ("colon-in-text", "yaml-syntax")
    assert told("office:\n  title: Pier: the line\n").code == "colon-in-text"

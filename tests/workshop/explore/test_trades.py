"""Trades and blind options, in a story whose every choice can be judged by eye."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from workshop.explore.coins import story_in

from game.workshop.explore.measure import blind, trades
from game.workshop.explore.spans import RANDOM, Span, play_span
from game.workshop.explore.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
# story.yaml
id: trade
title: Trade
version: 0.1.0
start: first
date: 1922-03-06
acts:
  - {id: one, title: One, turns: [7]}
  - {id: two, title: Two, turns: [7, 7]}
# variables.yaml
bread: {start: 2, range: 0 to 4, label: Bread, better: up}
debt: {start: 0, range: 0 to 4, label: Debt, better: down}
hidden: {start: 0, range: 0 to 4}
sure: {start: no}
# papers.yaml
letter: {title: A letter}
# endings.yaml
end_here: {title: Here}
# scenes.yaml
"""
FIRST = """\
first:
  choices:
    - {say: Left, %s}
    - {say: Right, %s}
  then:
    - do: wait turn
    - go: second
second:
  choices:
    - {say: Up, do: hidden += 1}
    - {say: Down, do: bread -= 1}
  then:
    - do: wait turn
    - go: third
third:
  text: |
    Nothing to choose.
  then:
    - ending: end_here
  parts:
    pay:
      do: debt += 1
      go: third
"""


def played(folder: Path, left: str, right: str) -> tuple:
    story = story_in(folder, HEAD + FIRST % (left, right))
    return story, play_span(story, Span(RANDOM, 0, 40, 1, listens=True)).tally


@pytest.mark.parametrize(
    ("left", "right", "forced"), [
    ("do: bread -= 1", "do: debt += 1", 1),
    ("do: bread -= 1", "do: debt -= 1", 0),
    ("do: bread -= 1", "do: hidden -= 1", 0),
    ("do: bread -= 1; debt -= 1", "do: bread = 1", 1),
    ("do: bread -= 1", "do: bread -= 1 if sure", 0),
    ("do: bread -= 1", "do: bread -= 1 if not sure", 1),
    # at the end of its range it cannot fall
    ("do: bread -= 1", "do: debt -= 4", 0),
    # what cannot be taken forces nobody
    ("do: bread -= 1", "do: hidden += 1, needs: {sure: You are not.}", 1),
    # the beats and parts of a body are its own
    ("do: bread -= 1", "then: [{if: bread > 1, do: debt += 1, else: [{do: hidden += 1}]}]", 1),
    ("do: bread -= 1", "then: [{if: bread > 2, do: debt += 1, else: [{do: hidden += 1}]}]", 0)]
)  # fmt: skip
def test_a_trade_is_forced_where_whatever_can_be_taken_makes_something_worse(tmp_path, left, right, forced):
    story, tally = played(tmp_path, left, right)
    # In the second act's first turn one option costs nothing; in its last there is no choice.
    assert trades(story, tally) == {"one": forced, "two": 0}
    assert tally.turns_read == {"one": 40, "two": 80}


def test_trades_merge_in_any_grouping(tmp_path):
    story, whole = played(tmp_path, "do: bread -= 1", "do: debt += 1")
    parts = [play_span(story, Span(RANDOM, a, b - a, 1, listens=True)).tally for a, b in pairwise((0, 6, 40))]
    merged = sum(parts, Tally())
    assert (merged.trades, merged.turns_read, merged.widest) == (whole.trades, whole.turns_read, whole.widest)
    assert whole.trades == {"one": 40}


def test_money_that_a_text_counts_out_is_seen(tmp_path):
    story = story_in(tmp_path, HEAD + (FIRST % ("do: hidden -= 1", "do: sure = yes")).replace("Nothing to", "With {hidden} to"))
    tally = play_span(story, Span(RANDOM, 0, 40, 1)).tally
    assert blind(story, tally)["options"] == ["first/left", "second/down", "second/up"]


@pytest.mark.parametrize(
    ("left", "options"), [
    ("do: bread -= 1", ["first/left", "second/down"]),
    ("do: bread -= 1, note: it costs bread", ["second/down"]),
    ("do: hidden -= 1", ["second/down"]),
    ("give: letter", ["first/left", "second/down"])]
)  # fmt: skip
def test_an_option_is_blind_that_changes_what_is_seen_and_says_nothing_of_it(tmp_path, left, options):
    story, tally = played(tmp_path, left, "do: sure = yes")
    assert blind(story, tally) == {"offered": 4, "options": options, "share": len(options) / 4}

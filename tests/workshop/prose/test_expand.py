"""The readings of a text: every branch, every two neighbouring branches, nothing that contradicts itself, and never too many."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.engine.expressions import parse_expression
from game.engine.prose import Node, parse_prose
from game.engine.source import Source
from game.workshop.prose.expand import LIMIT, Reading, Sample, readings
from game.workshop.prose.facts import Facts, assume


def read(text: str, snippets: dict[str, str] | None = None) -> list[Reading]:
    source = Source(text, "scenes.yaml", ((0, 1, 1),))
    trees = {name: parse_prose(inner) for name, inner in (snippets or {}).items()}
    return readings(parse_prose(text), source, trees, sample)


def sample(node: Node) -> list[Sample]:
    return [("six", None, (("n", "==", 6.0),), "`n` is 6"), ("nine", None, (("n", "==", 9.0),), "`n` is 9")]


def texts(text: str, snippets: dict[str, str] | None = None) -> set[str]:
    return {reading.text for reading in read(text, snippets)}


def test_a_text_without_logic_has_one_reading() -> None:
    assert texts("There is *soup*, and [bread](card).") == {"There is soup, and bread."}


def test_a_branch_that_may_be_left_out_is_read_and_left_out() -> None:
    assert texts("Soup{a ? , bread}.") == {"Soup.", "Soup, bread."}


def test_neighbours_are_read_beside_each_other_in_every_pairing() -> None:
    assert texts("{a ? A | b ? B | C}{x ? X | Y}") == {left + right for left, right in product("ABC", "XY")}


def test_a_branch_in_a_branch_meets_what_stands_behind_it() -> None:
    assert texts("{a ? {b ? B | b}! | A}{x ? X | Y}") == {left + right for left, right in product(("B!", "b!", "A"), "XY")}


def test_alternatives_are_each_read() -> None:
    assert texts("{seq | a | b | c}") == {"a", "b", "c"}
    assert texts("{once | a | b}") == {"a", "b", ""}


def test_two_that_count_the_same_visits_go_together() -> None:
    assert texts("{seq | a | b} {seq | c | d}") == {"a c", "b d"}
    assert texts("{once | a} {seq | c | d | e}") == {"a c", " d", " e"}


def test_a_value_is_read_in_every_sample_and_bounds_what_follows() -> None:
    assert texts("{n} {n > 7 ? many | few}") == {"six few", "nine many"}


def test_a_snippet_is_read_like_the_text_around_it() -> None:
    assert texts("{@they} {p == he ? is | are}", {"they": "{p == he ? he | they}"}) == {"he is", "they are"}
    assert texts("{@loop}", {"loop": "a {@loop}"}) == {"a "}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a ? A | B} {a ? A | B}", {"A A", "B B"}),
        ("{not a ? A | B} {a ? A | B}", {"A B", "B A"}),
        ("{p == x ? X | p == y ? Y | Z} {p == y ? Y | N}", {"X N", "Y Y", "Z N"}),
        ("{p != x ? N | X} {p == x ? X | N}", {"N N", "X X"}),
        ("{n > 3 ? H | L} {n < 2 ? l | h}", {"H h", "L l", "L h"}),
        ("{3 < n ? H | L} {n <= 3 ? l | h}", {"H h", "L l"}),
        ("{a and b ? B | N} {a ? A | -}", {"B A", "N A", "N -"}),
        ("{a or b ? B | N} {a ? A | -}", {"B A", "B -", "N -"}),
        ("{seen(a) ? A | B} {seen( a ) ? A | B}", {"A A", "B B"}),
    ],
)
def test_what_contradicts_itself_is_not_read(text: str, expected: set[str]) -> None:
    assert texts(text) == expected


def test_every_character_knows_where_it_was_written() -> None:
    text = "A \\{brace\\}\nand {c ?   x \\| y   | z} [here](card)"
    for reading in read(text):
        for offset, character in enumerate(reading.text):
            at = reading.at(offset, offset + 1)
            written = text[at.column - 1]  # one line: the column is the place
            assert written == character or (written == "\n" and character == " ")


def test_a_branch_says_when_it_is_read() -> None:
    when = {reading.text: reading.when(0, 1) for reading in read("{a ? x | b ? y | z}")}
    assert when == {"x": "`a`", "y": "`b`", "z": "neither of `a` or `b`"}
    assert {reading.when(0, 0) for reading in read("{a ? | x}")} == {"`a`", "not `a`"}


def test_there_are_never_more_than_the_limit() -> None:
    many = "".join(f"{{a{number} ? {' | '.join(f'c{number}{n} ? x' for n in range(12))}}}" for number in range(40))
    assert len(read(many)) == LIMIT
    assert len(read("{shuffle | " + " | ".join(f"w{number}" for number in range(300)) + "}")) == LIMIT


# random texts

words = st.sampled_from(["a", "b c", "d.", "e,"])


def logic(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions over one name each, so that none contradicts another; each branch holds a word of its own (`@`)."""
    branch = st.one_of(st.just("@"), inner.map(lambda text: f"@ {text}"))
    when = st.lists(branch, min_size=1, max_size=3).map(lambda found: "{" + " | ".join(f"$ ? {one}" for one in found) + " | @}")
    pick = st.lists(branch, min_size=2, max_size=3).map(lambda found: "{shuffle | " + " | ".join(found) + "}")
    return st.lists(st.one_of(words, when, pick), min_size=1, max_size=4).map(" ".join)


def filled(text: str) -> str:
    """Every `@` as a word of its own and every `$` as a name of its own."""
    number, made = 0, ""
    for sign in text:
        number += sign in "@$"
        made += f"w{number}w" if sign == "@" else f"x{number}" if sign == "$" else sign
    return made


def leaves(text: str) -> set[str]:
    return {word.strip("{}|,.") for word in text.split() if word.strip("{}|,.").startswith("w")}


@settings(max_examples=150, deadline=None)
@given(st.recursive(words, logic, max_leaves=12).map(filled))
def test_every_branch_of_any_text_is_read_within_the_limit(text: str) -> None:
    found = read(text)
    assert 1 <= len(found) <= LIMIT
    read_words = {word.strip("{}|,.") for reading in found for word in reading.text.split()}
    if len(leaves(text)) <= LIMIT:
        assert leaves(text) <= read_words
    assert len({reading.text for reading in found}) >= 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_every_pair_of_neighbours_is_read_while_the_limit_allows(sizes: list[int]) -> None:
    """A row of forks with up to five branches each: pairs need at most 25 readings."""
    text = " ".join(
        "{" + " | ".join([*(f"x{row}x{one} ? r{row}b{one}" for one in range(size)), f"r{row}b{size}"]) + "}"
        for row, size in enumerate(sizes)
    )
    found = [reading.text.split() for reading in read(text)]
    pairs = {pair for words in found for pair in pairwise(words)}
    for row in range(len(sizes) - 1):
        left = [f"r{row}b{one}" for one in range(sizes[row] + 1)]
        right = [f"r{row + 1}b{one}" for one in range(sizes[row + 1] + 1)]
        assert set(product(left, right)) <= pairs
    assert len(found) <= LIMIT


# facts


@pytest.mark.parametrize(
    ("known", "test", "possible"),
    [
        ("a", "a", True),
        ("a", "not a", False),
        ("a and b", "not b", False),
        ("not (a or b)", "b", False),
        ("a or b", "not a", True),
        ("n >= 3", "n < 3", False),
        ("n > 3", "n == 3", False),
        ("n == 3", "n != 3", False),
        ("n > -2", "n < -3", False),
        ("n > 3", "m < 3", True),
        ("p == x", "p == y", False),
        ("p != x", "p == x", False),
        ("p != x", "p == y", True),
        ("1 < n < 3", "n > 5", True),  # a chain is taken as it stands
    ],
)
def test_plain_contradictions_are_noticed(known: str, test: str, possible: bool) -> None:
    facts: Facts | None = assume(parse_expression(known), True, {})
    assert facts is not None
    assert (assume(parse_expression(test), True, facts) is not None) is possible

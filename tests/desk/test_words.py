"""Words, and text made fit to print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desk.words import clean, counted, declared, listed, paragraphs, plain_lines, sentence
from game.engine.page import Block, Span


@pytest.mark.parametrize(("number", "words"), [(0, "no words"), (1, "1 word"), (2, "2 words")])
def test_counts(number: int, words: str) -> None:
    assert counted(number, "word") == words


@pytest.mark.parametrize(("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_lists(items: list[str], words: str) -> None:
    assert listed(items) == words


@pytest.mark.parametrize(("text", "words"), [("he left", "He left."), ("Why?", "Why?"), ("", ""), ("“No.”", "“No.”")])
def test_sentences(text: str, words: str) -> None:
    assert sentence(text) == words


def test_a_declared_text_knows_emphasis_and_nothing_else() -> None:
    (block,) = declared("The *Rotterdam* sails **late**; 2 * 3 * 4 [no](link)")
    assert [(span.text, span.em, span.strong) for span in block.spans] == [
        ("The ", False, False), ("Rotterdam", True, False), (" sails ", False, False), ("late", False, True),
        ("; 2 * 3 * 4 [no](link)", False, False),
    ]  # fmt: skip


def test_a_declared_text_has_paragraphs_where_it_has_empty_lines() -> None:
    assert paragraphs("One\nand one.\n\nTwo.\n") == ("One and one.", "Two.")


@given(st.text())
def test_clean_text_is_one_line_that_steers_no_terminal(text: str) -> None:
    found = clean(text)
    found.encode("utf-8")
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 or character in "\u2028\u2029\u202e" for character in found)


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_clean_text_keeps_every_letter(text: str) -> None:
    assert clean(text) == text


def test_blocks_are_lines_without_marks_and_headings_are_said() -> None:
    blocks = (
        Block("break"),
        Block("title", (Span("The pier"),)),
        Block("subtitle", (Span("6 May"),)),
        Block("text", (Span("A "), Span("tall", em=True), Span(" "), Span("ship", strong=True), Span(".", card="ship"))),
        Block("break"),
        Block("break"),
        Block("change", (Span("They trust you"),)),
        Block("break"),
    )
    assert plain_lines(blocks) == ("Scene: The pier", "6 May", "A tall ship.", "", "Changed: They trust you.")

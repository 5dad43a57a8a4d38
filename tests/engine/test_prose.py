"""Text with inline logic: what is read on the page, and what is refused."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.prose import ProseChecker, ProseFault, parse_prose, without_logic
from game.engine.render import in_words, line, link_prose, to_blocks
from game.engine.story import VariableInfo
from game.engine.types import DATE, NUMBER, TEXT, TRUTH, WHOLE, Checker, Names, Type

NAMES = Names(
    variables={"coal": WHOLE, "share": NUMBER, "lied": TRUTH, "name": TEXT, "origin": Type("word", ("finn",)), "paid": DATE},
    cards=frozenset({"clause"}),
    target=lambda name: None,
)
VARIABLES = {
    "coal": VariableInfo("coal", "whole", 0, scale=((0, "none"), (3, "a heap"))),
    "origin": VariableInfo("origin", "word", "finn", words={"finn": "a Finn from the Mesabi"}),
}
VALUES = {"coal": 4, "share": 0.256, "lied": True, "name": "Anna", "origin": "finn", "paid": dt.date(1922, 3, 6)}
SNIPPETS = {"who": parse_prose("{name}, {origin}")}


def machine(visits: int = 1) -> Any:
    state = SimpleNamespace(visits={"office": (visits, dt.date(1922, 3, 6))}, seed=1, date=dt.date(1922, 3, 6))
    return SimpleNamespace(vars=VALUES, state=state, story=SimpleNamespace(variables=VARIABLES, places={}, acts=()))


def code(text: str) -> tuple[list[Any], list[Any]]:
    checker = Checker(NAMES, lambda spelled: spelled, random=False)
    found = ProseChecker(checker, "office", scaled=frozenset({"coal"}), snippets=SNIPPETS).check(parse_prose(text))
    return found, checker.faults


def read(text: str, visits: int = 1) -> str:
    """The paragraphs, parted by a slash."""
    found, faults = code(text)
    assert faults == []
    return " / ".join(block.text for block in to_blocks(link_prose(found)(machine(visits)), "office"))


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Plain words.", "Plain words."),
        ("One\nline.\n\nAnother\n  paragraph.\n", "One line. / Another paragraph."),
        ("{coal} carts", "4 carts"),
        ("{coal + 1:words cap} carts", "Five carts"),
        ("{share:.1f} or {share}", "0.3 or 0.256"),
        ("There is {coal:scale}.", "There is a heap."),
        ("{paid}; {paid:d month}; {paid:weekday d month, year}", "6 March 1922; 6 March; Monday 6 March, 1922"),
        ("{name} is {origin}.", "Anna is a Finn from the Mesabi."),
        ("{@who}.", "Anna, a Finn from the Mesabi."),
        ("Hester{lied ? , not looking up}.", "Hester, not looking up."),
        ("{coal < 1 ? none | coal < 3 ? some | enough}", "enough"),
        ("{coal < 1 ? none}", ""),
        ("{lied ? Who are you? | Why?}", "Who are you?"),
        ("{lied ? {coal > 3 ? both} | not}", "both"),
        ("A {coal < 1 ? cold} stove {coal < 1 ? here}.", "A stove."),
        ("{lied\n  ? wrapped by\n  an editor}", "wrapped by an editor"),
        ("*soft* and **hard** and [a clause](clause)", "soft and hard and a clause"),
        ("two * three * four", "two * three * four"),
        (r"\{braces\} \| \*stars\* \[x\]", "{braces} | *stars* [x]"),
        ("[not a link]", "[not a link]"),
        ("He waits <>\n\nand goes.", "He waits and goes."),
        ("He waits<>\n\n, and goes.", "He waits, and goes."),
    ],
)
def test_a_text_reads_as_it_is_written(text: str, reads: str) -> None:
    assert read(text) == reads


def test_ways_of_picking_count_the_visits_of_their_scope() -> None:
    def laps(text: str) -> list[str]:
        return [read(text, visits) for visits in range(1, 6)]

    assert laps("{seq | a | b | c}") == ["a", "b", "c", "c", "c"]
    assert laps("{cycle | a | b}") == ["a", "b", "a", "b", "a"]
    assert laps("x{once | a | b}") == ["xa", "xb", "x", "x", "x"]
    shuffled = [read("{shuffle | a | b | c}", visits) for visits in range(1, 7)]
    assert sorted(shuffled[:3]) == sorted(shuffled[3:]) == ["a", "b", "c"]


def test_emphasis_and_cards_become_spans() -> None:
    found, _ = code("A *soft **both*** [word](clause).")
    spans = to_blocks(link_prose(found)(machine()), "office")[0].spans
    assert [(span.text, span.em, span.strong, span.card) for span in spans] == [
        ("A ", False, False, ""), ("soft ", True, False, ""), ("both", True, True, ""), (" ", False, False, ""),
        ("word", False, False, "clause"), (".", False, False, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says", "place"),
    [
        ("open {coal", "never closed", "{"),
        ("close }", "nothing opens this", "}"),
        ("*never", "never closed", "*"),
        ("{lied? yes}", "a `?` between spaces", "?"),
        ("{a | b}", "alternatives begin with", "{a |"),
        ("{coal +}", "expected a value", ""),
        ("a {{coal}} b", "one brace opens logic here, not two", "{{coal}}"),
        ("{$coal}", "a variable has no `$` in front of it here", "$coal"),
        ("{lied ? a | b | c}", "nothing can follow", "|"),
        ("{lied ? " * 20, "nested deeper than 12 levels", ""),
    ],
)
def test_a_slip_in_a_text_is_named_at_its_place(text: str, says: str, place: str) -> None:
    with pytest.raises(ProseFault) as caught:
        parse_prose(text)
    assert says in caught.value.message
    assert place in text[caught.value.start : caught.value.end]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{caol}", "unknown-name"),
        ("[word](klause)", "unknown-card"),
        ("{@hwo}", "unknown-snippet"),
        ("{coal:scael}", "bad-format"),
        ("{share:words}", "bad-format"),
        ("{name:scale}", "bad-format"),
        ("{roll(1, 6)}", "chance-in-text"),
        ("{coal ? a}", "type-mismatch"),
        ("Hello, ${name}.", "foreign-syntax"),
        ("A ${origin}.", "foreign-syntax"),
    ],
)
def test_names_and_kinds_inside_text_are_checked(text: str, fault: str) -> None:
    assert [found.code for found in code(text)[1]] == [fault]


def test_a_sum_of_money_is_no_foreign_mark() -> None:
    assert code("It costs ${coal}, or {lied ? $ | no $} {name}.")[1] == []


def test_a_label_without_its_logic_is_what_an_id_is_made_from() -> None:
    assert without_logic(parse_prose("Ask {name} for *more* [bread](clause){lied ? now}")).split() == [
        "Ask",
        "for",
        "more",
        "bread",
    ]


@given(st.text(max_size=200) | st.text(alphabet="ab {}|*?@<>[]()\\\n:", max_size=120))
def test_any_text_parses_or_is_refused_in_its_own_bounds(text: str) -> None:
    try:
        parse_prose(text)
    except ProseFault as fault:
        assert fault.message
        assert 0 <= fault.start <= len(text)


WORDS = st.text(
    alphabet=st.characters(codec="utf-8", categories=("L", "N"), include_characters=" ,.;'-"), min_size=1, max_size=60
)


@given(WORDS)
def test_words_without_signs_come_through_untouched(text: str) -> None:
    tidy = " ".join(text.split())
    assert line(link_prose(code(text)[0])(machine())).replace(" ", "") == tidy.replace(" ", "")


@given(st.text(alphabet="ab{}|*?[]<>\\", max_size=40))
def test_an_escaped_text_reads_as_itself(text: str) -> None:
    escaped = "".join(f"\\{char}" if char in "{}|*[]<>\\" else char for char in text)
    assert read(escaped) == text.strip()


@given(st.integers(-(10**5), 10**6 - 1))
def test_numbers_in_words_are_different_for_different_numbers(number: int) -> None:
    assert in_words(number) != in_words(number + 1)

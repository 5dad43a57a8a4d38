"""One line of a life's file."""

from __future__ import annotations

from json import loads

from hypothesis import given
from hypothesis import strategies as st

from game.saves.lines import cut, decode, encode, printable, size, typed

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
records = st.dictionaries(st.sampled_from("abcdef"), st.one_of(texts, st.integers(0, 10**9), st.lists(texts, max_size=3)))


@given(records)
def test_a_line_is_json_and_comes_back(record):
    line = encode({"i": 7, **record})
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == {"i": 7, **record}
    assert {key: value for key, value in loads(line).items() if key != "sum"} == {"i": 7, **record}


@given(records, st.data())
def test_any_changed_byte_is_noticed(record, data):
    line = bytearray(encode({"i": 7, **record})[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    assert decode(bytes(line)) is None


@given(records, st.data())
def test_any_torn_line_is_noticed(record, data):
    line = encode({"i": 7, **record})[:-1]
    assert decode(line[: data.draw(st.integers(0, len(line) - 1))]) is None


@given(st.text(max_size=200), st.integers(0, 120))
def test_a_cut_text_fits_and_is_a_beginning(text, most):
    short = cut(text, most)
    assert text.startswith(short)
    assert size(short) <= most
    assert short == text or size(text[: len(short) + 1]) > most


def test_labels_are_cut_on_a_character():
    assert cut("Ё" * 60) == "Ё" * 48


@given(st.text(max_size=300))
def test_a_typed_answer_is_one_line_of_whole_characters_that_a_line_can_hold(text):
    answer = typed(text)
    assert size(answer) <= 96
    assert not any(ord(character) < 32 for character in answer)
    assert typed(answer) == answer


def test_half_characters_from_a_terminal_do_no_harm():
    assert printable("Ve\udcd0ra\x1b[2J\tReed\n") == "Ve?ra[2J Reed"


def test_deep_nesting_and_wrong_kinds_are_damage():
    import zlib

    for body in (b'{"i":1,"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}", b'{"i":true}', b'{"i":-1}', b'["i",1]', b'{"a":1}'):
        line = body[:-1] + b',"sum":"%08x"}' % zlib.crc32(body)
        assert decode(line) is None

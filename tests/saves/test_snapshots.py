"""States as text: whole, and as what has changed."""

from __future__ import annotations

import zlib
from base64 import b85encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine import turn
from game.saves.snapshots import LARGEST, delta, pack, patched, restore, unpack

plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text("ab$", max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text("ab$", max_size=3), inner, max_size=4)),
    max_leaves=20,
)


@given(plain)
def test_packed_data_comes_back(data):
    text = pack(data)
    assert unpack(text) == data
    assert '"' not in text
    assert "\\" not in text


@given(plain, plain)
def test_what_has_changed_makes_the_new_of_the_old(old, new):
    assert patched(old, unpack(pack(delta(old, new)))) == new


def test_a_list_that_moves_on_costs_only_what_is_new():
    assert delta([1, 2, 3, 4], [2, 3, 4, 5]) == [2, 1, [5]]


def test_a_state_comes_back(tiny):
    state, _ = turn.begin(tiny, 3)
    state, _ = turn.answer(tiny, state, "Vera")
    assert restore(unpack(pack(state.to_json()))) == state


def test_a_bomb_is_refused():
    bomb = b85encode(zlib.compress(b"[" + b"1," * LARGEST + b"1]", 9)).decode()
    with pytest.raises(ValueError, match="too large"):
        unpack(bomb)


@given(plain, plain)
def test_any_other_patch_is_refused_or_gives_a_value(old, change):
    try:
        patched(old, change)
    except ValueError as error:
        assert str(error)


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        restore(unpack(text))


TABLES = ["visits", "taken", "draws", "hands", "met", "offered", "stack", "papers", "packs", "series", "causes"]


@pytest.mark.parametrize("name", TABLES)
def test_a_state_of_wrong_shapes_is_refused(tiny, name):
    state, _ = turn.begin(tiny, 3)
    data = state.to_json()
    data[name] = {"x": {"y": 1}} if isinstance(data[name], dict) else [[["x"]]]
    with pytest.raises(ValueError, match="damaged"):
        restore(data)

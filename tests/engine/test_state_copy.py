"""A copied state is equal and its own: whatever a step changes, the state before stays as it was."""

from __future__ import annotations

from datetime import date

from game.engine.state import State


def test_a_copy_has_every_part_and_tables_of_its_own():
    tables = {"packs", "vars", "visits", "taken", "draws", "hands", "met", "series", "causes"}
    state = State()
    for number, name in enumerate(State.__slots__):
        setattr(state, name, {"a": number} if name in tables else (number,))
    state.date = date(1922, 3, 6)
    copied = state.copy()
    assert copied == state
    for name in tables:
        getattr(copied, name)["b"] = 1
        assert "b" not in getattr(state, name)

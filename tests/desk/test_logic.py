"""Logic read back from its code: as the author wrote it, and what of it fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desk.logic import in_the_way, spelled
from game.engine.expressions import parse_expression
from game.engine.machine import Machine
from game.engine.turn import begin, set_variable
from game.engine.types import Checker, Names, Type

KINDS = {
    "trust": Type("whole"), "coal": Type("number"), "mood": Type("word", ("plain", "glad")), "open": Type("truth"),
    "due": Type("date"), "rest": Type("span"), "name": Type("text"),
}  # fmt: skip
NAMES = Names(
    KINDS, people=frozenset({"gusev"}), papers=frozenset({"ticket"}), cards=frozenset({"tom"}), places=("bank",), acts=("near",),
    target=lambda name: name, taken=lambda name: [name],
)  # fmt: skip


def code_of(text):
    checker = Checker(NAMES, lambda spelled: spelled)
    code, _ = checker.value(parse_expression(text))
    assert not checker.faults, checker.faults
    return code


@pytest.mark.parametrize("text", [
    "trust >= 5",
    "1 <= trust < 5",
    "not open",
    "trust > 2 and (open or mood == glad)",
    "not (open and mood != glad)",
    "mood in (plain, glad)",
    "trust not in (1, 2)",
    "trust - (2 - 1) > coal * 2 + 1",
    "-(trust + 1) // 2 == -3 % 2",
    "date >= 1922-11-01",
    "date + 2 weeks > due - 3 days",
    "since(office.door) > 2 months",
    "seen(office) and visits(office) > 2",
    "has(ticket) or knows(tom) or met(gusev)",
    "taken(office.sweep)",
    "chance(0.5)",
    "roll(1, 6) > 3",
    "min(trust, 3) == max(1, abs(-2))",
    '(1 if open else 2) > trust',
    'name == "Anna Reed"',
    "place == bank and act == near and turn > 1",
    "rest < 2 weeks",
])  # fmt: skip
def test_code_is_spelled_as_it_was_written(text):
    assert spelled(code_of(text)) == text


numbers = st.one_of(st.integers(0, 9).map(str), st.just("trust"))
sums = st.recursive(
    numbers,
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
    max_leaves=5,
)
tests = st.recursive(
    st.one_of(st.tuples(sums, st.sampled_from(["<", ">=", "=="]), sums).map(" ".join), st.sampled_from(["open", "seen(office)"])),
    lambda inner: st.one_of(
        inner.map(lambda it: f"not ({it})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda it: f"({it[0]}) {it[1]} ({it[2]})"),
    ),
    max_leaves=6,
)


@given(tests)
def test_what_is_spelled_means_the_same(text):
    code = code_of(text)
    assert code_of(spelled(code)) == code


@pytest.mark.parametrize(("text", "said"), [
    ("trust >= 5", ["trust >= 5: trust is 3"]),
    ("trust >= 3 and open and mood == glad", ["open: open is no", "mood == glad: mood is plain"]),
    ("trust > 5 or open", ["trust > 5 or open: trust is 3; open is no"]),
    ("not (trust == 3)", ["not trust == 3: trust is 3"]),
    ("seen(pit)", ["seen(pit): pit was not seen yet"]),
    ("not seen(office)", ["not seen(office): office was seen once, last on 1922-06-01"]),
    ("taken(office.sweep)", ["taken(office.sweep): office.sweep was not taken"]),
    ("has(ticket)", ["has(ticket): ticket is not carried"]),
    ("date > due", ["date > due: date is 1922-06-01; due is 1922-07-01"]),
    ("chance(0)", ["chance(0) (chance decides this anew each time it is asked)"]),
    ("no", ["no"]),
    ("open if trust > 5 else trust > 7", ["open if trust > 5 else trust > 7: trust is 3; open is no"]),
])  # fmt: skip
def test_what_fails_is_told_with_the_values_of_now(works, text, said):
    state, _ = begin(works, 1)
    machine = Machine(works, set_variable(works, state, "trust", "3"), False)
    assert list(in_the_way(machine, code_of(text))) == said

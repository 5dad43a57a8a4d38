"""Expressions: what they mean, what is refused and where, and that nothing an author types can crash or compute anything else."""

from __future__ import annotations

import datetime as dt
import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.calendar import Period
from game.engine.evaluate import must
from game.engine.expressions import Expr, ExpressionFault, parse_effects, parse_expression, parse_routes
from game.engine.types import DATE, NUMBER, SPAN, TEXT, TRUTH, WHOLE, Checker, Names, Type

ORIGIN = Type("word", ("finn", "dutch"))
NAMES = Names(
    variables={"coal": WHOLE, "share": NUMBER, "lied": TRUTH, "name": TEXT, "origin": ORIGIN, "paid": DATE, "leave": SPAN},
    rules={"trusted": (["compare", ["var", "coal"], ">", ["lit", 3]], 3)},
    people=frozenset({"eino"}),
    papers=frozenset({"contract"}),
    cards=frozenset({"clause"}),
    places=("pier", "ship"),
    acts=("prologue",),
    target=lambda name: name if name in ("office", "office.door") else None,
    taken=lambda name: ["office/moscow"] if name == "office.moscow" else None,
    targets=("office", "office.door"),
)
VALUES = {
    "coal": 5,
    "share": 0.5,
    "lied": False,
    "name": "Anna",
    "origin": "finn",
    "paid": dt.date(1922, 3, 6),
    "leave": Period(0, 14),
}


def machine(**changes: Any) -> Any:
    """What linked code reads: only as much of a machine as these expressions need."""
    state = SimpleNamespace(
        date=dt.date(1922, 5, 31), place="pier", visits={"office": (2, dt.date(1922, 5, 1))}, taken={"office/moscow": 1},
        papers=("contract",), cards=(), met={"eino": ()}, seed=1,
    )  # fmt: skip
    return SimpleNamespace(vars=VALUES | changes, state=state, again=lambda site: 0)


def value(text: str, **changes: Any) -> Any:
    checker = Checker(NAMES, lambda spelled: spelled)
    code, _ = checker.value(parse_expression(text))
    assert checker.faults == [], checker.faults
    assert json.loads(json.dumps(code)) == code, "code is plain data"
    return must(code)(machine(**changes))


def faults(text: str) -> list[tuple[str, str]]:
    checker = Checker(NAMES, lambda spelled: spelled, random=False)
    checker.truth(parse_expression(text))
    return [(fault.code, text[fault.start : fault.end]) for fault in checker.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("7 // 2 + 7 % 2", 4),
        ("7 / 2", 3.5),
        ("-coal + 1", -4),
        ("1 < coal <= 5", True),
        ("1 < coal < 5", False),
        ("coal > 3 and not lied or no", True),
        ("origin == finn", True),
        ("finn != origin", False),
        ("origin in (dutch, finn)", True),
        ("origin not in (dutch)", True),
        ("coal in (1, 5)", True),
        ('name == "Anna"', True),
        ("1 if lied else 2 if coal == 4 else 3", 3),
        ("trusted and seen(office)", True),
        ("seen(office.door)", False),
        ("visits(office) + visits(office.door)", 2),
        ("taken(office.moscow)", True),
        ("has(contract) and not knows(clause) and met(eino)", True),
        ("min(coal, 2) + max(1, 2, 3) + abs(-1) + round(2.6)", 9),
        ("date > 1922-05-30", True),
        ("date - paid > 12 weeks", True),
        ("paid + 1 month == 1922-04-06", True),
        ("1922-01-31 + 1 month == 1922-02-28", True),
        ("since(office) >= 1 month", False),
        ("since(office) >= 30 days", True),
        ("since(office.door) > 90 years", True),
        ("leave == 2 weeks", True),
        ("2 * 1 week == leave", True),
        ("place == pier", True),
        ("coal / 0 + coal // 0 + coal % 0", 0),
        ("chance(0) or not chance(1)", False),
        ("roll(3, 3)", 3),
    ],
)
def test_an_expression_has_the_value_that_it_reads_as(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("caol > 3", "unknown-name", "caol"),
        ("origin == fin", "unknown-name", "fin"),
        ("seen(offise)", "unknown-target", "offise"),
        ("has(contrat)", "unknown-paper", "contrat"),
        ("knows(klause)", "unknown-card", "klause"),
        ("met(aino)", "unknown-person", "aino"),
        ("taken(office.mosco)", "unknown-name", "office.mosco"),
        ("coal", "type-mismatch", "coal"),
        ("coal > yes", "type-mismatch", "yes"),
        ("name < name", "type-mismatch", "name"),
        ("date > 3", "type-mismatch", "3"),
        ("coal + name > 1", "type-mismatch", "coal + name"),
        ("lied and coal", "type-mismatch", "coal"),
        ("min(1) > 0", "wrong-arguments", "min(1)"),
        ("chance(0.5)", "chance-in-text", "chance(0.5)"),
        ("system(1) > 0", "unknown-name", "system(1)"),
        ("office", "unknown-name", "office"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(text: str, code: str, place: str) -> None:
    assert faults(text)[0] == (code, place)


@pytest.mark.parametrize(
    ("text", "says", "fix"),
    [
        ("coal = 3", "got `=`", "write `==` to compare; `=` stands only in `do`"),
        ("coal > = 3", "got `=`", "write `>=`"),
        ("coal < = 3", "got `=`", "write `<=`"),
        ("coal ! = 3", "`! =` is not of this language", "write `!=`"),
        ("coal != = 3", "got `=`", "write `!=`"),
        ("coal = = 3", "got `=`", "write `==`"),
        ("coal === 3", "got `=`", "write `==`"),
        ("coal => 3", "got `=`", "write `>=`"),
        ("coal =< 3", "got `=`", "write `<=`"),
        ("coal =! 3", "`=!` is not of this language", "write `!=`"),
        ("coal <> 3", "got `>`", "write `!=`"),
        ("$coal > 3", "a variable has no `$` in front of it here", "write `coal`"),
        ("not $coal", "a variable has no `$` in front of it here", "write `coal`"),
        ("coal && lied", "`&&` is not of this language", "write `and`"),
        ("!lied", "`!` is not of this language", "write `not`"),
        ("True", "`True` is not of this language", "write `yes`"),
        ("coal +", "expected a value; got the end", ""),
        ("coal 3", "expected an operator or the end; got `3`", ""),
        ("1922-02-30 < date", "the calendar has no 1922-02-30", ""),
        ('"open', "this text has no closing quotation mark", ""),
        ("coal.__class__()", "", ""),
        ("x[0]", "`[` has no meaning in an expression", ""),
        ("12monkeys", "this is neither a number, a date (1924-03-02) nor a name", ""),
        ("(" * 50 + "1" + ")" * 50, "this expression is nested deeper than 40 levels", ""),
        ("1 + " * 200 + "1", "more than 160 terms in one chain", ""),
        ("1 " * 2000, "this expression is 4,000 characters long; 2,000 is the limit", ""),
    ],
)
def test_a_slip_is_answered_with_a_sentence_and_a_fix(text: str, says: str, fix: str) -> None:
    try:
        checker = Checker(NAMES, lambda spelled: spelled)
        checker.value(parse_expression(text))
        assert checker.faults
    except ExpressionFault as fault:
        assert says in fault.message
        assert fault.fix == fix
        assert 0 <= fault.start <= fault.end <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("coal + = 1", "write `+=`"),
        ("coal++", "write `+= 1`"),
        ("coal += 1 if coal => 3", "write `>=`"),
        ("coal = > 3", ""),
        ("$coal = 3", "write `coal`"),
        ("~ coal = 3", "write the effect alone, as in `do: x += 1`"),
    ],
)
def test_a_torn_or_foreign_effect_is_told_what_to_write(text: str, fix: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse_effects(text)
    assert caught.value.fix == fix


def test_effects_may_be_guarded_and_joined() -> None:
    kinds = [
        (effect.kind, effect.name)
        for effect in parse_effects("coal += 1 if lied; wait 2 weeks; wait turn; learn clause; lied = yes;")
    ]
    assert kinds == [("+=", "coal"), ("wait", ""), ("turn", ""), ("learn", "clause"), ("=", "lied")]
    assert parse_effects("coal = 1 if lied else 2")[0].guard is None
    assert parse_effects("wait until 1922-07-01 if lied")[0].guard is not None


def test_each_of_several_effects_knows_where_it_stands() -> None:
    text = "coal += 1; lied = yes if not met(eino); food = (2 + coal) * 3 ;"
    found = parse_effects(text)
    assert [text[effect.start : effect.end] for effect in found] == ["coal += 1", "lied = yes", "food = (2 + coal) * 3"]
    assert found[1].guard is not None
    assert text[found[1].guard.start : found[1].guard.end] == "not met(eino)"
    assert found[2].value is not None
    assert [text[arg.start : arg.end] for arg in found[2].value.args] == ["2 + coal", "3"]
    assert parse_effects("name = 'a;b'; coal = 1")[1].start == 14


@pytest.mark.parametrize(
    ("text", "start"), [("coal += 1; lied =; x = 1", 17), ("coal += 1;; x = 1", 10), ("; coal = 1", 0), ("a = 1; b = $", 11)]
)
def test_a_fault_in_one_of_several_effects_stands_where_it_is(text: str, start: int) -> None:
    with pytest.raises(ExpressionFault) as caught:
        parse_effects(text)
    assert caught.value.start == start


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("coal = 1 / 2", "type-mismatch"),
        ("lied += yes", "type-mismatch"),
        ("origin = french", "unknown-name"),
        ("caol += 1", "unknown-variable"),
        ("date = 1922-07-01", "unknown-variable"),
        ("learn klause", "unknown-card"),
        ("wait 3", "type-mismatch"),
        ("coal += 1 if coal", "type-mismatch"),
    ],
)
def test_an_effect_that_does_not_fit_is_named(text: str, code: str) -> None:
    checker = Checker(NAMES, lambda spelled: spelled)
    checker.effect(parse_effects(text)[0])
    assert [fault.code for fault in checker.faults] == [code]


def test_routes_end_in_one_without_a_condition() -> None:
    routes = parse_routes("refused if lied else winter/camp if coal > 3 else office.door")
    assert [(test is None, target) for test, target, _, _ in routes] == [
        (False, "refused"),
        (False, "winter/camp"),
        (True, "office.door"),
    ]
    with pytest.raises(ExpressionFault, match="where to go otherwise"):
        parse_routes("refused if lied")


# Properties

WHOLES = st.integers(0, 99)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, int]:
    """A sum of whole numbers as text, and what it comes to by Python's own rules for the same signs."""
    if depth == 0 or draw(st.booleans()):
        number = draw(WHOLES)
        return str(number), number
    left, a = draw(sums(depth - 1))
    right, b = draw(sums(depth - 1))
    sign = draw(st.sampled_from(["+", "-", "*"]))
    return f"({left} {sign} {right})", {"+": a + b, "-": a - b, "*": a * b}[sign]


@given(sums())
def test_arithmetic_agrees_with_arithmetic(case: tuple[str, int]) -> None:
    text, expected = case
    assert value(text) == expected


@given(WHOLES, WHOLES, WHOLES)
def test_a_chain_is_both_of_its_comparisons(a: int, b: int, c: int) -> None:
    assert value(f"{a} < {b} <= {c}") == (a < b <= c)


@given(st.text(max_size=80) | st.text(alphabet="abc()+-*/<>=! .,;'\"0123456789ifelsnortd", max_size=120))
def test_any_text_parses_or_is_refused_in_its_own_bounds(text: str) -> None:
    for parse in (parse_expression, parse_effects, parse_routes):
        try:
            parse(text)
        except ExpressionFault as fault:
            assert fault.message
            assert 0 <= fault.start <= len(text)
            assert fault.start <= fault.end


def _positions(tree: Expr) -> list[tuple[int, int]]:
    return [(tree.start, tree.end), *(place for arg in tree.args for place in _positions(arg))]


@given(sums())
def test_every_node_knows_where_it_stands(case: tuple[str, int]) -> None:
    text, _ = case
    for start, end in _positions(parse_expression(text)):
        assert 0 <= start < end <= len(text)

"""Conditions that can only come out one way, and facts that are asked for before they can be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.calendar import Period, long_date
from game.engine.evaluate import LARGEST
from game.load.diagnostics import Faults
from game.workshop.analysis.conditions import Asked, Conditions, parts
from game.workshop.analysis.logic import FACTS, Code, Env, refine, value
from game.workshop.analysis.values import ANY_DAY, Interval, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.expressions import Expr
    from game.engine.model import Logic, Model, Source
    from game.engine.source import At
    from game.load.diagnostics import Diagnostic
    from game.load.lower_scene import Written
    from game.workshop.analysis.flow import Flow

FEW_WORDS = 4
_JOINING = ("and", "or", "not")


class _Verdict:
    """What became of one condition over all the places where it is asked."""

    __slots__ = ("asked", "fails", "holds")

    def __init__(self, asked: Asked) -> None:
        self.asked, self.holds, self.fails = asked, False, False

    def add(self, asked: Asked) -> None:
        self.holds = self.holds or refine(asked.code, asked.env, True) is not None
        self.fails = self.fails or refine(asked.code, asked.base, False) is not None


class _Fact(NamedTuple):
    """A fact asked for; `never`: nothing that makes it so comes before."""

    source: Source
    tree: Expr
    code: Code
    never: bool


_Key = tuple[int, int, int]


def _key(source: Source, tree: Expr) -> _Key:
    return id(source), tree.start, tree.end


class Verdicts:
    """What became of every condition, by its place; a choice that several sets include is one."""

    def __init__(self, flow: Flow, model: Model, written: dict[str, Written]) -> None:
        self.flow = flow
        self.found: dict[_Key, _Verdict] = {}
        self.facts: dict[_Key, _Fact] = {}
        for asked in Conditions(flow, model, written).all():
            for one in (asked, *_terms(asked)) if asked.tree.kind in _JOINING else (asked,):
                key = _key(one.source, one.tree)
                verdict = self.found.get(key)
                if verdict is None:
                    verdict = self.found[key] = _Verdict(one)
                verdict.add(one)
            for fact in _facts(asked.source, asked.tree, asked.code, asked.env):
                key = _key(fact.source, fact.tree)
                if not fact.never or key not in self.facts:
                    self.facts[key] = fact

    def only(self, logic: Logic | None) -> bool | None:
        """What this condition always comes to, or None where it comes to either, or is never asked."""
        found = None if logic is None else self.found.get(_key(logic.source, logic.tree))
        return None if found is None or found.holds == found.fails else found.holds


def dead_conditions(verdicts: Verdicts, model: Model) -> tuple[Diagnostic, ...]:
    """Conditions of storylets that never hold are left to `storylet-never-opens` and `event-never-fires`."""
    faults = Faults()
    unseen = [_at(fact.source, fact.tree) for fact in verdicts.facts.values() if fact.never]
    for fact in verdicts.facts.values():
        if fact.never:
            faults.add("never-seen-yet", _at(fact.source, fact.tree), _never_seen(fact.code))
    whens = {id(scene.when.source) for scene in model.scenes.values() if scene.when and verdicts.only(scene.when) is False}
    dead = [verdict for verdict in verdicts.found.values() if verdict.holds != verdict.fails]
    said: list[At] = []
    for verdict in sorted(dead, key=lambda verdict: _outer_first(verdict.asked)):
        asked = verdict.asked
        at = _at(asked.source, asked.tree)
        if id(asked.source) in whens or any(_within(one, at) for one in unseen) or any(_within(at, one) for one in said[-8:]):
            continue
        said.append(at)
        words = asked.source.text[asked.tree.start : asked.tree.end].strip()
        message = f"`{words}` {'always' if verdict.holds else 'never'} holds here"
        faults.add("dead-condition", at, message, "", *_why(asked, verdict.holds))
    return tuple(faults)


def _outer_first(asked: Asked) -> tuple[Any, ...]:
    at = _at(asked.source, asked.tree)
    return (*at[:3], -at.end_line, -at.end_column)


def _at(source: Source, tree: Expr) -> At:
    return source.at(tree.start, tree.end)


def _within(inner: At, outer: At) -> bool:
    return (
        inner.file == outer.file
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )


def _terms(asked: Asked) -> Iterator[Asked]:
    """What `and`, `or` and `not` join, each for itself."""
    if asked.tree.kind in _JOINING:
        for tree, code in parts(asked.tree, asked.code):
            term = Asked(asked.source, tree, code, asked.env, asked.env)
            yield term
            yield from _terms(term)


# Facts ----------------------------------------------------------------------------------------------------------------


def _facts(source: Source, tree: Expr, code: Code, env: Env) -> Iterator[_Fact]:
    if tree.kind == "call" and (code[0] in FACTS or code[0] == "taken"):
        names = [f"taken {key}" for key in code[1]] if code[0] == "taken" else [f"{FACTS[code[0]]} {code[1]}"]
        yield _Fact(source, tree, code, not any(env.may & env.world.bits[name] for name in names))
    for part, inside in parts(tree, code):
        yield from _facts(source, part, inside, env)


def _never_seen(code: Code) -> str:
    kind = code[0]
    name = code[1][0] if kind == "taken" else code[1]
    return {
        "has": f"nobody can have `{name}` here: no path leads to here from where it is given",
        "knows": f"nobody can know `{name}` here: no path leads to here from where it is learned",
        "met": f"nobody can have met `{name}` here: no path leads to here from a scene with them",
        "taken": f"nobody can have taken `{name}` here: no path leads from that choice to here",
    }.get(kind, f"`{name}` is never seen before here: no path leads from it to here")


# Why ------------------------------------------------------------------------------------------------------------------


def _why(asked: Asked, holds: bool) -> list[str]:
    """The facts that decide it, in words: what the values compared are."""
    env = asked.base if holds else asked.env
    term = _decisive(asked, holds)
    text = asked.source.text
    notes = []
    for tree, code in parts(term.tree, term.code) if term.tree.kind == "compare" else [(term.tree, term.code)]:
        if code[0] in ("lit", "and", "or", "not", "compare", "chance", "opted"):
            continue
        words = in_words(value(code, env))
        if words:
            notes.append(f"`{text[tree.start : tree.end].strip()}` is {words} here")
    return notes


def _decisive(asked: Asked, holds: bool) -> Asked:
    """The first term that is enough to decide a condition."""
    env = asked.base if holds else asked.env
    for tree, code in parts(asked.tree, asked.code) if asked.tree.kind in ("and", "or") else ():
        decides = asked.tree.kind == ("or" if holds else "and")
        if decides and refine(code, env, not holds) is None:
            return _decisive(Asked(asked.source, tree, code, env, env), holds)
    return asked


def in_words(found: Value) -> str:
    """A value in words, or nothing where it may be anything."""
    if found is None or found == ANY_DAY:
        return ""
    if isinstance(found, Interval):
        if isinstance(found.low, (int, float)):
            low, high = found.low > -LARGEST, found.high < LARGEST
            if low and high:
                return f"from {_word(found.low)} to {_word(found.high)}"
            return f"{_word(found.low)} or more" if low else f"{_word(found.high)} or less" if high else ""
        if found.high == ANY_DAY.high:
            return f"{_word(found.low)} or later"
        return f"from {_word(found.low)} to {_word(found.high)}"
    words = sorted(_word(one) for one in found) if isinstance(next(iter(found)), str) else [_word(one) for one in sorted(found)]
    if len(words) == 1:
        return f"always {words[0]}"
    if not isinstance(next(iter(found)), (str, bool)) and (len(words) > FEW_WORDS or _run(found)):
        return f"from {words[0]} to {words[-1]}"
    if len(words) > FEW_WORDS:
        return ""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _run(found: frozenset[Any]) -> bool:
    """Whether these are numbers one after the other."""
    return len(found) > 2 and all(isinstance(one, int) for one in found) and max(found) - min(found) == len(found) - 1


def _word(one: Any) -> str:
    if isinstance(one, bool):
        return "yes" if one else "no"
    if isinstance(one, (int, float)):
        return f"{one:g}" if abs(one) < 10**6 else str(one)
    if isinstance(one, (str, Period)):
        return f"`{one}`" if isinstance(one, str) and one else str(one) or "nothing"
    return long_date(one)

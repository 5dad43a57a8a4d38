"""Options of one set against each other: one that is no better in anything and worse in something is no choice."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.model import Carry, Choice, Choices, Do, Say

if TYPE_CHECKING:
    from game.engine.expressions import Effect, Expr
    from game.engine.model import Model
    from game.load.diagnostics import Faults
    from game.workshop.analysis.written import Written

Spelled = tuple[Any, ...]
_NUMBERS = ("whole", "number")


class _Outcome(NamedTuple):
    """What an option does: how much it moves each variable that has a better side, all the rest, and what it asks."""

    choice: Choice
    moves: dict[str, float]
    rest: tuple[Spelled, ...]
    gate: frozenset[Spelled]


def check_dominated(model: Model, found: Written, faults: Faults) -> None:
    """Reports every option that another of its set outdoes: no better in any effect, worse in one, the same in all else, and
    behind the same gate or a stricter one. Only whole outcomes are compared; an option that leads on elsewhere is left alone."""
    for placed in found.beats:
        for step in placed.beat.steps:
            if isinstance(step, Choices):
                outcomes = [known for item in step.items if isinstance(item, Choice) and (known := _outcome(item, model))]
                told = set()
                for worse, better in permutations(outcomes, 2):
                    if worse.choice.id not in told and (why := _outdone(worse, better, model)):
                        told.add(worse.choice.id)
                        _report(worse.choice, better.choice, why, faults)


def _report(worse: Choice, better: Choice, why: str, faults: Faults) -> None:
    message = f"nobody has a reason to take this: `{better.id}` does the same, and {why}"
    note = f"`{better.id}` stands in line {better.at.line}"
    faults.add(
        "dominated-option", worse.at, message, "give it something that the other has not, or let the other cost more", note
    )


def _outdone(worse: _Outcome, better: _Outcome, model: Model) -> str:
    """In what the second is better, as words; empty where it does not outdo the first."""
    if worse.rest != better.rest or not better.gate <= worse.gate or worse.choice.once != better.choice.once:
        return ""
    gains = []
    for name in sorted(worse.moves.keys() | better.moves.keys()):
        sign = 1 if model.variables[name].better == "up" else -1
        gain = sign * (better.moves.get(name, 0) - worse.moves.get(name, 0))
        if gain < 0:
            return ""
        if gain > 0:
            gains.append(f"`{name}` by {gain:g}")
    return f"is better for {' and '.join(gains)}" if gains else ""


def _outcome(choice: Choice, model: Model) -> _Outcome | None:
    """None where the option does more than can be weighed: it goes elsewhere, or offers choices of its own."""
    moves: dict[str, float] = {}
    rest: list[Spelled] = []
    for step in choice.beat.steps:
        if isinstance(step, Say):
            continue
        if isinstance(step, Carry):
            rest.append(("carry", step.given, *(paper.text for paper in step.papers)))
        elif isinstance(step, Do):
            for effects in step.effects:
                for effect in effects.tree:
                    if not _moved(effect, moves, model):
                        rest.append(_spelled_effect(effect))
        else:
            return None
    gate = {_spelled(need.test.tree) for need in choice.needs}
    if choice.test is not None:
        gate.add(_spelled(choice.test.tree))
    return _Outcome(choice, moves, tuple(sorted(rest, key=repr) if len(rest) > 1 else rest), frozenset(gate))


def _moved(effect: Effect, moves: dict[str, float], model: Model) -> bool:
    """Notes an effect that adds a fixed number to a variable with a better side; false for every other."""
    variable = model.variables.get(effect.name)
    if effect.guard is not None or effect.kind not in ("+=", "-=") or variable is None or effect.value is None:
        return False
    amount = _constant(effect.value)
    if amount is None or variable.better == "none" or variable.kind not in _NUMBERS:
        return False
    moves[effect.name] = moves.get(effect.name, 0) + (amount if effect.kind == "+=" else -amount)
    return True


def _constant(tree: Expr) -> float | None:
    if tree.kind == "literal" and tree.value[0] in _NUMBERS:
        return float(tree.value[1])
    if tree.kind == "neg" and (inner := _constant(tree.args[0])) is not None:
        return -inner
    return None


def _spelled(tree: Expr) -> Spelled:
    return (tree.kind, str(tree.value), *(_spelled(inner) for inner in tree.args))


def _spelled_effect(effect: Effect) -> Spelled:
    return (effect.kind, effect.name, effect.value and _spelled(effect.value), effect.guard and _spelled(effect.guard))


# intents ---------------------------------------------------------------------------------------------------------


def check_intents(model: Model, found: Written, faults: Faults) -> None:
    """Reports a role that weighs an intent which no choice has: the bot would not know it."""
    intents = {intent for choice in found.choices.values() for intent in choice.intent}
    for role in model.roles.values():
        for intent in role.weights:
            if intent not in intents:
                message = f"the role `{role.id}` weighs `{intent}`, which no choice has as its `intent`"
                faults.add("unknown-intent", role.at, message, "tag choices with it, or take it away")

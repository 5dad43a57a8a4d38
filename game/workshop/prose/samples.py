"""Values for the readings of a text: a few that a variable can have, in the words in which players see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.render import show

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.engine.model import Model, Variable
    from game.engine.prose import Node
    from game.workshop.prose.expand import Sample

_MOST = 8
_DATE_WORDS = {"weekday", "d", "month", "year"}


def sampler(model: Model) -> Callable[[Node], list[Sample]]:
    """Gives the values that a `{…}` may show, at most eight."""

    def sample(node: Node) -> list[Sample]:
        tree = node.logic[0]
        assert tree is not None
        words = node.value.split()
        form = " ".join(word for word in words if word != "cap")
        found: list[Sample] = []
        variable = model.variables.get(str(tree.value)) if tree.kind == "name" else None
        if variable is not None:
            found = _of_variable(variable, form)
        elif tree.kind == "name" and tree.value == "place":
            found.extend((place.name, None, (), "") for place in [*model.places.values()][:1])
        elif tree.kind == "name" and tree.value == "act":
            found.extend((act.title, None, (), "") for act in model.info.acts[:1])
        elif (tree.kind == "name" and tree.value == "date") or _DATE_WORDS & set(form.split()):
            found = [(show(model.info.date, "date", form), None, (), "")]
        else:
            found = [(_number(3, "whole", form), None, (), "")]
        if "cap" in words:
            found = [(text[:1].upper() + text[1:], word, bounds, label) for text, word, bounds, label in found]
        return found

    return sample


def _of_variable(variable: Variable, form: str) -> list[Sample]:
    name, kind = variable.id, variable.kind
    if kind == "word":
        return [(text, (name, value), (), f"`{name}` is `{value}`") for value, text in list(variable.words.items())[:_MOST]]
    if form == "scale" and variable.scale:
        steps = [low for low, _ in variable.scale]
        scaled: list[Sample] = [
            (text, None, _between(name, low, steps[index + 1] if index + 1 < len(steps) else None), f"`{name}` is {text}")
            for index, (low, text) in enumerate(variable.scale)
        ]
        return scaled[:_MOST]
    if kind in ("whole", "number"):
        low = variable.low if variable.low is not None else 0
        high = variable.high if variable.high is not None else 100
        values = dict.fromkeys(value for value in (variable.start, 8, 11, low, high) if low <= value <= high)
        return [
            (_number(value, kind, form), None, ((name, "==", float(value)),), f"`{name}` is {value:g}")
            for value in list(values)[:3]
        ]
    if kind == "truth":
        return [(word, None, (), f"`{name}` is {word}") for word in ("yes", "no")]
    return [(show(variable.start, kind, form), None, (), "")]


def _between(name: str, low: float, below: float | None) -> tuple[tuple[str, str, float], ...]:
    upper = () if below is None else ((name, "<", float(below)),)
    return ((name, ">=", float(low)), *upper)


def _number(value: float, kind: str, form: str) -> str:
    return show(int(value) if kind == "whole" else float(value), kind, form)

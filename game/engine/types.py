"""Types and names of expressions: a tree in, code as plain data out, with everything that is wrong with it.

Code is nested lists that `program` links to functions: `["+", ["var", "coal"], ["lit", 1]]`. It is JSON, so it can be cached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.calendar import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from game.engine.expressions import Effect, Expr

Code = list[Any]


class Type(NamedTuple):
    """`kind` is whole, number, truth, text, word, date or span; a one-of type has its words."""

    kind: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _NAMES[self.kind]


_NAMES = {
    "whole": "a whole number",
    "number": "a number",
    "truth": "yes or no",
    "text": "text",
    "word": "one of its words",
    "date": "a date",
    "span": "a span",
}
WHOLE, NUMBER, TRUTH, TEXT, DATE, SPAN = (Type(kind) for kind in ("whole", "number", "truth", "text", "date", "span"))
_NUMBERS = (WHOLE, NUMBER)
BUILTINS = ("date", "turn", "act", "place")
FUNCTIONS = {
    "seen": 1, "visits": 1, "since": 1, "taken": 1, "has": 1, "knows": 1, "met": 1, "chance": 1, "roll": 2,
    "min": -2, "max": -2, "abs": 1, "round": 1,
}  # fmt: skip
"""How many arguments each function takes; a negative number: at least so many."""
RANDOM = ("chance", "roll")
MAX_SIZE = 5_000
"""Parts of one expression or text, with the rules and snippets that it uses."""


class Fault(NamedTuple):
    """Something wrong with an expression, from `start` up to `end` of its text."""

    code: str
    message: str
    start: int
    end: int
    fix: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What an expression may speak of. `rules` holds each rule's code and its size; `target` and `taken` resolve a written
    name to full names, or to None."""

    variables: Mapping[str, Type]
    rules: Mapping[str, tuple[Code, int]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    target: Callable[[str], str | None] = lambda name: None
    taken: Callable[[str], list[str] | None] = lambda name: None
    targets: tuple[str, ...] = ()


def nearest(name: str, names: Any, what: str) -> str:
    """A note that names the most similar real name, or nothing."""
    close = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"a {what} with a similar name exists: `{close[0]}`" if close else ""


class Checker:
    """Checks the expressions of one scope. `site` names the scope; draws in it are counted under that name.

    `faults` gathers what is wrong; the code of a faulty expression is not to be used.
    """

    def __init__(self, names: Names, site: Callable[[str], str], *, random: bool = True) -> None:
        self.names = names
        self.site = site
        self.random = random
        self.faults: list[Fault] = []
        self.size = 0

    def fault(self, code: str, message: str, node: Expr | Effect, fix: str = "", note: str = "") -> None:
        self.faults.append(Fault(code, message, node.start, node.end, fix, note))

    # expressions

    def truth(self, node: Expr) -> Code:
        """The code of a condition."""
        code, kind = self.value(node, TRUTH)
        if kind not in (TRUTH, None):
            fix = "compare it, as in `x > 0`" if kind in _NUMBERS else ""
            self.fault("type-mismatch", f"a condition must be yes or no; this is {kind}", node, fix)
        return code

    def of_type(self, node: Expr, want: Type) -> Code:
        """The code of a value that must be of the type `want`."""
        code, kind = self.value(node, want)
        if kind is not None and not _fits(kind, want):
            fix = "use `//` or round()" if (kind, want) == (NUMBER, WHOLE) else ""
            self.fault("type-mismatch", f"this must be {want}; it is {kind}", node, fix)
        return code

    def value(self, node: Expr, want: Type | None = None) -> tuple[Code, Type | None]:
        """Code and type; the type is None where a fault was found. `want` tells which bare words are meant."""
        self.size += 1
        if node.kind == "literal":
            kind, value = node.value
            return ["lit", _data(value)], Type(kind)
        if node.kind == "name":
            return self.name(node, want)
        if node.kind == "call":
            return self.call(node)
        if node.kind in ("and", "or"):
            return [node.kind, *(self.truth(arg) for arg in node.args)], TRUTH
        if node.kind == "not":
            return ["not", self.truth(node.args[0])], TRUTH
        if node.kind == "compare":
            return self.compare(node), TRUTH
        if node.kind == "if":
            return self.conditional(node, want)
        if node.kind == "neg":
            code, kind = self.value(node.args[0])
            if kind is not None and kind not in _NUMBERS:
                self.fault("type-mismatch", f"`-` wants a number; this is {kind}", node)
            return ["neg", code], kind
        if node.kind == "group":
            self.fault("type-mismatch", "a list of values stands only behind `in`", node)
            return ["lit", False], None
        return self.arithmetic(node)

    def name(self, node: Expr, want: Type | None) -> tuple[Code, Type | None]:
        name = node.value
        if want is not None and want.kind == "word" and name in want.words:
            return ["lit", name], want
        if name in self.names.variables:
            return ["var", name], self.names.variables[name]
        if name in self.names.rules:
            code, size = self.names.rules[name]
            self.size += size
            if self.size > MAX_SIZE:
                self.fault("too-large", f"with its rules this comes to more than {MAX_SIZE:,} parts", node)
                return ["lit", False], TRUTH
            return code, TRUTH
        if name in BUILTINS:
            kinds = {"date": DATE, "turn": WHOLE, "act": Type("word", self.names.acts), "place": Type("word", self.names.places)}
            return [name], kinds[name]
        known = [*self.names.variables, *self.names.rules, *BUILTINS]
        if want is not None and want.kind == "word":
            note = nearest(name, want.words, "word") or f"the words are {', '.join(f'`{word}`' for word in want.words)}"
            self.fault("unknown-name", f"`{name}` is none of the words meant here", node, note=note)
        elif name in FUNCTIONS:
            self.fault("wrong-arguments", f"`{name}` is a function", node, f"write `{name}(…)`")
        elif self.names.target(name):
            self.fault("unknown-name", f"`{name}` is a scene, not a value", node, f"write `seen({name})`")
        else:
            note = nearest(name, known, "variable or rule")
            self.fault("unknown-name", f"no variable or rule is called `{name}`", node, note=note)
        return ["lit", False], None

    def conditional(self, node: Expr, want: Type | None) -> tuple[Code, Type | None]:
        condition = self.truth(node.args[0])
        first, kind = self.value(node.args[1], want)
        second, other = self.value(node.args[2], want or kind)
        joined = _joined(kind, other)
        if kind is not None and other is not None and joined is None:
            self.fault("type-mismatch", f"the two values differ: {kind}, and {other}", node)
        return ["if", condition, first, second], joined

    def compare(self, node: Expr) -> Code:
        sides: list[tuple[Code, Type | None]] = []
        hints = [self.hint(arg) for arg in node.args]
        hint = next((found for found in hints if found is not None), None)
        code: Code = ["compare"]
        for index, arg in enumerate(node.args):
            operator = node.value[index - 1] if index else ""
            if operator.endswith("in"):
                code += [operator, self.members(arg, sides[-1][1])]
                sides.append(sides[-1])
                continue
            side = self.value(arg, hint)
            if index:
                code.append(operator)
                self.comparable(node.args[index], operator, sides[-1][1], side[1])
            code.append(side[0])
            sides.append(side)
        return code

    def hint(self, node: Expr) -> Type | None:
        """The one-of type that this side of a comparison brings, so that the other may be a bare word."""
        if node.kind != "name":
            return None
        if node.value in ("act", "place") and node.value not in self.names.variables:
            return Type("word", self.names.acts if node.value == "act" else self.names.places)
        found = self.names.variables.get(node.value)
        return found if found is not None and found.kind == "word" else None

    def members(self, node: Expr, want: Type | None) -> Code:
        items = node.args if node.kind == "group" else (node,)
        codes = []
        for item in items:
            code, kind = self.value(item, want)
            self.comparable(item, "==", want, kind)
            codes.append(code)
        return codes

    def comparable(self, node: Expr, operator: str, left: Type | None, right: Type | None) -> None:
        if left is None or right is None:
            return
        if _joined(left, right) is None:
            self.fault("type-mismatch", f"{left} cannot be compared with {right}", node)
        elif operator not in ("==", "!=") and left.kind in ("truth", "text", "word"):
            self.fault("type-mismatch", f"`{operator}` wants numbers, dates or spans; this is {left}", node, "use `==` or `!=`")

    def arithmetic(self, node: Expr) -> tuple[Code, Type | None]:
        (left, first), (right, second) = (self.value(arg) for arg in node.args)
        sign = node.kind
        if first is None or second is None:
            return ["lit", 0], None
        kind: Type | None = None
        if first in _NUMBERS and second in _NUMBERS:
            kind = NUMBER if sign == "/" or NUMBER in (first, second) else WHOLE
        elif (sign in "+-" and first == DATE and second == SPAN) or (sign == "+" and first == SPAN and second == DATE):
            kind = DATE
        elif (
            (sign == "-" and first == DATE and second == DATE)
            or (sign in "+-" and first == SPAN and second == SPAN)
            or (sign == "*" and {first, second} == {SPAN, WHOLE})
        ):
            kind = SPAN
        if kind is None:
            fix = "text is not put together in logic; write it as text" if TEXT in (first, second) else ""
            self.fault("type-mismatch", f"`{sign}` cannot join {first} and {second}", node, fix)
        return [sign, left, right], kind

    # functions

    def call(self, node: Expr) -> tuple[Code, Type | None]:
        name, count = node.value, len(node.args)
        wanted = FUNCTIONS.get(name)
        if wanted is None:
            self.fault("unknown-name", f"no function is called `{name}`", node, note=nearest(name, FUNCTIONS, "function"))
            return ["lit", False], None
        if count != wanted if wanted >= 0 else count < -wanted:
            number = f"{abs(wanted)} value{'' if abs(wanted) == 1 else 's'}"
            least = "at least " if wanted < 0 else ""
            self.fault("wrong-arguments", f"`{name}` takes {least}{number}; {count} given", node)
            return ["lit", False], None
        if name in RANDOM:
            return self.chance(node)
        if name in ("min", "max", "abs", "round"):
            values = [self.value(arg, NUMBER) for arg in node.args]
            for arg, (_, kind) in zip(node.args, values, strict=True):
                if kind is not None and kind not in _NUMBERS:
                    self.fault("type-mismatch", f"this must be a number; it is {kind}", arg)
            whole = name == "round" or all(kind == WHOLE for _, kind in values)
            return [name, *(code for code, _ in values)], WHOLE if whole else NUMBER
        return self.about(node)

    def chance(self, node: Expr) -> tuple[Code, Type | None]:
        if not self.random:
            message = f"`{node.value}` is not allowed in text, which must not depend on a draw of its own"
            self.fault("chance-in-text", message, node, "draw it in `do` or `if`, or use {shuffle | a | b}")
        if node.value == "chance":
            codes = [self.of_type(node.args[0], NUMBER)]
            return ["chance", self.site(_spell(node)), *codes], TRUTH
        codes = [self.of_type(arg, WHOLE) for arg in node.args]
        return ["roll", self.site(_spell(node)), *codes], WHOLE

    def about(self, node: Expr) -> tuple[Code, Type | None]:
        name, arg = node.value, node.args[0]
        tables = {
            "has": (self.names.papers, "paper"),
            "knows": (self.names.cards, "codex card"),
            "met": (self.names.people, "person"),
        }
        if name in tables:
            table, what = tables[name]
            if arg.value not in table:
                code = f"unknown-{what.rpartition(' ')[2]}"
                self.fault(code, f"no {what} is called `{arg.value}`", arg, note=nearest(arg.value, table, what))
            return [name, arg.value], TRUTH
        if name == "taken":
            keys = self.names.taken(arg.value)
            if not keys:
                self.fault("unknown-name", f"no choice is called `{arg.value}`", arg, "name it as scene.choice, by its id")
                return ["lit", False], TRUTH
            return ["taken", keys], TRUTH
        full = self.names.target(arg.value)
        if full is None:
            note = nearest(arg.value, self.names.targets, "scene, part or beat")
            self.fault("unknown-target", f"no scene is called `{arg.value}`", arg, note=note)
            return ["lit", False], None
        return [name, full], {"seen": TRUTH, "visits": WHOLE, "since": SPAN}[name]

    # effects

    def effect(self, node: Effect) -> Code:
        """`[kind, name, value, guard]`: the guard is None where there is none."""
        guard = None if node.guard is None else self.truth(node.guard)
        if node.kind == "learn":
            if node.name not in self.names.cards:
                note = nearest(node.name, self.names.cards, "codex card")
                self.fault("unknown-card", f"no codex card is called `{node.name}`", node, note=note)
            return ["learn", node.name, None, guard]
        if node.kind == "turn":
            return ["turn", "", None, guard]
        assert node.value is not None
        if node.kind in ("wait", "until"):
            return [node.kind, "", self.of_type(node.value, SPAN if node.kind == "wait" else DATE), guard]
        kind = self.names.variables.get(node.name)
        if kind is None:
            note = nearest(node.name, self.names.variables, "variable")
            fix = "use `wait`" if node.name == "date" else ""
            message = f"no variable is called `{node.name}`"
            if node.name in BUILTINS:
                message = f"`{node.name}` cannot be set"
            self.fault("unknown-variable", message, node, fix, note)
            self.value(node.value)
            return ["=", node.name, ["lit", 0], guard]
        value = self.amount(node, kind)
        return [node.kind, node.name, value, guard]

    def amount(self, node: Effect, kind: Type) -> Code:
        assert node.value is not None
        if node.kind == "=":
            return self.of_type(node.value, kind)
        if kind.kind in ("truth", "text", "word") or (kind == DATE and node.kind == "*="):
            self.fault("type-mismatch", f"`{node.kind}` does not go with {kind}", node, "use `=`")
        want = {"date": SPAN, "span": WHOLE if node.kind == "*=" else SPAN}.get(kind.kind, kind)
        return self.of_type(node.value, want if kind.kind not in ("truth", "text", "word") else kind)


def _fits(kind: Type, want: Type) -> bool:
    if want.kind == "word":
        return kind.kind == "word" and set(kind.words) <= set(want.words)
    return kind == want or (want == NUMBER and kind == WHOLE)


def _joined(first: Type | None, second: Type | None) -> Type | None:
    if first is None or second is None:
        return None
    if first in _NUMBERS and second in _NUMBERS:
        return NUMBER if NUMBER in (first, second) else WHOLE
    if first.kind == "word" and second.kind == "word":
        return first if set(second.words) <= set(first.words) else second if set(first.words) <= set(second.words) else None
    return first if first == second else None


def _data(value: Any) -> Any:
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Period):
        return {"$span": value.to_text()}
    return value


def _spell(node: Expr) -> str:
    """An expression in one spelling, whatever its spaces: the name under which its draws are counted."""
    if node.kind == "literal":
        return str(node.value[1])
    if node.kind in ("name", "target"):
        return str(node.value)
    inner = ",".join(_spell(arg) for arg in node.args)
    return f"{node.value if node.kind == 'call' else node.kind}({inner})"

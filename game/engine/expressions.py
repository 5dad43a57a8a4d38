"""The language's expressions and effects: text in, a tree with positions out. Nothing here computes.

choice     := or ["if" or "else" choice]
or         := and ("or" and)*
and        := not ("and" not)*
not        := "not" not | comparison
comparison := sum (("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] "in") sum)*
sum        := product (("+" | "-") product)*
product    := unary (("*" | "/" | "//" | "%") unary)*
unary      := "-" unary | atom
atom       := literal | name ["(" [choice ("," choice)*] ")"] | "(" choice ("," choice)* ")"
literal    := 3 | 0.5 | "text" | yes | no | 1924-03-02 | 2 weeks

effect     := name ("=" | "+=" | "-=" | "*=") choice ["if" or] | "learn" name ["if" or]
            | "wait" ("turn" | "until" or | or) ["if" or]
routes     := target ["if" or "else" routes]
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.calendar import UNITS, Period
from game.engine.slips import FOREIGN_NAMES, TORN
from game.engine.tokens import MAX_LENGTH, Token, tokens
from game.engine.tokens import ExpressionFault as ExpressionFault

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 40

_TRUTHS = {"yes": True, "no": False}
_KEYWORDS = {"and", "or", "not", "in", "if", "else"}
_COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
_LONE = {"name", "number", "text", "date"}
_AFTER_VALUE = {"the end", ";", ",", ")", "if", "else"}
"""What can stand behind a whole value. Most values are one token, and those need not go down the whole grammar to be read."""
_AFTER_SIDE = _AFTER_VALUE | _COMPARISONS | {"and", "or"}
_UNIT = {word: unit for unit in UNITS for word in (unit, unit + "s")}
TARGET_FUNCTIONS = {"seen", "visits", "since", "taken", "has", "knows", "met"}
"""Functions whose argument is a name of the story, written bare."""


class Expr(NamedTuple):
    """A node. `kind` is literal, name, target, call, group, and, or, not, compare, in, neg, if, or an operator's sign.

    `value` is a literal's (type, value) pair, a name, or a comparison's operators; `args` are the nodes below it.
    """

    kind: str
    value: Any
    args: tuple[Expr, ...]
    start: int
    end: int


class Effect(NamedTuple):
    """`kind` is `=`, `+=`, `-=`, `*=`, `learn`, `wait`, `until` or `turn`; `guard` the condition after `if`, or None."""

    kind: str
    name: str
    value: Expr | None
    guard: Expr | None
    start: int
    end: int


_REMEMBERED = 10_000
"""Expressions whose trees are kept: a story says the same thing in many places, and trees do not know where they stand."""


@lru_cache(_REMEMBERED)
def parse_expression(text: str) -> Expr:
    """The tree of one expression. Raises ExpressionFault."""
    parser = _Parser(text)
    tree = parser.choice()
    parser.finish()
    return tree


@lru_cache(_REMEMBERED)
def parse_effects(text: str) -> tuple[Effect, ...]:
    """The effects of a `do`, separated by semicolons. Raises ExpressionFault."""
    if ";" in text and '"' not in text and "'" not in text and len(text) <= MAX_LENGTH:
        try:
            return tuple(_each(text))
        except ExpressionFault:
            pass  # which is told of the whole
    parser = _Parser(text)
    effects = [parser.effect()]
    while parser.take(";"):
        if parser.peek.kind == "end":
            break
        effects.append(parser.effect())
    parser.finish()
    return tuple(effects)


def _each(text: str) -> Iterator[Effect]:
    """The effects one by one: a list of them is seldom said twice, each of them often."""
    start = 0
    pieces = text.split(";")
    for number, piece in enumerate(pieces):
        if number == 0 or number < len(pieces) - 1 or piece.strip():
            effect = _effect(piece)
            yield moved_effect(effect, start) if start else effect
        start += len(piece) + 1


@lru_cache(_REMEMBERED)
def _effect(text: str) -> Effect:
    parser = _Parser(text)
    effect = parser.effect()
    parser.finish()
    return effect


def moved(tree: Expr, by: int) -> Expr:
    """The same tree, its positions moved."""
    args = tree.args and tuple([moved(arg, by) for arg in tree.args])
    return Expr(tree.kind, tree.value, args, tree.start + by, tree.end + by)


def moved_effect(effect: Effect, by: int) -> Effect:
    kind, name, value, guard, start, end = effect
    return Effect(kind, name, value and moved(value, by), guard and moved(guard, by), start + by, end + by)


def parse_routes(text: str) -> list[tuple[Expr | None, str, int, int]]:
    """`a if c else b` as (condition, target, start, end of the target), the last without a condition. Raises ExpressionFault."""
    parser = _Parser(text)
    routes: list[tuple[Expr | None, str, int, int]] = []
    while True:
        target = parser.target()
        if not parser.take("if"):
            routes.append((None, target.value, target.start, target.end))
            break
        routes.append((parser.disjunction(), target.value, target.start, target.end))
        if not parser.take("else"):
            parser.expected("`else` and where to go otherwise")
    parser.finish()
    return routes


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.index = 0
        self.sign = -1
        self.depth = 0

    # tokens

    @property
    def peek(self) -> Token:
        return self.tokens[self.index]

    def next(self) -> Token:
        token = self.tokens[self.index]
        self.index += token.kind != "end"
        return token

    def take(self, *texts: str) -> Token | None:
        token = self.tokens[self.index]
        if token.text in texts and token.kind in ("op", "name"):
            self.index += 1
            return token
        return None

    def lone(self, after: set[str]) -> bool:
        """Whether the value that begins here is one token: what stands behind it ends it."""
        token = self.tokens[self.index]
        return token.kind in _LONE and token.text != "not" and self.tokens[self.index + 1].text in after

    def expected(self, what: str) -> None:
        token = self.peek
        got = token.text if token.kind == "end" else f"`{token.text}`"
        fix, start, end = "", token.start, token.end
        if (torn := self.torn()) is not None:
            fix, start, end = torn
        elif token.text == "=":
            fix = "write `==` to compare; `=` stands only in `do`"
        raise ExpressionFault(f"expected {what}; got {got}", start, max(end, start + 1), fix)

    def torn(self) -> tuple[str, int, int] | None:
        """What to write for two signs that are meant as one, and where they stand."""
        for index in (self.index - 1, self.index):
            if index < 0 or index == self.sign:
                continue
            first, second = self.tokens[index : index + 2] if index + 1 < len(self.tokens) else (self.peek, self.peek)
            meant = TORN.get((first.text, second.text)) if first.kind == second.kind == "op" else None
            if meant is not None:
                return f"write `{meant}`", first.start, second.end
        return None

    def finish(self) -> None:
        if self.peek.kind != "end":
            self.expected("an operator or the end")

    # expressions

    def choice(self) -> Expr:
        value = self.disjunction()
        return self.otherwise(value) if self.take("if") else value

    def otherwise(self, value: Expr) -> Expr:
        condition = self.disjunction()
        if not self.take("else"):
            self.expected("`else` and the other value")
        other = self.nested(self.choice)
        return Expr("if", None, (condition, value, other), value.start, other.end)

    def nested(self, rule: Any) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionFault(f"this expression is nested deeper than {MAX_DEPTH} levels", self.peek.start, self.peek.end)
        tree: Expr = rule()
        self.depth -= 1
        return tree

    def disjunction(self) -> Expr:
        if self.lone(_AFTER_VALUE):
            return self.atom()
        return self.chain("or", lambda: self.chain("and", self.negation))

    def chain(self, word: str, rule: Any) -> Expr:
        items = [rule()]
        while self.take(word):
            items.append(rule())
        return items[0] if len(items) == 1 else Expr(word, None, tuple(items), items[0].start, items[-1].end)

    def negation(self) -> Expr:
        token = self.take("not")
        if token is None:
            return self.comparison()
        inner = self.nested(self.negation)
        return Expr("not", None, (inner,), token.start, inner.end)

    def comparison(self) -> Expr:
        items, operators = [self.side()], []
        while True:
            token = self.peek
            if token.kind == "op" and token.text in _COMPARISONS:
                operators.append(self.next().text)
            elif token.text == "in" and token.kind == "name":
                self.next()
                operators.append("in")
            elif token.text == "not" and self.tokens[min(self.index + 1, len(self.tokens) - 1)].text == "in":
                self.next()
                self.next()
                operators.append("not in")
            else:
                break
            items.append(self.side())
        if not operators:
            return items[0]
        return Expr("compare", tuple(operators), tuple(items), items[0].start, items[-1].end)

    def side(self) -> Expr:
        return self.atom() if self.lone(_AFTER_SIDE) else self.sum()

    def sum(self) -> Expr:
        return self.binary(("+", "-"), self.product)

    def product(self) -> Expr:
        return self.binary(("*", "/", "//", "%"), self.unary)

    def binary(self, signs: tuple[str, ...], rule: Any) -> Expr:
        left: Expr = rule()
        while (token := self.peek).kind == "op" and token.text in signs:
            self.next()
            right = rule()
            left = Expr(token.text, None, (left, right), left.start, right.end)
            self.depth_of_chain(left)
        return left

    def depth_of_chain(self, left: Expr) -> None:
        """A long sum is a deep tree: what walks it later must not run out of stack."""
        depth, node = 0, left
        while node.args and node.kind in ("+", "-", "*", "/", "//", "%"):
            depth, node = depth + 1, node.args[0]
        if depth > 4 * MAX_DEPTH:
            raise ExpressionFault(f"more than {4 * MAX_DEPTH} terms in one chain", left.start, left.end)

    def unary(self) -> Expr:
        token = self.take("-")
        if token is None:
            return self.atom()
        inner = self.nested(self.unary)
        return Expr("neg", None, (inner,), token.start, inner.end)

    def atom(self) -> Expr:
        token = self.peek
        if token.kind == "number":
            return self.number()
        if token.kind == "date":
            self.next()
            try:
                return Expr("literal", ("date", date.fromisoformat(token.text)), (), token.start, token.end)
            except ValueError:
                raise ExpressionFault(f"the calendar has no {token.text}", token.start, token.end) from None
        if token.kind == "text":
            self.next()
            return Expr("literal", ("text", token.text[1:-1]), (), token.start, token.end)
        if token.kind == "name" and token.text not in _KEYWORDS:
            return self.name()
        if self.take("("):
            return self.group(token)
        self.expected("a value")
        raise AssertionError

    def number(self) -> Expr:
        token = self.next()
        unit = _UNIT.get(self.peek.text) if self.peek.kind == "name" else None
        if unit is not None:
            last = self.next()
            if "." in token.text or len(token.text) > 4:
                raise ExpressionFault("a span has a whole number of up to four digits", token.start, token.end)
            months, days = UNITS[unit]
            count = int(token.text)
            return Expr("literal", ("span", Period(months * count, days * count)), (), token.start, last.end)
        if len(token.text) > 15:
            raise ExpressionFault("this number is too long", token.start, token.end)
        if "." in token.text:
            return Expr("literal", ("number", float(token.text)), (), token.start, token.end)
        return Expr("literal", ("whole", int(token.text)), (), token.start, token.end)

    def name(self) -> Expr:
        token = self.next()
        if token.text in _TRUTHS:
            return Expr("literal", ("truth", _TRUTHS[token.text]), (), token.start, token.end)
        if token.text in FOREIGN_NAMES:
            word = FOREIGN_NAMES[token.text]
            raise ExpressionFault(f"`{token.text}` is not of this language", token.start, token.end, f"write `{word}`")
        if not self.take("("):
            return Expr("name", token.text, (), token.start, token.end)
        rule = self.target if token.text in TARGET_FUNCTIONS else self.choice
        args = []
        if self.peek.text != ")":
            args.append(self.nested(rule))
            while self.take(","):
                args.append(self.nested(rule))
        close = self.take(")")
        if close is None:
            self.expected("`)`")
            raise AssertionError
        return Expr("call", token.text, tuple(args), token.start, close.end)

    def group(self, opening: Token) -> Expr:
        items = [self.nested(self.choice)]
        while self.take(","):
            items.append(self.nested(self.choice))
        close = self.take(")")
        if close is None:
            self.expected("`)`")
            raise AssertionError
        if len(items) == 1:
            return items[0]
        return Expr("group", None, tuple(items), opening.start, close.end)

    def target(self) -> Expr:
        token = self.peek
        if token.kind != "name" or token.text in _KEYWORDS:
            self.expected("a name")
        self.next()
        text, end = token.text, token.end
        if self.peek.text == "/" and self.peek.start == end:
            self.next()
            rest = self.next()
            if rest.kind != "name" or rest.start != end + 1:
                raise ExpressionFault("expected the name of a scene after `/`", rest.start, rest.end)
            text, end = f"{text}/{rest.text}", rest.end
        return Expr("target", text, (), token.start, end)

    # effects

    def effect(self) -> Effect:
        first = self.peek
        if first.kind != "name" or first.text in _KEYWORDS:
            self.expected("an effect such as `x += 1`, `wait 2 weeks` or `learn card`")
        self.next()
        following = self.peek
        if first.text == "learn" and following.kind == "name" and following.text not in _KEYWORDS:
            card = self.target()
            return Effect("learn", card.value, None, self.guard(), first.start, card.end)
        if first.text == "wait" and following.text not in ("=", "+=", "-=", "*="):
            return self.wait(first)
        self.sign = self.index
        sign = self.take("=", "+=", "-=", "*=")
        if sign is None:
            self.sign = -1
            self.expected("`=`, `+=`, `-=` or `*=`")
            raise AssertionError
        value = self.disjunction()
        guard = None
        if self.take("if"):
            guard = self.disjunction()
            if self.take("else"):
                other = self.nested(self.choice)
                value = Expr("if", None, (guard, value, other), value.start, other.end)
                guard = self.guard()
        return Effect(sign.text, first.text, value, guard, first.start, value.end)

    def wait(self, first: Token) -> Effect:
        if self.take("turn"):
            return Effect("turn", "", None, self.guard(), first.start, first.end + 5)
        kind = "until" if self.take("until") else "wait"
        value = self.disjunction()
        return Effect(kind, "", value, self.guard(), first.start, value.end)

    def guard(self) -> Expr | None:
        return self.disjunction() if self.take("if") else None

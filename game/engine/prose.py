"""Text with inline logic: parsed to a tree with positions, then checked into code as plain data.

text    := (words | "{" logic "}" | "*" | "**" | "[" text "](" card ")" | "<>")*
logic   := "@" snippet | expression [":" format]
         | ("seq" | "cycle" | "shuffle" | "once") ("|" text)+
         | condition " ? " text ("|" condition " ? " text)* ["|" text]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.expressions import Expr, ExpressionFault, moved, parse_expression
from game.engine.types import MAX_SIZE, Checker, Code, Fault, Type, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_DEPTH = 12
MAX_LENGTH = 100_000
_ESCAPABLE = set("{}|*[]<>\\")
_ALTERNATIVES = re.compile(r"\s*(seq|cycle|shuffle|once)\s*\|")
_SNIPPET = re.compile(r"\s*@\s*(\w+)\s*")
_LINK = re.compile(r"\[((?:[^\[\]\\{}]|\\.|\{[^{}]*\})+)\]\(([\w/]+)\)")
_SEGMENT = re.compile(r"[|{}]")
_QUESTION = re.compile(r"\s\?(?=[\s}|])")
_DOUBLED = re.compile(r"\{\{([^{}\n]+)\}\}")
_MARK = re.compile(r"[\\{}*\[]|<>")
"""Without one of these a text is words and nothing else."""
_PLAIN = re.compile(r"[^\\{}|*\[<]+")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_PARAGRAPH = re.compile(r"[ \t]*\n([ \t]*\n)+[ \t]*")
_DATE_WORDS = {"weekday", "d", "month", "year"}
_NUMBER_FORMAT = re.compile(r",?(\.\d{1,2}f)?|words")


class ProseFault(ExpressionFault):
    """What is wrong with a text, from `start` up to `end` of it."""


class Node(NamedTuple):
    """`kind` is words, value, when, pick, snippet, mark, link or glue.

    words: `value` is the text · value: `value` the format, `logic` the expression · when: `logic` the conditions (None for the
    last, unconditional branch), `branches` their texts · pick: `value` the way of picking · snippet, link: `value` the name ·
    mark: `value` is em or strong, where it begins or ends.
    """

    kind: str
    value: str
    start: int
    end: int
    logic: tuple[Expr | None, ...] = ()
    branches: tuple[ProseTree, ...] = ()


ProseTree = tuple[Node, ...]


def parse_prose(text: str) -> ProseTree:
    """The tree of a text. Raises ProseFault."""
    if len(text) > MAX_LENGTH:
        raise ProseFault(f"this text is {len(text):,} characters long; {MAX_LENGTH:,} is the limit", 0, 1, "divide it")
    if _MARK.search(text) is None:
        return (Node("words", text, 0, len(text)),) if text else ()
    parser = _Parser(text)
    tree = parser.text(0)
    if parser.at < len(text):
        raise ProseFault(f"nothing opens this `{text[parser.at]}`", parser.at, parser.at + 1, "write `\\}` for the sign itself")
    return tree


class _Parser:
    def __init__(self, text: str, at: int = 0, end: int | None = None) -> None:
        self.source = text
        self.at = at
        self.stop = len(text) if end is None else end

    def text(self, depth: int, inside: bool = False) -> ProseTree:
        """Up to the end, or up to the `|` or `}` that ends this branch."""
        nodes: list[Node] = []
        words: list[str] = []
        begin = self.at
        marks: list[tuple[str, int]] = []
        source = self.source

        def flush() -> None:
            nonlocal begin
            if words:
                nodes.append(Node("words", "".join(words), begin, self.at))
                words.clear()
            begin = self.at

        while self.at < self.stop:
            char = source[self.at]
            if char == "\\" and self.at + 1 < self.stop and source[self.at + 1] in _ESCAPABLE:
                words.append(source[self.at + 1])
                self.at += 2
            elif char == "{":
                flush()
                nodes.append(self.logic(depth + 1))
                begin = self.at
            elif char == "}" or (char == "|" and inside):
                break
            elif char == "*" and (mark := self.mark(marks)):
                flush()
                nodes.append(mark)
                self.at = mark.end
                begin = self.at
            elif char == "[" and (link := _LINK.match(source, self.at, self.stop)):
                flush()
                inner = _Parser(source, link.start(1), link.end(1)).text(depth + 1)
                nodes.append(Node("link", link[2], link.start(), link.end(), (), (inner,)))
                begin = self.at = link.end()
            elif source.startswith("<>", self.at):
                flush()
                nodes.append(Node("glue", "", self.at, self.at + 2))
                self.at += 2
                begin = self.at
            elif plain := _PLAIN.match(source, self.at, self.stop):
                words.append(plain[0])
                self.at = plain.end()
            else:
                words.append(char)
                self.at += 1
        flush()
        if marks:
            name, start = marks[-1]
            sign = "*" if name == "em" else "**"
            raise ProseFault(f"this `{sign}` is never closed", start, start + len(sign), "write `\\*` for an asterisk")
        return tuple(nodes)

    def mark(self, marks: list[tuple[str, int]]) -> Node | None:
        """The emphasis that begins or ends here; None for an asterisk that stands between spaces."""
        source, at = self.source, self.at
        sign = "**" if source.startswith("**", at) else "*"
        if sign == "**" and marks and marks[-1][0] == "em" and not source[at + 2 : at + 3].isalnum():
            sign = "*"  # `**` behind soft words ends them; before a word it opens strong ones
        name = "strong" if sign == "**" else "em"
        end = at + len(sign)
        if marks and marks[-1][0] == name:
            marks.pop()
            return Node("mark", name, at, end)
        if end >= self.stop or source[end].isspace():
            return None
        if any(open_mark == name for open_mark, _ in marks):
            raise ProseFault(f"this `{sign}` closes a mark that another one has opened inside", at, end)
        marks.append((name, at))
        return Node("mark", name, at, end)

    def logic(self, depth: int) -> Node:
        opening = self.at
        if depth > MAX_DEPTH:
            raise ProseFault(f"logic is nested deeper than {MAX_DEPTH} levels", opening, opening + 1)
        self.at += 1
        source = self.source
        if snippet := _SNIPPET.match(source, self.at):
            self.at = snippet.end()
            self.close(opening)
            return Node("snippet", snippet[1], opening, self.at)
        if pick := _ALTERNATIVES.match(source, self.at):
            self.at = pick.end()
            branches = [self.branch(depth)]
            while self.bar():
                branches.append(self.branch(depth))
            self.close(opening)
            return Node("pick", pick[1], opening, self.at, (), tuple(branches))
        end = self.segment(opening)
        question = _QUESTION.search(source, self.at, end + 1)
        if question is not None and question.end() <= end:
            return self.when(opening, depth)
        return self.value(opening, end)

    def when(self, opening: int, depth: int) -> Node:
        conditions: list[Expr | None] = []
        branches: list[ProseTree] = []
        while True:
            end = self.segment(opening)
            question = _QUESTION.search(self.source, self.at, end + 1)
            if question is None or question.end() > end:
                conditions.append(None)
                branches.append(self.branch(depth))
                break
            conditions.append(self.expression(self.at, question.start()))
            self.at = question.end()
            branches.append(self.branch(depth))
            if not self.bar():
                break
        if self.source.startswith("|", self.at):
            raise ProseFault("nothing can follow the branch without a condition", self.at, self.at + 1)
        self.close(opening)
        return Node("when", "", opening, self.at, tuple(conditions), tuple(branches))

    def value(self, opening: int, end: int) -> Node:
        """`{expression}` or `{expression:format}`."""
        if self.source.startswith("{", opening + 1) and (doubled := _DOUBLED.match(self.source, opening)):
            raise ProseFault("one brace opens logic here, not two", opening, doubled.end(), f"write `{{{doubled[1].strip()}}}`")
        if self.source.startswith("|", end) or self.source.startswith("{", end):
            raise ProseFault(
                "alternatives begin with seq, cycle, shuffle or once, or with a condition",
                opening, end + 1, "write `{cycle | a | b}` or `{condition ? a | b}`",
            )  # fmt: skip
        colon = self.source.find(":", self.at, end)
        stop = end if colon < 0 else colon
        tree = self.expression(self.at, stop)
        form = "" if colon < 0 else self.source[colon + 1 : end].strip()
        self.at = end
        self.close(opening)
        return Node("value", form, opening, self.at, (tree,))

    def expression(self, start: int, end: int) -> Expr:
        text = self.source[start:end]
        try:
            tree = parse_expression(text)
        except ExpressionFault as fault:
            message, fix = fault.message, fault.fix
            if "?" in text:
                message, fix = "a condition and its text are parted by a `?` between spaces", "write `{condition ? text}`"
            raise ProseFault(message, start + fault.start, start + max(fault.end, fault.start + 1), fix) from None
        return moved(tree, start)

    def segment(self, opening: int) -> int:
        """Where the logic that begins here ends: at the next `|`, `{` or `}`."""
        if found := _SEGMENT.search(self.source, self.at, self.stop):
            return found.start()
        raise ProseFault("this `{` is never closed", opening, opening + 1, "write `\\{` for the sign itself")

    def branch(self, depth: int) -> ProseTree:
        return _stripped(self.text(depth, inside=True))

    def bar(self) -> bool:
        if self.at < self.stop and self.source[self.at] == "|":
            self.at += 1
            return True
        return False

    def close(self, opening: int) -> None:
        if self.at >= self.stop or self.source[self.at] != "}":
            raise ProseFault("this `{` is never closed", opening, opening + 1, "write `\\{` for the sign itself")
        self.at += 1


def _stripped(nodes: ProseTree) -> ProseTree:
    """A branch without the white space at its ends."""
    found = list(nodes)
    if found and found[0].kind == "words":
        node = found[0]
        found[0] = Node("words", node.value.lstrip(), node.start, node.end)
    if found and found[-1].kind == "words":
        node = found[-1]
        found[-1] = Node("words", node.value.rstrip(), node.start, node.end)
    return tuple(node for node in found if node.kind != "words" or node.value)


def without_logic(tree: ProseTree) -> str:
    """The words of a text, its logic left out: what a choice's id is made from."""
    parts = []
    for node in tree:
        if node.kind == "words":
            parts.append(node.value)
        elif node.kind == "link":
            parts.append(without_logic(node.branches[0]))
    return "".join(parts)


def only_words(tree: ProseTree) -> list[Code] | None:
    """The code of a text that is words and nothing else, as most are; None of any other."""
    return [["s", _unwrapped(tree[0].value)]] if len(tree) == 1 and tree[0].kind == "words" else None


# Checking ---------------------------------------------------------------------------------------------------------


class ProseChecker:
    """Checks texts into code. `scope` is the target whose visits `seq`, `cycle`, `once` and `shuffle` count."""

    def __init__(
        self,
        checker: Checker,
        scope: str,
        *,
        scaled: frozenset[str] = frozenset(),
        snippets: Mapping[str, ProseTree] | None = None,
        count: Callable[[], int] = lambda: 0,
    ) -> None:
        self.checker = checker
        self.scope = scope
        self.scaled = scaled
        self.snippets = snippets or {}
        self.count = count
        self._open: list[str] = []

    def enter_snippet(self, name: str) -> None:
        """What is checked now is this snippet's own text."""
        self._open.append(name)

    def check(self, tree: ProseTree) -> list[Code]:
        if (words := only_words(tree)) is not None:
            self.checker.size += 1
            return words
        found, before = [], ""
        for node in tree:
            codes = self.node(node)
            if before.endswith("$") and codes and codes[0][0] == "e" and codes[0][5] and codes[0][2] in ("text", "word", "truth"):
                name = codes[0][5]
                fix = f"write `{{{name}}}`, without the $; docs/coming-from.md has the rest"
                self.fault("foreign-syntax", "this looks like ChoiceScript's value; here the $ is only text", node, fix)
            before = node.value if node.kind == "words" else ""
            found += codes
        return found

    def node(self, node: Node) -> list[Code]:
        self.checker.size += 1
        if node.kind == "words":
            return [["s", _unwrapped(node.value)]]
        if node.kind == "mark":
            return [["m", node.value]]
        if node.kind == "glue":
            return [["g"]]
        if node.kind == "link":
            if node.value not in self.checker.names.cards:
                note = nearest(node.value, self.checker.names.cards, "codex card")
                self.fault("unknown-card", f"no codex card is called `{node.value}`", node, note=note)
            return [["l", node.value, self.check(node.branches[0])]]
        if node.kind == "snippet":
            return self.snippet(node)
        if node.kind == "pick":
            number = self.count() if node.value == "shuffle" else 0
            return [["a", node.value, self.scope, number, [self.check(branch) for branch in node.branches]]]
        if node.kind == "when":
            branches: list[Any] = []
            for condition, branch in zip(node.logic, node.branches, strict=True):
                branches.append([None if condition is None else self.checker.truth(condition), self.check(branch)])
            return [["c", branches]]
        return self.value(node)

    def fault(self, code: str, message: str, node: Node, fix: str = "", note: str = "") -> None:
        self.checker.faults.append(Fault(code, message, node.start, node.end, fix, note))

    def snippet(self, node: Node) -> list[Code]:
        if node.value not in self.snippets:
            note = nearest(node.value, self.snippets, "snippet")
            self.fault("unknown-snippet", f"no snippet is called `{node.value}`", node, note=note)
            return []
        if node.value in self._open:
            self.fault("snippet-loop", f"the snippet `{node.value}` contains itself", node)
            return []
        if self.checker.size > MAX_SIZE:
            self.fault("too-large", f"with its snippets and rules this text comes to more than {MAX_SIZE:,} parts", node)
            return []
        self._open.append(node.value)
        before = len(self.checker.faults)
        code = self.check(self.snippets[node.value])
        found = {fault.code: fault for fault in self.checker.faults[before:]}
        del self.checker.faults[before:]  # a snippet's own faults are reported once, where it is declared
        for code_found, fault in found.items():
            if code_found in ("snippet-loop", "too-large"):
                self.fault(code_found, fault.message, node)
        self._open.pop()
        return code

    def value(self, node: Node) -> list[Code]:
        tree = node.logic[0]
        assert tree is not None
        code, kind = self.checker.value(tree)
        words = node.value.split()
        cap = "cap" in words
        form = " ".join(word for word in words if word != "cap")
        if kind is not None:
            self.form(node, tree, kind, form)
        variable = tree.value if tree.kind == "name" and tree.value in self.checker.names.variables else ""
        return [["e", code, kind.kind if kind else "text", form, cap, variable]]

    def form(self, node: Node, tree: Expr, kind: Type, form: str) -> None:
        problem = ""
        if form == "scale":
            if tree.kind != "name" or tree.value not in self.scaled:
                problem = "`scale` wants a variable that declares a scale"
        elif kind.kind == "date":
            if form and not _DATE_WORDS & set(form.split()):
                problem = "a date is written with `weekday`, `d`, `month` and `year`"
        elif kind.kind in ("whole", "number"):
            if not _NUMBER_FORMAT.fullmatch(form) or (form == "words" and kind.kind != "whole"):
                problem = "a number is written with `.1f`, `,` or (a whole one) `words`"
        elif form:
            problem = f"`{form}` is not a way to write {kind}"
        if problem:
            self.fault("bad-format", problem, node)


def _unwrapped(words: str) -> str:
    """Single line breaks as spaces, blank lines as the one paragraph break."""
    if "\n" not in words:
        return words
    return _BREAK.sub(" ", _PARAGRAPH.sub("\x00", words)).replace("\x00", "\n\n")

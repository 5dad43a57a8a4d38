"""Human words over what a YAML parser says when it gives up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from game.engine.source import At
from game.load.columns import item_above, odd_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    import yaml

    from game.load.diagnostics import Faults

_QUOTED = "put the whole text in single quotes: '…' (a ' inside is written '')"
_DOUBLE = "put the whole text in double quotes, or write ’ for an apostrophe"
_MARKS = {
    "@": "which YAML keeps for itself",
    "`": "which YAML keeps for itself",
    "%": "which YAML keeps for its directives",
    "*": "which YAML reads as the repetition of something named before",
    "&": "which YAML reads as the name of an anchor",
    "!": "which YAML reads as a tag",
    "|": "which YAML reads as the beginning of a block of text",
    ">": "which YAML reads as the beginning of a block of text",
    "{": "which YAML reads as the beginning of a mapping",
    "[": "which YAML reads as the beginning of a list",
}
_SAME_COLUMN = "what belongs together begins in the same column; the lines of a block of text are indented deeper than its key"
_OF_COLUMNS = ("mapping values are not allowed", "did not find expected key", "expected '-' indicator", "<block end>")
_VALUE = re.compile(r"\s*(?:-\s+)*(?:[\w .]+:\s+)?(?=\S)")


def explain(error: yaml.YAMLError, file: str, lines: Sequence[str], faults: Faults) -> None:
    """Adds one finding for the fault at which the parser gave up."""
    problem = getattr(error, "problem", None)
    if problem is None:
        faults.add(
            "control-character",
            At(file, 0, 0, 0, 0),
            "the file holds a character that no text file has",
            "save it as plain UTF-8 text",
        )
        return
    _Fault(error, str(problem), file, lines, faults).report()


class _Fault:
    def __init__(self, error: Any, problem: str, file: str, lines: Sequence[str], faults: Faults) -> None:
        mark, context = error.problem_mark, error.context_mark
        self.problem = problem
        self.context = str(error.context or "")
        self.file, self.lines, self.faults = file, lines, faults
        self.line: int = mark.line if mark else 0
        self.column: int = mark.column if mark else 0
        self.from_line: int = context.line if context else self.line
        self.from_column: int = context.column if context else self.column
        if self.line >= len(lines) and lines:
            self.line, self.column = len(lines) - 1, max(len(lines[-1]) - 1, 0)

    def text(self, line: int) -> str:
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def add(self, code: str, message: str, fix: str = "", *notes: str, line: int = -1, column: int = -1) -> None:
        at_line = self.line if line < 0 else line
        at_column = self.column if column < 0 else column
        self.faults.add(code, At(self.file, at_line + 1, at_column + 1, at_line + 1, at_column + 2), message, fix, *notes)

    def report(self) -> None:
        here = self.text(self.line)
        problem, context = self.problem, self.context
        indent = here[: len(here) - len(here.lstrip())]
        if "\t" in indent and (
            "tab" in problem or "cannot start any token" in problem or here[self.column : self.column + 1] == "\t"
        ):
            self.add("tab-indent", "this line is indented with a tab", "use spaces", column=indent.index("\t"))
        elif "tab character" in problem:
            self.add("tab-indent", "a tab stands where YAML wants spaces", "use spaces")
        elif "quoted scalar" in context:
            self.unclosed()
        elif self.misplaced() or self.marked():
            pass
        elif "mapping values are not allowed" in problem:
            self.colon()
        elif "could not find expected ':'" in problem:
            fix = "a key needs a colon; prose stands below `text: |`, indented; a wrapped line is indented deeper than its key"
            self.add(
                "yaml-syntax",
                "this line is neither a key nor part of what is above it",
                fix,
                line=self.from_line,
                column=self.from_column,
            )
        elif "block sequence entries are not allowed" in problem:
            self.add(
                "yaml-syntax", "a list cannot begin behind a key on the same line", "put the first `- ` on a line of its own"
            )
        elif "expected ',' or" in problem:
            close = "]" if "sequence" in context else "}"
            where = f"it was opened in line {self.from_line + 1}"
            self.add("yaml-syntax", f"a comma or `{close}` is missing here", "", where, *self.wide())
        elif "did not find expected key" in problem or "expected '-' indicator" in problem or "<block end>" in problem:
            self.indentation()
        elif "directive" in context or "directive" in problem:
            self.add(
                "special-mark", f"this line begins with `%`, {_MARKS['%']}", _QUOTED, line=self.from_line, column=self.from_column
            )
        elif "<document start>" in problem:
            self.add("several-documents", "the document has ended above; a file holds one", "take the line `...` away")
        elif "tag" in context:
            self.add(
                "special-mark", f"this begins with `!`, {_MARKS['!']}", _QUOTED, line=self.from_line, column=self.from_column
            )
        else:
            self.add("yaml-syntax", f"YAML cannot read this: {problem}", "", context)

    def misplaced(self) -> bool:
        """A line above stands in a column of its own, and YAML only stumbles here; or a key is not as deep as its list item."""
        if not any(words in self.problem for words in _OF_COLUMNS):
            return False
        odd = odd_one(self.lines, self.line)
        if odd is not None:
            line, shallow = odd
            message = f"this line stands {'less deep' if shallow else 'deeper'} than its neighbours"
            note = f"YAML stumbles over it in line {self.line + 1}"
            self.add("yaml-syntax", message, _SAME_COLUMN, note, line=line.number, column=line.indent)
            return True
        item = item_above(self.lines, self.line) if "collection" in self.context or "mapping values" in self.problem else None
        if item is None:
            return False
        fix = f"bring it to column {item.column + 1}, below `{item.key}` in line {item.number + 1}"
        indent = len(self.text(self.line)) - len(self.text(self.line).lstrip())
        self.add("yaml-syntax", "this key stands less deep than its neighbours", fix, column=indent)
        return True

    def marked(self) -> bool:
        """A value on this line (or on the one where the trouble began) starts with one of YAML's own marks."""
        for line, column in ((self.line, self.column), (self.from_line, self.from_column)):
            text = self.text(line)
            match = _VALUE.match(text)
            start = match.end() if match else 0
            mark = text[start : start + 1]
            if column < start or mark not in (*_MARKS, '"', "'"):
                continue
            if mark in "\"'":
                closing = text.find(mark, start + 1)
                if "expected" not in self.problem or closing < 0 or column <= closing:
                    continue
                message = "text goes on behind the closing quotation mark"
                fix = """put the whole text in single quotes: '"…" …'""" if mark == '"' else _DOUBLE
                self.add("text-after-quote", message, fix, line=line, column=closing + 1)
                return True
            if mark in "{[":
                close = text.rfind({"{": "}", "[": "]"}[mark])
                if close < 0 or not text[close + 1 :].strip(" ,") or text[close + 1 :].strip().startswith("#"):
                    continue
            if mark in "|>" and "block scalar" not in self.context:
                continue
            self.add("special-mark", f"this text begins with `{mark}`, {_MARKS[mark]}", _QUOTED, line=line, column=start)
            return True
        return False

    def unclosed(self) -> None:
        text = self.text(self.from_line)
        mark = text[self.from_column : self.from_column + 1]
        message = f"this quotation mark ({mark}) is not closed"
        fix = f"close it, or put a text that begins with {mark} in the other kind of quotes"
        if mark == "'":
            fix = "close it; a text that begins with ' stands in double quotes, or write ’"
        code = "unclosed-quote" if "end of stream" in self.problem or "document indicator" in self.problem else "yaml-syntax"
        if code == "yaml-syntax":
            self.add(
                code,
                f"YAML cannot read this quoted text: {self.problem}",
                r"in double quotes a \ is written \\; single quotes take it as it is",
            )
        else:
            self.add(code, message, fix, line=self.from_line, column=self.from_column)

    def colon(self) -> None:
        text = self.text(self.line)
        indent = len(text) - len(text.lstrip())
        above = self.text(self.line - 1)
        if re.match(r"\s*[\w.]+\s*$", text[: self.column]) and ":" in above and indent > len(above) - len(above.lstrip()):
            note = f"line {self.line} already has a value, so nothing can be put below it"
            self.add("yaml-syntax", "this key is indented deeper than the one above it", "bring the two to the same column", note)
            return
        fix = "put the whole value in single quotes; prose stands below `|`; logic has no `: `"
        self.add("colon-in-text", "YAML takes this colon for the end of a key", fix)

    def indentation(self) -> None:
        text = self.text(self.line)
        column = len(text) - len(text.lstrip())
        if self.column > column:
            self.add("yaml-syntax", "YAML cannot read the line from here on", "", *self.wide())
            return
        above = next((line for line in range(self.line - 1, -1, -1) if self.text(line).strip()), -1)
        if above >= 0 and re.search(r"[|>][-+]?\d?\s*$", self.text(self.from_line)):
            above = self.from_line
        fix = _SAME_COLUMN
        note = f"it belongs to what begins in line {self.from_line + 1}, column {self.from_column + 1}"
        if text.lstrip().startswith("- ") and "mapping" in self.context:
            self.add("yaml-syntax", "a list item stands where a key is expected", fix, note)
        elif not text.lstrip().startswith("-") and "collection" in self.context:
            self.add("yaml-syntax", "a key stands where a list item (`- `) is expected", fix, note)
        else:
            self.add("yaml-syntax", "this line begins in a column where nothing else of its kind does", fix, note)

    def wide(self) -> tuple[str, ...]:
        return ("a text with commas, colons or brackets stands in quotes inside { } and [ ]",) if "flow" in self.context else ()

"""Signs of other languages in an expression, and signs torn apart: what somebody meant by them, and what to write."""

from __future__ import annotations

import re

FOREIGN = {"&&": "and", "||": "or", "!": "not", "===": "==", "<>": "!=", "**": "*", "?": "a if condition else b"}
FOREIGN_NAMES = {"true": "yes", "True": "yes", "false": "no", "False": "no", "AND": "and", "OR": "or", "NOT": "not"}
TORN = {
    (">", "="): ">=", ("<", "="): "<=", ("=", ">"): ">=", ("=", "<"): "<=",
    ("=", "="): "==", ("==", "="): "==", ("!=", "="): "!=", ("<", ">"): "!=",
    ("+", "="): "+=", ("-", "="): "-=", ("*", "="): "*=", ("+", "+"): "+= 1", ("-", "-"): "-= 1",
}  # fmt: skip
"""Two signs that are meant as one: with a space between them, the wrong way round, or another language's."""

_NOT_EQUAL = re.compile(r"!\s*=|=\s*!")
_NAMED = re.compile(r"\$(\w+)")


def foreign_sign(text: str, at: int) -> tuple[str, int, int, str] | None:
    """Of a sign that cannot be read at `at`: (message, start, end, fix); None where nothing is known of it."""
    before = text[:at].rstrip()
    torn = _NOT_EQUAL.match(text, len(before) - 1 if before.endswith("=") else at)
    if torn is not None:
        return f"`{torn[0]}` is not of this language", torn.start(), torn.end(), "write `!=`"
    if named := _NAMED.match(text, at):
        return "a variable has no `$` in front of it here", at, named.end(), f"write `{named[1]}`"
    if text[at] == "~":
        return "`~` is not of this language", at, at + 1, "write the effect alone, as in `do: x += 1`"
    for sign in sorted(FOREIGN, key=len, reverse=True):
        if text.startswith(sign, at):
            return f"`{sign}` is not of this language", at, at + len(sign), f"write `{FOREIGN[sign]}`"
    return None

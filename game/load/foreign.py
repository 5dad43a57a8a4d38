"""Other languages' marks in a text: Twine's links and macros, ink's diverts, ChoiceScript's commands.

Here they are only words, and players would read them. Only forms that no prose has are reported: an arrow inside a sentence,
emphasis that begins with `if`, and brackets round a remark are let through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.source import Source
    from game.load.diagnostics import Faults

PAGE = "docs/coming-from.md has the rest"


class Found(NamedTuple):
    """Whose mark it is, and what to write here instead."""

    start: int
    end: int
    whose: str
    fix: str


_LINK = re.compile(r"(?<!\\)\[\[(?P<text>[^\[\]{}\n]+)\]\]")
_SUGARCUBE = re.compile(
    r"(?<!\\)<<(?:(?P<set>set|unset|run|remember)|(?P<say>print|[=-])|(?P<go>link|button|goto|back|return)"
    r"|(?P<visit>include|display|widget)|(?P<test>/?if|else|elseif|endif|/?switch|case|default)"
    r"|(?P<other>/?(?:link|button|nobr|silently|script|timed|for|capture|audio)|nobr|silently|script))"
    r"(?![\w'’])[^<>\n]*>>"
)
_HARLOWE = re.compile(
    r"\((?:(?P<set>set|put|move): ?\$|(?P<say>print|either): ?[$\"']|(?P<go>link(?:-goto|-reveal|-repeat)?|goto|go-to): ?[$\"']"
    r"|(?P<visit>display): ?[$\"']|(?P<test>(?:if|unless|else-?if):(?=[^()\n]*(?:\$|\)\[))|else:(?=\)\[)))[^()\n]*\)?"
)
_TILDE = re.compile(r"^[ \t]*~[ \t]*(?P<code>\w+[ \t]*(?:[-+*/]?=|\+\+|--)[^\n]*|(?:temp|return)\b[^\n]*)", re.MULTILINE)
_DIVERT = re.compile(r"^[ \t]*->[ \t]*(?P<to>[^\W\d]\w*(?:\.\w+)?)[ \t]*$", re.MULTILINE)
_KNOT = re.compile(r"^[ \t]*={2,}[ \t]*(?:function[ \t]+)?(?P<name>[^\W\d]\w*)[ \t]*=*[ \t]*$", re.MULTILINE)
_COMMAND = re.compile(
    r"^\*(?:(?P<go>go(?:to|sub)(?:_scene|ref)?)(?:[ \t]+(?P<to>\w+))?"
    r"|(?P<set>set|temp|create|rand)[ \t]+\w+[ \t]+(?:[-+*/%&\"(\d]|true\b|false\b)|(?P<test>if[ \t]*\(|elseif\b|elsif\b)"
    r"|(?P<choice>(?:choice|fake_choice)[ \t]*$)"
    r"|(?P<other>(?:page_break|line_break|hide_reuse|disable_reuse|selectable_if|allow_reuse|input_text|stat_chart)\b"
    r"|label[ \t]+\w+[ \t]*$|comment[ \t]))[^*\n]*$",
    re.MULTILINE,
)
_NO_MARK = re.compile(
    r"\*(?P<go>go(?:to|sub)(?:_scene|ref)?|finish|return)\b|\*(?P<set>set|temp|create|rand)\b|\*(?P<test>if|else|elseif|elsif)\b"
    r"|\*(?P<choice>choice|fake_choice)\b|\*(?P<other>ending|label|comment|page_break)\b"
)
_INSTEAD = {
    "set": "effects stand beside the text: `do: x = 1`",
    "say": "a value in a text is `{x}`, one of several texts `{shuffle | a | b}`",
    "go": "`go: target` below the text, or `Label -> target` in a list of `choices`",
    "visit": "`visit: scene` plays a scene and comes back; `{@snippet}` is a text",
    "test": "`{x > 1 ? text | other text}` in a text; for whole paragraphs `if:` on a beat",
    "choice": "a list below `choices:`, each label behind `- `",
    "other": "it has no counterpart in a text",
}


def foreign(text: str) -> Iterator[Found]:
    """The marks that are unmistakable, in no order."""
    if "[[" in text:
        for match in _LINK.finditer(text):
            yield Found(*match.span(), "Twine's link", f"put it into a list below `choices:`, as `- {_link(match['text'])}`")
    if "<<" in text:
        yield from _kinds(_SUGARCUBE, text, "a macro of Twine's (SugarCube)")
    if ":" in text and "(" in text:
        yield from _kinds(_HARLOWE, text, "a macro of Twine's (Harlowe)")
    if "~" in text:
        for match in _TILDE.finditer(text):
            start, end = match.span("code")
            yield Found(text.index("~", match.start()), end, "ink's logic", _INSTEAD["set"])
    if "->" in text:
        for match in _DIVERT.finditer(text):
            start = text.index("->", match.start())
            yield Found(start, match.end("to"), "ink's divert", f"write `go: {match['to']}` below the text")
    if "==" in text:
        for match in _KNOT.finditer(text):
            start = text.index("==", match.start())
            fix = f"a scene begins with `{match['name']}:` at the left edge of the file"
            yield Found(start, len(text[: match.end()].rstrip()), "ink's knot", fix)
    if "*" in text:
        for match in _COMMAND.finditer(text):
            where = f"write `go: {match['to']}` below the text" if match["to"] else _INSTEAD[match.lastgroup or "other"]
            yield Found(match.start(), len(text[: match.end()].rstrip()), "a command of ChoiceScript's", where)


def unclosed_command(text: str, at: int) -> Found | None:
    """The command of ChoiceScript's that begins here, where an asterisk stands that nothing closes."""
    match = _NO_MARK.match(text, at)
    if match is None or text[:at].rpartition("\n")[2].strip():
        return None
    return Found(*match.span(), "a command of ChoiceScript's", _INSTEAD[match.lastgroup or "other"])


def check_foreign(source: Source, faults: Faults) -> None:
    """A warning for each mark."""
    for found in foreign(source.text):
        at = source.at(found.start, found.end)
        faults.add("foreign-syntax", at, f"this looks like {found.whose}; here it is only text", f"{found.fix}; {PAGE}")


def _kinds(pattern: re.Pattern[str], text: str, whose: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield Found(*match.span(), whose, _INSTEAD[match.lastgroup or "other"])


def _link(text: str) -> str:
    """Twine's three ways to write a link, in ours; a passage's name becomes one that a scene can have."""
    label, arrow, to = text.partition("->")
    if not arrow:
        to, arrow, label = text.partition("<-")
    if not arrow:
        label, _, to = text.partition("|")
    name = re.sub(r"\W+", "_", (to or label).strip().lower()).strip("_")
    return f"{label.strip()} -> {name}"


def link_label(text: str) -> str:
    """What to write for a label that is a link of Twine's; empty where it is none."""
    match = _LINK.match(text.strip())
    return "" if match is None else _link(match["text"])

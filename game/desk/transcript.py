"""Transcripts: a life, or a part of one, as Markdown, HTML or plain text."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from game.desk.words import clean, plain_lines
from game.engine.calendar import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from game.desk.journal import Leaf
    from game.engine.page import Block, Span
    from game.engine.story import Story

_MARKS = re.compile(r"([\\`*_\[\]<>~|&])|^(\s*)([#+=-]|\d+(?=[.)]))")
_STYLE = """\
body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif; color: #222; background: #fdfcf9; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.date, .change { font-style: italic; } .chosen { margin-left: 1.5rem; font-weight: bold; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1b1a18; } }
"""


def transcript(ending: str, story: Story, leaves: Iterable[Leaf]) -> str:
    """The pages read and the choices made. `ending` is the file's: `.md`, `.html` or `.txt`. ValueError for any other."""
    write = WRITERS.get(ending.lower())
    if write is None:
        raise ValueError(f"A transcript is written as {', '.join(WRITERS)}; `{ending or 'no ending'}` is none of them.")
    return write(story, leaves)


def _plain(story: Story, leaves: Iterable[Leaf]) -> str:
    lines = [clean(story.title), ""]
    for leaf in leaves:
        lines += [f"{long_date(leaf.began)}.", *plain_lines(leaf.page.blocks)]
        if leaf.chosen:
            lines += ["", f"You chose: {clean(leaf.chosen)}", ""]
        if leaf.page.ending:
            lines += [f"The end: {_ending(story, leaf)}"]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(story: Story, leaves: Iterable[Leaf]) -> str:
    parts = [f"# {_marked_off(story.title)}"]
    for leaf in leaves:
        parts.append(f"*{long_date(leaf.began)}*")
        parts += [_MARKDOWN[block.kind](_spans(block, _markdown_span)) for block in leaf.page.blocks]
        if leaf.chosen:
            parts.append(f"> **{_marked_off(leaf.chosen)}**")
        if leaf.page.ending:
            parts.append(f"## The end: {_marked_off(_ending(story, leaf))}")
    return "\n\n".join(parts) + "\n"


def _html(story: Story, leaves: Iterable[Leaf]) -> str:
    title = escape(clean(story.title))
    parts = [
        "<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">', f"<title>{title}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">', f"<style>\n{_STYLE}</style>",
        "</head>", "<body>", f"<h1>{title}</h1>",
    ]  # fmt: skip
    for leaf in leaves:
        parts.append(f'<p class="date">{long_date(leaf.began)}</p>')
        parts += [_HTML[block.kind](_spans(block, _html_span)) for block in leaf.page.blocks]
        if leaf.chosen:
            parts.append(f'<p class="chosen">{escape(clean(leaf.chosen))}</p>')
        if leaf.page.ending:
            parts.append(f"<h2>The end: {escape(clean(_ending(story, leaf)))}</h2>")
    return "\n".join([*parts, "</body>", "</html>"]) + "\n"


WRITERS: dict[str, Callable[[Story, Iterable[Leaf]], str]] = {".md": _markdown, ".html": _html, ".txt": _plain}
"""A writer for each ending of a file."""

_MARKDOWN: dict[str, Callable[[str], str]] = {
    "title": "## {}".format,
    "subtitle": "*{}*".format,
    "text": "{}".format,
    "change": "*{}*".format,
    "break": lambda _: "---",
}
_HTML: dict[str, Callable[[str], str]] = {
    "title": "<h2>{}</h2>".format,
    "subtitle": "<p><em>{}</em></p>".format,
    "text": "<p>{}</p>".format,
    "change": '<p class="change">{}</p>'.format,
    "break": lambda _: "<hr>",
}


def _spans(block: Block, span: Callable[[Span], str]) -> str:
    return "".join(span(each) for each in block.spans)


def _markdown_span(span: Span) -> str:
    text = _marked_off(span.text)
    return _around(_around(text, "*" if span.em else ""), "**" if span.strong else "")


def _around(text: str, mark: str) -> str:
    """The mark around the words, with the spaces left outside: Markdown knows no emphasis that begins with a space."""
    words = text.strip()
    return text.replace(words, f"{mark}{words}{mark}", 1) if mark and words else text


def _marked_off(text: str) -> str:
    """The text with every character that Markdown would read as a mark taken as itself."""
    return _MARKS.sub(lambda found: f"\\{found[1]}" if found[1] else _at_start(found[2], found[3]), clean(text))


def _at_start(space: str, mark: str) -> str:
    """What would open a list or a heading, taken as itself: `1.` keeps its digit and marks off its stop."""
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _html_span(span: Span) -> str:
    text = escape(clean(span.text))
    text = f"<em>{text}</em>" if span.em else text
    return f"<strong>{text}</strong>" if span.strong else text


def _ending(story: Story, leaf: Leaf) -> str:
    info = story.endings.get(leaf.page.ending)
    return info.title if info else leaf.page.ending

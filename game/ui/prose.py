"""A page as something that Textual draws. Story text is built from spans, never read as markup: brackets stay brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content, Span
from textual.style import Style

from game.desk.words import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from game.engine.page import Block

BOLD = Style(bold=True)
ITALIC = Style(italic=True)
BREAK = "*   *   *"


def page_content(blocks: Iterable[Block], focus: int = -1, marked: Collection[int] = ()) -> Content:
    """The blocks as one content. Words that open a codex card are underlined and carry the card and their number as `meta`.

    The word with the number `focus` is drawn reversed and between marks, since it is where the cursor stands. Blocks whose
    places are among `marked` carry `marked` as `meta`.
    """
    parts: list[Content] = []
    words = 0
    before = ""
    for place, block in enumerate(blocks):
        content, words = _block(block, words, focus)
        if not content:
            continue
        if place in marked:
            content = content.stylize(Style.from_meta({"marked": True}))
        if parts:
            parts.append(Content(_between(before, block.kind)))
        parts.append(content)
        before = block.kind
    return Content("").join(parts)


def cards_of(blocks: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """(card, words) of every underlined word, in the order of the text: the numbers of `page_content` count these."""
    return tuple((span.card, span.text) for block in blocks for span in block.spans if span.card)


def plain(text: str) -> Content:
    """Lines of words that a story, a save or a player wrote: nothing in them is markup, nothing steers the terminal."""
    return Content("\n".join(clean(line) for line in text.split("\n")))


def tied(label: str, text: str) -> Content:
    """`Label: text`, the label in bold."""
    return plain(f"{label}: {text}").stylize(BOLD, 0, len(label) + 1)


def heading(text: str) -> Content:
    return plain(text).stylize(BOLD)


def paragraphs(parts: Iterable[Content | str]) -> Content:
    """The parts that hold something, an empty line between them."""
    return Content("\n\n").join([plain(part) if isinstance(part, str) else part for part in parts if part])


def _between(before: str, kind: str) -> str:
    if before == kind == "change":
        return " · "
    if before == "title" and kind == "subtitle":
        return "\n"
    return "\n\n"


def _block(block: Block, words: int, focus: int) -> tuple[Content, int]:
    if block.kind == "break":
        return Content(BREAK), words
    style = {"title": BOLD, "subtitle": ITALIC, "change": ITALIC}.get(block.kind)
    text, spans = "", []
    for span in block.spans:
        run = clean(span.text)
        start, text = len(text), text + run
        if not run:
            words += bool(span.card)
            continue
        if span.em or span.strong:
            spans.append(Span(start, len(text), Style(italic=span.em or None, bold=span.strong or None)))
        if span.card:
            mark = Style(underline=True) + Style.from_meta({"card": span.card, "word": words})
            if words == focus:
                mark += Style(reverse=True, bold=True)
            spans.append(Span(start, len(text), mark))
            words += 1
    if style is not None and text:
        spans.insert(0, Span(0, len(text), style))
    return Content(text, spans), words

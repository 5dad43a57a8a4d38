"""A life written out: each form says the same, and none lets a player's or an author's text become markup."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from game.desk.journal import Leaf
from game.desk.transcript import transcript
from game.engine.page import Block, Page, Span

STORY: Any = SimpleNamespace(title="A <Story>", endings={"home": SimpleNamespace(title="Home")})


def leaf(text: str, chosen: str = "", ending: str = "") -> Leaf:
    blocks = (Block("title", (Span("The pier"),)), Block("text", (Span(text), Span("said ", em=True), Span("she", strong=True))))
    return Leaf(0, Page("pier", "The pier", "", date(1922, 6, 20), "", 1, blocks, ending=ending), date(1922, 5, 20), chosen)


LEAVES = (leaf("1. *Not* <b>bold</b> & [no](link) ", "Go _home_"), leaf("# End ", ending="home"))


def test_plain() -> None:
    assert transcript(".txt", STORY, LEAVES) == (
        "A <Story>\n\n20 May 1922.\nScene: The pier\n1. *Not* <b>bold</b> & [no](link) said she\n\nYou chose: Go _home_\n\n"
        "20 May 1922.\nScene: The pier\n# End said she\nThe end: Home\n"
    )


def test_markdown() -> None:
    assert transcript(".md", STORY, LEAVES) == (
        "# A \\<Story\\>\n\n*20 May 1922*\n\n## The pier\n\n"
        "1\\. \\*Not\\* \\<b\\>bold\\</b\\> \\& \\[no\\](link) *said* **she**\n\n> **Go \\_home\\_**\n\n"
        "*20 May 1922*\n\n## The pier\n\n\\# End *said* **she**\n\n## The end: Home\n"
    )


def test_html_is_whole_in_itself_and_escaped() -> None:
    text = transcript(".html", STORY, LEAVES)
    assert "<p>1. *Not* &lt;b&gt;bold&lt;/b&gt; &amp; [no](link) <em>said </em><strong>she</strong></p>" in text
    assert '<p class="chosen">Go _home_</p>' in text
    assert "<h2>The end: Home</h2>" in text
    assert not re.search(r"\b(src|href)=|@import|url\(|<script", text)


@pytest.mark.parametrize("hostile", ["</p><script>alert(1)</script>", '"><img src=x onerror=y>', "&lt;", "\x1b[31m", "<!--"])
def test_nothing_typed_becomes_a_tag(hostile: str) -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.add(tag)

    parser = Tags()
    parser.feed(transcript(".html", STORY, [leaf(hostile, hostile)]))
    assert parser.seen == {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "em", "strong"}


@pytest.mark.parametrize("ending", ["", ".pdf", "md"])
def test_a_form_that_nobody_writes_is_refused_in_a_sentence(ending: str) -> None:
    with pytest.raises(ValueError, match=r"A transcript is written as \.md, \.html, \.txt"):
        transcript(ending, STORY, LEAVES)

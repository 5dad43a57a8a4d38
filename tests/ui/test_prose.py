"""Story text as Textual's content: what the author wrote, letter by letter, whatever brackets it holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.engine.page import Block, Span
from game.ui.prose import page_content

MARKUP = st.sampled_from(["[/", "[/]", "[Bold]", "[b]x[/b]", "[@click=app.quit]", "\\[", "$x", "[link=", "{{", "[]"])
TEXT = st.lists(st.one_of(MARKUP, st.text(st.characters(exclude_categories=("C", "Z")), max_size=8)), max_size=6).map("".join)
SPAN = st.builds(Span, TEXT, st.booleans(), st.booleans(), st.sampled_from(["", "clause"]))


@given(st.lists(SPAN, max_size=6))
def test_a_paragraph_is_drawn_letter_by_letter(spans):
    assert page_content([Block("text", tuple(spans))]).plain == "".join(span.text for span in spans)


@given(st.lists(st.builds(Block, st.sampled_from(["title", "subtitle", "text", "change"]), st.tuples(SPAN)), max_size=5))
def test_every_block_stands_on_the_page_in_its_order(blocks):
    plain, at = page_content(blocks).plain, 0
    for block in blocks:
        at = plain.index(block.text, at) + len(block.text)


def test_control_characters_reach_no_terminal():
    assert page_content([Block("text", (Span("a\x1b[31mb\x07\nc\td\u202e"),))]).plain == "a[31mb c d"


async def test_markup_in_text_labels_names_and_titles_is_drawn_literally(play, fake):
    odd = "[Bold] and [/ and [@click=app.quit]this[/] and \\["
    page = fake.page(
        fake.text(odd, kind="title"), odd, fake.text(odd, kind="change"),
        options=[fake.option("end", odd, note=odd), fake.option("x", odd, enabled=False, reasons=(odd,))], title=odd,
    )  # fmt: skip
    story = fake.story({**fake.tale(), "start": page})
    story.title = story.byline = story.intro = odd
    story.content = {"typhus": odd}
    async with play("n", story=story, on=fake.FakeShelf(), size=(160, 40)) as player:
        assert player.words.count(odd) == 3
        await player.press("enter", "2")
        assert player.words.count(odd) == 8
        await player.press("J")
        assert odd in player.frame
        await player.press("escape", "b", "enter", "B")
        assert odd in player.frame

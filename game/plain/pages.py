"""A page as lines: its words, what may be chosen, how it ends; and the words before the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desk.words import laid_over, locked_because, option_notes, paragraphs, plain_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.page import Option, Page
    from game.engine.story import Story
    from game.plain.console import Console


def introduce(console: Console, story: Story) -> None:
    """What the author says before a life, and the packs that are laid over the story."""
    console.say(*paragraphs(story.intro))
    if packs := laid_over(story):
        console.say(packs)


def show(console: Console, story: Story, page: Page) -> None:
    """The whole page: the prose, then an empty line and the choices, or the question, or the end."""
    show_text(console, page)
    if page.ending:
        ending = story.endings.get(page.ending)
        console.say(f"The end: {ending.title if ending else page.ending}")
    console.say("")
    show_choices(console, page)


def show_text(console: Console, page: Page) -> None:
    """The prose alone. Wrapped paragraphs get an empty line between them; unwrapped ones are a line each."""
    lines = plain_lines(page.blocks)
    for number, line in enumerate(lines):
        if number and console.width and line and lines[number - 1]:
            console.say("")
        console.say(line)


def show_choices(console: Console, page: Page) -> None:
    if page.question:
        console.say(
            f"{page.question.label} (type a line; an empty one means: {page.question.default}; /undo and /help are words here)"
        )
    elif page.options:
        numbered(console, (option_line(option) for option in page.options))


def numbered(console: Console, labels: Iterable[str]) -> None:
    """`Choices:` and a numbered line for each."""
    console.say("Choices:")
    for number, label in enumerate(labels, 1):
        head = f"{number}. "
        console.say(head + label, indent=" " * len(head))


def option_line(option: Option) -> str:
    """`label (what it stakes; cannot be taken back) (locked: reason)`, without what does not apply."""
    notes = "; ".join(option_notes(option))
    line = f"{option.label} ({notes})" if notes else option.label
    return line if option.enabled else f"{line} (locked: {locked_because(option)})"

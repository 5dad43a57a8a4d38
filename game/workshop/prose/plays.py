"""How many words a reader meets before each choice, from lives played at random.

How long a page is depends on what happened, so nothing short of playing is exact. Lives are played with fixed seeds until
PAGES choices have been met; a question to type at and a set of one choice only are no choices, and the words run on past
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from game.engine.story import StoryStuck
from game.engine.turn import ChoiceRefused, answer, begin, choose
from game.workshop.prose.sentences import count_words

if TYPE_CHECKING:
    from game.engine.page import Page
    from game.engine.story import Story

LIVES = 30
PAGES = 1_000
STEPS = 400


@dataclass(slots=True)
class Pages:
    """The words before each choice that was met, and for each choice taken the most words that followed it."""

    words: list[int] = field(default_factory=list)
    longest: dict[str, int] = field(default_factory=dict)
    lives: int = 0


def sample(story: Story) -> Pages:
    """Plays lives by a fixed rule; the same story gives the same pages."""
    pages = Pages()
    for seed in range(LIVES):
        if len(pages.words) >= PAGES:
            break
        pages.lives += 1
        try:
            _live(story, seed, pages)
        except (StoryStuck, ChoiceRefused):
            continue
    return pages


def _live(story: Story, seed: int, pages: Pages) -> None:
    random = Random(seed)
    state, page = begin(story, seed)
    since, words = "", 0
    for _ in range(STEPS):
        words += _words(page)
        open_options = [option for option in page.options if option.enabled]
        if len(page.options) > 1:
            pages.words.append(words)
            pages.longest[since] = max(words, pages.longest.get(since, 0))
            words = 0
        if page.ending or len(pages.words) >= PAGES:
            return
        if page.question is not None:
            state, page = answer(story, state, "")
        elif open_options:
            taken = random.choice(open_options).key
            since = taken if len(page.options) > 1 else since
            state, page = choose(story, state, taken)
        else:
            return


def _words(page: Page) -> int:
    return sum(count_words("".join(span.text for span in block.spans)) for block in page.blocks if block.kind == "text")


def share(values: list[int], part: float) -> int:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

"""Random lives of a story: how they end, how long they are, between which values its variables move."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

from game.workshop.explore.play import Uniform, life_seed, live

if TYPE_CHECKING:
    from game.engine.page import Page
    from game.engine.state import State
    from game.engine.story import Story


@dataclass(slots=True)
class Figures:
    """`endings` counts lives by the ending they came to; `cut` those that were stopped, `broke` those that the story stopped."""

    lives: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    broke: int = 0
    choices: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    lows: dict[str, float] = field(default_factory=dict)
    highs: dict[str, float] = field(default_factory=dict)

    def share(self, ending: str) -> float:
        return self.endings[ending] / self.lives if self.lives else 0.0

    @property
    def median_words(self) -> float:
        return median(self.words) if self.words else 0

    @property
    def median_choices(self) -> float:
        return median(self.choices) if self.choices else 0


def played(story: Story, lives: int, seed: int) -> Figures:
    """Plays lives that choose at random, with their texts. The same seed gives the same lives."""
    figures = Figures()
    lows, highs = figures.lows, figures.highs
    for number in range(lives):
        own = life_seed(seed, number)
        words = 0

        def watch(state: State, page: Page, key: str) -> None:
            nonlocal words
            words += len(page.text.split())
            for name, value in state.vars.items():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    lows[name] = min(value, lows.get(name, value))
                    highs[name] = max(value, highs.get(name, value))

        life = live(story, own, Uniform(own), texts=True, watch=watch)
        figures.lives += 1
        figures.choices.append(len(life.keys))
        figures.words.append(words)
        if life.ending:
            figures.endings[life.ending] += 1
        elif life.fault is not None:
            figures.broke += 1
        else:
            figures.cut += 1
    return figures


def beyond_chance(before: float, after: float, one: int, other: int) -> bool:
    """Whether two shares, of so many lives each, differ by more than chance alone gives in nineteen cases of twenty."""
    if not one or not other:
        return False
    both = (before * one + after * other) / (one + other)
    return abs(before - after) > 1.96 * sqrt(both * (1 - both) * (1 / one + 1 / other)) > 0

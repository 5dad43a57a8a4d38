"""How a text reads: words, sentences and syllables, as `check --prose` counts them, and the Flesch-Kincaid grade made of them.

textstat does the same with a dictionary of pronunciations, which nltk fetches from the network when it is first used; a tool for
authors must not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from game.workshop.prose.sentences import WORD, count_words, syllables
from game.workshop.prose.sentences import sentences as sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.load.style import Style

_PARAGRAPH = re.compile(r"\n\s*\n")


class Prose(NamedTuple):
    words: int = 0
    sentences: int = 0
    syllables: int = 0

    @property
    def grade(self) -> float | None:
        """Years of school after which it reads easily, by Flesch and Kincaid; None where there is no sentence."""
        if not self.words or not self.sentences:
            return None
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    def joined(self, other: Prose) -> Prose:
        return Prose(self.words + other.words, self.sentences + other.sentences, self.syllables + other.syllables)


def measured(sentence: str) -> Prose:
    """The counts of one sentence; of what has no word, nothing."""
    found = [match[0] for match in WORD.finditer(sentence)]
    return Prose(len(found), 1, sum(map(syllables, found))) if found else Prose()


def sentences(text: str, style: Style) -> Iterator[str]:
    """The sentences of a text; the end of a paragraph ends one."""
    for paragraph in _PARAGRAPH.split(text):
        for start, end in sentences_of(paragraph, 0, len(paragraph), style):
            yield paragraph[start:end].strip()


__all__ = ["Prose", "count_words", "measured", "sentences"]

"""Spelling: pyspellchecker's word lists, the story's own words, and the names that its declarations give.

pyspellchecker is pure Python, carries its lists with it (a dozen languages) and raised the fewest false alarms on real prose.
Its suggestions are cheap for one slip in a word and dear for two, so for two the nearest words by letters are looked up.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from game.workshop.prose.dialects import only_british, to_american, to_british
from game.workshop.prose.sentences import ABBREVIATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from game.engine.model import Model
    from game.load.style import Style

_WORD = re.compile(r"(?<![\w@#/.])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/])")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDINGS = ("'s", "'ll", "'d", "'ve", "'re", "n't", "s'", "'")
_LATIN = re.compile(r"[a-zà-öø-ÿœ'’-]+", re.IGNORECASE)
_FAR = 20
"""For how many words of a run the nearest are looked for, when no word is one slip away."""


@cache
def _dictionary(language: str) -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language=language, distance=1)


class Spelling:
    """Knows the words of one story."""

    def __init__(self, model: Model, style: Style) -> None:
        self.language, _, dialect = style.language.partition("_")
        self.british, self.american = dialect == "GB", dialect == "US"
        self.list = _dictionary(self.language)
        self.own = {word.lower().replace("’", "'") for text in (*style.words, *style.abbreviations) for word in _words(text)}
        self.own |= {word.lower().replace("’", "'") for text in _names(model) for word in _words(text)}
        self._known: dict[str, bool] = {}
        self._far = _FAR

    def unknown(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where each word stands that is not known, and the word."""
        for match in _WORD.finditer(text):
            word = match[0]
            if not self.knows(word):
                yield match.start(), match.end(), word

    def knows(self, word: str) -> bool:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._look(word)
        return found

    def _look(self, word: str) -> bool:
        initials = re.sub(r"['’]?s$", "", word)
        if len(word) == 1 or (initials.isupper() and len(initials) <= 5):
            return True
        if self.language not in ("ru",) and not _LATIN.fullmatch(word):
            return True  # another script
        low = word.lower().replace("’", "'")
        if self._one(low):
            return True
        return "-" in low and all(len(part) == 1 or self._one(part) for part in low.split("-"))

    def _one(self, low: str) -> bool:
        if low in self.own or (low.endswith("s") and low[:-1] in self.own):
            return True
        for ending in _ENDINGS:
            if low.endswith(ending) and len(low) > len(ending):
                stem = low.removesuffix(ending)
                if stem in self.own or self._listed(stem):
                    return True
        return self._listed(low)

    def _listed(self, low: str) -> bool:
        if self.british and to_british(low) is not None:
            return False
        if self.american and only_british(low):
            return False
        if low in self.list or low in ABBREVIATIONS:
            return True
        return self.language == "en" and not self.american and to_american(low) in self.list

    def fix(self, word: str) -> str:
        """What to write instead."""
        low = word.lower().replace("’", "'")
        if self.british and (british := to_british(low)):
            return f"write `{_cased(british, word)}`, or list the word in style.yaml"
        american = to_american(low)
        if self.american and american != low and self._listed(american):
            return f"write `{_cased(american, word)}`, or list the word in style.yaml"
        near = [_cased(one, word) for one in self._near(low)]
        if not near:
            return "if it is right, list it under `words` in style.yaml"
        return f"is it {' or '.join(f'`{one}`' for one in near)}? If it is right, list it under `words` in style.yaml"

    def _near(self, low: str) -> list[str]:
        """Up to three words one slip away, the usual ones first; else the nearest by letters."""
        own = get_close_matches(low, self.own, 1, 0.8)
        if len(low) > 2:
            found = {one for one in self.list.edit_distance_1(low) if self._listed(one)}
            if found:
                usual = sorted(found, key=lambda one: (-self.list[one], one))
                return list(dict.fromkeys([*own, *usual]))[:3]
        if own or self._far <= 0 or len(low) < 5:
            return own
        self._far -= 1
        alike = sorted(word for word in self._by_letter.get(low[0], ()) if abs(len(word) - len(low)) <= 2)
        return get_close_matches(low, alike, 2, 0.78)

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """The usual words of the list by their first letter."""
        found: dict[str, list[str]] = {}
        for word, count in self.list.word_frequency.dictionary.items():
            if count > 50:
                found.setdefault(word[:1], []).append(word)
        return found


def _words(text: str) -> list[str]:
    return [*_PART.findall(text), *(part for part in text.split() if "-" in part)]


def _names(model: Model) -> Iterable[str]:
    """What the declarations call by name."""
    yield from (person.name for person in model.people.values())
    yield from (place.name for place in model.places.values())
    for card in model.cards.values():
        yield card.title
    for variable in model.variables.values():
        if variable.kind == "text" and isinstance(variable.start, str):
            yield variable.start


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() and len(like) > 1 else word.capitalize() if like[:1].isupper() else word

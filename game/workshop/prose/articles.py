"""`a` or `an`: whether the next word begins with a vowel as it is spoken.

The best-known package for it (inflect) takes seconds to import and says "a 8" and "a SOS", so the rule stands here: letters
first, and the words that are spoken otherwise.
"""

from __future__ import annotations

import re

_SILENT_H = re.compile(r"(?:heir|honou?r|honest|hour)", re.IGNORECASE)
_YOU = re.compile(r"(?:eu|ew|u[bcfgjkqrstv][aeiou]|uni(?!n|mp|mag|d|gn|ss)|unanim|ukr|u\b)", re.IGNORECASE)
_WON = re.compile(r"(?:once|ones?|oneself|oui)\b", re.IGNORECASE)
_SPOKEN_VOWEL = set("AEFHILMNORSX")
_LETTERS = re.compile(r"(?:[A-Z]{2,}s?|[A-Z](?:\.[A-Z])+\.?|[A-Z])(?![A-Za-z])")
_LETTER = re.compile(r"[a-z](?![a-zà-öø-ÿ'’])")
_YEAR = re.compile(r"1[18]\d\d(?![\d,.]?\d)")
_NUMBER = re.compile(r"\d[\d,]*")
_AS_WORDS = {"NATO", "NASA", "NEP", "RADAR", "LASER", "RAM", "SIM"}


def wants_an(word: str) -> bool:
    """`word` as written, with whatever stands behind it."""
    number = _NUMBER.match(word)
    if number is not None:
        return _number(number[0].replace(",", ""))
    letters = _LETTERS.match(word)
    if letters is not None and letters[0] not in _AS_WORDS and word[:2] not in ("A ", "I "):
        return letters[0][0] in _SPOKEN_VOWEL
    if _LETTER.match(word):
        return word[0].upper() in _SPOKEN_VOWEL
    if _SILENT_H.match(word):
        return True
    if _YOU.match(word) or _WON.match(word):
        return False
    return word[:1].lower() in "aeiouàáâäåæéèêëíìîïóòôöøœ"


def _number(digits: str) -> bool:
    """8, 80, 800 and 8,000 are spoken with a vowel first; of the others 11 and 18, and whatever begins with them by thousands."""
    if digits.startswith("8"):
        return True
    return digits[:2] in ("11", "18") and len(digits) % 3 == 2


def either(word: str) -> bool:
    """Both are written: an hotel, an historian; and 1850 may be a year, eighteen fifty, or a number, one thousand and so on."""
    if _YEAR.match(word):
        return True
    return re.match(r"(?:h(?:otel|istori|ysteri|abitu|eroic)|herb)", word, re.IGNORECASE) is not None

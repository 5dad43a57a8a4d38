"""British and American spellings of one word, since the word list mixes the two: by stem where words are few, else by ending."""

from __future__ import annotations

import re
from functools import cache

_OUR = """
    arbour ardour armour behaviour candour clamour colour demeanour endeavour favour fervour flavour harbour
    honour humour labour misdemeanour neighbour odour parlour rancour rigour rumour savour saviour splendour
    succour tumour valour vapour vigour
"""
_RE = "calibre centre fibre litre lustre manoeuvre meagre metre mitre sabre sceptre sombre spectre theatre"
_ODD = """
    aluminium/aluminum analyse/analyze armoury/armory catalogue/catalog cheque/check cosy/cozy defence/defense
    draught/draft draughtsman/draftsman draughtsmen/draftsmen grey/gray jewellery/jewelry mould/mold
    moustache/mustache offence/offense paralyse/paralyze plough/plow pretence/pretense pyjamas/pajamas
    rouble/ruble sceptical/skeptical skilful/skillful smoulder/smolder traveller/traveler woollen/woolen
"""
_BOTH = ("check", "draft", "meter", "ruble")
"""American spellings that are British words as well, whatever they end in."""
_ENDINGS = ("", "s", "ed", "ing", "er", "ers", "able", "ful", "less", "ly", "y", "ite", "ites", "hood", "hoods")
_ISE = re.compile(r"is(e[drs]?|ers?|ing|ations?|ational)$")
_DOUBLED = re.compile(r"([a-z]+)(l|p)\2(ed|ing|ers?|ors?|ings|est)$")


@cache
def _british() -> dict[str, str]:
    """American words by the British ones."""
    pairs = {}
    for word in _OUR.split():
        for ending in _ENDINGS:
            pairs[word + ending] = word[:-3] + "or" + ending
    for word in _RE.split():
        pairs |= {word: word[:-2] + "er", word + "s": word[:-2] + "ers", word[:-1] + "ed": word[:-2] + "ered"}
    for pair in _ODD.split():
        british, american = pair.split("/")
        for ending in ("", "s", "d", "ed", "ing"):
            pairs[british + ending] = american + ending
    return pairs


@cache
def _american() -> dict[str, str]:
    return {
        american: british for british, american in _british().items() if american != british and not american.startswith(_BOTH)
    }


def to_american(word: str) -> str:
    """How a British word is spelled in America; the word itself where nothing is known of it."""
    found = _british().get(word)
    if found is not None:
        return found
    if _ISE.search(word):
        return _ISE.sub(r"iz\1", word)
    doubled = _DOUBLED.fullmatch(word)
    return f"{doubled[1]}{doubled[2]}{doubled[3]}" if doubled else word


def to_british(word: str) -> str | None:
    """How a word that is only American is spelled in Britain; `-ize` is at home in both."""
    return _american().get(word)


def only_british(word: str) -> bool:
    return word in _british() and _british()[word] != word

"""Draws without a global counter: each is a pure function of (seed, site, how often it was asked there).

So an extra draw elsewhere moves nothing, and a journal replays after the story was edited. Integers only: no result hangs on the
last digit of a machine's logarithm.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BITS = 64
_SPAN = 1 << _BITS
_FRACTION = 24


def draw(seed: int, site: str, times: int) -> int:
    """A whole number from 0 up to 2**64, the same for ever for the same three."""
    key = f"{seed}\x1f{site}\x1f{times}".encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big")


def happens(number: int, probability: float) -> bool:
    """Whether the draw `number` falls within the probability (0 never, 1 always)."""
    return probability >= 1 or (probability > 0 and number < int(probability * _SPAN))


def roll(number: int, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included, whichever is the larger."""
    low, high = min(low, high), max(low, high)
    return low + number % (high - low + 1)


def shuffled(seed: int, site: str, count: int, lap: int) -> list[int]:
    """The numbers 0 to count-1 in the random order of one lap."""
    return sorted(range(count), key=lambda index: (draw(seed, f"{site}\x1f{index}", lap), index))


def by_weight(seed: int, site: str, times: int, cards: Iterable[tuple[str, float]]) -> list[str]:
    """Cards in a random order in which heavier ones tend to come first; those of weight zero are left out.

    Each card draws a number u of its own and is ranked by -log(u) / weight, so that a card more or less in the deck does not
    reorder the others. Ties are broken by the card's name.
    """
    drawn = [(draw(seed, f"{site}\x1f{card}", times), round(weight * 1000), card) for card, weight in cards]
    weights = {scaled for _, scaled, _ in drawn if scaled > 0}
    if len(weights) == 1:  # the logarithm keeps the order of equals, and costs more than all the rest
        return [card for _, card in sorted((-number, card) for number, scaled, card in drawn if scaled > 0)]
    ranked = [(_minus_log2(number) * 1000 // scaled, card) for number, scaled, card in drawn if scaled > 0]
    return [card for _, card in sorted(ranked)]


def _minus_log2(number: int) -> int:
    """-log2((number + 1) / 2**64) in steps of 2**-24, by repeated squaring of integers."""
    value = number + 1
    whole = value.bit_length() - 1
    mantissa = (value << _BITS) >> whole  # in [1, 2), 64 bits after the point
    fraction = 0
    for _ in range(_FRACTION):
        mantissa = mantissa * mantissa >> _BITS
        fraction <<= 1
        if mantissa >> _BITS >= 2:
            mantissa >>= 1
            fraction |= 1
    return (_BITS << _FRACTION) - (whole << _FRACTION) - fraction

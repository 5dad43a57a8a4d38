"""Storylets: which of a deck may come now, and in which order they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.calendar import between
from game.engine.chance import by_weight

if TYPE_CHECKING:
    from game.engine.machine import Machine
    from game.engine.story import SceneInfo


def is_open(m: Machine, scene: str) -> bool:
    """Whether a storylet or event may come now."""
    info = m.story.scenes[scene]
    return available(m, info) and _when(m, info)


def available(m: Machine, info: SceneInfo) -> bool:
    """Whether it may come whatever its `when` says: its window, its repeats and the player's opt-outs."""
    state = m.state
    if (info.first is not None and state.date < info.first) or (info.last is not None and state.date > info.last):
        return False
    visit = state.visits.get(info.id)
    if visit is not None:
        if info.every is not None:
            if between(visit[1], state.date) < info.every:
                return False
        elif info.once:
            return False
    return info.skips or not any(tag in state.optouts for tag in info.content)


def open_event(m: Machine, scene: str) -> bool:
    """Whether a scene with a day, which has come, is still to play: once in a life, up to its last day, if its `when` holds."""
    return scene not in m.state.visits and is_open(m, scene)


def _when(m: Machine, info: SceneInfo) -> bool:
    test = m.story.conditions(info.id)[0]
    return test is None or bool(test(m))


def weight(m: Machine, scene: str) -> float:
    value = m.story.conditions(scene)[1]
    return 1.0 if value is None else float(value(m))


def drawn(m: Machine, site: str, draws: list[tuple[str, int]]) -> tuple[str, ...]:
    """The hand at a site: what is still held, filled up from the decks in their order; no card twice, none that is gone."""
    held = [card for card in m.state.hands.get(site, ()) if card in m.story.scenes and is_open(m, card)]
    hand: list[str] = []
    for deck, count in draws:
        cards = m.story.decks.get(deck, ())
        mine = [card for card in held if card in cards and card not in hand][:count]
        if len(mine) < count:
            mine += _fresh(m, f"{site}:{deck}", cards, {*hand, *held, *mine})[: count - len(mine)]
        hand += mine
    return tuple(hand)


def _fresh(m: Machine, site: str, cards: tuple[str, ...], without: set[str]) -> list[str]:
    candidates = [(card, weight(m, card)) for card in cards if card not in without and is_open(m, card)]
    if not candidates:
        return []
    return by_weight(m.state.seed, site, m.again(site), candidates)


def playable(m: Machine, site: str, draws: list[tuple[str, int]]) -> tuple[str, ...]:
    """What a `play` plays: the most specific first, then by weight."""
    hand: list[str] = []
    for deck, count in draws:
        order = _fresh(m, f"{site}:{deck}", m.story.decks.get(deck, ()), set(hand))
        order.sort(key=lambda card: -m.story.scenes[card].terms)  # stable: equals stay in the order drawn
        hand += order[:count]
    return tuple(hand)

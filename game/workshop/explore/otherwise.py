"""What a step would say or offer were one flag the other way, all else equal: both are played out and compared, word by word.

A place where a step asks is a site: a conditional text, a fork of the way (the `if` of a beat, the routes of a `go`, the `when`
of a storylet that is played), or a set on offer. Sites are made from programs once, where a flag or a threshold is named.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from game.engine.decks import available, drawn, is_open
from game.engine.evaluate import link, must
from game.engine.machine import STOP, Machine
from game.engine.program import Item
from game.engine.render import line, link_pick, link_prose
from game.engine.story import StoryStuck
from game.workshop.explore.flags import Flag, named, otherwise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from game.engine.render import Words
    from game.engine.story import SceneInfo, Story
    from game.workshop.explore.flags import Atom

ENOUGH_WORDS = 12
"""A condition that changes fewer words than this, and no choice, is not felt."""
MOST_STEPS = 1_000
"""Steps that a way is followed for; a story that goes round in a circle is told elsewhere."""


class Asked(NamedTuple):
    """A condition that was asked in a life. `turned` are the atoms that would change enough words, or a choice on offer.

    `place` is the scene that reads; `passage` whether it is text that is changed, and no choice.
    """

    place: str
    flags: tuple[Flag, ...]
    turned: tuple[Atom, ...]
    passage: bool


class Site:
    """Something that asks. `flags` and `thresholds` are those that it names; only they can change what it comes to."""

    def __init__(self, story: Story, place: str, codes: Iterable[Any]) -> None:
        self.place = place
        self.flags, self.thresholds = named(story, codes)
        self.atoms: tuple[Atom, ...] = (*self.flags, *self.thresholds)

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        """Everything that is asked here now, of a machine that is about to play the step. It is left as it is."""
        raise NotImplementedError


# text --------------------------------------------------------------------------------------------------------------


class When(Site):
    """A conditional text; `inner` are those within each of its branches."""

    def __init__(self, story: Story, place: str, node: list[Any]) -> None:
        super().__init__(story, place, [test for test, _ in node[1] if test is not None])
        self.tests = [link(test) for test, _ in node[1]]
        self.texts: list[Words] = [link_prose(text) for _, text in node[1]]
        self.inner = [Prose(story, place, text) for _, text in node[1]]

    def branch(self, m: Machine) -> int | None:
        return next((index for index, test in enumerate(self.tests) if test is None or test(m)), None)

    def words(self, m: Machine, branch: int | None) -> list[str]:
        return [] if branch is None else line(self.texts[branch](m)).split()

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        branch = self.branch(m)
        words: list[str] | None = None

        def others(m: Machine) -> list[str] | None:
            """What is said in place of this, or None if the same branch is."""
            other = self.branch(m)
            return None if other == branch else self.words(m, other)

        turned = []
        for atom in self.atoms:
            said = otherwise(m, atom, others)
            if said is not None:
                words = self.words(m, branch) if words is None else words
                if changed(words, said) >= ENOUGH_WORDS:
                    turned.append(atom)
        yield Asked(self.place, self.flags, tuple(turned), True)
        if branch is not None:
            yield from self.inner[branch].ask(m, pc)


class Pick:
    """A `seq`, `cycle`, `once` or `shuffle`: of the conditional texts within it those count that are said."""

    def __init__(self, story: Story, place: str, node: list[Any]) -> None:
        self.index, self.inner = link_pick(node), [Prose(story, place, text) for text in node[4]]

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        index = self.index(m)
        if index is not None:
            yield from self.inner[index].ask(m, pc)


class Prose:
    """The conditional texts of a text, in order; false where there are none."""

    def __init__(self, story: Story, place: str, code: Iterable[list[Any]]) -> None:
        self.sites: list[When | Pick | Prose] = []
        for node in code:
            if node[0] == "c":
                self.sites.append(When(story, place, node))
            elif node[0] == "a" and any((pick := Pick(story, place, node)).inner):
                self.sites.append(pick)
            elif node[0] == "l" and (inner := Prose(story, place, node[2])):
                self.sites.append(inner)

    def __bool__(self) -> bool:
        return bool(self.sites)

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        for site in self.sites:
            yield from site.ask(m, pc)


def changed(words: list[str], others: list[str]) -> int:
    """The words that go or those that come, whichever are more; what both begin and end with stays."""
    least = min(len(words), len(others))
    first = next((at for at in range(least) if words[at] != others[at]), least)
    last = next((at for at in range(least - first) if words[-1 - at] != others[-1 - at]), least - first)
    return max(len(words), len(others)) - first - last


# forks -------------------------------------------------------------------------------------------------------------


class Fork(Site):
    """Where a step decides how play goes on. `decide` gives which way; ways meet again at the step `join`, if anywhere."""

    def __init__(
        self, story: Story, place: str, codes: Iterable[Any], decide: Callable[[Machine], Any], join: int | None = None
    ) -> None:
        super().__init__(story, place, codes)
        self.decide, self.join = decide, join

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        way = otherwise(m, None, self.decide)
        atoms = [atom for atom in self.atoms if otherwise(m, atom, self.decide) != way]
        words, offered = self.played(m, pc, None) if atoms else ([], frozenset())
        turned = []
        for atom in atoms:
            other_words, other_offer = self.played(m, pc, atom)
            if offered != other_offer or changed(words, other_words) >= ENOUGH_WORDS:
                turned.append(atom)
        yield Asked(self.place, self.flags, tuple(turned), True)

    def played(self, m: Machine, pc: int, atom: Atom | None) -> tuple[list[str], frozenset[tuple[str, bool]]]:
        """The words that are said until the ways meet or a choice comes, and what is on offer there if it is a choice."""
        trial = copied(m)
        if atom is not None:
            atom.turn(trial)
        scene, depth = m.program.scene, len(m.state.stack)
        for _ in range(MOST_STEPS):
            try:
                pc = trial.program.steps[pc](trial, pc)
            except StoryStuck:
                break
            state = trial.state
            if pc == STOP or (pc == self.join and trial.program.scene == scene and len(state.stack) == depth):
                break
        trial.settle()
        words = [word for block in trial.blocks if block.kind != "change" for word in block.text.split()]
        offered = trial.state.offered if pc == STOP and len(trial.options) > 1 else ()
        return words, frozenset(offered)


def copied(m: Machine) -> Machine:
    """A machine at the same step, with a state of its own."""
    trial = Machine(m.story, m.state.copy(), texts=True)
    trial.choice, trial.returned = m.choice, m.returned
    return trial


def _join(ops: list[list[Any]], pc: int) -> int:
    """The step where a beat with an `if` is over: below it, or below its `else`."""
    other: int = ops[pc][2]
    last = ops[other - 1]
    return int(last[1]) if last[0] == "jump" and last[1] > other else other


def _beat(story: Story, scene: str, ops: list[list[Any]], pc: int) -> Fork:
    test = must(ops[pc][1])
    return Fork(story, scene, [ops[pc][1]], lambda m: bool(test(m)), _join(ops, pc))


def _go(story: Story, scene: str, op: list[Any]) -> Fork:
    tests = [link(test) for test, _ in op[1]]

    def decide(m: Machine) -> int:
        return next((way for way, test in enumerate(tests) if test is None or test(m)), -1)

    return Fork(story, scene, [test for test, _ in op[1] if test is not None], decide)


class Played:
    """A `play`: the storylet that it is about to play would not come but for what its `when` names."""

    def __init__(self, story: Story, op: list[Any]) -> None:
        self.site, self.cards = op[1], _cards(story, op[2])

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        for info, storylet in self.cards:
            if available(m, info):
                yield Asked(storylet.place, storylet.flags, (), False)
        trial = copied(m)
        trial.program.steps[pc](trial, pc)
        for info, storylet in self.cards:
            if info.id == trial.program.scene:
                yield from storylet.ask(m, pc)


def _cards(story: Story, draws: Iterable[list[Any]]) -> list[tuple[SceneInfo, Fork]]:
    """The storylets of decks whose `when` names a flag or a threshold; each is the place that reads it."""
    cards = dict.fromkeys(card for deck, _ in draws for card in story.decks.get(deck, ()))
    found = [(story.scenes[card], _storylet(story, card)) for card in cards]
    return [(info, storylet) for info, storylet in found if storylet.atoms]


def _storylet(story: Story, card: str) -> Fork:
    return Fork(story, card, story.index["conditions"].get(card, (None,))[:1], lambda m: is_open(m, card))


# sets --------------------------------------------------------------------------------------------------------------


class Offered(Site):
    """A choice of a set: it appears, goes away, locks or unlocks."""

    def __init__(self, story: Story, place: str, data: dict[str, Any]) -> None:
        super().__init__(story, place, [test for test in (data["if"], *(need for need, _ in data["needs"])) if test is not None])
        self.item = Item(data)

    def look(self, m: Machine) -> tuple[bool, bool]:
        """Whether it is shown, and can be taken."""
        shown = self.item.shown(m)
        return shown, shown and not any(test is not None and not test(m) for test, _ in self.item.needs)


class Set:
    """A set on offer: its choices, and the storylets in its hand, which would go away."""

    def __init__(self, story: Story, place: str, op: list[Any]) -> None:
        self.items = [Offered(story, place, data) for data in op[2]]
        self.draws, self.hand_site = [(deck, count) for deck, count in op[3]], op[4]
        self.cards = {info.id: (info, fork) for info, fork in _cards(story, op[3])}

    def __bool__(self) -> bool:
        return bool(self.cards) or any(item.atoms for item in self.items)

    def ask(self, m: Machine, pc: int) -> Iterator[Asked]:
        looks = [otherwise(m, None, item.look) for item in self.items]
        hand = self._hand(m)
        several = sum(shown for shown, _ in looks) + len(hand)
        for item, look in zip(self.items, looks, strict=True):
            if item.atoms:
                others = several - look[0]
                turned = [atom for atom in item.atoms if others and otherwise(m, atom, item.look) != look]
                yield Asked(item.place, item.flags, tuple(turned), False)
        for info, storylet in self.cards.values():
            if info.id in hand:
                gone = [atom for atom in storylet.atoms if several > 1 and not otherwise(m, atom, storylet.decide)]
                yield Asked(storylet.place, storylet.flags, tuple(gone), False)
            elif available(m, info):
                yield Asked(storylet.place, storylet.flags, (), False)

    def _hand(self, m: Machine) -> tuple[str, ...]:
        return otherwise(m, None, lambda m: drawn(m, self.hand_site, self.draws)) if self.draws else ()


# all of a scene ----------------------------------------------------------------------------------------------------

Sites = dict[int, "Fork | Prose | Played | Set"]


@lru_cache(maxsize=2)
def sites_of(story: Story) -> dict[str, Sites]:
    """The sites of each scene by its steps, made as they are asked for."""
    return _Sites(story)


class _Sites(dict[str, Sites]):
    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story

    def __missing__(self, scene: str) -> Sites:
        ops = self.story.data(scene)["ops"]
        found = {pc: site for pc, op in enumerate(ops) if (site := _site(self.story, scene, ops, pc, op)) is not None}
        self[scene] = found
        return found


def _site(story: Story, scene: str, ops: list[list[Any]], pc: int, op: list[Any]) -> Fork | Prose | Played | Set | None:
    if op[0] in ("say", "end"):
        prose = Prose(story, scene, op[1 if op[0] == "say" else 2] or ())
        return prose or None
    if op[0] == "offer":
        offered = Set(story, scene, op)
        return offered or None
    if op[0] == "play":
        played = Played(story, op)
        return played if played.cards else None
    fork = _beat(story, scene, ops, pc) if op[0] == "if" else _go(story, scene, op) if op[0] == "go" else None
    return fork if fork is not None and fork.atoms else None

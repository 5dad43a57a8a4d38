"""The readings of a text: what a player can see of it, branch by branch, each character still knowing where it was written.

A text has as many readings as its branches multiply to; here at most LIMIT are made. They are chosen so that every branch is
read at least once, and then every branch beside every branch of the next piece of logic, since that is where two pieces fail
to fit. Readings that contradict themselves (one pronoun here, another there) are not made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.workshop.prose.facts import Facts, assume, bounded, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from game.engine.expressions import Expr
    from game.engine.prose import Node, ProseTree
    from game.engine.source import At, Source

    Sampler = Callable[[Node], list["Sample"]]

LIMIT = 64
_ATTEMPTS = 4 * LIMIT
GLUE = "\x06"
_BREAK = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")


@dataclass(frozen=True, slots=True)
class Words:
    """Words, from `start` to `end` of the source. `flat` ones (a value, a snippet) stand for the logic that gives them."""

    number: int
    text: str
    start: int
    end: int
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One branch: what must hold for it, as conditions, as (name, word) and as (name, sign, number); and how it is called."""

    pieces: tuple[Piece, ...]
    label: str
    tests: tuple[tuple[Expr, bool], ...] = ()
    word: tuple[str, str] | None = None
    bounds: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Fork:
    number: int
    options: tuple[Option, ...]
    path: tuple[tuple[int, int], ...] = ()


Piece = Words | Fork
Sample = tuple[str, "tuple[str, str] | None", tuple[tuple[str, str, float], ...], str]
"""A value a player may see: its words, what word or number the variable then has, and how the case is called."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text. `taken`: the branches read, as (start, end, label) of their words in it."""

    text: str
    source: Source
    parts: tuple[Words, ...]
    starts: tuple[int, ...]
    taken: tuple[tuple[int, int, str], ...]

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """Where each paragraph begins and ends; empty ones are left out."""
        begin = 0
        for gap in [*_BREAK.finditer(self.text), None]:
            end = len(self.text) if gap is None else gap.start()
            if self.text[begin:end].strip():
                yield begin, end
            begin = end if gap is None else gap.end()

    def at(self, start: int, end: int) -> At:
        """Where these characters of the reading were written; what runs on into other pieces ends with its first one."""
        first = self.part(start)
        last = self.part(max(start, end - 1))
        begin, _ = self._written(start)
        _, stop = self._written(max(start, end - 1))
        if last is not first and (stop <= begin or last.flat):
            stop = first.end
        return self.source.at(begin, max(stop, begin + 1))

    def part(self, offset: int) -> Words:
        return self.parts[max(bisect_right(self.starts, offset) - 1, 0)]

    def within_value(self, start: int, end: int) -> bool:
        """All of it comes out of one value or snippet, where it is looked at by itself."""
        part = self.part(start)
        return part.flat and self.part(max(start, end - 1)) is part

    def ends_emphasis(self, offset: int) -> bool:
        """An asterisk stands behind this character: words somebody wrote or painted end here, not the sentence around them."""
        where, _ = self._written(offset)
        return not self.part(offset).flat and self.source.text[where + 1 : where + 2] == "*"

    def when(self, start: int, end: int) -> str:
        """The branches that these characters stand in or beside, in words; empty where there are none."""
        labels = [label for first, last, label in self.taken if first <= end and last >= start and label]
        return " and ".join(dict.fromkeys(labels[-3:]))

    def _written(self, offset: int) -> tuple[int, int]:
        index = max(bisect_right(self.starts, offset) - 1, 0)
        part = self.parts[index]
        if part.flat:
            return part.start, part.end
        where = _aligned(self.source.text, part, offset - self.starts[index])
        return where, where + 1


def _aligned(source: str, part: Words, offset: int) -> int:
    """Where a character of a piece stands in its source: escapes and blanks at a branch's ends are passed over."""
    if part.end - part.start == len(part.text):
        return part.start + offset
    at = part.start
    for index, character in enumerate(part.text):
        while at < part.end and not _same(source[at], character, source[at + 1 : at + 2]):
            at += 1
        if index == offset:
            break
        at += 1
    return min(at, part.end - 1)


def _same(written: str, read: str, following: str) -> bool:
    if written == "\\" and following and following == read:
        return False
    return written == read or (written == "\n" and read == " ")


# from a tree to pieces ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Builder:
    """Makes pieces of trees. `sample` gives the values that a node may show."""

    source: Source
    snippets: Mapping[str, ProseTree]
    sample: Sampler
    words: int = 0
    forks: list[Fork] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def pieces(self, tree: ProseTree, path: tuple[tuple[int, int], ...] = (), flat: Node | None = None) -> tuple[Piece, ...]:
        return tuple(piece for node in tree for piece in self.node(node, path, flat))

    def node(self, node: Node, path: tuple[tuple[int, int], ...], flat: Node | None) -> list[Piece]:
        place = flat or node
        if node.kind == "words":
            return [self.say(node.value, place, flat is not None)]
        if node.kind == "glue":
            return [self.say(GLUE, place, True)]
        if node.kind == "link":
            return list(self.pieces(node.branches[0], path, flat))
        if node.kind == "snippet":
            if node.value in self.open or node.value not in self.snippets or len(self.open) > 12:
                return []
            self.open.append(node.value)
            found = self.pieces(self.snippets[node.value], path, place)
            self.open.pop()
            return list(found)
        if node.kind in ("when", "pick", "value"):
            return [self.fork(node, path, flat)]
        return []

    def say(self, text: str, place: Node, flat: bool) -> Words:
        self.words += 1
        return Words(self.words, text, place.start, place.end, flat)

    def fork(self, node: Node, path: tuple[tuple[int, int], ...], flat: Node | None) -> Fork:
        number = len(self.forks)
        self.forks.append(Fork(number, (), path))  # keeps the number while the branches take theirs
        branches = [self.pieces(tree, (*path, (number, index)), flat) for index, tree in enumerate(node.branches)]
        make = {"when": self.when, "pick": self.pick}.get(node.kind)
        options = tuple(make(node, branches)) if make else tuple(self.values(node, flat))
        self.forks[number] = Fork(number, options, path)
        return self.forks[number]

    def when(self, node: Node, branches: list[tuple[Piece, ...]]) -> Iterator[Option]:
        failed: list[Expr] = []
        for test, branch in zip(node.logic, branches, strict=True):
            refused = tuple((one, False) for one in failed)
            if test is None:
                yield Option(branch, self.otherwise(failed), refused)
                return
            yield Option(branch, f"`{self.written(test)}`", (*refused, (test, True)))
            failed.append(test)
        yield Option((), self.otherwise(failed), tuple((one, False) for one in failed))

    def otherwise(self, failed: list[Expr]) -> str:
        listed = " or ".join(f"`{self.written(test)}`" for test in failed)
        return f"not {listed}" if len(failed) == 1 else f"neither of {listed}"

    def written(self, test: Expr) -> str:
        return "the snippet's condition" if self.open else " ".join(self.source.text[test.start : test.end].split())

    def pick(self, node: Node, branches: list[tuple[Piece, ...]]) -> Iterator[Option]:
        way, last = node.value, len(branches) - 1
        for index, branch in enumerate(branches):
            bounds: tuple[tuple[str, str, float], ...] = ()
            if way in ("seq", "once"):  # both count visits of one scope, so that two of them in a text go together
                sign = ">=" if way == "seq" and index == last else "=="
                bounds = (("@visit", sign, float(index)),)
            yield Option(branch, f"number {index + 1} of `{way}`", bounds=bounds)
        if way == "once":
            yield Option((), "all of `once` read", bounds=(("@visit", ">=", float(last + 1)),))

    def values(self, node: Node, flat: Node | None) -> Iterator[Option]:
        for text, is_word, bounds, label in self.sample(node):
            yield Option((self.say(text, flat or node, True),), label, (), is_word, bounds)


# from pieces to readings -------------------------------------------------------------------------------------------

Branch = tuple[int, int]


def readings(tree: ProseTree, source: Source, snippets: Mapping[str, ProseTree], sample: Sampler) -> list[Reading]:
    """At most LIMIT readings of a text; every branch that can be read is in one of them while they last."""
    builder = Builder(source, snippets, sample)
    pieces = builder.pieces(tree)
    return _Cover(builder.forks, pieces, source).readings()


class _Cover:
    """Reads until every branch, and every two branches of neighbouring logic, have been read or cannot be."""

    def __init__(self, forks: list[Fork], pieces: tuple[Piece, ...], source: Source) -> None:
        self.forks = forks
        self.pieces = pieces
        self.source = source
        self.found: list[Reading] = []
        self.branches: set[Branch] = set()
        self.neighbours: dict[tuple[int, int], None] = {}
        self.pairs: set[tuple[Branch, Branch]] = set()

    def readings(self) -> list[Reading]:
        self.read({})
        attempts = _ATTEMPTS
        for fork in self.forks:
            for index in range(len(fork.options)):
                if (fork.number, index) not in self.branches and attempts and len(self.found) < LIMIT:
                    attempts -= 1
                    self.read(self.forced((fork.number, index)))
        waiting = list(self.neighbours)
        known = set(waiting)
        for first, second in waiting:  # grows while it is worked off: a new reading may bring others side by side
            for left in range(len(self.forks[first].options)):
                for right in range(len(self.forks[second].options)):
                    pair = (first, left), (second, right)
                    if pair in self.pairs or not attempts or len(self.found) >= LIMIT:
                        continue
                    attempts -= 1
                    self.read(self.forced(*pair))
            waiting += [pair for pair in self.neighbours if pair not in known]
            known.update(waiting)
        return self.found

    def forced(self, *branches: Branch) -> dict[int, int] | None:
        """These branches, and those they stand in; None where they exclude each other."""
        want: dict[int, int] = {}
        for number, index in branches:
            for fork, option in (*self.forks[number].path, (number, index)):
                if want.setdefault(fork, option) != option:
                    return None
        return want

    def read(self, want: dict[int, int] | None) -> None:
        """One more reading, with these branches; none where they contradict each other."""
        facts: Facts | None = None if want is None else {}
        for number, index in (want or {}).items():
            facts = None if facts is None else _holding(self.forks[number].options[index], facts)
        if want is None or facts is None:
            return
        walk = _Walk(self, want, facts)
        if not walk.all(self.pieces):
            return
        self.branches.update(walk.chosen)
        for pair in zip(walk.chosen, walk.chosen[1:], strict=False):
            self.pairs.add(pair)
            self.neighbours[pair[0][0], pair[1][0]] = None
        self.found.append(walk.reading(self.source))


class _Walk:
    """One pass over the pieces; at each fork the branch wanted, else one not read yet, else one new beside the last."""

    def __init__(self, cover: _Cover, want: dict[int, int], facts: Facts) -> None:
        self.cover, self.want, self.facts = cover, want, facts
        self.chosen: list[Branch] = []
        self.parts: list[Words] = []
        self.starts: list[int] = []
        self.taken: list[tuple[int, int, str]] = []
        self.length = 0

    def all(self, pieces: tuple[Piece, ...]) -> bool:
        return all(self.say(piece) if isinstance(piece, Words) else self.choose(piece) for piece in pieces)

    def say(self, words: Words) -> bool:
        if words.text:
            self.parts.append(words)
            self.starts.append(self.length)
            self.length += len(words.text)
        return True

    def choose(self, fork: Fork) -> bool:
        for index in self.order(fork):
            option = fork.options[index]
            facts = _holding(option, self.facts)
            if facts is not None:
                self.facts = facts
                self.chosen.append((fork.number, index))
                begin, slot = self.length, len(self.taken)
                if not self.all(option.pieces):
                    return False
                self.taken.insert(slot, (begin, self.length, option.label))
                return True
        return not fork.options

    def order(self, fork: Fork) -> list[int]:
        if fork.number in self.want:
            return [self.want[fork.number]]
        last = self.chosen[-1] if self.chosen else None

        def rank(index: int) -> tuple[bool, bool, int]:
            branch = fork.number, index
            seen = last is not None and (last, branch) in self.cover.pairs
            return branch in self.cover.branches, seen, index

        return sorted(range(len(fork.options)), key=rank)

    def reading(self, source: Source) -> Reading:
        text = "".join(part.text for part in self.parts)
        return Reading(_joined(text), source, tuple(self.parts), tuple(self.starts), tuple(self.taken))


def _holding(option: Option, facts: Facts) -> Facts | None:
    found: Facts | None = facts
    for test, holds in option.tests:
        found = None if found is None else assume(test, holds, found)
    if option.word is not None and found is not None:
        found = word(*option.word, True, found)
    for bound in option.bounds:
        found = None if found is None else bounded(*bound, found)
    return found


def _joined(text: str) -> str:
    """Single line breaks as blanks; the length stays."""
    if "\n" not in text:
        return text
    kept, begin = [], 0
    for gap in _BREAK.finditer(text):
        kept += [text[begin : gap.start()].replace("\n", " "), gap.group()]
        begin = gap.end()
    kept.append(text[begin:].replace("\n", " "))
    return "".join(kept)

"""Writing a journal on: lines are gathered, and written and taken in together, or not at all."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from game.engine.state import State, text_digest
from game.saves.journal import ROOT, Header, Here, Journal, Node, Record
from game.saves.lines import LINE_BYTES, cut, encode, size
from game.saves.snapshots import delta, pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.engine.page import Page
    from game.engine.story import Story

LAST_BYTES = 72
TITLE_BYTES = 48
NAME_BYTES = 60
WHOLE_EVERY = 6
"""Every so many snapshots one is whole; the others say what has changed since the one before."""

_SENTENCE = re.compile(r"(?<=[.!?…][”\"’)]) +|(?<=[.!?…]) +(?=[“\"‘(]?\w)")


def stamp(seconds: float) -> str:
    """`2026-11-23T01:02:03Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def header_record(header: Header) -> Record:
    """The first line of a life."""
    record: Record = {
        "i": 0, "life": header.life, "format": header.format, "name": header.name, "story": header.story,
        "version": header.version, "title": header.title, "packs": header.packs, "seed": header.seed,
        "optouts": list(header.optouts), "kept": header.kept, "scene": header.scene, "settings": header.settings,
        "made": header.made,
    }  # fmt: skip
    return record | ({"rebuilt": True} if header.rebuilt else {})


class Writer:
    """Gathers lines for a journal; `commit` hands their bytes to `append`, and only if that returns do they count."""

    def __init__(self, journal: Journal, append: Callable[[bytes], None], clock: Callable[[], float]) -> None:
        self._journal = journal
        self._append = append
        self._clock = clock
        self._lines: list[Record] = []
        self._base: tuple[int, Any, int] | None = None
        self._next_base: tuple[int, Any, int] | None = None

    @property
    def next(self) -> int:
        """The number that the next line gets."""
        return self._journal.last + 1 + len(self._lines)

    def add(self, record: Record) -> int:
        number = self.next
        self._lines.append({"i": number, **record})
        return number

    def choice(self, parent: int, n: int, key: str, label: str, answer: str | None, state: State, page: Page) -> int:
        """The line of a choice or an answer, cut to 400 bytes at the expense of its label. Gives its number."""
        head, _, last = key.rpartition("/")
        record: Record = {"n": n, "of": parent, "date": page.date.isoformat(), "set": head, "choice": last, "label": cut(label)}
        if answer is not None:
            record["answer"] = answer
        record |= {"logic": state.digest(), "page": text_digest(page.text), "at": self._now()}
        over = len(encode({"i": self.next, **record})) - LINE_BYTES
        if over > 0:
            record["label"] = cut(label, max(size(record["label"]) - over, 0))
        return self.add(record)

    def edit(self, parent: int, n: int, kind: str, name: str, value: str, state: State, page: Page) -> int:
        """The line of an edit; see `Node`. Gives its number."""
        record: Record = {"edit": kind, "n": n, "of": parent, "date": page.date.isoformat(), "name": name}
        record |= {"value": value} if kind == "set" else {}
        return self.add(record | {"logic": state.digest(), "page": text_digest(page.text), "at": self._now()})

    def snapshot(self, node: int, plain: Record) -> None:
        """A state, as its JSON data."""
        number, base = self.next, self._next_base or self._base
        record: Record = {"snapshot": node}
        if base is None or base[2] + 1 >= WHOLE_EVERY:
            record["state"], depth = pack(plain), 0
        else:
            record |= {"from": base[0], "state": pack(delta(base[1], plain))}
            depth = base[2] + 1
        if plain.get("ending"):
            record["ending"] = plain["ending"]
        self.add(record | {"at": self._now()})
        self._next_base = (number, plain, depth)

    def move(self, kind: str, to: int) -> None:
        self.add({"move": kind, "to": to, "at": self._now()})

    def mark(self, name: str, node: int, page: Page, *, reached: bool) -> None:
        record: Record = {"bookmark": cut(name, NAME_BYTES), "of": node, "date": page.date.isoformat(), "at": self._now()}
        self.add(record | ({"reached": True} if reached else {}))

    def verdict(self, kind: str, sentence: str, to: int, state: State, version: str, anchor: tuple[int, State] | None) -> None:
        """What a re-sync found; with the state that a snapshot opened with, where it took one."""
        record: Record = {"verdict": kind, "to": to, "logic": state.digest(), "version": version, "sentence": cut(sentence, 300)}
        if anchor is not None:
            record |= {"anchor": anchor[0], "state": pack(anchor[1].to_json())}
        self.add(record | {"at": self._now()})

    def share(self, source: Journal, path: Sequence[Node]) -> int:
        """The choices of another journal's path under new numbers, with what snapshots and marks they have; the last number."""
        self._share_states(source, ROOT, ROOT)
        parent = ROOT
        for n, node in enumerate(path, 1):
            record: Record = {"n": n, "of": parent, "date": node.date}
            if node.edit:
                record |= {"edit": node.edit, "name": node.choice} | ({"value": node.answer} if node.edit == "set" else {})
            else:
                record |= {"set": node.set, "choice": node.choice, "label": node.label}
                record |= {} if node.answer is None else {"answer": node.answer}
            parent = self.add(record | {"logic": source.logic(node.id), "page": node.page, "at": node.at})
            self._share_states(source, node.id, parent)
            for mark in source.marks:
                if mark.node == node.id:
                    reached: Record = {"reached": True} if mark.reached else {}
                    self.add({"bookmark": mark.name, "of": parent, "date": mark.date, "at": self._now(), **reached})
        return parent

    def _share_states(self, source: Journal, node: int, new: int) -> None:
        for line in source.snapshots.get(node, ())[-1:]:
            with suppress(ValueError):
                self.snapshot(new, source.plain(line))
        if node in source.anchors:
            with suppress(ValueError):
                state = pack(source.plain(source.anchors[node]))
                record: Record = {"verdict": "moved", "to": new, "logic": source.logic(node), "version": source.header.version}
                self.add(record | {"sentence": "", "anchor": new, "state": state, "at": self._now()})

    def here(self, here: Here) -> None:
        record: Record = {
            "here": here.node, "n": here.n, "date": here.date, "act": here.act, "title": here.title, "last": here.last,
            "words": here.words, "played": here.played,
        }  # fmt: skip
        more: Record = {"ending": here.ending} if here.ending else {}
        more |= {"edited": True} if here.edited else {}
        self.add(record | more | ({"learned": list(here.learned)} if here.learned else {}))

    def commit(self) -> None:
        """Writes what was gathered. On SaveFault nothing is written, and nothing counts."""
        lines, self._lines = self._lines, []
        base, self._next_base = self._next_base, None
        if not lines:
            return
        journal = self._journal
        data = (b"\n" if journal.unended else b"") + b"".join(encode(line) for line in lines)
        self._append(data)
        journal.unended, journal.torn = False, False
        journal.good += len(data)
        for line in lines:
            journal.add(line)
        self._base = base or self._base

    def _now(self) -> str:
        return stamp(self._clock())


def here_on(story: Story, node: int, n: int, page: Page, before: Here, words: int, played: float) -> Here:
    """Where a life stands, in the words of its page; what the page does not say stays as it was `before`."""
    act = next((act.title for act in story.acts if act.id == page.act), "")
    last = last_words(page)
    return Here(
        node=node, n=n, date=page.date.isoformat(), act=cut(act, TITLE_BYTES), title=cut(page.title, TITLE_BYTES) or before.title,
        last=last or before.last, words=words, played=int(played), ending=page.ending, learned=page.learned,
    )  # fmt: skip


def last_words(page: Page) -> str:
    """The last sentences read, as many as there is room for: what is shown beside a life."""
    text = next((block.text for block in reversed(page.blocks) if block.kind == "text"), "")
    *before, words = _SENTENCE.split(text.strip())
    while before and size(f"{before[-1]} {words}") <= LAST_BYTES:
        words = f"{before.pop()} {words}"
    return words if size(words) <= LAST_BYTES else cut(words, LAST_BYTES - 4).rpartition(" ")[0] + " …"

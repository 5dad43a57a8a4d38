"""A life that is being played: every step is on disk before its page is returned."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from game.engine import turn
from game.engine.page import Block, Page, Span
from game.saves import disk
from game.saves.faults import SaveFault
from game.saves.journal import EDITED, ROOT, Header, Journal, Node
from game.saves.lines import amended, printable, typed
from game.saves.opening import Opening, find_again
from game.saves.records import Bookmark, Entry, Verdict
from game.saves.replay import Step, Walk, go_on, shown
from game.saves.reread import Reread, found_anew, reread
from game.saves.resync import Action
from game.saves.writer import Writer, here_on

if TYPE_CHECKING:
    from pathlib import Path

    from game.engine.state import State
    from game.engine.story import Story
    from game.saves.disk import Held
    from game.saves.shelf import Shelf

IDLE = 300.0
"""Seconds on one page beyond which nobody is taken to be reading."""


class Life:
    """A life, opened by a `Shelf`. Not to be shared between threads.

    A step that cannot be written raises SaveFault and leaves the life where it was; a choice that is refused raises
    ChoiceRefused, one that leads nowhere StoryStuck, and nothing is written.
    """

    def __init__(
        self, shelf: Shelf, path: Path, story: Story, journal: Journal, file: Held | None, opening: Opening, verdict: Verdict
    ) -> None:
        self.path = path
        self.story = story
        self.verdict = verdict
        self._shelf = shelf
        self._journal = journal
        self._file = file
        self._writer = Writer(journal, self._put, shelf.clock) if file is not None else None
        self._steps: dict[int, Step] = {}
        self._pages: dict[int, Page] = {}
        self._gone: set[int] = set()
        self._at = self._wanted = ROOT
        self._owed: Opening | None = None
        """How its place was found again, where that is still to be written down."""
        self.attempted: Action | None = None
        """What was tried last on this page and failed: for a report of the fault."""
        self._played = float(journal.here.played)
        self._since = time.monotonic()
        self._settle(opening)

    # what it is

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def header(self) -> Header:
        return self._journal.header

    @property
    def read_only(self) -> bool:
        return self._file is None

    @property
    def state(self) -> State:
        return self._steps[self._at].state

    @property
    def page(self) -> Page:
        return self._page_of(self._at)

    @property
    def first_page(self) -> Page:
        """The page before the first choice."""
        return self._page_of(ROOT)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The present path: its choices in order, each with the page that it led to."""
        return tuple(
            Entry(n, date.fromisoformat(it.date), it.set, it.choice, it.label, it.answer, partial(self._page_of, it.id), it.edit)
            for n, it in enumerate(self._journal.path(self._at), 1)
        )

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Those on the present path and on what redo brings back, in its order; of one name, the one set last."""
        numbers = {ROOT: 0} | {node.id: n for n, node in enumerate(self._line(), 1)}
        marks = {mark.name: mark for mark in self._journal.marks if mark.node in numbers}
        found = [Bookmark(mark.name, numbers[mark.node], date.fromisoformat(mark.date), mark.reached) for mark in marks.values()]
        return tuple(sorted(found, key=lambda mark: mark.n))

    @property
    def can_undo(self) -> bool:
        return self._at != ROOT

    @property
    def can_redo(self) -> bool:
        child = self._journal.newest.get(self._at)
        return child is not None and child not in self._gone

    @property
    def seconds_played(self) -> int:
        return int(self._played + min(time.monotonic() - self._since, IDLE))

    @property
    def edited(self) -> bool:
        """Whether an author's edit lies on the present path."""
        return self._journal.edited(self._at)

    @property
    def states(self) -> tuple[State | None, ...]:
        """The states of the present path, the first page's first; None where one cannot be had any more."""
        steps = [self._steps.get(node) for node in (ROOT, *(node.id for node in self._journal.path(self._at)))]
        return tuple(None if step is None else step.state for step in steps)

    # what is done with it

    def choose(self, key: str) -> Page:
        """Takes an option of the page."""
        self._must_write()
        label = next((option.label for option in self.page.options if option.key == key), "")
        return self._do(Action(key), label)

    def answer(self, text: str) -> Page:
        """Answers the page's question; an empty line takes the default."""
        self._must_write()
        question = self.page.question
        if question is None:
            raise turn.ChoiceRefused("Nothing is asked here.")
        return self._do(Action(question.key, typed(text)), question.label)

    def set_variable(self, name: str, text: str) -> Page:
        """An author's edit: sets a variable from text. ChoiceRefused where it cannot have that value. Undone like a choice."""
        self._must_write()
        return self._do(Action(name, typed(text), "set"), "")

    def jump(self, scene: str) -> Page:
        """An author's edit: goes to a scene, or a part of one, with the state as it is. Undone like a choice."""
        self._must_write()
        return self._do(Action(scene, None, "jump"), "")

    def undo(self) -> Page | None:
        """Back to the page before the last choice; None at the beginning. What was done stays in the file, for redo."""
        if self._at == ROOT:
            return None
        return self._move("undo", self._journal.nodes[self._at].parent)

    def redo(self) -> Page | None:
        """Makes the choice again that undo took back; None where there is none, or the story no longer has it."""
        child = self._journal.newest.get(self._at)
        if child is None or not self._follow([self._journal.nodes[child]]):
            return None
        return self._move("redo", child)

    def rewind(self, n: int) -> Page:
        """To the page after choice `n` of the present path, 0 for the beginning; a greater `n` goes on over what redo brings."""
        line, here = self._line(), len(self._journal.path(self._at))
        if not 0 <= n <= len(line):
            raise SaveFault(f"This life has {len(line)} choices to go to; there is no number {n}.")
        if n > here and not self._follow(line[here:n]):
            raise SaveFault("The story has changed since: it no longer has all the choices that led there.")
        return self._move("rewind", line[n - 1].id if n else ROOT)

    def bookmark(self, name: str) -> None:
        """Sets a bookmark on the present page."""
        writer = self._must_write()
        if not printable(name):
            raise SaveFault("A bookmark needs a name.")
        writer.mark(printable(name), self._at, self.page, reached=False)
        writer.commit()

    def branch(self, n: int, name: str) -> Life:
        """A new life that shares the first `n` choices with this one; it is opened, and this one stays open too."""
        line = self._line()
        if not 0 <= n <= len(line):
            raise SaveFault(f"This life has {len(line)} choices; there is no number {n} to branch off at.")
        return self._shelf.branch(self._journal, line[:n], name or f"{self.name} {n}", self.story)

    def reread(self, story: Story) -> Reread:
        """Goes over to the story as it was read anew, and says where the life stands in it.

        Nothing is written: that is done with the next step. Until then a further reading looks for the place that was left, not
        for the one that this led to. Raises SaveFault where the life has no place in that story, and stays in the old one.
        """
        opening, page = found_anew(story, self._journal, self._wanted)
        before, state = self._at, self.state
        self.story, self.verdict, self.attempted = story, opening.verdict, None
        self._gone.clear()
        self._stand(opening)
        self._pages[self._at] = page
        return reread(opening, state, self._at == before)

    def close(self) -> None:
        """Lets go of the file. The life is saved already; only the time on the last page is still noted, if that can be."""
        file, writer = self._file, self._writer
        if file is None or writer is None:
            return
        try:
            if self.seconds_played > self._journal.here.played and self._at == self._wanted:
                self._note(self._at, self.page)
                writer.commit()
        except SaveFault:
            pass
        finally:
            file.close()
            self._file = self._writer = None

    def __enter__(self) -> Life:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # how it is done

    def _do(self, action: Action, label: str) -> Page:
        writer, before = self._must_write(), self.state
        turn_before = self.page.turn
        self.attempted = action
        try:
            state, page = action.take(self.story, before, texts=True)
        except turn.ChoiceRefused:
            self.attempted = None  # a refusal is no fault
            raise
        self.attempted = None
        n = len(self._journal.path(self._at)) + 1
        self._write_owed(writer)
        if action.edit:
            self._mark_edited()
            node = writer.edit(self._at, n, action.edit, action.key, action.text or "", state, page)
        else:
            node = writer.choice(self._at, n, action.key, label, action.text, state, page)
        if page.turn != turn_before or page.checkpoints or page.ending or action.edit:
            writer.snapshot(node, state.to_json())
        for checkpoint in page.checkpoints:
            writer.mark(printable(checkpoint), node, page, reached=True)
        self._note(node, page, n, edited=bool(action.edit))
        writer.commit()
        self._steps[node] = Step(state, before, (action,))
        self._pages[node] = page
        self._at = self._wanted = node
        self._owed = None
        return page

    def _move(self, kind: str, to: int) -> Page:
        """Moves the head. Where the story cannot be played up to there again, the nearest place that opens."""
        self.attempted = None
        if to not in self._steps:
            opening = find_again(self.story, self._journal, to)
            self.verdict = opening.verdict
            self._settle(opening)
            return self.page
        page = self._page_of(to)
        if self._writer is not None:
            self._write_owed(self._writer)
            self._writer.move(kind, to)
            self._note(to, page)
            self._writer.commit()
        self._at = self._wanted = to
        self._owed = None
        return page

    def _settle(self, opening: Opening) -> None:
        """Stands where a life was found again, and writes down what that took."""
        self._stand(opening)
        if self._writer is not None and self._owed is not None:
            self._write_owed(self._writer)
            self._note(self._at, self.page)
            self._writer.commit()
        self._wanted, self._owed = self._at, None

    def _stand(self, opening: Opening) -> None:
        walk = opening.walk
        self._steps = walk.steps
        self._pages.clear()
        if opening.anchor == walk.at:
            self._pages[walk.at] = walk.page
        self._at = walk.at
        self._owed = opening if opening.verdict.kind != "exact" or walk.at != self._journal.head else None

    def _write_owed(self, writer: Writer) -> None:
        """Gathers the line that says how the place was found again, where it is still to be written."""
        if self._owed is not None:
            walk, verdict, at = self._owed.walk, self._owed.verdict, self._owed.anchor
            anchor = None if at is None else (at, walk.steps[at].state)
            writer.verdict(verdict.kind, verdict.sentence, walk.at, walk.state, self.story.version, anchor)

    def _follow(self, nodes: list[Node]) -> bool:
        """Finds the choices ahead again, so that they have states; remembers one that is gone."""
        known = [node.id for node in nodes if node.id in self._steps]
        at = known[-1] if known else self._at
        walk = Walk(at, self._page_of(at), self._steps)
        go_on(self.story, walk, [node for node in nodes if node.id not in self._steps])
        if walk.stuck is not None:
            self._gone.add(walk.stuck.id)
        return walk.stuck is None

    def _line(self) -> list[Node]:
        return [*self._journal.path(self._at), *self._journal.ahead(self._at)]

    def _page_of(self, node: int) -> Page:
        page = self._pages.get(node)
        if page is None:
            step = self._steps.get(node)
            page = shown(self.story, self.header, node, step) if step is not None else self._lost_page(node)
            self._pages[node] = page
        return page

    def _lost_page(self, node: int) -> Page:
        day = date.fromisoformat(self._journal.nodes[node].date) if node != ROOT else self.story.calendar.start
        words = "This page cannot be shown any more: the story has changed since, or a part of the life's file is lost."
        return Page("", "", "", day, "", 0, (Block("text", (Span(words),)),))

    def _note(self, node: int, page: Page, n: int | None = None, *, edited: bool = False) -> None:
        """Gathers the line that lists read, and counts the time since the last. `n` numbers a choice that is new, `edited` tells
        that it is an edit."""
        if self._writer is None:
            return
        now = time.monotonic()
        self._played += min(now - self._since, IDLE)
        self._since = now
        journal = self._journal
        before = journal.seen.get(self._at if n is not None else node, journal.here)
        words = before.words + (len(page.text.split()) if n is not None else 0)
        count = len(journal.path(node)) if n is None else n
        here = here_on(self.story, node, count, page, before, words, self._played)
        self._writer.here(replace(here, edited=edited or journal.edited(self._at if n is not None else node)))

    def _mark_edited(self) -> None:
        """From its first edit on the file bears the number of the format that has edits."""
        journal, file = self._journal, self._file
        if journal.header.format >= EDITED or file is None:
            return
        first = disk.read(self.path).partition(b"\n")[0]
        file.overwrite(first, amended(first, b'"format":%d,' % journal.header.format, b'"format":%d,' % EDITED))
        journal.header = replace(journal.header, format=EDITED)

    def _must_write(self) -> Writer:
        if self._writer is None:
            raise SaveFault(f"The life `{self.name}` can be read, but not played on. Branch off a life of your own, or copy it.")
        return self._writer

    def _put(self, data: bytes) -> None:
        if self._file is None:
            raise SaveFault(f"The life `{self.name}` is closed.")
        if self._file.size > self._journal.good:
            self._file.cut(self._journal.good)
        self._file.append(data)

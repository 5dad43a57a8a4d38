"""A story followed while its author writes it: what a client is handed, what changed since, and how that is said."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from game.desk.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.engine.page import Option, Page
    from game.engine.story import Story
    from game.load import Loaded
    from game.load.diagnostics import Diagnostic

NAMED = 3
"""How many scenes a sentence names; the others are counted."""


class Watcher(Protocol):
    """What looks after the files of a story."""

    @property
    def pause(self) -> float:
        """Seconds to let pass between two looks."""

    def read(self) -> Loaded:
        """The story as its files are now. Takes as long as reading a story does."""

    def look(self) -> Loaded | None:
        """The story read anew, where a file was saved, came or went since it was last read; else None.

        The look after a reading gives the same story once more, with what the analyses have found in it.
        """


# What changed ------------------------------------------------------------------------------------------------------

NEW, REWRITTEN = "New", "Rewritten"


class Changes(NamedTuple):
    """What of a page is not as it was: NEW or REWRITTEN by the place of the block, and by the key of the option."""

    blocks: dict[int, str] = {}  # noqa: RUF012
    options: dict[str, str] = {}  # noqa: RUF012

    def __bool__(self) -> bool:
        return bool(self.blocks or self.options)


def changes(old: Page, new: Page, story: Story) -> Changes:
    """What is new or rewritten on a page that was read before; `story` is the one that has the new page."""
    before = [(block.kind, block.spans) for block in old.blocks]
    now = [(block.kind, block.spans) for block in new.blocks]
    blocks = {}
    for what, start, stop, first, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if what in ("insert", "replace"):
            blocks.update({at: REWRITTEN if at - first < stop - start else NEW for at in range(first, end)})
    offered = {_now(story, option.key): option for option in old.options}
    options = {
        option.key: REWRITTEN if option.key in offered else NEW
        for option in new.options
        if option.key not in offered or _shown(option) != _shown(offered[option.key])
    }
    return Changes({at: how for at, how in blocks.items() if new.blocks[at].kind != "break"}, options)


def same_choices(old: Page, new: Page) -> bool:
    """Whether a number or a line that was typed for the one page means the same on the other."""
    same = [(option.key, option.enabled) for option in old.options] == [(option.key, option.enabled) for option in new.options]
    return same and (old.question and old.question.key) == (new.question and new.question.key) and old.ending == new.ending


def _shown(option: Option) -> tuple[object, ...]:
    return option.label, option.enabled, option.reasons, option.note, option.final


def _now(story: Story, key: str) -> str:
    from game.saves.rename import renamed

    return renamed(story, key)


def differences(old: Story, new: Story) -> str:
    """`2 scenes changed (pier, quay), 1 new (bridge); people changed`, or that nothing in the story did."""
    moved = {name: now for name in old.scenes if name not in new.scenes and (now := _now(new, name)) in new.scenes}
    kept = [name for name in new.scenes if name in old.scenes]
    changed = [name for name in kept if _scene(old, name) != _scene(new, name)]
    came = [name for name in new.scenes if name not in old.scenes and name not in moved.values()]
    went = [name for name in old.scenes if name not in new.scenes and name not in moved]
    said: list[str] = []
    for names, how in (
        (changed, "changed"),
        (came, "new"),
        (went, "gone"),
        ([f"{a}, now {b}" for a, b in moved.items()], "renamed"),
    ):
        if names:
            said.append(f"{counted(len(names), 'scene') if not said else len(names)} {how} ({_named(names)})")
    tables = dict.fromkeys(words for table, words in _TABLES.items() if old.index.get(table) != new.index.get(table))
    parts = [", ".join(said)] if said else []
    if tables:
        parts.append(f"{listed(list(tables))} changed")
    return "; ".join(parts) or "nothing in the story has changed"


_HEAD = "what story.yaml says"
_TABLES = {
    "variables": "variables", "people": "people", "places": "places", "papers": "papers", "paper_texts": "papers",
    "endings": "endings", "cards": "codex cards", "roles": "roles", "title": _HEAD, "version": _HEAD, "byline": _HEAD,
    "intro": _HEAD, "start": _HEAD, "content": _HEAD, "calendar": _HEAD, "acts": _HEAD, "packs": "packs",
}  # fmt: skip


def _scene(story: Story, name: str) -> object:
    """All that a scene is, but for the lines of the file that it stands in."""
    program = {part: data for part, data in story.data(name).items() if part != "lines"}
    return program, story.scenes[name]._replace(file="", line=0), story.index["conditions"].get(name)


def _named(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")


# What is said ------------------------------------------------------------------------------------------------------


def trouble(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors in scenes.yaml`; where there are none, `1 warning in 2 files`; else nothing."""
    for level in ("error", "warning"):
        found = [diagnostic for diagnostic in diagnostics if diagnostic.level == level]
        if found:
            files = dict.fromkeys(diagnostic.at.file for diagnostic in found)
            where = PurePosixPath(next(iter(files))).name if len(files) == 1 else counted(len(files), "file")
            return f"{counted(len(found), level)} in {where}"
    return ""


def worst_first(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors, then the warnings, each in their order."""
    return tuple(sorted(diagnostics, key=lambda found: found.level != "error"))


def meanwhile(loaded: Loaded, begun: bool) -> str:
    """What becomes of the game with these faults; `begun`: whether there is a story that it could begin with."""
    if loaded.story is not None:
        return "The story can be played. It is read again whenever a file is saved."
    if begun:
        return "The game goes on with the story as it was. Mend the errors and save, and it goes on with the new one."
    return "The game begins as soon as the errors are mended: the story is read again whenever a file is saved."


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors and 1 warning.`, or that there are none."""
    numbers = ((level, sum(found.level == level for found in diagnostics)) for level in ("error", "warning"))
    return f"{' and '.join(counted(number, level) for level, number in numbers if number) or 'No faults'}."

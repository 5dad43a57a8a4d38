"""`kuzbass freeze`: the ids that choices have from their labels are written out, so that a label can change and saves still hold.

edits    a file's text with the ids in it, every other character as it was
files    several files replaced together, or none

Before anything is written, the story is loaded once more with the new texts: its programs must be what they were.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.engine.model import Choice, Choices
from game.load import load_story
from game.load.diagnostics import place
from game.load.targets import beats_of, beats_of_graft
from game.workshop.freeze.edits import Left, with_ids
from game.workshop.freeze.files import replace_all
from game.workshop.trial import load_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from game.engine.model import Model
    from game.load import Loaded

_MARK = b"\xef\xbb\xbf"


class Refused(Exception):
    """Nothing was written; `str` says why, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """How many ids were written into each file, and the choices that stay as they are, each with the reason."""

    files: dict[str, int]
    left: tuple[Left, ...]


def freeze(folder: Path, packs: Sequence[Path] = ()) -> Frozen:
    """Writes the ids into the story's files or, where packs are named, into theirs: the story below a pack is somebody else's.

    Raises Refused for a story with errors and for files that cannot be written; then nothing has changed.
    """
    loaded = load_story(folder, packs)
    if loaded.story is None or loaded.model is None:
        raise Refused("The story has errors, so nothing was written. `kuzbass check` says which.")
    own = tuple(f"{one.as_posix()}/" for one in (packs or (folder,)))
    wanted: dict[str, dict[tuple[int, int], Choice]] = {}
    for choice in choices_of(loaded.model):
        if not choice.written_id and choice.at.file.startswith(own):
            wanted.setdefault(choice.at.file, {})[choice.at.line, choice.at.column] = choice
    before, after, counts, left = {}, {}, {}, []
    for name, choices in sorted(wanted.items()):
        before[name] = _read(name, loaded)
        mark = _MARK if before[name].startswith(_MARK) else b""
        text, counts[name], passed = with_ids(before[name].decode("utf-8-sig"), name, choices)
        after[name] = mark + text.encode()
        left += passed
    after = {name: content for name, content in after.items() if content != before[name]}
    if after:
        _verify(loaded, folder, packs, after)
        try:
            replace_all({Path(name): content for name, content in after.items()})
        except OSError as error:
            raise Refused(
                f"`{error.filename}` cannot be written ({(error.strerror or str(error)).lower()}); nothing has changed."
            ) from error
    return Frozen({name: counts[name] for name in after}, tuple(left))


def report(frozen: Frozen) -> str:
    """What was written, by file, and what was not."""
    lines = [f"{name}: {count} {'id' if count == 1 else 'ids'}" for name, count in frozen.files.items()]
    lines += [f"{place(left.at)} stays as it is: {left.reason}." for left in frozen.left]
    if not frozen.files:
        lines.append("Nothing to write: every choice has its id." if not frozen.left else "Nothing was written.")
    return "\n".join(lines)


def choices_of(model: Model) -> Iterator[Choice]:
    """Every choice that is written down, once."""
    placed = [beat for scene in model.scenes.values() for beat in beats_of(scene)]
    for graft in model.grafts:
        yield from (item for item in graft.choices if isinstance(item, Choice))
        placed += beats_of_graft(graft, graft.extend.text)
    for one in placed:
        for step in one.beat.steps:
            if isinstance(step, Choices):
                yield from (item for item in step.items if isinstance(item, Choice))


def _read(name: str, loaded: Loaded) -> bytes:
    content = Path(name).read_bytes()
    if tuple(content.decode("utf-8-sig", "replace").splitlines()) != loaded.sources[name]:
        raise Refused(f"`{name}` changed while it was read, so nothing was written. Try again.")
    return content


# verified --------------------------------------------------------------------------------------------------------


def _verify(loaded: Loaded, folder: Path, packs: Sequence[Path], after: dict[str, bytes]) -> None:
    """Loads the story with the new texts from a copy, and compares what is played."""
    again = load_with(folder, packs, after)
    if again.story is None or _played(again) != _played(loaded):
        errors = [found for found in again.diagnostics if found.level == "error"]
        where = f": {errors[0].message} ({Path(errors[0].at.file).name}, line {errors[0].at.line})" if errors else "."
        raise Refused(
            "With its ids written out the story would not be the same, so nothing was written. The fault is not yours; it is"
            f" found near a label that is written in an unusual way{where}"
        )


def _played(loaded: Loaded) -> str:
    """Everything that play can tell apart: the index and the programs, but not where in which file things stand."""
    story = loaded.story
    assert story is not None
    index: dict[str, Any] = story.index
    scenes = {
        name: {key: value for key, value in row.items() if key not in ("file", "line")} for name, row in index["scenes"].items()
    }
    programs = {name: {key: value for key, value in story.data(name).items() if key != "lines"} for name in scenes}
    return json.dumps([index | {"scenes": scenes}, programs], sort_keys=True)

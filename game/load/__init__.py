"""From a folder of YAML files to a story that can be played, or to everything that is wrong with it.

nodes      YAML as nodes that know where they stand
decode_*   nodes as the model's dataclasses, each scalar by the type of its field
packs      all files of a story and its packs as one model
resolve    whether every name exists
lower      the model as programs, its logic typed
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.engine.story import Story
from game.load.cache import Cache
from game.load.diagnostics import Diagnostic, in_order
from game.load.folders import every_file
from game.load.pause import collection_paused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from game.engine.model import Model
    from game.load.lower_scene import Written
    from game.load.packs import Reading
    from game.load.style import Style

__all__ = ["Diagnostic", "Loaded", "load_story", "read_model"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A story, or None exactly when a diagnostic is an error. `sources`: every file's lines, by the name it is shown under.

    `model` is what was written, where it can be read without an error; a story from the cache comes without it.
    `written` has its part for each step of each scene (`load.lower_scene`).
    `style` is its style.yaml, those of its packs added; None where there is none.
    """

    story: Story | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scenes: int = 0
    model: Model | None = None
    style: Style | None = None
    written: dict[str, Written] = field(default_factory=dict)


def load_story(folder: Path, packs: Sequence[Path] = (), *, cache: Path | None = None) -> Loaded:
    """The story of a folder, packs laid over it in the order given. Never raises for what stands in the files.

    `cache` is a folder of kept stories: one that is still fresh is taken from there, without diagnostics and sources.
    """
    packs = tuple(packs)
    kept = None if cache is None else Cache(cache, folder, packs, lambda: every_file(folder, packs))
    if kept is not None and (story := kept.read()) is not None:
        return Loaded(story, (), {}, len(story.scenes))
    with collection_paused():
        return _lowered(_read(folder, packs), kept)


def _lowered(reading: Reading, kept: Cache | None) -> Loaded:
    """The model's logic typed and its scenes as programs; what is whole is kept."""
    from game.load.lower import lower

    if reading.model is None:
        found = () if reading.misnamed is None else lower(reading.misnamed).faults
        told = {diagnostic.at for diagnostic in reading.diagnostics}
        diagnostics = in_order((*reading.diagnostics, *(one for one in found if one.at not in told)))
        return Loaded(None, diagnostics, reading.sources, reading.scenes, style=reading.style)
    index, programs, found, written = lower(reading.model)
    diagnostics = in_order((*reading.diagnostics, *found))
    if any(diagnostic.level == "error" for diagnostic in diagnostics):
        return Loaded(None, diagnostics, reading.sources, reading.scenes, reading.model, reading.style)
    if kept is not None:
        kept.write(index, programs)
    story = Story(index, programs.__getitem__)
    return Loaded(story, diagnostics, reading.sources, reading.scenes, reading.model, reading.style, written)


def _read(folder: Path, packs: Sequence[Path]) -> Reading:
    from game.load.packs import read

    return read(folder, packs)


def read_model(folder: Path, packs: Sequence[Path] = ()) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """The frozen model, before its logic is typed; None exactly when a diagnostic is an error."""
    reading = _read(folder, packs)
    return reading.model, reading.diagnostics

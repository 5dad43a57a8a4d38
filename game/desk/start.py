"""What a client is asked to open with, and the one rule for which life that is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from game.desk.words import listed
from game.saves import SaveFault
from game.saves.names import clean_name

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.saves import Life, Shelf


@dataclass(frozen=True, slots=True)
class Start:
    """How a client begins.

    `title` shows the title; `play` goes straight into a life; `replay` watches one. `life` is a name or a file, empty for a
    new life. `seed`, `scene` and `settings` (variable or `date`, value as typed) are for a life that begins; `to` is the
    number of the choice at which a replay stops. `author` are the folders of the story and its packs where whoever starts is
    writing them: then the life can be inspected, and edited; to anybody else it would spoil the story.
    """

    mode: Literal["title", "play", "replay"] = "title"
    life: str = ""
    seed: int | None = None
    scene: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    to: int | None = None
    author: tuple[Path, ...] = ()


TRIAL = "trial"
"""The life that a writer's `--scene` or `--set` begins where none is named: one at a time, and never what *Continue* means."""


def open_life(start: Start, shelf: Shelf, story: Story) -> Life:
    """The life that `start` means: resumed where it exists, begun where it does not. Raises SaveFault or LifeBusy."""
    found = _found(start.life, shelf) if start.life else ""
    if found:
        if start.scene or start.settings:
            raise SaveFault(
                f"The life `{found}` has begun already. A scene and variables can be set for a new life only: "
                "give another name, or none."
            )
        return shelf.open(found, story)
    if _is_file(start.life):
        raise SaveFault(f"There is no file `{start.life}`. To begin a new life, give a name without a folder or an ending.")
    name = start.life
    if not name and (start.scene or start.settings):
        name = TRIAL
        if any(info.name == TRIAL for info in shelf.list()):
            shelf.delete(TRIAL)
    scene = scene_called(start.scene, story)
    return shelf.begin(story, name=name, seed=start.seed, scene=scene, settings=dict(start.settings))


def scene_called(name: str, story: Story) -> str:
    """The scene (or `scene.part`) with its pack's id in front, where the name without it means one. Raises SaveFault for two."""
    scene, dot, part = name.partition(".")
    if not scene or scene in story.scenes:
        return name
    found = [each for each in story.scenes if each.endswith(f"/{scene}")]
    if len(found) > 1:
        raise SaveFault(f"There is more than one scene `{scene}`: name {listed([f'`{each}`' for each in found], 'or')}.")
    return f"{found[0]}{dot}{part}" if found else name


def _found(life: str, shelf: Shelf) -> str:
    """The life as the shelf knows it (a name counts however it is written), or the file where it is there; else empty."""
    if _is_file(life):
        return life if Path(life).expanduser().exists() else ""
    wanted = clean_name(life).casefold()
    return next((info.name for info in shelf.list() if info.name.casefold() == wanted), "")


def _is_file(life: str) -> bool:
    """Whether a life is meant by its file: a folder or the ending says so."""
    return "/" in life or "\\" in life or life.endswith(".jsonl")

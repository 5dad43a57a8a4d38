"""Which act a scene belongs to: by the folder of its file, else by the days on which it can be met, else by what leads to it.

Nothing in the language says so outright. A folder does, where it is called like the act (`prologue/`, `2-arrival/`: digits in
front do not count). Else a scene whose window (`from`, `until`, `day`) overlaps one act only is of that act. Else so is one to
which only scenes of one act lead; but a hub, or the first scene, belongs to whoever comes by. Else a scene is of no act.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from game.workshop.graph.ways import ways

if TYPE_CHECKING:
    from game.engine.story import SceneInfo, Story

_NUMBER = re.compile(r"^\d+[-_ .]*")


def acts_of(story: Story) -> dict[str, str]:
    """The id of each scene's act, or an empty name."""
    found = {scene: _by_folder(story, info) or _by_window(story, info) for scene, info in story.scenes.items()}
    sources: dict[str, set[str]] = {}
    for scene in story.scenes:
        for _, way in ways(story, story.data(scene)):
            for target in story.decks.get(way.target, ()) if way.kind == "draw" else (way.target.partition(".")[0],):
                if target != scene:
                    sources.setdefault(target, set()).add(scene)
    everywhere = {story.start, *story.hubs}
    changed = True
    while changed:
        changed = False
        for scene in story.scenes:
            led = {found[source] for source in sources.get(scene, ())}
            if not found[scene] and scene not in everywhere and len(led) == 1 and led != {""}:
                found[scene], changed = led.pop(), True
    return found


def folder_of(story: Story, scene: str) -> str:
    """The name of the folder that the scene's file stands in."""
    return PurePath(story.scenes[scene].file).parent.name


def _by_folder(story: Story, info: SceneInfo) -> str:
    acts = {_plain(name): act.id for act in story.acts for name in (act.title, act.id)}
    for folder in reversed(PurePath(info.file).parent.parts):
        if (act := acts.get(_plain(folder))) is not None:
            return act
    return ""


def _plain(name: str) -> str:
    return re.sub(r"\W+|_", "", _NUMBER.sub("", name)).casefold()


def _by_window(story: Story, info: SceneInfo) -> str:
    first, last = info.day or info.first or date.min, info.day or info.last or date.max
    found = []
    for number, act in enumerate(story.acts):
        ends = story.acts[number + 1].first - timedelta(days=1) if number + 1 < len(story.acts) else date.max
        begins = act.first if number else date.min
        if first <= ends and last >= begins:
            found.append(act.id)
    return found[0] if len(found) == 1 else ""

"""What a player who passes over some content can no longer come to, and would need."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from game.load.diagnostics import Faults
from game.workshop.analysis.ends import begins, ended, endless
from game.workshop.analysis.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.model import Model
    from game.load.diagnostics import Diagnostic

ALL_SUBSETS = 5
"""With more tags than these: each alone, and all together."""
SCENES = 10_000
"""How many scenes are looked at in all: a large story is asked less often, the largest only of all tags together."""


def subsets(tags: list[str], scenes: int) -> Iterator[tuple[str, ...]]:
    if len(tags) <= ALL_SUBSETS and scenes * 2 ** len(tags) <= SCENES:
        for size in range(1, len(tags) + 1):
            yield from combinations(tags, size)
        return
    if scenes * len(tags) <= SCENES:
        yield from ((tag,) for tag in tags)
        if len(tags) == 1:
            return
    yield tuple(tags)


def broken_by_optouts(whole: Flow, model: Model, stuck: dict[str, int]) -> tuple[Diagnostic, ...]:
    """Endings, and ways to any ending, that only opting out closes; each for the fewest tags that do. `whole` is the flow of
    any opt-outs, `stuck` the scenes from which nothing ends in it either."""
    story = whole.story
    used = sorted({tag for info in story.scenes.values() for tag in info.content})
    faults = Faults()
    if not used:
        return ()
    endings = ended(whole)
    lost: dict[str, list[set[str]]] = {}
    for tags in subsets(used, len(story.scenes)):
        flow = Flow(story, frozenset(tags), whole)
        names = " and ".join(f"`{tag}`" for tag in tags)
        for ending in sorted(endings - ended(flow)):
            if _new(lost, f"ending {ending}", set(tags)):
                message = f"who passes over {names} can never end as `{ending}`"
                faults.add("optout-breaks-story", model.endings[ending].at, message)
        for scene in begins(flow, endless(flow)):
            if scene not in stuck and _new(lost, f"scene {scene}", set(tags)):
                message = f"for who passes over {names} nothing can end any more from `{scene}` on"
                faults.add("optout-breaks-story", model.scenes[scene].at, message)
    return tuple(faults)


def _new(lost: dict[str, list[set[str]]], what: str, tags: set[str]) -> bool:
    """Whether no smaller set of tags has been said to lose this."""
    before = lost.setdefault(what, [])
    if any(fewer <= tags for fewer in before):
        return False
    before.append(tags)
    return True

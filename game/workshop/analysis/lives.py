"""The whole story at once: what no life comes to, what is asked in vain, and what passing over content breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.story import Story
from game.load.pause import collection_paused
from game.workshop.analysis.dead import Verdicts, dead_conditions
from game.workshop.analysis.ends import begins, endless
from game.workshop.analysis.flow import Flow
from game.workshop.analysis.optouts import broken_by_optouts
from game.workshop.analysis.reach import reached
from game.workshop.analysis.unreached import Unreached

if TYPE_CHECKING:
    from game.load import Loaded
    from game.load.diagnostics import Diagnostic


def lives(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Proved of every life, whatever its player has opted out of."""
    assert loaded.story is not None
    assert loaded.model is not None
    with collection_paused():
        flow = Flow(as_if_drawn(loaded.story), None)
        reach = reached(flow, least_too=False)
        verdicts = Verdicts(flow, loaded.model, loaded.written)
        stuck = begins(flow, endless(flow))
        found = Unreached(flow, reach, verdicts, loaded.model, loaded.written).run(stuck)
        return (*found, *dead_conditions(verdicts, loaded.model), *broken_by_optouts(flow, loaded.model, stuck))


def as_if_drawn(story: Story) -> Story:
    """The story with its undrawn storylets in every deck that is drawn from. The loader has reported their decks
    (`undrawn-deck`); what hangs on them would only say the same again. Of the rest nothing wrong is said, since more can happen.
    """
    ops = [op for scene in story.scenes for op in story.data(scene)["ops"] if op[0] in ("offer", "play")]
    drawn = {deck for op in ops for deck, _ in (op[3] if op[0] == "offer" else op[2])}
    if not drawn or "any" in drawn:
        return story
    undrawn = [scene for scene, info in story.scenes.items() if info.decks and drawn.isdisjoint(info.decks)]
    if not undrawn:
        return story
    rows = dict(story.index["scenes"])
    for scene in undrawn:
        rows[scene] = {**rows[scene], "decks": [*rows[scene]["decks"], *sorted(drawn)]}
    return Story({**story.index, "scenes": rows}, story.data)

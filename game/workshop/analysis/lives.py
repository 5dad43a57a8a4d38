"""The whole story at once: what no life comes to, what is asked in vain, and what passing over content breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        flow = Flow(loaded.story, None)
        reach = reached(flow, least_too=False)
        verdicts = Verdicts(flow, loaded.model, loaded.written)
        stuck = begins(flow, endless(flow))
        found = Unreached(flow, reach, verdicts, loaded.model, loaded.written).run(stuck)
        return (*found, *dead_conditions(verdicts, loaded.model), *broken_by_optouts(flow, loaded.model, stuck))

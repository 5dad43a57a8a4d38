"""What can be said of a story by looking at what stands in it: uses, sets, options and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.load.diagnostics import Faults
from game.workshop.analysis.claims import check_claims
from game.workshop.analysis.options import check_dominated, check_intents
from game.workshop.analysis.sets import check_empty, check_loops, check_nesting
from game.workshop.analysis.uses import check_uses
from game.workshop.analysis.written import written

if TYPE_CHECKING:
    from game.engine.model import Model
    from game.engine.story import Story
    from game.load.diagnostics import Diagnostic


def local(model: Model, story: Story) -> tuple[Diagnostic, ...]:
    """The findings, in no order."""
    found, faults = written(model), Faults()
    check_uses(model, found, faults)
    check_nesting(model, faults)
    check_empty(model, found, faults)
    check_loops(story, found, faults)
    check_dominated(model, found, faults)
    check_intents(model, found, faults)
    check_claims(model, found, faults)
    return tuple(faults)

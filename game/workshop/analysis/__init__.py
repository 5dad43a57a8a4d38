"""What is true of every life that a story can have: proved from its programs, not played."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.load import Loaded
    from game.load.diagnostics import Diagnostic


def _lives(loaded: Loaded) -> tuple[Diagnostic, ...]:
    from game.workshop.analysis.lives import lives

    return lives(loaded)


def _local(loaded: Loaded) -> tuple[Diagnostic, ...]:
    from game.workshop.analysis.local import local

    assert loaded.model is not None
    assert loaded.story is not None
    return local(loaded.model, loaded.story)


ANALYSES: tuple[Callable[[Loaded], tuple[Diagnostic, ...]], ...] = (_lives, _local)


def analyse(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Every finding of every analysis, in order; none where the story could not be read without errors."""
    from game.load.diagnostics import in_order

    if loaded.story is None or loaded.model is None:
        return ()
    return in_order([found for analysis in ANALYSES for found in analysis(loaded)])

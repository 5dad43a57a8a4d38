"""`kuzbass check --prose`: whether a story sounds as its style.yaml says.

texts      every text that a player can read
expand     its readings: which branches can stand beside which (`facts`), with which values (`samples`)
checks     what is wrong with a reading by its signs (`articles`, `sentences`)
spelling   words that no list knows (`dialects`)
phrases    patterns of style.yaml
measures   the figures of the bars; `structure` and `plays`: those of scenes and pages
lint       all of it, as diagnostics and figures
"""

from __future__ import annotations

from game.workshop.prose.lint import Report, lint

__all__ = ["Report", "lint"]

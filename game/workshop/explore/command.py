"""What `kuzbass explore` does once its story is there: a run, its report in the format asked for, and an exit code."""

from __future__ import annotations

import json
import os
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

from game.options import FOUND, INTERRUPTED, WELL, Unable
from game.workshop.explore.measure import document
from game.workshop.explore.progress import Progress
from game.workshop.explore.run import Run
from game.workshop.explore.workers import Pool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from game.engine.story import Story
    from game.workshop.explore.measure import Data
    from game.workshop.explore.run import Plan
    from game.workshop.explore.workers import Origin

FEW, SHORT = 300, 3.0
"""Lives, and seconds, up to which one process has done the most before others would have read the story."""


def explore(
    story: Story, origin: Origin, plan: Plan, form: str, output: Path | None, workers: int | None, cluster: str
) -> int:  # fmt: skip
    """Plays, writes the report, and gives the exit code: 1 where a life broke off, 130 where Ctrl-C cut the run short."""
    writer = _writer(form)
    if plan.role and plan.role not in story.roles:
        raise Unable(f"The story has no role `{plan.role}`{_near(plan.role, list(story.roles))}")
    if output is not None:
        _writable(output)
    with Progress() as progress, Pool(origin, story, workers or _cores(plan), cluster) as pool:
        found = Run(story, pool, plan, progress).play()
    report = document(story, found)
    _write(writer(report), output)
    if found.interrupted:
        print(f"Cut short: the report is of the {report['plays']:,} lives until then.", file=sys.stderr)
        return INTERRUPTED
    return FOUND if report["crashes"] or report["loops"] else WELL


def _cores(plan: Plan) -> int:
    if (plan.plays is not None and plan.plays <= FEW) or (plan.time is not None and plan.time <= SHORT):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _near(name: str, names: list[str]) -> str:
    if not names:
        return ": it has no roles."
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return f": did you mean `{close[0]}`?" if close else f": it has {', '.join(sorted(names))}."


# the report --------------------------------------------------------------------------------------------------------


def _json(report: Data) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=True)


def _text(report: Data) -> str:
    from game.workshop.explore.report_text import text

    return text(report)


def _html(report: Data) -> str:
    from game.workshop.explore.report_html import html

    return html(report)


_WRITERS: dict[str, Callable[[Data], str]] = {"text": _text, "json": _json, "html": _html}


def _writer(form: str) -> Callable[[Data], str]:
    if form not in _WRITERS:
        raise Unable(f"There is no format `{form}`: a report is written as text, json or html.")
    return _WRITERS[form]


def _writable(output: Path) -> None:
    """Said before anything is played, not after."""
    if output.is_dir():
        raise Unable(f"`{output}` is a folder. Give the name of a file for the report.")
    if not output.parent.is_dir():
        raise Unable(f"There is no folder `{output.parent}` to write the report in.")


def _write(report: str, output: Path | None) -> None:
    if output is None:
        print(report)
        return
    try:
        output.write_text(report + "\n", encoding="utf-8")
    except OSError as error:
        raise Unable(f"The report cannot be written to `{output}`: {(error.strerror or str(error)).lower()}.") from error
    print(f"Written: {output}.")

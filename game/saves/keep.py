"""What outlives a life: the values of `keep:` variables, computed once, when a new life begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from game.saves.disk import read
from game.saves.faults import SaveFault
from game.saves.journal import ROOT, Journal, parse
from game.saves.opening import fitting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from game.engine.state import State
    from game.engine.story import Story, VariableInfo

ENDED = b'"ending":"'


def kept_values(story: Story, lives: Iterable[Path]) -> dict[str, Any]:
    """The values that finished lives of this story leave to a new one, as JSON data by variable."""
    variables = [info for info in story.variables.values() if info.keep]
    if not variables:
        return {}
    ends = sorted((end for path in lives for end in _endings(story, path)), key=lambda end: end[0])
    states = [state for _, state in ends]
    found: dict[str, Any] = {}
    for info in variables:
        values = [fitting(info, state.vars[info.id]) for state in states if info.id in state.vars]
        if values:
            found[info.id] = _plain(_kept(info, values))
    return found


def _kept(info: VariableInfo, values: list[Any]) -> Any:
    """`best` by what is better, the last where nothing is; `any` the last that is not the start; `last` the last."""
    if info.keep == "best" and info.better in ("up", "down"):
        return max(values) if info.better == "up" else min(values)
    if info.keep == "any":
        return next((value for value in reversed(values) if value != info.start), info.start)
    return values[-1]


def _endings(story: Story, path: Path) -> list[tuple[str, State]]:
    """The states in which a life has reached an ending, each with its time; none where it has not, or cannot be read."""
    try:
        data = read(path)
        if ENDED not in data:
            return []
        journal = parse(data, path.stem)
    except SaveFault:
        return []
    return list(_ended(journal)) if journal.header.story == story.id else []


def _ended(journal: Journal) -> Iterable[tuple[str, State]]:
    for line, record in journal.packed.items():
        if record.get("ending") and not _tried_out(journal, record):
            try:
                yield str(record.get("at", "")), journal.state(line)
            except ValueError:
                continue


def _tried_out(journal: Journal, record: dict[str, Any]) -> bool:
    """Whether an author's edit led to this ending: then it leaves nothing to other lives."""
    node = record.get("snapshot", ROOT)
    return node in journal.nodes and journal.edited(node)


def _plain(value: Any) -> Any:
    """A value as JSON data, in the form that `game.engine.story.restore` reads."""
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    return {"$span": value.to_text()} if hasattr(value, "to_text") else value

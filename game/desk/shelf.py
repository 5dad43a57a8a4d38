"""The shelf of lives as a table of words, and one life as a document for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.desk.journal import leaves, words_read
from game.desk.start import TRIAL
from game.desk.words import clean, counted, listed
from game.engine.calendar import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from game.engine.story import Story
    from game.saves import Life, LifeInfo

SCHEMA = 1


def last_played(infos: Iterable[LifeInfo], story: Story | None) -> LifeInfo | None:
    """The life that *Continue* means: the newest of this story that can be played on. No story yet: as far as the lives tell."""
    for info in infos:
        mine = info.readable and not info.recorded and info.name != TRIAL
        if mine and (story is None or (info.story == story.id and set(info.packs) <= set(story.packs))):
            return info
    return None


def table(infos: Sequence[LifeInfo]) -> str:
    """Every life on a line of its own, in columns; a life that cannot be read says why."""
    if not infos:
        return "There are no lives yet. `kuzbass play` begins one."
    rows: list[tuple[str, ...]] = [("Life", "Where", "Date", "Choices", "Words", "Last played", "")]
    rows += [_row(info) for info in infos]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, (*widths, 0), strict=True)).rstrip() for row in rows)


def _row(info: LifeInfo) -> tuple[str, ...]:
    where = ", ".join(part for part in (info.act, info.scene_title) if part)
    ended, shipped = f"ended: {info.ending}" if info.ending else "", "recorded" if info.recorded else ""
    edited = "edited" if info.edited else ""
    notes = "; ".join(part for part in (ended, edited, shipped, _with(info), info.problem) if part)
    played = info.changed_at.strftime("%Y-%m-%d %H:%M")
    date = long_date(info.date) if info.date else ""
    return tuple(clean(cell) for cell in (info.name, where, date, str(info.choices), str(info.words), played, notes))


def info_line(info: LifeInfo) -> str:
    """`anna: What was promised, 20 May 1922, The pier; 14 choices, 2100 words`, or what is wrong with the life."""
    if not info.readable:
        return f"{info.name}: {info.problem}"
    where = ", ".join(part for part in (info.act, long_date(info.date) if info.date else "", info.scene_title) if part)
    end = f"; ended: {info.ending}" if info.ending else ""
    shipped = "; edited" if info.edited else ""
    shipped += "; recorded, to be watched" if info.recorded else ""
    shipped += f"; {_with(info)}" if info.packs else ""
    return f"{info.name}: {where}; {counted(info.choices, 'choice')}, {counted(info.words, 'word')}{end}{shipped}"


def _with(info: LifeInfo) -> str:
    """`with herring 0.1.0`: the packs that the life is played with."""
    packs = listed([f"{pack} {version}".rstrip() for pack, version in info.packs.items()])
    return f"with {packs}" if packs else ""


def document(life: Life) -> dict[str, Any]:
    """`{schema, life, story, packs, date, act, choices, edited, words_read, ending, verdict}`.

    `packs` by id with versions, `date` as 2024-12-31, `act` and `ending` as ids (empty where there is none), `verdict` one of
    exact, moved, rewound and opened. `edited`: an author's edit lies on the path, where it counts among the choices.
    """
    path = leaves(life)
    return {
        "schema": SCHEMA,
        "life": life.name,
        "story": life.header.story,
        "packs": dict(life.header.packs),
        "date": life.page.date.isoformat(),
        "act": life.page.act,
        "choices": len(path) - 1,
        "edited": life.edited,
        "words_read": words_read(path),
        "ending": life.page.ending,
        "verdict": life.verdict.kind,
    }

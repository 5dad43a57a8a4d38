"""A comparison for people and for scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from game.desk.words import counted
from game.workshop.compare.gate import CLOSED, LOST, Judged
from game.workshop.compare.plays import Figures, beyond_chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.engine.story import Story
    from game.workshop.compare.scenes import Change, Scenes

SCHEMA = 1
_SHOWN = 20
_STAR = " *"


@dataclass(frozen=True, slots=True)
class Side:
    """A story and what it was called on the command line."""

    name: str
    story: Story


@dataclass(frozen=True, slots=True)
class Comparison:
    """`plays` are the figures of both sides, or None where none were asked for; `others` names lives of another story."""

    before: Side
    after: Side
    scenes: Scenes
    plays: tuple[Figures, Figures] | None = None
    lives: list[Judged] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def lost(self) -> list[Judged]:
        return [life for life in self.lives if life.lost]


def document(found: Comparison) -> dict[str, Any]:
    """Figures stand in pairs, before and after; a thing that a side does not have is null there."""
    before, after = found.before.story, found.after.story
    return {
        "schema": SCHEMA,
        "stories": [
            {"name": side.name, "id": side.story.id, "version": side.story.version} for side in (found.before, found.after)
        ],
        "scenes": {
            "added": list(found.scenes.added),
            "removed": list(found.scenes.removed),
            "renamed": {change.was: change.scene for change in found.scenes.renamed},
            "changed": {
                change.scene: {"texts": change.texts, "logic": change.logic, "words": change.words}
                for change in found.scenes.changed
                if change.texts or change.logic
            },
        },
        "endings": _sets(before.endings, after.endings),
        "variables": _sets(before.variables, after.variables),
        "plays": _plays(found),
        "lives": {
            life.name: {
                "before": life.before,
                "after": life.after,
                "lost": life.lost,
                "sentence": life.sentence,
                "along": dict(life.along),
            }
            for life in found.lives
        },
        "other_lives": found.others,
    }


def _sets(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[str]]:
    return {
        "added": [name for name in after if name not in before],
        "removed": [name for name in before if name not in after],
    }


def _plays(found: Comparison) -> dict[str, Any] | None:
    if found.plays is None:
        return None
    one, other = found.plays
    endings = {
        ending: {
            "shares": [one.share(ending), other.share(ending)],
            "beyond_chance": beyond_chance(one.share(ending), other.share(ending), one.lives, other.lives),
        }
        for ending in _names(found.before.story.endings, found.after.story.endings)
    }
    ranges = {
        name: [[side.lows[name], side.highs[name]] if name in side.lows else None for side in found.plays]
        for name in _names(one.lows, other.lows)
    }
    return {
        "lives": one.lives,
        "endings": endings,
        "words": [one.median_words, other.median_words],
        "choices": [one.median_choices, other.median_choices],
        "cut": [one.cut, other.cut],
        "broke": [one.broke, other.broke],
        "variables": ranges,
    }


def _names(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys((*before, *after)))


# For people -------------------------------------------------------------------------------------------------------


def text(found: Comparison) -> str:
    sides = " and ".join(f"{side.name} ({side.story.version})" for side in (found.before, found.after))
    parts = [f"{found.after.story.title}: {sides}", "", *_scenes(found), *_figures(found), *_lives(found)]
    return "\n".join(parts)


def _scenes(found: Comparison) -> list[str]:
    scenes = found.scenes
    before, after = found.before.story, found.after.story
    lines = []
    for what, names in (
        ("scenes added", scenes.added), ("scenes removed", scenes.removed),
        ("endings added", _sets(before.endings, after.endings)["added"]),
        ("endings removed", _sets(before.endings, after.endings)["removed"]),
        ("variables added", _sets(before.variables, after.variables)["added"]),
        ("variables removed", _sets(before.variables, after.variables)["removed"]),
    ):  # fmt: skip
        if names:
            lines.append(f"{what}: {_listed(names)}")
    if scenes.changed:
        lines.append("scenes changed:")
        lines += [f"  {_change(change)}" for change in scenes.changed[:_SHOWN]]
        if len(scenes.changed) > _SHOWN:
            lines.append(f"  and {len(scenes.changed) - _SHOWN} more")
    return lines or ["No scene, ending or variable was added, removed or changed."]


def _change(change: Change) -> str:
    what = " and ".join(what for what, on in (("texts", change.texts), ("logic", change.logic)) if on) or "only its name"
    words = f", {change.words:+,} words" if change.words else ""
    was = f" (was {change.was})" if change.was else ""
    return f"{change.scene}{was}: {what}{words}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def _figures(found: Comparison) -> list[str]:
    if found.plays is None:
        return []
    one, other = found.plays
    rows = [(f"{one.lives} random lives of each", "before", "after")]
    starred = False
    for ending in _names(found.before.story.endings, found.after.story.endings):
        before, after = one.share(ending), other.share(ending)
        star = beyond_chance(before, after, one.lives, other.lives)
        starred = starred or star
        info = found.after.story.endings.get(ending) or found.before.story.endings[ending]
        rows.append((f"  ends with {info.title or ending}", f"{before:.1%}", f"{after:.1%}" + (_STAR if star else "")))
    for what, pair in (
        ("cut off, for they went on and on", (one.cut, other.cut)),
        ("broken off by a fault", (one.broke, other.broke)),
    ):
        if any(pair):
            rows.append((f"  {what}", f"{pair[0] / one.lives:.1%}", f"{pair[1] / other.lives:.1%}"))
    rows.append(("  words a life, median", f"{one.median_words:,.0f}", f"{other.median_words:,.0f}"))
    rows.append(("  choices a life, median", f"{one.median_choices:,.0f}", f"{other.median_choices:,.0f}"))
    moved = [name for name in _names(one.lows, other.lows) if _range(one, name) != _range(other, name)]
    rows += [(f"  {name} moves in", _range(one, name), _range(other, name)) for name in moved]
    widths = [max(len(row[column].removesuffix(_STAR)) for row in rows) for column in range(3)]
    lines = [f"{what:<{widths[0]}}  {before:>{widths[1]}}  {_right(after, widths[2])}" for what, before, after in rows]
    if not moved:
        lines.append("  every variable moves in the same range as before")
    return ["", *lines, *(["  * more than chance explains"] if starred else [])]


def _right(cell: str, width: int) -> str:
    """The cell to the right of its column, its star beyond it."""
    return cell.removesuffix(_STAR).rjust(width) + (_STAR if cell.endswith(_STAR) else "")


def _range(figures: Figures, name: str) -> str:
    return f"{figures.lows[name]:g} to {figures.highs[name]:g}" if name in figures.lows else "-"


def _lives(found: Comparison) -> list[str]:
    if not found.lives and not found.others:
        return ["", "No lives were compared."]
    lines = ["", f"{counted(len(found.lives), 'recorded life', 'recorded lives')}"]
    for life in found.lives:
        kinds = life.after if life.before == life.after else f"{life.before} before, now {life.after}"
        kinds = kinds.replace(CLOSED, "not opened")
        said = f" {life.sentence}" if life.sentence else ""
        lines.append(f"  {life.name}: {kinds}{' - LOST' if life.lost else ''}.{said}")
        lost = sum(life.along[kind] for kind in LOST)
        if lost:
            places = f"{lost} of {counted(life.along.total(), 'place')}"
            lines.append(f"    Whoever stands in the middle of it would lose a part at {places} along the way.")
    if found.others:
        lines.append(f"  of another story, or played with a pack that is not here, and left out: {_listed(found.others)}")
    lines.append(_ends(found))
    return lines


def _ends(found: Comparison) -> str:
    if found.lost:
        subject = "One life loses" if len(found.lost) == 1 else f"{len(found.lost)} lives lose"
        return f"{subject} what was played. `was: old_name` on what was renamed, or the choice put back, keeps them."
    return "No life loses anything that it had."

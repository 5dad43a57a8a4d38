"""What is read again of what a life has done, as the part `callbacks` of the document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from game.workshop.explore.callbacks import sources
from game.workshop.explore.chart import chart, count_words
from game.workshop.explore.deeds import deeds
from game.workshop.explore.figures import percentile, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.story import Story
    from game.workshop.explore.tally import Tally

Data = dict[str, Any]
Pair = tuple[str, str]

BOTH = 0.05
"""A flag must have either value in at least this share of the lives that come to the place that reads it."""
PASSAGE_WORDS = 250


def callbacks(story: Story, tally: Tally) -> Data:
    """Which choices later scenes read, and which none does; how much of the text depends on the life it is in."""
    varied = _varied(tally)
    places: dict[str, set[str]] = {}
    far: dict[str, set[str]] = {}
    for flag, place, later_act in tally.heard:
        if (flag, place) in varied:
            places.setdefault(flag, set()).add(place)
            if later_act:
                far.setdefault(flag, set()).add(place)
    known, drawn = deeds(story), chart(story)
    counted = sorted(key for key, times in tally.picked.items() if times and key in known and key not in drawn.storylets)
    read = {key: sorted(found) for key in counted if (found := _of(known[key].flags, places))}
    late = [key for key in counted if _of(known[key].flags, far)]
    bare = [key for key in counted if known[key].bare]
    return {
        "lives": tally.read,
        "counted": len(counted),
        "read_later": share(len(read), len(counted)),
        "later_act": share(len(late), len(counted)),
        "expressive": share(len(bare), len(counted)),
        "choices": read,
        "unread": _unread(story, tally, [key for key in counted if key not in read]),
        "flags": {flag: sorted(found) for flag, found in sorted(places.items())},
        "thresholds": len({name for name, _ in tally.thresholds}),
        "last_act_flags": _far(tally, varied),
        "per_act": per_act(story, tally, varied),
        "endings": endings(story),
    }


def _unread(story: Story, tally: Tally, keys: Iterable[str]) -> dict[str, str]:
    """Why no later scene reads each of these choices, as far as it can be told."""
    asked = {flag.name for flag in sources(story).scenes}
    met = {flag for flag, _, _ in tally.flag_values}
    felt = {flag for flag, _, _ in tally.heard}
    told = {}
    for key in keys:
        flags = deeds(story)[key].flags
        if not flags & asked:
            told[key] = "nothing asks"
        elif not flags & met:
            told[key] = "asked where no life came"
        else:
            told[key] = "nearly always the same" if flags & felt else "too little, or too soon"
    return told


def _varied(tally: Tally) -> frozenset[Pair]:
    """The flags, with the place that reads them, that either value of is common enough there."""
    came: Counter[Pair] = Counter()
    values: Counter[tuple[str, str, str]] = Counter()
    for (flag, place, told), lives in tally.flag_values.items():
        came[flag, place] += lives
        for value in ("yes", "no") if told == "both" else (told,):
            values[flag, place, value] += lives
    return frozenset(pair for pair, lives in came.items() if all(values[*pair, value] >= BOTH * lives for value in ("yes", "no")))


def _of(flags: Iterable[str], places: dict[str, set[str]]) -> set[str]:
    return {place for flag in flags for place in places.get(flag, ())}


def _far(tally: Tally, varied: frozenset[Pair]) -> Data | None:
    """How many flags of all acts but the last two the last act reads, in lives that come to it; None where none does."""
    counts: Counter[int] = Counter()
    for pairs, lives in tally.far.items():
        counts[len({flag for flag, _ in pairs & varied})] += lives
    return {f"p{p}" if p != 50 else "median": percentile(counts, p) for p in (10, 50, 90)} if counts else None


def per_act(story: Story, tally: Tally, varied: frozenset[Pair]) -> Data:
    """The passages that depend on the life, for each act: by flags alone, and with those that only numbers change."""
    every: Counter[str] = Counter()
    by_flags: Counter[str] = Counter()
    for (act, place, flags, number), times in tally.passages.items():
        heard = any((flag, place) in varied for flag in flags)
        every[act] += times * (heard or number)
        by_flags[act] += times * heard
    return {
        act.id: {
            "words": tally.act_words[act.id],
            "passages": every[act.id],
            "per_250_words": round(share(PASSAGE_WORDS * every[act.id], tally.act_words[act.id]), 3),
            "by_flags": by_flags[act.id],
            "by_flags_per_250_words": round(share(PASSAGE_WORDS * by_flags[act.id], tally.act_words[act.id]), 3),
        }
        for act in story.acts
    }


def endings(story: Story) -> Data:
    """The share of the words of each ending's own text that stands under a condition, every variant counted."""
    found: dict[str, list[Any]] = {}
    for scene in sorted(story.scenes):
        for op in story.data(scene)["ops"]:
            if op[0] == "end" and op[2]:
                found[op[1]] = op[2]
    return {ending: share(sum(map(_conditional, code)), count_words(code)) for ending, code in sorted(found.items())}


def _conditional(node: list[Any]) -> int:
    """The words of a node that stand under a condition."""
    if node[0] == "c":
        return count_words([node])
    if node[0] == "l":
        return sum(map(_conditional, node[2]))
    return sum(_conditional(inner) for branch in node[4] for inner in branch) if node[0] == "a" else 0

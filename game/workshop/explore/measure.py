"""What was found as the document that `--format json` prints, and that the text and the page are made from.

Each group of figures is a small function over tallies, so that another measure is another function.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from game.workshop.explore.chart import chart
from game.workshop.explore.deeds import deeds
from game.workshop.explore.figures import bars, mean, percentile, share
from game.workshop.explore.measure_callbacks import callbacks
from game.workshop.explore.play import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from game.engine.story import Story
    from game.workshop.explore.run import Findings
    from game.workshop.explore.tally import Tally

SCHEMA = 1
RARE = {"scenes": 0.005, "choices": 0.001, "endings": 0.01}
"""A thing that fewer random lives meet than this share is rare."""
COMMON_ENDING = 0.2
"""An ending that more random lives come to than this share is common."""
FAVOURED = 0.85
"""An option that every role takes more often than this, whenever it can, is no choice."""
ENOUGH = 20
"""How often an option must have been open to a role before its share is looked at."""
PINNED = 0.15
"""A number that ends more turns than this at an end of its range is pinned."""
FOR_SOME = 0.25
"""An ending that even the role that comes there most reaches more rarely than this is nobody's."""
WIDEST = 12
"""Sets with the most words before them, that are named."""
CONDITIONAL = 0.4
"""An ending of whose own words a smaller share stands under conditions tells every life the same."""

Data = dict[str, Any]


def document(story: Story, found: Findings) -> Data:
    """The whole report. Shares are fractions from 0 to 1; the keys are told in docs/exploring.md."""
    tally = found.tally
    every = (tally, *(each for role, each in found.roles.items() if role != found.plan.role), found.others)
    return {
        "schema": SCHEMA,
        "story": {"id": story.id, "title": story.title, "version": story.version, "packs": story.packs},
        "seed": found.plan.seed,
        "player": found.plan.role or "random",
        "interrupted": found.interrupted,
        "seconds": round(found.seconds, 3),
        "workers": found.workers,
        "choices_per_second": round(tally.chosen / found.lived, 1) if found.lived else 0.0,
        "plays": tally.lives,
        "crashes": sum(each.crashes for each in every),
        "loops": sum(each.loops for each in every),
        "limit": LIMIT,
        "faults": faults(every),
        **shares(story, tally),
        **reading(tally),
        "repeat": repeats(found, mean),
        "repeat_p90": repeats(found, lambda counts: percentile(counts, 90)),
        "variables": variables(story, found),
        "values": values(tally),
        "series": series(story, tally),
        "people": people(story, tally),
        "locked": locked(tally),
        "roles": {role: of_role(story, each) for role, each in sorted(found.roles.items())},
        "favoured": favoured(found.roles),
        "best_role": best_role(story, found.roles),
        "one_sided": one_sided(found.roles),
        "unmet": unmet(story, found),
        "callbacks": callbacks(story, tally),
        "blind": blind(story, tally),
        "trades": trades(story, tally),
    }


# groups ------------------------------------------------------------------------------------------------------------


def shares(story: Story, tally: Tally) -> Data:
    """What share of lives meets each scene, choice and ending; what nobody meets is there with 0."""
    return {
        "scenes": {scene: share(tally.scenes[scene], tally.lives) for scene in sorted(story.scenes)},
        "choices": {key: share(tally.taken[key], tally.lives) for key in chart(story).choices},
        "endings": {ending: share(tally.endings[ending], tally.lives) for ending in sorted(story.endings)},
        "early_endings": share(sum(tally.endings[each.id] for each in story.endings.values() if each.early), tally.lives),
        "texts": {"reached": len(tally.texts), "total": len(chart(story).texts)},
    }


def reading(tally: Tally) -> Data:
    """How long lives are, in words and choices, and how closely the choices stand."""
    words = sum(value * count for value, count in tally.words.items())
    widest = [[name, most] for name, most in sorted(tally.widest.items(), key=lambda item: (-item[1], item[0]))]
    return {
        "words": _spread(tally.words),
        "words_bars": bars(tally.words),
        "choices_in_a_play": _spread(tally.lengths),
        "choices_bars": bars(tally.lengths),
        "choices_per_play": round(share(tally.chosen, tally.lives), 3),
        "open_choices_per_play": round(share(tally.several, tally.lives), 3),
        "options_per_choice": round(share(tally.offered.total(), tally.several), 3),
        "choices_per_1000_words": round(1000 * tally.weighed / words, 3) if words else 0.0,
        "words_before_choice": {
            **{f"p{percent}": percentile(tally.gaps, percent) for percent in (50, 90, 99)},
            "max": max(tally.gaps, default=0),
            "max_at": next((name for name, _ in widest), ""),
        },
        "widest": widest[:WIDEST],
        "seen_share": percentile(tally.seen, 50) / 1000,
        "read_plays": tally.read,
    }


def _spread(counts: Counter[int]) -> Data:
    return {"p10": percentile(counts, 10), "median": percentile(counts, 50), "p90": percentile(counts, 90)}


def repeats(found: Findings, figure: Any) -> Data:
    """What of a second life was read in the first. None where nothing was compared."""
    same: Counter[int] = Counter()
    against: Counter[int] = Counter()
    for tally in found.roles.values():
        same += tally.again
        against += tally.against
    kinds = {"random": Counter() if found.plan.role else found.tally.again, "same_role": same, "opposed": against}
    return {kind: round(figure(counts) / 1000, 4) if counts else None for kind, counts in kinds.items()}


def variables(story: Story, found: Findings) -> Data:
    """The ends that each number comes to, by any life or search, and how often a turn of the counted lives ends there."""
    tally, told = found.tally, {}
    every = (tally, *found.roles.values(), found.others)
    turns = tally.turns.total()
    for name in chart(story).numbers:
        lows = [each.lows[name] for each in every if name in each.lows]
        highs = [each.highs[name] for each in every if name in each.highs]
        if name in found.ends:
            lows.append(found.ends[name][0])
            highs.append(found.ends[name][1])
        info = story.variables[name]
        told[name] = {
            "min": min(lows, default=info.start),
            "max": max(highs, default=info.start),
            "low": info.low,
            "high": info.high,
            "random_min": tally.lows.get(name, info.start),
            "random_max": tally.highs.get(name, info.start),
            "pinned": share(_pinned(tally, name), turns),
            "pinned_by_act": {act: share(tally.ends[name, act], count) for act, count in sorted(tally.turns.items()) if act},
        }
    return told


def _pinned(tally: Tally, name: str) -> int:
    return sum(tally.ends[name, act] for act in tally.turns)


def values(tally: Tally) -> Data:
    """With what share of lives each yes/no and one-of variable ends at each of its values."""
    told: dict[str, Data] = {}
    for (name, value), count in sorted(tally.values.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        told.setdefault(name, {})[value if isinstance(value, str) else "yes" if value else "no"] = share(count, tally.lives)
    return told


def series(story: Story, tally: Tally) -> Data:
    """[turn, p10, median, p90] of each variable that players see, at the end of each turn."""
    found: dict[str, dict[int, Counter[Any]]] = {}
    for (name, turn, value), count in tally.series.items():
        if story.variables[name].label:
            found.setdefault(name, {}).setdefault(turn, Counter())[value] += count
    return {
        name: [
            [turn, *(round(percentile(counts, percent), 4) for percent in (10, 50, 90))] for turn, counts in sorted(turns.items())
        ]
        for name, turns in sorted(found.items())
    }


def people(story: Story, tally: Tally) -> Data:
    """Each person: the share of lives that meet them, the scenes with them in a life that does, and those that are written."""
    written = Counter(person for cast in chart(story).cast.values() for person in cast)
    return {
        person: {
            "lives": share(tally.people[person], tally.lives),
            "scenes": round(share(tally.together[person], tally.people[person]), 2),
            "written": written[person],
        }
        for person in sorted(story.people)
    }


def locked(tally: Tally) -> Data:
    """Locked options among all offered beside others, and the share of such choices where fewer than two could be taken."""
    return {
        "share": share(tally.locked.total(), tally.offered.total()),
        "fewer_than_two_open": share(tally.narrow, tally.several),
        "options": {key: share(count, tally.offered[key]) for key, count in sorted(tally.locked.items())},
    }


def of_role(story: Story, tally: Tally) -> Data:
    """How a role fares: where it ends, what it chooses when it can, what stands at an end of its range."""
    turns = tally.turns.total()
    return {
        "plays": tally.lives,
        "endings": {ending: share(tally.endings[ending], tally.lives) for ending in sorted(story.endings)},
        "pinned": {name: share(_pinned(tally, name), turns) for name in sorted(chart(story).ranged)},
        "options": {
            key: share(tally.picked[key], tally.offered[key] - tally.locked[key])
            for key in chart(story).choices
            if tally.offered[key] > tally.locked[key]
        },
    }


def best_role(story: Story, roles: Mapping[str, Tally]) -> Data:
    """{ending: [the role that comes to it most often, with what share]}; of equals the first by name; none where no role does."""
    found = {}
    for ending in sorted(story.endings):
        shares = [(share(tally.endings[ending], tally.lives), role) for role, tally in sorted(roles.items())]
        most, role = max(shares, key=lambda each: each[0], default=(0.0, ""))
        found[ending] = [role, most] if most else None
    return found


def one_sided(roles: Mapping[str, Tally]) -> list[Any] | None:
    """[role, ending, share] of the role that comes to one ending most often; None where no role comes to any."""
    ends = [(-share(n, tally.lives), role, ending) for role, tally in roles.items() for ending, n in tally.endings.items() if n]
    return [min(ends)[1], min(ends)[2], -min(ends)[0]] if ends else None


def blind(story: Story, tally: Tally) -> Data:
    """Options offered among several that change what a player sees and have no `note`; storylets on offer left out."""
    offered = sorted(key for key in tally.offered if key in deeds(story) and key not in chart(story).storylets)
    options = [key for key in offered if deeds(story)[key].seen and not deeds(story)[key].note]
    return {"share": share(len(options), len(offered)), "offered": len(offered), "options": options}


def trades(story: Story, tally: Tally) -> Data:
    """The share of turns, for each act, in which a life met a choice that makes something worse whatever is taken."""
    return {act.id: share(tally.trades[act.id], tally.turns_read[act.id]) for act in story.acts}


def favoured(roles: Mapping[str, Tally]) -> Data:
    """Options that every role takes nearly always when it can: {set/choice: the least share of any role}."""
    if len(roles) < 2:
        return {}
    found = {}
    for key in sorted({key for tally in roles.values() for key in tally.picked}):
        open_to = [(tally.picked[key], tally.offered[key] - tally.locked[key]) for tally in roles.values()]
        known = [share(picked, times) for picked, times in open_to if times >= ENOUGH]
        if len(known) == len(roles) and min(known) > FAVOURED:
            found[key] = min(known)
    return found


def unmet(story: Story, found: Findings) -> Data:
    """What no random life met: `by_others` if a role or a search came there, `never` if nobody did."""
    reached = found.searched + found.others.reached
    for tally in found.roles.values():
        reached += tally.reached
    tally = found.tally
    texts = chart(story).texts
    return {
        "by_others": {
            "scenes": _left(story.scenes, tally.scenes, reached.scenes, True),
            "choices": _left(chart(story).choices, tally.taken, reached.choices, True),
            "endings": _left(story.endings, tally.endings, reached.endings, True),
            "texts": _lines(story, (reached.texts & texts) - tally.texts),
        },
        "never": {
            "scenes": _left(story.scenes, tally.scenes, reached.scenes, False),
            "choices": _left(chart(story).choices, tally.taken, reached.choices, False),
            "endings": _left(story.endings, tally.endings, reached.endings, False),
            "texts": _lines(story, texts - reached.texts - tally.texts),
        },
    }


def _left(named: Iterable[str], met: Mapping[str, int], reached: frozenset[str], by_others: bool) -> list[str]:
    return sorted(name for name in named if name not in met and (name in reached) == by_others)


def _lines(story: Story, texts: Iterable[tuple[str, int]]) -> list[str]:
    """Where texts stand, as file:line."""
    return [f"{story.scenes[scene].file}:{story.data(scene)['lines'][index]}" for scene, index in sorted(texts)]


def faults(tallies: Iterable[Tally]) -> list[Data]:
    """Each way in which lives broke off, the commonest first: how many did, and the shortest life that does."""
    shortest: dict[str, Any] = {}
    lives: Counter[str] = Counter()
    for tally in tallies:
        lives += tally.broke
        for message, fault in tally.faults.items():
            if message not in shortest or len(fault.keys) < len(shortest[message].keys):
                shortest[message] = fault
    return [
        {
            "message": message,
            "lives": count,
            "scene": shortest[message].scene,
            "set": shortest[message].set,
            "seed": shortest[message].seed,
            "choices": list(shortest[message].keys),
        }
        for message, count in sorted(lives.items(), key=lambda item: (-item[1], item[0]))
    ]

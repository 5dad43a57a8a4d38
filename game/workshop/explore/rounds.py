"""Search shared out among workers, in rounds: archives on their own, which then tell each other what was taken how often.

What a round finds hangs on the story, the seed and the round's number, not on how many workers there are: a round is always four
jobs, and their findings are added in order. Time only says how many rounds there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.workshop.explore.archive import Archive, Seeds
from game.workshop.explore.chart import chart
from game.workshop.explore.extremes import extremes, numbers
from game.workshop.explore.live import Live
from game.workshop.explore.play import Fault, life_seed
from game.workshop.explore.tally import Reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from game.engine.story import Story
    from game.workshop.explore.extremes import Ends
    from game.workshop.explore.workers import Pool

JOBS = 4
"""Jobs in a round."""
CHOICES = 1_000
"""Choices in each job."""


@dataclass(frozen=True, slots=True)
class Job:
    """So many choices of a search that begins with this seed. `counts`: how often each choice was taken in rounds before."""

    seed: int
    choices: int = CHOICES
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a job reached, how often it took each choice, what broke on the way, and the ends of the numbers it looked for."""

    reached: Reached = field(default_factory=Reached)
    counts: dict[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    ends: dict[str, Ends] = field(default_factory=dict)
    choices: int = 0


def rarest(story: Story, job: Job) -> Searched:
    """A job: searches for what is rare."""
    archive = Archive(story, _live(story), job.seed)
    archive.counts = Counter(job.counts)
    seeds = Seeds(job.seed, tuple(sorted(story.content)))
    endings, scenes = set[str](), set[str]()

    while archive.choices < job.choices:
        before = archive.choices
        archive.spread(seeds)
        if archive.choices == before:
            break  # every life breaks on its first page, or has no choices
    for scene, pc in archive.trace:
        op = story.data(scene)["ops"][pc]
        if op[0] == "end":
            endings.add(op[1])
        elif op[0] == "enter" and op[1] == scene:
            scenes.add(scene)
    taken = archive.counts - Counter(job.counts)
    reached = Reached(frozenset(scenes), frozenset(taken), frozenset(endings), frozenset(archive.trace & chart(story).texts))
    return Searched(reached, dict(taken), _faults(archive), choices=archive.choices)


def furthest(story: Story, job: Job) -> Searched:
    """A job: searches for the least and greatest value of every number."""
    return Searched(
        ends=extremes(story, seed=job.seed, choices=job.choices, live=_live(story, *numbers(story))), choices=job.choices
    )


def search(pool: Pool, seed: int, on: Callable[[], bool], rounds: int | None = None) -> Iterator[Searched]:
    """Rounds of `rarest`, while `on()` or for so many rounds; yields what each job found."""
    counts: Counter[str] = Counter()
    number = 0
    while on() and (rounds is None or number < rounds * JOBS):
        jobs = [Job(life_seed(seed, number + at, "search"), counts=dict(counts)) for at in range(JOBS)]
        number += JOBS
        for found in pool.map(rarest, jobs):
            counts.update(found.counts)
            yield found


def search_ends(pool: Pool, seed: int, on: Callable[[], bool], rounds: int | None = None) -> Iterator[dict[str, Ends]]:
    """Rounds of `furthest`; yields the ends of every number as they are known after each job. Later rounds look longer."""
    known: dict[str, Ends] = {}
    number, choices = 0, CHOICES
    while on() and (rounds is None or number < rounds * JOBS):
        jobs = [Job(life_seed(seed, number + at, "ends"), choices) for at in range(JOBS)]
        number, choices = number + JOBS, min(choices * 2, 16 * CHOICES)
        for found in pool.map(furthest, jobs):
            known = {name: known[name] + ends if name in known else ends for name, ends in found.ends.items()} or known
            yield known


def _faults(archive: Archive) -> tuple[Fault, ...]:
    """What broke; a fault names only a seed, so a life with opt-outs says so in its message."""
    return tuple(
        Fault(message + (f" (opted out of {', '.join(how.optouts)})" if how.optouts else ""), "", "", how.seed, keys)
        for message, (how, keys) in sorted(archive.faults.items(), key=lambda row: row[0])
    )


def _live(story: Story, *watched: str) -> Live:
    """The story's keys, worked out once in each worker."""
    found = _LIVES.get(watched)
    if found is None or found.story is not story:
        found = _LIVES[watched] = Live(story, watched)
    return found


_LIVES: dict[tuple[str, ...], Live] = {}

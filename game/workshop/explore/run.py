"""A whole exploration: random lives, lives of each role, lives that take what was taken least, and search, in this order.

Everything that is counted hangs on the story, the seed and the number of lives. Time only says how many lives there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from game.workshop.explore.chart import chart, opposed
from game.workshop.explore.rounds import JOBS, search, search_ends
from game.workshop.explore.spans import LEAST, RANDOM, Span, play_span
from game.workshop.explore.tally import Reached, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from game.engine.story import Story
    from game.workshop.explore.progress import Progress
    from game.workshop.explore.spans import Played
    from game.workshop.explore.workers import Pool

SECONDS = 10.0
"""What a run takes that nobody gave a measure."""
SHARES = {"random": 0.45, "roles": 0.25, "least": 0.05, "search": 0.15, "extremes": 0.1}
"""How the time of a run is shared out among its parts."""
ROLE_PART, ROLE_LEAST = 20, 10
"""Of each role lives one for every twenty random ones, and no fewer than ten: 10,000 and 500."""
JOB_SECONDS = 0.15
ROUND_LIVES, MOST_ROUNDS = 500, 6
"""A round of search for every five hundred random lives, and no more than six."""
LEAST_COUNT = 20
"""Lives that share one memory of what was taken; a fixed number, since what they meet hangs on it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for. Without `plays` and `seconds` it takes ten seconds. `role` lives the lives, in place of chance."""

    plays: int | None = None
    seconds: float | None = None
    seed: int = 1
    role: str = RANDOM

    @property
    def time(self) -> float | None:
        """The seconds that the run may take, or None where only lives are counted."""
        return SECONDS if self.plays is None and self.seconds is None else self.seconds


@dataclass(slots=True)
class Findings:
    """What came of a run, also of one that was cut short.

    tally      the lives that were counted: random ones, or the role's that was asked for
    roles      lives of each role
    others     what the other players reached and where they broke off
    searched   what search reached; `ends` the least and greatest value of each variable that it could bring about
    lived      seconds that the counted lives took; `seconds` the whole run
    """

    plan: Plan
    workers: int = 1
    tally: Tally = field(default_factory=Tally)
    roles: dict[str, Tally] = field(default_factory=dict)
    others: Tally = field(default_factory=Tally)
    searched: Reached = field(default_factory=Reached)
    ends: dict[str, tuple[float, float]] = field(default_factory=dict)
    lived: float = 0.0
    seconds: float = 0.0
    interrupted: bool = False


class Run:
    """Plays the parts of a plan one after the other, into `findings`."""

    def __init__(self, story: Story, pool: Pool, plan: Plan, progress: Progress) -> None:
        self.story, self.pool, self.plan, self.progress = story, pool, plan, progress
        self.findings = Findings(plan, pool.workers)
        self._began = monotonic()
        self._share = 0.0
        self._pace = 2

    def play(self) -> Findings:
        """Plays it all, or until Ctrl-C."""
        findings = self.findings
        try:
            self._counted()
            self._by_roles()
            if 10 * (findings.tally.loops + findings.tally.crashes) <= findings.tally.lives:  # else search, too, only breaks
                self._least_taken()
                self._searched()
                self._ends()
        except KeyboardInterrupt:
            findings.interrupted = True
        findings.seconds = monotonic() - self._began
        findings.lived = findings.lived or findings.seconds
        return findings

    # the parts

    def _counted(self) -> None:
        plan, findings = self.plan, self.findings
        against = opposed(self.story.roles).get(plan.role, "")
        until = self._until("random")
        for played in self.pool.map(play_span, self._spans([(plan.role, against)], plan.plays, until, listens=True)):
            findings.tally += self._paced(played)
            self._tell("random", findings.tally.lives, plan.plays, f"{findings.tally.lives:,} lives")
        findings.lived = monotonic() - self._began

    def _by_roles(self) -> None:
        if self.plan.role:
            self.findings.roles[self.plan.role] = self.findings.tally
            self._until("roles")
            return
        wanted = None if self.plan.plays is None else max(ROLE_LEAST, self.plan.plays // ROLE_PART)
        against = opposed(self.story.roles)
        pairs = [(role, against.get(role, "")) for role in sorted(self.story.roles)]
        until, lives = self._until("roles"), 0
        spans = self._spans(pairs, wanted, until) if pairs else iter(())
        for played in self.pool.map(play_span, spans):
            tally, role = self._paced(played), played.who
            self.findings.roles[role] = self.findings.roles.get(role, Tally()) + tally
            lives += tally.lives
            self._tell("roles", lives, wanted and wanted * len(pairs), f"lives as `{role}`")

    def _least_taken(self) -> None:
        wanted = None if self.plan.plays is None else max(LEAST_COUNT, self.plan.plays // ROLE_PART)
        until = self._until("least")
        for played in self.pool.map(play_span, self._least_spans(wanted, until)):
            self.findings.others += played.tally
            self._tell("least", self.findings.others.lives, wanted, "lives that take what was taken least")

    def _searched(self) -> None:
        """What is rare is looked for, in rounds; what breaks on the way is told like any other life that broke off."""
        findings, rounds, until = self.findings, self._rounds(), self._until("search")
        for done, found in enumerate(search(self.pool, self.plan.seed, _before(until), rounds), 1):
            findings.searched += found.reached
            new = {fault.message: fault for fault in found.faults if fault.message not in findings.others.faults}
            findings.others += Tally(crashes=len(new), faults=new, broke=Counter(new.keys()))
            self._tell("search", done, rounds and rounds * JOBS, "search for what is rare")

    def _ends(self) -> None:
        """How low and how high each number can be brought."""
        rounds, until = self._rounds(MOST_ROUNDS // 2), self._until("extremes")
        if not chart(self.story).numbers:
            return
        for done, known in enumerate(search_ends(self.pool, self.plan.seed, _before(until), rounds), 1):
            self.findings.ends = {name: (ends.min.value, ends.max.value) for name, ends in known.items()}
            self._tell("extremes", done, rounds and rounds * JOBS, "search for the ends of numbers")

    def _rounds(self, most: int = MOST_ROUNDS) -> int | None:
        """The rounds of a search that is not measured in time."""
        return None if self.plan.plays is None else min(most, self.plan.plays // ROUND_LIVES)

    # sharing out

    def _until(self, part: str) -> float | None:
        """When a part should be over; None where it is counted in lives."""
        self._share += SHARES[part]
        return None if self.plan.time is None else self._began + self._share * self.plan.time

    def _spans(
        self, who: list[tuple[str, str]], wanted: int | None, until: float | None, listens: bool = False
    ) -> Iterator[Span]:
        """As many lives of each player as are wanted, or as time allows, but of each at least two; in turns."""
        first = 0
        while wanted is None or first < wanted:
            count = self._pace if wanted is None else min(self._pace, wanted - first)
            for name, against in who:
                if first and until is not None and monotonic() >= until:
                    return
                yield Span(name, first, count, self.plan.seed, against, listens)
            first += count

    def _least_spans(self, wanted: int | None, until: float | None) -> Iterator[Span]:
        first = 0
        while (wanted is None or first < wanted) and (until is None or monotonic() < until):
            yield Span(LEAST, first, LEAST_COUNT, self.plan.seed)
            first += LEAST_COUNT

    def _paced(self, played: Played) -> Tally:
        """Fits the length of jobs to how long they take; what is met does not hang on it."""
        count = max(1, played.tally.lives)
        fitting = int(JOB_SECONDS * count / max(played.seconds, 1e-6))
        self._pace = max(2, min(fitting, count * 4, 1000) // 2 * 2)
        return played.tally

    def _tell(self, part: str, done: int, wanted: int | None, what: str) -> None:
        """How far the run has come: by time where it is measured in time, else by lives."""
        if self.plan.time is not None:
            self.progress.tell((monotonic() - self._began) / self.plan.time, what)
        elif wanted:
            self.progress.tell(self._share - SHARES[part] * (1 - min(1.0, done / wanted)), what)


def _before(until: float | None) -> Callable[[], bool]:
    return lambda: until is None or monotonic() < until

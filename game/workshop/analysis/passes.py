"""What a pass over a scene came to, kept to be said again where the next pass can only differ in its dates.

Most passes do: the calendar's end is found late, and what a player opts out of changes few scenes. A scene that asks for no
day takes the date that it is entered with to wherever it leads, and everything else of its pass hangs on what comes in and on
the values of the variables that it reads; `Fixpoint.assign` throws away what is kept of a scene when one of these grows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from game.workshop.analysis.logic import Env

if TYPE_CHECKING:
    from game.workshop.analysis.fixpoint import Place, Ways
    from game.workshop.analysis.logic import World
    from game.workshop.analysis.values import Interval

Sent = tuple["Place", str, tuple[Any, ...], Env]
"""What went out of a scene: from where, by which of the fixpoint's moves, with what, and what held."""


class Pass(NamedTuple):
    """A pass over a scene into which one thing came: `env`, at `pc`."""

    pc: int
    env: Env
    states: dict[int, Env]
    way: Ways
    sent: list[Sent]

    def fits(self, points: dict[int, Env]) -> bool:
        """Whether a pass over what comes in now could only differ in its dates."""
        now = points.get(self.pc)
        if now is None or len(points) > 1:
            return False
        old = self.env
        return now.may == old.may and now.must == old.must and now.frames == old.frames and now.local == old.local


def dated(env: Env, world: World, days: Interval) -> Env:
    """The same on other days, in the world of another flow."""
    return Env(world, days, env.may, env.must, env.frames, env.local)

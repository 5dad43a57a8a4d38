"""What the analysis proves is true: small random stories are played, and at every step of every life the state must be one of
those that the analysis holds possible there. Then nothing that it calls unreachable or dead can ever be otherwise."""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from game.engine import turn
from game.engine.evaluate import is_random, must
from game.engine.machine import Machine
from game.engine.turn import StoryStuck, answer, begin, choose
from game.load import Loaded, load_story
from game.workshop.analysis import analyse
from game.workshop.analysis.dead import Verdicts
from game.workshop.analysis.ends import endless
from game.workshop.analysis.flow import Flow, resumed
from game.workshop.analysis.logic import Env, refine, value
from game.workshop.analysis.reach import reached
from game.workshop.analysis.values import Interval, Value

sys.path.insert(0, str(Path(__file__).parent))
from random_stories import Author

if TYPE_CHECKING:
    from game.engine.story import Story
    from game.workshop.analysis.reach import Reach

ROOT = Path(__file__).parents[3]
LIVES, LENGTH = 4, 14


def holds(found: Value, one: Any) -> bool:
    if found is None:
        return True
    if isinstance(found, Interval):
        return bool(found.low <= one <= found.high) and (not found.whole or isinstance(one, (int, date)) or one == int(one))
    return one in found


def fact(m: Machine, name: str) -> Any:
    kind, _, rest = name.partition(" ")
    state = m.state
    if kind == "visits":
        return state.visits[rest][0] if rest in state.visits else 0
    if kind == "taken":
        return rest in state.taken
    return rest in {"has": state.papers, "knows": state.cards, "met": state.met}[kind]


def strays(env: Env, m: Machine) -> list[str]:
    """What of the machine's state the analysis holds impossible here."""
    found = []
    if not holds(env.date, m.state.date):
        found.append(f"date {m.state.date} not in {env.date}")
    for name, one in m.vars.items():
        if not holds(env.known(name), one):
            found.append(f"{name} {one!r} not in {env.known(name)}")
    if not holds(env.known("@place"), m.state.place):
        found.append(f"place {m.state.place} not in {env.known('@place')}")
    found += [
        f"{name} {fact(m, name)} not in {env.known(name)}" for name in env.world.bits if not holds(env.known(name), fact(m, name))
    ]
    open_visits = bool(m.state.stack)
    if env.frames is not None and ((not open_visits and "" not in env.frames) or (open_visits and env.frames == {""})):
        found.append(f"stack {m.state.stack} with {env.frames}")
    return found


class Watch:
    """Plays in its place as `Machine`, and holds every step against what was proved."""

    def __init__(self, loaded: Loaded, optouts: frozenset[str] | None) -> None:
        assert loaded.story is not None
        assert loaded.model is not None
        self.flow = Flow(loaded.story, optouts)
        self.reach: Reach = reached(self.flow)
        self.asked: dict[tuple[str, int], list[tuple[Any, Any]]] = {}
        self.verdicts = Verdicts(self.flow, loaded.model, loaded.written)
        self.endless = endless(self.flow)
        self.lost = False
        for scene, states in self.flow.states.items():
            ops = self.flow.programs[scene]["ops"]
            for pc in states:
                self.asked[scene, pc] = list(conditions(ops[pc]))

    def at(self, m: Machine, pc: int) -> None:
        scene = m.program.scene
        op = m.program.ops[pc]
        envs = [env for env in (self.flow.states.get(scene, {}).get(pc), self.flow.points.get(scene, {}).get(resumed(pc))) if env]
        assert envs, f"{scene}:{pc} {op} was called unreachable"
        fits = [env for env in envs if not strays(env, m)]
        assert fits, f"{scene}:{pc} {op}: {[strays(env, m) for env in envs]}"
        least = {"enter": f"target {op[1]}", "end": f"ending {op[1]}"}.get(op[0]) if len(op) > 1 else None
        assert not least or self.reach.least[least] <= m.state.steps, f"{least} at {m.state.steps}"
        self.lost = self.lost or (scene, pc) in self.endless
        assert not (self.lost and op[0] == "end"), f"{scene}:{pc} was called without an end"
        for code, _ in self.asked.get((scene, pc), ()):
            if not is_random(code):
                outcome = bool(must(code)(m))
                for env in fits:
                    after = refine(code, env, outcome)
                    assert after is not None, f"{scene}:{pc} {code} came out {outcome}"
                    assert not strays(after, m), f"{scene}:{pc} {code} {outcome}: {strays(after, m)}"
        if op[0] == "effect" and op[1] != "learn" and not is_random(op[3]):
            assert any(holds(value(op[3], env), must(op[3])(m)) for env in fits), f"{op[3]} is {must(op[3])(m)}"


def conditions(code: Any) -> Any:
    """Every condition in a step's data, whether or not it is asked each time."""
    if isinstance(code, dict):
        for item in code.values():
            yield from conditions(item)
    elif isinstance(code, list) and code:
        if code[0] in ("and", "or", "not", "compare", "seen", "taken", "has", "knows", "met") and isinstance(
            code[-1], (list, str)
        ):
            yield code, None
        for item in code:
            yield from conditions(item)


def watched(watch: Watch) -> type[Machine]:
    class Watched(Machine):
        def run(self, pc: int) -> Any:
            left = 100  # circles are the story's own fault
            while pc >= 0:
                left -= 1
                if left < 0:
                    raise StoryStuck("a circle")
                watch.at(self, pc)
                pc = self.program.steps[pc](self, pc)
            return self.page()

    return Watched


def play(story: Story, watch: Watch, seed: int, optouts: tuple[str, ...]) -> int:
    """One life of random choices; gives how many it came to."""
    dice = random.Random(seed)
    watch.lost = False
    try:
        state, page = begin(story, seed, optouts=optouts, kept={"f2": dice.random() < 0.5}, texts=False)
        for _ in range(LENGTH):
            if page.ending:
                break
            if page.question is not None:
                state, page = answer(story, state, dice.choice(["", "Bo"]), texts=False)
                continue
            key = dice.choice([option.key for option in page.options if option.enabled])
            assert key in watch.reach.choices, f"{key} was called out of reach"
            assert watch.reach.least[f"choice {key}"] <= state.steps + 1
            state, page = choose(story, state, key, texts=False)
    except StoryStuck:
        return 0
    return state.steps


@pytest.mark.parametrize("seed", range(40))
def test_every_state_that_is_played_is_one_that_was_held_possible(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(load_story(Author(seed).write(tmp_path / "r")), monkeypatch)


def check(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded.story is not None, [str(found) for found in loaded.diagnostics]
    analyse(loaded)
    for known in (frozenset[str](), frozenset(loaded.story.content), None):
        watch = Watch(loaded, known)
        monkeypatch.setattr(turn, "Machine", watched(watch))
        for life in range(LIVES):
            optouts = tuple(known) if known is not None else tuple(loaded.story.content) if life % 2 else ()
            play(loaded.story, watch, life, optouts)


SAMPLES = [ROOT / "story", *sorted(path.parent for path in (ROOT / "tests" / "engine" / "plays").glob("*/plan.txt"))]


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_it_holds_for_the_stories_that_are_played_elsewhere_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = [path.parent for path in folder.glob("*/pack.yaml")]
    check(load_story(folder / "story" if packs else folder, packs), monkeypatch)

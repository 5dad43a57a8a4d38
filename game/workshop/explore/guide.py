"""How far a state looks from a goal: the choices on the shortest way there, and what is still missing of what that way asks.

A condition that fails is worth what it would take to make it hold: as many steps as a number is short of its mark, with the
way to where it is raised; the way to where a paper is given, a choice is taken, a scene is entered. So a search that takes
the nearest state first climbs towards the values that guard the goal. It is an estimate, wrong in either direction, and
proves nothing.

Chance is looked up, not guessed: a draw hangs on the life's seed, its site and its number alone, so the guide knows whether the
next one at a site comes out as wished, and which seeds are lucky at the sites on the way (`lucky`).
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from game.engine.evaluate import is_random, must
from game.workshop.explore.live import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from game.engine.evaluate import Value
    from game.engine.state import State
    from game.engine.story import Story
    from game.workshop.explore.ways import Node, Tree, Ways, Wish

NEVER = 1000.0
"""As far as a place from which no way leads."""
DEEP = 3
"""How many conditions are looked into for the sake of one another."""
ASKED = 12
"""How often a site of chance is looked up in advance where more than one draw has to come out well."""
LOOKED_UP = 2_000_000
"""Seeds that are looked up for luck."""
_FLIP = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Eye:
    """A state as conditions see it, which does not change by being looked at."""

    def __init__(self, story: Story, state: State) -> None:
        self.story, self.state, self.vars = story, state, state.vars
        self.texts, self.ahead = False, 0

    def again(self, site: str) -> int:
        return self.state.draws.get(site, 0) + self.ahead


class Guide:
    """The distance to one goal."""

    def __init__(self, ways: Ways, goal: Wish) -> None:
        self.ways, self.goal, self.story = ways, goal, ways.story
        self._linked: dict[int, Value] = {}

    def far(self, state: State) -> float:
        """About how many choices are still to be made; from NEVER on, no way is known."""
        node = self.ways.place(state.scene, state.asking or state.set)
        return self._far(self.ways.tree(self.goal), node, Eye(self.story, state), DEEP, {})

    def _far(self, tree: Tree, node: Node, eye: Eye, deep: int, known: dict[Any, float]) -> float:
        far = tree.far.get(node)
        if far is None:
            return NEVER
        return far + sum(self.gap(code, wanted, node, eye, deep, known) for code, wanted in tree.asked(node))

    def value(self, code: Any, eye: Eye) -> Any:
        found = self._linked.get(id(code))
        if found is None:
            found = self._linked[id(code)] = must(code)
        return found(eye)  # type: ignore[arg-type]

    def gap(self, code: Any, wanted: bool, node: Node, eye: Eye, deep: int, known: dict[Any, float]) -> float:
        """What it would take until a condition holds, or fails, as wanted; 0 where it does."""
        if bool(self.value(code, eye)) == wanted:
            return 0.0
        head = code[0]
        if head == "not":
            return self.gap(code[1], not wanted, node, eye, deep, known)
        if head in ("and", "or"):
            parts = [self.gap(part, wanted, node, eye, deep, known) for part in code[1:]]
            return sum(parts) if (head == "and") == wanted else min(parts)
        if head == "compare":
            return min(NEVER, self._compared(code, wanted, node, eye, deep, known))
        if head == "taken":
            return min(self._wish(("taken", key), wanted, node, eye, deep, known) for key in code[1])
        if head == "var":
            return self._wish(("set", code[1], str(wanted)), True, node, eye, deep, known)
        if head in ("seen", "has", "knows", "met"):
            return self._wish((head, code[1]), wanted, node, eye, deep, known)
        return 4.0 if is_random(code) else NEVER / 2

    def _wish(self, wish: Wish, wanted: bool, node: Node, eye: Eye, deep: int, known: dict[Any, float]) -> float:
        """The way to where a wish comes true. What happened never comes undone, but for a paper."""
        if not wanted:
            if wish[0] != "has":
                return NEVER / 4
            wish = ("lost", wish[1])
        if deep <= 0:
            return 3.0 if wish in self.ways.makers else NEVER / 2
        if (wish, node) not in known:
            known[wish, node] = 2.0  # a circle of wishes is cut here
            known[wish, node] = min(1 + self._far(self.ways.tree(wish), node, eye, deep - 1, known), NEVER / 2)
        return known[wish, node]

    def _compared(self, code: Any, wanted: bool, node: Node, eye: Eye, deep: int, known: dict[Any, float]) -> float:
        total: list[float] = []
        left = code[1]
        for sign, right in zip(code[2::2], code[3::2], strict=True):
            if sign.endswith("in"):
                met = "==" if (sign == "in") == wanted else "!="
                gaps = [self._pair(left, met, member, node, eye, deep, known) for member in right]
                total.append((min if met == "==" else sum)(gaps or [NEVER]))
            else:
                total.append(self._pair(left, sign if wanted else _OPPOSITE[sign], right, node, eye, deep, known))
                left = right
        return sum(total) if wanted else min(total)

    def _pair(self, left: Any, sign: str, right: Any, node: Node, eye: Eye, deep: int, known: dict[Any, float]) -> float:
        if left[0] == "lit":
            left, sign, right = right, _FLIP[sign], left
        have, need = self.value(left, eye), self.value(right, eye)
        if _holds(have, sign, need):
            return 0.0
        if is_random(left) or is_random(right):
            return 4.0
        if left[0] == "visits":
            return float(abs(need - have)) + self._wish(("seen", left[1]), sign not in ("<", "<="), node, eye, deep, known)
        if left[0] in ("date", "turn", "act"):
            if right[0] == "var" and ("up", right[1]) in self.ways.makers and not _holds(have, "<", need):
                return 1.0  # the mark will be set anew on the way
            return self._waited(have, sign, need, node, eye, deep, known)
        if left[0] != "var":
            left = right if right[0] == "var" else left
            if left[0] != "var":
                return 5.0 if not _numbers(have, need) else min(20.0, 1 + abs(need - have))
            have, need, sign = need, have, _FLIP[sign]
        return self._moved(left[1], have, sign, need, node, eye, deep, known)

    def _moved(
        self, name: str, have: Any, sign: str, need: Any, node: Node, eye: Eye, deep: int, known: dict[Any, float]
    ) -> float:
        """What it takes to bring a variable where it is to be: set at once, or raised or lowered step by step."""
        ways = [NEVER / 2]
        for wish in [wish for wish in self.ways.setters[name] if _holds(_typed(have, wish[2]), sign, need)]:
            ways.append(self._wish(wish, True, node, eye, deep, known))
        if _numbers(have, need):
            way = "up" if have < need or (have == need and sign in (">", "!=")) else "down"
            step = self.ways.most.get((way, name))
            if step:
                times = max(1, ceil((abs(need - have) + (sign in ("<", ">"))) / step))
                ways.append(1.5 * times + self._wish((way, name), True, node, eye, deep, known))
        return min(ways)

    def _waited(self, have: Any, sign: str, need: Any, node: Node, eye: Eye, deep: int, known: dict[Any, float]) -> float:
        if sign == "!=" or not isinstance(need, type(have)) or isinstance(have, str):
            return 5.0
        if have > need:
            return NEVER / 4  # time does not run back
        days: float = (need - have).days if hasattr(need, "year") else 10 * (need - have)
        return 1 + min(50.0, days / 4) + self._wish(("wait",), True, node, eye, deep, known)

    # seeds

    def hopes(self) -> list[tuple[Any, bool, int]]:
        """Draws on the way from the start to the goal: the code, how it is to come out, and how often it has to."""
        found: dict[int, tuple[Any, bool, int]] = {}
        scene, _, inner = self.story.start.partition(".")
        start = (scene, self.ways.data[scene]["entries"][inner])
        seen: set[Wish] = set()

        def look(wish: Wish, node: Node, deep: int, times: int) -> None:
            if wish in seen or deep < 0:
                return
            seen.add(wish)
            tree = self.ways.tree(wish)
            if node in tree.far:
                for code, wanted in tree.asked(node, 200):
                    walk(code, wanted, node, deep, times)

        def walk(code: Any, wanted: bool, node: Node, deep: int, times: int) -> None:
            if code[0] == "not":
                walk(code[1], not wanted, node, deep, times)
            elif code[0] == "and" and wanted:
                for part in code[1:]:
                    walk(part, True, node, deep, times)
            elif code[0] == "chance" or (code[0] == "compare" and is_random(code)):
                if _alone(code):
                    found[id(code)] = (code, wanted, times)
            elif code[0] in ("seen", "has") and wanted:
                look((code[0], code[1]), node, deep - 1, 1)
            elif code[0] == "compare" and len(code) == 4 and code[1][0] == "var" and wanted:
                mark = literal(code[3])
                start_value = self.story.variables[code[1][1]].start
                if mark is not None and _numbers(mark, start_value):
                    way = "up" if mark > start_value else "down"
                    step = self.ways.most.get((way, code[1][1]), 1)
                    look((way, code[1][1]), node, deep - 1, max(1, ceil(abs(mark - start_value) / step)))

        look(self.goal, start, DEEP, 1)
        return list(found.values())

    def lucky(self, state: State, on: Callable[[], bool]) -> Iterator[int]:
        """Seeds under which the draws on the way come out well: of those up to LOOKED_UP, looked up one after the other while
        `on()`."""
        hopes = self.hopes()
        if not hopes:
            return
        eye = Eye(self.story, state.copy())
        eye.state.draws = {}
        once = [(must(code), wanted) for code, wanted, times in hopes if times == 1]
        often = [(must(code), wanted, times) for code, wanted, times in hopes if times > 1]
        most = max((times for _, _, times in often), default=0)
        for seed in range(LOOKED_UP):
            if not seed % 100 and not on():
                return
            eye.state.seed, eye.ahead = seed, 0
            if all(bool(draw(eye)) == wanted for draw, wanted in once) and self._often(eye, often, most):  # type: ignore[arg-type]
                yield seed

    def _often(self, eye: Eye, draws: list[tuple[Value, bool, int]], most: int) -> bool:
        """Whether draws that have to come out well several times do so, in the first times that they are asked."""
        good = 0
        for eye.ahead in range(ASKED if most else 0):
            for draw, wanted, _ in draws:
                good += bool(draw(eye)) == wanted  # type: ignore[arg-type]
            if not good and eye.ahead >= ASKED // 2:
                return False
        return good >= most


def _alone(code: Any) -> bool:
    """Whether a draw hangs on nothing but the seed: all it is given are literals."""
    if not isinstance(code, list):
        return True
    if code[0] in ("var", "visits", "since", "date", "turn", "seen", "taken", "has", "knows", "met", "place", "act", "opted"):
        return False
    return code[0] == "lit" or all(_alone(part) for part in code[1:])


def _numbers(*values: Any) -> bool:
    return all(type(value) in (int, float) for value in values)


def _typed(like: Any, text: str) -> Any:
    """A literal's text as a value like another one; itself where that makes no sense."""
    if isinstance(like, bool):
        return text == "True"
    try:
        return type(like)(text) if isinstance(like, (int, float)) else text
    except ValueError:
        return text


def _holds(left: Any, sign: str, right: Any) -> bool:
    if sign in ("==", "!="):
        return bool(left == right) == (sign == "==")
    try:
        return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign])
    except TypeError:
        return False

"""Logic in words: a condition's code as the author wrote it, and what stands in its way with the values of this moment.

It is read from the code that the engine runs, so it is there for a story from the cache too, and a named rule shows what it asks.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from game.engine.calendar import NEVER, Period, between, in_words
from game.engine.evaluate import is_random, must
from game.engine.story import restore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.machine import Machine

Code = list[Any]

_IF, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _NEG, _ATOM = range(9)
_SIGNS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "//": _PRODUCT, "%": _PRODUCT}
_NAMES = re.compile(r"[^\W\d]\w*(\.\w+)*")
_ABOUT = ("seen", "visits", "since", "has", "knows", "met")


def value_text(value: Any) -> str:
    """A value as it is written in logic: `yes`, `1922-03-06`, `2 weeks`, `3`, `glad`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return in_words(value)
    if isinstance(value, float):
        short = f"{value:g}"
        return short if float(short) == value else repr(value)
    return str(value)


def spelled(code: Code) -> str:
    """The code as an expression of the language."""
    return _spelled(code, _IF)


def _spelled(code: Code, outer: int) -> str:
    text, rank = _written(code)
    return f"({text})" if rank < outer else text


def _written(code: Code) -> tuple[str, int]:
    """The text, and how tightly it holds together."""
    kind = code[0]
    if kind == "lit":
        value = restore(code[1])
        text = value_text(value)
        return (text if not isinstance(value, str) or _NAMES.fullmatch(text) else f'"{text}"'), _ATOM
    if kind == "var":
        return str(code[1]), _ATOM
    if kind in ("and", "or"):
        rank = _AND if kind == "and" else _OR
        return f" {kind} ".join(_spelled(item, rank + 1) for item in code[1:]), rank
    if kind == "not":
        return f"not {_spelled(code[1], _NOT)}", _NOT
    if kind == "compare":
        return _compared(code), _COMPARE
    if kind == "if":
        first, test, other = _spelled(code[2], _OR), _spelled(code[1], _OR), _spelled(code[3], _IF)
        return f"{first} if {test} else {other}", _IF
    if kind == "neg":
        return f"-{_spelled(code[1], _NEG)}", _NEG
    if kind in _SIGNS:
        rank = _SIGNS[kind]
        return f"{_spelled(code[1], rank)} {kind} {_spelled(code[2], rank + 1)}", rank
    return _called(code), _ATOM


def _compared(code: Code) -> str:
    parts = [_spelled(code[1], _SUM)]
    for sign, side in zip(code[2::2], code[3::2], strict=True):
        members = sign.endswith("in")
        parts += [sign, f"({', '.join(map(spelled, side))})" if members else _spelled(side, _SUM)]
    return " ".join(parts)


def _called(code: Code) -> str:
    kind = code[0]
    if kind == "taken":
        return f"taken({' or '.join(code[1])})"
    if kind == "opted":
        return f"the player has opted out of {' or '.join(code[1])}"
    if kind in _ABOUT:
        return f"{kind}({code[1]})"
    items = code[2:] if kind in ("chance", "roll") else code[1:]
    return f"{kind}({', '.join(map(spelled, items))})" if items else str(kind)


def holds(m: Machine, code: Code) -> bool:
    return bool(must(code)(m))


def in_the_way(m: Machine, code: Code) -> tuple[str, ...]:
    """What fails of a condition that does not hold: `trust >= 5: trust is 3`, a line for each part that would have to change."""
    if code[0] == "and":
        found: list[str] = []
        for item in code[1:]:
            if not holds(m, item):
                found += in_the_way(m, item)
        return tuple(dict.fromkeys(found))
    now = "; ".join(dict.fromkeys(_present(m, code)))
    chance = " (chance decides this anew each time it is asked)" if is_random(code) else ""
    return (f"{spelled(code)}{f': {now}' if now else ''}{chance}",)


def _present(m: Machine, code: Any) -> Iterator[str]:
    """What the values that the code speaks of are now."""
    if not isinstance(code, list) or not code:
        return
    kind = code[0]
    if kind == "lit":
        return
    if kind == "var":
        yield f"{code[1]} is {value_text(m.vars[code[1]])}"
    elif kind in ("date", "turn", "act", "place") and len(code) == 1:
        yield f"{kind} is {value_text(must(code)(m)) or 'none yet'}"
    elif kind in _ABOUT:
        yield _known_of(m, kind, code[1])
    elif kind == "taken":
        times = sum(m.state.taken.get(key, 0) for key in code[1])
        yield f"{' or '.join(code[1])} was {f'taken {_times(times)}' if times else 'not taken'}"
    elif kind == "opted":
        yield f"opted out of {', '.join(m.state.optouts) or 'nothing'}"
    else:
        for item in code[1:]:
            yield from _present(m, item)
            if isinstance(item, list) and item and isinstance(item[0], list):  # the words behind `in`
                for member in item:
                    yield from _present(m, member)


def _known_of(m: Machine, kind: str, name: str) -> str:
    state = m.state
    if kind == "has":
        return f"{name} is {'' if name in state.papers else 'not '}carried"
    if kind == "knows":
        return f"the card {name} is {'' if name in state.cards else 'not '}earned"
    if kind == "met":
        return f"{name} was {'' if name in state.met else 'not '}met"
    visit = state.visits.get(name)
    if visit is None:
        return f"{name} was not seen yet"
    ago = between(visit[1], state.date)
    since = f", {in_words(ago)} ago" if kind == "since" and ago != NEVER else ""
    return f"{name} was seen {_times(visit[0])}, last on {visit[1].isoformat()}{since}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")

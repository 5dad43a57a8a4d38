"""Flows, beats and choices: the part of the language that nests."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from game.engine.expressions import ExpressionFault, parse_expression
from game.engine.model import (
    At,
    Beat,
    Choice,
    Choices,
    Draws,
    End,
    Flow,
    Go,
    Include,
    Need,
    Say,
    Step,
    Then,
)
from game.load import decode_steps as steps
from game.load import values
from game.load.decode_labels import arrow_of, label_source, stray_arrow, without_say
from game.load.foreign import PAGE, link_label
from game.load.keys import BEAT_KEYS, CHOICE_KEYS, CONDITIONS, INCLUDE, PLAYING, foreign_key
from game.load.names import TARGETS, check_id
from game.load.nodes import Mapping, Node, Scalar, Sequence
from game.load.slug import slug
from game.load.spans import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.load.diagnostics import Faults

Entries = list[tuple[Scalar, Node]]
_OF_CHOICES = CHOICE_KEYS | PLAYING
_SENTENCE = re.compile(r"[“\"'‘]?[^\W\d_a-z][^\s=<>]*(?: [^=<>]*[^\s=<>])+$")

# flows and beats -------------------------------------------------------------------------------------------------


def flow(node: Node, faults: Faults) -> Flow:
    """A beat, a list of beats, or a bare block of text."""
    if isinstance(node, Sequence):
        if not node.items:
            faults.add("empty-value", node.at, "this list is empty; beats are wanted", "take the key away or fill it in")
        beats = [found for item in node.items if (found := _item(item, faults)) is not None]
        check_reachable(beats, faults)
        return tuple(beats)
    found = _item(node, faults)
    return () if found is None else (found,)


def _item(node: Node, faults: Faults) -> Beat | None:
    if isinstance(node, Mapping):
        return beat(node, faults)
    if isinstance(node, Sequence):
        faults.add("wrong-type", node.at, "this is a list inside a list; a beat is wanted", "take one `- ` away")
        return None
    prose = values.block(node, faults)
    return None if prose is None else Beat(node.at, (Say(node.at, prose),))


def beat(node: Mapping, faults: Faults) -> Beat:
    """A beat of its own, with all that a beat may have."""
    id_node, was_node = node.get("id"), node.get("was")
    name = None
    if id_node is not None and (found := values.scalar(id_node, "a name", faults)):
        name = check_id(found, "a beat", TARGETS, faults)
    for key, _ in node.entries:
        if key.text not in BEAT_KEYS:
            foreign_key(key, "a beat", BEAT_KEYS, faults)
    skip_node = node.get("skip")
    skip = None if skip_node is None else flow(skip_node, faults)
    played = play(node.entries, node.at, faults, name, was(was_node, faults))
    return played if skip is None else replace(played, skip=skip)


def was(node: Node | None, faults: Faults) -> str | None:
    """An old name."""
    found = None if node is None else values.scalar(node, "an old name", faults)
    return found.text if found else None


def play(entries: Entries, at: At, faults: Faults, name: str | None = None, old: str | None = None) -> Beat:
    """The playing keys of a beat, scene, part or choice in the order written, and its conditions. Other keys are passed over."""
    played: list[Step] = []
    conditions: dict[str, tuple[Scalar, Node]] = {}
    left: Scalar | None = None
    buried = False
    keys: list[Scalar] = []
    for key, value in entries:
        decode = _STEPS.get(key.text)
        if decode is None:
            if key.text in CONDITIONS:
                conditions[key.text] = key, value
            continue
        if left is not None and not buried:
            buried = True
            message = f"`{key.text}` stands below `{left.text}` and is never played"
            faults.add("below-go", key.at, message, f"put it above `{left.text}`", f"`{left.text}` stands in line {left.at.line}")
        if key.text in ("go", "ending"):
            left = key
        keys.append(key)
        step = decode(key.at, value, faults)
        if step is not None:
            played.append(step)
    _check_set(keys, played, faults)
    test = None
    if "if" in conditions:
        test = values.logic(conditions["if"][1], "a condition", faults)
    for word in ("elif", "else"):
        if word in conditions and "if" not in conditions:
            faults.add("missing-key", conditions[word][0].at, f"`{word}` needs an `if` in the same beat", "add `if: …`")
    others = _others(conditions["elif"][1], faults) if "elif" in conditions else ()
    otherwise = flow(conditions["else"][1], faults) if "else" in conditions else ()
    return Beat(at, tuple(played), name, old, test, others, otherwise)


def _others(node: Node, faults: Faults) -> tuple[Beat, ...]:
    found = []
    for item in values.items(node):
        inner = values.mapping(item, "a beat with `if`", faults)
        if inner is None:
            continue
        for key, _ in inner.entries:
            if key.text in ("elif", "else"):
                faults.add("unknown-key", key.at, f"a beat of an `elif` has no `{key.text}`", "put it beside the first `if`")
        if inner.get("if") is None:
            faults.add("missing-key", inner.at, "every beat of an `elif` needs `if`", "add `if: …`, or make it the `else`")
        found.append(beat(inner, faults))
    return tuple(found)


def _check_set(keys: list[Scalar], played: list[Step], faults: Faults) -> None:
    """`draw` and `choices` in one beat make one set, so nothing may play between them."""
    words = [key.text for key in keys]
    if "draw" not in words or "choices" not in words:
        return
    if not any(isinstance(step, Draws) and any(not one.play for one in step.draws) for step in played):
        return
    first, last = sorted((words.index("draw"), words.index("choices")))
    if last - first > 1:
        between = keys[first + 1]
        message = f"`draw` and `choices` make one set of choices; `{between.text}` stands between them"
        faults.add("split-set", between.at, message, f"put `{between.text}` above both, or make two beats")


# what is never played --------------------------------------------------------------------------------------------


def leaves(one: Beat) -> bool:
    """Nothing below this beat in its list is ever played."""
    if not one.steps or not _ends(one.steps[-1]):
        return False
    if one.test is None:
        return True
    return all(other.steps and _ends(other.steps[-1]) for other in one.others) and any(leaves(inner) for inner in one.otherwise)


def _ends(step: Step) -> bool:
    if isinstance(step, Then):
        return any(leaves(inner) for inner in step.flow)
    return isinstance(step, (Go, End))


def check_reachable(beats: list[Beat], faults: Faults) -> None:
    """Reports the first beat of every stretch that only a `go` precedes and that no id makes reachable."""
    gone: Beat | None = None
    reported = False
    for one in beats:
        if has_id(one):
            gone, reported = None, False
        if gone is not None and not reported:
            note = f"the beat of line {gone.at.line} leaves for good"
            faults.add(
                "unreachable-beat", one.at, "nothing reaches this beat", "give it an `id` and go there, or take it away", note
            )
            reported = True
        if leaves(one):
            gone = one


def has_id(one: Beat) -> bool:
    """The beat or one inside it can be jumped to."""
    if one.id is not None or any(has_id(inner) for inner in (*one.others, *one.otherwise)):
        return True
    for step in one.steps:
        if isinstance(step, Then) and any(has_id(inner) for inner in step.flow):
            return True
        if isinstance(step, Choices) and any(isinstance(item, Choice) and has_id(item.beat) for item in step.items):
            return True
    return False


# choices ---------------------------------------------------------------------------------------------------------


def choices(node: Node, faults: Faults) -> tuple[Choice | Include, ...]:
    """The items of a set, in order."""
    if not isinstance(node, Sequence):
        if isinstance(node, Scalar) and node.empty:
            faults.add("empty-value", node.at, "this set has no choices", "take the key away or fill it in")
        else:
            faults.add("wrong-type", node.at, "choices are a list, each behind `- `")
        return ()
    if not node.items:
        faults.add("empty-value", node.at, "this set has no choices", "take the key away or fill it in")
    return tuple(found for item in node.items if (found := _choice(item, faults)) is not None)


def _choice(node: Node, faults: Faults) -> Choice | Include | None:
    if isinstance(node, Scalar):
        return _short(node, faults)
    if isinstance(node, Sequence):
        fix = "a label that begins with [ stands in single quotes" if node.flow else "take one `- ` away"
        line, column = node.start.line, node.start.column
        if node.flow and (written := link_label(node.file.lines[line][column:])):
            fix = f"this looks like Twine's link; write `- {written}`; {PAGE}"
        faults.add("wrong-type", node.at, "this is a list; a choice is wanted", fix)
        return None
    if node.get("include") is not None:
        return _include(node, faults)
    if node.get("say") is None:
        without_say(node, faults)
        return None
    return _long(node, faults)


def _include(node: Mapping, faults: Faults) -> Include | None:
    name = None
    for key, value in node.entries:
        if key.text in INCLUDE:
            name = steps.target(value, faults)
        else:
            faults.add("unknown-key", key.at, "an `include` stands alone", "put the condition on the scene's own choices")
    return None if name is None else Include(node.at, name)


def _short(node: Scalar, faults: Faults) -> Choice | None:
    """`Label` or `Label -> target`."""
    source = label_source(node, faults)
    if source is None:
        return None
    written = source.text
    arrow = arrow_of(written)
    if link_label(written):
        arrow = None  # the arrow is inside Twine's link, which is reported
    if arrow is None:
        prose = values.prose_in(source, faults)
        return None if prose is None else Choice(node.at, prose, slug(written), Beat(node.at, ()))
    label = written[:arrow].rstrip()
    begin = arrow + 2 + len(written[arrow + 2 :]) - len(written[arrow + 2 :].lstrip())
    if not label or begin >= len(written):
        side = "in front of" if not label else "behind"
        faults.add("empty-value", source.at(arrow, arrow + 2), f"nothing stands {side} this arrow", "write `Label -> target`")
        return None
    prose = values.prose_in(cut(source, 0, len(label)), faults)
    leave = steps.routes(source.at(begin, len(written)), cut(source, begin, len(written)), faults)
    if prose is None or leave is None:
        return None
    return Choice(node.at, prose, slug(label), Beat(node.at, (leave,)))


def _long(node: Mapping, faults: Faults) -> Choice | None:
    for key, _ in node.entries:
        if key.text not in _OF_CHOICES:
            foreign_key(key, "a choice", _OF_CHOICES, faults)
    fields = values.Fields(node, "a choice", None, faults)
    say = fields.get("say")
    found = None if say is None else values.scalar(say, "a label", faults)
    source = None if found is None else label_source(found, faults)
    at = node.at if found is None else found.at
    if source is not None and (arrow := stray_arrow(source.text)) is not None:
        target = source.text[arrow + 3 :].strip()
        faults.add("arrow-in-say", source.at(arrow, arrow + 2), "an arrow in `say` is only text", f"write `go: {target}` below")
    prose = None if source is None else values.prose_in(source, faults)
    name, written = "", False
    if (id_node := fields.get("id")) is not None and (id_scalar := values.scalar(id_node, "a name", faults)):
        name, written = check_id(id_scalar, "a choice", (), faults) or "", True
    test = fields.logic("if", "a condition")
    needed = () if (need := fields.get("needs")) is None else needs(need, faults)
    rest = [(key, value) for key, value in node.entries if key.text not in CONDITIONS]
    inner = play(rest, at, faults)
    choice_name = name or slug(source.text if source else "")
    return None if prose is None else Choice(
        at,
        prose,
        choice_name,
        inner,
        written,
        was(fields.get("was"), faults),
        test,
        needed,
        fields.take("once", values.truth, False),
        fields.take("final", values.truth, False),
        fields.label("note", "a few words"),
        fields.words("intent", "a tag"),
    )  # fmt: skip


def needs(node: Node, faults: Faults) -> tuple[Need, ...]:
    """`{condition: reason}`, the name of a rule, or a list of these."""
    found: list[Need] = []
    for item in values.items(node):
        if isinstance(item, Mapping):
            for key, value in item.entries:
                if _is_sentence(key):
                    _only_reason(key, faults)
                    continue
                test = values.logic(key, "a condition", faults)
                reason = values.label(value, "the reason that players read", faults)
                if test is not None and reason is not None:
                    found.append(Need(key.at, test, reason))
        elif isinstance(item, Scalar) and _is_sentence(item):
            _only_reason(item, faults)
        else:
            test = values.logic(item, "the name of a rule, or a condition with its reason", faults)
            if test is not None:
                found.append(Need(item.at, test, None))
    return tuple(found)


def _is_sentence(node: Scalar) -> bool:
    """Words for players where a condition is wanted: they begin as a sentence does, and are no logic."""
    if _SENTENCE.match(node.text) is None:
        return False
    try:
        parse_expression(node.text)
    except ExpressionFault:
        return True
    return False


def _only_reason(node: Scalar, faults: Faults) -> None:
    message = "this is a reason without its condition; `needs` is `{condition: The reason.}`"
    faults.add("bad-expression", node.at, message, f"write the condition in front: `food > 3: {node.text}`")


def _set(at: At, node: Node, faults: Faults) -> Choices | None:
    found = choices(node, faults)
    return Choices(at, found) if found else None


def _then(at: At, node: Node, faults: Faults) -> Then | None:
    found = flow(node, faults)
    return Then(at, found) if found else None


_STEPS: dict[str, Callable[[At, Node, Faults], Step | None]] = {
    "text": steps.text,
    "do": steps.do,
    "give": steps.give,
    "take": steps.take,
    "visit": steps.visit,
    "draw": steps.draw,
    "ask": steps.ask,
    "go": steps.go,
    "ending": steps.ending,
    "checkpoint": steps.checkpoint,
    "choices": _set,
    "then": _then,
}

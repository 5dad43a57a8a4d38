"""The labels of choices, and what YAML does to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from game.load import values
from game.load.keys import BEAT_KEYS, CHOICE_KEYS, foreign_key
from game.load.names import near
from game.load.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from game.engine.model import Source
    from game.load.diagnostics import Faults

_NEEDS_QUOTES = re.compile(r"""^[\s&*!%@`'"{}\[\],|>#?:-]|: |:$| #|\s$|->""")


def without_say(node: Mapping, faults: Faults) -> None:
    """Reports a mapping among the choices that has no `say`: by mistake, or because YAML has taken a label apart."""
    key, _ = node.entries[0] if node.entries else (None, None)
    if key is None:
        faults.add("missing-key", node.at, "a choice needs `say`", "add `say: …`")
    elif node.flow and all(value.__class__ is Scalar and value.empty for _, value in node.entries):
        faults.add(
            "special-mark",
            node.at,
            "this text begins with `{`, which YAML reads as the beginning of a mapping",
            "put the whole label in single quotes: '…'",
        )
    elif key.text in CHOICE_KEYS | BEAT_KEYS or (
        key.text.isidentifier() and key.text.islower() and near(key.text, CHOICE_KEYS | BEAT_KEYS, "")
    ):
        foreign = [other for other, _ in node.entries if other.text not in CHOICE_KEYS | BEAT_KEYS]
        for other in foreign:
            foreign_key(other, "a choice", CHOICE_KEYS | BEAT_KEYS, faults)
        if not foreign:
            faults.add("missing-key", node.at, "a choice needs `say`", "add `say: …`, the label that players read")
    else:
        message = f"the colon behind `{key.text}` makes YAML read this label as a key"
        faults.add("label-colon", key.at, message, "put the whole label in single quotes: '…'")


def arrow_of(text: str) -> int | None:
    """Where the arrow of `Label -> target` begins; None in a text that is only a label."""
    arrow = text.rfind("->")
    return None if arrow < 0 or "}" in text[arrow:] else arrow


def stray_arrow(label: str) -> int | None:
    """Where an arrow begins that `say` must not hold, since somebody took it for one of those."""
    arrow = label.find(" -> ")
    return None if arrow < 0 or "}" in label[arrow:] else arrow + 1


def label_source(node: Scalar, faults: Faults) -> Source | None:
    """The source of a label; one line."""
    if node.empty:
        fix = "put a label that begins with # in single quotes" if "#" in _rest(node) else "write the label that players read"
        faults.add("cut-by-hash" if "#" in _rest(node) else "empty-value", node.at, "this label is empty", fix)
        return None
    if node.style in ("|", ">"):
        faults.add("wrong-type", node.at, "a label is one line, not a block", "write it behind `say:`; what follows is `text: |`")
        return None
    if not node.text.strip():
        faults.add("empty-value", node.at, "this label is empty", "write the label that players read")
        return None
    values.check_cut(node, faults)
    source = node.source()
    if node.style == '"' and not node.flow and not _NEEDS_QUOTES.search(node.text) and len(source.starts) == 1:
        message = "these quotation marks are YAML's, and players do not see them"
        faults.add("quoted-label", node.at, message, f"""to show them: '"{node.text}"'; else take them away""")
    return source


def _rest(node: Scalar) -> str:
    line = node.end.line
    return node.file.lines[line][node.end.column :].strip() if line < len(node.file.lines) else ""

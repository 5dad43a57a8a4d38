"""Claims about the world without a source: dates and figures in a scene that names no card, and speech put into real mouths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from game.engine.model import Say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.model import Model, Prose, Scene
    from game.engine.prose import ProseTree
    from game.load.diagnostics import Faults
    from game.workshop.analysis.written import Written

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(MONTHS)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FIGURE = re.compile(rf"\b(?:{_DAY} (?:{_MONTH})|(?:{_MONTH}) {_DAY}|\d[\d,]*)\b")
_SPEECH = re.compile(r"[\"“][^\"“”]*[\"”]")
_MARK = re.compile(r"[\"“]")
_SENTENCES = 2
"""A quotation so near to a real person's name counts as theirs."""


def check_claims(model: Model, found: Written, faults: Faults) -> None:
    """Only for stories that keep a codex: one without cards claims nothing."""
    if not model.cards:
        return
    real = _surnames(model)
    for placed in found.beats:
        scene = model.scenes.get(placed.scene)
        for step in placed.beat.steps:
            if scene is not None and isinstance(step, Say):
                if not _cited(scene):
                    _figures(step.prose, faults)
                _quotations(scene, step.prose, real, faults)


def _cited(scene: Scene) -> bool:
    return scene.history is not None and bool(scene.history.cards)


def _figures(prose: Prose, faults: Faults) -> None:
    """The first date or figure of each paragraph that opens no card. Logic has figures of its own, which claim nothing."""
    text = prose.source.text
    told = -1
    for start, end in _words(prose.tree):
        figure = _FIGURE.search(text, start, end)
        if figure is None:
            continue
        first, last = _paragraph_around(text, figure.start())
        if first != told and not _linked(text[first:last]):
            told = first
            message = f"`{figure.group()}` is a claim, and no card says where it comes from"
            fix = "name a card in the scene's `history`, or link one: `[1922](card)`"
            faults.add("uncited-claim", prose.source.at(figure.start(), figure.end()), message, fix)


def _words(tree: ProseTree) -> Iterator[tuple[int, int]]:
    """Where words stand that a player may read, in order."""
    for node in tree:
        if node.kind == "words":
            yield node.start, node.end
        for branch in node.branches:
            yield from _words(branch)


def _paragraph_around(text: str, at: int) -> tuple[int, int]:
    first, last = text.rfind("\n\n", 0, at) + 1, text.find("\n\n", at)
    return first, len(text) if last < 0 else last


def _quotations(scene: Scene, prose: Prose, real: dict[str, str], faults: Faults) -> None:
    """Quotation marks near a real person's name, in a paragraph that opens no card."""
    if not real or _MARK.search(prose.source.text) is None:
        return
    for start, paragraph in _paragraphs(prose.source.text):
        if _linked(paragraph):
            continue
        for speech in _SPEECH.finditer(paragraph):
            near = _near(paragraph, speech)
            name = next((name for name in real if re.search(rf"\b{re.escape(name)}\b", near)), None)
            if name is not None:
                at = prose.source.at(start + speech.start(), start + speech.end())
                message = (
                    f"these words stand in quotation marks beside {real[name]}, who lived; nothing says where they come from"
                )
                faults.add(
                    "unsourced-quotation", at, message, "report what was said without the marks, or link the card that has it"
                )
                break


def _near(paragraph: str, speech: re.Match[str]) -> str:
    """What stands around a quotation, up to two sentences away, without the quotations themselves."""
    before = re.split(r"(?<=[.!?])\s", _SPEECH.sub(" ", paragraph[: speech.start()]))[-_SENTENCES:]
    after = re.split(r"(?<=[.!?])\s", _SPEECH.sub(" ", paragraph[speech.end() :]))[:_SENTENCES]
    return " ".join([*before, *after])


def _surnames(model: Model) -> dict[str, str]:
    """The last word of every real person's name, and the whole of it."""
    return {person.name.split()[-1]: person.name for person in model.people.values() if person.real and person.name}


def _linked(paragraph: str) -> bool:
    return "](" in paragraph


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for piece in re.split(r"(\n\s*\n)", text):
        if piece.strip():
            yield at, piece
        at += len(piece)

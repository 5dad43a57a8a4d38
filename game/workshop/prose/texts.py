"""Every text of a story that a player can read, in the order of the files, with its readings.

`kind` tells how a text is judged: `prose` (paragraphs, measured by the bars), `notes` (paragraphs of cards, papers and notes:
checked, not measured), `label` (a choice), `line` (any other text of one line) and `part` (a snippet, which is no sentence).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.expressions import ExpressionFault
from game.engine.model import Ask, Checkpoint, Choice, Choices, Prose, Say, Then
from game.engine.prose import Node, parse_prose
from game.engine.source import Source
from game.workshop.prose.expand import GLUE, Reading, readings
from game.workshop.prose.samples import sampler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from game.engine.model import At, Beat, Flow, Model, Scene
    from game.engine.prose import ProseTree


@dataclass(frozen=True, slots=True)
class Text:
    """`scene` is where it is read, or empty; `joined`: what stands before it is glued to it."""

    kind: str
    scene: str
    readings: tuple[Reading, ...]
    joined: bool = False


class Gathering:
    """Reads texts of one model; `sources` are the lines of its files, to find texts that the model keeps without their places."""

    def __init__(self, model: Model, sources: Mapping[str, Sequence[str]]) -> None:
        self.model = model
        self.sources = sources
        self.snippets: dict[str, ProseTree] = {name: one.prose.tree for name, one in model.snippets.items()}
        self.sample = sampler(model)
        self.glued = False
        self._kept: dict[int, tuple[Reading, ...]] = {}

    def read(self, prose: Prose) -> tuple[Reading, ...]:
        """The readings of a text, made once."""
        key = id(prose)
        if key not in self._kept:
            self._kept[key] = tuple(readings(prose.tree, prose.source, self.snippets, self.sample))
        return self._kept[key]

    def all(self) -> Iterator[Text]:
        model = self.model
        for scene in model.scenes.values():
            yield from self.scene(scene)
        for graft in model.grafts:
            for item in graft.choices:
                if isinstance(item, Choice):
                    yield from self.choice(item, graft.id)
        yield from self.declared()

    def text(self, kind: str, scene: str, prose: Prose | None) -> Iterator[Text]:
        if prose is None:
            return
        found = self.read(prose)
        joined = kind == "prose" and self.glued
        if kind == "prose":
            self.glued = any(reading.text.rstrip().endswith(GLUE) for reading in found)
        yield Text(kind, scene, found, joined)

    # scenes

    def scene(self, scene: Scene) -> Iterator[Text]:
        self.glued = False
        yield from self.text("line", scene.id, scene.title)
        yield from self.text("line", scene.id, scene.subtitle)
        if scene.history is not None:
            yield from self.plain("notes", scene.history.note, scene.history.at)
        yield from self.beat(scene.beat, scene.id)
        yield from self.flow(scene.skip or (), scene.id)
        for part in scene.parts:
            yield from self.text("line", scene.id, part.title)
            yield from self.beat(part.beat, scene.id)

    def flow(self, flow: Flow, scene: str) -> Iterator[Text]:
        for beat in flow:
            yield from self.beat(beat, scene)

    def beat(self, beat: Beat, scene: str) -> Iterator[Text]:
        for step in beat.steps:
            if isinstance(step, Say):
                yield from self.text("prose", scene, step.prose)
            elif isinstance(step, Choices):
                for item in step.items:
                    if isinstance(item, Choice):
                        yield from self.choice(item, scene)
            elif isinstance(step, Ask):
                yield from self.text("line", scene, step.say)
            elif isinstance(step, Checkpoint):
                yield from self.text("line", scene, step.name)
            elif isinstance(step, Then):
                yield from self.flow(step.flow, scene)
        yield from self.flow(beat.others, scene)
        yield from self.flow(beat.otherwise, scene)
        yield from self.flow(beat.skip or (), scene)

    def choice(self, choice: Choice, scene: str) -> Iterator[Text]:
        self.glued = False
        yield from self.text("label", scene, choice.label)
        yield from self.text("line", scene, choice.note)
        for need in choice.needs:
            yield from self.text("line", scene, need.reason)
        yield from self.beat(choice.beat, scene)

    # declarations

    def declared(self) -> Iterator[Text]:
        model, info = self.model, self.model.info
        for ending in model.endings.values():
            self.glued = False
            yield from self.plain("line", ending.title, ending.at)
            yield from self.text("prose", f"ending {ending.id}", ending.text)
        for paper in model.papers.values():
            yield from self.plain("line", paper.title, paper.at)
            yield from self.text("notes", "", paper.text)
        for rule in model.rules.values():
            yield from self.text("line", "", rule.reason)
        for snippet in model.snippets.values():
            yield from self.text("part", "", snippet.prose)
        for card in model.cards.values():
            yield from self.plain("line", card.title, card.at)
            yield from self.plain("notes", card.claim, card.at)
            yield from self.plain("notes", card.changed, card.at)
        for person in model.people.values():
            yield from self.plain("notes", person.about, person.at)
        for place in model.places.values():
            yield from self.plain("notes", place.about, place.at)
        for variable in model.variables.values():
            for text in (variable.label, variable.rises, variable.falls, *variable.words.values()):
                yield from self.plain("line", text, variable.at)
            for _, text in variable.scale:
                yield from self.plain("line", text, variable.at)
        yield from self.plain("line", info.title, info.at)
        yield from self.plain("line", info.byline, info.at)
        yield from self.plain("notes", info.intro, info.at)
        for text in (*(act.title for act in info.acts), *info.content.values()):
            yield from self.plain("line", text, info.at)

    def plain(self, kind: str, text: str, at: At) -> Iterator[Text]:
        """A text that the model keeps as bare words: emphasis is read, and its place is looked up in the file."""
        if not text.strip():
            return
        source = located(text, at, self.sources.get(at.file, ()))
        try:
            tree = parse_prose(text)
        except ExpressionFault:
            tree = (Node("words", text, 0, len(text)),)
        if any(node.kind not in ("words", "mark") for node in tree):
            tree = (Node("words", text, 0, len(text)),)
        yield Text(kind, "", tuple(readings(tree, source, {}, self.sample)))


def located(text: str, at: At, lines: Sequence[str]) -> Source:
    """The text as it stands in the file at or below its entry; where it is not found, the entry stands for all of it."""
    rows = range(max(at.line - 1, 0), min(len(lines), at.line + 200))
    for row in rows:
        column = lines[row].find(text)
        if column >= 0:
            return Source(text, at.file, ((0, row + 1, column + 1),))
    starts: list[tuple[int, int, int]] = []
    offset = 0
    for row in rows:
        for begin, piece in _tails(lines[row], not starts):
            if text.startswith(piece, offset):
                starts.append((offset, row + 1, begin + 1))
                offset += len(piece)
                while offset < len(text) and text[offset].isspace():
                    offset += 1
                break
        else:
            if starts and lines[row].strip():
                starts, offset = [], 0
        if starts and offset >= len(text):
            return Source(text, at.file, tuple(starts))
    return Source(text, at.file, tuple((index, at.line, at.column) for index in range(len(text) + 1)))


def _tails(line: str, first: bool) -> Iterable[tuple[int, str]]:
    """What of a line may be text: all of it, or (where a text may begin) what stands behind its key."""
    piece = line.strip()
    if piece:
        yield line.index(piece), piece
    key, colon, rest = line.partition(": ")
    tail = rest.strip().lstrip("'\"")
    if first and colon and len(tail) > 3:
        yield len(key) + 2 + rest.index(tail), tail

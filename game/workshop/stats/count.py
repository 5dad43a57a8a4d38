"""Goes through a story as written and counts, scene by scene."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from game.engine.model import Ask, Checkpoint, Choice, Choices, Do, Say, Then
from game.load.style import Style
from game.load.targets import find_set, scene_of_set, set_names
from game.workshop.stats.grade import Prose as Measure
from game.workshop.stats.grade import count_words, measured, sentences
from game.workshop.stats.speech import NOBODY, lines, names
from game.workshop.stats.texts import every, links, readings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.engine.model import Beat, Flow, Model, Prose, Scene
    from game.engine.prose import ProseTree


@dataclass
class Count:
    """What a scene, or an ending, counts. `words` of prose; `label_words` of choices with their notes and reasons.

    `sentences` holds each different sentence once, for its grade; `said` the words between quotes by speaker, `quotes` how many;
    `alone` is the person of a scene that has but one.
    """

    words: int = 0
    label_words: int = 0
    choices: int = 0
    sentences: dict[str, None] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    cards: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    alone: str = NOBODY

    @cached_property
    def measure(self) -> Measure:
        """Of the whole count, so to be asked for when it is done."""
        total = Measure()
        for sentence in self.sentences:
            total = total.joined(measured(sentence))
        return total


@dataclass(frozen=True, slots=True)
class Counts:
    """`scenes` and `endings` by id; `words` of all texts by what they are; `carded` the cards that anything names.

    `grafts` counts what each pack adds to sets of choices once more, by the pack's id; it is in `scenes` too.
    """

    scenes: dict[str, Count]
    endings: dict[str, Count]
    words: dict[str, int]
    carded: frozenset[str]
    grafts: dict[str, Count] = field(default_factory=dict)


def count(model: Model, style: Style | None = None) -> Counts:
    """Counts a story as written; `style` knows its abbreviations."""
    return _Counting(model, style or Style()).all()


class _Counting:
    def __init__(self, model: Model, style: Style) -> None:
        self.model, self.style = model, style
        self.snippets: dict[str, ProseTree] = {name: one.prose.tree for name, one in model.snippets.items()}
        self.known = names({person.id: person.name for person in model.people.values()})

    def all(self) -> Counts:
        model = self.model
        scenes = {scene.id: self.scene(scene) for scene in model.scenes.values()}
        sets, grafts = set_names(model), dict[str, Count]()
        for graft in model.grafts:
            found = find_set(sets, graft.extend.text, graft.pack)
            if found is not None and (owner := scenes.get(scene_of_set(found).partition("/")[0])) is not None:
                self.choices(graft.choices, owner)
                self.choices(graft.choices, grafts.setdefault(graft.pack, Count()))
        endings = {}
        for ending in model.endings.values():
            endings[ending.id] = Count()
            self.prose(ending.text, endings[ending.id])
        papers = Count()
        for paper in model.papers.values():
            self.prose(paper.text, papers)
        codex = sum(count_words(f"{card.claim} {card.changed}") for card in model.cards.values())
        intro = count_words(model.info.intro)
        counted = [*scenes.values(), *endings.values()]
        texts = {
            "scenes": sum(one.words for one in scenes.values()), "endings": sum(one.words for one in endings.values()),
            "papers": papers.words, "intro": intro, "labels": sum(one.label_words for one in scenes.values()), "codex": codex,
        }  # fmt: skip
        carded = {card for one in (*counted, papers) for card in one.cards}
        carded |= {card for snippet in self.snippets.values() for card in links(snippet)}
        return Counts(scenes, endings, texts, frozenset(carded), grafts)

    def scene(self, scene: Scene) -> Count:
        found = Count()
        if len(scene.cast) == 1:
            found.alone = scene.cast[0].text
        self.beat(scene.beat, found)
        self.flow(scene.skip or (), found)
        for part in scene.parts:
            self.beat(part.beat, found)
        if scene.history is not None:
            found.cards |= {card.text for card in scene.history.cards}
        return found

    def flow(self, flow: Flow, found: Count) -> None:
        for beat in flow:
            self.beat(beat, found)

    def beat(self, beat: Beat, found: Count) -> None:
        for step in beat.steps:
            if isinstance(step, Say):
                self.prose(step.prose, found)
            elif isinstance(step, Choices):
                self.choices(step.items, found)
            elif isinstance(step, Then):
                self.flow(step.flow, found)
            elif isinstance(step, Ask):
                self.label(step.say, found)
            elif isinstance(step, Checkpoint):
                found.cards |= set(links(step.name.tree))
            elif isinstance(step, Do):
                found.cards |= {effect.name for do in step.effects for effect in do.tree if effect.kind == "learn"}
        for flow in (beat.others, beat.otherwise, beat.skip or ()):
            self.flow(flow, found)

    def choices(self, items: Iterable[object], found: Count) -> None:
        for item in items:
            if isinstance(item, Choice):
                found.choices += 1
                for prose in (item.label, item.note, *(need.reason for need in item.needs)):
                    self.label(prose, found)
                self.beat(item.beat, found)

    def label(self, prose: Prose | None, found: Count) -> None:
        if prose is not None:
            found.label_words += count_words(every(prose.tree, self.snippets))
            found.cards |= set(links(prose.tree))

    def prose(self, prose: Prose | None, found: Count) -> None:
        if prose is None:
            return
        found.words += count_words(every(prose.tree, self.snippets))
        found.cards |= set(links(prose.tree))
        for text in readings(prose.tree, self.snippets):
            found.sentences.update(dict.fromkeys(sentences(text, self.style)))
            for line in lines(text, self.known, found.alone):
                if line.text not in found.heard:
                    found.heard.add(line.text)
                    found.quotes[line.speaker] += 1
                    found.said[line.speaker] += count_words(line.text)

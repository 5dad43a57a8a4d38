"""The figures of the bars that come from how scenes are built: labels, storylets, and the pages between two choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.engine.model import Choice, Choices, Draws, End, Go, Say, Then
from game.workshop.prose.measures import Measure
from game.workshop.prose.plays import sample, share
from game.workshop.prose.sentences import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.engine.model import At, Beat, Flow, Model, Prose
    from game.engine.story import Story
    from game.load.style import Bar, Style
    from game.workshop.prose.texts import Gathering

_PLACES = 5
Sized = tuple[int, "At", str]


class Structure:
    """Measures one story; its texts are read through `gathering`."""

    def __init__(self, gathering: Gathering, style: Style) -> None:
        self.gathering = gathering
        self.model: Model = gathering.model
        self.bars = {bar.name: bar for bar in style.bars}
        self.labels: list[Sized] = []
        self.roots: list[Sized] = []
        self.storylet_labels: list[Sized] = []
        self.results: list[Sized] = []
        self.choices: dict[str, At] = {}

    def measures(self, story: Story | None) -> Iterator[Measure]:
        """Figures of storylets and labels; those of pages where the story can be played."""
        if story is not None and any(name.startswith("before_choice") for name in self.bars):
            pages = sample(story)
            if pages.words:
                yield Measure("before_choice_p50", share(pages.words, 0.5), self.bars.get("before_choice_p50"))
                yield Measure("before_choice_p90", share(pages.words, 0.9), self.bars.get("before_choice_p90"))
                self.walk()
                longest = sorted(pages.longest.items(), key=lambda one: (-one[1], one[0]))
                bar = self.bars.get("before_choice_max")
                places = tuple(
                    (self.choices[key], f"{words} words follow this choice before the next")
                    for key, words in longest[:_PLACES]
                    if key in self.choices and (bar is None or not bar.holds(words))
                )
                yield Measure("before_choice_max", max(pages.words), bar, places)
        if not self.choices:
            self.walk()
        for name, sized, what in (
            ("label", self.labels, "this label has {} words"),
            ("storylet_root", self.roots, "this storylet has {} words before its choices"),
            ("storylet_label", self.storylet_labels, "this label has {} words"),
            ("storylet_result", self.results, "{} words follow this choice"),
        ):
            if sized:
                yield _most(name, sized, self.bars.get(name), what)

    # walking

    def walk(self) -> None:
        """Names every choice by its key, and measures labels and storylets."""
        for scene in self.model.scenes.values():
            deck = bool(scene.decks)
            self.beat(scene.beat, scene.id, scene.id, deck)
            self.flow(scene.skip or (), scene.id, scene.id, deck)
            for part in scene.parts:
                self.beat(part.beat, scene.id, f"{scene.id}.{part.id}", deck)
            if deck:
                words, _ = self.before((scene.beat,))
                self.roots.append((words, scene.at, ""))
        for graft in self.model.grafts:
            for item in graft.choices:
                if isinstance(item, Choice):
                    self.choice(item, graft.extend.text.partition(".")[0], graft.extend.text, False)

    def flow(self, flow: Flow, scene: str, path: str, deck: bool) -> None:
        for beat in flow:
            self.beat(beat, scene, path if beat.id is None else f"{scene}.{beat.id}", deck)

    def beat(self, beat: Beat, scene: str, path: str, deck: bool) -> None:
        for step in beat.steps:
            if isinstance(step, Then):
                self.flow(step.flow, scene, path, deck)
            elif isinstance(step, Choices):
                for item in step.items:
                    if isinstance(item, Choice):
                        self.choice(item, scene, path, deck)
        for flow in (beat.others, beat.otherwise, beat.skip or ()):
            self.flow(flow, scene, path, deck)

    def choice(self, choice: Choice, scene: str, path: str, deck: bool) -> None:
        key = f"{path}/{choice.id}"
        at = choice.label.source.at()
        self.choices[key] = at
        label = self.length(choice.label)
        self.labels.append((label, at, key))
        if deck:
            self.storylet_labels.append((label, at, key))
            words, _ = self.before((choice.beat,))
            self.results.append((words, at, key))
        self.beat(choice.beat, scene, key, deck)

    def before(self, flow: Flow) -> tuple[int, bool]:
        """The most words of a flow up to its first choices, and whether it surely stops there."""
        words = 0
        for beat in flow:
            found, stops = self._beat(beat)
            words += found
            if stops:
                return words, True
        return words, False

    def _beat(self, beat: Beat) -> tuple[int, bool]:
        own = self._steps(beat)
        if beat.test is None:
            return own
        ways = [own, *(self._steps(other) for other in beat.others), self.before(beat.otherwise)]
        return max(words for words, _ in ways), all(stops for _, stops in ways)

    def _steps(self, beat: Beat) -> tuple[int, bool]:
        words = 0
        for step in beat.steps:
            if isinstance(step, Say):
                words += self.length(step.prose)
            elif isinstance(step, (Choices, Draws, Go, End)):
                return words, True
            elif isinstance(step, Then):
                found, stops = self.before(step.flow)
                words += found
                if stops:
                    return words, True
        return words, False

    def length(self, prose: Prose) -> int:
        """The words of a text's longest reading."""
        return max((count_words(reading.text) for reading in self.gathering.read(prose)), default=0)


def _most(name: str, sized: list[Sized], bar: Bar | None, what: str) -> Measure:
    ordered = sorted(sized, key=lambda one: (-one[0], one[1]))
    over = [(at, what.format(words)) for words, at, _ in ordered if bar is not None and not bar.holds(words)]
    return Measure(name, ordered[0][0], bar, tuple(over[:_PLACES]))

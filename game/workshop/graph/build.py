"""From a story to its graph. Parts are folded into their scene, storylets into their deck, unless they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import PurePath
from typing import TYPE_CHECKING

from game.desk.words import counted
from game.engine.calendar import long_date
from game.workshop.graph.acts import acts_of, folder_of
from game.workshop.graph.picture import Edge, Graph, Group, Node, NodeKind, merged
from game.workshop.graph.ways import Way, falling, regions, ways
from game.workshop.graph.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from game.engine.story import SceneInfo, Story

ENDINGS = "endings:"
"""The id of the group of all endings."""


def of_story(story: Story, *, parts: Collection[str] = (), storylets: bool = False) -> Graph:
    """The whole story. `parts` are scenes whose parts are nodes of their own; with `storylets` so is each storylet of a deck."""
    return _Build(story, frozenset(parts), storylets).graph()


class _Build:
    def __init__(self, story: Story, parts: frozenset[str], storylets: bool) -> None:
        self.story = story
        self.open = parts
        self.storylets = storylets
        self.programs = {scene: story.data(scene) for scene in story.scenes}
        self.regions = {scene: regions(data) for scene, data in self.programs.items()}
        self.groups_of = _groups_of(story)
        self.edges: list[Edge] = []

    def graph(self) -> Graph:
        story = self.story
        for scene in story.scenes:
            into = {} if scene in self.open else self.choices_into_parts(scene)
            for pc, way in ways(story, self.programs[scene]):
                part = self.region(scene, pc)
                labels = (way.label,) if way.label else into.get(part, ())
                self.edge(self.node(scene, part), way, labels)
        for scene in story.scenes:
            info = story.scenes[scene]
            if info.day is not None and story.hubs:
                self.edge(story.hubs[0], Way("day", scene))
            if self.storylets:
                for deck in info.decks:
                    self.edges.append(Edge(f"deck:{deck}", scene, "draw"))
        for scene in falling(story, self.programs):
            if scene != story.hubs[0]:
                self.edge(self.node(scene, ""), Way("hub", story.hubs[0]))
        edges = merged(self.edges)
        nodes = {node.id: node for node in self.nodes(edges)}
        return Graph(story.title, nodes, edges, self.groups(nodes))

    # names

    def node(self, scene: str, part: str) -> str:
        """The node in which a scene, or a part of it, stands."""
        if part and scene in self.open:
            return f"{scene}.{part}"
        decks = self.story.scenes[scene].decks
        return f"deck:{decks[0]}" if decks and not self.storylets else scene

    def region(self, scene: str, pc: int) -> str:
        """The part that a step stands in, or nothing."""
        starts, names = self.regions[scene]
        return names[bisect_right(starts, pc) - 1]

    def choices_into_parts(self, scene: str) -> dict[str, tuple[str, ...]]:
        """The choices of a scene that lead into each of its parts, at once or by way of another part.

        Where the parts are folded into their scene, a way out of one stands under them: no other step of the picture shows them.
        """
        found: dict[str, dict[str, None]] = {}
        through: list[tuple[str, str]] = []
        for pc, way in ways(self.story, self.programs[scene]):
            target, _, part = way.target.partition(".")
            if way.kind not in ("go", "visit") or target != scene or not part:
                continue
            if way.label:
                found.setdefault(part, {})[way.label] = None
            else:
                through.append((self.region(scene, pc), part))
        for _ in through:
            for source, part in through:
                found.setdefault(part, {}).update(found.get(source, {}))
        return {part: tuple(labels) for part, labels in found.items()}

    def edge(self, source: str, way: Way, labels: tuple[str, ...] = ()) -> None:
        if way.kind == "end":
            target = f"ending:{way.target}"
        elif way.kind == "draw":
            target = f"deck:{way.target}"
        else:
            scene, _, name = way.target.partition(".")
            if scene not in self.programs:
                return
            target = self.node(scene, self.region(scene, self.programs[scene]["entries"].get(name, 0)))
            within = source == target and (name or way.kind != "go")
            if within:
                return  # a way between parts that are folded into one node is none to be seen
        self.edges.append(Edge(source, target, way.kind, labels))

    # nodes

    def nodes(self, edges: tuple[Edge, ...]) -> Iterator[Node]:
        story = self.story
        for scene, info in story.scenes.items():
            if info.decks and not self.storylets:
                continue
            title = self.title(scene)
            day = long_date(info.day) if info.day is not None else ""
            group, about = self.groups_of[scene], self.about(scene, info)
            yield Node(scene, self.kind(scene, info), title, group, about, day, start=scene == story.start)
            if scene in self.open:
                for part in self.regions[scene][1]:
                    if part:
                        yield Node(f"{scene}.{part}", "part", part.replace("_", " "), self.groups_of[scene], (f"{scene}.{part}",))
        for deck, cards in story.decks.items():
            if deck != "any" and cards:
                about = tuple(self.title(card) for card in cards)
                title, group = deck.replace("_", " "), self.deck_group(deck, cards, edges)
                yield Node(f"deck:{deck}", "deck", title, group, about, counted(len(cards), "storylet"))
        for ending, told in story.endings.items():
            about = (ending, "early" if told.early else "")
            yield Node(f"ending:{ending}", "ending", told.title or ending, ENDINGS, tuple(filter(None, about)))

    def title(self, scene: str) -> str:
        """Its title, or its name where it has none, or one that is nothing but logic."""
        title = words(self.programs[scene]["title"])
        return title if any(sign.isalnum() for sign in title) else scene

    def kind(self, scene: str, info: SceneInfo) -> NodeKind:
        if scene in self.story.hubs:
            return "hub"
        return "storylet" if info.decks else "event" if info.day is not None else "scene"

    def about(self, scene: str, info: SceneInfo) -> tuple[str, ...]:
        file = "/".join(PurePath(info.file).parts[-2:])
        window = [f"from {long_date(info.first)}"] if info.first else []
        window += [f"until {long_date(info.last)}"] if info.last else []
        choices = sum(len(op[2]) for op in self.programs[scene]["ops"] if op[0] == "offer")
        deck = f"storylet of {' and '.join(info.decks)}" if info.decks else ""
        return tuple(filter(None, (scene, f"{file}:{info.line}", deck, " ".join(window), counted(choices, "choice"))))

    # groups

    def deck_group(self, deck: str, cards: tuple[str, ...], edges: tuple[Edge, ...]) -> str:
        """The group of all its storylets, else of the first scene that draws it."""
        own = {self.groups_of[card] for card in cards}
        if len(own) == 1:
            return own.pop()
        sources = (edge.source for edge in edges if edge.kind == "draw" and edge.target == f"deck:{deck}")
        return next((self.groups_of[source] for source in sources if source in self.groups_of), self.groups_of[cards[0]])

    def groups(self, nodes: dict[str, Node]) -> tuple[Group, ...]:
        """Acts in their order, and what is of no one act: before them where the story begins or has its hub there, else after.

        Folders in the order of the story. One alone needs no frame.
        """
        if self.story.acts:
            found = [Group(f"act:{act.id}", act.title or act.id) for act in self.story.acts]
            first = any(self.groups_of[scene] == "act:" for scene in (self.story.start, *self.story.hubs))
            found.insert(0 if first else len(found), Group("act:", "In no one act"))
        else:
            folders = list(dict.fromkeys(self.groups_of.values()))
            found = [Group(name, name.removeprefix("folder:") if len(folders) > 1 else "") for name in folders]
        used = {node.group for node in nodes.values()}
        return (*(group for group in found if group.id in used), Group(ENDINGS, ""))


def _groups_of(story: Story) -> dict[str, str]:
    if story.acts:
        return {scene: f"act:{act}" for scene, act in acts_of(story).items()}
    return {scene: f"folder:{folder_of(story, scene)}" for scene in story.scenes}

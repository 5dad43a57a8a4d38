"""`kuzbass graph`: a picture of a story, to be seen in a browser or in whatever draws Mermaid or Graphviz."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.options import WELL, Unable, story_argument, story_of

if TYPE_CHECKING:
    import argparse

    from game.engine.story import Story
    from game.workshop.graph import Graph

LARGEST = 3_000
"""Boxes of a picture: laying out more takes minutes, and nobody finds anything in it."""


def options(parser: argparse.ArgumentParser) -> None:
    story_argument(parser)
    parser.add_argument("--format", default="", metavar="FORMAT",
                        help="mermaid, dot or svg; as the file of -o ends, else mermaid")  # fmt: skip
    parser.add_argument("--act", default="", metavar="ID", help="one act, and what borders on it")
    parser.add_argument("--around", default="", metavar="SCENE", help="a scene with its parts, and what is near it")
    parser.add_argument("--steps", type=int, metavar="N", help="how far away that is; 2 unless given")
    parser.add_argument("--storylets", action="store_true", help="each storylet by itself, not a box for the whole deck")
    parser.add_argument("--life", default="", metavar="NAME|FILE", help="mark what this life visited, in order")
    parser.add_argument("-o", dest="file", type=Path, metavar="FILE", help="write to this file")


def run(args: argparse.Namespace) -> int:
    from game.workshop.graph import write

    form = _format(args)
    graph = _graph(args, story_of(args))
    if form == "svg" and len(graph.nodes) > LARGEST:
        raise Unable(
            f"A picture of {len(graph.nodes):,} boxes is too large to be of use; {LARGEST:,} is the limit. `--act` and "
            "`--around` draw a part of it, `--format dot` and `--format mermaid` write all of it."
        )
    text = write(graph, form)
    if args.file is None:
        print(text, end="")
    else:
        args.file.write_text(text, encoding="utf-8")
        print(f"Written: {args.file}.")
    if form == "mermaid":
        _warn(graph, text)
    return WELL


def _format(args: argparse.Namespace) -> str:
    from game.workshop.graph import FORMATS

    endings = {".svg": "svg", ".dot": "dot", ".gv": "dot"}
    form: str = args.format or (endings.get(args.file.suffix.lower(), "mermaid") if args.file else "mermaid")
    if form not in FORMATS:
        raise Unable(f"There is no format called {form}; there are {', '.join(FORMATS)}.")
    return form


def _graph(args: argparse.Namespace, story: Story) -> Graph:
    from game.workshop.graph import act, around, lived, of_story

    if args.act and args.around:
        raise Unable("`--act` and `--around` each choose what is drawn: give one of them.")
    if args.steps is not None and (not args.around or args.steps < 0):
        raise Unable("`--steps N` goes with `--around SCENE`, and N is 0 or more.")
    scene = _scene(story, args.around) if args.around else ""
    storylets = args.storylets or bool(scene and story.scenes[scene].decks)
    graph = of_story(story, parts=(scene,) if scene else (), storylets=storylets)
    if args.life:
        from game.places import lives_folder, recorded_folder
        from game.saves import Shelf

        with Shelf(lives_folder(), recorded_folder()).open(args.life, story, read_only=True) as life:
            graph = lived(graph, story, life)
    if args.act:
        acts = [info.id for info in story.acts]
        if args.act not in acts:
            raise Unable(f"The story has no act `{args.act}`{_listed(acts)}.")
        return act(graph, args.act)
    return around(graph, scene, 2 if args.steps is None else args.steps) if scene else graph


def _scene(story: Story, name: str) -> str:
    """The scene of this name; a pack's may be called without its pack. Raises Unable."""
    if name in story.scenes:
        return name
    from difflib import get_close_matches

    found = [scene for scene in story.scenes if scene.endswith(f"/{name}")]
    if len(found) == 1:
        return found[0]
    alike = found or get_close_matches(name, list(story.scenes), n=3)
    raise Unable(f"The story has no scene `{name}`{_listed(alike)}.")


def _listed(names: list[str]) -> str:
    from game.desk.words import listed

    return f"; it has {listed([f'`{name}`' for name in names])}" if names else ""


def _warn(graph: Graph, text: str) -> None:
    """On stderr, so that what is written to stdout stays a graph."""
    import sys

    from game.workshop.graph.mermaid import LIMITS

    if len(graph.edges) > LIMITS[0] or len(text) > LIMITS[1]:
        print(
            f"Mermaid draws at most {LIMITS[0]:,} ways and {LIMITS[1]:,} characters unless it is told otherwise; this graph "
            f"is larger. `--act` and `--around` draw a part of it; `--format svg` draws up to {LARGEST:,} boxes.",
            file=sys.stderr,
        )

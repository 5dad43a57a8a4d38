"""`kuzbass new`: begin a story, a branch, a scene or a deck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.options import WELL, Unable

if TYPE_CHECKING:
    import argparse


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("scene", "deck", "branch", "story"), help="what to begin")
    parser.add_argument("name", metavar="NAME", help="its name: letters, digits and _")
    parser.add_argument("--story", type=Path, metavar="DIR", help="the story it is for, unless it is the game's own")
    parser.add_argument("--in", dest="inside", type=Path, metavar="PATH",
                        help="the file that gets the scene or deck, or the folder in which a branch or story begins")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    from game.options import folders
    from game.places import checkout
    from game.workshop.new import Refused, new_branch, new_deck, new_scene, new_story

    shown = f"--story {args.story} " if args.story else ""
    try:
        if args.kind == "story":
            begun = new_story(args.name, args.inside or Path())
        elif args.kind == "branch":
            begun = new_branch(args.name, args.inside or Path(), folders(args.story, ())[0], shown)
        else:
            if args.story is None and args.inside is None and checkout() is None:
                raise Unable("The game's own story is not yours to write in here. Begin a branch of it: kuzbass new branch NAME.")
            make = new_scene if args.kind == "scene" else new_deck
            begun = make(args.name, folders(args.story, ())[0], args.inside, shown)
    except Refused as refused:
        raise Unable(str(refused)) from refused
    print(f"Written: {begun.path}.", *begun.next, sep="\n")
    return WELL

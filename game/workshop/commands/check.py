"""`kuzbass check`: look for faults in a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.options import COULD_NOT, Unable, folders, story_argument

if TYPE_CHECKING:
    import argparse


def options(parser: argparse.ArgumentParser) -> None:
    story_argument(parser)
    parser.add_argument("--prose", action="store_true", help="look at the writing too: spelling, stops, the bars of style.yaml")
    parser.add_argument("--format", default="text", metavar="FORMAT", help="text, json, github or sarif")


def run(args: argparse.Namespace) -> int:
    from game.load.pause import collection_paused
    from game.workshop.check import run_check

    with collection_paused():  # the command is over before there is anything to collect
        text, code = run_check(*folders(args.story, args.packs), args.format, args.prose)
    if code == COULD_NOT:
        raise Unable(text)
    print(text)
    return code

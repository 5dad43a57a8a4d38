"""`kuzbass freeze`: write the ids of choices into the files, so that labels can change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.options import WELL, Unable, folders, story_argument

if TYPE_CHECKING:
    import argparse


def options(parser: argparse.ArgumentParser) -> None:
    story_argument(parser)


def run(args: argparse.Namespace) -> int:
    from game.workshop.freeze import Refused, freeze, report

    try:
        print(report(freeze(*folders(args.story, args.packs))))
    except Refused as refused:
        raise Unable(str(refused)) from refused
    return WELL

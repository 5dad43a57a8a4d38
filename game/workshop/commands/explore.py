"""`kuzbass explore`: plays a story without a player, and tells what was met."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.options import Unable, as_given, read_from, story_argument, story_of


def options(parser: argparse.ArgumentParser) -> None:
    story_argument(parser)
    add = parser.add_argument
    add("--plays", type=_count, metavar="N", help="random lives to play; unless given, as many as time allows")
    add("--seconds", type=_seconds, metavar="S", help="seconds to take; 10 unless this or --plays is given")
    add("--seed", type=_seed, metavar="N", help="of all chance, 1 unless given: the same seed and --plays give the same report")
    add("--workers", type=_count, metavar="N", help="processes to play in; one for each core unless given")
    add("--cluster", default="", metavar="ADDRESS", help="play on the dask cluster of this scheduler, such as tcp://host:8786")
    add("--role", default="", metavar="NAME", help="let this role of roles.yaml live the lives, in place of chance")
    add("--goal", default="", metavar="ID", help="find a life that reaches this scene, choice or ending")
    add("--format", default="text", metavar="FORMAT", help="text, json or html")
    add("-o", dest="output", type=Path, metavar="FILE", help="write the report there, or with --goal the life")


def run(args: argparse.Namespace) -> int:
    if args.goal:
        return _goal(args)
    from game.places import cache_folder
    from game.workshop.explore.command import explore
    from game.workshop.explore.run import Plan
    from game.workshop.explore.workers import Origin

    story = story_of(args)
    origin = Origin(*read_from(args.story, args.packs), cache_folder())
    plan = Plan(args.plays, args.seconds, 1 if args.seed is None else args.seed, args.role)
    return explore(story, origin, plan, args.format, args.output, args.workers, args.cluster)


def _goal(args: argparse.Namespace) -> int:
    """One life, in place of a report."""
    from game.workshop.explore.goal import run_goal

    for given, name in ((args.plays, "--plays"), (args.role, "--role"), (args.cluster, "--cluster"), (args.workers, "--workers")):
        if given:
            raise Unable(f"`--goal` looks for one life, in this process: `{name}` has no place there.")
    if args.format != "text":
        raise Unable("`--goal` writes a life, not a report: `--format` has no place there.")
    found = run_goal(story_of(args), args.goal, seed=args.seed, seconds=args.seconds, output=args.output, shown=as_given(args))
    print(found.sentence)
    return found.code


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"`{text}` is no count: give a whole number from 1 up")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"`{text}` is no time: give seconds, such as 30 or 0.5")
    return seconds


def _seed(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is no seed: give a whole number") from None

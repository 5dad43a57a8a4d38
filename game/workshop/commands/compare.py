"""`kuzbass compare A B`: what an edit changed, and whether lives still open."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from game.options import FOUND, WELL, Unable

if TYPE_CHECKING:
    from game.workshop.compare.gate import LifeFile
    from game.workshop.compare.report import Side

FORMATS = ("text", "json")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help="a story's folder, or a git revision of the other's")
    parser.add_argument("after", metavar="B", help="a story's folder, or a git revision of the other's")
    parser.add_argument("--lives", action="append", default=[], type=Path, metavar="FOLDER|FILE",
                        help="lives that must still open; the recorded ones unless given")  # fmt: skip
    parser.add_argument("--plays", type=_number, default=200, metavar="N", help="random lives of each story; 200 unless given")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of their chances")
    parser.add_argument("--format", default="text", metavar="FORMAT", help="text or json")


def run(args: argparse.Namespace) -> int:
    """0 where every life keeps its place, 1 where one loses it."""
    import json
    from tempfile import TemporaryDirectory

    from game.workshop.compare.gate import judged
    from game.workshop.compare.plays import played
    from game.workshop.compare.report import Comparison, document, text
    from game.workshop.compare.scenes import compared

    if args.format not in FORMATS:
        raise Unable(f"There is no format called {args.format}; there are {' and '.join(FORMATS)}.")
    with TemporaryDirectory(prefix="kuzbass-") as work:
        before, after, lives = _sides(args, Path(work))
        scenes = compared(before.story, after.story)
        plays = (played(before.story, args.plays, args.seed), played(after.story, args.plays, args.seed)) if args.plays else None
        verdicts, others = judged(lives, before.story, after.story)
        found = Comparison(before, after, scenes, plays, verdicts, others)
    if args.format == "json":
        print(json.dumps(document(found), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        print(text(found))
    return FOUND if found.lost else WELL


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of lives")
    return int(text)


def _sides(args: argparse.Namespace, work: Path) -> tuple[Side, Side, list[LifeFile]]:
    """Both stories, and the lives: those named, and as they were at the revision where the story before is one."""
    from game.places import recorded_folder, story_folder
    from game.workshop.compare.gate import files
    from game.workshop.compare.revision import commit_of, written_out

    folders = {name: Path(name) for name in (args.before, args.after) if name and Path(name).is_dir()}
    beside = next(iter(folders.values()), story_folder())
    places = args.lives or [recorded_folder()]
    for place in places:
        if args.lives and not place.exists():
            raise Unable(f"There is no file or folder `{place}` with lives.")
    lives, sides = files(place for place in places if place.exists()), []
    for number, name in enumerate((args.before, args.after)):
        if name in folders:
            sides.append(_read(name, folders[name]))
            continue
        commit = commit_of(name, beside)
        if not commit:
            raise Unable(f"`{name}` is neither a folder nor a git revision of `{beside}`.")
        sides.append(_read(name, written_out(commit, beside, work / f"story{number}")))
        if number == 0:
            for count, place in enumerate(place for place in places if place.is_dir()):
                lives += _then(commit, name, place, work / f"lives{count}")
    return sides[0], sides[1], lives


def _then(commit: str, name: str, place: Path, work: Path) -> list[LifeFile]:
    """The lives of a folder as they were at a commit; none where it was not there, or is not of the repository."""
    from game.workshop.compare.gate import files
    from game.workshop.compare.revision import written_out

    try:
        return files([written_out(commit, place, work)], name)
    except Unable:
        return []


def _read(name: str, folder: Path) -> Side:
    """A story without its cache: a revision's folder is gone afterwards. Raises Unable, its errors drawn on stderr."""
    import sys

    from game.load import load_story
    from game.load.diagnostics import ERROR, render
    from game.workshop.compare.report import Side

    loaded = load_story(folder)
    if loaded.story is None:
        errors = [render(found, loaded.sources) for found in loaded.diagnostics if found.level == ERROR]
        print("\n\n".join(errors), file=sys.stderr)
        raise Unable(f"The story `{name}` has errors, so there is nothing to compare. Mend what stands above.")
    return Side(name, loaded.story)

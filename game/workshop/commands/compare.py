"""`kuzbass compare A B`: what an edit of a story, or of a pack, changed, and whether lives still open."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from game.options import FOUND, WELL, Unable, story_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.workshop.compare.gate import LifeFile
    from game.workshop.compare.report import Side

FORMATS = ("text", "json")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help="a folder of a story or a pack, or a git revision of the other's")
    parser.add_argument("after", metavar="B", help="a folder of a story or a pack, or a git revision of the other's")
    story_options(parser)
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
    """Both stories, and the lives: those named, and as they were at the revision where the story before is one.

    Two packs are laid over one story, the packs of `--with` below them. Over two stories the packs of `--with` are laid, over a
    revision as they were then.
    """
    from game.places import recorded_folder, story_folder
    from game.workshop.compare.gate import files
    from game.workshop.compare.revision import commit_of, written_out

    folders = {name: Path(name) for name in (args.before, args.after) if name and Path(name).is_dir()}
    packs = {name for name, folder in folders.items() if (folder / "pack.yaml").is_file()}
    _agree(args, folders, packs)
    base = args.story or story_folder()
    beside = next(iter(folders.values()), base)
    places = args.lives or [recorded_folder()]
    for place in places:
        if args.lives and not place.exists():
            raise Unable(f"There is no file or folder `{place}` with lives.")
    lives, sides = files(place for place in places if place.exists()), []
    for number, name in enumerate((args.before, args.after)):
        if name in folders:
            folder, laid = folders[name], list(args.packs)
        else:
            commit = commit_of(name, beside)
            if not commit:
                raise Unable(f"`{name}` is neither a folder nor a git revision of `{beside}`.")
            folder = written_out(commit, beside, work / f"story{number}")
            then = work / f"packs{number}"
            laid = list(args.packs) if packs else [_pack_then(commit, pack, then / f"{at}") for at, pack in enumerate(args.packs)]
            if number == 0:
                for count, place in enumerate(place for place in places if place.is_dir()):
                    lives += _then(commit, name, place, work / f"lives{count}")
        sides.append(_read(name, base, (*laid, folder)) if packs else _read(name, folder, laid))
    return sides[0], sides[1], lives


def _agree(args: argparse.Namespace, folders: dict[str, Path], packs: set[str]) -> None:
    """Raises Unable where what was named does not go together."""
    if packs and packs != set(folders):
        pack, story = next(iter(packs)), next(name for name in folders if name not in packs)
        raise Unable(f"`{pack}` is a branch pack and `{story}` is none. Name two packs, or two of a story `--with {pack}`.")
    if args.story is not None and not packs:
        raise Unable("`--story` says what two packs are laid over; here A and B are stories themselves.")
    for folder in (*args.packs, *([args.story] if args.story is not None else [])):
        if not folder.is_dir():
            raise Unable(f"There is no folder `{folder}`. A story, like a pack, is a folder of YAML files.")


def _pack_then(commit: str, pack: Path, work: Path) -> Path:
    """The folder of a pack as it was at a commit; as it is now where it was not there, or is not of the repository."""
    from game.workshop.compare.revision import written_out

    try:
        then = written_out(commit, pack, work)
    except Unable:
        return pack
    return then if (then / "pack.yaml").is_file() else pack


def _then(commit: str, name: str, place: Path, work: Path) -> list[LifeFile]:
    """The lives of a folder as they were at a commit; none where it was not there, or is not of the repository."""
    from game.workshop.compare.gate import files
    from game.workshop.compare.revision import written_out

    try:
        return files([written_out(commit, place, work)], name)
    except Unable:
        return []


def _read(name: str, folder: Path, packs: Sequence[Path]) -> Side:
    """A story with packs, without its cache: a revision's folder is gone afterwards. Raises Unable; errors go to stderr."""
    import sys

    from game.load import load_story
    from game.load.diagnostics import ERROR, render
    from game.workshop.compare.report import Side

    loaded = load_story(folder, packs)
    if loaded.story is None:
        errors = [render(found, loaded.sources) for found in loaded.diagnostics if found.level == ERROR]
        print("\n\n".join(errors), file=sys.stderr)
        raise Unable(f"The story `{name}` has errors, so there is nothing to compare. Mend what stands above.")
    return Side(name, loaded.story)

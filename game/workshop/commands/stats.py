"""`kuzbass stats`: count a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.options import FOUND, WELL, Unable, story_argument

if TYPE_CHECKING:
    import argparse

    from game.load import Loaded

FORMATS = ("text", "json")


def options(parser: argparse.ArgumentParser) -> None:
    story_argument(parser)
    parser.add_argument("--format", default="text", metavar="FORMAT", help="text or json")


def run(args: argparse.Namespace) -> int:
    import json

    from game.load import load_story
    from game.options import read_from
    from game.workshop.stats.count import count
    from game.workshop.stats.report import document, text

    if args.format not in FORMATS:
        raise Unable(f"There is no format called {args.format}; there are {' and '.join(FORMATS)}.")
    loaded = load_story(*read_from(args.story, args.packs))
    if loaded.story is None or loaded.model is None:
        return _broken(loaded, args.format)
    found = document(loaded.story, loaded.model, count(loaded.model, loaded.style))
    if args.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        print(text(loaded.story.title, found))
    return WELL


def _broken(loaded: Loaded, format: str) -> int:
    """A story with errors is nothing to be counted, but what is wrong with it can be told."""
    import json

    from game.load.diagnostics import ERROR, render

    errors = [found for found in loaded.diagnostics if found.level == ERROR]
    if format == "json":
        listed = [
            {
                "code": found.code,
                "file": found.at.file,
                "line": found.at.line,
                "column": found.at.column,
                "message": found.message,
            }
            for found in errors
        ]
        print(json.dumps({"schema": 1, "diagnostics": listed}, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        print("\n\n".join([*(render(found, loaded.sources) for found in errors), "A story with errors cannot be counted."]))
    return FOUND

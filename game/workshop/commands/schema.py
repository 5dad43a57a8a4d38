"""`kuzbass schema`: what an editor needs to complete, explain and check the files of a story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.options import WELL, Unable

if TYPE_CHECKING:
    import argparse


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind", metavar="KIND", help="of one kind of file: scenes (unless given), story, pack, variables, people, ..."
    )
    parser.add_argument("--format", choices=("json",), default="json", help="JSON Schema, draft-07")
    parser.add_argument(
        "-o", dest="output", type=Path, metavar="PATH", help="write every kind into this folder; with --kind, to this file"
    )


def run(args: argparse.Namespace) -> int:
    from game.load.names import near
    from game.workshop.schema import KINDS, write_all, written

    kind = args.kind or "scenes"
    if kind not in KINDS:
        similar = near(kind, KINDS, "a kind")
        raise Unable(
            f"There is no kind of file called {kind}; there are {', '.join(KINDS)}." + (f" ({similar})" if similar else "")
        )
    if args.output is None:
        print(written(kind), end="")
    elif args.kind:
        args.output.write_bytes(written(kind).encode())
        print(f"Written: {args.output}.")
    else:
        print(f"Written: {len(write_all(args.output))} schemas in {args.output}.")
    return WELL

"""What the commands share: how they are told what to do, which story is meant, and how they say that they cannot.

Exit codes: 0 well, 1 found what it looks for (errors, a divergence), 2 could not run (a sentence on stderr), 130 Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.engine.story import Story
    from game.load import Loaded

WELL, FOUND, COULD_NOT, INTERRUPTED = 0, 1, 2, 130


class Unable(Exception):
    """The command cannot run; `str` says why and what to do, in a sentence or two."""


class Parser(argparse.ArgumentParser):
    """Options are written out: an abbreviation would change its meaning on the day another option begins like it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"allow_abbrev": False} | given)


class LateParser(Parser):
    """A command that stands in a module of its own, which is imported only when the command is meant.

    The module has `options(parser)`, which adds what can be typed, and `run(args)`, which gives the exit code.
    """

    def __init__(self, *, module: str = "", **given: Any) -> None:
        super().__init__(**given)
        self._module = module

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._module:
            command = import_module(self._module)
            self._module = ""
            command.options(self)
            self.set_defaults(run=command.run)
        return super().parse_known_args(args, namespace)


def story_argument(parser: argparse.ArgumentParser) -> None:
    """`[STORY] [--with PACK]...`, for commands that look at a story; `load(args.story, args.packs)` reads it."""
    parser.add_argument("story", nargs="?", type=Path, metavar="STORY", help="the story's folder; the game's own unless given")
    _packs_option(parser)


def story_options(parser: argparse.ArgumentParser) -> None:
    """`[--story DIR] [--with PACK]...`, for commands that are about a life."""
    parser.add_argument("--story", type=Path, metavar="DIR", help="another story than the game's own")
    _packs_option(parser)


def _packs_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--with", dest="packs", action="append", default=[], type=Path, metavar="PACK",
                        help="a branch pack laid over the story; may be given several times")  # fmt: skip


def as_given(args: argparse.Namespace) -> str:
    """How the command line named story and packs, as in ` --story DIR --with PACK`, for a command that is to be typed next."""
    named = [f" --story {quote(str(args.story))}"] if args.story is not None else []
    return "".join([*named, *(f" --with {quote(str(pack))}" for pack in args.packs)])


def folders(story: Path | None, packs: Sequence[Path]) -> tuple[Path, tuple[Path, ...]]:
    """The folder of the story that is meant, and those of the packs that were named."""
    if story is None:
        from game.places import story_folder

        story = story_folder()
    for folder in (story, *packs):
        if not folder.is_dir():
            raise Unable(f"There is no folder `{folder}`. A story, like a pack, is a folder of YAML files.")
    return story, tuple(packs)


def load(story: Path | None, packs: Sequence[Path]) -> Loaded:
    """Reads the story that is meant, from the cache where fresh; None: the game's own, with the packs that the player keeps."""
    from game.load import load_story
    from game.places import cache_folder

    return load_story(*read_from(story, packs), cache=cache_folder())


def read_from(story: Path | None, packs: Sequence[Path]) -> tuple[Path, tuple[Path, ...]]:
    """The folders that `load` reads: of the story, and of the packs named or kept."""
    folder, named = folders(story, packs)
    return folder, named if story is not None else (*_kept_packs(named), *named)


def story_of(args: argparse.Namespace) -> Story:
    """The story that `args.story` and `args.packs` mean; where it has errors they are drawn as `check` draws them."""
    loaded = load(args.story, args.packs)
    if loaded.story is None:
        from game.load.diagnostics import ERROR, render

        found = [render(diagnostic, loaded.sources) for diagnostic in loaded.diagnostics if diagnostic.level == ERROR]
        print("\n\n".join(found), file=sys.stderr)
        raise Unable("The story has errors, so it cannot be played. Mend what stands above; `kuzbass check` looks again.")
    return loaded.story


def _kept_packs(named: Sequence[Path]) -> tuple[Path, ...]:
    """The packs that the player keeps for the game's own story, but those that were named besides."""
    from game.places import packs_folder

    try:
        kept = sorted(folder for folder in packs_folder().iterdir() if (folder / "pack.yaml").is_file())
    except OSError:
        return ()
    return tuple(pack for pack in kept if pack.resolve() not in {each.resolve() for each in named})

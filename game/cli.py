"""The command line. Everything but argparse is imported by the command that needs it, so that none waits for another's imports.

SIGTERM and SIGHUP keep their default action here: a life is on disk before its next page is shown, so there is nothing left to
save.
"""

from __future__ import annotations

import argparse
import io
import os
import shlex
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from game.options import COULD_NOT, FOUND, INTERRUPTED, WELL, LateParser, Parser, Unable, folders, load, story_of, story_options
from game.workshop.commands import COMMANDS, add_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.desk.live import Watcher
    from game.desk.start import Start
    from game.engine.story import Story
    from game.saves import Shelf
    from game.saves.records import Level

LEVELS = ("logic", "pages")
NARROWEST = 20
"""Columns below which wrapping helps nobody."""
OWN = ("play", "replay", "lives")
OF_PLAY = ("--story", "--with", "--life", "--seed", "--scene", "--set", "--watch")
"""Options that mean nothing without a command, and are typed so all the same."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; the exit code."""
    _open_streams()
    try:
        given = sys.argv[1:] if arguments is None else list(arguments)
        _not_out_of_place(given)
        args = parser().parse_args(given)
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except SystemExit as ended:  # argparse has said what there was to say
        return int(ended.code or WELL)
    except KeyboardInterrupt:
        with suppress(OSError):
            print(flush=True)  # the shell's prompt gets a line of its own
        return INTERRUPTED
    except BrokenPipeError:
        _write_no_more()
        return WELL  # nobody reads on: an end, not a fault
    except Exception as error:
        try:
            sys.stdout.flush()
        except OSError:
            _write_no_more()
        with suppress(OSError):
            print(f"kuzbass: {_sentence(error)}", file=sys.stderr)
        return COULD_NOT


def _not_out_of_place(given: Sequence[str]) -> None:
    """Raises Unable, with what was probably meant, where an option of a command stands where no command is named before it."""
    words = iter(given)
    for word in words:
        name = word.partition("=")[0]
        if name in OF_PLAY:
            rest = list(given)
            command = next((each for each in given if each in COMMANDS or each in OWN), "play")
            if command in rest:
                rest.remove(command)
            raise Unable(f"`{name}` is an option of a command: did you mean `kuzbass {shlex.join([command, *rest])}`?")
        if word == "--width":
            next(words, None)
        elif not word.startswith("-"):
            return


def _sentence(error: Exception) -> str:
    """What to tell of a failure. One that nobody foresaw is written down for whoever mends the game."""
    saves = sys.modules.get("game.saves")  # what was never imported cannot have failed
    if isinstance(error, Unable) or (saves and isinstance(error, saves.SaveFault)):
        return str(error)
    if isinstance(error, OSError):
        what = f"`{error.filename}` cannot be used" if error.filename else "what the game says cannot be written"
        return f"{what}: {(error.strerror or str(error)).lower()}."
    from game.ui.faults import last_words

    return last_words(error, None)


def _write_no_more() -> None:
    """What could not be written must not be tried again when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """UTF-8 on every way in and out, whatever the locale says; a way that is closed leads nowhere instead."""
    for name, mode, errors in (("stdin", "r", "replace"), ("stdout", "w", "replace"), ("stderr", "w", "backslashreplace")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 it stays open until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


# What can be typed -------------------------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = Parser(
        prog="kuzbass",
        description="Two Years, Signed: a text adventure in the terminal. Without a command it shows the title.",
    )
    _client_options(top)
    top.set_defaults(run=_title)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", parser_class=LateParser)

    play = commands.add_parser("play", help="play a life, a new one unless a life is named")
    _client_options(play)
    story_options(play)
    play.add_argument("--life", default="", metavar="NAME|FILE", help="resume this life, or begin it")
    play.add_argument("--seed", type=int, metavar="N", help="of a new life's chances")
    play.add_argument("--scene", default="", metavar="ID", help="where a new life begins; a pack's scene by its bare name too")
    play.add_argument("--set", dest="settings", action="append", default=[], type=_setting, metavar="NAME=VALUE",
                      help="a variable of a new life, or its first day (date=1922-06-04); may be repeated")  # fmt: skip
    play.add_argument("--watch", action="store_true", help="for authors: follow the story's files, and bring in what is saved")
    play.set_defaults(run=_play)

    replay = commands.add_parser("replay", help="watch a life again, verify it, or write it out")
    replay.add_argument("life", metavar="NAME|FILE", help="the life")
    _client_options(replay)
    story_options(replay)
    replay.add_argument("--verify", nargs="?", choices=LEVELS, const="logic", help="does the story still give what was recorded?")
    replay.add_argument("--transcript", metavar="FILE", help="write what was read and chosen: .md, .html or .txt")
    replay.add_argument("--to", type=_number, metavar="N", help="stop after choice N")
    replay.set_defaults(run=_replay)

    _lives_parsers(commands.add_parser("lives", help="the lives that are kept"))

    add_commands(commands)
    return top


def _lives_parsers(lives: argparse.ArgumentParser) -> None:
    acts = lives.add_subparsers(title="what to do", metavar="WHAT", dest="what", required=True, parser_class=Parser)

    def add(name: str, run: Callable[[argparse.Namespace], int], about: str, *places: str) -> Parser:
        act = acts.add_parser(name, help=about, description=about)
        for place in places:
            act.add_argument(place, metavar=place.upper())
        act.set_defaults(run=run)
        return act

    add("list", _lives_list, "every life, the latest first")
    story_options(add("show", _lives_show, "one life as JSON", "life"))
    add("export", _lives_export, "write a life to a file", "life", "file")
    story_options(add("import", _lives_import, "bring a life in from a file, or from a bug report", "file"))
    add("rename", _lives_rename, "give a life another name", "life", "name")
    add("delete", _lives_delete, "delete a life for good", "life")
    story_options(add("verify", _lives_verify, "play a life again and compare what was decided", "life"))
    add("repair", _lives_repair, "save what can be saved of a damaged life", "life")


def _client_options(parser: argparse.ArgumentParser) -> None:
    # Without a default of its own: the same option before the command must not be undone by the one behind it.
    parser.add_argument("--plain", action="store_true", default=argparse.SUPPRESS,
                        help="lines of text only, for screen readers, pipes and scripts")  # fmt: skip
    parser.add_argument("--width", type=_columns, default=argparse.SUPPRESS, metavar="N",
                        help="columns at which text is wrapped; a terminal's own, else a paragraph a line")  # fmt: skip


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"`{text}` is not of the form NAME=VALUE")
    return name.strip(), value


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is not the number of a choice")
    return int(text)


def _columns(text: str) -> int:
    if not text.isdecimal() or int(text) < NARROWEST:
        raise argparse.ArgumentTypeError(f"`{text}` is no width: give 20 columns or more")
    return int(text)


# The game ----------------------------------------------------------------------------------------------------------


def _title(args: argparse.Namespace) -> int:
    from game.desk.start import Start

    args.story, args.packs = None, []
    return _client(args, Start("title"))


def _play(args: argparse.Namespace) -> int:
    from game.desk.start import Start

    start = Start("play", args.life, args.seed, args.scene, tuple(args.settings), author=_author(args))
    return _client(args, start, _watcher(args) if args.watch else None)


def _author(args: argparse.Namespace) -> tuple[Path, ...]:
    """The folders of a story that whoever plays it is writing, as what was typed tells; none for a player."""
    if not (args.story or args.packs or args.scene or args.settings or args.watch):
        return ()
    story, packs = folders(args.story, args.packs)
    return (story, *packs)


def _watcher(args: argparse.Namespace) -> Watcher:
    from game.options import read_from
    from game.workshop.watch import FolderWatcher

    return FolderWatcher(*read_from(args.story, args.packs))


def _replay(args: argparse.Namespace) -> int:
    from game.desk.start import Start

    if not (args.verify or args.transcript):
        return _client(args, Start("replay", args.life, to=args.to))
    story, shelf = story_of(args), _shelf()
    _packs_are_here(shelf, args.life, story)
    code = _verified(shelf, args.life, story, args.verify) if args.verify else WELL
    if args.transcript:
        _write_transcript(shelf, story, args)
    return code


def _write_transcript(shelf: Shelf, story: Story, args: argparse.Namespace) -> None:
    from game.desk.journal import leaves
    from game.plain.files import write_transcript

    pages = leaves(shelf.open(args.life, story, read_only=True))
    try:
        write_transcript(args.transcript, story, pages if args.to is None else pages[: args.to + 1])
    except ValueError as error:
        raise Unable(str(error)) from error
    print(f"Written: {args.transcript}.")


def _client(args: argparse.Namespace, start: Start, watcher: Watcher | None = None) -> int:
    """Hands over to a client. Which one is decided before Textual is imported: without a terminal it would wait for ever."""
    shelf = _shelf()
    if getattr(args, "plain", False) or not _is_terminal():
        from game.plain import Console, run

        typed = sys.stdin.isatty() and sys.stdout.isatty()
        console = Console(sys.stdin, sys.stdout, width=getattr(args, "width", None) or _wide(), typed=typed)
        if watcher is not None:
            from game.plain.live import run as run_live

            return run_live(watcher, shelf, console, start=start)
        return run(story_of(args), shelf, console, start=start)
    folders(args.story, args.packs)  # what is missing is said here, not on a screen that opens for it
    from game.ui.app import run as run_screen

    code: int = run_screen(partial(load, args.story, args.packs), shelf, start=start, watcher=watcher)
    return code


def _wide() -> int | None:
    """The columns of the terminal that is written to, so that no word is broken at its edge; None where it is no terminal."""
    if not sys.stdout.isatty():
        return None
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return None
    return columns if columns >= NARROWEST else None


def _is_terminal() -> bool:
    term = os.environ.get("TERM", "" if os.name != "nt" else "windows")
    return term not in ("", "dumb") and sys.stdin.isatty() and sys.stdout.isatty()


def _shelf() -> Shelf:
    from game.places import lives_folder, recorded_folder
    from game.saves import Shelf

    return Shelf(lives_folder(), recorded_folder())


# Lives -------------------------------------------------------------------------------------------------------------


def _lives_list(args: argparse.Namespace) -> int:
    from game.desk.shelf import table

    print(table(_shelf().list()))
    return WELL


def _lives_show(args: argparse.Namespace) -> int:
    import json

    from game.desk.shelf import document

    life = _shelf().open(args.life, story_of(args), read_only=True)
    print(json.dumps(document(life), sort_keys=True, ensure_ascii=False, indent=2))
    return WELL


def _lives_export(args: argparse.Namespace) -> int:
    print(f"Written: {_shelf().export(args.life, Path(args.file))}.")
    return WELL


def _lives_import(args: argparse.Namespace) -> int:
    """A life, or a bug report: then a test of it is written too, where this is a checkout."""
    from game.places import checkout
    from game.workshop.reports import read, take_in

    path = Path(args.file)
    report = read(path)
    if report is None:
        print(f"Brought in as {_shelf().import_(path)}.")
    else:
        story, packs = folders(args.story, args.packs)
        print("\n".join(take_in(path, report, _shelf(), story, packs, checkout())))
    return WELL


def _lives_rename(args: argparse.Namespace) -> int:
    print(f"{args.life} is now called {_shelf().rename(args.life, args.name)}.")
    return WELL


def _lives_delete(args: argparse.Namespace) -> int:
    """On a terminal it asks; a script that names a life means it."""
    if sys.stdin.isatty():
        print(f"Delete {args.life} for good? Type yes to do it: ", end="", flush=True)
        if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
            print("Nothing was deleted.")
            return WELL
    _shelf().delete(args.life)
    print(f"Deleted: {args.life}.")
    return WELL


def _lives_verify(args: argparse.Namespace) -> int:
    shelf, story = _shelf(), story_of(args)
    _packs_are_here(shelf, args.life, story)
    return _verified(shelf, args.life, story, "logic")


def _lives_repair(args: argparse.Namespace) -> int:
    print(_shelf().repair(args.life).sentence)
    return WELL


def _packs_are_here(shelf: Shelf, name: str, story: Story) -> None:
    """A life is compared or written out only with the packs it was played with: without them it is another story."""
    life = shelf.open(name, story, read_only=True)
    missing = [pack for pack in life.header.packs if pack not in story.packs]
    life.close()
    if missing:
        packs = " and ".join(f"`{pack}`" for pack in missing)
        raise Unable(f"`{life.name}` was played with the pack {packs}, which is not here. Name its folder with `--with FOLDER`.")


def _verified(shelf: Shelf, life: str, story: Story, level: Level) -> int:
    """Says whether the life still plays as it was recorded; 1 where it does not."""
    from game.desk.words import counted

    found = shelf.verify(life, story, level=level)
    if found.divergence:
        print(found.divergence.sentence)
    for damage in found.damage:
        print(damage)
    if found.verdict.sentence:
        print(found.verdict.sentence)
    if found.ok:
        print(f"{found.name}: {counted(found.entries, 'choice')}, all as recorded.")
    return WELL if found.ok else FOUND

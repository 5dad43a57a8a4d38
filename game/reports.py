"""Making a bug report: what is gathered of this game and this machine, without what is private, and where it is written."""

from __future__ import annotations

import getpass
import os
import platform
import re
import socket
import sys
import sysconfig
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import game
from game.desk.report import SCHEMA, Document, story_facts, text_of
from game.desk.scrub import PUBLIC, Scrubber
from game.engine.story import StoryStuck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from game.engine.story import Story
    from game.saves import Life
    from game.saves.resync import Action

_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR")
_TOO_COMMON = frozenset(["home", "users", "user", "root", "usr", "var", "tmp", "opt", "mnt", "media", "data"])
_SHORTEST_NAME = 3
_MOST_LINES = 400

_last: list[tuple[BaseException, Life | None]] = []


def remember(error: BaseException, life: Life | None = None) -> None:
    """Keeps the last error of this process, and the life in which it came, for a report that is made later."""
    _last[:] = [(error, life)]


def last_error() -> BaseException | None:
    return _last[0][0] if _last else None


def gather(
    story: Story | None,
    life: Life | None,
    *,
    settings: Mapping[str, Any],
    terminal: Mapping[str, Any],
    error: BaseException | None,
) -> Document:
    """The report. `terminal` and `settings` are what the client knows of them; either may be empty."""
    scrub = scrubber(() if life is None else (life.path.parent,), None if story is None else story_files(story))
    facts, packs = ({}, []) if story is None else story_facts(story)
    attempted = None if life is None else life.attempted
    if isinstance(error, StoryStuck) and life is not None and attempted is None:
        error = None  # the life has gone on since
    return {
        "report": SCHEMA,
        "schema": SCHEMA,
        "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "game": game.__version__,
        "story": facts,
        "packs": packs,
        "system": {"python": platform.python_version(), "platform": scrub(_platform()), "textual": _version("textual")},
        "terminal": _scrubbed(scrub, {**_environment(), **terminal}),
        "settings": _scrubbed(scrub, settings),
        "error": None if error is None else _error(scrub, error),
        "attempt": None if attempted is None or error is None else _attempt(attempted),
        "life": [] if life is None else life_lines(life.path),
    }


def write(document: Document, folder: Path | None = None, *, name: str = "") -> Path:
    """Writes a report where its reader finds it: the present folder, else the home folder, else one for passing things.

    Never over another file, unless it is given a `name`. Raises OSError where it can be written nowhere.
    """
    stamp = "".join(each for each in document["made"] if each.isdigit())
    refused: OSError | None = None
    for place in [folder] if folder is not None else _places():
        for number in range(1, 100):
            path = place / (name or f"kuzbass-report-{stamp}{f'-{number}' if number > 1 else ''}.json")
            try:
                place.mkdir(parents=True, exist_ok=True)
                with path.open("w" if name else "x", encoding="utf-8", errors="replace") as file:
                    file.write(text_of(document))
            except FileExistsError:
                continue
            except OSError as error:
                refused = error
                break
            return path.absolute()
    raise refused or OSError("there are a hundred reports of this moment already")


def _places() -> Iterable[Path]:
    for make in (Path.cwd, Path.home, lambda: Path(tempfile.gettempdir())):
        with suppress(OSError, RuntimeError):
            yield make()


def crash_report(error: BaseException, folder: Path) -> Path | None:
    """The report of an error that nobody foresaw, beside its traceback; None where none could be made."""
    life = _last[0][1] if _last and _last[0][0] is error else None
    try:
        return write(
            gather(None if life is None else life.story, life, settings={}, terminal={}, error=error), folder, name="report.json"
        )
    except Exception:  # whatever has failed already may fail the report too; the traceback is there
        return None


def life_lines(path: Path) -> list[str]:
    """The whole lines of a life's file, without the name that its player gave it."""
    from game.saves import disk
    from game.saves.lines import decode, encode

    lines = []
    try:
        data = disk.read(path)
    except Exception:
        return []
    for line in data.split(b"\n"):
        record = decode(line)
        if record is None:
            continue
        if "life" in record:
            line = encode(record | {"name": "reported"})[:-1]
        elif "repaired" in record:
            line = encode(record | {"kept": ""})[:-1]
        lines.append(line.decode("utf-8", "replace"))
    return lines


# What is private -----------------------------------------------------------------------------------------------------------


def scrubber(more: Iterable[Path] = (), files: Mapping[str, str] | None = None) -> Scrubber:
    """Knows this machine's folders and names, and takes them out of texts. `more` are folders in use; for `files` see below."""
    folders: dict[str, str] = {}

    def add(path: str | Path | None, mark: str) -> None:
        if path:
            for form in (str(path), os.path.realpath(path)):
                folders.setdefault(form, mark)

    add(Path(game.__file__).parent, "<game>")
    paths = sysconfig.get_paths()
    for key in ("purelib", "platlib"):
        add(paths.get(key), "<packages>")
    for key in ("stdlib", "platstdlib"):
        add(paths.get(key), "<python>")
    homes = [home for home in (_asked(lambda: str(Path.home())), os.environ.get("HOME"), os.environ.get("USERPROFILE")) if home]
    for home in homes:
        add(home, "~")
    named = ("KUZBASS_SAVES", "KUZBASS_SETTINGS", "VIRTUAL_ENV", "PWD", "OLDPWD")
    add(Path(game.__file__).parents[1], "<folder>")
    for folder in (_asked(os.getcwd), sys.prefix, tempfile.gettempdir(), *more, *(os.environ.get(name) for name in named)):
        add(folder, "<folder>")
    return Scrubber({**folders, **(files or {})}, _names(homes))


def story_files(story: Story) -> dict[str, str]:
    """The files of a story as its sentences call them, without the folders that they are kept in."""
    found = {}
    for scene, info in story.scenes.items():
        folder, _, inside = info.file.partition("/")
        packed = scene.partition("/")[0] in story.packs and "/" in scene
        found[info.file] = f"<story>/{info.file.rpartition('/')[2] if packed or not folder else inside or folder}"
    return found


def _names(homes: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (_asked(getpass.getuser), *(os.environ.get(name) for name in ("USER", "LOGNAME", "USERNAME", "SUDO_USER"))):
        if name:
            found.setdefault(name, "<user>")
    for host in (_asked(socket.gethostname), platform.node(), os.environ.get("HOSTNAME"), os.environ.get("COMPUTERNAME")):
        for name in (host, host.partition(".")[0]) if host else ():
            found.setdefault(name, "<host>")
    for part in (part for home in homes for part in re.split(r"[\\/]+", home)):
        if len(part) >= _SHORTEST_NAME and part.casefold() not in _TOO_COMMON:
            found.setdefault(part, "<user>")
    return found


def _attempt(action: Action) -> Document:
    return {"key": action.key, "text": action.text, "edit": action.edit}


def _asked(ask: Callable[[], str]) -> str:
    """What the system says, or nothing where it does not know: there may be no user of that number, no folder any more."""
    try:
        return ask()
    except Exception:
        return ""


def _error(scrub: Scrubber, error: BaseException) -> Document:
    lines = [line for part in traceback.TracebackException.from_exception(error).format() for line in part.splitlines()]
    return {
        "kind": type(error).__name__,
        "message": scrub(str(error))[:2_000],
        "traceback": _of_the_game([scrub(line)[:1_000] for line in lines[-_MOST_LINES:]]),
    }


def _of_the_game(lines: list[str]) -> list[str]:
    """A traceback in which only files that everybody has show a line of theirs."""
    kept, shows = [], True
    for line in lines:
        if line.startswith('  File "'):
            shows = line.startswith(tuple(f'  File "{mark}' for mark in PUBLIC))
        elif not line.startswith("    "):
            shows = True
        elif not shows:
            continue
        kept.append(line)
    return kept


def _scrubbed(scrub: Scrubber, facts: Mapping[str, Any]) -> Document:
    def plain(value: Any) -> Any:
        return value if isinstance(value, bool | int | None) else scrub(str(value))[:200]

    return {name: plain(value) for name, value in facts.items()}


def _environment() -> dict[str, str]:
    known = {name: os.environ[name] for name in _TERMINAL if name in os.environ}
    return {
        **known,
        "encoding": getattr(sys.stdout, "encoding", "") or "",
        "locale": os.environ.get("LC_ALL") or os.environ.get("LANG", ""),
    }


def _platform() -> str:
    """The system and its release; `platform.platform()` could bring a name along."""
    return " ".join(part for part in (platform.system(), platform.release(), platform.machine()) if part)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""

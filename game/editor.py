"""A line of a file in the author's own editor: which one, how it is told the line, and whether it needs the terminal."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from game.desk.inspect import Place

_PLUS = ("vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "kak", "joe", "mg", "micro", "ne", "ed")
_COLON = ("subl", "sublime_text", "hx", "helix", "zed", "atom")
_GOTO = ("code", "codium", "code-insiders", "cursor", "windsurf")
_WINDOWS = ("gvim", *_COLON[:2], *_COLON[4:], *_GOTO, "kate", "gedit", "notepad", "idea", "pycharm", "open", "xdg-open")
"""Editors with a window of their own: the game goes on beside them."""

NONE = "No editor is set. Name one in the environment: VISUAL or EDITOR, as in EDITOR=nano."


class Command(NamedTuple):
    """What is run; `terminal` tells that the editor takes the terminal until it is closed."""

    words: tuple[str, ...]
    terminal: bool


def command(environ: Mapping[str, str], file: Path, line: int) -> Command:
    """The command of `$VISUAL`, else `$EDITOR`, for this file and line. ValueError with a sentence where there is none."""
    written = (environ.get("VISUAL") or environ.get("EDITOR") or "").strip()
    if not written:
        raise ValueError(NONE)
    try:
        words = shlex.split(written)
    except ValueError as error:
        raise ValueError(f"The editor `{written}` cannot be understood: {error}.") from error
    name = PurePath(words[0].replace("\\", "/")).name.removesuffix(".exe").casefold()
    path = str(file.absolute())
    if name in _GOTO:
        words += ["--goto", f"{path}:{line}"]
    elif name in _COLON:
        words.append(f"{path}:{line}")
    elif name in _PLUS:
        words += [f"+{line}", path]
    elif name == "kate":
        words += ["--line", str(line), path]
    else:
        words.append(path)  # an editor that nobody has told about: the file at least
    return Command(tuple(words), name not in _WINDOWS)


def find(place: Place, folders: Sequence[Path]) -> Path:
    """The file of a place, in the story's folder or a pack's. ValueError with a sentence where it is not there."""
    parts = PurePath(place.file).parts
    for folder in folders:
        for first in range(len(parts)):
            file = folder.joinpath(*parts[first:])
            if file.is_file():
                return file
    file = Path(place.file)
    if file.is_file():
        return file
    raise ValueError(f"The file of {place} is not there any more.")


def run(given: Command) -> None:
    """Runs the editor; one that takes the terminal until it is closed. ValueError with a sentence where it cannot be run."""
    if shutil.which(given.words[0]) is None:
        raise ValueError(f"There is no editor `{given.words[0]}` here. Name another one in VISUAL or EDITOR.")
    try:
        if given.terminal:
            subprocess.run(given.words, check=False)
        else:
            quiet = subprocess.DEVNULL
            subprocess.Popen(given.words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise ValueError(f"The editor `{given.words[0]}` could not be run: {error.strerror or error}.") from error

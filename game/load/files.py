"""The files of a story folder: found in a fixed order, read within limits, whatever stands in their way reported."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.engine.source import At
from game.load.folders import reason, whole, yaml_files
from game.load.nodes import CONTROL, Mapping, Node, TextFile, build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from game.load.diagnostics import Faults


MAX_BYTES = 1_000_000

ANYTHING = "*"
"""Among the lost names of a file: nothing is known of it, so every name may stand in it."""
DECLARATIONS = ("variables", "people", "places", "papers", "rules", "snippets", "endings", "roles")


@dataclass(frozen=True, slots=True)
class Page:
    """One YAML file. `path` is relative to its folder; `kind` is story, pack, style, codex, scenes or one of DECLARATIONS.

    `root` is None where the file is empty or could not be read; then `lost` holds the names that seem to stand in it.
    """

    kind: str
    path: str
    file: TextFile
    root: Node | None
    lost: frozenset[str] = frozenset()


def files_of(folder: Path, faults: Faults) -> list[str]:
    """The paths of the folder's YAML files."""
    return yaml_files(folder, folder.as_posix(), faults)


def read_files(folder: Path, paths: Iterable[str], faults: Faults) -> Iterator[Page]:
    """These YAML files of the folder. Never raises for what it finds there.

    Each is read when it is asked for: nodes take much room, so a large story's are not to be there all at once.
    """
    shown = folder.as_posix()
    for path in paths:
        yield _read(folder / path, path, f"{shown}/{path}", faults)


def _read(full: Path, path: str, name: str, faults: Faults) -> Page:
    kind = kind_of(path)
    text = _text(full, name, faults)
    if text is None:
        return Page(kind, path, TextFile(name, ()), None, frozenset([ANYTHING]))
    file = TextFile(name, tuple(text.splitlines()))
    control = CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start())
        column = control.start() - (text.rfind("\n", 0, control.start()) + 1)
        message = f"the file holds a character that cannot be printed (U+{ord(control.group()):04X})"
        faults.add("control-character", file.at(line, column, line, column + 1), message, "take it away")
        return Page(kind, path, file, None, _names(file.lines))
    before = len(faults)
    root = build(text, file, faults)
    lost = _names(file.lines) if root is None and len(faults) > before else frozenset()
    if root is not None and not isinstance(root, Mapping):
        faults.add("wrong-type", root.at, "a file holds names, each with a colon and what belongs to it", "begin it with `name:`")
        root, lost = None, frozenset([ANYTHING])
    return Page(kind, path, file, root, lost)


def kind_of(path: str) -> str:
    """What a file of this path holds: declarations by their fixed names, `codex/*` cards, everything else scenes."""
    *folders, name = path.split("/")
    stem = name.removesuffix(".yaml")
    if stem in ("story", "pack", "style") or stem in DECLARATIONS:
        return stem
    return "codex" if "codex" in folders or stem == "codex" else "scenes"


def _text(full: Path, name: str, faults: Faults) -> str | None:
    try:
        status = os.stat(full)
        if not stat.S_ISREG(status.st_mode):
            faults.add("unreadable-file", whole(name), "this is not a file that can be read")
            return None
        with open(full, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        faults.add("unreadable-file", whole(name), f"this file cannot be read: {reason(error)}")
        return None
    if len(data) > MAX_BYTES:
        faults.add(
            "file-too-large", whole(name), "this file is larger than 1 MB", "divide it: every *.yaml below the folder is read"
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8", "replace")) + 1
        message = f"this is not UTF-8 (byte {data[error.start]:02X})"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            message = "this file is UTF-16, not UTF-8"
        faults.add("bad-encoding", At(name, line, column, line, column + 1), message, "save the file as UTF-8")
        return None


def _names(lines: tuple[str, ...]) -> frozenset[str]:
    """The names at the left edge of a file that cannot be read, so that they do not count as unknown elsewhere."""
    found = (line.partition(":")[0].strip() for line in lines if line[:1].isidentifier() and ":" in line)
    return frozenset(name for name in found if name.isidentifier())

"""Which files a story folder has, in a fixed order. Needs no YAML, so that a kept story can be recognised without it."""

from __future__ import annotations

import os
from pathlib import Path

from game.engine.source import At
from game.load.diagnostics import Faults


def every_file(folder: Path, packs: tuple[Path, ...] = ()) -> list[Path]:
    """All YAML files of a story and its packs; what cannot be entered is passed over."""
    return [one / path for one in (folder, *packs) for path in yaml_files(one, "", Faults())]


def yaml_files(folder: Path, shown: str, faults: Faults) -> list[str]:
    """The paths of all `*.yaml` below the folder, relative to it, sorted. `shown` is how the folder is called in findings."""
    paths: list[str] = []
    waiting = [("", frozenset([os.path.realpath(folder)]))]
    while waiting:
        inside, above = waiting.pop()
        try:
            with os.scandir(folder / inside) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            faults.add("unreadable-file", whole(f"{shown}/{inside}".rstrip("/")), f"this folder cannot be read: {reason(error)}")
            continue
        for entry in found:
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                real = os.path.realpath(folder / path)
                if real in above:
                    message = "this link leads to a folder that it stands in"
                    faults.add("link-loop", whole(f"{shown}/{path}"), message, "take the link away")
                else:
                    waiting.append((path, above | {real}))
            elif path.endswith(".yaml"):
                paths.append(path)
            elif path.endswith((".yml", ".YAML", ".YML")):
                message = "this file is not read: only *.yaml is"
                faults.add("ignored-file", whole(f"{shown}/{path}"), message, f"call it {Path(path).stem}.yaml")
    return sorted(paths)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def whole(name: str) -> At:
    """A file or folder as a whole."""
    return At(name, 0, 0, 0, 0)


def reason(error: OSError) -> str:
    """What the system says, as a part of a sentence."""
    return (error.strerror or str(error)).lower()

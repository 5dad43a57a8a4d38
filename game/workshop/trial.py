"""A story loaded as it would be with other texts in its files, before any of them is written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from game.load import Loaded, load_story
from game.load.diagnostics import Faults
from game.load.folders import yaml_files

if TYPE_CHECKING:
    from collections.abc import Sequence


def load_with(folder: Path, packs: Sequence[Path], contents: dict[str, bytes]) -> Loaded:
    """The story with these contents in place of what stands in files of these names, or beside them where there is none.

    Names are as the loader shows them: the folder as it was given, and the path below it. Places in what is returned are those
    of a copy that is gone.
    """
    with tempfile.TemporaryDirectory(prefix="kuzbass-") as copy:
        copied = [_copied(one, Path(copy) / str(number), contents) for number, one in enumerate((folder, *packs))]
        return load_story(copied[0], copied[1:])


def _copied(folder: Path, copy: Path, contents: dict[str, bytes]) -> Path:
    root = f"{folder.as_posix()}/"
    names = {f"{root}{path}" for path in yaml_files(folder, folder.as_posix(), Faults())} if folder.is_dir() else set()
    for name in names | {name for name in contents if name.startswith(root)}:
        target = copy / name.removeprefix(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents[name] if name in contents else Path(name).read_bytes())
    return copy

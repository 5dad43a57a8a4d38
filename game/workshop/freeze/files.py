"""Several files replaced together: each at once, and all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_all(contents: dict[Path, bytes]) -> None:
    """Writes every content beside its file first, then puts them in place. Where it raises, every file is as it was."""
    files = {Path(os.path.realpath(path)): content for path, content in contents.items()}  # a link stays a link
    before = {path: path.read_bytes() for path in files}
    beside: dict[Path, str] = {}
    done: list[Path] = []
    try:
        for path, content in files.items():
            beside[path] = _beside(path, content)
        for path, name in beside.items():
            os.replace(name, path)
            done.append(path)
    except BaseException:  # an interruption too
        for path in done:
            with suppress(OSError):
                os.replace(_beside(path, before[path]), path)
        raise
    finally:
        for name in beside.values():
            Path(name).unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> str:
    """A file with this content and the other's permissions, in the same folder; hidden, so that no story reads it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".freeze-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        shutil.copymode(path, name)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return name

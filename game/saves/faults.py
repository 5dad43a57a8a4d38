"""What can go wrong with a life on disk, each as a sentence that says what to do."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class SaveFault(Exception):
    """A life could not be read or written. `str(fault)` is a sentence for the player."""


class LifeBusy(SaveFault):
    """Another process (or another window of this one) is playing this life."""


def busy(path: Path) -> LifeBusy:
    return LifeBusy(
        f"The life `{path.stem}` is being played elsewhere. Close it there, or make a copy of it and play the copy. "
        "Nothing was changed."
    )


def told(error: OSError, path: Path, doing: str) -> SaveFault:
    """The operating system's refusal as a sentence. `doing` completes "could not be …": "written", "read"."""
    name = path.name or str(path)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return SaveFault(
                f"The disk is full: {name} could not be {doing}. Make room and choose again; everything up to here is saved."
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return SaveFault(
                f"{path} could not be {doing}: there is no right to. Change the rights of the folder {path.parent}, "
                "or name another folder in KUZBASS_SAVES."
            )
        case errno.ENOENT:
            return SaveFault(f"{path} could not be {doing}: it is not there.")
        case errno.EISDIR | errno.ENOTDIR | errno.EEXIST:
            return SaveFault(f"{path} could not be {doing}: something else stands there.")
        case _:
            return SaveFault(f"{path} could not be {doing}: {error.strerror or error}.")

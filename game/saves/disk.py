"""The file of a life: locked, only ever grown, and on disk before a call returns."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from game.saves.faults import SaveFault, busy, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 64_000_000
"""Bytes of a file that are read at most."""

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_BINARY = getattr(os, "O_BINARY", 0)

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 0x7FFF0000  # far behind the end: a lock on Windows also keeps others from reading what it covers

    def _lock(fd: int) -> None:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def read(path: Path) -> bytes:
    """All of a life's file. Raises SaveFault."""
    try:
        return _read(path)
    except OSError as error:
        raise told(error, path, "read") from error


def _read(path: Path) -> bytes:
    info = os.stat(path)
    if not stat.S_ISREG(info.st_mode):
        raise SaveFault(f"{path} is no file of a life.")
    if info.st_size > LARGEST:
        raise SaveFault(f"{path} is too large to be a life ({info.st_size // 1_000_000} MB).")
    return path.read_bytes()


class Held:
    """A life's file that this process holds alone, for as long as it is open; the lock goes when the process does."""

    def __init__(self, path: Path) -> None:
        """Raises LifeBusy where another holds it, SaveFault where it cannot be opened."""
        self.path = path
        try:
            self._fd = os.open(path, os.O_RDWR | _BINARY)
        except OSError as error:
            raise told(error, path, "opened") from error
        try:
            _lock(self._fd)
            if not os.path.samestat(os.fstat(self._fd), os.stat(path)):
                raise BlockingIOError(errno.EAGAIN, "renamed or repaired in this moment")
            self._end = os.fstat(self._fd).st_size
        except OSError as error:
            os.close(self._fd)
            raise (busy(path) if error.errno in _TAKEN else told(error, path, "locked")) from error

    @property
    def size(self) -> int:
        return self._end

    def cut(self, size: int) -> None:
        """Drops what stands behind `size` bytes: the torn end of a line that was never finished."""
        try:
            os.ftruncate(self._fd, size)
            os.fsync(self._fd)
        except OSError as error:
            raise told(error, self.path, "written") from error
        self._end = size

    def overwrite(self, old: bytes, new: bytes) -> None:
        """Puts `new`, of the same length, in the place of `old` at the beginning of the file, if that is what stands there."""
        try:
            os.lseek(self._fd, 0, os.SEEK_SET)
            if len(old) != len(new) or os.read(self._fd, len(old)) != old:
                raise OSError(errno.EIO, "the file is not as it was read")
            os.lseek(self._fd, 0, os.SEEK_SET)
            os.write(self._fd, new)  # one write of less than a block: it is there whole or not at all
            os.fsync(self._fd)
        except OSError as error:
            raise told(error, self.path, "written") from error

    def append(self, data: bytes) -> None:
        """Writes at the end, on disk when this returns. On SaveFault (a full disk) the file is as it was."""
        try:
            os.lseek(self._fd, self._end, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._fd, rest) :]
            os.fsync(self._fd)
        except OSError as error:
            with suppress(OSError):  # what stands there half-written is told from whole lines by its checksum
                os.ftruncate(self._fd, self._end)
            raise told(error, self.path, "written") from error
        self._end += len(data)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


@contextmanager
def held(path: Path) -> Iterator[Held]:
    """The file, held for a while: for what must not be done to a life that is being played."""
    file = Held(path)
    if sys.platform == "win32":
        file.close()  # there, no open file can be moved or replaced
    try:
        yield file
    finally:
        file.close()


def make(path: Path, data: bytes) -> None:
    """A new file with this content: there whole or not at all. Raises FileExistsError, or SaveFault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise told(error, path.parent, "made") from error
    try:
        _put(path, data)
    except FileExistsError:
        raise
    except OSError as error:
        raise told(error, path, "written") from error


def replace(path: Path, data: bytes) -> None:
    """The file with new content, the old or the new at every moment."""
    try:
        part = _part(path, data)
        os.replace(part, path)
        sync_folder(path.parent)
    except OSError as error:
        raise told(error, path, "written") from error


def move(path: Path, new: Path) -> None:
    """A new name for a file, never over another one: FileExistsError. Raises SaveFault."""
    try:
        _link(path, new)
        sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise told(error, path, "renamed") from error


def sync_folder(folder: Path) -> None:
    """A file's name is on disk only when its folder is. Windows knows no such call, and needs none."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _put(path: Path, data: bytes) -> None:
    if path.exists():
        raise FileExistsError(path)
    _link(_part(path, data), path)
    sync_folder(path.parent)


def _part(path: Path, data: bytes) -> Path:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def _link(path: Path, new: Path) -> None:
    """`os.rename` would overwrite, so the new name is linked first; not every file system can."""
    try:
        os.link(path, new)
    except FileExistsError:
        path.unlink() if path.name.endswith(".part") else None
        raise
    except (OSError, NotImplementedError, AttributeError):
        if new.exists():
            raise FileExistsError(new) from None
        os.rename(path, new)
    else:
        path.unlink()

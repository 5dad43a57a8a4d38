"""Stories kept ready on disk: an index and one file a scene, so that play begins without reading YAML.

What is kept is plain JSON, read as data and linked to the engine's own steps: a file that somebody changed can at worst hold
wrong data. A kept story is used only if every source file still has its stamp (size and time), or else its content; if the
engine and the Python that wrote it are the same; and if what is read back is whole. Anything else is a miss: the story is read.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import __version__
from game.engine.story import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Data = dict[str, Any]
_GRACE = 86_400


class Cache:
    """The kept story of one folder and its packs, below `root`."""

    def __init__(self, root: Path, folder: Path, packs: Sequence[Path], files: Callable[[], Iterable[Path]]) -> None:
        name = "\n".join(str(path.resolve()) for path in (folder, *packs))
        self.folder = root / f"{folder.name or 'story'}-{_digest(name.encode())}"
        self.files = files

    def read(self) -> Story | None:
        """The kept story, or None where there is none that is fresh and whole."""
        try:
            head = _load(self.folder / "index.json")
            if head["writer"] != _writer() or not self._fresh(head["sources"]):
                return None
            scenes: dict[str, list[str]] = head["scenes"]

            def fetch(scene: str) -> Data:
                name, digest = scenes[scene]
                return _load(self.folder / name, digest)

            story = Story(head["index"], fetch, self._forget)
            return story if story.scenes.keys() == scenes.keys() else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            return None

    def write(self, index: Data, programs: dict[str, Data]) -> None:
        """Keeps a story. A folder that cannot be written is no fault: the next start is only slower."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            scenes = {}
            for number, (scene, program) in enumerate(sorted(programs.items())):
                text = json.dumps(program, ensure_ascii=False, separators=(",", ":")).encode()
                scenes[scene] = [f"{number}-{_digest(text)}.json", _digest(text)]
                _replace(self.folder / scenes[scene][0], text)
            sources = {str(path): _stamp(path) for path in self.files()}
            head = {"writer": _writer(), "sources": sources, "scenes": scenes, "index": index}
            _replace(self.folder / "index.json", _sealed(head))
            self._prune({name for name, _ in scenes.values()} | {"index.json"})
        except (OSError, ValueError):
            return

    def _forget(self) -> None:
        (self.folder / "index.json").unlink(missing_ok=True)

    def _prune(self, kept: set[str]) -> None:
        """Removes what no index names any more; a game that is still running may read its scenes for a day."""
        for path in self.folder.iterdir():
            if path.name not in kept and time.time() - path.stat().st_mtime > _GRACE:
                path.unlink(missing_ok=True)

    def _fresh(self, sources: dict[str, list[Any]]) -> bool:
        present = {str(path): path for path in self.files()}
        if present.keys() != sources.keys():
            return False
        for name, path in present.items():
            size, changed, digest = sources[name]
            info = path.stat()
            if info.st_size != size:
                return False
            if info.st_mtime_ns != changed and _digest(path.read_bytes()) != digest:
                return False
        return True


def _writer() -> str:
    """What a kept story depends on besides its sources: this engine and loader, to the file, and this Python."""
    package = Path(__file__).parent.parent
    files = sorted(path for part in ("engine", "load") for path in (package / part).glob("*.py"))
    stamps = "\n".join(f"{path.name} {info.st_size} {info.st_mtime_ns}" for path in files for info in (path.stat(),))
    return f"{__version__} {sys.version_info[0]}.{sys.version_info[1]} {_digest(stamps.encode())}"


def _stamp(path: Path) -> list[Any]:
    info = path.stat()
    return [info.st_size, info.st_mtime_ns, _digest(path.read_bytes())]


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def _sealed(head: Data) -> bytes:
    """The index behind its own digest: a line of its own, so that a torn or altered file is seen."""
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return _digest(text).encode() + b"\n" + text


def _load(path: Path, digest: str = "") -> Data:
    content = path.read_bytes()
    if not digest:
        seal, _, content = content.partition(b"\n")
        digest = seal.decode("ascii", "replace")
    if _digest(content) != digest:
        raise ValueError(f"{path} is not what was written")
    data: Data = json.loads(content)
    return data


def _replace(path: Path, content: bytes) -> None:
    """Writes beside and renames, so that nobody reads half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

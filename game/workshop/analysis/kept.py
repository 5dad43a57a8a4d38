"""What the analyses said, kept beside the stories that are kept ready: the same words need not be proved twice."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from game import __version__
from game.engine.source import At
from game.load.diagnostics import Diagnostic
from game.workshop.analysis import analyse

if TYPE_CHECKING:
    from game.load import Loaded

_DAY = 86_400


def analysed(loaded: Loaded, cache: Path) -> tuple[Diagnostic, ...]:
    """`analyse(loaded)`, or what it gave for the same files, read by the same code. A folder that cannot be used is no fault."""
    path = cache / f"findings-{_fingerprint(loaded)}.json"
    with suppress(OSError, ValueError, TypeError, KeyError):
        return tuple(
            Diagnostic(**{**row, "at": At(*row["at"]), "notes": tuple(row["notes"])}) for row in json.loads(path.read_bytes())
        )
    found = analyse(loaded)
    rows = [{name: getattr(one, name) for name in Diagnostic.__slots__} for one in found]
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob("findings-*.json"):
            if time.time() - old.stat().st_mtime > _DAY:
                old.unlink(missing_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        beside.replace(path)
    return found


def _fingerprint(loaded: Loaded) -> str:
    """Of every line of the story under the name it is shown by, and of every file of the code that judges it."""
    digest = blake2b(f"{__version__} {sys.version_info[:2]}".encode(), digest_size=16)
    package = Path(__file__).parents[2]
    for part in ("engine", "load", "workshop/analysis"):
        for file in sorted((package / part).glob("*.py")):
            info = file.stat()
            digest.update(f"{file.name} {info.st_size} {info.st_mtime_ns}\n".encode())
    for name, lines in loaded.sources.items():
        digest.update(f"\n{name}\n".encode())
        digest.update("\n".join(lines).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()

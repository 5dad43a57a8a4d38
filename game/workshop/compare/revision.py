"""A folder as git has it at a revision, written out beside. Nothing is checked out and nothing in the repository is touched."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path, PurePosixPath

from game.options import Unable

_SETTINGS = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
"""Git asks nothing, fetches nothing and writes nothing."""


def commit_of(revision: str, folder: Path) -> str:
    """The commit that a revision means in the repository that the folder stands in; empty where there is none."""
    if not folder.is_dir():
        return ""
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return "" if found is None else found.decode("ascii", "replace").strip()


def written_out(commit: str, folder: Path, to: Path) -> Path:
    """The folder as it was at a commit, as a new folder inside `to`. Raises Unable where it was not there then."""
    prefix = _git(folder, "rev-parse", "--show-prefix")
    top = _git(folder, "rev-parse", "--show-toplevel")
    if prefix is None or top is None:
        raise Unable(f"`{folder}` does not stand in a git repository.")
    inside = PurePosixPath(os.fsdecode(prefix).rstrip("\n"))
    archive = _git(Path(os.fsdecode(top).rstrip("\n")), "archive", "--format=tar", commit, "--", f"{inside}")
    if archive is None:
        raise Unable(f"The folder `{folder}` was not there at {commit[:10]}.")
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        for member in packed:
            path = PurePosixPath(member.name)
            if member.isfile() and not path.is_absolute() and ".." not in path.parts:  # links and the like are left out
                target = to / path
                target.parent.mkdir(parents=True, exist_ok=True)
                content = packed.extractfile(member)
                target.write_bytes(content.read() if content is not None else b"")
    return to / inside


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints, or None where it refuses or is not installed."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False, env={**os.environ, **_SETTINGS}
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None

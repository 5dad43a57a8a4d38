"""The files of a story under its author's hands: looked at again and again, and read anew when one was saved.

Looking compares stamps (size, time, file number), as a system's own notices of changes do not reach network drives, and as the
line-mode client has to ask at its prompt in any case. An editor that writes a new file and renames it gives another file number,
so that no save is missed; a file that is just being written, or gone for the moment between two names, gets time to settle.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from game.load import Loaded, load_story
from game.load.diagnostics import in_order
from game.load.folders import every_file
from game.workshop.check import near

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAUSE = 0.4
"""Seconds between two looks, at the least."""
SHARE = 40
"""A look may take one part in so many of the time: what is slow to look at is looked at less often."""
LONGEST = 5.0
SETTLED = 0.06
"""Seconds for which no stamp may change before the files are read."""
PATIENCE = 2.0
"""Seconds after which they are read all the same."""

Stamps = dict["Path", tuple[int, int, int]]


class FolderWatcher:
    """The folder of a story, and those of the packs laid over it. Not to be used by two threads at once."""

    def __init__(self, folder: Path, packs: Sequence[Path] = ()) -> None:
        self.folder = near(folder)
        self.packs = tuple(near(pack) for pack in packs)
        self.pause = PAUSE
        self._seen: Stamps = {}
        self._read: Loaded | None = None

    def read(self) -> Loaded:
        """The story as its files are now. What is saved while they are read is seen by the next look."""
        self._seen = self._stamps()
        loaded = load_story(self.folder, self.packs)
        self._read = loaded if loaded.story is not None else None
        return loaded

    def look(self) -> Loaded | None:
        """The story read anew, where a file was saved, came or went since it was last read; else None.

        The look after a reading gives that story once more, with the findings of the analyses: they take longer than reading
        does, and nobody should wait for them to see a page.
        """
        began = time.perf_counter()
        now = self._stamps()
        self.pause = min(max(PAUSE, SHARE * (time.perf_counter() - began)), LONGEST)
        if now == self._seen or self._settled(now) == self._seen:
            return self._analysed()
        return self.read()

    def _analysed(self) -> Loaded | None:
        loaded, self._read = self._read, None
        if loaded is None:
            return None
        from game.workshop.analysis import analyse

        return replace(loaded, diagnostics=in_order((*loaded.diagnostics, *analyse(loaded))))

    def _settled(self, stamps: Stamps) -> Stamps:
        """The stamps once they stand still: a file that is saved in several steps is read when it is whole."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(SETTLED)
            before, stamps = stamps, self._stamps()
            if stamps == before:
                break
        return stamps

    def _stamps(self) -> Stamps:
        stamps = {}
        for path in every_file(self.folder, self.packs):
            try:
                info = os.stat(path)
            except OSError:  # gone since the folder was listed, or a link that leads nowhere
                stamps[path] = (0, 0, 0)
            else:
                stamps[path] = (info.st_mtime_ns, info.st_size, info.st_ino)
        return stamps

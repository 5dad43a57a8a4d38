"""The terminal below Textual: a size where it names none, and noticing when it is gone, so that no game lives on unplayed."""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HOME = (24, 80)
"""Lines and columns."""
GRACE = 1.2
"""Seconds for an orderly end; after them the process ends at once. Every choice is on the disk before its page is shown."""


def give_size() -> None:
    """The size is what the terminal says it is, and not what the environment says of the terminal around it, or of none.

    A terminal that calls itself 0 by 0 (a pseudo-terminal that nobody has sized) is taken for 80 by 24, and told so: Textual asks
    two libraries, which guess differently, and would lay the screen out for one and for the other without end.
    """
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    for name in ("LINES", "COLUMNS"):
        os.environ.pop(name, None)
    with suppress(ImportError, AttributeError):  # Windows has none of this, and needs none
        import termios

        with suppress(termios.error, OSError):
            if 0 in termios.tcgetwinsize(sys.__stdin__.fileno()):
                termios.tcsetwinsize(sys.__stdin__.fileno(), HOME)


def watch(gone: Callable[[], object]) -> None:
    """Calls `gone` from a thread of its own when the other end of standard input is closed, and sees to the end after it."""
    if hasattr(select, "poll") and sys.__stdin__ is not None:
        threading.Thread(target=_wait, args=(sys.__stdin__.fileno(), gone), name="presence", daemon=True).start()


def end_soon() -> None:
    """Ends the process after the grace, whatever it is waiting for by then."""
    threading.Thread(target=_end, name="end", daemon=True).start()


def _wait(file: int, gone: Callable[[], object]) -> None:
    poll = select.poll()
    poll.register(file, 0)  # hang-up and error are always told, and nothing else wakes this thread
    while True:
        found = poll.poll()
        if any(event & (select.POLLHUP | select.POLLERR) for _, event in found):
            gone()
            _end()
        time.sleep(0.5)


def _end() -> None:
    time.sleep(GRACE)
    os._exit(0)

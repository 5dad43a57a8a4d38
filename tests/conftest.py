"""What every test can rely on, however the tests are run."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    # In the background of a script Ctrl-C is ignored, which children inherit: the games that are to be interrupted would not be.
    # What is heeded, if only to do nothing, they do not.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: None)

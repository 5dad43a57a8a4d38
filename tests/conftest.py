"""What every test can rely on, however the tests are run."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    # A script's background and `nohup` have Ctrl-C and a hang-up ignored, which children inherit: games that are to be ended so
    # would live on. What is heeded, if only to do nothing, they do not inherit.
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)

"""Waiting for another process: until something holds, or the test has failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LONGEST_S = 60.0
LOOK_EVERY_S = 0.02


def wait_until(holds: Callable[[], bool]) -> None:
    """Return as soon as `holds` does; fail when it never does."""
    deadline = time.monotonic() + LONGEST_S
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(LOOK_EVERY_S)

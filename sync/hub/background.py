"""What the hub does now and then beside answering: one thread for each, ended in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from pos.domain.errors import OutcomeOfCommitUnknown
from sync.hub.trust.authentication import DATABASE_AWAY

Rest = Callable[[float], object]  # leaves seconds to others, and returns at once at the end
Work = Callable[[Rest], object]

log = logging.getLogger("sync.hub")


class Background:
    """A thread that works every `every_s` seconds; when that fails it tries again later."""

    def __init__(self, name: str, work: Work, *, every_s: float) -> None:
        self._name = name
        self._work = work
        self._every_s = every_s
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End; what is under way is finished first."""
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ends.wait(self._every_s):
            try:
                self._work(self._ends.wait)
            except (*DATABASE_AWAY, OutcomeOfCommitUnknown) as error:
                reason = type(error).__name__
                log.warning("database away", extra={"work": self._name, "reason": reason})
            except Exception:
                # A thread that ended would stop all of this work until somebody notices.
                log.exception("work failed", extra={"work": self._name})

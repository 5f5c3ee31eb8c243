"""A hub in this process, for commands that only need one to talk to."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from pos.system import SystemClock
from sync.hub.app import create_app
from sync.hub.database import open_database
from tests.sync.serving import serving


class NearHub:
    """Answers over HTTP from `start` to `stop`; does nothing beside answering."""

    def __init__(self, db_url: str) -> None:
        self._db_url = db_url
        self._running = ExitStack()
        self.url = ""

    def start(self) -> None:
        """Open the database and answer."""
        database = open_database(self._db_url)
        self._running.callback(database.close)
        cache = self._running.enter_context(tempfile.TemporaryDirectory(prefix="mostrador-hub-"))
        app = create_app(database, clock=SystemClock(), cache_folder=Path(cache))
        self.url = self._running.enter_context(serving(app))

    def stop(self) -> None:
        """End; harmless when it did not begin."""
        self._running.close()

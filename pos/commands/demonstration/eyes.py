"""What the demonstration waits for: facts in the till's database, and a screen at rest."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageChops

from pos.domain.sale import Sale
from pos.domain.ticket import Ticket
from pos.domain.till_session import TillSession
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.keys import load_key
from pos.store.sales import StoredSales
from pos.store.sessions import StoredSessions
from pos.store.statements import Statements
from pos.store.tickets import StoredTickets

POLL_S = 0.02
DEADLINE_S = 15.0
STILL_PIXELS = 400  # a caret and the minute on the clock may differ

Found = TypeVar("Found")


class NotSeen(AssertionError):
    """What should have happened did not; the text says what was there instead."""


class Books:
    """The till's database, only read."""

    def __init__(self, data: Path) -> None:
        folder = DataFolder(data)
        self._engine = make_engine(folder.database, key=load_key(folder), read_only=True)

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def ticket(self) -> Ticket | None:
        """Return the ticket at the counter."""
        return self._read(lambda sql: StoredTickets(sql).current())

    def parked(self) -> tuple[Ticket, ...]:
        """Return the parked tickets."""
        return self._read(lambda sql: StoredTickets(sql).parked())

    def session(self) -> TillSession | None:
        """Return the open shift."""
        return self._read(lambda sql: StoredSessions(sql).current())

    def last_sale(self) -> Sale | None:
        """Return the latest sale."""
        sales = self._read(lambda sql: StoredSales(sql).recent(1))
        return sales[0] if sales else None

    def sales(self) -> tuple[int, int]:
        """Return how many sales there are and their total in minor units."""
        query = "SELECT count(*), coalesce(sum(total), 0) FROM sale"
        count, total = self._read(lambda sql: sql.rows(query))[0]
        return int(count), int(total)

    def facts(self, kind: str) -> int:
        """Return how many facts of a kind the journal holds."""
        query = "SELECT count(*) FROM journal WHERE kind = ?"
        return int(self._read(lambda sql: sql.rows(query, (kind,)))[0][0])

    def print_jobs(self) -> dict[str, int]:
        """Return how many print jobs are in each state."""
        query = "SELECT state, count(*) FROM print_job GROUP BY state"
        return dict(self._read(lambda sql: sql.rows(query)))

    def waiting(self) -> int:
        """Return how many facts the hub has not acknowledged."""
        query = "SELECT count(*) FROM outbox WHERE state <> 'acknowledged'"
        return int(self._read(lambda sql: sql.rows(query))[0][0])

    def _read(self, act: Callable[[Statements], Found]) -> Found:
        with transaction(self._engine) as connection:
            return act(Statements(connection))


def wait_until(
    what: str,
    seen: Callable[[], bool],
    *,
    deadline_s: float = DEADLINE_S,
    instead: Callable[[], object] = lambda: "",
) -> None:
    """Wait for something.

    Raises:
        NotSeen: It did not happen in time.
    """
    deadline = time.monotonic() + deadline_s
    while not seen():
        if time.monotonic() > deadline:
            raise NotSeen(f"{what}: not within {deadline_s:.0f} s; {instead()}")
        time.sleep(POLL_S)


def still_picture(grab: Callable[[], Image.Image], *, deadline_s: float = 3.0) -> Image.Image:
    """Return the picture of a screen that has come to rest (or the last one of a restless one)."""
    deadline = time.monotonic() + deadline_s
    before = grab()
    while time.monotonic() < deadline:
        time.sleep(4 * POLL_S)
        now = grab()
        if _changed_pixels(before, now) <= STILL_PIXELS:
            return now
        before = now
    return before


def _changed_pixels(before: Image.Image, after: Image.Image) -> int:
    grey = ImageChops.difference(before, after).convert("L")
    return grey.width * grey.height - grey.histogram()[0]

"""What the demonstration waits for: facts in the till's database, and a screen at rest."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from PIL import Image, ImageChops

from pos.domain.collection import Order
from pos.domain.customer_glance import GlancedPurchase
from pos.domain.desk import DeskItem, in_order
from pos.domain.exchange_draft import ExchangeDraft
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.shop_ticket import ShopTicket
from pos.domain.standing import NoticeName
from pos.domain.ticket import Ticket
from pos.domain.till_session import SessionFigures, TillSession
from pos.store.customers import StoredCustomers
from pos.store.data_folder import DataFolder
from pos.store.desk_items import StoredDesk
from pos.store.engine import make_engine, transaction
from pos.store.exchanges import StoredExchanges
from pos.store.keys import load_key
from pos.store.notices import StoredStanding
from pos.store.orders import StoredOrders
from pos.store.returns import StoredReturns
from pos.store.sales import StoredSales
from pos.store.sessions import StoredSessions
from pos.store.shop_tickets import StoredShopTickets
from pos.store.statements import Statements
from pos.store.tickets import StoredTickets

POLL_S = 0.02
DEADLINE_S = 15.0
AGENT_S = 60.0
REST_S = 0.4
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

    def last_return(self) -> Return | None:
        """Return the latest return."""
        returns = self._read(lambda sql: StoredReturns(sql).recent(1))
        return returns[0] if returns else None

    def came_back(self) -> ExchangeDraft | None:
        """Return the goods that came back and pay for the ticket at the counter."""
        waiting = self._read(lambda sql: StoredExchanges(sql).waiting())
        return waiting[0] if waiting else None

    def sales(self) -> tuple[int, int]:
        """Return how many sales there are and their total in minor units."""
        query = "SELECT count(*), coalesce(sum(total), 0) FROM sale"
        count, total = self._read(lambda sql: sql.rows(query))[0]
        return int(count), int(total)

    def facts(self, kind: str) -> int:
        """Return how many facts of a kind the journal holds."""
        query = "SELECT count(*) FROM journal WHERE kind = ?"
        return int(self._read(lambda sql: sql.rows(query, (kind,)))[0][0])

    @contextmanager
    def expecting(self, kind: str, *, deadline_s: float = DEADLINE_S) -> Iterator[None]:
        """Do something, and wait until it left a fact of that kind."""
        before = self.facts(kind)
        yield
        wait_until(kind, lambda: self.facts(kind) > before, deadline_s=deadline_s)

    def figures(self, session_id: str) -> SessionFigures:
        """Return what happened in a shift."""
        return self._read(lambda sql: StoredSessions(sql).figures(session_id))

    def last_fact(self, kind: str) -> dict[str, Any]:
        """Return what the latest fact of a kind says, and when it happened (`at_ms`, UTC)."""
        query = (
            "SELECT body_json, occurred_at_ms FROM journal WHERE kind = ?"
            " ORDER BY entry DESC LIMIT 1"
        )
        rows = self._read(lambda sql: sql.rows(query, (kind,)))
        return {**json.loads(rows[0][0]), "at_ms": int(rows[0][1])} if rows else {}

    def shop_tickets(self) -> tuple[ShopTicket, ...]:
        """Return the tickets that other tills parked, as the hub told."""
        return self._read(lambda sql: StoredShopTickets(sql).waiting())

    def desk(self) -> tuple[DeskItem, ...]:
        """Return what the hub told of the conflict desk, in the order of the page."""
        return in_order(self._read(lambda sql: StoredDesk(sql).all()))

    def order(self, order_id: str) -> Order | None:
        """Return an order to collect as the till knows it."""
        return self._read(lambda sql: StoredOrders(sql, "").get(order_id))

    def purchases(self, customer_id: str) -> tuple[GlancedPurchase, ...]:
        """Return what the hub told of a customer's purchases, the latest first."""
        told = self._read(lambda sql: StoredCustomers(sql).glance(customer_id))
        return told.purchases if told else ()

    def notices(self) -> set[NoticeName]:
        """Return what is said of this till itself."""
        return {each.name for each in self._read(lambda sql: StoredStanding(sql).notices())}

    def totals(self) -> dict[str, int]:
        """Return the total of every sale in minor units, by its id."""
        rows = self._read(lambda sql: sql.rows("SELECT sale_id, total FROM sale"))
        return {str(sale): int(total) for sale, total in rows}

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


class AgentEar:
    """Listens to what the agent tells the till about the link."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def __enter__(self) -> AgentEar:
        """Wait until the agent is there; the window starts it once it is shown.

        Raises:
            NotSeen: It is not there within a minute.
        """
        wait_until("the agent listens", self._is_heard, deadline_s=AGENT_S)
        return self

    def _is_heard(self) -> bool:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(DEADLINE_S)
        try:
            self._socket.connect(self._path)
        except OSError:
            self._socket.close()
            return False
        return True

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def wait_for(self, state: str, *, deadline_s: float) -> None:
        """Wait until the agent says that the link is in `state`.

        Raises:
            NotSeen: It did not within `deadline_s`.
        """
        deadline, last = time.monotonic() + deadline_s, ""
        with self._socket.makefile("rb") as lines:
            while time.monotonic() < deadline:
                message = self._next(lines)
                last = str(message.get("state", last))
                if last == state:
                    return
        raise NotSeen(f"the link is {last}, not {state}, for {deadline_s:.0f} s")

    @staticmethod
    def _next(lines: BinaryIO) -> dict[str, Any]:
        try:
            line = lines.readline()
        except OSError as error:
            raise NotSeen(f"the agent: {error}") from error
        if not line:
            raise NotSeen("the agent hung up")
        message: dict[str, Any] = json.loads(line)
        return message


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


def still_picture(grab: Callable[[], Image.Image], *, deadline_s: float = 5.0) -> Image.Image:
    """Return the picture of a screen that has come to rest (or the last one of a restless one)."""
    deadline = time.monotonic() + deadline_s
    before, still_since = grab(), time.monotonic()
    while time.monotonic() < min(deadline, still_since + REST_S):
        time.sleep(4 * POLL_S)
        now = grab()
        if _changed_pixels(before, now) > STILL_PIXELS:
            still_since = time.monotonic()
        before = now
    return before


def _changed_pixels(before: Image.Image, after: Image.Image) -> int:
    grey = ImageChops.difference(before, after).convert("L")
    return grey.width * grey.height - grey.histogram()[0]

"""Tills of a shop that park tickets and go on with each other's, as facts at the hub."""

from __future__ import annotations

import itertools
from typing import Any

from pos.domain.journal import FactKind, Json
from pos.domain.ticket import Ticket, TicketState
from pos.domain.ticket_content import ticket_content
from sync.connectors.builtin import BuiltinConnector
from sync.hub.counter import claims
from sync.hub.counter.parked import parked_page
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest, ClaimState, ReleaseRequest
from sync.wire.v1.push import PushRequest
from tests.builders import basket
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of

_ids = itertools.count(1)


class ParkingTill:
    """A till whose facts the test writes; `push` brings what is new to the hub."""

    def __init__(self, database: HubDatabase, till: str) -> None:
        enrolled(database, till)
        self.database, self.till = database, till
        self.journal = TillJournal(till)
        self._sent = 0
        self._parked_at_ms: dict[str, int] = {}
        self.now_ms = T0

    def park(self, basket_id: str, *, content: Any = ..., label: str = "La del perro") -> int:
        """Park a ticket of three lines; return what it costs in cents."""
        made = basket(3, basket_id=basket_id)
        ticket = Ticket(made, TicketState.PARKED, label=label)
        fact = self.journal.append(
            FactKind.BASKET_PARKED,
            {
                "basket_id": basket_id,
                "total": made.totals.total.minor,
                "lines": 3,
                "staff_id": "ana",
                "label": label,
                "currency": "EUR",
                "content": ticket_content(ticket) if content is ... else content,
            },
        )
        self._parked_at_ms[basket_id] = fact.occurred_at_ms
        return made.totals.total.minor

    def resume(self, basket_id: str, *, source: str = "", fence: int = 0) -> None:
        """Go on with a ticket, under its own id or another; as it was parked last, if known."""
        source = source or basket_id
        self.journal.append(
            FactKind.BASKET_RESUMED,
            {
                "basket_id": basket_id,
                "total": 3_06,
                "lines": 3,
                "staff_id": "ana",
                "from_basket": source,
                "fence": fence,
                "parked_at_ms": self._parked_at_ms.get(source) or self._told(source),
            },
        )

    def _told(self, basket_id: str) -> int:
        """Return when a ticket was parked, as the hub says; 0 when it does not know it."""
        with self.database.reading() as connection:
            items = parked_page(connection, "FUEN", 0, 500, T0).items
        return next((item.parked_at_ms for item in items if item.basket_id == basket_id), 0)

    def begin_epoch(self, epoch: int) -> None:
        """Go on with numbers of a later epoch; what was not pushed stays behind."""
        self.journal, self._sent = TillJournal(self.till, epoch), 0

    def cancel(self, basket_id: str) -> None:
        body: dict[str, Json] = {
            "basket_id": basket_id,
            "total": 0,
            "lines": 0,
            "staff_id": "ana",
            "reason": "",
        }
        self.journal.append(FactKind.BASKET_CANCELLED, body)

    def join(self, database: HubDatabase) -> None:
        """Be enrolled at a hub that knows nothing of what was pushed before."""
        enrolled(database, self.till)
        self.database, self._sent = database, 0

    def push(self, *, again: bool = False) -> set[str]:
        """Bring the hub what it has not heard yet, or everything; return how it was taken."""
        fresh = self.journal.facts if again else self.journal.facts[self._sent :]
        request = PushRequest.model_validate(push_of(fresh))
        answer = receive(self.database, BuiltinConnector(), self.till, request, now_ms=self.now_ms)
        self._sent = len(self.journal.facts)
        outcomes = {result.outcome.value for result in answer.results}
        assert again or outcomes == {"applied"}
        return outcomes

    def claim(self, basket_id: str, *, op_id: str = "", takes_over: bool = False) -> ClaimAnswer:
        """Ask the hub to go on with a ticket."""
        request = ClaimRequest(
            op_id=op_id or f"{self.till}-op-{next(_ids)}",
            kind=ClaimKind.PARKED_TICKET,
            key=basket_id,
            takes_over=takes_over,
        )
        with self.database.transaction() as connection:
            answer = claims.ask(
                connection,
                till=self.till,
                shop=self.till.rpartition("-")[0],
                request=request,
                now_ms=self.now_ms,
            )
        if answer.state is ClaimState.GRANTED:
            self._parked_at_ms[basket_id] = self._told(basket_id)
        return answer

    def release(self, basket_id: str, fence: int) -> bool:
        request = ReleaseRequest(kind=ClaimKind.PARKED_TICKET, key=basket_id, fence=fence)
        with self.database.transaction() as connection:
            return claims.release(
                connection, till=self.till, request=request, now_ms=self.now_ms
            ).was_held


def told(database: HubDatabase) -> dict[str, tuple[str, str]]:
    """Return state and taker of each ticket as the tills of the shop are told."""
    with database.reading() as connection:
        page = parked_page(connection, "FUEN", 0, 500, T0)
    return {item.basket_id: (item.state.value, item.resumed_by) for item in page.items}


def desk_items(database: HubDatabase) -> list[Any]:
    """Return what lies on the shop's desk."""
    from sync.hub.publishing.feeds import desk_page

    with database.reading() as connection:
        return list(desk_page(connection, "FUEN", 0, 500, T0).items)

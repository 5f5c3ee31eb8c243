"""Tills that sell and take back, as facts at the hub."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from pos.domain.collection import Order, OrderState, PaymentState
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.refund import RefundState
from pos.domain.return_content import return_body
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase_content import read_ledger
from pos.domain.returns import Return
from sync.connectors.builtin import BuiltinConnector
from sync.hub.conflicts.watch import watch_once
from sync.hub.counter import claims
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.hub.orders import book
from sync.hub.returns import ledgers
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest
from sync.wire.v1.push import PushAnswer, PushRequest
from tests.return_builders import return_document, return_lines
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of
from tests.sync.hub.orders.kit import line, place

MUG = "8410000000016"
_ids = itertools.count(1)


class ReturnTill:
    """A till whose facts the test writes; `push` brings what is new to the hub."""

    def __init__(self, database: HubDatabase, till: str = "FUEN-1", epoch: int = 1) -> None:
        enrolled(database, till)
        self.database, self.till = database, till
        self.shop, _, self.number = till.rpartition("-")
        self.session = f"shift-{till}"
        self.journal = TillJournal(till, epoch)
        self.journal.open_session(self.session)
        self.now_ms = T0
        self._sent = 0
        self._returns = 0

    def sell(self, *prices: int, pieces: int = 1, push: bool = True, **body: Any) -> str:
        """Sell mugs, a line for each price of all its pieces in cents; return the sale's id."""
        lines = [(MUG, price) for price in prices or (10_00,)]
        fact = self.journal.sell(lines, shop=self.shop, session_id=self.session, **body)
        if pieces != 1:
            changed = {**fact.body, "lines": _with_pieces(fact.body["lines"], pieces)}
            self.journal.facts.pop()
            fact = self.journal.append(FactKind.SALE_COMPLETED, changed)
        if push:
            self.push()
        return str(fact.body["sale_id"])

    def document(self, ledger: Ledger, *parts: tuple[int, int], **changes: Any) -> Return:
        """Return the document of a return of (line, thousandths) of a purchase, paid in cash."""
        self._returns += 1
        lines = return_lines(ledger, *parts or ((1, 1000),), **changes.pop("lines", {}))
        fields: dict[str, Any] = {
            "number": ReceiptNumber(f"D{self.number}", self._returns),
            "shop": self.shop,
            "till": self.till,
            "session_id": self.session,
            "completed_at_ms": T0 + 60_000 + self._returns,
        }
        return return_document(ledger, lines, **{**fields, **changes})

    def take_back(
        self, ledger: Ledger, *parts: tuple[int, int], push: bool = True, **changes: Any
    ) -> Return:
        """Record a return, and tell the hub unless it is not to be told yet."""
        document = self.document(ledger, *parts, **changes)
        self.journal.append(FactKind.RETURN_COMPLETED, return_body(document))
        if push:
            self.push()
        return document

    def resolve(self, document: Return, state: RefundState, push: bool = True) -> None:
        """Tell what became of the first refund of a return."""
        body = {
            "return_id": document.return_id,
            "refund_id": document.refunds[0].refund_id,
            "state": state.value,
            "reference": "",
            "detail": "",
        }
        self.journal.append(FactKind.REFUND_RESOLVED, body)
        if push:
            self.push()

    def push(self, *, again: bool = False) -> PushAnswer:
        """Bring the hub what it has not heard yet, or everything."""
        fresh = self.journal.facts if again else self.journal.facts[self._sent :]
        request = PushRequest.model_validate(push_of(fresh))
        answer = receive(self.database, BuiltinConnector(), self.till, request, now_ms=self.now_ms)
        self._sent = len(self.journal.facts)
        return answer

    def claim(self, reference: str, *, takes_over: bool = False) -> ClaimAnswer:
        """Ask the hub to take back from a purchase."""
        request = ClaimRequest(
            op_id=f"{self.till}-op-{next(_ids)}",
            kind=ClaimKind.PURCHASE,
            key=reference,
            takes_over=takes_over,
        )
        with self.database.transaction() as connection:
            return claims.ask(
                connection, till=self.till, shop=self.shop, request=request, now_ms=self.now_ms
            )


def outcomes(answer: PushAnswer) -> set[tuple[str, str]]:
    """Return how facts were taken, with the code."""
    return {(each.outcome.value, each.code) for each in answer.results}


def ledger_at(database: HubDatabase, reference: str) -> Ledger:
    """Return a purchase as the hub has it; it must know it."""
    with database.reading() as connection:
        ledger = ledgers.ledger_for(connection, reference)
    assert ledger is not None
    return ledger


def told(answer: ClaimAnswer) -> Ledger:
    """Return the ledger in the answer to a claim."""
    return read_ledger(answer.content)


def unseen(ledger: Ledger) -> Ledger:
    """Return a purchase as a till knows it that heard of no return."""
    return replace(ledger, returns=())


def watch(database: HubDatabase, now_ms: int = T0) -> int:
    """Let the hub look for what a person must see; return how many items it opened."""
    return watch_once(database, now_ms)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def _with_pieces(lines: Any, pieces: int) -> list[Any]:
    return [{**line, "quantity": pieces * 1000} for line in lines]


def collected(
    database: HubDatabase,
    op_id: str = "op-1",
    *,
    pieces: int = 1,
    prepaid: bool = True,
    **over: Any,
) -> Order:
    """Return an order of bottles of oil at 7.95 that was collected, paid on the web or here."""
    order = place(database, op_id, prepaid=prepaid, lines=[line(pieces=pieces)])
    return collect(database, order, **over)


def collect(
    database: HubDatabase,
    order: Order,
    *,
    state: OrderState = OrderState.COLLECTED,
    payment: PaymentState = PaymentState.CAPTURED,
    sale_id: str = "",
) -> Order:
    """Let a customer have all of an order."""
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        lines = tuple(
            replace(one, picked=one.quantity, delivered=one.quantity) for one in order.lines
        )
        after = replace(known.order, state=state, payment=payment, lines=lines, closed_at_ms=T0)
        book.save(connection, known, after)
        body = {"order_id": order.order_id, "sale_id": sale_id, "serials": []}
        happened = book.Happened(f"{order.order_id}-over", T0, "FUEN-1", "ana")
        book.note(connection, order.order_id, "order.handed_over", happened, body)
        return after

"""Sets the tables of a till up from its facts, one fact after the other.

Not in facts, and so not brought back: the ticket at the counter unless a card was asked for it,
how far a print job got, e-mails that wait, wrong PINs counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pos.domain.card_payment import AttemptState, CardAttempt
from pos.domain.collection_events import FACTS as ORDER_FACTS
from pos.domain.exchange_draft import read_exchange
from pos.domain.handover import HandoverDraft
from pos.domain.journal import ChainHead, Fact, FactKind
from pos.domain.money import Money
from pos.domain.printing import PrintJob, PrintKind, PrintState
from pos.domain.refund import RefundState
from pos.domain.reissue import read_reissue
from pos.domain.return_content import read_return
from pos.domain.ticket import TicketState
from pos.domain.till_session import (
    CashCount,
    CashMovement,
    MovementKind,
    SessionReport,
    TillSession,
)
from pos.store.cards import StoredCards
from pos.store.exchanges import StoredExchanges
from pos.store.facts import put_fact
from pos.store.handovers import StoredHandovers
from pos.store.order_json import handover_of
from pos.store.orders import StoredOrders, with_facts
from pos.store.prints import StoredPrints
from pos.store.rebuild_sales import sale_of
from pos.store.rebuild_tickets import RebuiltTickets
from pos.store.returns import StoredReturns
from pos.store.sales import StoredSales
from pos.store.sessions import StoredSessions
from pos.store.statements import Statements

_REACHED = (
    "INSERT INTO number_series (series, last) VALUES (?, ?)"
    " ON CONFLICT (series) DO UPDATE SET last = max(last, excluded.last)"
)
_EPOCH = "UPDATE till_identity SET epoch = max(epoch, ?)"
_NAMES = "SELECT staff_id, name FROM staff"

_MOVEMENTS = {
    FactKind.CASH_PAID_IN: MovementKind.PAID_IN,
    FactKind.CASH_PAID_OUT: MovementKind.PAID_OUT,
    FactKind.CASH_DROPPED: MovementKind.DROP,
}
_OF_NO_SHIFT = frozenset({FactKind.EPOCH_BEGUN})


class Rebuilder:
    """Takes facts in, in the order of their chain, within one transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql
        self._sales = StoredSales(sql)
        self._returns = StoredReturns(sql)
        self._sessions = StoredSessions(sql)
        self._cards = StoredCards(sql)
        self._prints = StoredPrints(sql)
        self._tickets = RebuiltTickets(sql)
        self._handovers = StoredHandovers(sql)
        self._exchanges = StoredExchanges(sql)
        self._names: dict[str, str] = dict(sql.rows(_NAMES))
        self._acts: dict[FactKind, Callable[[Fact, dict[str, Any]], None]] = {
            FactKind.SESSION_OPENED: self._session_opened,
            FactKind.SESSION_COUNTED: self._session_counted,
            FactKind.SESSION_CLOSED: self._session_closed,
            FactKind.X_REPORT_TAKEN: self._x_report,
            FactKind.SALE_COMPLETED: self._sale,
            FactKind.RETURN_COMPLETED: self._return,
            FactKind.REFUND_RESOLVED: self._refund_resolved,
            FactKind.REFUND_ISSUED: self._refund_issued,
            FactKind.CARD_REQUESTED: self._card_requested,
            FactKind.CARD_RESOLVED: self._card_resolved,
            FactKind.RECEIPT_PRINTED: self._receipt,
            FactKind.RECEIPT_REPRINTED: self._receipt,
            FactKind.BASKET_PARKED: self._basket_parked,
            FactKind.BASKET_RESUMED: self._tickets.resumed,
            FactKind.BASKET_CANCELLED: self._basket_cancelled,
            FactKind.EPOCH_BEGUN: self._epoch_begun,
            **dict.fromkeys(_MOVEMENTS, self._movement),
            **dict.fromkeys(ORDER_FACTS, self._order),
        }

    def take(self, fact: Fact, *, state: str = "acknowledged") -> None:
        """Put a fact into the journal and its effects into the tables.

        Args:
            state: What the outbox says of it.

        Raises:
            LookupError, TypeError, ValueError: The body is not one of its kind.
        """
        body: dict[str, Any] = fact.body
        put_fact(self._sql, fact, session_id=self._session_of(fact, body), state=state)
        act = self._acts.get(fact.kind)
        if act is not None:
            act(fact, body)

    def _session_of(self, fact: Fact, body: dict[str, Any]) -> str | None:
        """Return the shift a fact belongs to: what it says, else the one that was open."""
        if fact.kind in _OF_NO_SHIFT:
            return None
        said = body.get("session_id")
        if isinstance(said, str):
            return said
        current = self._sessions.current()
        return current.session_id if current else None

    # -- shifts

    def _session_opened(self, fact: Fact, body: dict[str, Any]) -> None:
        self._sessions.save(
            TillSession(
                session_id=body["session_id"],
                number=body["number"],
                business_day=body["business_day"],
                opened_at_ms=fact.occurred_at_ms,
                opened_by=body["staff_id"],
                opening_float=CashCount(body["currency"], dict(body["float"])),
            )
        )

    def _session_counted(self, _: Fact, body: dict[str, Any]) -> None:
        session = self._session(body)
        count = CashCount(session.opening_float.currency, dict(body["count"]))
        self._sessions.save(replace(session, counts=(*session.counts, count)))

    def _session_closed(self, fact: Fact, body: dict[str, Any]) -> None:
        closed = replace(self._session(body), closed_at_ms=fact.occurred_at_ms)
        series, _, sequence = body["z_number"].rpartition("-")
        self._sql.run(_REACHED, (series, int(sequence)))
        head = ChainHead(fact.seq - 1, fact.prev_hash)
        report = self._report(fact, body, closed, body["z_number"], head)
        self._sessions.save(closed)
        self._sessions.save_report(report)

    def _x_report(self, fact: Fact, body: dict[str, Any]) -> None:
        head = ChainHead(fact.seq, fact.hash)
        self._sessions.save_report(self._report(fact, body, self._session(body), "X", head))

    def _report(
        self, fact: Fact, body: dict[str, Any], session: TillSession, number: str, head: ChainHead
    ) -> SessionReport:
        total = self._sessions.grand_total_minor()
        return SessionReport(
            session=session,
            number=number,
            figures=self._sessions.figures(session.session_id),
            taken_at_ms=fact.occurred_at_ms,
            staff_name=body.get("staff_name") or self._name(body["staff_id"]),
            grand_total=Money(total, session.opening_float.currency),
            chain_seq=head.seq,
            chain_head=head.hash,
            grand_total_returns=self._sessions.grand_total_returns_minor(),
        )

    def _session(self, body: dict[str, Any]) -> TillSession:
        session = self._sessions.get(body["session_id"])
        if session is None:
            raise LookupError(f"session {body['session_id']}")
        return session

    def _business(self, body: dict[str, Any]) -> None:
        """A count made before something was sold or moved is no count any more."""
        session = self._session(body)
        if session.counts:
            self._sessions.save(replace(session, counts=()))

    def _movement(self, fact: Fact, body: dict[str, Any]) -> None:
        self._business(body)
        self._sessions.add_movement(
            CashMovement(
                movement_id=body["movement_id"],
                session_id=body["session_id"],
                kind=_MOVEMENTS[fact.kind],
                amount=Money(body["amount"], body["currency"]),
                reason=body["reason"],
                staff_id=body["staff_id"],
                at_ms=fact.occurred_at_ms,
            )
        )

    # -- sales and cards

    def _sale(self, fact: Fact, body: dict[str, Any]) -> None:
        sale = sale_of(fact, self._names)
        self._business(body)
        self._sales.add(sale)
        self._sql.run(_REACHED, (sale.number.series, sale.number.sequence))
        self._tickets.remove(sale.sale_id, TicketState.RECORDED)
        self._exchanges.remove(sale.sale_id)

    def _return(self, _: Fact, body: dict[str, Any]) -> None:
        document = read_return(body)
        self._business(body)
        self._returns.add(document)
        self._sql.run(_REACHED, (document.number.series, document.number.sequence))

    def _refund_resolved(self, _: Fact, body: dict[str, Any]) -> None:
        state = RefundState(body["state"])
        self._returns.save_refund(body["return_id"], body["refund_id"], state, body["reference"])

    def _refund_issued(self, _: Fact, body: dict[str, Any]) -> None:
        reissue = read_reissue(body)
        self._business(body)
        self._returns.reissues.add(reissue)

    def _card_requested(self, fact: Fact, body: dict[str, Any]) -> None:
        self._cards.save(
            CardAttempt(
                attempt_id=body["attempt_id"],
                basket_id=body["basket_id"],
                amount=Money(body["amount"], body["currency"]),
                state=AttemptState.REQUESTED,
                requested_at_ms=fact.occurred_at_ms,
            )
        )
        self._tickets.being_paid(fact, body)
        if (said := body.get("handover")) is not None:
            event, at_ms = handover_of(said), fact.occurred_at_ms
            self._handovers.save(HandoverDraft.carried_by(event, body["basket_id"], at_ms))
        self._exchange_carried(body)

    def _exchange_carried(self, body: dict[str, Any]) -> None:
        """Put goods that came back beside their ticket; without it they are the customer's."""
        basket_id, said = body["basket_id"], body.get("exchange")
        self._exchanges.remove(basket_id)
        if said is None or not self._tickets.knows(basket_id):
            return
        draft = read_exchange(said)
        if draft.basket_id != basket_id:
            raise ValueError(f"an exchange of {draft.basket_id} in a fact of {basket_id}")
        self._exchanges.save(draft)

    def _basket_parked(self, fact: Fact, body: dict[str, Any]) -> None:
        self._tickets.parked(fact, body)
        # None waits with goods that came back: they were taken off it after its card was asked.
        self._exchanges.remove(body["basket_id"])

    def _basket_cancelled(self, fact: Fact, body: dict[str, Any]) -> None:
        self._tickets.cancelled(fact, body)
        self._exchanges.remove(body["basket_id"])
        draft = self._handovers.of_basket(body["basket_id"])
        if draft is not None:  # still on the counter, its ticket is not
            self._handovers.save(replace(draft, basket_id="", carried=None))

    def _card_resolved(self, _: Fact, body: dict[str, Any]) -> None:
        attempt = self._cards.get(body["attempt_id"])
        if attempt is None:
            raise LookupError(f"card attempt {body['attempt_id']}")
        settled = replace(
            attempt,
            state=AttemptState(body["state"]),
            authorisation=body["authorisation"],
            is_verified=body["verified"],
        )
        self._cards.save(settled)
        if settled.state is AttemptState.APPROVED:
            self._tickets.charged(settled)

    # -- the rest

    def _receipt(self, fact: Fact, body: dict[str, Any]) -> None:
        """A receipt that was sent to the printer counts as printed: again only as a duplicate."""
        job = PrintJob(
            body["job_id"],
            PrintKind(body["kind"]),
            body["subject_id"],
            PrintState.CONFIRMED,
            fact.occurred_at_ms,
        )
        self._prints.save(job)

    def _order(self, fact: Fact, body: dict[str, Any]) -> None:
        """Do it again to the order as the copy had it; the hub tells it anew afterwards."""
        orders = StoredOrders(self._sql, fact.till)
        order = orders.get(body["order_id"])
        if order is not None:
            orders.save(with_facts(order, [fact], fact.till))
        if fact.kind is FactKind.ORDER_HANDED_OVER:
            self._handovers.remove(body["order_id"])

    def _epoch_begun(self, fact: Fact, _: dict[str, Any]) -> None:
        self._sql.run(_EPOCH, (fact.epoch,))

    def _name(self, staff_id: str) -> str:
        return self._names.get(staff_id, staff_id)

"""Taking a handover back at the counter within minutes, by a fact that compensates it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.collection import Order
from pos.domain.collection_events import HandoverUndone
from pos.domain.collection_rules import TAKES
from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.journal import Body, FactKind
from pos.domain.pickup_policy import MINUTE_MS
from pos.domain.staff import Act, Approval, Capability
from pos.services.orders import NoSuchOrder, happen
from pos.services.ports import Records
from pos.services.workstation import SignOn


class WhyNot(Enum):
    """Why a handover cannot be taken back here."""

    NOT_HANDED_OVER = "not_handed_over"
    NOT_HERE = "not_here"  # another till handed it over
    TOO_LATE = "too_late"
    SOLD = "sold"  # it was paid here: money and goods come back as a return, together
    TAKEN_BACK = "taken_back"  # something of it came back already, as a return
    REFUND_ASKED = "refund_asked"  # money for what stayed behind is on its way back


class CannotUndo(Exception):
    """The handover stays; `why` says why."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Undoable:
    """A handover that can be taken back until `until_ms` (UTC, Unix ms)."""

    order: Order
    handover: str
    until_ms: int


def undoable(sign_on: SignOn, order_id: str) -> Undoable:
    """Return the handover of an order that may be taken back here.

    Raises:
        NoSuchOrder: It is not known here.
        CannotUndo: It may not.
    """
    with sign_on.station.store.reading() as records:
        return _undoable(sign_on, records, order_id)


def undo(
    sign_on: SignOn, order_id: str, *, reason: str, approval: Approval | None = None
) -> Order:
    """Take a handover back: the goods are on the shelf again as if they had never left.

    A handover that was paid at this till stays: the sale has its number and its tax, and is
    given back by a return, never by forgetting it.

    Raises:
        NoSuchOrder: It is not known here.
        CannotUndo: It may not be taken back.
        NotAllowed: An override is needed and missing.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    said = checked_text(reason, MAX_REASON_LENGTH)
    with sign_on.station.store.transaction() as records:
        found = _undoable(sign_on, records, order_id)
        detail: dict[str, str | int] = {"order_id": order_id, "number": found.order.number}
        allowed = sign_on.authorise(records, Act(Capability.UNDO_HANDOVER), approval, detail)
        event = HandoverUndone(
            order_id, sign_on.operator.staff_id, found.handover, said, allowed or ""
        )
        return happen(sign_on, records, event)


def _undoable(sign_on: SignOn, records: Records, order_id: str) -> Undoable:
    station = sign_on.station
    order = records.orders.get(order_id)
    if order is None:
        raise NoSuchOrder(order_id)
    if order.state not in TAKES[HandoverUndone]:
        raise CannotUndo(WhyNot.NOT_HANDED_OVER)
    op_id = records.orders.handover_op(order_id)
    if not op_id or order.closed_at_till != station.till:
        raise CannotUndo(WhyNot.NOT_HERE)
    until_ms = order.closed_at_ms + station.pickups.undo_minutes * MINUTE_MS
    if not order.closed_at_ms <= station.clock.now_ms() <= until_ms:
        raise CannotUndo(WhyNot.TOO_LATE)
    body = _body(records, order, op_id)
    if body["sale_id"] and not order.is_prepaid:
        raise CannotUndo(WhyNot.SOLD)
    if body["refund"]:
        raise CannotUndo(WhyNot.REFUND_ASKED)
    if records.returns.of_purchase(order_id):
        raise CannotUndo(WhyNot.TAKEN_BACK)
    return Undoable(order, op_id, until_ms)


def _body(records: Records, order: Order, op_id: str) -> Body:
    """Return what the handover's fact says."""
    facts = records.orders.events(FactKind.ORDER_HANDED_OVER, since_ms=order.closed_at_ms)
    found = next((fact.body for fact in facts if fact.op_id == op_id), None)
    if found is None:
        raise CannotUndo(WhyNot.NOT_HERE)
    return found

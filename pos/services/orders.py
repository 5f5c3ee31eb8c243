"""What every act on a customer's order shares: apply, keep, journal, in one transaction."""

from __future__ import annotations

from pos.domain.collection import Order
from pos.domain.collection_events import Event, event_body, kind_of
from pos.domain.collection_rules import applied
from pos.services.ports import Records
from pos.services.workstation import SignOn


class NoSuchOrder(Exception):
    """This till knows no order of that id."""


def happen(sign_on: SignOn, records: Records, event: Event, *, op_id: str = "") -> Order:
    """Record that something happened to an order, and return what it is now.

    Raises:
        NoSuchOrder: It is not known here.
        Contradiction: It cannot be true of the order as it is known here.
    """
    order = records.orders.get(event.order_id)
    if order is None:
        raise NoSuchOrder(event.order_id)
    now_ms = sign_on.station.clock.now_ms()
    changed = applied(order, event, at_ms=now_ms, till=sign_on.station.till)
    records.orders.save(changed)
    sign_on.record(records, kind_of(event), event_body(event), at_ms=now_ms, op_id=op_id)
    return changed

"""The end of a handover: one fact, with the sale that paid for it or alone."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import EntryMethod
from pos.domain.collection import Order
from pos.domain.collection_events import OrderHandedOver, event_body, kind_of
from pos.domain.collection_rules import Contradiction
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import signature_of
from pos.domain.sale import Sale
from pos.services.orders import happen
from pos.services.ports import Records
from pos.services.workstation import SignOn


def hand_over_with(sign_on: SignOn, records: Records, sale: Sale) -> None:
    """Hand over the order that a sale pays for, in the sale's own transaction; none is none.

    The money is taken by now. Should the order have been cancelled or moved since its lines
    came onto the ticket, the fact is recorded all the same: it happened, and the hub lays what
    contradicts itself on the desk.
    """
    draft = records.handovers.of_basket(sale.sale_id)
    if draft is None:
        return
    order = _order(records, draft)
    paid = sum(line.net.minor for line in sale.lines if _is_of_order(line.entry_method))
    event = replace(told(sign_on, records, order, draft, sale_id=sale.sale_id), balance=paid)
    try:
        happen(sign_on, records, event)
    except Contradiction:
        sign_on.record(
            records, kind_of(event), event_body(event), at_ms=sign_on.station.clock.now_ms()
        )
    records.handovers.remove(draft.order_id)


def told(
    sign_on: SignOn, records: Records, order: Order, draft: HandoverDraft, *, sale_id: str = ""
) -> OrderHandedOver:
    """Return the fact that a handover becomes.

    Raises:
        ValueError: Nobody said who collects.
    """
    if draft.identity is None:
        raise ValueError(f"nobody said who collects {order.number}")
    return draft.as_event(
        order,
        staff_id=sign_on.operator.staff_id,
        identity=draft.identity,
        mirrored_at_ms=records.orders.mirrored_at_ms(),
        sale_id=sale_id,
        signature=signature_of(draft.strokes),
    )


def _order(records: Records, draft: HandoverDraft) -> Order:
    order = records.orders.get(draft.order_id)
    if order is None:
        raise ValueError(f"no order {draft.order_id} for its handover")
    return order


def _is_of_order(entry_method: str) -> bool:
    return entry_method == EntryMethod.ORDER.value

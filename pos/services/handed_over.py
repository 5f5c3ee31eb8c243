"""The end of a handover: one fact, with the sale that paid for it or alone."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import EntryMethod
from pos.domain.collection import Order
from pos.domain.collection_events import OrderHandedOver, event_body, kind_of
from pos.domain.collection_rules import Contradiction
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import signature_of
from pos.domain.journal import Json
from pos.domain.sale import Sale
from pos.services.orders import NoSuchOrder, happen
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
    paid = sum(line.net.minor for line in sale.lines if _is_of_order(line.entry_method))
    event = draft.carried or told(sign_on, records, _order(records, draft), draft)
    staff_id = sign_on.operator.staff_id
    event = replace(event, sale_id=sale.sale_id, balance=paid, staff_id=staff_id)
    try:
        happen(sign_on, records, event)
    except (Contradiction, NoSuchOrder):  # a till that was restored may not know it any more
        sign_on.record(
            records, kind_of(event), event_body(event), at_ms=sign_on.station.clock.now_ms()
        )
    records.handovers.remove(draft.order_id)


def carried(sign_on: SignOn, records: Records, basket_id: str) -> dict[str, Json]:
    """Return what a card's request says of the handover that its ticket pays, if it pays one.

    Should this till be lost while the card is charged, the order must not stay on its shelf
    for the next who asks: the handover comes back with the ticket.
    """
    draft = records.handovers.of_basket(basket_id)
    if draft is None:
        return {}
    event = draft.carried or told(sign_on, records, _order(records, draft), draft)
    return {"handover": event_body(event)}


def told(sign_on: SignOn, records: Records, order: Order, draft: HandoverDraft) -> OrderHandedOver:
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
        signature=signature_of(draft.strokes),
    )


def _order(records: Records, draft: HandoverDraft) -> Order:
    order = records.orders.get(draft.order_id)
    if order is None:
        raise ValueError(f"no order {draft.order_id} for its handover")
    return order


def _is_of_order(entry_method: str) -> bool:
    return entry_method == EntryMethod.ORDER.value

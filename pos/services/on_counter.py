"""What every step of a handover shares: the draft on the disk, and whether it may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.collection import Order
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import Decision, Place, decide, obstacle_of
from pos.domain.staff import Act, Approved, Capability
from pos.services.orders import NoSuchOrder
from pos.services.ports import Records
from pos.services.workstation import SignOn

_CAPABILITIES = (Capability.HAND_OVER_WITHOUT_CODE, Capability.HAND_OVER_OFFLINE)


class BeingPaid(Exception):
    """Its ticket is being paid: go back from the payment to change anything."""


@dataclass(frozen=True, slots=True)
class OnCounter:
    """An order at the counter as it is on the disk, and whether it may go.

    `mirrored_at_ms` is when the hub last confirmed what is known here (UTC ms, 0: never).
    """

    order: Order
    draft: HandoverDraft
    decision: Decision
    mirrored_at_ms: int


def place_of(sign_on: SignOn, records: Records, draft: HandoverDraft) -> Place:
    """Return where and when a handover is asked about, and what is allowed."""
    station = sign_on.station
    able = {one for one in _CAPABILITIES if isinstance(sign_on.decide(Act(one)), Approved)}
    return Place(
        shop=station.shop,
        now_ms=station.clock.now_ms(),
        mirrored_at_ms=records.orders.mirrored_at_ms(),
        policy=station.pickups,
        allowed=frozenset(able | {one for one in _CAPABILITIES if one.value in draft.approved}),
    )


def seen(sign_on: SignOn, records: Records, order: Order, draft: HandoverDraft) -> OnCounter:
    """Return an order with its handover, and what stands in the way."""
    place = place_of(sign_on, records, draft)
    return OnCounter(order, draft, decide(order, draft, place), place.mirrored_at_ms)


def change(
    sign_on: SignOn, order_id: str, act: Callable[[Order, HandoverDraft], HandoverDraft]
) -> OnCounter:
    """Make the next draft of an order's handover and keep it.

    Raises:
        NoSuchOrder: It is not known here.
        BeingPaid: Its ticket is being paid.
    """
    with sign_on.station.store.transaction() as records:
        order = order_of(records, order_id)
        draft = draft_of(sign_on, records, order)
        check_not_paying(draft)
        return keep(sign_on, records, order, act(order, draft))


def keep(sign_on: SignOn, records: Records, order: Order, draft: HandoverDraft) -> OnCounter:
    """Keep a draft; of an order that cannot be handed over any more none is kept."""
    if obstacle_of(order, sign_on.station.shop) is None:
        records.handovers.save(draft)
    else:
        records.handovers.remove(order.order_id)
    return seen(sign_on, records, order, draft)


def order_of(records: Records, order_id: str) -> Order:
    """Return an order; raises NoSuchOrder when it is not known here."""
    order = records.orders.get(order_id)
    if order is None:
        raise NoSuchOrder(order_id)
    return order


def draft_of(sign_on: SignOn, records: Records, order: Order) -> HandoverDraft:
    """Return the handover of an order as it is kept, or one that begins now."""
    kept = records.handovers.get(order.order_id)
    return kept or HandoverDraft(order.order_id, sign_on.station.clock.now_ms())


def check_not_paying(draft: HandoverDraft) -> None:
    """Make sure that a handover may be changed.

    Raises:
        BeingPaid: Its ticket is being paid.
    """
    if draft.basket_id:
        raise BeingPaid(draft.basket_id)

"""Handing an order over at the counter: every step is kept, so that a kill loses none.

What is here begins and gives up; the steps between are in `handover_steps` and
`handover_identity`, the end is in `hand_over_payment`, taking it back in `undo_handover`. The
screen asks the hub for its claim and tells the answer to `claimed`, `told_gone` or `alone`.
"""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import IdentityMethod, Order
from pos.domain.collection_events import (
    CustomerArrived,
    Identity,
    RerouteAsked,
    event_body,
    kind_of,
)
from pos.domain.handover import HandoverDraft
from pos.domain.handover_rules import obstacle_of
from pos.domain.pickup_code import PickupCode
from pos.services.on_counter import (
    OnCounter,
    change,
    check_not_paying,
    draft_of,
    keep,
    order_of,
    seen,
)
from pos.services.orders import happen
from pos.services.ports import Records
from pos.services.workstation import SignOn


def begin(
    sign_on: SignOn, order_id: str, *, code: PickupCode | None = None, is_alone: bool = False
) -> OnCounter:
    """Begin a handover, or go on with the one that is kept, in one act.

    What cannot be handed over at all is told by the decision, and nothing is kept of it.

    Args:
        code: What the bearer showed, believed before (`handover_identity.order_of_code`).
        is_alone: The hub is known to be away.

    Raises:
        NoSuchOrder: It is not known here.
    """
    station = sign_on.station
    with station.store.reading() as records:
        order = order_of(records, order_id)
        kept = records.handovers.get(order_id)
        draft = _begun(kept or HandoverDraft(order_id, station.clock.now_ms()), order, code)
        if is_alone and not draft.basket_id:
            draft = replace(draft, is_isolated=not draft.fence)
        if draft == kept and obstacle_of(order, station.shop) is None:
            return seen(sign_on, records, order, kept)
    with station.store.transaction() as records:
        _forget_what_is_over(sign_on, records)
        return keep(sign_on, records, order, draft)


def _begun(draft: HandoverDraft, order: Order, code: PickupCode | None) -> HandoverDraft:
    if code is None or draft.basket_id:
        return draft
    return replace(draft, identity=Identity(IdentityMethod.SIGNED_CODE, order.customer_name))


def look(sign_on: SignOn, order_id: str) -> OnCounter:
    """Return an order and its handover as they are now; one without a draft has an empty one.

    Raises:
        NoSuchOrder: It is not known here.
    """
    with sign_on.station.store.reading() as records:
        order = order_of(records, order_id)
        kept = records.handovers.get(order_id)
        return seen(sign_on, records, order, kept or HandoverDraft(order_id, 0))


def waiting(sign_on: SignOn) -> tuple[OnCounter, ...]:
    """Return the handovers that were begun here and are not done, the oldest first."""
    with sign_on.station.store.reading() as records:
        pairs = (
            (draft, records.orders.get(draft.order_id)) for draft in records.handovers.current()
        )
        return tuple(seen(sign_on, records, order, draft) for draft, order in pairs if order)


def claimed(sign_on: SignOn, order_id: str, fence: int, told: Order | None = None) -> OnCounter:
    """Keep the hub's claim, and the order as the hub told it with it."""
    with sign_on.station.store.transaction() as records:
        if told is not None and told.order_id == order_id:
            records.orders.refresh(told)
        order = order_of(records, order_id)
        draft = replace(draft_of(sign_on, records, order), fence=fence, is_isolated=False)
        return keep(sign_on, records, order, draft)


def told_gone(sign_on: SignOn, order_id: str, told: Order) -> OnCounter:
    """Take over an order the hub says is finished, cancelled or elsewhere."""
    with sign_on.station.store.transaction() as records:
        records.orders.refresh(told)
        records.handovers.remove(order_id)
        order = records.orders.get(order_id) or told
        return seen(sign_on, records, order, HandoverDraft(order_id, 0))


def alone(sign_on: SignOn, order_id: str) -> OnCounter:
    """Go on without the hub: it did not answer."""
    return change(sign_on, order_id, lambda _, draft: replace(draft, is_isolated=not draft.fence))


def give_up(sign_on: SignOn, order_id: str) -> int:
    """Put the order back; return the claim's fence to be given back to the hub, 0 for none.

    Raises:
        BeingPaid: Its ticket is being paid.
    """
    with sign_on.station.store.transaction() as records:
        draft = records.handovers.get(order_id)
        if draft is None:
            return 0
        check_not_paying(draft)
        records.handovers.remove(order_id)
        return draft.fence


def arrived(sign_on: SignOn, order_id: str) -> Order:
    """Note that the customer waits at the counter for an order that is not ready yet.

    Raises:
        NoSuchOrder: It is not known here.
        Contradiction: It is finished.
    """
    with sign_on.station.store.transaction() as records:
        return happen(sign_on, records, CustomerArrived(order_id, sign_on.operator.staff_id))


def ask_to_move(sign_on: SignOn, order_id: str) -> None:
    """Ask the hub to move another shop's order here; the fact is all this till does about it."""
    station = sign_on.station
    event = RerouteAsked(order_id, sign_on.operator.staff_id, station.shop)
    with station.store.transaction() as records:
        sign_on.record(records, kind_of(event), event_body(event))


def _forget_what_is_over(sign_on: SignOn, records: Records) -> None:
    """Drop handovers that waited here while their orders went another way."""
    shop = sign_on.station.shop
    for draft in records.handovers.current():
        order = records.orders.get(draft.order_id)
        if not draft.basket_id and (order is None or obstacle_of(order, shop) is not None):
            records.handovers.remove(draft.order_id)

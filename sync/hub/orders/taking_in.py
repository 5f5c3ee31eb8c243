"""What tills say happened to an order, taken in at the hub with all that follows from it.

The order's own change is the rules' (`pos.domain.collection_rules`), the same as at the till.
Beside it: stock, reservations, leases, the claim, what a prepaid order owes, and the desk for
what cannot be true of the order as the hub knows it. It happened all the same: it is never
refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.collection import TO_BE_PICKED, Order, OrderState
from pos.domain.collection_events import (
    CustomerArrived,
    Event,
    HandoverUndone,
    LabelPrinted,
    LinePicked,
    LineShort,
    OrderHandedOver,
    OrderPicked,
    OrderRestocked,
    ParcelsReceived,
    PickingBegun,
    PickingLeft,
    RerouteAsked,
    SubstituteAnswered,
    event_body,
    kind_of,
)
from pos.domain.collection_rules import (
    CANCELLED_BEFORE,
    MOVED_BEFORE,
    NOT_NOW,
    TAKES,
    Contradiction,
)
from pos.domain.journal import FactKind
from sync.hub.counter import claims
from sync.hub.intake.effects import NotApplicable
from sync.hub.orders import book, cancelling, leases, order_desk, reserving
from sync.hub.orders.book import Happened, NoSuchOrder
from sync.hub.orders.goods_gone import delivered_by, gone_through, move
from sync.hub.orders.refunding import owe
from sync.hub.orders.told import Told
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables_orders import order_event
from sync.wire.v1.claims import ClaimKind
from sync.wire.v1.orders import EVENTS

WITHOUT_LEASE = "order.picked_without_lease"  # noted beside the picking: another fetched the line
NOTHING_THERE = "nothing_there"  # why an order was cancelled of which everything was short
UNDONE = "undone"  # the outcome of a handover that was taken back
PICKUP = ClaimKind.PICKUP.value
HANDED_OVER = FactKind.ORDER_HANDED_OVER.value

# A hub restored from an older copy may have granted more than it knows; a fence far above that
# is nobody's, and would leave no number for those who come after.
MAX_LOST_GRANTS = 1_000_000

# Along its way an order only goes on: what needs a later state than it has came too early.
_WAY = {
    OrderState.PLACED: 0, OrderState.IN_TRANSIT: 0, OrderState.PICKING: 1, OrderState.PICKED: 2,
    OrderState.RECEIVED: 2, OrderState.STAGED: 3, OrderState.READY: 4, OrderState.EXPIRED: 5,
    OrderState.COLLECTED: 6, OrderState.PARTLY_COLLECTED: 6, OrderState.CANCELLED: 7,
    OrderState.RESTOCKED: 7,
}  # fmt: skip
# Nothing moved by them: that they came too late is noted with the order, and bothers nobody.
_HARMLESS = (PickingBegun, PickingLeft, LabelPrinted, CustomerArrived)
# The goods went over the counter although the order was not there to be given.
_GOODS_LEFT = frozenset({CANCELLED_BEFORE, MOVED_BEFORE})
_MOVES_GOODS = (LinePicked, LineShort, OrderHandedOver, HandoverUndone)
_OWED_AS: Mapping[type[Event], str] = {
    LinePicked: "shortage",
    LineShort: "shortage",
    OrderPicked: "shortage",
    SubstituteAnswered: "substitute",
    OrderHandedOver: "left",
    HandoverUndone: "left",
    OrderRestocked: "expired",
}


def take_in(connection: Connection, event: Event, told: Told) -> str:
    """Do what a till's fact about an order means; the same fact is taken in once.

    Returns:
        "" or the code of the contradiction, which is on the desk then.

    Raises:
        NotApplicable: The hub does not know the order, or not yet what came before: it waits.
    """
    if _is_known(connection, told.op_id):
        return ""
    if isinstance(event, OrderHandedOver):
        _lock_claim(connection, event, told)
    if isinstance(event, HandoverUndone):
        handover = _handover(connection, event)
        if handover.outcome != book.APPLIED:
            return _undone_aside(connection, event, handover, told)
    try:
        shop = "" if _asks_for_itself(event, told) else told.shop
        before, after = book.happen(connection, event, _happened(event, told), shop=shop)
    except NoSuchOrder:
        raise NotApplicable(f"no order {event.order_id}") from None
    except Contradiction as error:
        return _contradicted(connection, event, told, error.code)
    _follow(connection, before, after, event, told)
    return ""


def _follow(connection: Connection, before: Order, after: Order, event: Event, told: Told) -> None:
    """Do what follows from an event that was applied."""
    if isinstance(event, _MOVES_GOODS):
        gone = gone_through(after)
        gone.subtract(gone_through(before))
        move(connection, told.shop, gone, op_id=told.op_id, now_ms=told.now_ms)
    reserving.settle(connection, after)
    if follow := _FOLLOWING.get(type(event)):
        follow(connection, before, event, told)
    if reason := _OWED_AS.get(type(event)):
        owe(connection, after.order_id, reason, told.now_ms)


def _contradicted(connection: Connection, event: Event, told: Told, code: str) -> str:
    """Bring what cannot be true of the order to the desk; it changes nothing of the order."""
    order = book.get(connection, event.order_id)
    if order is None or (code == NOT_NOW and _is_early(order, event)):
        raise NotApplicable(f"{kind_of(event).value} before its time")
    if isinstance(event, OrderHandedOver):
        claim = claims.locked(connection, PICKUP, event.order_id, told.shop)
        claims.keep_above(connection, PICKUP, event.order_id, _likely(event, claim.fence))
        if code in _GOODS_LEFT:
            gone = delivered_by(order, event)
            move(connection, told.shop, gone, op_id=told.op_id, now_ms=told.now_ms)
    if not isinstance(event, _HARMLESS):
        order_desk.contradict(connection, order, event, told, code)
    return code


def _is_early(order: Order, event: Event) -> bool:
    """True when what is said belongs to a later part of the order's way than it has reached."""
    here = _WAY[order.state]
    is_unfinished = isinstance(event, OrderPicked) and order.state in TO_BE_PICKED
    return is_unfinished or all(_WAY[state] > here for state in TAKES[type(event)])


def _happened(event: Event, told: Told) -> Happened:
    return Happened(told.op_id, told.at_ms, told.till, event.staff_id)


def _asks_for_itself(event: Event, told: Told) -> bool:
    """True for a shop whose customer stands in the wrong one: it may ask for the order."""
    return isinstance(event, RerouteAsked) and event.to_shop == told.shop


def _is_known(connection: Connection, op_id: str) -> bool:
    known = select(order_event.c.op_id).where(order_event.c.op_id == op_id)
    return connection.scalar(known) is not None


# -- handing over and taking back


def _lock_claim(connection: Connection, event: OrderHandedOver, told: Told) -> None:
    """Lock the claim before the order; the feed of the shop comes before both, as everywhere."""
    take_numbers(connection, of_shop(book.STREAM, told.shop), 1)
    claims.locked(connection, PICKUP, event.order_id, told.shop)


def _likely(event: OrderHandedOver, fence: int) -> int:
    return min(event.fence, fence + MAX_LOST_GRANTS)


def _handed_over(
    connection: Connection, _before: Order, event: OrderHandedOver, told: Told
) -> None:
    """Use the claim up; its number is above any that another till was granted."""
    claim = claims.locked(connection, PICKUP, event.order_id, told.shop)
    fence = _likely(event, claim.fence)
    is_late = claim.till not in {"", told.till} and fence < claim.fence
    fence = claim.fence + 1 if is_late else max(claim.fence, fence)
    claims.settle(
        connection, PICKUP, event.order_id, till=told.till, fence=fence, at_ms=told.now_ms
    )


def _handover(connection: Connection, event: HandoverUndone) -> Row[Any]:
    """Return the handover that is taken back, as it was noted."""
    row = connection.execute(
        select(order_event).where(
            order_event.c.op_id == event.handover,
            order_event.c.order_id == event.order_id,
            order_event.c.kind == HANDED_OVER,
        )
    ).first()
    if row is None:
        raise NotApplicable(f"no handover {event.handover}")
    return row


def _undone(connection: Connection, _before: Order, event: HandoverUndone, _told: Told) -> None:
    connection.execute(
        order_event.update().where(order_event.c.op_id == event.handover).values(outcome=UNDONE)
    )


def _undone_aside(
    connection: Connection, event: HandoverUndone, handover: Row[Any], told: Told
) -> str:
    """Take back a handover that the order does not show: another came first, say.

    Then there is nothing left to decide about it.
    """
    order = book.get(connection, event.order_id)
    is_undone = handover.outcome == UNDONE
    outcome = NOT_NOW if is_undone else book.APPLIED
    book.note(
        connection, event.order_id, kind_of(event).value, _happened(event, told),
        event_body(event), outcome=outcome,
    )  # fmt: skip
    if is_undone or order is None:
        return NOT_NOW
    if handover.outcome in _GOODS_LEFT:
        said = EVENTS[HANDED_OVER].validate_json(handover.body_json, strict=True)
        back = Counter({sku: -count for sku, count in delivered_by(order, said).items()})
        move(connection, told.shop, back, op_id=told.op_id, now_ms=told.now_ms)
    order_desk.settle_handover(connection, handover, told.now_ms)
    _undone(connection, order, event, told)
    return ""


# -- preparing and receiving


def _line_picked(connection: Connection, _before: Order, event: LinePicked, told: Told) -> None:
    """Note that somebody picked what another was fetching; both may stand before the shelf."""
    till = leases.holder(connection, event.order_id, event.line, told.now_ms)
    if till not in {"", told.till}:
        beside = replace(_happened(event, told), op_id=f"{told.op_id}/lease")
        body = {"line": event.line, "till": till}
        book.note(connection, event.order_id, WITHOUT_LEASE, beside, body)


def _left(connection: Connection, _before: Order, event: PickingLeft, told: Told) -> None:
    leases.give_back(connection, [event.order_id], till=told.till)


def _picked(connection: Connection, _before: Order, event: OrderPicked, told: Told) -> None:
    """Let go of the lines; an order of which there is nothing to collect ends here."""
    leases.give_back(connection, [event.order_id])
    order = book.known(connection, event.order_id)
    if order.state is OrderState.CANCELLED:
        beside = replace(_happened(event, told), op_id=f"{told.op_id}/cancelled")
        cancelling.tell(connection, order, beside, NOTHING_THERE, told.now_ms)


def _received(connection: Connection, before: Order, event: ParcelsReceived, told: Told) -> None:
    order_desk.parcels(connection, before, event, told)


_FOLLOWING: Mapping[type[Event], Callable[[Connection, Order, Any, Told], None]] = {
    LinePicked: _line_picked,
    PickingLeft: _left,
    OrderPicked: _picked,
    ParcelsReceived: _received,
    OrderHandedOver: _handed_over,
    HandoverUndone: _undone,
}

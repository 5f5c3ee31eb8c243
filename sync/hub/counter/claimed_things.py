"""What tills claim: how each kind of thing is found, whether it is free, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import Connection, select

from pos.domain.collection import MAY_BE_HANDED_OVER, Order, OrderState
from pos.domain.return_purchase import NothingBought
from sync.hub.carts import cart as carts
from sync.hub.customers import records
from sync.hub.orders import book
from sync.hub.publishing import promotions
from sync.hub.returns import bought, ledgers
from sync.hub.tables_counter import parked_ticket
from sync.hub.tables_promotions import coupon
from sync.wire.v1.claims import ClaimKind, CouponGone, PickupGone, PurchaseGone
from sync.wire.v1.orders import ORDER

PARKED = "parked"  # the state of a ticket that anybody may ask for


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it is now; `gone` is empty while it may be granted, else it says why not.

    `holder` is the till that went on with it, or where it is now.
    """

    gone: str = ""
    holder: str = ""
    content: dict[str, JsonValue] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a till of `shop` asks for, at a time of the hub's clock (UTC ms)."""

    kind: ClaimKind
    shop: str
    key: str
    now_ms: int


def is_known(connection: Connection, wanted: Wanted) -> bool:
    """True when there may be such a thing: what nobody ever heard of leaves no claim behind."""
    if wanted.kind is ClaimKind.PURCHASE:  # finding one reads all of its returns
        return bought.is_known(connection, wanted.key)
    return find(connection, wanted) is not None


def find(connection: Connection, wanted: Wanted) -> Thing | None:
    """Return a thing as the tills of the shop may have it, None when it was never heard of."""
    return _FOUND_BY[wanted.kind](connection, wanted)


def _ticket(connection: Connection, wanted: Wanted) -> Thing | None:
    ticket = connection.execute(
        select(parked_ticket).where(
            parked_ticket.c.basket_id == wanted.key, parked_ticket.c.shop == wanted.shop
        )
    ).first()
    if ticket is None:
        return None
    if ticket.state != PARKED:
        return Thing(gone=ticket.state, holder=ticket.resumed_by or ticket.till)
    return Thing(content=json.loads(ticket.content_json) if ticket.content_json else None)


def _order(connection: Connection, wanted: Wanted) -> Thing | None:
    order = book.get(connection, wanted.key)
    if order is None:
        return None
    if order.shop != wanted.shop:
        # What the order holds is the other shop's; that it is there is all who asks needs.
        return Thing(gone=PickupGone.MOVED.value, holder=order.shop)
    gone = _why_not(order)
    if gone is not None:
        return Thing(gone=gone.value, holder=order.closed_at_till)
    return Thing(content=ORDER.dump_python(order, mode="json"))


def _why_not(order: Order) -> PickupGone | None:
    if order.state in {OrderState.COLLECTED, OrderState.PARTLY_COLLECTED}:
        return PickupGone.COLLECTED
    if order.cancel_asked or order.state in {OrderState.CANCELLED, OrderState.RESTOCKED}:
        return PickupGone.CANCELLED
    return None if order.state in MAY_BE_HANDED_OVER else PickupGone.NOT_READY


def _coupon(connection: Connection, wanted: Wanted) -> Thing | None:
    known = connection.execute(select(coupon).where(coupon.c.code == wanted.key)).first()
    if known is None:
        return None
    if known.used_by_sale:
        return Thing(gone=CouponGone.USED.value, holder=known.used_till)
    given_for = promotions.get(connection, known.promotion_id)
    if given_for is None or given_for.is_over(wanted.now_ms):
        return Thing(gone=CouponGone.ENDED.value)
    return Thing(content={"promotion_id": known.promotion_id})


def _purchase(connection: Connection, wanted: Wanted) -> Thing | None:
    try:
        ledger = ledgers.ledger_for(connection, wanted.key)
    except NothingBought:
        return Thing(gone=PurchaseGone.NOTHING.value)
    return None if ledger is None else Thing(content=ledgers.told(ledger, wanted.shop))


def _cart(connection: Connection, wanted: Wanted) -> Thing | None:
    record = records.get(connection, wanted.key)
    if record is None or not record.is_live:
        return None
    cart = carts.read(connection, wanted.key)
    return Thing(content={"version": cart.version}) if cart.lines else Thing(gone="empty")


_FOUND_BY: Mapping[ClaimKind, Callable[[Connection, Wanted], Thing | None]] = {
    ClaimKind.PARKED_TICKET: _ticket,
    ClaimKind.PICKUP: _order,
    ClaimKind.COUPON: _coupon,
    ClaimKind.PURCHASE: _purchase,
    ClaimKind.CART: _cart,
}

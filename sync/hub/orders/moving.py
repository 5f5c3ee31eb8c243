"""Having another shop prepare an order: once its shop cannot be handing it over any more."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from pos.domain.collection import Order, OrderState
from pos.domain.collection_decisions import moved
from pos.domain.collection_rules import NOT_NOW, Contradiction
from sync.hub.admin import check_shop, get_setting
from sync.hub.orders import book, in_doubt, notices, order_numbers, promise, reserving
from sync.hub.orders.goods import WRONG_CURRENCY, Unplaceable, placed_elsewhere
from sync.hub.orders.order_numbers import RandomBytes
from sync.hub.orders.refunding import owe
from sync.hub.publishing.feed_numbers import of_shop, take_numbers

ASKED, DONE = "order.reroute_asked", "order.moved"


def ask(
    connection: Connection,
    order_id: str,
    to_shop: str,
    happened: book.Happened,
    random_bytes: RandomBytes,
) -> Order:
    """Move an order, or note that it is to be moved; return it as it is then.

    Raises:
        NoSuchOrder: There is none.
        NotKnown: There is no such shop.
        Unplaceable: The other shop has another currency.
        OpIdUsed: The op id is of something else.
        Contradiction: It is collected, cancelled, or with the courier.
    """
    order = book.known(connection, order_id)
    if book.is_noted(connection, order_id, happened.op_id, {ASKED, DONE}):
        return order
    if finish(connection, order_id, to_shop, happened, random_bytes):
        return book.known(connection, order_id)
    body = {"order_id": order_id, "staff_id": happened.staff_id, "to_shop": to_shop}
    book.note(connection, order_id, ASKED, happened, body)
    return order


def finish(
    connection: Connection,
    order_id: str,
    to_shop: str,
    happened: book.Happened,
    random_bytes: RandomBytes,
) -> bool:
    """Move an order unless it may be on its way over a counter; return whether it is done.

    The other shop prepares it anew from its own shelves, under a short code that is free there;
    codes given out before are good no more, and the customer is told.

    Raises:
        NoSuchOrder, NotKnown, Unplaceable, Contradiction: As `ask`.
    """
    check_shop(connection, to_shop)
    seen = book.known(connection, order_id)
    # Shops in the order of their names, so that two that exchange orders do not block each other.
    for shop in sorted({seen.shop, to_shop}):
        take_numbers(connection, of_shop(book.STREAM, shop), 1)
    is_being_handed_over = in_doubt.locked_claim(connection, seen, happened.at_ms)
    known = book.held(connection, order_id)
    if known.order.shop == to_shop:
        return True
    if known.order.state is OrderState.IN_TRANSIT:
        raise Contradiction(NOT_NOW)
    if get_setting(connection, to_shop, "shop")["currency"] != known.order.currency:
        raise Unplaceable(WRONG_CURRENCY, to_shop)
    if is_being_handed_over or in_doubt.may_be_leaving(connection, known.order, happened.at_ms):
        return False
    order = _as_placed_there(connection, known.order, to_shop, happened.at_ms, random_bytes)
    book.save(connection, known, order)
    body = {"from": known.order.shop, "to": to_shop}
    book.note(connection, order_id, DONE, happened, body)
    reserving.settle(connection, order)
    notices.queue(connection, order, notices.Kind.MOVED, happened.at_ms)
    owe(connection, order_id, "shortage", happened.at_ms)  # what was short is to be had again
    return True


def _as_placed_there(
    connection: Connection, order: Order, to_shop: str, now_ms: int, random_bytes: RandomBytes
) -> Order:
    there = moved(order, to_shop)
    return replace(
        there,
        lines=placed_elsewhere(connection, to_shop, there.lines),
        short_code=order_numbers.short_code(connection, to_shop, random_bytes),
        promised_at_ms=promise.promised_at_ms(connection, to_shop, now_ms),
        from_shop="",
    )

"""Placing an order: numbered, reserved, promised and told to its shop in one transaction.

Whether goods are on hand is asked by who offers them (`reserving.available`): an order that was
sold is taken in even so, and what is not there becomes a shortage that a person deals with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos.domain.collection import (
    Collector,
    Order,
    OrderLine,
    OrderState,
)
from pos.domain.pickup_policy import DAY_MS, PickupPolicy
from sync.hub.admin import check_shop, get_setting
from sync.hub.bulk import insert_rows
from sync.hub.customers import records
from sync.hub.customers.linking import linked
from sync.hub.orders import book, notices, order_numbers, promise, reserving
from sync.hub.orders.goods import (
    FILLED_BY_ITSELF,
    OP_ID_USED,
    WRONG_CURRENCY,
    Unplaceable,
    order_lines,
)
from sync.hub.orders.shop_policy import policy_of
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables_orders import customer_order, order_event, order_payment
from sync.wire.v1.placing import PlaceOrder

PREPARING_MS = 14 * DAY_MS  # what may pass between placing and ready at the longest


@dataclass(frozen=True, slots=True)
class Chance:
    """Ids and random bytes from outside."""

    new_id: Callable[[], str]
    random_bytes: Callable[[int], bytes]


def place_order(connection: Connection, request: PlaceOrder, now_ms: int, chance: Chance) -> Order:
    """Place an order, once: the same request again returns the order as it is now.

    A prepaid order's payment is asked for by the hub's payment worker; nothing is ready before
    it was paid.

    Raises:
        NotKnown: There is no such shop.
        Unplaceable: A product, amount or currency that cannot be, or the op id of another order.
    """
    check_shop(connection, request.shop)
    # The shop's number first: until the commit nobody else places there, so that neither the
    # op id nor a short code is taken between looking and writing.
    take_numbers(connection, of_shop(book.STREAM, request.shop), 1)
    if (before := _placed_before(connection, request)) is not None:
        return before
    if get_setting(connection, request.shop, "shop")["currency"] != request.currency:
        raise Unplaceable(WRONG_CURRENCY, request.currency)
    if request.from_shop == request.shop:
        raise Unplaceable(FILLED_BY_ITSELF, request.from_shop)
    lines = order_lines(connection, request.shop, request.lines)
    order = _order(connection, request, lines, now_ms, chance)
    if records.get(connection, order.customer_id) is not None:
        records.see(connection, order.shop, order.customer_id, now_ms)
    happened = book.Happened(request.op_id, now_ms)
    book.add(connection, order, happened, {"request_sha256": _digest(request)})
    reserving.settle(connection, order)
    _ask_for_payment(connection, order, now_ms)
    notices.queue(connection, order, notices.Kind.PLACED, now_ms)
    return order


def last_hold_ms(policy: PickupPolicy, hold_days: int, ready_at_ms: int) -> int:
    """Return until when an order that is ready at a time could ever be held, UTC ms."""
    days = (hold_days or policy.hold_days) + policy.extensions * policy.extension_days
    return ready_at_ms + days * DAY_MS


def _placed_before(connection: Connection, request: PlaceOrder) -> Order | None:
    """Return the order that this request placed.

    Raises:
        Unplaceable: The op id belongs to something else.
    """
    known = connection.execute(
        select(customer_order.c.content_json, order_event.c.body_json)
        .join_from(
            order_event, customer_order, order_event.c.order_id == customer_order.c.order_id
        )
        .where(order_event.c.op_id == request.op_id)
    ).first()
    if known is None:
        return None
    if _digest(request) not in known.body_json:
        raise Unplaceable(OP_ID_USED, request.op_id)
    return book.read_order(known.content_json)


def _digest(request: PlaceOrder) -> str:
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()


def _order(
    connection: Connection,
    request: PlaceOrder,
    lines: tuple[OrderLine, ...],
    now_ms: int,
    chance: Chance,
) -> Order:
    serial = order_numbers.next_serial(connection)
    promised = promise.promised_at_ms(connection, request.shop, now_ms)
    policy = policy_of(connection, request.shop)
    customer = request.customer
    return Order(
        order_id=chance.new_id(),
        number=order_numbers.number_of(serial),
        serial=serial,
        short_code=order_numbers.short_code(connection, request.shop, chance.random_bytes),
        shop=request.shop,
        currency=request.currency,
        state=OrderState.IN_TRANSIT if request.from_shop else OrderState.PLACED,
        lines=lines,
        is_prepaid=request.prepaid,
        placed_at_ms=now_ms,
        promised_at_ms=0 if request.from_shop else promised,
        channel=request.channel,
        customer_id=_customer_id(connection, request),
        customer_name=customer.name,
        phone=customer.phone,
        email=customer.email,
        member_card=customer.member_card,
        collectors=tuple(Collector(who.name, who.relation) for who in request.collectors),
        identity=request.identity,
        hold_days=request.hold_days,
        last_hold_ms=last_hold_ms(policy, request.hold_days, now_ms + PREPARING_MS),
        from_shop=request.from_shop,
    )


def _customer_id(connection: Connection, request: PlaceOrder) -> str:
    """Return whose order it is, of those the hub knows; what the web shop says otherwise."""
    customer = request.customer
    return linked(
        connection,
        customer.id,
        card=customer.member_card,
        email=customer.email,
        phone=customer.phone,
        country=str(get_setting(connection, request.shop, "shop").get("country", "")),
    )


def _ask_for_payment(connection: Connection, order: Order, now_ms: int) -> None:
    """Have the payment worker authorise what a prepaid order costs, when it costs anything."""
    if not order.is_prepaid or not order.total:
        return
    row = (
        f"pay-{order.order_id}", order.order_id, "authorising", order.total.minor,
        order.currency, 0, "authorise", now_ms, 0, "", now_ms,
    )  # fmt: skip
    insert_rows(connection, order_payment, [row])

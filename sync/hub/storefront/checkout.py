"""From cart to order: placed once, paid or not, and what the customer is told when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from pydantic import ValidationError
from sqlalchemy import Connection, select

from pos.domain.collection import IdentityMethod, Order
from sync.hub.carts import cart as carts
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.carts.holding import take_for_web
from sync.hub.database import HubDatabase
from sync.hub.orders import payment_book
from sync.hub.orders.goods import Unplaceable
from sync.hub.orders.paying import Payments
from sync.hub.orders.payment_book import State
from sync.hub.orders.placing import Chance, place_order
from sync.hub.storefront.bargains import Offers, PricedCart, price_cart
from sync.hub.storefront.customers import Customer
from sync.hub.storefront.goods import Good, Shop, on_hand
from sync.hub.tables_orders import customer_order, order_event
from sync.wire.v1.placing import PlaceOrder


class Trouble(Enum):
    """Why nothing was ordered; the values are keys of words."""

    EMPTY = "empty"
    NO_SHOP = "no_shop"
    SOLD_OUT = "sold_out"
    PRICE_CHANGED = "price_changed"
    BAD_NAME = "bad_name"
    NOT_POSSIBLE = "not_possible"
    DECLINED = "declined"
    AT_TILL = "at_till"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody sent off the checkout page.

    `total` is what the page showed, minor units; `collector` who collects in their place, empty
    for themself (with `is_for_other` there has to be a name). `op_id` makes it one order however
    often the form is sent.
    """

    op_id: str
    total: int
    is_prepaid: bool
    is_for_other: bool = False
    collector: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An order, or why there is none; `short` are the products that are not there any more."""

    order_id: str = ""
    trouble: Trouble | None = None
    short: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checkout:
    """Turns carts into orders."""

    database: HubDatabase
    payments: Payments
    chance: Chance
    offers: Offers

    def order(
        self,
        customer: Customer,
        wish: Wish,
        goods: Mapping[str, Good],
        shops: tuple[Shop, ...],
        now_ms: int,
    ) -> Result:
        """Order what is in a customer's cart; a payment that is declined leaves it as it was."""
        with self.database.transaction() as connection:
            if known := _placed_with(connection, customer, wish.op_id):
                return Result(known)
            if take_for_web(connection, customer.customer_id, "", now_ms):
                return Result(trouble=Trouble.AT_TILL)
            cart = carts.read(connection, customer.customer_id, is_locked=True)
            result, order = self._place(connection, customer, cart, wish, goods, shops, now_ms)
            if order is None:
                return result
            carts.keep(connection, customer.customer_id, replace(cart, lines=()), now_ms)
        if not order.is_prepaid:
            return result
        self.payments.settle(order.order_id)
        return self._paid(customer, order, now_ms)

    def put_back(self, customer: Customer, order: Order, now_ms: int) -> None:
        """Put what was ordered into the cart again."""
        lines = (CartLine(line.sku, line.quantity) for line in order.lines)
        with self.database.transaction() as connection:
            cart = carts.read(connection, customer.customer_id, is_locked=True)
            cart = replace(cart.with_more(lines), shop=cart.shop or order.shop)
            carts.keep(connection, customer.customer_id, cart, now_ms)

    def _paid(self, customer: Customer, order: Order, now_ms: int) -> Result:
        with self.database.reading() as connection:
            state = payment_book.state_of(connection, order.order_id)
        if state is not State.DECLINED:
            return Result(order.order_id)
        self.put_back(customer, order, now_ms)
        return Result(trouble=Trouble.DECLINED)

    def _place(
        self,
        connection: Connection,
        customer: Customer,
        cart: Cart,
        wish: Wish,
        goods: Mapping[str, Good],
        shops: tuple[Shop, ...],
        now_ms: int,
    ) -> tuple[Result, Order | None]:
        lines = [line for line in cart.lines if line.sku in goods]
        shop = next((each for each in shops if each.code == cart.shop), None)
        if not lines or shop is None:
            return Result(trouble=Trouble.NO_SHOP if lines else Trouble.EMPTY), None
        if wish.is_prepaid and not self.payments.is_possible:
            return Result(trouble=Trouble.NOT_POSSIBLE), None
        if short := short_of(connection, cart):
            return Result(trouble=Trouble.SOLD_OUT, short=short), None
        book = self.offers.book(connection, now_ms)
        priced = price_cart(book, cart, goods, shop.currency, now_ms)
        if priced.total != wish.total:
            return Result(trouble=Trouble.PRICE_CHANGED), None
        try:
            request = _request(customer, cart, priced, wish, goods, shop)
        except ValidationError:  # only the other person's name is typed by the customer
            return Result(trouble=Trouble.BAD_NAME), None
        try:
            order = place_order(connection, request, now_ms, self.chance)
        except Unplaceable:
            return Result(trouble=Trouble.NOT_POSSIBLE), None
        return Result(order.order_id), order


def short_of(connection: Connection, cart: Cart) -> Mapping[str, int]:
    """Return what the chosen shop does not have enough of, and how much there is of it."""
    if not cart.shop:
        return {}
    there = on_hand(connection, cart.shop, {line.sku for line in cart.lines})
    return {
        line.sku: there.get(line.sku, 0)
        for line in cart.lines
        if there.get(line.sku, 0) < line.quantity
    }


def _placed_with(connection: Connection, customer: Customer, op_id: str) -> str:
    """Return the customer's order that this form made already; empty when it made none."""
    found = connection.scalar(
        select(customer_order.c.order_id)
        .join(order_event, order_event.c.order_id == customer_order.c.order_id)
        .where(
            order_event.c.op_id == op_id,
            customer_order.c.customer_id == customer.customer_id,
        )
    )
    return found or ""


def _request(
    customer: Customer,
    cart: Cart,
    priced: PricedCart,
    wish: Wish,
    goods: Mapping[str, Good],
    shop: Shop,
) -> PlaceOrder:
    other = {"name": wish.collector, "relation": wish.relation}
    return PlaceOrder.model_validate(
        {
            "op_id": wish.op_id,
            "shop": cart.shop,
            "currency": shop.currency,
            "prepaid": wish.is_prepaid,
            "customer": {
                "id": customer.customer_id,
                "name": customer.name,
                "phone": customer.phone,
                "email": customer.email,
                "member_card": customer.member_card,
            },
            "lines": [
                {
                    "sku": line.sku,
                    "quantity": line.quantity,
                    "unit_price": goods[line.sku].price,
                    "paid": priced.bargains[line.sku].paid,
                }
                for line in cart.lines
                if line.sku in priced.bargains
            ],
            "collectors": [other] if wish.is_for_other else [],
            "identity": IdentityMethod.SIGNED_CODE.value,
        }
    )

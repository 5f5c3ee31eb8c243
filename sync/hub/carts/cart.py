"""The cart of a customer: one, whichever device it is filled on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from pos.domain.collection import MAX_LINES
from pos.domain.quantity import THOUSAND
from sync.hub.bulk import upsert_rows
from sync.hub.tables_orders import store_cart

MOST = 99 * THOUSAND  # of one product


@dataclass(frozen=True, slots=True)
class CartLine:
    """So much of a product, in thousandths."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Cart:
    """What somebody thinks of buying, and in which shop they want to collect it.

    `version` rises with every change that is kept, the last at `changed_at_ms` (UTC ms).
    """

    lines: tuple[CartLine, ...] = ()
    shop: str = ""
    version: int = 0
    changed_at_ms: int = 0

    def quantity_of(self, sku: str) -> int:
        """Return how much of a product is in it, in thousandths."""
        return next((line.quantity for line in self.lines if line.sku == sku), 0)

    def with_quantity(self, sku: str, quantity: int) -> Cart:
        """Return the cart with just so much of a product; 0 takes it out."""
        quantity = min(quantity, MOST)
        kept = [line for line in self.lines if line.sku != sku or quantity > 0]
        if quantity > 0 and not self.quantity_of(sku):
            kept = [*kept, CartLine(sku, quantity)][:MAX_LINES]
        lines = (replace(line, quantity=quantity) if line.sku == sku else line for line in kept)
        return replace(self, lines=tuple(lines))

    def with_less(self, lines: Iterable[CartLine]) -> Cart:
        """Return the cart without these; of what it does not have nothing is taken out."""
        cart = self
        for line in lines:
            left = max(0, cart.quantity_of(line.sku) - line.quantity)
            cart = cart.with_quantity(line.sku, left)
        return cart

    def with_more(self, lines: Iterable[CartLine]) -> Cart:
        """Return the cart with these added."""
        cart = self
        for line in lines:
            cart = cart.with_quantity(line.sku, cart.quantity_of(line.sku) + line.quantity)
        return cart

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.lines)


def read(connection: Connection, customer_id: str, *, is_locked: bool = False) -> Cart:
    """Return a customer's cart, an empty one when there is none.

    Args:
        is_locked: Nobody else changes it before the end of the transaction.
    """
    if is_locked:  # a cart that is not there could not be locked
        empty = (customer_id, _written(Cart()), 0, 0)
        upsert_rows(connection, store_cart, [empty], "(customer_id) DO NOTHING")
    wanted = select(store_cart).where(store_cart.c.customer_id == customer_id)
    row = connection.execute(wanted.with_for_update() if is_locked else wanted).first()
    if row is None:
        return Cart()
    said = json.loads(row.content_json)
    lines = tuple(CartLine(sku, quantity) for sku, quantity in said["lines"])
    return Cart(lines, said["shop"], row.version, row.changed_at_ms)


def keep(connection: Connection, customer_id: str, cart: Cart, now_ms: int) -> None:
    """Keep a customer's cart as its next version."""
    row = (customer_id, _written(cart), now_ms, cart.version + 1)
    upsert_rows(
        connection,
        store_cart,
        [row],
        "(customer_id) DO UPDATE SET content_json = excluded.content_json, "
        "changed_at_ms = excluded.changed_at_ms, version = store_cart.version + 1",
    )


def _written(cart: Cart) -> str:
    said = {"lines": [[line.sku, line.quantity] for line in cart.lines], "shop": cart.shop}
    return json.dumps(said, ensure_ascii=False)

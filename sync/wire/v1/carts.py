"""Carts of the web shop, as tills see them and add to them. Amounts are minor units."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import Code, Count, Identifier, Message, Ms, Sku, Text

MAX_CART_LINES = 500
Name = Annotated[str, Field(max_length=400)]
Wanted = Annotated[int, Field(ge=1, le=10**9)]


class CartItem(Message):
    """A line as the web shop has it; `quantity` and `stock_here` are thousandths.

    `web_price_minor` is for one unit, `paid_minor` for the line after promotions; both 0 for
    what is not sold any more. `web_only` names a promotion that shops do not have.
    """

    sku: Sku
    name: Name
    quantity: Count
    web_price_minor: Count
    paid_minor: Count
    web_only: Text = ""
    stock_here: Count


class CartAnswer(Message):
    """A cart as of `as_of_ms` (UTC ms); `version` rises with every change of it.

    `shop` is where the customer wants to collect, empty for nowhere yet. `holder` is the till
    that has a claim on the cart; asking keeps one's own.
    """

    customer_id: Identifier
    version: Count
    changed_at_ms: Ms
    as_of_ms: Ms
    currency: Code
    shop: Code
    holder: Code
    lines: Annotated[tuple[CartItem, ...], Field(max_length=MAX_CART_LINES, strict=False)]


class WantedItem(Message):
    """So much of a product, in thousandths."""

    sku: Sku
    quantity: Wanted


class SendToCart(Message):
    """Puts what is on a ticket into a customer's cart, once for an `op_id`."""

    op_id: Identifier
    lines: Annotated[
        tuple[WantedItem, ...], Field(min_length=1, max_length=MAX_CART_LINES, strict=False)
    ]


class SoldOfCart(Message):
    sku: Sku
    quantity: Annotated[int, Field(ge=1, le=10**12)]


class SaleCart(Message):
    """What a sale took of a cart, under the number of its claim."""

    customer_id: Identifier
    fence: Count
    lines: Annotated[tuple[SoldOfCart, ...], Field(max_length=2_000, strict=False)] = ()

"""A customer's cart of the web shop, as the hub tells of it and as the till keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos.domain.fields import IDENTIFIER, Fields
from pos.domain.journal import Json

MOST_LINES = 500
LATEST_MS = 253_402_300_799_999  # the end of the year 9999
ABANDONED_AFTER_MS = 24 * 3_600_000
_MOST_QUANTITY = 10**12
_MOST_AMOUNT = 10**13
_CURRENCY = re.compile(r"[A-Z]{3}")
_HOLDER = re.compile(r"[A-Z0-9\-]{0,20}")


class UnreadableCart(ValueError):
    """Something of it is missing or cannot be; nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class WebLine:
    """So much of a product (`quantity` in thousandths) as somebody put it into their cart.

    `price` is what the web shop asks for one unit, `paid` what the line comes to there after its
    promotions, both minor units; 0 for what is not sold any more. `web_only` names a promotion
    that shops do not have. `stock_here` is what the asking shop can sell, in thousandths.
    """

    sku: str
    name: str
    quantity: int
    price: int
    paid: int
    web_only: str = ""
    stock_here: int = 0


@dataclass(frozen=True, slots=True)
class WebCart:
    """A cart as the hub knew it `as_of_ms`; `version` rises with every change of it.

    `holder` is the till that has a claim on it, empty for none. Times are UTC, Unix ms.
    """

    customer_id: str
    version: int = 0
    changed_at_ms: int = 0
    as_of_ms: int = 0
    currency: str = ""
    lines: tuple[WebLine, ...] = ()
    holder: str = ""

    def is_abandoned(self, now_ms: int) -> bool:
        """True when nobody touched it for a day."""
        return bool(self.lines) and now_ms - self.changed_at_ms >= ABANDONED_AFTER_MS


def cart_content(cart: WebCart) -> dict[str, Json]:
    """Return it as JSON: amounts in minor units, quantities in thousandths, times in ms."""
    return {
        "customer_id": cart.customer_id,
        "version": cart.version,
        "changed_at_ms": cart.changed_at_ms,
        "as_of_ms": cart.as_of_ms,
        "currency": cart.currency,
        "holder": cart.holder,
        "lines": [
            {
                "sku": line.sku,
                "name": line.name,
                "quantity": line.quantity,
                "web_price_minor": line.price,
                "paid_minor": line.paid,
                "web_only": line.web_only,
                "stock_here": line.stock_here,
            }
            for line in cart.lines
        ],
    }


def read_cart(content: object) -> WebCart:
    """Return what `cart_content` wrote.

    Raises:
        UnreadableCart: Something is missing or cannot be.
    """
    said = _Fields(content)
    return WebCart(
        customer_id=said.text("customer_id", IDENTIFIER),
        version=said.number("version", 0, 2**53),
        changed_at_ms=said.number("changed_at_ms", 0, LATEST_MS),
        as_of_ms=said.number("as_of_ms", 0, LATEST_MS),
        currency=said.text("currency", _CURRENCY),
        lines=tuple(_line(_Fields(row)) for row in said.rows("lines", MOST_LINES)),
        holder=said.text("holder", _HOLDER),
    )


class _Fields(Fields):
    refusal = UnreadableCart


def _line(said: _Fields) -> WebLine:
    sku = said.words("sku", 64)
    if not sku:
        said.refuse("a line without a product")
    return WebLine(
        sku=sku,
        name=said.words("name", 400) or sku,
        quantity=said.number("quantity", 1, _MOST_QUANTITY),
        price=said.number("web_price_minor", 0, _MOST_AMOUNT),
        paid=said.number("paid_minor", 0, _MOST_AMOUNT),
        web_only=said.words("web_only", 200),
        stock_here=said.number("stock_here", 0, _MOST_QUANTITY),
    )

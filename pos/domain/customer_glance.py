"""What is known of a customer beside the record: purchases, credit, what waits; and since when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pos.domain.customer import Customer
from pos.domain.fields import Fields
from pos.domain.journal import Json
from pos.domain.money import Money

MOST_PURCHASES = 20
MOST_CREDITS = 20
MOST_WAITING = 20
MOST_ARTICLES = 5
LONGEST_NAME = 200
LONGEST_REFERENCE = 120
LATEST_MS = 253_402_300_799_999  # the end of the year 9999
LARGEST_AMOUNT = 10**13
_CURRENCY = re.compile(r"[A-Z]{3}")
_REFERENCE = re.compile(rf"[!-~]{{0,{LONGEST_REFERENCE}}}")


class UnreadableGlance(ValueError):
    """Something of it is missing or cannot be; nothing of it is shown."""


class PurchaseKind(Enum):
    """What a purchase is; the values are sent and stored."""

    SALE = "sale"
    ORDER = "order"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class GlancedArticle:
    """An article of a purchase; `quantity` is thousandths."""

    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class GlancedPurchase:
    """One purchase or return, in whatever channel.

    `reference` is what a return of it names, `number` what people call it, `shop` and
    `shop_name` where it was, `channel` ``shop``, ``web`` or another of the hub's. `items` is how
    many lines it has, `articles` the first of them; `state` how an order stands, empty for
    others. `total` is negative for a return.
    """

    kind: PurchaseKind
    reference: str
    number: str
    shop: str
    shop_name: str
    channel: str
    at_ms: int
    total: Money
    items: int
    articles: tuple[GlancedArticle, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class GlancedCredit:
    """Store credit that is the customer's, by the last characters of its code."""

    last4: str
    amount: Money


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """An order to collect, in any shop; `state` is the value of an order's state."""

    order_id: str
    number: str
    shop: str
    shop_name: str
    state: str
    to_pay: Money


@dataclass(frozen=True, slots=True)
class Glance:
    """What the hub knew of a customer `as_of_ms` (UTC ms, by its clock)."""

    as_of_ms: int = 0
    points: int = 0
    credit: tuple[GlancedCredit, ...] = ()
    purchases: tuple[GlancedPurchase, ...] = ()
    waiting: tuple[WaitingOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A customer as this till has the record.

    `heard_at_ms` is when the hub last told of it (UTC ms, by this till's clock), 0 for never;
    `is_unsent`: something was changed here that the hub has not heard.
    """

    customer: Customer
    heard_at_ms: int = 0
    is_unsent: bool = False


def glance_content(glance: Glance) -> dict[str, Json]:
    """Return it as JSON: amounts in minor units, times in ms."""
    return {
        "as_of_ms": glance.as_of_ms,
        "points": glance.points,
        "credit": [
            {"last4": one.last4, "amount": one.amount.minor, "currency": one.amount.currency}
            for one in glance.credit
        ],
        "purchases": [
            {
                "kind": one.kind.value,
                "reference": one.reference,
                "number": one.number,
                "shop": one.shop,
                "shop_name": one.shop_name,
                "channel": one.channel,
                "at_ms": one.at_ms,
                "total": one.total.minor,
                "currency": one.total.currency,
                "items": one.items,
                "articles": [[held.sku, held.name, held.quantity] for held in one.articles],
                "state": one.state,
            }
            for one in glance.purchases
        ],
        "waiting": [
            {
                "order_id": one.order_id,
                "number": one.number,
                "shop": one.shop,
                "shop_name": one.shop_name,
                "state": one.state,
                "to_pay": one.to_pay.minor,
                "currency": one.to_pay.currency,
            }
            for one in glance.waiting
        ],
    }


def read_glance(content: object) -> Glance:
    """Return what `glance_content` wrote.

    Raises:
        UnreadableGlance: Something is missing or cannot be.
    """
    said = _Fields(content)
    return Glance(
        as_of_ms=said.number("as_of_ms", 0, LATEST_MS),
        points=said.number("points", 0, LARGEST_AMOUNT),
        credit=tuple(
            GlancedCredit(row.words("last4", 8), row.money("amount"))
            for row in said.parts("credit", MOST_CREDITS)
        ),
        purchases=tuple(_purchase(row) for row in said.parts("purchases", MOST_PURCHASES)),
        waiting=tuple(_waiting(row) for row in said.parts("waiting", MOST_WAITING)),
    )


class _Fields(Fields):
    refusal = UnreadableGlance

    def money(self, name: str, least: int = 0) -> Money:
        minor = self.number(name, least, LARGEST_AMOUNT)
        return Money(minor, self.text("currency", _CURRENCY))

    def parts(self, name: str, most: int) -> list[_Fields]:
        return [_Fields(row) for row in self.rows(name, most)]


def _purchase(said: _Fields) -> GlancedPurchase:
    return GlancedPurchase(
        kind=said.choice("kind", PurchaseKind),
        reference=said.text("reference", _REFERENCE),
        number=said.words("number", LONGEST_REFERENCE),
        shop=said.words("shop", 64),
        shop_name=said.words("shop_name", LONGEST_NAME),
        channel=said.words("channel", 64),
        at_ms=said.number("at_ms", 0, LATEST_MS),
        total=said.money("total", -LARGEST_AMOUNT),
        items=said.number("items", 0, 10**6),
        articles=tuple(_article(row) for row in said.rows("articles", MOST_ARTICLES)),
        state=said.words("state", 64),
    )


def _article(row: object) -> GlancedArticle:
    if not isinstance(row, list) or len(row) != len(("sku", "name", "quantity")):
        raise UnreadableGlance("an article")
    said = _Fields(dict(zip(("sku", "name", "quantity"), row, strict=True)))
    return GlancedArticle(
        said.words("sku", 64), said.words("name", 400), said.number("quantity", 0, 10**12)
    )


def _waiting(said: _Fields) -> WaitingOrder:
    return WaitingOrder(
        order_id=said.text("order_id", _REFERENCE),
        number=said.words("number", LONGEST_REFERENCE),
        shop=said.words("shop", 64),
        shop_name=said.words("shop_name", LONGEST_NAME),
        state=said.words("state", 64),
        to_pay=said.money("to_pay"),
    )

"""Customers: found by what they say, seen at one glance, and told to the shops that know them.

A record travels as `content`, which `pos.domain.customer_content.read_customer` reads strictly.
Amounts are minor units, times UTC in Unix ms.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import MAX_FEED_ITEMS, Code, Count, Identifier, Message, Minor, Ms, Text
from sync.wire.v1.facts import Reference
from sync.wire.v1.feeds import Page

MAX_FOUND = 20
MAX_PURCHASES = 20
MAX_WAITING = 20
MAX_CREDIT = 20
MAX_DUPLICATES = 5
MAX_SHOWN_ITEMS = 5

Content = dict[str, JsonValue]


class FoundCustomer(Message):
    """`is_near`: the name only sounds like what was typed. `seen_at_ms`: when the asking shop saw
    the customer last, 0 for never.
    """

    content: Content
    is_near: bool
    seen_at_ms: Ms


class FoundCustomers(Message):
    """The likeliest first; `hub_time_ms` is as of when the hub says so."""

    hub_time_ms: Ms
    customers: Annotated[tuple[FoundCustomer, ...], Field(max_length=MAX_FOUND, strict=False)]


class PurchaseKind(Enum):
    SALE = "sale"
    ORDER = "order"
    RETURN = "return"


class PurchaseItem(Message):
    """`quantity` is thousandths."""

    sku: Code
    name: str
    quantity: Minor


class CustomerPurchase(Message):
    """Something bought or brought back, anywhere.

    `reference` is its id, `number` what its paper says. `items` are the first of `item_count`
    lines. `channel` is ``shop`` or that of an order, ``web`` most often; `state` how an order
    stands, empty for others. What came back has a total below 0.
    """

    kind: Annotated[PurchaseKind, Field(strict=False)]
    reference: Text
    number: Text
    shop: Code
    shop_name: Text
    channel: Code
    at_ms: Ms
    total_minor: Minor
    currency: Code
    item_count: Count
    items: Annotated[tuple[PurchaseItem, ...], Field(max_length=MAX_SHOWN_ITEMS, strict=False)]
    state: Code = ""


class WaitingOrder(Message):
    """An order that is not over; of another shop's only what its number says."""

    order_id: Identifier
    number: Text
    shop: Code
    shop_name: Text
    state: Code
    is_here: bool
    is_prepaid: bool
    total_minor: Minor
    currency: Code
    item_count: Count
    placed_at_ms: Ms
    promised_at_ms: Ms
    hold_until_ms: Ms  # 0: not ready yet


class CustomerCredit(Message):
    """Store credit; `expires_at_ms` is 0 for never."""

    account_id: Code
    last4: Code
    balance_minor: Minor
    currency: Code
    expires_at_ms: Ms


class CustomerGlance(Message):
    """What there is to know of a customer, as of `as_of_ms`.

    `content` is that of the record at the end of all mergers, and of an erased customer says so:
    then there is nothing else. `duplicates` are other records with a phone or an address of this
    one. `points` is null as long as there is no programme.
    """

    as_of_ms: Ms
    content: Content
    points: Minor | None = None
    credit: Annotated[tuple[CustomerCredit, ...], Field(max_length=MAX_CREDIT, strict=False)]
    purchases: Annotated[
        tuple[CustomerPurchase, ...], Field(max_length=MAX_PURCHASES, strict=False)
    ]
    waiting: Annotated[tuple[WaitingOrder, ...], Field(max_length=MAX_WAITING, strict=False)]
    duplicates: Annotated[tuple[Content, ...], Field(max_length=MAX_DUPLICATES, strict=False)]


class CustomerItem(Message):
    """A customer of the shop as they are now; without `content` the shop is to keep them no more.

    The content of a record that was merged or erased says so, and nothing else. `seen_at_ms` is
    when the shop saw the customer last, 0 for never.
    """

    customer_id: Identifier
    seen_at_ms: Ms
    content: Content | None = None


class CustomerPage(Page):
    """From cursor 0 the page tells of the customers that the shop keeps, and of all that are
    gone: what else a till holds of others is not contradicted.
    """

    items: Annotated[tuple[CustomerItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]


class CustomerSaved(Message):
    """The fact ``customer.saved``: which record, and a commitment to what it is."""

    customer_id: Identifier
    commitment: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CustomerMerged(Message):
    """The fact ``customer.merged``: two records are one person's, and `customer_id` stays."""

    customer_id: Identifier
    other_id: Identifier
    staff_id: Reference = ""

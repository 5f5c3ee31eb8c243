"""Orders to be collected: what tills are told of them, and what they ask for.

An order travels whole, as `pos.domain.collection.Order` in JSON (`ORDER`); a fact about one is
an event of `pos.domain.collection_events` (`EVENTS`). Both are checked by the domain itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, JsonValue, TypeAdapter

from pos.domain.collection import Order
from pos.domain.collection_events import FACTS
from sync.wire.v1.base import Code, Count, Identifier, Message, Ms, Text
from sync.wire.v1.feeds import Page

MAX_ORDERS = 200  # on one page of the feed
MAX_LEASES = 500

ORDER: TypeAdapter[Order] = TypeAdapter(Order)
EVENTS: Mapping[str, TypeAdapter[Any]] = {
    kind.value: TypeAdapter(event) for kind, event in FACTS.items()
}


class OrderItem(Message):
    """An order that changed; `content` is missing once it is none of this shop's any more."""

    order_id: Identifier
    change: Count
    content: dict[str, JsonValue] | None = None


class OrderPage(Page):
    """`heard_epoch`, `heard_seq`: the asking till's facts that these orders already show."""

    heard_epoch: Count = 0
    heard_seq: Count = 0
    items: Annotated[tuple[OrderItem, ...], Field(max_length=MAX_ORDERS, strict=False)]


class LeaseLine(Message):
    order_id: Identifier
    line: Count


class LeaseRequest(Message):
    """Somebody goes to fetch these lines; asking again prolongs, an empty list gives all back."""

    staff_id: Identifier
    order_ids: Annotated[tuple[Identifier, ...], Field(max_length=50, strict=False)]
    lines: Annotated[tuple[LeaseLine, ...], Field(max_length=MAX_LEASES, strict=False)]


class HeldLease(Message):
    """A line that somebody else fetches."""

    order_id: Identifier
    line: Count
    till: Code
    staff_id: Code
    until_ms: Ms


class LeaseAnswer(Message):
    """`until_ms` by the hub's clock; `held` are the lines that were not given."""

    until_ms: Ms
    hub_time_ms: Ms
    held: Annotated[tuple[HeldLease, ...], Field(max_length=MAX_LEASES, strict=False)]


class FoundOrder(Message):
    """An order of any shop, for who came to the wrong one; `shop_name` is what people call it."""

    shop_name: Text
    content: dict[str, JsonValue]


class FoundOrders(Message):
    hub_time_ms: Ms
    orders: Annotated[tuple[FoundOrder, ...], Field(max_length=20, strict=False)]

"""Purchases looked up to be returned from: of every shop and channel, with what came back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import Message, Ms, Text

MAX_FOUND = 20


class FoundPurchase(Message):
    """`content` is `pos.domain.return_purchase_content.ledger_content` of the purchase.

    `shop_name` is what people call the shop it was bought in.
    """

    shop_name: Text
    content: dict[str, JsonValue]


class FoundPurchases(Message):
    """The latest first; `hub_time_ms` is as of when the hub says so."""

    hub_time_ms: Ms
    purchases: Annotated[tuple[FoundPurchase, ...], Field(max_length=MAX_FOUND, strict=False)]

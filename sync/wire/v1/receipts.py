"""Sales looked up by the number on their receipt, across the tills of all shops."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import Message, Ms, Text, TillId

MAX_FOUND = 20
MAX_SALE_CHARACTERS = 1_000_000


class FoundSale(Message):
    """`body_json` is the fact ``sale.completed`` as its till wrote it."""

    till: TillId
    body_json: Annotated[str, Field(max_length=MAX_SALE_CHARACTERS)]
    received_at_ms: Ms
    staff_name: Text = ""


class FoundSales(Message):
    """The latest first. `shops` holds the setting ``shop`` of the shops they were made in."""

    hub_time_ms: Ms
    sales: Annotated[tuple[FoundSale, ...], Field(max_length=MAX_FOUND, strict=False)]
    shops: dict[str, dict[str, JsonValue]] = Field(default_factory=dict, max_length=MAX_FOUND)

"""Tills at the hub: registration, digest, health."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import (
    Code,
    Count,
    Epoch,
    Hash,
    Message,
    Minor,
    Ms,
    ShopCode,
    Text,
    TillId,
)


class Registration(Message):
    """A till that presents itself; doing so again changes nothing.

    A `currency` asks the hub to add the shop when it has none of that code.
    """

    shop: ShopCode
    number: Annotated[int, Field(ge=1, le=999_999)]
    name: Text = ""
    app_version: Code = ""
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""


class Registered(Message):
    """`shop` is the shop's setting of that name: code, name, currency, country and more."""

    till: TillId
    shop: dict[str, JsonValue]
    hub_time_ms: Ms


class Digest(Message):
    """What the hub holds of a till, to be compared with what the till holds."""

    sales: Count
    total_minor: Minor
    by_tender: dict[str, Minor]
    received_through: Count
    chain_head: Hash
    epoch: Epoch


class Health(Message):
    status: Code
    version: Code
    database: Code
    hub_time_ms: Ms = 0

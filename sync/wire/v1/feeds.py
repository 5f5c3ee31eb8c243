"""What the hub tells a shop's tills: prices, stock, staff, settings, each behind a cursor."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import (
    MAX_FEED_ITEMS,
    Count,
    Identifier,
    Message,
    Minor,
    Ms,
    ShopCode,
    Sku,
    Text,
)
from sync.wire.v1.desk import DeskItem

MAX_PROMOTIONS = 500  # on one page
MAX_NEIGHBOURS = 10  # of a product


class Stream(Enum):
    PRICES = "prices"
    STOCK = "stock"
    STAFF = "staff"
    SETTINGS = "settings"
    PARKED = "parked"
    DESK = "desk"
    PROMOTIONS = "promotions"
    SUGGESTIONS = "suggestions"
    CUSTOMERS = "customers"


class PriceItem(Message):
    sku: Sku
    price_minor: Annotated[int, Field(ge=0, le=10_000_000_00)]


class StockItem(Message):
    """May be negative: stock never stops a sale."""

    sku: Sku
    on_hand_thousandths: Minor
    as_of_ms: Ms


class StaffItem(Message):
    """`pin_hash` is an argon2id hash in its standard text form."""

    staff_id: Identifier
    name: Text
    role: Annotated[str, Field(pattern=r"^(cashier|shift_lead|manager)$")]
    badge: Text | None = None
    pin_hash: Annotated[str, Field(max_length=200)]
    active: bool


class SettingItem(Message):
    key: Identifier
    value: JsonValue


class PromotionItem(Message):
    """A promotion of all shops as it is now; without `content` it was taken back.

    `content` is read by `pos.domain.promotion_content`, which knows what cannot be.
    """

    promotion_id: Identifier
    content: dict[str, JsonValue] | None = None


class GoesWith(Message):
    """A product that goes with another; the higher the score, the better."""

    sku: Sku
    score: Annotated[int, Field(ge=1, le=1_000_000_000)]


class SuggestionItem(Message):
    """What goes with a product, the best first; nothing: no more."""

    sku: Sku
    others: Annotated[tuple[GoesWith, ...], Field(max_length=MAX_NEIGHBOURS, strict=False)] = ()


class ShopSetting(Message):
    """What the setting ``shop`` says at least; a till cannot open without it."""

    code: ShopCode
    name: Annotated[str, Field(min_length=1, max_length=200)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Page(Message):
    """`cursor` is where to go on from once the items are stored.

    Changes up to `complete_after` may have been let go of: a till that has taken less, and
    anything at all, begins again.
    """

    cursor: Count
    more: bool
    hub_time_ms: Ms
    complete_after: Count = 0


class PricePage(Page):
    items: Annotated[tuple[PriceItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]


class StockPage(Page):
    items: Annotated[tuple[StockItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]


class StaffPage(Page):
    items: Annotated[tuple[StaffItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]


class SettingPage(Page):
    items: Annotated[tuple[SettingItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]


class DeskPage(Page):
    items: Annotated[tuple[DeskItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]


class PromotionPage(Page):
    items: Annotated[tuple[PromotionItem, ...], Field(max_length=MAX_PROMOTIONS, strict=False)]


class SuggestionPage(Page):
    items: Annotated[tuple[SuggestionItem, ...], Field(max_length=MAX_FEED_ITEMS, strict=False)]

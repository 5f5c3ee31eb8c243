"""Promotions as tills and the web shop are told them, and coupons given out one by one."""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.columns import flag, integer, metadata, string

# `content_json` is a promotion whole (`pos.domain.promotion_content`); one that `is_gone` was
# taken back before it began. Times are UTC ms; `change` orders the feed of all shops.
promotion = Table(
    "promotion",
    metadata,
    string("promotion_id", primary_key=True),
    string("content_json"),
    integer("valid_from_ms"),
    integer("valid_until_ms"),
    flag("is_gone"),
    integer("change"),
    Index("ix_promotion_change", "change"),
)

# Codes that may be used once in all, in capitals. `created_at_ms` is 0 for one that the hub
# heard of only when it was used: it lost what it gave out.
coupon = Table(
    "coupon",
    metadata,
    string("code", primary_key=True),
    string("promotion_id"),
    integer("created_at_ms"),
    string("used_by_sale"),  # empty: not used yet
    integer("used_at_ms"),
    string("used_till"),
    Index("ix_coupon_promotion", "promotion_id"),
)

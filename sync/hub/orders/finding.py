"""Finds orders for somebody at a counter: of this shop by anything, of others by number only."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Connection, Row, or_, select

from sync.hub.orders.book import folded
from sync.hub.orders.order_feed import TOLD_CLOSED_MS
from sync.hub.tables import setting
from sync.hub.tables_orders import customer_order
from sync.wire.v1.base import LARGEST
from sync.wire.v1.orders import FoundOrder, FoundOrders

MAX_FOUND = 20
_NOBODY: dict[str, JsonValue] = {
    "customer_id": "", "customer_name": "", "phone": "", "email": "", "member_card": "",
    "short_code": "", "collectors": [],
}  # fmt: skip
LEAST_LETTERS = 2
LEAST_DIGITS = 4  # of a phone number, from anywhere in it: people leave the country's out
_NUMBER = re.compile(r"[a-z]{0,4}-?(\d{1,18})")
_PHONE = re.compile(r"\+?[\d\s().\-/]+")


def find_orders(connection: Connection, shop: str, text: str, now_ms: int) -> FoundOrders:
    """Return at most 20 orders, this shop's first, then the latest; none is an answer.

    Of other shops only the one of exactly that number is told: who does not have the number
    learns nothing about customers of elsewhere.
    """
    said = folded(text).strip()
    rows = list(by_number(connection, said))
    own = _in_shop(connection, shop, said, now_ms) if len(said) >= LEAST_LETTERS else ()
    known = {row.order_id for row in rows}
    rows += [row for row in own if row.order_id not in known]
    rows.sort(key=lambda row: (row.shop != shop, -row.placed_at_ms))
    names = shop_names(connection, {row.shop for row in rows})
    return FoundOrders(
        hub_time_ms=now_ms,
        orders=tuple(
            FoundOrder(shop_name=names.get(row.shop, row.shop), content=_told(row, shop))
            for row in rows[:MAX_FOUND]
        ),
    )


def _told(row: Row[Any], shop: str) -> dict[str, JsonValue]:
    """Return an order; of another shop's not who ordered it, nor what proves that."""
    content: dict[str, JsonValue] = json.loads(row.content_json)
    return content if row.shop == shop else {**content, **_NOBODY}


def by_number(connection: Connection, said: str) -> Sequence[Row[Any]]:
    """Return the order with that number ("W-10497") or serial ("10497"), in whatever shop."""
    number = _NUMBER.fullmatch(said)
    if number is None or int(number[1]) > LARGEST:
        return ()
    rows = connection.execute(
        select(customer_order).where(customer_order.c.serial == int(number[1]))
    ).all()
    return [row for row in rows if said.isdigit() or folded(row.number) == said]


def _in_shop(connection: Connection, shop: str, said: str, now_ms: int) -> Sequence[Row[Any]]:
    order = customer_order.c
    return connection.execute(
        select(customer_order)
        .where(
            order.shop == shop,
            or_(order.closed_at_ms == 0, order.closed_at_ms >= now_ms - TOLD_CLOSED_MS),
            *matching(said),
        )
        .order_by(order.closed_at_ms != 0, order.placed_at_ms.desc(), order.order_id)
        .limit(MAX_FOUND)
    ).all()


def matching(said: str) -> list[ColumnElement[bool]]:
    """Return conditions: every word said begins a word of the order."""
    search = customer_order.c.search
    digits = "".join(char for char in said if char.isdigit())
    if _PHONE.fullmatch(said) and len(digits) >= LEAST_DIGITS:
        return [search.contains(digits, autoescape=True)]
    return [search.contains(f" {word}", autoescape=True) for word in said.split()]


def shop_names(connection: Connection, shops: set[str]) -> dict[str, str]:
    """Return what people call some shops."""
    rows = connection.execute(
        select(setting.c.shop, setting.c.value_json).where(
            setting.c.shop.in_(shops), setting.c.key == "shop"
        )
    )
    told = ((row.shop, json.loads(row.value_json)) for row in rows)
    return {
        code: str(value["name"])[:200]
        for code, value in told
        if isinstance(value, dict) and value.get("name")
    }

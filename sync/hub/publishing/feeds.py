"""Pages of the feeds: what changed after a cursor, the oldest change first.

The last page brings the last number given out: a till whose cursor is above it knows that
the hub went back, and begins again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from sync.connectors.port import Connector
from sync.hub.conflicts.desk_items import changed_items, told_to_tills
from sync.hub.database import HubDatabase
from sync.hub.publishing.feed_numbers import PRICES, complete_after, last_number, of_shop
from sync.hub.tables import setting, staff
from sync.wire.v1.feeds import (
    DeskPage,
    PriceItem,
    PricePage,
    SettingItem,
    SettingPage,
    StaffItem,
    StaffPage,
    StockItem,
    StockPage,
)

Change = TypeVar("Change")


def price_page(
    connection: Connection, connector: Connector, cursor: int, limit: int, now_ms: int
) -> PricePage:
    """Return the prices that changed."""
    changes, more = _cut(connector.price_changes(connection, cursor, limit + 1), limit)
    return PricePage(
        cursor=changes[-1].change if more else connector.price_cursor(connection),
        complete_after=complete_after(connection, PRICES, cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(PriceItem(sku=c.sku, price_minor=c.price) for c in changes),
    )


def stock_page(
    connection: Connection, connector: Connector, shop: str, cursor: int, limit: int, now_ms: int
) -> StockPage:
    """Return the stock of a shop that changed."""
    found = connector.stock_changes(connection, shop, cursor, limit + 1)
    changes, more = _cut(found, limit)
    return StockPage(
        cursor=changes[-1].change if more else connector.stock_cursor(connection, shop),
        complete_after=complete_after(connection, of_shop("stock", shop), cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(
            StockItem(sku=c.sku, on_hand_thousandths=c.on_hand, as_of_ms=c.as_of_ms)
            for c in changes
        ),
    )


def staff_page(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> StaffPage:
    """Return the people of a shop that changed."""
    rows, more = _cut(
        connection.execute(
            select(staff)
            .where(staff.c.shop == shop, staff.c.change > cursor)
            .order_by(staff.c.change)
            .limit(limit + 1)
        ).all(),
        limit,
    )
    return StaffPage(
        cursor=rows[-1].change if more else last_number(connection, of_shop("staff", shop)),
        complete_after=complete_after(connection, of_shop("staff", shop), cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(
            StaffItem(
                staff_id=row.staff_id,
                name=row.name,
                role=row.role,
                badge=row.badge,
                pin_hash=row.pin_hash,
                active=row.is_active,
            )
            for row in rows
        ),
    )


def setting_page(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> SettingPage:
    """Return the settings of a shop that changed."""
    rows, more = _cut(
        connection.execute(
            select(setting)
            .where(setting.c.shop == shop, setting.c.change > cursor)
            .order_by(setting.c.change)
            .limit(limit + 1)
        ).all(),
        limit,
    )
    return SettingPage(
        cursor=rows[-1].change if more else last_number(connection, of_shop("settings", shop)),
        complete_after=complete_after(connection, of_shop("settings", shop), cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(SettingItem(key=row.key, value=json.loads(row.value_json)) for row in rows),
    )


def desk_page(connection: Connection, shop: str, cursor: int, limit: int, now_ms: int) -> DeskPage:
    """Return the items of a shop's conflict desk that changed."""
    found, more = _cut(changed_items(connection, shop, cursor, limit + 1, now_ms), limit)
    return DeskPage(
        cursor=found[-1].change if more else last_number(connection, of_shop("desk", shop)),
        complete_after=complete_after(connection, of_shop("desk", shop), cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(told_to_tills(row) for row in found),
    )


def settle_stock(database: HubDatabase, connector: Connector, shop: str, now_ms: int) -> None:
    """Bring the stock levels of a shop up to date with what was sold, when there is any."""
    with database.reading() as connection:
        if not connector.has_unsettled(connection, shop):
            return
    with database.transaction() as connection:
        connector.settle(connection, shop, now_ms)


def _cut(rows: Sequence[Change], limit: int) -> tuple[Sequence[Change], bool]:
    """Return at most `limit` rows, and whether there were more."""
    return rows[:limit], len(rows) > limit

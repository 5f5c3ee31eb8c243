"""What goes to the conflict desk about cards: a sale that took more than was there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Row as DatabaseRow

from sync.hub.conflicts import desk
from sync.hub.intake.fact_rows import MAX_TEXT, MOST_MONEY
from sync.hub.people import name_of
from sync.hub.value.redemption import Redemption, redemption_body
from sync.wire.v1.desk import ItemKind, Row, RowKind, Side

NOT_KNOWN = "value_unknown"


def report(
    connection: Connection,
    told: Redemption,
    card: DatabaseRow[Any] | None,
    missing: int,
    *,
    is_reserved: bool,
    now_ms: int,
) -> None:
    """Open the item about `missing` minor units that a sale took and no card covered."""
    name = name_of(connection, told.shop, told.staff_id)[:MAX_TEXT]
    till = (
        Row(kind=RowKind.AT, number=told.at_ms),
        Row(kind=RowKind.STAFF, text=name),
        Row(kind=RowKind.DOCUMENT, text=told.document[:MAX_TEXT]),
        Row(kind=RowKind.TOTAL, number=min(told.amount, MOST_MONEY)),
        Row(kind=RowKind.STATE, text="value_reserved" if is_reserved else "value_not_reserved"),
    )
    hub = (
        Row(kind=RowKind.EXPECTED, number=max(0, told.amount - missing)),
        Row(kind=RowKind.STATE, text=NOT_KNOWN if card is None else f"value_{card.state}"),
    )
    sides = (
        Side(shop=told.shop, till=told.till, rows=till),
        Side(shop=told.shop, till=desk.AT_THE_HUB, rows=hub),
    )
    desk.open_item(connection, _found(told, missing, sides, now_ms))


def report_rest(
    connection: Connection, told: Redemption, missing: int, data: Mapping[str, Any], now_ms: int
) -> None:
    """Open the item again about what its card could not pay now either."""
    sides = tuple(Side.model_validate(side) for side in data["sides"])
    desk.open_item(connection, _found(told, missing, sides, now_ms))


def _found(told: Redemption, missing: int, sides: tuple[Side, ...], now_ms: int) -> desk.Found:
    return desk.Found(
        kind=ItemKind.GIFT_CARD_OVERDRAWN,
        key=told.op_id,
        shop=told.shop,
        till=told.till,
        subject=told.shown[:MAX_TEXT],
        currency=told.currency,
        at_ms=now_ms,
        money=min(missing, MOST_MONEY),
        sides=sides,
        data={
            "redemption": redemption_body(told),
            "missing": missing,
            "sides": [side.model_dump(mode="json") for side in sides],
        },
    )

"""How the tills and the desk stand, for the pages, the metrics and the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, func, select

from pos.domain.readiness import Light
from sync.hub.tables import till, till_mark
from sync.hub.tables_desk import desk_item
from sync.wire.v1.desk import ItemState
from sync.wire.v1.tills import TillReport


@dataclass(frozen=True, slots=True)
class TillStatus:
    """A till as the hub knows it; times are UTC ms, 0 for never.

    `report` is what the till last said of itself, None when it never did.
    """

    till: str
    shop: str
    name: str
    app_version: str
    last_seen_at_ms: int
    is_enrolled: bool
    is_revoked: bool
    epoch: int
    received: int
    report: TillReport | None

    @property
    def not_ready(self) -> tuple[str, ...]:
        """Return the names of the till's readiness lights that are not well."""
        lights = self.report.readiness if self.report else {}
        return tuple(sorted(name for name, code in lights.items() if code != Light.FINE.value))


def tills(connection: Connection, shops: Sequence[str] | None = None) -> tuple[TillStatus, ...]:
    """Return the tills of some shops, or of all, by shop and number."""
    wanted = select(till).order_by(till.c.shop, till.c.number)
    if shops is not None:
        wanted = wanted.where(till.c.shop.in_(shops))
    received = {
        row.till: (row.epoch, int(row.received))
        for row in connection.execute(
            select(
                till_mark.c.till,
                func.max(till_mark.c.epoch).label("epoch"),
                func.sum(till_mark.c.received_through).label("received"),
            ).group_by(till_mark.c.till)
        )
    }
    return tuple(
        _status(row, *received.get(row.till, (1, 0))) for row in connection.execute(wanted)
    )


def open_items(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many items are open per shop and kind."""
    rows = connection.execute(
        select(desk_item.c.shop, desk_item.c.kind, func.count())
        .where(desk_item.c.state == ItemState.OPEN.value)
        .group_by(desk_item.c.shop, desk_item.c.kind)
    )
    return {(shop, kind): count for shop, kind, count in rows}


def _status(row: Row[Any], epoch: int, received: int) -> TillStatus:
    try:
        report = TillReport.model_validate_json(row.report) if row.report else None
    except ValidationError:  # of another version of the till
        report = None
    return TillStatus(
        till=row.till,
        shop=row.shop,
        name=row.name,
        app_version=row.app_version,
        last_seen_at_ms=row.last_seen_at_ms,
        is_enrolled=bool(row.public_key),
        is_revoked=row.revoked_at_ms > 0,
        epoch=epoch,
        received=received,
        report=report,
    )

"""Things found at a shop, and what people do with them, for tests of the desk."""

from __future__ import annotations

from dataclasses import replace

from sync.hub.conflicts.desk import AT_THE_HUB, DeskAct, Found, item_id_of
from sync.wire.v1.desk import ItemKind, Resolution, Row, RowKind, Side
from tests.sync.facts import T0


def side(till: str, staff: str = "Lucía Romero", document: str = "1-000219") -> Side:
    """Return what one till says."""
    return Side(
        shop=till.partition("-")[0],
        till=till,
        rows=(
            Row(kind=RowKind.AT, number=T0 - 60_000),
            Row(kind=RowKind.STAFF, text=staff),
            Row(kind=RowKind.DOCUMENT, text=document),
            Row(kind=RowKind.TOTAL, number=54_90),
        ),
    )


def ticket_resumed_twice(key: str = "basket-1", shop: str = "FUEN", money: int = 54_90) -> Found:
    """Return a ticket that two tills went on with."""
    return Found(
        ItemKind.TICKET_RESUMED_TWICE,
        key,
        shop=shop,
        till=f"{shop}-2",
        subject="Cortina lino 140 × 260",
        currency="EUR",
        money=money,
        at_ms=T0,
        sides=(side(f"{shop}-1"), side(f"{shop}-2", "Pau Ferrer", "2-000874")),
    )


def act_on(
    found: Found,
    op_id: str = "act-1",
    resolution: Resolution | None = Resolution.BOTH_STAND,
    **changed: object,
) -> DeskAct:
    """Return what a manager of the item's shop does with it."""
    act = DeskAct(
        op_id=op_id,
        item_id=item_id_of(found.kind, found.key),
        staff_id="marta",
        shop=found.shop,
        place=AT_THE_HUB,
        at_ms=T0 + 5_000,
        resolution=resolution,
    )
    return replace(act, **changed)  # type: ignore[arg-type]

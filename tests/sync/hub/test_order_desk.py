"""Matters about orders on the hub's desk: in words, with both sides, and what a decision does."""

from __future__ import annotations

from sqlalchemy import event, select

from pos.domain.collection import OrderState, ParcelState
from pos.domain.collection_events import ParcelSeen, ParcelsReceived
from sync.hub.bulk import insert_rows
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.desk import DeskAct, Found
from sync.hub.database import HubDatabase
from sync.hub.orders import order_desk
from sync.hub.pages.item_views import item_view
from sync.hub.pages.wording import LANGUAGES, Words
from sync.hub.tables_orders import order_payment, order_refund
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from tests.order_builders import LUCIA, handover, parcel
from tests.sync.facts import T0
from tests.sync.hub.order_kit import OrderTill, items, placed, staged


def shown(item: DeskItem, language: str) -> str:
    """Return all that the hub's page says of an item."""
    view = item_view(item, Words(language, T0), {LUCIA: "Lucía"}, {"FUEN": "Fuencarral"}, T0)
    rows = [f"{name}: {value}" for side in view.sides for name, value in side.rows]
    ways = [way.name for way in view.ways]
    return "\n".join([view.title, view.story, view.money, view.subject, *rows, *ways])


def test_two_handovers_are_told_in_words_and_money_in_every_language(
    database: HubDatabase,
) -> None:
    one, two = OrderTill(database, "FUEN-1"), OrderTill(database, "FUEN-2")
    order = staged(database, one)
    one.says(handover(order, fence=1))
    two.says(handover(order, is_isolated=True))

    (item,) = items(database)

    spanish, english = (shown(item, language) for language in LANGUAGES)
    for text in ("Pedido entregado dos veces", "52,80", order.number, "Caja sin red", "Lucía"):
        assert text in spanish
    for text in ("Order handed over twice", "52.80", "Till without network"):
        assert text in english


def test_parcels_in_trouble_are_named_by_number(database: HubDatabase) -> None:
    till = OrderTill(database, "FUEN-1")
    order = placed(database, state=OrderState.IN_TRANSIT, parcels=(parcel(1), parcel(2)))
    seen = (ParcelSeen(1, ParcelState.MISSING), ParcelSeen(2, ParcelState.MISSING))
    till.says(ParcelsReceived(order.order_id, LUCIA, seen))

    text = shown(items(database)[0], "es")

    assert "Falta" in text
    assert "1, 2" in text
    assert "parcel_" not in text


def test_a_refused_refund_is_asked_for_once_more_by_decision(database: HubDatabase) -> None:
    order_desk.register()
    order = placed(database, state=OrderState.CANCELLED, closed_at_ms=T0)
    payment = (
        "p-1", order.order_id, "captured", 52_80, "EUR", 52_80, "", 0, 1, "", T0,
    )  # fmt: skip
    refund = ("r-1", "p-1", order.order_id, 52_80, "cancelled", "refused", T0, T0, 3, 0, "no")
    found = Found(
        ItemKind.REFUND_REFUSED, "r-1", "FUEN", "hub", order.number, "EUR", T0, 52_80,
        data={"order_id": order.order_id, "refund_id": "r-1"},
    )  # fmt: skip
    act = DeskAct(
        "act-1", desk.item_id_of(found.kind, found.key), "marta", "FUEN", "hub", T0 + 1,
        resolution=Resolution.REFUND_AGAIN,
    )  # fmt: skip
    with database.transaction() as connection:
        insert_rows(connection, order_payment, [payment])
        insert_rows(connection, order_refund, [refund])
        desk.open_item(connection, found)
        desk.resolve(connection, act)
        desk.resolve(connection, act)

    with database.reading() as connection:
        rows = connection.execute(select(order_refund.c.amount, order_refund.c.state)).all()
        item = desk_items.item(connection, "FUEN", act.item_id)
    assert sorted((row.amount, row.state) for row in rows) == [
        (52_80, "replaced"),
        (52_80, "requested"),
    ]
    assert item is not None
    assert item.state is ItemState.RESOLVED


def test_a_decision_locks_the_orders_of_the_shop_before_its_desk(database: HubDatabase) -> None:
    order_desk.register()
    order = placed(database, state=OrderState.CANCELLED, closed_at_ms=T0)
    found = Found(
        ItemKind.REFUND_REFUSED, "r-1", "FUEN", "hub", order.number, "EUR", T0, 52_80,
        data={"order_id": order.order_id, "refund_id": "r-1"},
    )  # fmt: skip
    act = DeskAct(
        "act-1", desk.item_id_of(found.kind, found.key), "marta", "FUEN", "hub", T0 + 1,
        resolution=Resolution.REFUND_AGAIN,
    )  # fmt: skip
    with database.transaction() as connection:
        desk.open_item(connection, found)
    taken: list[str] = []

    def note(_conn: object, _cursor: object, sql: str, values: object, *_rest: object) -> None:
        if sql.startswith("INSERT INTO feed"):
            taken.append(str(values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with database.transaction() as connection:
            desk.resolve(connection, act)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)

    assert "orders:FUEN" in taken[0]
    assert any("desk:FUEN" in each for each in taken[1:])

"""What goes to the conflict desk about orders: both stories, the money, and who was where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.collection import Order, ParcelState
from pos.domain.collection_events import Event, OrderHandedOver, ParcelsReceived, kind_of
from pos.domain.collection_rules import CANCELLED_BEFORE, COLLECTED_BEFORE, MOVED_BEFORE
from pos.domain.journal import FactKind
from pos.domain.quantity import THOUSAND
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk_rules import Effect
from sync.hub.intake.fact_rows import MAX_TEXT, MOST_MONEY
from sync.hub.orders import book
from sync.hub.orders.refunding import ask_again
from sync.hub.orders.told import Told
from sync.hub.people import name_of
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.returns import refund_book
from sync.hub.tables_orders import order_event
from sync.wire.v1.desk import ItemKind, RowKind, Side
from sync.wire.v1.desk import Row as Said
from sync.wire.v1.orders import EVENTS

HANDED_OVER = FactKind.ORDER_HANDED_OVER.value
KINDS: Mapping[str, ItemKind] = {
    COLLECTED_BEFORE: ItemKind.HANDED_OVER_TWICE,
    CANCELLED_BEFORE: ItemKind.HANDED_OVER_CANCELLED,
    MOVED_BEFORE: ItemKind.HANDED_OVER_ELSEWHERE,
}
# What was noted with the order that the other side of each story is told by, the latest of them.
_OTHER_STORY: Mapping[str, tuple[str, ...]] = {
    COLLECTED_BEFORE: (HANDED_OVER,),
    CANCELLED_BEFORE: ("order.cancelled",),
    MOVED_BEFORE: ("order.moved",),
}
_TROUBLE = frozenset({ParcelState.MISSING, ParcelState.DAMAGED})
UNEXPECTED = "unexpected"


def contradict(connection: Connection, order: Order, event: Event, told: Told, code: str) -> None:
    """Open the item about a fact that cannot be true of an order."""
    kind = _kind(event, code)
    is_handover = kind is not ItemKind.ORDER_FACT_REFUSED
    desk.open_item(
        connection,
        desk.Found(
            kind,
            f"{order.order_id}:{told.op_id if is_handover else told.till}",
            told.shop,
            told.till,
            order.number[:MAX_TEXT],
            order.currency,
            told.now_ms,
            _value(order, event),
            (_other_side(connection, order, code), _side(connection, order, event, told, code)),
            {"order_id": order.order_id, "op_id": told.op_id},
            # One matter for each till, however much of what it says comes too late.
            reopens=not is_handover,
        ),
    )


def settle_handover(connection: Connection, handover: Row[Any], now_ms: int) -> None:
    """Close the item about a handover that was taken back: there is nothing left to decide."""
    kind = KINDS.get(handover.outcome)
    if kind is not None:
        desk.settle(connection, kind, f"{handover.order_id}:{handover.op_id}", now_ms)


def parcels(connection: Connection, before: Order, event: ParcelsReceived, told: Told) -> None:
    """Open the item about parcels that are missing, damaged, or were never announced."""
    trouble: dict[str, list[int]] = defaultdict(list)
    for seen in event.parcels:
        if seen.state in _TROUBLE:
            trouble[seen.state.value].append(seen.number)
        elif before.parcel(seen.number) is None:
            trouble[UNEXPECTED].append(seen.number)
    if not trouble:
        return
    rows = [
        Said(kind=kind, text=text[:MAX_TEXT])
        for state, numbers in sorted(trouble.items())
        for kind, text in (
            (RowKind.STATE, f"parcel_{state}"),
            (RowKind.NUMBERS, _listed(numbers)),
        )
    ]
    announced = _listed(parcel.number for parcel in before.parcels)
    hub = (Said(kind=RowKind.NUMBERS, text=announced), _state(before))
    sides = (
        Side(shop=told.shop, till=told.till, rows=(*_who(connection, event, told), *rows)),
        Side(shop=before.from_shop or before.shop, till=desk.AT_THE_HUB, rows=hub),
    )
    desk.open_item(
        connection,
        desk.Found(
            ItemKind.PARCEL_TROUBLE,
            f"{before.order_id}:{told.op_id}",
            told.shop,
            told.till,
            before.number[:MAX_TEXT],
            before.currency,
            told.now_ms,
            min(before.value_in_parcels.minor, MOST_MONEY),
            sides,
            {"order_id": before.order_id},
        ),
    )


def register() -> None:
    """Let the desk carry out what is decided about orders."""

    def refund_again(connection: Connection, case: desk.Case, act: desk.DeskAct) -> None:
        refund_id = str(case.data["refund_id"])
        if return_id := case.data.get("return_id"):
            refund_book.ask_again(connection, str(return_id), refund_id, act.at_ms)
        else:
            ask_again(connection, str(case.data["order_id"]), refund_id, act.at_ms)

    def lock_orders(connection: Connection, shop: str) -> None:
        take_numbers(connection, of_shop(book.STREAM, shop), 1)

    desk.carry_out(Effect.REFUND_AGAIN, refund_again, lock_orders)


# -- pieces


def _kind(event: Event, code: str) -> ItemKind:
    is_handover = isinstance(event, OrderHandedOver)
    return KINDS.get(code, ItemKind.ORDER_FACT_REFUSED) if is_handover else _OTHER_FACT


_OTHER_FACT = ItemKind.ORDER_FACT_REFUSED


def _value(order: Order, event: Event) -> int:
    """Return the minor units at stake: what was handed over, or all of the order."""
    if not isinstance(event, OrderHandedOver):
        return min(order.total.minor, MOST_MONEY)
    known = {line.number: line for line in order.lines}
    values = (
        known[said.number].value_of(max(0, said.delivered), order.currency).minor
        for said in event.lines
        if said.number in known
    )
    return min(sum(values), MOST_MONEY)


def _side(connection: Connection, order: Order, event: Event, told: Told, code: str) -> Side:
    rows = [*_who(connection, event, told)]
    if isinstance(event, OrderHandedOver):
        rows += _handed_over(order, event)
    else:
        rows.append(Said(kind=RowKind.DETAIL, text=kind_of(event).value))
        rows.append(Said(kind=RowKind.STATE, text=code))
    return Side(shop=told.shop, till=told.till, rows=tuple(rows))


def _other_side(connection: Connection, order: Order, code: str) -> Side:
    """Return what the hub knows that stands against it: the act that came before, or the state."""
    row = connection.execute(
        select(order_event)
        .where(
            order_event.c.order_id == order.order_id,
            order_event.c.kind.in_(_OTHER_STORY.get(code, ())),
            order_event.c.outcome == book.APPLIED,
        )
        .order_by(order_event.c.at_ms.desc(), order_event.c.op_id)
        .limit(1)
    ).first()
    if row is None:
        return Side(shop=order.shop, till=desk.AT_THE_HUB, rows=(_state(order),))
    shop = row.till.rpartition("-")[0] or order.shop
    rows = [Said(kind=RowKind.AT, number=row.at_ms)]
    if row.staff_id:
        rows.append(Said(kind=RowKind.STAFF, text=_name(connection, shop, row.staff_id)))
    if row.kind == HANDED_OVER:
        first = EVENTS[HANDED_OVER].validate_json(row.body_json, strict=True)
        rows += _handed_over(order, first)
    else:
        rows.append(_state(order))
        reason = json.loads(row.body_json).get("reason")
        rows += [Said(kind=RowKind.DETAIL, text=str(reason)[:MAX_TEXT])] if reason else []
    return Side(shop=shop, till=row.till or desk.AT_THE_HUB, rows=tuple(rows))


def _handed_over(order: Order, event: OrderHandedOver) -> list[Said]:
    pieces = sum(max(0, line.delivered) for line in event.lines) // THOUSAND
    rows = [
        Said(kind=RowKind.TOTAL, number=_value(order, event)),
        Said(kind=RowKind.LINES, number=pieces),
        Said(kind=RowKind.STATE, text="alone" if event.is_isolated else "with_claim"),
    ]
    if event.identity.name:
        rows.append(Said(kind=RowKind.DETAIL, text=event.identity.name[:MAX_TEXT]))
    return rows


def _who(connection: Connection, event: Event, told: Told) -> tuple[Said, ...]:
    return (
        Said(kind=RowKind.AT, number=told.at_ms),
        Said(kind=RowKind.STAFF, text=_name(connection, told.shop, event.staff_id)),
    )


def _state(order: Order) -> Said:
    return Said(kind=RowKind.STATE, text=f"order_{order.state.value}")


def _name(connection: Connection, shop: str, staff_id: str) -> str:
    return name_of(connection, shop, staff_id)[:MAX_TEXT]


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))[:MAX_TEXT]

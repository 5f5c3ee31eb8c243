"""What people did at a till's conflict desk, done at the hub's."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from sync.hub.conflicts import desk
from sync.hub.conflicts.desk_cards import CONTRADICTED, TERMINAL, card_name
from sync.hub.intake.effects import Effects, Origin, Reader
from sync.hub.people import name_of
from sync.wire.v1.desk import (
    DeskAssigned,
    DeskNoted,
    DeskResolved,
    ItemKind,
    Row,
    RowKind,
    Side,
)
from sync.wire.v1.facts import CardContradicted, RefundContradicted
from sync.wire.v1.push import Op


def _resolved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = DeskResolved.model_validate_json(body)
    act = desk.DeskAct(
        op.op_id, fact.item_id, fact.staff_id, origin.shop, origin.till, op.occurred_at_ms,
        resolution=fact.resolution, note=fact.note,
    )  # fmt: skip
    effects.act(lambda connection: _take(connection, desk.resolve, act))
    return ""


def _assigned(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = DeskAssigned.model_validate_json(body)
    act = desk.DeskAct(
        op.op_id, fact.item_id, fact.staff_id, origin.shop, origin.till, op.occurred_at_ms,
        owner=fact.owner,
    )  # fmt: skip
    effects.act(lambda connection: _take(connection, desk.assign, act))
    return ""


def _noted(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = DeskNoted.model_validate_json(body)
    act = desk.DeskAct(
        op.op_id, fact.item_id, fact.staff_id, origin.shop, origin.till, op.occurred_at_ms,
        note=fact.note,
    )  # fmt: skip
    effects.act(lambda connection: _take(connection, desk.note, act))
    return ""


def _contradicted(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    """A terminal says otherwise than what a person recorded: open, also if it was resolved."""
    fact = CardContradicted.model_validate_json(body)

    def act(connection: Connection) -> None:
        desk.open_item(connection, _contradiction(connection, fact, op, origin))

    effects.act(act)
    return ""


def _contradiction(
    connection: Connection, fact: CardContradicted, op: Op, origin: Origin
) -> desk.Found:
    said = (
        Row(kind=RowKind.AT, number=op.occurred_at_ms),
        Row(kind=RowKind.TOTAL, number=fact.amount),
        Row(kind=RowKind.STAFF, text=name_of(connection, origin.shop, fact.staff_id)),
        Row(kind=RowKind.STATE, text=fact.recorded),
    )
    told = (
        Row(kind=RowKind.STATE, text=fact.told),
        Row(kind=RowKind.DETAIL, text=fact.authorisation),
    )
    return desk.Found(
        ItemKind.CARD_OUTCOME_UNKNOWN,
        fact.attempt_id,
        origin.shop,
        origin.till,
        card_name(fact.attempt_id),
        fact.currency,
        origin.now_ms,
        abs(fact.amount),
        (
            Side(shop=origin.shop, till=origin.till, rows=said),
            Side(shop=origin.shop, till=TERMINAL, rows=told),
        ),
        {"attempt_id": fact.attempt_id, CONTRADICTED: True},
        reopens=True,
    )


def _refund_contradicted(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    """A terminal says otherwise of a refund than what is recorded, as of a charge."""
    fact = RefundContradicted.model_validate_json(body)
    effects.act(
        lambda connection: _opened(connection, _refund_contradiction(connection, fact, op, origin))
    )
    return ""


def _refund_contradiction(
    connection: Connection, fact: RefundContradicted, op: Op, origin: Origin
) -> desk.Found:
    said = (
        Row(kind=RowKind.AT, number=op.occurred_at_ms),
        Row(kind=RowKind.TOTAL, number=fact.amount),
        Row(kind=RowKind.DOCUMENT, text=fact.number),
        Row(kind=RowKind.STAFF, text=name_of(connection, origin.shop, fact.staff_id)),
        Row(kind=RowKind.STATE, text=fact.recorded.value),
    )
    told = (
        Row(kind=RowKind.STATE, text=fact.told.value),
        Row(kind=RowKind.DETAIL, text=fact.detail),
    )
    return desk.Found(
        ItemKind.CARD_REFUND_UNKNOWN,
        fact.refund_id,
        origin.shop,
        origin.till,
        fact.number,
        fact.currency,
        origin.now_ms,
        abs(fact.amount),
        (
            Side(shop=origin.shop, till=origin.till, rows=said),
            Side(shop=origin.shop, till=TERMINAL, rows=told),
        ),
        {"return_id": fact.return_id, "refund_id": fact.refund_id, CONTRADICTED: True},
        reopens=True,
    )


def _opened(connection: Connection, found: desk.Found) -> None:
    desk.open_item(connection, found)


def _take(connection: Connection, verb: desk.Verb, act: desk.DeskAct) -> None:
    desk.take_fact(connection, verb, act)


READERS: Mapping[str, Reader] = {
    "desk.resolved": _resolved,
    "desk.assigned": _assigned,
    "desk.noted": _noted,
    "card.contradicted": _contradicted,
    "refund.contradicted": _refund_contradicted,
}
AGGREGATES: Mapping[str, str] = {
    "desk.resolved": "item_id",
    "desk.assigned": "item_id",
    "desk.noted": "item_id",
    "card.contradicted": "attempt_id",
    "refund.contradicted": "return_id",
}

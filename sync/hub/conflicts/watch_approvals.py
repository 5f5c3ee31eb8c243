"""Approvals from afar that a till says it was given, held against those the hub gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, select
from sqlalchemy import Row as Stored

from sync.hub.conflicts.desk import AT_THE_HUB, Found
from sync.hub.conflicts.watch_findings import Knowledge, StoredFact
from sync.hub.intake.fact_rows import MAX_TEXT, MOST_MONEY
from sync.hub.tables_counter import approval
from sync.wire.v1.approvals import ApprovalRequest, ApprovalState
from sync.wire.v1.base import Code, Count, Message, Minor, without_nul
from sync.wire.v1.desk import ItemKind, Row, RowKind, Side

OVERRIDE = "override.granted"
REMOTE = "remote"
NEVER_ASKED = "never_asked"
OF_ANOTHER_TILL = "of_another_till"
GRANTED_OTHERWISE = "granted_otherwise"


class OverrideDetail(Message):
    """What was done by it; `amount` in minor units where the act is about money."""

    amount: Minor = 0


class OverrideGranted(Message):
    """The body of an override; `discount` in basis points."""

    capability: Code
    requested_by: Code
    approved_by: Code
    way: Code = ""  # tills of before there were remote approvals do not say
    discount: Count = 0
    detail: OverrideDetail = OverrideDetail()


Claims = Mapping[str, tuple[StoredFact, OverrideGranted]]


def never_given(
    connection: Connection, facts: Sequence[StoredFact], knowledge: Knowledge
) -> Iterator[Found]:
    """Yield an item for each approval from afar that the hub did not give like that."""
    claims = {fact.op_id: (fact, said) for fact in facts if (said := _remote(fact)) is not None}
    given = _given(connection, claims)
    for request_id, (fact, said) in claims.items():
        row = given.get(request_id)
        if why := _wrong(fact, said, row):
            yield _found(fact, said, row, why, knowledge)


def _remote(fact: StoredFact) -> OverrideGranted | None:
    if fact.kind != OVERRIDE or fact.body_json is None:
        return None
    try:
        said = OverrideGranted.model_validate_json(without_nul(fact.body_json))
    except ValidationError:  # every sound till can write one
        return OverrideGranted(capability="", requested_by="", approved_by="?", way=REMOTE)
    return said if said.way == REMOTE else None


def _given(connection: Connection, claims: Claims) -> dict[str, Stored[Any]]:
    rows = connection.execute(select(approval).where(approval.c.request_id.in_(list(claims))))
    return {row.request_id: row for row in rows}


def _wrong(fact: StoredFact, said: OverrideGranted, row: Stored[Any] | None) -> str:
    """Return why the hub did not give this approval; empty when it did."""
    if row is None:
        return NEVER_ASKED
    if row.till != fact.till:
        return OF_ANOTHER_TILL
    if row.state != ApprovalState.GRANTED.value:
        return str(row.state)
    asked = ApprovalRequest.model_validate_json(row.body_json)
    people = (said.capability, said.requested_by, said.approved_by)
    is_same = people == (asked.capability, asked.requested_by, row.decided_by)
    is_more = said.discount > asked.discount or abs(said.detail.amount) > abs(asked.amount)
    return GRANTED_OTHERWISE if is_more or not is_same else ""


def _found(
    fact: StoredFact,
    said: OverrideGranted,
    row: Stored[Any] | None,
    why: str,
    knowledge: Knowledge,
) -> Found:
    return Found(
        ItemKind.APPROVAL_NEVER_GIVEN,
        fact.op_id,
        fact.shop,
        fact.till,
        _name(said.approved_by, knowledge),
        knowledge.currency,
        knowledge.now_ms,
        min(abs(said.detail.amount), MOST_MONEY),
        (
            Side(shop=fact.shop, till=fact.till, rows=_told(fact, said, knowledge)),
            Side(shop=fact.shop, till=AT_THE_HUB, rows=_known(row, why, knowledge)),
        ),
    )


def _told(fact: StoredFact, said: OverrideGranted, knowledge: Knowledge) -> tuple[Row, ...]:
    amount = said.detail.amount
    return (
        Row(kind=RowKind.AT, number=fact.occurred_at_ms),
        Row(kind=RowKind.STAFF, text=_name(said.requested_by, knowledge)),
        Row(kind=RowKind.STATE, text=said.capability),
        *((Row(kind=RowKind.TOTAL, number=amount),) if amount else ()),
    )


def _known(row: Stored[Any] | None, why: str, knowledge: Knowledge) -> tuple[Row, ...]:
    state = Row(kind=RowKind.STATE, text=why)
    if row is None:
        return (state,)
    asked = ApprovalRequest.model_validate_json(row.body_json)
    return (
        Row(kind=RowKind.AT, number=row.requested_at_ms),
        Row(kind=RowKind.STAFF, text=_name(row.requested_by, knowledge)),
        Row(kind=RowKind.STATE, text=asked.capability),
        *((Row(kind=RowKind.TOTAL, number=asked.amount),) if asked.amount else ()),
        state,
    )


def _name(staff_id: str, knowledge: Knowledge) -> str:
    return knowledge.names.get(staff_id, staff_id)[:MAX_TEXT]

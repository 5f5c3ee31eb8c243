"""Overrides asked for at a till and decided at the hub, as a table of states.

Rule: a request is decided once, by somebody else than who asked, while it waits. What is
granted lets the till do the act; that it was done is a fact of the till's journal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, func, select

from pos.domain.staff import Act, Approved, Capability, Policy, StaffMember
from sync.hub.bulk import upsert_rows
from sync.hub.people import name_of, person
from sync.hub.tables_counter import approval
from sync.wire.v1.approvals import ApprovalAnswer, ApprovalRequest, ApprovalState

WAITS_MS = 3 * 60_000  # a customer stands at the counter
MOST_WAITING = 10  # of one till; a sound one asks for one at a time


class Event(Enum):
    GRANT = "grant"
    DENY = "deny"
    WITHDRAW = "withdraw"
    TIME_UP = "time up"


TRANSITIONS = {
    (ApprovalState.WAITING, Event.GRANT): ApprovalState.GRANTED,
    (ApprovalState.WAITING, Event.DENY): ApprovalState.DENIED,
    (ApprovalState.WAITING, Event.WITHDRAW): ApprovalState.WITHDRAWN,
    (ApprovalState.WAITING, Event.TIME_UP): ApprovalState.EXPIRED,
}


class NotAsked(ValueError):
    """A request that cannot be; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Ruling(Enum):
    """What became of a decision."""

    DECIDED = "decided"
    TOO_LATE = "too_late"  # withdrawn, expired, or decided by somebody else
    MAY_NOT = "may_not"  # this person cannot decide it
    UNKNOWN = "unknown"  # no such request in this shop


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as somebody who could decide it sees it."""

    asked: ApprovalRequest
    till: str
    requested_by: str
    requested_at_ms: int
    expires_at_ms: int


def ask(
    connection: Connection, till: str, shop: str, request: ApprovalRequest, now_ms: int
) -> ApprovalAnswer:
    """Put a request before the managers of a shop; the same one again changes nothing.

    Raises:
        NotAsked: By nobody of this shop, for nothing that is known, under the id of another
            request, or while too many of the till wait.
    """
    if request.capability not in {capability.value for capability in Capability}:
        raise NotAsked("unknown_capability")
    if person(connection, shop, request.requested_by) is None:
        raise NotAsked("unknown_person")
    known = connection.execute(_of_till(till, request.request_id)).first()
    if known is None and _count_of(connection, till, now_ms) >= MOST_WAITING:
        raise NotAsked("too_many")
    row = (
        request.request_id, shop, till, request.requested_by, request.capability,
        json.dumps(request.model_dump(), ensure_ascii=False), now_ms, now_ms + WAITS_MS,
        ApprovalState.WAITING.value, "", 0,
    )  # fmt: skip
    upsert_rows(connection, approval, [row], "(request_id) DO NOTHING")
    known = connection.execute(_of_till(till, request.request_id)).first()
    if known is None:
        raise NotAsked("other_till")
    if _asked(known) != request:
        raise NotAsked("other_request")
    return _answer(connection, known, now_ms)


def look(connection: Connection, till: str, request_id: str, now_ms: int) -> ApprovalAnswer | None:
    """Return what became of a till's request, None when it has none of that id."""
    row = connection.execute(_of_till(till, request_id)).first()
    return None if row is None else _answer(connection, row, now_ms)


def withdraw(
    connection: Connection, till: str, request_id: str, now_ms: int
) -> ApprovalAnswer | None:
    """Take a request back; the answer says when it was decided before."""
    row = connection.execute(_of_till(till, request_id).with_for_update()).first()
    if row is None:
        return None
    _move(connection, row, Event.WITHDRAW, "", now_ms)
    return look(connection, till, request_id, now_ms)


def decide(
    connection: Connection, shop: str, request_id: str, staff_id: str, event: Event, now_ms: int
) -> Ruling:
    """Grant or deny a request, if this person may and it still waits."""
    row = connection.execute(
        select(approval)
        .where(approval.c.request_id == request_id, approval.c.shop == shop)
        .with_for_update()
    ).first()
    if row is None:
        return Ruling.UNKNOWN
    member = person(connection, shop, staff_id)
    if member is None or not may_decide(member, _asked(row)):
        return Ruling.MAY_NOT
    moved = _move(connection, row, event, staff_id, now_ms)
    return Ruling.DECIDED if moved else Ruling.TOO_LATE


def waiting(connection: Connection, shop: str, now_ms: int) -> tuple[Waiting, ...]:
    """Return the requests of a shop that wait, the oldest first."""
    return tuple(
        Waiting(
            asked=_asked(row),
            till=row.till,
            requested_by=name_of(connection, shop, row.requested_by),
            requested_at_ms=row.requested_at_ms,
            expires_at_ms=row.expires_at_ms,
        )
        for row in _waiting_rows(connection, shop, now_ms)
    )


def count_waiting(connection: Connection, shop: str, now_ms: int) -> int:
    """Return how many requests of a shop wait."""
    return len(_waiting_rows(connection, shop, now_ms))


def may_decide(member: StaffMember, asked: ApprovalRequest) -> bool:
    """True for somebody else than who asked, who may do the act alone."""
    act = Act(Capability(asked.capability), asked.discount)
    may_alone = isinstance(Policy().decide(act, member), Approved)
    return member.is_active and member.staff_id != asked.requested_by and may_alone


def _waiting_rows(connection: Connection, shop: str, now_ms: int) -> Sequence[Row[Any]]:
    return connection.execute(
        select(approval)
        .where(
            approval.c.shop == shop,
            approval.c.state == ApprovalState.WAITING.value,
            approval.c.expires_at_ms > now_ms,
        )
        .order_by(approval.c.requested_at_ms, approval.c.request_id)
    ).all()


def _count_of(connection: Connection, till: str, now_ms: int) -> int:
    return (
        connection.scalar(
            select(func.count()).where(
                approval.c.till == till,
                approval.c.state == ApprovalState.WAITING.value,
                approval.c.expires_at_ms > now_ms,
            )
        )
        or 0
    )


def _move(connection: Connection, row: Row[Any], event: Event, staff_id: str, now_ms: int) -> bool:
    """Store the state after `event`; False when the table has no such step."""
    state = TRANSITIONS.get((_state(row, now_ms), event))
    if state is None:
        return False
    connection.execute(
        approval.update()
        .where(approval.c.request_id == row.request_id)
        .values(state=state.value, decided_by=staff_id, decided_at_ms=now_ms)
    )
    return True


def _state(row: Row[Any], now_ms: int) -> ApprovalState:
    """Return the state at a moment: what waits too long is expired without anybody's doing."""
    state = ApprovalState(row.state)
    if now_ms < row.expires_at_ms:
        return state
    return TRANSITIONS.get((state, Event.TIME_UP), state)


def _of_till(till: str, request_id: str) -> Any:
    return select(approval).where(approval.c.request_id == request_id, approval.c.till == till)


def _asked(row: Row[Any]) -> ApprovalRequest:
    return ApprovalRequest.model_validate_json(row.body_json)


def _answer(connection: Connection, row: Row[Any], now_ms: int) -> ApprovalAnswer:
    name = name_of(connection, row.shop, row.decided_by) if row.decided_by else ""
    return ApprovalAnswer(
        request_id=row.request_id,
        state=_state(row, now_ms),
        decided_by=row.decided_by,
        decided_by_name=name,
        decided_at_ms=row.decided_at_ms,
        expires_at_ms=row.expires_at_ms,
    )

"""Setting an amount aside while a customer waits: the sale that comes later takes it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.stored_value import CardRefusal, StoredValueKind, card_id
from sync.hub.bulk import upsert_rows
from sync.hub.tables_value import value_hold
from sync.hub.value import accounts
from sync.hub.value.accounts import CAPTURED, HELD, RELEASED
from sync.hub.value.ledger import OpIdUsed, digest_of
from sync.wire.v1.claims import Released
from sync.wire.v1.value import (
    HOLD_LASTS_MS,
    BalanceAnswer,
    ReleaseValueRequest,
    ReserveAnswer,
    ReserveRequest,
)


def balance(connection: Connection, code: str, now_ms: int) -> BalanceAnswer:
    """Return what is on a card; one nobody heard of has no state."""
    card = accounts.find(connection, card_id(code))
    if card is None:
        return BalanceAnswer(hub_time_ms=now_ms)
    return BalanceAnswer(
        state=accounts.state_of(card, now_ms),
        kind=StoredValueKind(card.kind),
        last4=card.last4,
        currency=card.currency,
        balance=card.balance,
        available=accounts.free(connection, card, now_ms),
        expires_at_ms=card.expires_at_ms,
        hub_time_ms=now_ms,
    )


def reserve(
    connection: Connection, *, till: str, shop: str, request: ReserveRequest, now_ms: int
) -> ReserveAnswer:
    """Set an amount aside, or say why not.

    Raises:
        OpIdUsed: The op id belongs to another request.
    """
    card = accounts.lock(connection, card_id(request.code))
    if card is None:
        return _refused(request, CardRefusal.UNKNOWN, now_ms)
    told = _told(till, card.account_id, request)
    known = find(connection, request.op_id)
    available = accounts.free(connection, card, now_ms)
    if known is not None:
        if known.content_sha256 != digest_of(told):
            raise OpIdUsed(request.op_id)
        if known.state == HELD and now_ms < known.until_ms:
            return _held(request, known.amount, known.until_ms, available, now_ms)
        return _refused(request, CardRefusal.RELEASED, now_ms, available)
    why = accounts.refusal(card, request.currency, now_ms)
    if why is not None:
        return _refused(request, why, now_ms)
    amount = min(request.amount, available) if request.up_to else request.amount
    if not 0 < amount <= available:
        return _refused(request, CardRefusal.NOT_ENOUGH, now_ms, available)
    until_ms = now_ms + HOLD_LASTS_MS
    row = (
        request.op_id, card.account_id, digest_of(told), amount, HELD, shop, till, now_ms,
        until_ms,
    )  # fmt: skip
    if upsert_rows(connection, value_hold, [row], "(op_id) DO NOTHING") != 1:
        raise OpIdUsed(request.op_id)
    return _held(request, amount, until_ms, available - amount, now_ms)


def release(connection: Connection, *, till: str, request: ReleaseValueRequest) -> Released:
    """Give back what was set aside; only the till that asked for it can."""
    given_back = connection.execute(
        value_hold.update()
        .where(
            value_hold.c.op_id == request.op_id,
            value_hold.c.till == till,
            value_hold.c.state == HELD,
        )
        .values(state=RELEASED)
    )
    return Released(was_held=given_back.rowcount == 1)


def find(connection: Connection, op_id: str, *, locked: bool = False) -> Row[Any] | None:
    """Return what was set aside under an op id, whatever became of it."""
    wanted = select(value_hold).where(value_hold.c.op_id == op_id)
    return connection.execute(wanted.with_for_update() if locked else wanted).first()


def capture(connection: Connection, op_id: str) -> None:
    """Note that a sale took what was set aside."""
    connection.execute(
        value_hold.update().where(value_hold.c.op_id == op_id).values(state=CAPTURED)
    )


def _told(till: str, account_id: str, request: ReserveRequest) -> str:
    asked = [till, account_id, request.amount, request.currency, request.basket_id, request.up_to]
    return json.dumps(asked)


def _held(
    request: ReserveRequest, amount: int, until_ms: int, available: int, now_ms: int
) -> ReserveAnswer:
    return ReserveAnswer(
        op_id=request.op_id,
        amount=amount,
        available=available,
        currency=request.currency,
        until_ms=until_ms,
        hub_time_ms=now_ms,
    )


def _refused(
    request: ReserveRequest, why: CardRefusal, now_ms: int, available: int = 0
) -> ReserveAnswer:
    return ReserveAnswer(
        op_id=request.op_id,
        refusal=why,
        available=available,
        currency=request.currency,
        hub_time_ms=now_ms,
    )

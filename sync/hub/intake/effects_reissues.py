"""What it does at the hub that a refund that failed was paid again, by whatever till."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.money import Money
from pos.domain.refund import RefundState
from pos.domain.reissue import read_reissue
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_ledger import PaidOut
from pos.domain.return_purchase import Means
from pos.domain.return_purchase_content import paid_out_content
from sync.hub.conflicts import desk
from sync.hub.counter import claims
from sync.hub.intake.effects import Effects, NotApplicable, Origin, Reader
from sync.hub.intake.effects_sales import utc_day
from sync.hub.returns import refund_book
from sync.hub.returns.checking import ask_to_check
from sync.hub.tables_returns import return_document, return_refund, return_reissue
from sync.wire.v1 import facts
from sync.wire.v1.claims import ClaimKind
from sync.wire.v1.desk import ItemKind
from sync.wire.v1.push import Op

ISSUED_BEFORE = "refund_issued_before"  # the id of the refund is another's
NOT_FAILED = "refund_not_failed"  # it replaces one that may have arrived


def _issued(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    told = facts.RefundIssued.model_validate_json(body)
    content = json.dumps(paid_out_content(_paid_out(told, body)))
    day = origin.days.get(told.session_id) or utc_day(told.at_ms)

    def act(connection: Connection) -> None:
        row = _replaced(connection, told, origin)
        if refund_book.is_known(connection, told.refund.refund_id):
            effects.note_exception(op.op_id, ISSUED_BEFORE)
            return
        if not _is_failed(connection, row, origin.now_ms):
            effects.note_exception(op.op_id, NOT_FAILED)
        _write(connection, op, told, row, origin, day, content)
        key = f"{row.return_id}:{row.refund_id}"
        desk.settle(connection, ItemKind.REFUND_REFUSED, key, origin.now_ms)
        claims.free_of_till(
            connection,
            ClaimKind.PURCHASE.value,
            [row.purchase],
            till=origin.till,
            at_ms=origin.now_ms,
        )
        ask_to_check(connection, [row.purchase])

    effects.act(act)
    return ""


def _paid_out(told: facts.RefundIssued, body: str) -> PaidOut:
    """Return the refund as the ledger holds it; one that cannot be read whole is money still."""
    refund = told.refund
    plain = PaidOut(
        refund.refund_id,
        refund.means,
        Money(refund.amount, told.currency),
        refund.reference,
        refund.state,
        replaces=told.replaces,
    )
    try:
        return replace(plain, origin=read_reissue(json.loads(body)).refund.origin)
    except (UnreadableReturn, ValueError):
        return plain


def _replaced(connection: Connection, told: facts.RefundIssued, origin: Origin) -> Row[Any]:
    """Return the refund that is replaced: by its return, else that of the till that tells of it.

    Raises:
        NotApplicable: The hub does not know it yet.
    """
    rows: Sequence[Row[Any]] = connection.execute(
        select(return_refund, return_document.c.till)
        .join(return_document, return_document.c.return_id == return_refund.c.return_id)
        .where(
            return_refund.c.refund_id == told.replaces,
            return_refund.c.currency == told.currency,
        )
        .order_by(return_refund.c.return_id)
    ).all()
    named = [row for row in rows if row.return_id == told.return_id]
    own = [row for row in rows if row.till == origin.till]
    for found in (*named, *own, *rows):
        return found
    raise NotApplicable(told.replaces)


def _is_failed(connection: Connection, row: Row[Any], now_ms: int) -> bool:
    """True when no money moved: one that a person had asked for again was not sent yet."""
    if row.means == Means.WEB.value and refund_book.withdraw(connection, row, now_ms):
        return True
    return bool(row.state == RefundState.FAILED.value)


def _write(
    connection: Connection,
    op: Op,
    told: facts.RefundIssued,
    row: Row[Any],
    origin: Origin,
    day: str,
    content: str,
) -> None:
    refund = told.refund
    is_ours = refund.means is Means.WEB and refund.state is not RefundState.FAILED
    connection.execute(
        return_refund.insert().values(
            return_id=row.return_id,
            refund_id=refund.refund_id,
            position=0,
            purchase=row.purchase,
            means=refund.means.value,
            amount=refund.amount,
            currency=told.currency,
            reference=refund.reference,
            state=(RefundState.REQUESTED if is_ours else refund.state).value,
            asked_as=refund.refund_id,
            changed_at_ms=origin.now_ms,
            next_try_at_ms=origin.now_ms,
            tries=0,
            detail="",
            replaces=row.refund_id,
        )
    )
    connection.execute(
        return_reissue.insert().values(
            refund_id=refund.refund_id,
            return_id=row.return_id,
            op_id=op.op_id,
            till=origin.till,
            shop=origin.shop,
            session_id=told.session_id,
            staff_id=told.staff_id,
            business_day=day,
            purchase=row.purchase,
            means=refund.means.value,
            amount=refund.amount,
            currency=told.currency,
            reason=told.reason,
            at_ms=told.at_ms,
            content_json=content,
            fork=origin.fork,
        )
    )


READERS: Mapping[str, Reader] = {"refund.issued": _issued}
AGGREGATES: Mapping[str, str] = {"refund.issued": "return_id"}

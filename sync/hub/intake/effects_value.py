"""What facts about gift cards and store credit do at the hub, and sales paid with them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from pos.domain.stored_value import Movement, StoredValueKind
from sync.hub.intake.effects import Effects, Origin, Reader
from sync.hub.value import loading, redeeming
from sync.hub.value.loading import Told
from sync.hub.value.redemption import Redemption
from sync.wire.v1 import facts
from sync.wire.v1.push import Op
from sync.wire.v1.value import ValueLoaded

MOVEMENTS = {
    "value.issued": Movement.ISSUE,
    "value.activated": Movement.ACTIVATE,
    "value.topped_up": Movement.TOP_UP,
    "value.reversed": Movement.REVERSE,
}
TENDERS = frozenset(kind.value for kind in StoredValueKind)


def redeem(sale: facts.SaleCompleted, op: Op, origin: Origin, effects: Effects) -> None:
    """Take what a sale was paid with off its cards, once for each tender."""
    for position, tender in enumerate(sale.tenders, start=1):
        if tender.kind in TENDERS and tender.amount > 0:
            told = Redemption(
                op_id=f"{op.op_id}:{position}",
                reference=tender.reference,
                amount=tender.amount,
                currency=sale.currency,
                shop=origin.shop,
                till=origin.till,
                staff_id=sale.staff_id,
                document=sale.number,
                at_ms=sale.completed_at_ms,
            )
            _act(op, told, origin, effects)


def _act(op: Op, told: Redemption, origin: Origin, effects: Effects) -> None:
    def act(connection: Connection) -> None:
        if code := redeeming.redeem(connection, told, origin.now_ms):
            effects.note_exception(op.op_id, code)

    effects.act(act)


def _loaded(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    loaded = ValueLoaded.model_validate_json(body)
    told = Told(op.op_id, origin.shop, origin.till, op.occurred_at_ms, origin.now_ms)

    def act(connection: Connection) -> None:
        if code := loading.load(connection, MOVEMENTS[op.kind], loaded, told):
            effects.note_exception(op.op_id, code)

    effects.act(act)
    return ""


READERS: Mapping[str, Reader] = dict.fromkeys(MOVEMENTS, _loaded)
AGGREGATES: Mapping[str, str] = dict.fromkeys(MOVEMENTS, "card")

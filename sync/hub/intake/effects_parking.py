"""What facts about parked tickets do at the hub."""

from __future__ import annotations

from collections.abc import Mapping

from sync.hub.counter import parked
from sync.hub.intake.effects import Effects, Origin, Reader
from sync.wire.v1.parking import BasketCancelled, BasketParked, BasketResumed
from sync.wire.v1.push import Op


def _parked(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = BasketParked.model_validate_json(body)
    effects.act(
        lambda connection: parked.park(
            connection,
            origin.shop,
            origin.till,
            fact,
            at_ms=op.occurred_at_ms,
            place=(origin.epoch, op.seq),
        )
    )
    return ""


def _resumed(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = BasketResumed.model_validate_json(body)
    effects.act(
        lambda connection: parked.resume(
            connection, origin.shop, origin.till, fact, at_ms=op.occurred_at_ms
        )
    )
    return ""


def _cancelled(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    fact = BasketCancelled.model_validate_json(body)
    effects.act(
        lambda connection: parked.cancel(
            connection, origin.shop, origin.till, fact, place=(origin.epoch, op.seq)
        )
    )
    return ""


READERS: Mapping[str, Reader] = {
    "basket.parked": _parked,
    "basket.resumed": _resumed,
    "basket.cancelled": _cancelled,
}
AGGREGATES: Mapping[str, str] = dict.fromkeys(READERS, "basket_id")

"""Which fact is read how: the place where every module that gives facts an effect is named.

A module brings `READERS`, from the kind of a fact to the function that reads it, and
`AGGREGATES`, from the kind to the field of the body that names what the fact is about: only
facts about the same thing wait for one that could not be applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from sync.hub.intake import (
    effects_customers,
    effects_desk,
    effects_notes,
    effects_orders,
    effects_parking,
    effects_reissues,
    effects_returns,
    effects_sales,
    effects_value,
)
from sync.hub.intake.effects import Effects, Origin, Reader, text_field
from sync.wire.v1.base import without_nul
from sync.wire.v1.push import Op, Outcome

UNKNOWN_KIND = "unknown_kind"
UNREADABLE = "unreadable_body"
WITHHELD = "withheld"

_READERS: Mapping[str, Reader] = {
    **effects_customers.READERS,
    **effects_desk.READERS,
    **effects_notes.READERS,
    **effects_orders.READERS,
    **effects_parking.READERS,
    **effects_reissues.READERS,
    **effects_returns.READERS,
    **effects_sales.READERS,
    **effects_value.READERS,
}
_AGGREGATES: Mapping[str, str] = {
    **effects_desk.AGGREGATES,
    **effects_orders.AGGREGATES,
    **effects_parking.AGGREGATES,
    **effects_reissues.AGGREGATES,
    **effects_returns.AGGREGATES,
    **effects_sales.AGGREGATES,
    **effects_value.AGGREGATES,
}

# Stored and chained, and nothing more: the journal itself is what the shop looks them up in.
KEPT_AS_THEY_ARE = frozenset(
    {"session.counted", "session.x_report", "staff.signed_in", "staff.signed_out",
     "staff.locked_till", "staff.pin_failed", "override.granted", "basket.line_voided",
     "drawer.opened", "receipt.printed", "receipt.reprinted", "receipt.emailed",
     "till.epoch_begun"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the hub takes a fact; `outcome` is as stored."""

    outcome: str
    code: str = ""


def read_effects(op: Op, origin: Origin, effects: Effects) -> Judgement:
    """Add what `op` does to `effects` and say how the hub takes it; a bad body adds nothing."""
    if op.body_json is None:
        return Judgement(Outcome.PARKED.value, WITHHELD)
    reader = _READERS.get(op.kind)
    if reader is None:
        if op.kind in KEPT_AS_THEY_ARE:
            return Judgement(Outcome.APPLIED.value)
        return Judgement(Outcome.PARKED.value, UNKNOWN_KIND)
    try:
        # PostgreSQL's texts hold no NUL.
        code = reader(op, without_nul(op.body_json), origin, effects)
    except ValidationError:
        return Judgement(Outcome.PARKED.value, UNREADABLE)
    taken = Outcome.APPLIED_WITH_EXCEPTION if code else Outcome.APPLIED
    return Judgement(taken.value, code)


def as_found(op: Op, judgement: Judgement, effects: Effects) -> Judgement:
    """Return how a fact is taken once its effects were written: acts look only then."""
    code = effects.exceptions.get(op.op_id)
    return Judgement(Outcome.APPLIED_WITH_EXCEPTION.value, code) if code else judgement


def aggregate_of(op: Op) -> str:
    """Return what a fact is about, as ``field:id``; a fact of its own when nothing is named."""
    name = _AGGREGATES.get(op.kind)
    about = text_field(op.body_json or "", name) if name else ""
    return f"{name}:{about}" if about else f"op:{op.op_id}"

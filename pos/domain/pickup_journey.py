"""From what happened to an order to the moments that its figures are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.collection import (
    MAY_BE_HANDED_OVER,
    Order,
    OrderLine,
    OrderState,
    ShortReason,
)
from pos.domain.pickup_figures import Journey
from pos.domain.quantity import THOUSAND

STAGED, ARRIVED, HANDED_OVER = "order.staged", "order.customer_arrived", "order.handed_over"
UNDONE, EXPIRED, EXTENDED = "order.handover_undone", "order.expired", "order.hold_extended"
KINDS = (STAGED, ARRIVED, HANDED_OVER, UNDONE, EXPIRED, EXTENDED)
_HANDED_OVER = (OrderState.COLLECTED, OrderState.PARTLY_COLLECTED)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to an order; `is_here` is False for a customer who left again."""

    kind: str
    at_ms: int
    is_here: bool = True


def journey_of(order: Order, happenings: Iterable[Happening]) -> Journey:
    """Return what became of an order; what nobody told is taken from the order itself.

    The first staging counts (a parcel that is moved is staged again), the last arrival before
    the handover, and only a handover that was not undone.
    """
    told: dict[str, int] = {}
    for happening in sorted(happenings, key=lambda one: one.at_ms):
        _take(told, happening)
    is_handed = order.state in _HANDED_OVER
    return Journey(
        placed_at_ms=order.placed_at_ms,
        staged_at_ms=told.get(STAGED) or order.ready_at_ms,
        arrived_at_ms=order.arrived_at_ms or told.get(ARRIVED, 0),
        handed_over_at_ms=(told.get(HANDED_OVER) or order.closed_at_ms) if is_handed else 0,
        expired_at_ms=0 if is_handed else told.get(EXPIRED, 0),
        wanted=sum(_pieces(line, line.quantity) for line in order.lines),
        short=sum(_pieces(line, _short(line)) for line in order.lines),
        is_waiting=order.is_open and order.arrived_at_ms > 0,
        is_to_prepare=order.is_open and order.state not in MAY_BE_HANDED_OVER,
        is_on_shelf=order.state in MAY_BE_HANDED_OVER,
    )


def _take(told: dict[str, int], happening: Happening) -> None:
    kind, at_ms = happening.kind, happening.at_ms
    if kind == STAGED:
        told.setdefault(STAGED, at_ms)
    elif kind == ARRIVED:
        told[ARRIVED] = at_ms if happening.is_here else 0
    elif kind == UNDONE:
        told.pop(HANDED_OVER, None)
    elif kind == EXTENDED:
        told.pop(EXPIRED, None)
    else:
        told[kind] = at_ms


def _short(line: OrderLine) -> int:
    return 0 if line.short_reason is ShortReason.LATER else line.short


def _pieces(line: OrderLine, thousandths: int) -> int:
    """Return pieces of counted goods; of measured ones any amount is one."""
    return thousandths // THOUSAND if line.unit.is_counted else int(thousandths > 0)

"""The figures of the shop's orders, as this till alone can count them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pos.domain.collection_events import FACTS, CustomerArrived
from pos.domain.journal import FactKind
from pos.domain.pickup_figures import PickupFigures, figures_of, period_of
from pos.domain.pickup_journey import Happening, journey_of
from pos.services.ports import Records
from pos.services.workstation import Workstation

_TOLD_HERE = (
    FactKind.ORDER_STAGED,
    FactKind.ORDER_CUSTOMER_ARRIVED,
    FactKind.ORDER_HANDED_OVER,
    FactKind.ORDER_HANDOVER_UNDONE,
    FactKind.ORDER_HOLD_EXTENDED,
)
_LOOKED_BACK_MS = 31 * 86_400_000  # what was put on its shelf earlier is taken from the order


@dataclass(frozen=True, slots=True)
class LocalFigures:
    """Figures of this till; what others did is as old as `mirrored_at_ms` (UTC ms, 0: never)."""

    figures: PickupFigures
    mirrored_at_ms: int


def look_up(station: Workstation, days: int) -> LocalFigures:
    """Return what this till knows: the orders the hub told of, and what was done here.

    What other tills did shows only as far as it is part of an order, so that times to hand
    over are those of this till; the hub knows better when it can be asked.

    Raises:
        ValueError: Not 1 to 31 days.
    """
    period = period_of(days, station.clock.now_ms(), station.time_zone)
    with station.store.reading() as records:
        orders = (*records.orders.open(), *records.orders.closed_since(period.since_ms))
        happened = _told_here(records, period.since_ms - _LOOKED_BACK_MS)
        mirrored_at_ms = records.orders.mirrored_at_ms()
    journeys = (journey_of(one, happened[one.order_id]) for one in orders)
    return LocalFigures(figures_of(journeys, period), mirrored_at_ms)


def _told_here(records: Records, since_ms: int) -> dict[str, list[Happening]]:
    happened: dict[str, list[Happening]] = defaultdict(list)
    for kind in _TOLD_HERE:
        for fact in records.orders.events(kind, since_ms=since_ms):
            body = fact.body
            is_here = FACTS[kind] is not CustomerArrived or body.get("is_here") is not False
            order_id = str(body.get("order_id"))
            happened[order_id].append(Happening(kind.value, fact.occurred_at_ms, is_here))
    return happened

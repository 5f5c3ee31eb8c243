"""How an act on orders ends: recorded in one transaction, or not at all and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.collection import Order
from pos.domain.collection_events import Event
from pos.domain.collection_rules import Contradiction
from pos.services.orders import NoSuchOrder, happen
from pos.services.ports import Records
from pos.services.workstation import SignOn

UNKNOWN_ORDER = "unknown_order"


@dataclass(frozen=True, slots=True)
class Changed:
    """It is recorded; `orders` are as they are now, in the order they were named."""

    orders: tuple[Order, ...]

    @property
    def order(self) -> Order:
        """The order that the last event was about."""
        return self.orders[-1]


@dataclass(frozen=True, slots=True)
class NotNow:
    """Nothing was recorded. `code` is one of `collection_rules`, or `UNKNOWN_ORDER`."""

    code: str
    order: Order | None = None  # as it is known here


def record(
    sign_on: SignOn, *events: Event, first: Callable[[Records], object] | None = None
) -> Changed | NotNow:
    """Record events in one transaction: all of them or none.

    Args:
        sign_on: Who acts.
        events: What happened, in this order.
        first: What belongs into the same transaction before them, such as an override.

    Raises:
        StoreUnavailable: Nothing was recorded.
    """
    changed: dict[str, Order] = {}
    try:
        with sign_on.station.store.transaction() as records:
            if first is not None:
                first(records)
            for event in events:
                about = event.order_id
                changed[about] = happen(sign_on, records, event)
    except NoSuchOrder:
        return NotNow(UNKNOWN_ORDER)
    except Contradiction as contradiction:
        return NotNow(contradiction.code, known(sign_on, about))
    return Changed(tuple(changed.values()))


def known(sign_on: SignOn, order_id: str) -> Order | None:
    """Return an order as this till knows it."""
    with sign_on.station.store.reading() as records:
        return records.orders.get(order_id)


def all_known(records: Records, order_ids: tuple[str, ...]) -> tuple[Order, ...]:
    """Return those of the orders that this till knows."""
    found = (records.orders.get(order_id) for order_id in order_ids)
    return tuple(order for order in found if order is not None)

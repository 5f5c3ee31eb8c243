"""A till with orders, and the hands of Lucía: for tests of the handover."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from pos.domain.collection import Order
from pos.domain.pickup_code import DAY_MS, PickupCode, tag_of
from pos.domain.scan_codes import ParcelScan
from pos.domain.ticket import Ticket
from pos.services import handover, handover_identity, handover_steps, pay
from pos.services.on_counter import OnCounter
from pos.services.workstation import SignOn
from pos.signatures import Purpose, SigningKey
from pos.store.pickup_keys import HubPickupKeys
from tests.services.conftest import Shop
from tests.services.pickup_things import know, on_shelf

HUB = SigningKey(b"h" * 32)


def code_of(order: Order, **changes: object) -> PickupCode:
    """Return the code that the hub signed for an order."""
    day = 1_790_000_000_000 // DAY_MS + 7
    made = PickupCode(order.serial, tag_of(order.order_id), order.version, day, "FUEN")
    code = replace(made, **changes)  # type: ignore[arg-type]
    return replace(code, signature=HUB.sign(Purpose.PICKUP, code.signed_part))


@dataclass
class Counter:
    """A till with orders, and the hands of Lucía."""

    shop: Shop
    sign_on: SignOn

    def begin(self, order: Order, *, fence: int = 7) -> OnCounter:
        """Know an order and begin its handover as the hub granted it; 0: the hub is away."""
        know(self.shop, order)
        handover.begin(self.sign_on, order.order_id)
        if fence:
            return handover.claimed(self.sign_on, order.order_id, fence)
        return handover.alone(self.sign_on, order.order_id)

    def prepare(self, order: Order, *, fence: int = 7) -> OnCounter:
        """Do everything but hand over."""
        self.begin(order, fence=fence)
        handover_identity.identify_by_code(self.sign_on, order.order_id, code_of(order))
        for parcel in order.parcels:
            label = ParcelScan(order.number, parcel.number, parcel.print_number)
            seen = handover_steps.scan_parcel(self.sign_on, order.order_id, label)
        return seen

    def order(self, order: Order) -> Order:
        with self.shop.station.store.reading() as records:
            found = records.orders.get(order.order_id)
        assert found is not None
        return found

    def drafts(self) -> int:
        with self.shop.station.store.reading() as records:
            return len(records.handovers.current())

    def confirmed(self) -> None:
        """Let the hub have confirmed the orders just now."""
        with self.shop.station.store.transaction() as records:
            statements = records.orders._sql  # type: ignore[attr-defined]
            statements.run(
                "INSERT INTO sync_mark (name, value) VALUES ('orders', ?)",
                (self.shop.clock.now_ms(),),
            )

    def last(self, kind: str) -> dict[str, object]:
        return dict([fact.body for fact in self.shop.facts() if fact.kind.value == kind][-1])


def pay_cash(counter: Counter, ticket: Ticket) -> pay.Paid:
    paid = pay.take_cash(counter.sign_on, ticket, ticket.payment.due)
    assert isinstance(paid, pay.Paid)
    return paid


def pay_in_shop(number: str = "W-10482", *shelves: str, **changes: object) -> Order:
    return on_shelf(number, *(shelves or ("B3", "B3")), is_prepaid=False, **changes)


@pytest.fixture
def counter(shop: Shop, at_work: SignOn) -> Counter:
    station = replace(shop.station, pickup_keys=HubPickupKeys(HUB.public))
    shop.station = station
    return Counter(shop, replace(at_work, station=station))

"""Two tills of a shop and one order, over the real hub: one hands it over, the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.devices.hub_answers import HubAnswers
from pos.domain.collection import Order, OrderState
from pos.domain.pickup_code import DAY_MS, PickupCode, tag_of
from pos.domain.scan_codes import ParcelScan
from pos.domain.staff import Role, StaffMember
from pos.fiscal.none import NoFiscalModule
from pos.services import handover, handover_identity, handover_steps
from pos.services.hand_over_payment import hand_over
from pos.services.hub_calls import ClaimState, OrderClaim
from pos.services.workstation import SignOn, Workstation
from pos.signatures import Purpose, SigningKey
from pos.store.pickup_keys import HubPickupKeys
from pos.system import Uuid7
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.orders_pull import OrdersPull
from sync.agent.pushing import Pushing
from sync.counter_client import CounterClient
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.tables_desk import desk_item
from sync.protocol.link import Link
from sync.wire.v1.desk import ItemKind
from tests.order_builders import customer_order, staged
from tests.services.conftest import PlainPins, ShelfCatalogue
from tests.sync.facts import T0
from tests.sync.till_data import ShopTill

SIGNER = SigningKey(b"s" * 32)
ANA = StaffMember("ana", "Ana", Role.MANAGER)
SHELVED = 12


class Clock:
    def now_ms(self) -> int:
        return T0 + 60_000


class Counter:
    """One till of the shop with Ana at work, its agent, and its way to ask the hub."""

    def __init__(self, till: ShopTill, url: str, database: HubDatabase, stack: ExitStack) -> None:
        till.register(database)
        agent = stack.enter_context(closing(till.open_agent_store()))
        http = till.credentials.open(url, deadline_s=30, incarnation="1" * 16)
        stack.callback(http.close)
        line = Hub(http, till=agent.till, shop="FUEN")
        self._pull = OrdersPull(agent, line, _Ticking(), lambda _: None, shop="FUEN")
        self._pushing = Pushing(agent, line, AgentClock(), lambda: 0.0)
        self.hub = HubAnswers(CounterClient(url, till.credentials))
        self.name = agent.till
        station = Workstation(
            shop="FUEN",
            till=agent.till,
            till_number=till.identity.number,
            currency="EUR",
            store=till.store,
            catalogues=ShelfCatalogue(),
            clock=Clock(),
            ids=Uuid7(),
            fiscal=NoFiscalModule(),
            pins=PlainPins(),
            pickup_keys=HubPickupKeys(SIGNER.public),
        )
        self.sign_on = SignOn(station, ANA)

    def pull(self) -> None:
        assert self._pull.pull_if_due()

    def push(self) -> None:
        link, goes_on = Link(0), True
        while goes_on:
            link, goes_on = self._pushing.step(link)

    def claim(self, order: Order) -> OrderClaim:
        return self.hub.claim_order(Uuid7().new(), order.order_id, takes_over=False)

    def prepare(self, order: Order) -> None:
        """Begin, with the customer's code and every parcel in hand."""
        handover.begin(self.sign_on, order.order_id)
        day = T0 // DAY_MS + 7
        code = PickupCode(order.serial, tag_of(order.order_id), order.version, day, "FUEN")
        signed = replace(code, signature=SIGNER.sign(Purpose.PICKUP, code.signed_part))
        handover_identity.identify_by_code(self.sign_on, order.order_id, signed)
        for parcel in order.parcels:
            label = ParcelScan(order.number, parcel.number, parcel.print_number)
            handover_steps.scan_parcel(self.sign_on, order.order_id, label)

    def hand_over(self, order: Order, claim: OrderClaim | None) -> Order:
        """Hand it over with the hub's claim, or alone."""
        self.prepare(order)
        if claim is None:
            handover.alone(self.sign_on, order.order_id)
        else:
            handover.claimed(self.sign_on, order.order_id, claim.fence, claim.order)
        return hand_over(self.sign_on, order.order_id)


class _Ticking:
    """A clock on which a minute passes with every look."""

    def __init__(self) -> None:
        self.ms = 0

    def now_ms(self) -> int:
        return T0 + self.ms

    def monotonic_ms(self) -> int:
        self.ms += 60_000
        return self.ms


@pytest.fixture
def tills(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[list[Counter]]:
    with ExitStack() as stack:
        counters = []
        for number in (1, 2):
            till = ShopTill(tmp_path / f"till-{number}", hub_url, number=number)
            stack.callback(till.close)
            counters.append(Counter(till, hub_url, database, stack))
        yield counters


def shelve(database: HubDatabase, tills: list[Counter], count: int = 1) -> list[Order]:
    """Put prepaid orders on the shelf, known to the hub and to every till."""
    orders = []
    for serial in range(1, count + 1):
        made = staged(customer_order(number=f"W-{serial}", serial=serial, placed_at_ms=T0))
        orders.append(replace(made, state=OrderState.READY, ready_at_ms=T0))
    with database.transaction() as connection:
        for order in orders:
            book.add(connection, order, book.Happened(f"op-{order.order_id}", T0))
    for till in tills:
        till.pull()
    return orders


def at_hub(database: HubDatabase, order: Order) -> Order:
    with database.transaction() as connection:
        return book.held(connection, order.order_id).order


def items(database: HubDatabase) -> list[str]:
    with database.transaction() as connection:
        return [str(row.kind) for row in connection.execute(select(desk_item.c.kind))]


def test_of_two_tills_that_claim_at_once_one_hands_over_and_the_other_is_told_who(
    tills: list[Counter], database: HubDatabase
) -> None:
    orders = shelve(database, tills, SHELVED)

    def race(till: Counter) -> list[OrderClaim]:
        return [till.claim(order) for order in orders]

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(race, tills))

    for place, order in enumerate(orders):
        claims = [answers[place] for answers in both]
        states = sorted(claim.state.value for claim in claims)
        assert states == ["granted", "held"]
        winner = next(n for n, claim in enumerate(claims) if claim.state is ClaimState.GRANTED)
        loser = claims[1 - winner]
        assert loser.holder == tills[winner].name
        assert loser.since_ms > 0
        tills[winner].hand_over(order, claims[winner])
    for till in tills:
        till.push()
    assert {at_hub(database, order).state for order in orders} == {OrderState.COLLECTED}
    assert items(database) == []


def test_who_comes_too_late_is_told_where_and_when_it_was_collected(
    tills: list[Counter], database: HubDatabase
) -> None:
    first, second = tills
    (order,) = shelve(database, tills)
    first.hand_over(order, first.claim(order))
    first.push()

    answer = second.claim(order)

    assert (answer.state, answer.holder, answer.detail) == (
        ClaimState.GONE, first.name, "collected",
    )  # fmt: skip
    second.pull()
    seen = handover.begin(second.sign_on, order.order_id)
    assert seen.order.closed_at_till == first.name


def test_two_tills_that_were_alone_lay_both_stories_on_the_desk(
    tills: list[Counter], database: HubDatabase
) -> None:
    (order,) = shelve(database, tills)
    for till in tills:
        till.hand_over(order, None)
    for till in tills:
        till.push()

    assert items(database) == [ItemKind.HANDED_OVER_TWICE.value]
    assert at_hub(database, order).closed_at_till == tills[0].name

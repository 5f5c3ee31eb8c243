"""Two tills of a shop and one hub: a parked ticket is sold once, whatever gets lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.devices.hub_answers import HubAnswers
from pos.domain.basket import EntryMethod
from pos.domain.promotion import (
    Coupon,
    CouponUse,
    MultiBuy,
    OffTotal,
    PercentOff,
    Promotion,
)
from pos.domain.quantity import Quantity
from pos.domain.staff import Role, StaffMember
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashCount
from pos.fiscal.none import NoFiscalModule
from pos.services import park, pay, sell
from pos.services.coupons import use_coupon
from pos.services.hub_calls import Claim, ClaimState
from pos.services.park import NoSuchTicket, Permit, TakenElsewhere
from pos.services.till_session import open_session
from pos.services.workstation import SignOn, Workstation
from pos.system import Uuid7
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.agent.pushing import Pushing
from sync.counter_client import CounterClient
from sync.hub import tables
from sync.hub.database import HubDatabase
from sync.protocol.link import Link
from sync.wire.v1.desk import ItemKind
from tests.builders import eur, product
from tests.fakes.promotions import offering
from tests.services.conftest import FakeClock, PlainPins, ShelfCatalogue
from tests.sync.hub.parking_kit import desk_items, told
from tests.sync.serving import FixedClock
from tests.sync.till_data import ShopTill

LUCIA = StaffMember("lucia", "Lucía Romero", Role.SHIFT_LEAD)


OFFERS = (
    Promotion("3x2", "3x2 en aceite", MultiBuy(3, 2), 0, 2**50),
    Promotion("one", "1 € menos", OffTotal(1, minor=1_00), 0, 2**50),
    Promotion(
        "summer", "Verano", PercentOff(50_00), 0, 2**50, coupon=CouponUse.SHARED, code="VERANO"
    ),
)


class Counter:
    """One till with its cashier, its agent, and its own way to ask the hub."""

    def __init__(self, till: ShopTill, url: str, database: HubDatabase, stack: ExitStack) -> None:
        till.register(database)
        self.till = till
        store = stack.enter_context(closing(till.open_agent_store()))
        http = till.credentials.open(url, deadline_s=30, incarnation="1" * 16)
        hub = Hub(http, till=store.till, shop="FUEN")
        stack.callback(http.close)
        self.agent = store
        self._pushing = Pushing(store, hub, AgentClock(), lambda: 0.0)
        self._pulling = Pulling(store, hub, AgentClock(), till.folder.catalogue, lambda _: None)
        self.hub = HubAnswers(CounterClient(url, till.credentials))
        self.sign_on = self._signed_on()

    def _signed_on(self) -> SignOn:
        identity = self.till.identity
        station = Workstation(
            shop=identity.shop,
            till=identity.till,
            till_number=identity.number,
            currency="EUR",
            store=self.till.store,
            catalogues=ShelfCatalogue(),
            clock=FakeClock(),
            ids=Uuid7(),
            fiscal=NoFiscalModule(),
            pins=PlainPins(),
        )
        self.agent.apply_staff([(LUCIA, "1111")], cursor=1)
        nobody = SignOn(station, LUCIA)
        return open_session(nobody, CashCount("EUR", {}), business_day="2026-09-21")

    def park(self, label: str = "La del perro") -> str:
        """Put two articles on a ticket and park it; return its id."""
        ticket = sell.add_product(
            self.sign_on, None, product(price=7_95), Quantity.each(2), EntryMethod.SCANNED
        )
        ticket = sell.add_product(
            self.sign_on, ticket, product("8410000000024", 2_49), Quantity.each(1),
            EntryMethod.SCANNED,
        )  # fmt: skip
        park.park(self.sign_on, ticket, label=label)
        return ticket.basket.basket_id

    def sync(self) -> None:
        """Push what waits, then pull what is told, as the agent does."""
        link, goes_on = Link(0), True
        while goes_on:
            link, goes_on = self._pushing.step(link)
        self._pulling.pull()

    def claim(self, basket_id: str, op_id: str = "") -> Claim:
        op_id = op_id or Uuid7().new()
        return self.hub.claim(op_id, basket_id, takes_over=False)

    def take(self, basket_id: str, claim: Claim) -> Ticket:
        """Go on with another till's ticket by a grant."""
        assert claim.state is ClaimState.GRANTED
        return park.resume_from_shop(self.sign_on, basket_id, claim.content, Permit(claim.fence))

    def pay(self, ticket: Ticket) -> int:
        """Sell a ticket for cash; return what it came to in cents."""
        begun = pay.begin(self.sign_on, ticket)
        paid = pay.take_cash(self.sign_on, begun, begun.payment.due)
        assert isinstance(paid, pay.Paid)
        return paid.sale.total.minor

    @property
    def list(self) -> list[tuple[str, str]]:
        """What waits, as the panel shows it."""
        waiting = park.waiting(self.sign_on)
        here = [("here", ticket.label) for ticket in waiting.ours]
        return here + [(ticket.till, ticket.label) for ticket in waiting.others]


OpenTill = Callable[[int], Counter]


@pytest.fixture
def open_counter(
    tmp_path: Path, hub_url: str, database: HubDatabase, clock: FixedClock
) -> Iterator[OpenTill]:
    """Return a function that opens a till of the shop by its number."""
    with ExitStack() as stack:

        def open_it(number: int) -> Counter:
            till = ShopTill(tmp_path / f"till-{number}", hub_url, number=number)
            stack.callback(till.close)
            return Counter(till, hub_url, database, stack)

        yield open_it


@pytest.fixture
def one(open_counter: OpenTill) -> Counter:
    return open_counter(1)


@pytest.fixture
def two(open_counter: OpenTill) -> Counter:
    return open_counter(2)


def test_a_ticket_parked_at_one_till_is_sold_at_the_other_and_gone_at_the_first(
    one: Counter, two: Counter, database: HubDatabase
) -> None:
    basket_id = one.park()
    one.sync()
    two.sync()
    listed = one.list, two.list

    sold = two.pay(two.take(basket_id, two.claim(basket_id)))
    two.sync()
    one.sync()

    assert listed == ([("here", "La del perro")], [("FUEN-1", "La del perro")])
    assert sold == 18_39
    assert (one.list, two.list) == ([], [])
    with pytest.raises(TakenElsewhere) as taken:
        park.resume(one.sign_on, basket_id)
    assert taken.value.till == "FUEN-2"
    assert told(database)[basket_id] == ("resumed", "FUEN-2")
    assert desk_items(database) == []


def test_a_grant_whose_answer_was_lost_is_asked_for_again_and_used_once(
    one: Counter, two: Counter, database: HubDatabase
) -> None:
    basket_id = one.park()
    one.sync()
    lost = two.claim(basket_id, "op-lost")

    again = two.claim(basket_id, "op-lost")
    two.pay(two.take(basket_id, again))
    two.sync()

    assert again == lost
    assert desk_items(database) == []


def test_a_till_that_died_after_the_grant_keeps_the_others_out_for_a_while_only(
    one: Counter, two: Counter, open_counter: OpenTill, clock: FixedClock
) -> None:
    three = open_counter(3)
    basket_id = one.park()
    one.sync()
    two.claim(basket_id)  # and it was never heard of again

    soon = three.claim(basket_id)
    clock.at_ms += 120_000
    later = three.claim(basket_id)
    decided = three.hub.claim("op-over", basket_id, takes_over=True)

    assert (soon.state, soon.holder, soon.may_be_taken_over) == (ClaimState.HELD, "FUEN-2", False)
    assert (later.state, later.may_be_taken_over) == (ClaimState.HELD, True)
    assert decided.state is ClaimState.GRANTED
    assert decided.fence == 2


def test_a_till_that_died_after_the_grant_can_go_on_itself(one: Counter, two: Counter) -> None:
    basket_id = one.park()
    one.sync()
    first = two.claim(basket_id)

    after_the_restart = two.claim(basket_id)

    assert after_the_restart.fence > first.fence
    assert two.pay(two.take(basket_id, after_the_restart)) == 18_39


def test_a_ticket_taken_up_in_the_dark_too_is_found_and_both_sales_stand(
    one: Counter, two: Counter, database: HubDatabase
) -> None:
    basket_id = one.park()
    one.sync()
    taken = two.take(basket_id, two.claim(basket_id))
    in_the_dark = park.resume(one.sign_on, basket_id)  # it has not seen the hub since

    totals = {one.pay(in_the_dark), two.pay(taken)}
    two.sync()
    one.sync()

    (item,) = desk_items(database)
    assert item.kind is ItemKind.TICKET_RESUMED_TWICE
    assert totals == {item.money}
    assert {side.till for side in item.sides} == {"FUEN-1", "FUEN-2"}
    for counter in (one, two):
        with counter.till.store.reading() as records:
            assert [sale.total for sale in records.sales.recent(5)] == [eur(18_39)]


def test_the_same_ticket_is_not_taken_up_twice_at_one_till(one: Counter, two: Counter) -> None:
    basket_id = one.park()
    one.sync()
    two.pay(two.take(basket_id, two.claim(basket_id)))

    second = two.claim(basket_id)  # the hub has not heard of the sale yet

    with pytest.raises(NoSuchTicket):
        two.take(basket_id, second)


def test_what_was_taken_up_and_parked_again_waits_under_the_name_of_the_second_till(
    one: Counter, two: Counter
) -> None:
    basket_id = one.park()
    one.sync()
    taken = two.take(basket_id, two.claim(basket_id))

    park.park(two.sign_on, taken, label="Ahora aquí")
    two.sync()
    one.sync()

    assert one.list == [("FUEN-2", "Ahora aquí")]
    assert one.claim(taken.basket.basket_id).state is ClaimState.GRANTED


def test_our_own_ticket_resumed_and_parked_again_still_waits_here(one: Counter) -> None:
    basket_id = one.park()
    one.sync()
    again = park.resume(one.sign_on, basket_id, Permit(one.claim(basket_id).fence))
    park.park(one.sign_on, again, label="Otra vez")
    one.sync()

    assert one.list == [("here", "Otra vez")]
    assert one.claim(basket_id).state is ClaimState.GRANTED


def test_promotions_and_coupons_go_along_to_the_other_till(one: Counter, two: Counter) -> None:
    lucia = offering(one.sign_on, *OFFERS)
    ticket = sell.add_product(
        lucia, None, product(price=7_95), Quantity.each(3), EntryMethod.SCANNED
    )
    ticket = use_coupon(lucia, ticket, Coupon("VERANO", "summer")).ticket or ticket
    park.park(lucia, ticket)
    one.sync()

    taken = two.take(ticket.basket.basket_id, two.claim(ticket.basket.basket_id))

    assert taken.basket.promotions == ticket.basket.promotions
    assert taken.basket.coupons == (Coupon("VERANO", "summer"),)
    assert two.pay(taken) == ticket.basket.totals.total.minor


def test_the_hub_counts_promotions_as_what_was_taken_off(
    one: Counter, database: HubDatabase
) -> None:
    lucia = offering(one.sign_on, *OFFERS)
    one.pay(
        sell.add_product(lucia, None, product(price=7_95), Quantity.each(3), EntryMethod.SCANNED)
    )
    one.sync()

    with database.reading() as connection:
        line = tables.sale_line.c
        (row,) = connection.execute(select(line.gross, line.discount, line.net)).all()
    assert tuple(row) == (23_85, 8_95, 14_90)


def test_a_receipt_of_the_other_till_is_found_whole(one: Counter, two: Counter) -> None:
    ticket = sell.add_product(
        offering(one.sign_on, *OFFERS), None, product(price=7_95), Quantity.each(3),
        EntryMethod.SCANNED,
    )  # fmt: skip
    one.pay(ticket)
    one.sync()
    with one.till.store.reading() as records:
        (made,) = records.sales.recent(1)

    (found,) = two.hub.find_receipt(str(made.number), "FUEN").receipts

    assert found.sale == made
    assert [given.name for given in made.promotions] == ["3x2 en aceite", "1 € menos"]
    assert found.shop is not None
    assert found.shop.name == "Fuencarral"

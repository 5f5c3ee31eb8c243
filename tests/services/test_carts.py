"""A customer's cart on the ticket: taken by rule, held, told to the hub when it is paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.cart import CartRules, Verdict
from pos.domain.customer import erased
from pos.domain.held_cart import HeldCart
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.ticket import Ticket
from pos.domain.web_cart import WebCart, WebLine
from pos.services import carts, park, pay, sell
from pos.services.carts import OtherCart, Taking
from pos.services.ticket_customer import put_on_ticket
from pos.services.workstation import SignOn
from pos.store.customers import CustomersTold
from pos.store.outbox import AgentStore
from tests.customer_builders import a_customer
from tests.services.conftest import COFFEE, KEY, OIL, Shop

CARMEN = a_customer()
HELD = HeldCart(CARMEN.customer_id, 7)
WEB_OIL = WebLine(OIL.sku, OIL.name, 2 * THOUSAND, OIL.price.minor - 45, 0, stock_here=10**5)
CART = WebCart(
    CARMEN.customer_id, 3, 1, 2, "EUR",
    (WEB_OIL, WebLine("gone", "Farol", THOUSAND, 9_95, 9_95, stock_here=10**5)),
)  # fmt: skip


@pytest.fixture
def agent(shop: Shop) -> Iterator[AgentStore]:
    made = AgentStore(shop.path, key=KEY)
    made.apply_customers(CustomersTold((CARMEN,)), 1, at_ms=5)
    yield made
    made.close()


@pytest.fixture
def ticket(at_work: SignOn, agent: AgentStore) -> Ticket:
    return put_on_ticket(at_work, None, CARMEN.customer_id)


def taken(sign_on: SignOn, ticket: Ticket, cart: WebCart = CART) -> Ticket:
    lines = tuple(one for one in carts.resolved(sign_on, ticket, cart) if one.comes)
    return carts.take(sign_on, ticket, Taking(lines, HELD, "precio web"))


def paid(sign_on: SignOn, ticket: Ticket) -> None:
    pay.take_cash(sign_on, pay.begin(sign_on, ticket), ticket.basket.totals.total)


def test_what_is_taken_costs_the_web_price_with_its_reason_and_is_held_on_disk(
    at_work: SignOn, ticket: Ticket, shop: Shop
) -> None:
    now = taken(at_work, ticket)

    (line,) = now.basket.lines
    assert line.price_override is not None
    assert (line.entry_method, line.unit_price.minor, line.price_override.reason) == (
        EntryMethod.CART, OIL.price.minor - 45, "precio web",
    )  # fmt: skip
    with shop.station.store.reading() as records:
        assert records.tickets.current() == now
    verdicts = [one.verdict for one in carts.resolved(at_work, now, CART)]
    assert verdicts == [Verdict.ON_TICKET, Verdict.UNKNOWN]


def test_the_sale_tells_the_hub_what_left_the_cart_under_which_claim(
    at_work: SignOn, ticket: Ticket, shop: Shop
) -> None:
    now = sell.add_product(
        at_work, taken(at_work, ticket), OIL, Quantity.each(1), EntryMethod.SCANNED
    )

    paid(at_work, now)

    body: dict[str, Any] = next(
        fact.body for fact in shop.facts() if fact.kind.value == "sale.completed"
    )
    assert body["cart"] == {
        "customer_id": CARMEN.customer_id,
        "fence": 7,
        "lines": [{"sku": OIL.sku, "quantity": 2000}],
    }
    assert not carts.is_over(shop.station, now.basket.basket_id)


def test_a_ticket_without_its_cart_lines_holds_it_in_vain_and_lets_it_go(
    at_work: SignOn, ticket: Ticket, shop: Shop
) -> None:
    now = taken(at_work, ticket)
    assert not carts.is_held_in_vain(now)
    now = sell.void_line(at_work, now, 1)
    assert carts.is_held_in_vain(now)

    now = carts.let_go(at_work, now)

    assert (now.basket.cart, carts.is_held_in_vain(now)) == (None, False)
    sell.cancel(at_work, now, reason="se va")
    assert carts.is_over(shop.station, now.basket.basket_id)


def test_a_parked_ticket_keeps_its_hold(at_work: SignOn, ticket: Ticket, shop: Shop) -> None:
    now = taken(at_work, ticket)

    park.park(at_work, now)

    with shop.station.store.reading() as records:
        (waiting,) = records.tickets.parked()
    assert waiting.basket.cart == HELD
    assert not carts.is_over(shop.station, now.basket.basket_id)


def test_one_ticket_holds_one_cart(at_work: SignOn, ticket: Ticket) -> None:
    now = taken(at_work, ticket)

    with pytest.raises(OtherCart):
        carts.take(at_work, now, Taking((), HeldCart("nadia", 1), "precio web"))


def test_a_shops_own_rules_count(at_work: SignOn, ticket: Ticket) -> None:
    strict = replace(at_work.station, carts=CartRules(needs_stock=False))
    cart = replace(CART, lines=(WebLine(COFFEE.sku, "Café", 250, COFFEE.price.minor, 0),))

    (here,) = carts.resolved(at_work, ticket, cart)
    (all_the_same,) = carts.resolved(replace(at_work, station=strict), ticket, cart)

    assert (here.verdict, all_the_same.verdict) == (Verdict.NOT_HERE, Verdict.SAME_PRICE)


def test_the_last_known_cart_is_read_without_the_hub_and_gone_with_its_customer(
    at_work: SignOn, ticket: Ticket, agent: AgentStore
) -> None:
    station = at_work.station
    carts.keep_cart(station, CART)
    assert carts.cart_of(station, CARMEN.customer_id) == CART

    agent.apply_customers(CustomersTold((erased(CARMEN),)), 2, at_ms=6)

    assert carts.cart_of(station, CARMEN.customer_id) is None

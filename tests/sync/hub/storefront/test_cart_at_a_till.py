"""One cart, on the phone and at a till: who may pay it, and what of it was paid."""

from __future__ import annotations

import pytest

from pos.domain.promotion import Channel, Goods, PercentOff
from pos.domain.web_cart import WebCart
from pos.services.hub_calls import ClaimState
from sync.client import HubRefused
from sync.hub.carts import cart as carts
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.customers.erasing import erase
from sync.hub.database import HubDatabase
from sync.wire.v1.carts import MAX_CART_LINES
from sync.wire.v1.claims import UNUSED_CLAIM_LASTS_MS
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import OIL, WINE
from tests.sync.hub.pages.conftest import Browser
from tests.sync.hub.promotion_kit import load, offer
from tests.sync.hub.storefront.cart_till import CARMEN, CartTill
from tests.sync.hub.storefront.shopping import cart_of, check_out, field, fill, orders
from tests.sync.serving import FixedClock


@pytest.fixture
def one(store_url: str, hub: HubDatabase) -> CartTill:
    return CartTill(store_url, hub, "FUEN-1")


@pytest.fixture
def two(store_url: str, hub: HubDatabase) -> CartTill:
    return CartTill(store_url, hub, "FUEN-2")


def skus(cart: WebCart) -> dict[str, int]:
    return {line.sku: line.quantity for line in cart.lines}


def test_while_a_till_has_the_cart_the_phone_changes_it_and_does_not_pay_it(
    carmen: Browser, one: CartTill, hub: HubDatabase
) -> None:
    fill(carmen, OIL)
    before = one.look()
    shown = carmen.get("/store/checkout")
    form = {name: field(shown, name) for name in ("op_id", "total")} | {"pay": "now"}
    _, fence = one.claims()

    page = carmen.get("/store/cart").text
    refused = carmen.post("/store/checkout", form)
    fill(carmen, WINE)
    after = one.look()

    assert 'id="held"' in page
    assert "caja 1" in page
    assert 'id="checkout"' not in page
    assert refused.status_code == 409
    assert "se paga allí" in refused.text
    assert orders(hub) == []
    assert (skus(before), skus(after)) == ({OIL: 1000}, {OIL: 1000, WINE: 1000})
    assert (after.version > before.version, after.holder) == (True, "FUEN-1")
    one.asks.release_cart(CARMEN, fence)
    assert check_out(carmen).status_code == 303


def test_what_a_till_sold_leaves_the_cart_once_also_when_the_hub_hears_late_and_twice(
    carmen: Browser, one: CartTill, hub: HubDatabase
) -> None:
    fill(carmen, OIL, OIL, WINE)
    _, fence = one.claims()
    one.sells(fence, OIL)

    assert one.pushes() == [("applied", "")]
    assert one.pushes() == [("duplicate", "")]

    assert skus(one.look()) == {OIL: 1000, WINE: 1000}
    assert one.look().holder == ""
    assert check_out(carmen).status_code == 303
    assert len(orders(hub)) == 1


def test_of_two_tills_one_has_the_cart_until_it_gives_it_back(
    carmen: Browser, one: CartTill, two: CartTill, clock: FixedClock
) -> None:
    fill(carmen, OIL)

    assert one.claims() == (ClaimState.GRANTED, 1)
    assert two.claims() == (ClaimState.HELD, 1)
    clock.at_ms += UNUSED_CLAIM_LASTS_MS
    one.look()  # it is at work on it
    assert two.claims("again", takes_over=True) == (ClaimState.HELD, 1)
    one.asks.release_cart(CARMEN, 1)
    assert two.claims("later") == (ClaimState.GRANTED, 2)


def test_a_till_that_is_silent_gives_way_to_the_phone_and_a_late_sale_of_it_is_told(
    carmen: Browser, one: CartTill, hub: HubDatabase, clock: FixedClock
) -> None:
    fill(carmen, OIL)
    _, fence = one.claims()
    clock.at_ms += UNUSED_CLAIM_LASTS_MS

    assert check_out(carmen).status_code == 303
    one.sells(fence, OIL)

    assert one.pushes() == [("applied_with_exception", "cart_gone_on")]
    assert len(orders(hub)) == 1
    assert cart_of(carmen) == []


def test_nobody_claims_an_empty_cart_or_that_of_nobody(one: CartTill, carmen: Browser) -> None:
    said = one.asks.claim_cart("op-1", CARMEN, takes_over=False)
    nobody = one.asks.claim_cart("op-2", "nobody", takes_over=False)

    assert (said.state, said.detail) == (ClaimState.GONE, "empty")
    assert (nobody.state, nobody.detail) == (ClaimState.GONE, "unknown")


def test_a_till_is_told_prices_promotions_of_the_web_alone_and_what_is_here(
    carmen: Browser, one: CartTill, hub: HubDatabase
) -> None:
    goods = Goods(skus=frozenset({WINE}))
    only_web = frozenset({Channel.WEB})
    load(hub, offer("wine", offer=PercentOff(20_00), goods=goods, channels=only_web))
    fill(carmen, OIL, WINE)
    with hub.transaction() as connection:
        more = [CartLine(f"GONE-{n}", 1000) for n in range(300)]
        cart = carts.read(connection, CARMEN).with_more(more)
        carts.keep(connection, CARMEN, cart, T0)

    oil, wine, gone, *others = one.look().lines

    assert (oil.price, oil.paid, oil.web_only, oil.stock_here) == (7_95, 7_95, "", 10_000)
    assert (wine.price, wine.paid, bool(wine.web_only)) == (9_50, 7_60, True)
    assert (gone.name, gone.price, gone.stock_here) == ("GONE-0", 0, 0)
    assert len(others) == 299


def test_a_ticket_is_put_into_the_cart_once_and_never_more_than_a_cart_holds(
    carmen: Browser, one: CartTill, hub: HubDatabase
) -> None:
    fill(carmen, OIL)

    one.asks.send_to_cart("op-1", CARMEN, {OIL: 2000, WINE: 1000})
    again = one.asks.send_to_cart("op-1", CARMEN, {OIL: 2000, WINE: 1000})

    assert skus(again) == {OIL: 3000, WINE: 1000}
    assert cart_of(carmen) == [OIL, WINE]
    with hub.transaction() as connection:
        full = tuple(CartLine(f"S-{n}", 1000) for n in range(MAX_CART_LINES))
        carts.keep(connection, CARMEN, Cart(full), T0)
    with pytest.raises(HubRefused, match="cart_full"):
        one.asks.send_to_cart("op-2", CARMEN, {OIL: 1000})
    with pytest.raises(HubRefused, match="no_such_customer"):
        one.asks.send_to_cart("op-3", "nobody", {OIL: 1000})


def test_of_an_erased_customer_no_cart_is_left(
    carmen: Browser, one: CartTill, hub: HubDatabase
) -> None:
    one.asks.send_to_cart("op-1", CARMEN, {OIL: 1000})

    with hub.transaction() as connection:
        erase(connection, CARMEN, T0)

    assert one.look().lines == ()

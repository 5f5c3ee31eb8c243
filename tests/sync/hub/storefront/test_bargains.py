"""The web shop's cart costs what the till would ask, and so does the order, to the cent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.promotion import (
    Channel,
    Goods,
    MultiBuy,
    OffTotal,
    PercentOff,
    Promotion,
    UnitPrice,
)
from pos.domain.promotion_pricing import PromotionBook
from pos.domain.quantity import THOUSAND, Unit
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.database import HubDatabase
from sync.hub.storefront.bargains import price_cart
from sync.hub.storefront.goods import Good
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import OIL, WINE
from tests.sync.hub.pages.conftest import Browser
from tests.sync.hub.promotion_kit import end, load, offer
from tests.sync.hub.storefront.shopping import check_out, field, fill, orders
from tests.sync.payments.kit import Provider


def oil_at(percent: int = 10) -> Promotion:
    return offer("oil", offer=PercentOff(percent * 100), goods=Goods(skus=frozenset({OIL})))


def test_a_promotion_is_named_under_its_line_and_what_it_saves_is_said(
    carmen: Browser, hub: HubDatabase
) -> None:
    load(hub, oil_at())
    fill(carmen, OIL, WINE)

    page = carmen.get("/store/cart").text

    assert "Promoción oil: −0,80\u00a0€" in page
    assert "Te ahorras 0,80\u00a0€" in page
    assert "16,65\u00a0€" in page


def test_an_order_is_placed_and_charged_at_what_the_cart_said(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    load(hub, oil_at())
    fill(carmen, OIL, WINE)

    check_out(carmen)

    (order,) = orders(hub)
    assert simulator.ledger()["captured"] == order.total.minor == 16_65
    assert {line.sku: line.paid for line in order.lines} == {OIL: 7_15, WINE: 9_50}
    assert {line.sku: line.unit_price for line in order.lines} == {OIL: 7_95, WINE: 9_50}


def test_a_promotion_that_ended_meanwhile_is_told_before_anything_is_ordered(
    carmen: Browser, hub: HubDatabase
) -> None:
    load(hub, oil_at())
    fill(carmen, OIL)
    page = carmen.get("/store/checkout")
    shown = {"op_id": field(page, "op_id"), "total": field(page, "total")}
    end(hub, "oil", T0)

    answer = carmen.post("/store/checkout", {**shown, "who": "me", "pay": "now"})

    assert answer.status_code == 409
    assert orders(hub) == []


def test_without_promotions_nothing_is_saved_and_nothing_said(
    carmen: Browser, hub: HubDatabase
) -> None:
    load(hub, offer("other", channels=frozenset({Channel.SHOP}), goods=Goods()))
    fill(carmen, OIL)

    assert "Te ahorras" not in carmen.get("/store/cart").text


def test_who_has_an_account_pays_the_price_for_members(carmen: Browser, hub: HubDatabase) -> None:
    goods = Goods(skus=frozenset({OIL}))
    load(hub, offer("members", offer=UnitPrice(5_00), tier="member", goods=goods))
    fill(carmen, OIL)

    check_out(carmen, pay="shop")

    assert orders(hub)[0].total.minor == 5_00


PRICES = {"A": 1_99, "B": 3_33, "C": 12_00}
GOODS = {
    sku: Good(sku, sku, "", "Dulces", price, Unit.EACH, "", 0, sku)
    for sku, price in PRICES.items()
}
BOOK = PromotionBook(
    [
        offer("3x2", offer=MultiBuy(3, 2), goods=Goods(departments=frozenset({"Dulces"}))),
        offer("all", offer=OffTotal(10_00, basis_points=7_77), goods=Goods()),
    ]
)


@given(st.dictionaries(st.sampled_from("ABC"), st.integers(1, 12)))
def test_what_lines_cost_and_what_was_taken_off_are_the_whole_to_the_cent(
    wanted: dict[str, int],
) -> None:
    cart = Cart(tuple(CartLine(sku, count * THOUSAND) for sku, count in wanted.items()), "FUEN")

    priced = price_cart(BOOK, cart, GOODS, "EUR", T0)

    full = sum(PRICES[sku] * count for sku, count in wanted.items())
    assert priced.total + priced.saved == full
    assert all(each.paid >= 0 for each in priced.bargains.values())


def test_what_is_not_sold_any_more_costs_nothing() -> None:
    cart = Cart((CartLine("gone", THOUSAND), CartLine("A", THOUSAND)))

    assert price_cart(BOOK, cart, GOODS, "EUR", T0).total == 1_99

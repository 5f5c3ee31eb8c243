"""What of a customer's cart comes onto the ticket, at which price, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cart import (
    CartRules,
    PriceRule,
    Resolved,
    Verdict,
    cart_rules,
    changed_meanwhile,
    quantity_of,
    resolve,
)
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import THOUSAND, Unit
from pos.domain.tax import TaxRate
from pos.domain.web_cart import (
    ABANDONED_AFTER_MS,
    UnreadableCart,
    WebCart,
    WebLine,
    cart_content,
    read_cart,
)

RULES = st.builds(CartRules, st.sampled_from(PriceRule), st.booleans(), st.booleans())
MINOR = st.integers(0, 10**8)


def line(sku: str = "TARRO", count: int = 1, **said: int | str) -> WebLine:
    told = {"price": 6_50, "paid": 6_50 * count, "stock_here": 9 * THOUSAND, **said}
    return WebLine(sku, f"Product {sku}", count * THOUSAND, **told)  # type: ignore[arg-type]


def product(sku: str = "TARRO", price: int = 6_95, unit: Unit = Unit.EACH) -> Product:
    return Product(sku, None, f"Product {sku}", Money(price, "EUR"), TaxRate(2100, "IVA"), unit)


def resolved(
    wanted: WebLine,
    known: Product | None,
    rules: CartRules | None = None,
    taken: int = 0,
    currency: str = "EUR",
) -> Resolved:
    cart = WebCart("c-1", currency=currency, lines=(wanted,))
    on_ticket = {wanted.sku: taken}
    (one,) = resolve(cart, lambda _: known, rules or CartRules(), "EUR", on_ticket)
    return one


@pytest.mark.parametrize(
    ("web", "shop", "pays", "verdict"),
    [
        (32_90, 32_90, 32_90, Verdict.SAME_PRICE),
        (6_50, 6_95, 6_50, Verdict.WEB_PRICE),
        (7_20, 6_95, 6_95, Verdict.SHOP_PRICE),
    ],
)
def test_the_customer_pays_the_lower_of_both_prices(
    web: int, shop: int, pays: int, verdict: Verdict
) -> None:
    one = resolved(line(count=2, price=web), product(price=shop))

    assert (one.verdict, one.unit_price, one.amount) == (
        verdict,
        Money(pays, "EUR"),
        Money(2 * pays, "EUR"),
    )


@pytest.mark.parametrize(
    ("wanted", "known", "verdict"),
    [
        (line(web_only="Solo web -20 %"), product(), Verdict.WEB_ONLY),
        (line(stock_here=0), product(), Verdict.NOT_HERE),
        (line(), None, Verdict.UNKNOWN),
        (line(price=0), product(), Verdict.ODD_PRICE),
        (line(price=69), product(), Verdict.ODD_PRICE),
        (line(price=70_00), product(), Verdict.ODD_PRICE),
        (line(price=10**12), product(), Verdict.ODD_PRICE),
        (WebLine("TARRO", "x", 1_500, 6_50, 9_75, stock_here=9_000), product(),
         Verdict.ODD_QUANTITY),
        (line(count=10**8, stock_here=10**12), product(), Verdict.ODD_QUANTITY),
    ],
)  # fmt: skip
def test_what_cannot_be_sold_here_stays_in_the_cart(
    wanted: WebLine, known: Product | None, verdict: Verdict
) -> None:
    one = resolved(wanted, known)

    assert (one.verdict, one.comes, one.amount) == (verdict, False, None)
    with pytest.raises(ValueError, match="stays"):
        quantity_of(one)


def test_of_three_pieces_the_two_that_are_here_come_and_none_twice() -> None:
    wanted = line(count=3, stock_here=2 * THOUSAND)

    assert quantity_of(resolved(wanted, product())).thousandths == 2 * THOUSAND
    assert resolved(wanted, product()).verdict is Verdict.PART_HERE
    assert resolved(wanted, product(), taken=2 * THOUSAND).verdict is Verdict.NOT_HERE
    assert resolved(wanted, product(), taken=3 * THOUSAND).verdict is Verdict.ON_TICKET


def test_a_shop_can_decide_otherwise() -> None:
    rules, wrong = cart_rules({"price": "shop", "web_only_stays": False, "needs_stock": False})
    one = resolved(line(web_only="Solo web", stock_here=0), product(), rules)

    assert (wrong, one.unit_price) == ((), Money(6_95, "EUR"))
    assert cart_rules({"price": "half", "stock": 1, "needs_stock": "no"}) == (
        CartRules(),
        ("needs_stock", "price", "stock"),
    )


@given(RULES, MINOR, MINOR, st.integers(1, 9_999), st.integers(0, 10**7), st.integers(0, 10**7),
       st.sampled_from(Unit))  # fmt: skip
def test_nothing_comes_that_is_not_wanted_not_here_or_for_more_than_both_ask(
    rules: CartRules, web: int, shop: int, quantity: int, here: int, taken: int, unit: Unit
) -> None:
    wanted = WebLine("TARRO", "x", quantity, web, 0, stock_here=here)

    one = resolved(wanted, product(price=shop, unit=unit), rules, taken)

    assert 0 <= one.quantity <= max(0, quantity - taken)
    if one.comes:
        assert not rules.needs_stock or one.quantity + taken <= here
        assert one.unit_price is not None
        assert one.unit_price.minor in (web, shop)
        assert quantity_of(one).thousandths == one.quantity
        if rules.price is PriceRule.LOWER:
            assert one.unit_price.minor == min(web, shop)


def test_what_the_customer_took_out_meanwhile_is_named() -> None:
    cart = WebCart("c-1", currency="EUR", lines=(line("A", 1), line("B", 2)))

    assert changed_meanwhile(cart, {"A": 3_000, "B": 2_000, "C": 1_000}) == {
        "A": 2_000,
        "C": 1_000,
    }


def test_a_cart_of_300_lines_is_kept_whole_and_a_damaged_one_not_at_all() -> None:
    lines = tuple(line(f"S-{n}", web_only="Solo web") for n in range(300))
    cart = WebCart("c-1", 7, 1, 2, "EUR", lines, "FUEN-1")
    damaged = cart_content(cart)
    damaged["lines"] = [{"sku": "A"}]

    assert read_cart(cart_content(cart)) == cart
    with pytest.raises(UnreadableCart):
        read_cart(damaged)


def test_a_cart_that_nobody_touched_for_a_day_is_abandoned_unless_it_is_empty() -> None:
    assert WebCart("c-1", lines=(line(),)).is_abandoned(ABANDONED_AFTER_MS)
    assert not WebCart("c-1", lines=(line(),)).is_abandoned(ABANDONED_AFTER_MS - 1)
    assert not WebCart("c-1").is_abandoned(ABANDONED_AFTER_MS)

"""What promotions take off the lines of an open ticket."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import (
    MAX_COUPONS,
    Basket,
    Discount,
    DiscountKind,
    DiscountNotPossible,
    EntryMethod,
    PriceOverride,
    TooManyCoupons,
)
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.domain.quantity import Quantity, Unit
from tests.builders import basket, eur, product

VERANO = Coupon("VERANO", "p9", 4)


def off(*shares: tuple[int, int], coupon: str = "") -> GivenPromotion:
    """Return a promotion of cents off lines."""
    return GivenPromotion(
        "p1", "3x2", tuple(Share(line, eur(minor)) for line, minor in shares), coupon
    )


def percent(basis_points: int) -> Discount:
    return Discount(DiscountKind.PERCENT, basis_points, "tara")


def test_a_promotion_is_taken_off_its_lines_and_the_total() -> None:
    ticket = basket(3).with_promotions((off((1, 50), (3, 3)), off((1, 1))))

    assert [row.promotion.minor for row in ticket.totals.lines] == [51, 0, 3]
    assert [row.net.minor for row in ticket.totals.lines] == [50, 1_02, 1_00]
    assert ticket.subtotal == ticket.totals.total == eur(2_52)
    assert ticket.totals.savings == eur(54)


def test_a_discount_on_the_whole_ticket_comes_after_promotions() -> None:
    ticket = basket(2).with_promotions((off((1, 1_01)),)).with_ticket_discount(percent(50_00))

    assert [row.ticket_discount.minor for row in ticket.totals.lines] == [0, 51]
    assert ticket.totals.total == eur(51)
    with pytest.raises(DiscountNotPossible):
        ticket.with_ticket_discount(Discount(DiscountKind.AMOUNT, 1_03, ""))


ACTS: dict[str, Callable[[Basket], Basket]] = {
    "another product": lambda made: made.with_product(
        product(), Quantity.each(1), EntryMethod.SCANNED
    ),
    "another quantity": lambda made: made.with_quantity(2, Quantity.each(2)),
    "a discount": lambda made: made.with_discount(2, percent(10_00)),
    "another price": lambda made: made.with_price_override(2, PriceOverride(eur(1), "")),
    "a line voided": lambda made: made.with_line_voided(2),
    "a coupon": lambda made: made.with_coupon(VERANO),
    "a coupon taken off": lambda made: made.without_coupon("VERANO"),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_changes_the_lines_drops_what_was_found_for_them(act: str) -> None:
    ticket = basket(3).with_promotions((off((1, 50)),))

    assert ACTS[act](ticket).promotions == ()


def test_a_discount_on_the_whole_ticket_leaves_promotions_as_they_are() -> None:
    ticket = basket(3).with_promotions((off((1, 50)),))

    assert ticket.with_ticket_discount(percent(10_00)).promotions == ticket.promotions


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(off((1, 1_02)), id="more than the line"),
        pytest.param(off((1, 0)), id="nothing"),
        pytest.param(off((1, -1)), id="less than nothing"),
        pytest.param(off((1, 5), (1, 5)), id="a line twice"),
        pytest.param(off(), id="no line"),
        pytest.param(off((9, 5)), id="a line that is not there"),
        pytest.param(off((1, 5), coupon="OTRO"), id="a coupon that is not on the ticket"),
    ],
)
def test_a_promotion_that_cannot_be_is_refused(wrong: GivenPromotion) -> None:
    with pytest.raises(DiscountNotPossible):
        basket(3).with_coupon(VERANO).with_promotions((wrong,))


def test_two_promotions_take_no_more_off_a_line_than_it_costs() -> None:
    with pytest.raises(DiscountNotPossible):
        basket(1).with_promotions((off((1, 51)), off((1, 51))))


def _line(entry: EntryMethod = EntryMethod.SCANNED, *, has_open_price: bool = False) -> Basket:
    item = product(has_open_price=has_open_price)
    return basket(0).with_product(item, Quantity.each(1), entry)


@pytest.mark.parametrize(
    "agreed",
    [
        pytest.param(_line().with_discount(1, percent(1)), id="a discount by hand"),
        pytest.param(
            _line().with_price_override(1, PriceOverride(eur(50), "")), id="a price by hand"
        ),
        pytest.param(_line(has_open_price=True), id="a price asked for"),
        pytest.param(_line(entry=EntryMethod.ORDER), id="ordered"),
        pytest.param(_line(entry=EntryMethod.IMPORTED), id="imported"),
        pytest.param(_line().with_line_voided(1), id="voided"),
    ],
)
def test_what_was_agreed_by_hand_takes_no_promotion(agreed: Basket) -> None:
    assert not agreed.lines[0].takes_promotions
    with pytest.raises(DiscountNotPossible):
        agreed.with_promotions((off((1, 1)),))


def test_what_is_weighed_or_priced_on_its_label_takes_promotions() -> None:
    kilo = product(price=9_95, unit=Unit.KILOGRAM)
    weighed = basket(0).with_product(kilo, Quantity(412, Unit.KILOGRAM), EntryMethod.KEYED)
    labelled = basket(0).with_product(
        product(), Quantity.each(1), EntryMethod.SCANNED, extended_price=eur(2_71)
    )

    assert weighed.with_promotions((off((1, 4_10)),)).totals.total == eur(0)
    assert labelled.with_promotions((off((1, 2_71)),)).totals.total == eur(0)


def test_a_coupon_is_on_the_ticket_once_with_its_latest_claim() -> None:
    ticket = basket(1).with_coupon(Coupon("VERANO", "p9")).with_coupon(VERANO)

    assert ticket.coupons == (VERANO,)
    assert ticket.without_coupon("OTRO").coupons == (VERANO,)
    assert ticket.without_coupon("VERANO").coupons == ()


def test_a_ticket_holds_so_many_coupons_and_no_more() -> None:
    ticket = basket(1)
    for number in range(MAX_COUPONS):
        ticket = ticket.with_coupon(Coupon(f"C-{number}", "p9"))

    assert ticket.with_coupon(Coupon("C-1", "p9", 2)).coupons[-1].fence == 2
    with pytest.raises(TooManyCoupons):
        ticket.with_coupon(VERANO)


@given(
    prices=st.lists(st.integers(1, 9_999), min_size=1, max_size=12),
    parts=st.lists(st.integers(0, 100), min_size=12, max_size=12),
    basis_points=st.integers(1, 10_000),
)
def test_promotions_and_a_discount_on_the_rest_come_to_the_cent(
    prices: list[int], parts: list[int], basis_points: int
) -> None:
    ticket = basket(0)
    for price in prices:
        ticket = ticket.with_product(product(price=price), Quantity.each(1), EntryMethod.SCANNED)
    shares = [
        (number, price * part // 100)
        for number, (price, part) in enumerate(zip(prices, parts, strict=False), 1)
    ]
    taken = tuple(off(share) for share in shares if share[1])
    ticket = ticket.with_promotions(taken)
    if ticket.subtotal:
        ticket = ticket.with_ticket_discount(percent(basis_points))

    rows = ticket.totals.lines

    assert all(row.net == row.gross - row.promotion - row.ticket_discount for row in rows)
    assert all(row.net.minor >= 0 for row in rows)
    assert sum(row.net.minor for row in rows) == ticket.totals.total.minor
    assert sum(prices) - ticket.totals.total.minor == ticket.totals.savings.minor
    assert sum(entry.gross.minor for entry in ticket.totals.tax) == ticket.totals.total.minor

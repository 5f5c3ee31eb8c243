"""The open ticket and what it comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import (
    MAX_LINES,
    MAX_NOTE_LENGTH,
    MAX_PRICE_MINOR,
    Basket,
    Discount,
    DiscountKind,
    DiscountNotPossible,
    EntryMethod,
    NoSuchLine,
    PriceNotPossible,
    PriceOverride,
    TooManyLines,
)
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import Quantity, QuantityNotPossible, Unit
from pos.domain.tax import TaxRate

STANDARD, REDUCED = TaxRate(2100, "IVA"), TaxRate(1000, "IVA")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def product(minor: int, rate: TaxRate = STANDARD, unit: Unit = Unit.EACH) -> Product:
    return Product("sku", 8410000000003, "Aceite", eur(minor), rate, unit)


def percent(basis_points: int) -> Discount:
    return Discount(DiscountKind.PERCENT, basis_points, "tara")


def amount(minor: int) -> Discount:
    return Discount(DiscountKind.AMOUNT, minor, "tara")


def basket(*prices: int) -> Basket:
    result = Basket("id", "EUR", 0, "lucia")
    for minor in prices:
        result = result.with_product(product(minor), Quantity.each(1), EntryMethod.SCANNED)
    return result


def test_a_weighed_line_is_quantity_times_price_rounded_once() -> None:
    coffee = product(24_90, unit=Unit.KILOGRAM)

    ticket = basket().with_product(coffee, Quantity(412, Unit.KILOGRAM), EntryMethod.SCANNED)

    assert ticket.totals.total == eur(10_26)  # 10.2588


def test_the_price_on_a_label_beats_quantity_times_price() -> None:
    coffee = product(24_90, unit=Unit.KILOGRAM)

    ticket = basket().with_product(
        coffee, Quantity(412, Unit.KILOGRAM), EntryMethod.SCANNED, extended_price=eur(10_25)
    )

    assert ticket.totals.total == eur(10_25)
    with pytest.raises(PriceNotPossible):
        ticket.with_quantity(1, Quantity(500, Unit.KILOGRAM))


def test_a_line_discount_of_ten_percent_is_rounded_half_up() -> None:
    ticket = basket(39_95).with_discount(1, percent(10_00))

    assert ticket.totals.lines[0].discount == eur(4_00)  # 3.995
    assert ticket.totals.savings == eur(4_00)
    assert ticket.totals.total == eur(35_95)


@given(
    prices=st.lists(st.integers(0, 50_000), min_size=1, max_size=20),
    basis_points=st.integers(1, 10_000),
)
def test_a_ticket_discount_is_shared_out_to_the_cent(prices: list[int], basis_points: int) -> None:
    ticket = basket(*prices).with_ticket_discount(percent(basis_points))

    totals = ticket.totals

    assert sum(row.net.minor for row in totals.lines) == totals.total.minor
    assert sum(entry.gross.minor for entry in totals.tax) == totals.total.minor
    assert totals.gross - totals.savings == totals.total
    assert all(row.net.minor >= 0 for row in totals.lines)


@given(
    prices=st.lists(st.integers(1, 9_999), min_size=1, max_size=10),
    discounts=st.lists(st.integers(0, 10_000), min_size=10, max_size=10),
    voids=st.sets(st.integers(1, 10)),
)
def test_whatever_is_done_to_it_lines_and_total_agree(
    prices: list[int], discounts: list[int], voids: set[int]
) -> None:
    ticket = basket(*prices)
    for number, basis_points in zip(range(1, len(prices) + 1), discounts, strict=False):
        if basis_points:
            ticket = ticket.with_discount(number, percent(basis_points))
        if number in voids:
            ticket = ticket.with_line_voided(number)

    totals = ticket.totals

    assert totals.total.minor == sum(line.net.minor for line in ticket.live_lines)
    assert totals.tax_total <= totals.total


def test_a_voided_line_stays_on_the_ticket_and_costs_nothing() -> None:
    ticket = basket(10_00, 5_00).with_line_voided(1)

    assert len(ticket.lines) == 2
    assert ticket.totals.total == eur(5_00)
    with pytest.raises(NoSuchLine):
        ticket.with_line_voided(1)


def test_an_amount_off_never_exceeds_what_is_left_of_the_ticket() -> None:
    ticket = basket(10_00, 5_00).with_ticket_discount(amount(12_00)).with_line_voided(1)

    assert ticket.totals.total == eur(0)


def test_an_overridden_price_replaces_the_catalogue_price() -> None:
    ticket = basket(10_00).with_price_override(1, PriceOverride(eur(8_00), "web"))

    assert ticket.totals.total == eur(8_00)
    assert ticket.lines[0].product.price == eur(10_00)


@pytest.mark.parametrize("discount", [amount(0), amount(-1), amount(10_01), percent(10_001)])
def test_a_discount_that_cannot_be_is_refused(discount: Discount) -> None:
    with pytest.raises(DiscountNotPossible):
        basket(10_00).with_discount(1, discount)
    with pytest.raises(DiscountNotPossible):
        basket(10_00).with_ticket_discount(discount)


def test_a_discount_above_the_new_price_stops_the_price() -> None:
    ticket = basket(10_00).with_discount(1, amount(9_00))

    with pytest.raises(DiscountNotPossible):
        ticket.with_price_override(1, PriceOverride(eur(5_00), "web"))


@pytest.mark.parametrize("minor", [-1, MAX_PRICE_MINOR + 1])
def test_a_price_that_cannot_be_is_refused(minor: int) -> None:
    with pytest.raises(PriceNotPossible):
        basket(minor)


def test_too_many_of_something_dear_is_refused() -> None:
    with pytest.raises(PriceNotPossible):
        basket(MAX_PRICE_MINOR).with_quantity(1, Quantity.each(2))


def test_another_currency_is_refused() -> None:
    pesos = Product("sku", None, "Pan", Money(100, "MXN"), REDUCED)

    with pytest.raises(PriceNotPossible):
        basket().with_product(pesos, Quantity.each(1), EntryMethod.KEYED)


def test_a_ticket_holds_a_limited_number_of_lines() -> None:
    with pytest.raises(TooManyLines):
        basket(*[100] * (MAX_LINES + 1))


def test_taking_discounts_back_restores_the_price() -> None:
    ticket = basket(10_00).with_discount(1, percent(50_00)).with_ticket_discount(amount(1_00))

    ticket = ticket.with_discount(1, None).with_ticket_discount(None)

    assert ticket.totals.total == eur(10_00)


def test_articles_count_pieces_and_one_per_weighed_line() -> None:
    ticket = basket().with_product(product(100), Quantity.each(3), EntryMethod.KEYED)
    ticket = ticket.with_product(
        product(100, unit=Unit.KILOGRAM), Quantity(250, Unit.KILOGRAM), EntryMethod.KEYED
    )

    assert ticket.article_count == 4
    assert not ticket.is_empty


def test_a_note_is_kept_short() -> None:
    ticket = basket(100).with_note(1, " x" * 300)

    assert len(ticket.lines[0].note) == MAX_NOTE_LENGTH


@pytest.mark.parametrize(
    ("thousandths", "unit"),
    [(0, Unit.EACH), (-1000, Unit.EACH), (500, Unit.EACH), (10**10, Unit.KILOGRAM)],
)
def test_a_quantity_that_cannot_be_is_refused(thousandths: int, unit: Unit) -> None:
    with pytest.raises(QuantityNotPossible):
        Quantity(thousandths, unit)


@pytest.mark.parametrize(
    ("discount", "gross", "basis_points"),
    [(percent(15_00), 100, 15_00), (amount(1), 3, 33_34), (amount(5), 0, 0)],
)
def test_a_limit_is_held_against_the_discount_rounded_up(
    discount: Discount, gross: int, basis_points: int
) -> None:
    assert discount.basis_points_of(eur(gross)) == basis_points


def test_one_piece_is_one() -> None:
    assert Quantity.each(1).is_one
    assert not Quantity.each(2).is_one

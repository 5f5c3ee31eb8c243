"""Tax contained in a tax-inclusive ticket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.tax import TaxRate, tax_in_gross, tax_of_ticket

STANDARD = TaxRate(2100, "IVA")
REDUCED = TaxRate(1000, "IVA")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.mark.parametrize(
    ("lines", "base"),
    [
        pytest.param([99] * 3, 2_45, id="per line it would be 2.46"),
        pytest.param([199] * 7, 11_51, id="per line it would be 11.48"),
        pytest.param([299_99], 247_93, id="the tax is what is left: 52.06"),
    ],
)
def test_the_base_is_rounded_once_per_ticket_and_rate(lines: list[int], base: int) -> None:
    (entry,) = tax_of_ticket([(STANDARD, eur(minor)) for minor in lines])

    assert entry.base == eur(base)
    assert entry.tax == eur(sum(lines) - base)


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 400, 1000, 1600, 2100]), st.integers(0, 10**7)), max_size=30
    )
)
def test_base_and_tax_are_what_the_customer_pays(lines: list[tuple[int, int]]) -> None:
    entries = tax_of_ticket([(TaxRate(bp), eur(minor)) for bp, minor in lines])

    assert sum(e.base.minor + e.tax.minor for e in entries) == sum(minor for _, minor in lines)
    assert all(e.tax.minor >= 0 for e in entries)


@given(minor=st.integers(0, 10**9), basis_points=st.integers(0, 10_000))
def test_a_return_gives_back_exactly_the_tax_of_the_sale(minor: int, basis_points: int) -> None:
    rate = TaxRate(basis_points)

    sold, returned = tax_in_gross(eur(minor), rate), tax_in_gross(eur(-minor), rate)

    assert returned.tax == -sold.tax


def test_rates_are_listed_from_the_highest() -> None:
    entries = tax_of_ticket([(REDUCED, eur(110)), (STANDARD, eur(121))])

    assert [entry.rate for entry in entries] == [STANDARD, REDUCED]


@pytest.mark.parametrize("basis_points", [-1, 10_001])
def test_a_rate_outside_0_to_100_percent_cannot_be(basis_points: int) -> None:
    with pytest.raises(ValueError, match="basis points"):
        TaxRate(basis_points)

"""The law and the money of the countries the till is sold to."""

from __future__ import annotations

import pytest

from pos.country import LANGUAGES, UnknownCountry, load_country
from pos.domain.cash import change_in_pieces
from pos.domain.money import Money
from pos.domain.tender import CashLimitExceeded, Payment
from pos.formatting import money_text

COUNTRIES = ("ES", "MX", "GB")


def fewest_pieces(pieces: list[int], up_to: int) -> list[int]:
    """Return for each amount the least number of pieces, by trying every last piece."""
    best = [0] * (up_to + 1)
    for amount in range(1, up_to + 1):
        usable = [best[amount - piece] for piece in pieces if piece <= amount]
        best[amount] = min(usable) + 1
    return best


@pytest.mark.parametrize("code", COUNTRIES)
def test_change_is_handed_out_in_the_fewest_notes_and_coins(code: str) -> None:
    country = load_country(code)
    smallest = min(piece.minor for piece in country.denominations)
    scaled = [piece.minor // smallest for piece in country.denominations]

    best = fewest_pieces(scaled, 3000)

    for amount in range(1, 3001):
        money = Money(amount * smallest, country.currency)
        pieces, left = change_in_pieces(money, country.denominations)
        assert (sum(p.count for p in pieces), left.minor) == (best[amount], 0)


@pytest.mark.parametrize("code", COUNTRIES)
def test_denominations_come_largest_first_and_notes_before_coins(code: str) -> None:
    pieces = load_country(code).denominations

    assert [p.minor for p in pieces] == sorted({p.minor for p in pieces}, reverse=True)
    assert [p.is_note for p in pieces] == sorted((p.is_note for p in pieces), reverse=True)


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_can_be_written_in_every_language(code: str, language: str) -> None:
    country = load_country(code)

    assert country.texts[language].document
    assert country.texts[language].legal
    assert "50" in money_text(1250, country.currency, country.locale(language))


@pytest.mark.parametrize("code", COUNTRIES)
def test_the_standard_rate_is_one_of_the_country_s_rates(code: str) -> None:
    country = load_country(code)

    assert country.standard_tax_bp in country.tax_names


def test_spain_takes_no_cash_from_a_thousand_euros_on() -> None:
    policy = load_country("ES").cash_policy

    with pytest.raises(CashLimitExceeded):
        Payment(Money(1_000_00, "EUR")).with_cash(Money(1_000_00, "EUR"), policy)

    assert Payment(Money(999_99, "EUR")).with_cash(Money(999_99, "EUR"), policy).is_complete


def test_mexico_and_britain_set_a_general_shop_no_limit() -> None:
    assert [load_country(code).cash_policy.limit for code in ("MX", "GB")] == [None, None]


@pytest.mark.parametrize("code", ["FR", "", "../es", "E", "ESP", "e\u0301"])
def test_a_country_without_a_file_is_named(code: str) -> None:
    with pytest.raises(UnknownCountry):
        load_country(code)


def test_the_code_is_read_in_either_case() -> None:
    assert load_country("es") == load_country("ES")

"""How money, quantities, dates and ages are written and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from pos import formatting
from pos.formatting import NumberError, Problem

ES, GB = "es_ES", "en_GB"


@dataclass(frozen=True)
class Amount:
    minor: int
    currency: str


@given(
    minor=st.integers(-(10**15), 10**15),
    currency=st.sampled_from(["EUR", "MXN", "GBP", "JPY", "KWD"]),
    locale=st.sampled_from([ES, GB, "es_MX", "en_ES", "de_CH", "hi_IN"]),
)
def test_an_amount_is_written_as_babel_writes_it(minor: int, currency: str, locale: str) -> None:
    amount = Decimal(minor).scaleb(-formatting.places(currency))

    written = formatting.money_text(minor, currency, locale)

    by_babel = format_currency(amount, currency, locale=locale)
    assert written == by_babel.replace("-", "\u2212").replace("\u202f", "\u00a0")


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "text"),
    [
        pytest.param(1234_50, "EUR", ES, "1.234,50\u00a0€", id="four figures are grouped"),
        pytest.param(-5_00, "EUR", ES, "\u22125,00\u00a0€", id="a true minus"),
        pytest.param(0, "EUR", ES, "0,00\u00a0€", id="nothing"),
        pytest.param(1234_50, "EUR", GB, "€1,234.50", id="English"),
        pytest.param(1234, "JPY", ES, "1.234\u00a0JPY", id="no decimals"),
    ],
)
def test_money_is_written_as_the_shop_reads_it(
    minor: int, currency: str, locale: str, text: str
) -> None:
    assert formatting.money_text(minor, currency, locale) == text
    assert formatting.text_of(Amount(minor, currency), locale) == text


def test_an_amount_on_a_line_has_no_currency() -> None:
    assert formatting.amount_text(-1234_50, "EUR", ES) == "\u22121.234,50"


def test_a_note_key_shows_decimals_only_if_there_are_any() -> None:
    assert formatting.short_money_text(60_00, "EUR", ES) == "60\u00a0€"
    assert formatting.short_money_text(50, "EUR", ES) == "0,50\u00a0€"


def test_quantities_and_rates() -> None:
    assert formatting.quantity_text(2, ES) == "2"
    assert formatting.quantity_text(Decimal("0.412"), ES) == "0,412"
    assert formatting.quantity_text(Decimal("1.5"), ES, 3) == "1,500"
    assert formatting.percent_text(2100, ES) == "21\u00a0%"
    assert formatting.percent_text(1050, GB) == "10.5%"


def test_days_times_and_ages() -> None:
    assert formatting.day_text(date(2026, 11, 21), ES) == "sáb 21 nov"
    assert formatting.date_text(date(2026, 11, 21), ES) == "21/11/2026"
    assert formatting.time_text(time(9, 58)) == "9:58"
    assert formatting.age_text(0, ES) == "hace\u00a01\u00a0s"
    assert formatting.age_text(180, ES) == "hace\u00a03\u00a0min"
    assert formatting.age_text(7200, ES) == "hace\u00a02\u00a0h"


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("12,50", 12_50),
        ("12.50", 12_50),
        ("12,5", 12_50),
        ("12", 12_00),
        (",5", 50),
        ("12,", 12_00),
        ("1.234,50", 1234_50),
        ("1,234.50", 1234_50),
        ("1.234.567", 1_234_567_00),
        (" 7 ", 7_00),
        ("-3,20", -3_20),
        ("\u22123,20", -3_20),
    ],
)
def test_typed_amounts_are_read_with_either_decimal_sign(typed: str, minor: int) -> None:
    assert formatting.parse_amount(typed, "EUR") == minor


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        pytest.param("1.234", Problem.TOO_MANY_DECIMALS, id="thousands or decimals? refused"),
        pytest.param("12,555", Problem.TOO_MANY_DECIMALS, id="three decimals"),
        pytest.param("", Problem.NOT_A_NUMBER, id="empty"),
        pytest.param(",", Problem.NOT_A_NUMBER, id="sign alone"),
        pytest.param("12,5,5", Problem.NOT_A_NUMBER, id="two signs"),
        pytest.param("1.23,45,6", Problem.NOT_A_NUMBER, id="mixed up"),
        pytest.param("12 €", Problem.NOT_A_NUMBER, id="with currency"),
        pytest.param("1e5", Problem.NOT_A_NUMBER, id="exponent"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(typed: str, problem: Problem) -> None:
    with pytest.raises(NumberError) as caught:
        formatting.parse_amount(typed, "EUR")

    assert caught.value.problem is problem


def test_a_weight_may_have_three_decimals() -> None:
    assert formatting.parse_quantity("1.234") == Decimal("1.234")


@given(
    minor=st.integers(-(10**11), 10**11),
    currency=st.sampled_from(["EUR", "MXN", "JPY"]),
    locale=st.sampled_from([ES, GB, "es_MX"]),
)
def test_every_amount_that_is_written_can_be_read_again(
    minor: int, currency: str, locale: str
) -> None:
    text = formatting.amount_text(minor, currency, locale)

    assert formatting.parse_amount(text, currency) == minor

"""Labels of scales and counters, laid out as each shop's scales print them."""

from __future__ import annotations

import pytest

from pos.domain.gtin import check_digit
from pos.domain.scan_refusal import RefusalReason, RefusedScan
from pos.domain.scan_templates import (
    InStoreTemplate,
    ValueKind,
    VariableMeasureScan,
    price_verifier_4,
    price_verifier_5,
    rescaled,
)


def with_check(payload: str) -> str:
    return payload + str(check_digit(payload))


def test_the_price_verifiers_are_those_of_gs1() -> None:
    assert price_verifier_4("2875") == 9
    assert price_verifier_5("14685") == 6


@pytest.mark.parametrize(
    ("layout", "payload"),
    [
        pytest.param("2 0 IIII C VVVVV K", "20" + "0042" + "6" + "14685", id="verifier, 5 digits"),
        pytest.param("02 IIIII C VVVV K", "02" + "00042" + "9" + "2875", id="verifier, 4 digits"),
        pytest.param("29 IIIII VVVV C K", "29" + "00042" + "2875" + "9", id="verifier behind"),
        pytest.param("29 C VVVV X IIII K", "29" + "9" + "2875" + "7" + "0042", id="value first"),
    ],
)
def test_a_label_may_be_laid_out_in_many_ways(layout: str, payload: str) -> None:
    template = InStoreTemplate("counter", layout, ValueKind.PRICE, 2)
    label = with_check(payload)

    scan = template.read(label, currency_digits=2)

    assert template.claims(label)
    assert isinstance(scan, VariableMeasureScan)
    assert int(scan.item_code) == 42
    assert scan.value in (14685, 2875)


def test_a_wrong_price_verifier_is_refused() -> None:
    template = InStoreTemplate("counter", "20 IIII C VVVVV K", ValueKind.PRICE, 2)

    scan = template.read(with_check("20" + "0042" + "5" + "14685"), currency_digits=2)

    assert scan == RefusedScan(RefusalReason.WRONG_PRICE_VERIFIER)


@pytest.mark.parametrize(
    ("kind", "decimals", "currency_digits", "value"),
    [
        (ValueKind.PRICE, 2, 2, 1234),
        (ValueKind.PRICE, 1, 2, 12340),
        (ValueKind.PRICE, 3, 2, 123),
        (ValueKind.PRICE, 0, 0, 1234),
        (ValueKind.WEIGHT, 3, 2, 1234),
        (ValueKind.WEIGHT, 2, 2, 12340),
        (ValueKind.COUNT, 0, 2, 1_234_000),
    ],
)
def test_the_value_comes_in_minor_units_or_thousandths(
    kind: ValueKind, decimals: int, currency_digits: int, value: int
) -> None:
    template = InStoreTemplate("any", "21 IIIII VVVVV K", kind, decimals)

    scan = template.read(with_check("210000101234"), currency_digits=currency_digits)

    assert isinstance(scan, VariableMeasureScan)
    assert scan.value == value


@pytest.mark.parametrize(
    ("value", "decimals", "wanted", "expected"),
    [(5, 1, 0, 1), (4, 1, 0, 0), (15, 2, 1, 2), (7, 0, 3, 7000)],
)
def test_finer_values_are_rounded_half_up(
    value: int, decimals: int, wanted: int, expected: int
) -> None:
    assert rescaled(value, decimals=decimals, wanted=wanted) == expected


@pytest.mark.parametrize(
    "layout",
    [
        "84 IIIII VVVVV K",
        "2 IIIIII VVVVV K",
        "21 IIIII VVVVVV",
        "21 IIIII VVVV K",
        "21 VVVVV VVVVV K",
        "21 III C VVVVVV K",
        "21 IIIII VVVVV X",
        "21 IIVII VVVVV K",
        "",
    ],
)
def test_a_layout_that_is_none_is_refused(layout: str) -> None:
    with pytest.raises(ValueError, match="counter"):
        InStoreTemplate("counter", layout, ValueKind.PRICE, 2)


@pytest.mark.parametrize(("kind", "decimals"), [(ValueKind.COUNT, 1), (ValueKind.WEIGHT, 4)])
def test_decimals_that_cannot_be_are_refused(kind: ValueKind, decimals: int) -> None:
    with pytest.raises(ValueError, match="decimals"):
        InStoreTemplate("counter", "21 IIIII VVVVV K", kind, decimals)

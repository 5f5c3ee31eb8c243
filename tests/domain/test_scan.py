"""What the till makes of everything a scanner can say."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.gtin import check_digit
from pos.domain.scan import (
    CustomerScan,
    Gs1Scan,
    GtinScan,
    InStoreTemplate,
    ParkedTicketScan,
    ReceiptScan,
    RefusalReason,
    RefusedScan,
    Scan,
    ScannedCode,
    ScanRules,
    ScanSource,
    StaffBadgeScan,
    UnknownScan,
    ValueKind,
    VariableMeasureScan,
    parse,
)
from pos.domain.scan_codes import badge_code, parked_ticket_code, receipt_code

PRICE_LABEL = InStoreTemplate("cheese counter", "2 1 IIIII VVVVV K", ValueKind.PRICE, 2)
WEIGHT_LABEL = InStoreTemplate("fruit scale", "2 8 IIIII VVVVV K", ValueKind.WEIGHT, 3)
RULES = ScanRules((PRICE_LABEL, WEIGHT_LABEL))


def read(
    text: str, symbology: str | None = None, *, catalogue: frozenset[int] = frozenset()
) -> Scan:
    code = ScannedCode(text, symbology, ScanSource.SERIAL)
    return parse(code, RULES, is_in_catalogue=catalogue.__contains__)


def with_check(payload: str) -> str:
    return payload + str(check_digit(payload))


def test_a_product_is_found_by_any_length_of_its_number() -> None:
    assert read("5449000039231") == GtinScan(5449000039231, "5449000039231")
    assert read("036000291452") == GtinScan(36000291452, "036000291452")
    assert read("0036000291452") == GtinScan(36000291452, "0036000291452")
    assert read("96385074") == GtinScan(96385074, "96385074")
    assert read("15400141288763") == GtinScan(15400141288763, "15400141288763")


@pytest.mark.parametrize("text", ["5449000039232", "96385075", "036000291453", "15400141288764"])
def test_a_wrong_check_digit_is_refused(text: str) -> None:
    assert read(text) == RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)


def test_a_label_with_a_wrong_check_digit_is_not_taken_for_a_serial_number() -> None:
    assert read("2123450012349") == RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)


def test_a_short_upc_is_spelled_out_when_the_scanner_says_it_is_one() -> None:
    assert read("01234565", "]E0") == GtinScan(12345000065, "012345000065")
    assert read("]E0123456") == GtinScan(12345000065, "012345000065")
    assert read("]E396385074") == GtinScan(96385074, "96385074")


def test_eight_digits_are_an_ean_8_first() -> None:
    assert read("01234565") == GtinScan(1234565, "01234565")
    assert read("01234565", "]E4") == GtinScan(1234565, "01234565")


def test_eight_digits_that_are_no_short_upc_stay_as_they_are() -> None:
    assert read("96385074", "]E0") == GtinScan(96385074, "96385074")


@pytest.mark.parametrize("add_on", ["12", "51299"])
def test_the_price_add_on_of_a_book_or_magazine_is_left_off(add_on: str) -> None:
    assert read("9780140013993" + add_on) == GtinScan(9780140013993, "9780140013993")
    assert read("5449000039231" + add_on, "]E3") == GtinScan(5449000039231, "5449000039231")


def test_a_counter_label_gives_item_and_price() -> None:
    label = with_check("210012300499")

    assert read(label) == VariableMeasureScan(
        "00123", ValueKind.PRICE, 499, label, "cheese counter"
    )


def test_a_scale_label_gives_item_and_weight() -> None:
    label = with_check("280004201250")

    assert read(label) == VariableMeasureScan(
        "00042", ValueKind.WEIGHT, 1250, label, "fruit scale"
    )


def test_a_product_of_the_catalogue_wins_over_a_label_template() -> None:
    label = with_check("210012300499")

    assert read(label, catalogue=frozenset({int(label)})) == GtinScan(int(label), label)


def test_a_number_no_template_claims_stays_a_product_number() -> None:
    printed = with_check("220012300499")

    assert read(printed) == GtinScan(int(printed), printed)


def test_a_label_over_nothing_is_refused() -> None:
    assert read(with_check("280004200000")) == RefusedScan(RefusalReason.NO_VALUE)


def test_a_short_number_of_the_catalogue_is_a_product() -> None:
    assert read("4011", catalogue=frozenset({4011})) == GtinScan(4011, "4011")
    assert read("4011") == UnknownScan("4011")
    assert read("0", catalogue=frozenset({0})) == UnknownScan("0")


@pytest.mark.parametrize("symbology", ["]C1", "]d2", "]Q3", "]e0"])
def test_element_strings_give_product_lot_and_dates(symbology: str) -> None:
    text = symbology + "010950110153000310AB12\x1d2112345\x1d1727010015261231"

    assert read(text) == Gs1Scan(
        9501101530003,
        lot="AB12",
        serial="12345",
        expiry=datetime.date(2027, 1, 31),
        best_before=datetime.date(2026, 12, 31),
    )


def test_element_strings_give_weight_price_and_count() -> None:
    text = "\x1d0109501101530003310300125039220499\x1d3012"

    assert read(text) == Gs1Scan(9501101530003, weight_thousandths=1250, price_minor=499, count=12)


def test_element_strings_may_name_the_currency_and_more_decimals() -> None:
    scan = read("]C101095011015300033933978123455\x1d310512345670032712311530")

    assert scan == Gs1Scan(
        9501101530003,
        price_minor=12346,
        price_currency="978",
        weight_thousandths=1235,
        expiry=datetime.date(2027, 12, 31),
    )


def test_element_strings_without_marks_are_known_by_their_product_number() -> None:
    assert read("010950110153000317270101") == Gs1Scan(
        9501101530003, expiry=datetime.date(2027, 1, 1)
    )
    assert read("0109501101530004AB17270101") == UnknownScan("0109501101530004AB17270101")
    assert read("0109501101530003zz") == UnknownScan("0109501101530003zz")


def test_broken_element_strings_are_refused() -> None:
    assert read("]C10109501101530003") == Gs1Scan(9501101530003)
    assert read("]C1010950110153000317270199") == RefusedScan(RefusalReason.MALFORMED_GS1)
    assert read("]C10109501101530004") == RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    assert read("]C1") == RefusedScan(RefusalReason.EMPTY)


def test_a_pallet_is_no_product() -> None:
    assert read("]C100106141412345678908") == UnknownScan("00106141412345678908")


@pytest.mark.parametrize(
    "link",
    [
        "https://id.gs1.org/01/09501101530003/10/AB12?17=270101&3103=001250",
        "https://shop.example/some/path/01/9501101530003/10/AB12?17=270101&3103=001250&x=1",
        "HTTP://shop.example/gtin/9501101530003/lot/AB12?exp=270101&3103=001250",
    ],
)
def test_a_digital_link_is_read_and_not_opened(link: str) -> None:
    assert read(link, "]Q1") == Gs1Scan(
        9501101530003,
        lot="AB12",
        expiry=datetime.date(2027, 1, 1),
        weight_thousandths=1250,
    )


def test_a_digital_link_that_cannot_be_is_refused() -> None:
    assert read("https://id.gs1.org/01/09501101530004") == RefusedScan(
        RefusalReason.WRONG_CHECK_DIGIT
    )
    assert read("https://id.gs1.org/01/09501101530003/10") == RefusedScan(
        RefusalReason.MALFORMED_GS1
    )
    assert read("https://[/01/09501101530003") == RefusedScan(RefusalReason.MALFORMED_GS1)


def test_any_other_web_address_is_unknown() -> None:
    assert read("https://example.org/a?b=c") == UnknownScan("https://example.org/a?b=c")


def test_our_own_codes_name_receipt_badge_and_parked_ticket() -> None:
    assert read(receipt_code("2-004318")) == ReceiptScan("2-004318")
    assert read(badge_code("k7q2x9")) == StaffBadgeScan("K7Q2X9")
    assert read(parked_ticket_code("0192f3a1-7c")) == ParkedTicketScan("0192F3A1-7C")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RefusalReason.EMPTY),
        ("   ", RefusalReason.EMPTY),
        ("5449\x000039231", RefusalReason.CONTROL_CHARACTERS),
        ("5449000039231\r", RefusalReason.CONTROL_CHARACTERS),
        ("5449\u202e000039231", RefusalReason.CONTROL_CHARACTERS),
        ("A" * 513, RefusalReason.TOO_LONG),
        ("1" * 4096, RefusalReason.TOO_LONG),
        ("]C1" + "0" * 4096, RefusalReason.TOO_LONG),
    ],
)
def test_what_no_label_of_a_shop_says_is_refused(text: str, reason: RefusalReason) -> None:
    assert read(text) == RefusedScan(reason)


def test_the_longest_code_is_still_looked_at() -> None:
    assert read("A" * 512) == UnknownScan("A" * 512)


def test_anything_else_is_unknown_and_kept_as_it_is() -> None:
    assert read("hola") == UnknownScan("hola")
    assert read("]hola") == UnknownScan("la")
    assert read("] ñ") == UnknownScan("] ñ")
    assert read("12345") == UnknownScan("12345")


_gs1_like = st.builds(
    "".join,
    st.lists(
        st.sampled_from(
            ["01", "09501101530003", "10", "17", "270101", "3103", "3922", "393", "\x1d", "7003"]
        )
        | st.text("0123456789", max_size=9)
        | st.text(max_size=3),
        max_size=8,
    ),
)
_links = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["http://", "https://", "HTTPS://[", "https://x/01/9501101530003/"]),
        st.text("/?&=%01[]:abgtinlotser0123456789", max_size=40),
    ),
)


@given(
    text=st.text(max_size=600) | _gs1_like | _links | st.text("0123456789", max_size=20),
    symbology=st.sampled_from([None, "]C1", "]d2", "]Q3", "]e0", "]E0", "]E3", "]E4", "]C0", ""]),
    is_known=st.booleans(),
)
def test_no_label_can_stop_the_till(text: str, symbology: str | None, is_known: bool) -> None:
    code = ScannedCode(text, symbology, ScanSource.CAMERA)

    scan = parse(code, RULES, is_in_catalogue=lambda _: is_known)

    assert isinstance(scan, Scan)


@given(payload=st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_product_number_is_never_anything_else(payload: str) -> None:
    printed = with_check(payload)
    claimed = printed.startswith(("21", "28")) or int(printed) == 0

    assert claimed or read(printed) == GtinScan(int(printed), printed)


@pytest.mark.parametrize("text", ["NOGAL-000101", "nogal-000101", "NOGAL'000101"])
def test_a_customer_card_is_letters_a_dash_and_digits_on_any_keyboard(text: str) -> None:
    assert read(text) == CustomerScan("NOGAL-000101")


def test_a_shop_says_how_its_cards_begin_and_a_product_wins_over_a_card() -> None:
    rules = replace(RULES, member_card="2099")
    code = ScannedCode("2099000010122", None, ScanSource.SERIAL)

    assert parse(code, rules, is_in_catalogue=lambda _: False) == CustomerScan("2099000010122")
    assert isinstance(parse(code, rules, is_in_catalogue=lambda _: True), GtinScan)
    letters = ScannedCode("NOGAL-000101", None, ScanSource.SERIAL)
    assert isinstance(parse(letters, rules, is_in_catalogue=lambda _: False), UnknownScan)

"""What a scan does at the counter."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.basket import EntryMethod, PriceNotPossible
from pos.domain.gtin import check_digit
from pos.domain.money import Money
from pos.domain.quantity import Quantity, Unit
from pos.domain.scan import (
    InStoreTemplate,
    RefusalReason,
    ScannedCode,
    ScanRules,
    ScanSource,
    ValueKind,
)
from pos.domain.scan_codes import badge_code, parked_ticket_code, receipt_code
from pos.services import park, pay, scan, sell
from pos.services.workstation import SignOn
from tests.services.conftest import (
    COFFEE,
    GIFT_WRAP,
    OIL,
    OTHER_TWIN,
    TWIN,
    ShelfCatalogue,
    Shop,
)


def wedge(text: str, symbology: str | None = None) -> ScannedCode:
    return ScannedCode(text, symbology, ScanSource.WEDGE)


def with_check_digit(body: str) -> str:
    return f"{body}{check_digit(body)}"


OIL_CODE = with_check_digit("841000000000")


def test_a_product_goes_on_the_ticket(at_work: SignOn) -> None:
    outcome = scan.scan(at_work, None, wedge(OIL_CODE), count=3)

    assert isinstance(outcome, scan.Added)
    assert outcome.ticket.basket.lines[0].quantity == Quantity.each(3)
    assert outcome.ticket.basket.lines[0].entry_method is EntryMethod.SCANNED


def test_an_unknown_code_is_searched_and_leaves_the_ticket(at_work: SignOn) -> None:
    unknown = with_check_digit("841000000001")

    assert scan.scan(at_work, None, wedge(unknown)) == scan.NotFound(unknown)


def test_a_wrong_check_digit_is_refused(at_work: SignOn) -> None:
    outcome = scan.scan(at_work, None, wedge(OIL_CODE[:-1] + "3"))

    assert outcome == scan.Refused(RefusalReason.WRONG_CHECK_DIGIT)


def test_a_code_that_two_products_share_is_a_question(at_work: SignOn) -> None:
    outcome = scan.scan(at_work, None, wedge(f"{TWIN.gtin}"))

    assert isinstance(outcome, scan.ChooseProduct)
    assert outcome.products == (TWIN, OTHER_TWIN)
    assert isinstance(scan.take(at_work, None, OTHER_TWIN, outcome.wanted), scan.Added)


def test_a_price_label_sells_at_its_price_and_counts_the_weight(at_work: SignOn) -> None:
    label = with_check_digit("210012301025")

    outcome = scan.scan(at_work, None, wedge(label))

    assert isinstance(outcome, scan.Added)
    line = outcome.ticket.basket.lines[0]
    assert line.gross == Money(10_25, "EUR")
    assert line.quantity == Quantity(412, Unit.KILOGRAM)


def test_goods_sold_by_weight_ask_for_it_when_keyed(at_work: SignOn) -> None:
    outcome = scan.scan(at_work, None, ScannedCode(COFFEE.sku, None, ScanSource.KEYED))

    assert isinstance(outcome, scan.AskQuantity)


def test_an_open_price_is_asked(at_work: SignOn) -> None:
    outcome = scan.scan(at_work, None, ScannedCode(GIFT_WRAP.sku, None, ScanSource.KEYED))

    assert isinstance(outcome, scan.AskPrice)


def test_an_expired_lot_is_not_sold(at_work: SignOn) -> None:
    code = wedge(f"01{OIL_CODE:0>14}17200101", "]d2")

    outcome = scan.scan(at_work, None, code)

    assert isinstance(outcome, scan.Expired)


def test_a_quantity_that_cannot_be_is_said(at_work: SignOn) -> None:
    outcome = scan.scan(at_work, None, wedge(OIL_CODE), count=10**7)

    assert isinstance(outcome, scan.NotPossible)
    assert not isinstance(outcome.error, PriceNotPossible)


def test_our_own_codes_find_what_they_name(at_work: SignOn) -> None:
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    park.park(at_work, ticket)
    parked = scan.scan(at_work, None, wedge(parked_ticket_code(ticket.basket.basket_id)))
    assert parked == scan.ParkedFound(ticket.basket.basket_id)

    resumed = park.resume(at_work, ticket.basket.basket_id)
    paid = pay.take_cash(at_work, pay.begin(at_work, resumed), Money(7_95, "EUR"))
    assert isinstance(paid, pay.Paid)
    found = scan.scan(at_work, None, wedge(receipt_code(str(paid.sale.number))))
    assert found == scan.ReceiptFound(paid.sale)

    assert scan.scan(at_work, None, wedge(receipt_code("9-000001"))) == scan.ReceiptNotHere(
        "9-000001"
    )
    assert scan.scan(at_work, None, wedge(badge_code("B3"))) == scan.BadgeRead("B3")


def test_a_second_ticket_cannot_be_taken_up_beside_the_first(at_work: SignOn) -> None:
    first = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    park.park(at_work, first)
    sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)

    with pytest.raises(park.CounterBusy):
        park.resume(at_work, first.basket.basket_id)


def test_a_ticket_taken_up_elsewhere_is_gone(at_work: SignOn) -> None:
    with pytest.raises(park.NoSuchTicket):
        park.resume(at_work, "gone")


def ean_128(rest: str) -> ScannedCode:
    return wedge(f"01{OIL_CODE:0>14}{rest}", "]d2")


def test_a_price_in_another_currency_is_not_taken_for_ours(at_work: SignOn) -> None:
    for currency, price in (("978", 1_50), ("840", 7_95), ("484", 7_95)):
        outcome = scan.scan(at_work, None, ean_128(f"3932{currency}150"))

        assert isinstance(outcome, scan.Added), currency
        assert outcome.ticket.basket.totals.total == Money(price, "EUR")
        sell.cancel(at_work, outcome.ticket, reason="x")


def test_a_label_with_a_price_of_its_own_is_not_multiplied(at_work: SignOn) -> None:
    label = with_check_digit("210012301025")

    for code in (wedge(label), ean_128("3922150"), ean_128("3002")):
        assert isinstance(scan.scan(at_work, None, code, count=3), scan.NotPossible)


def test_a_price_label_of_nearly_worthless_goods_is_refused_not_a_crash(at_work: SignOn) -> None:
    dust = replace(COFFEE, price=Money(1, "EUR"))
    station = replace(
        at_work.station,
        catalogues=ShelfCatalogue(dust),
        scan_rules=ScanRules((InStoreTemplate("p", "21IIIIIVVVVVK", ValueKind.PRICE, 0),)),
    )

    outcome = scan.scan(
        replace(at_work, station=station), None, wedge(with_check_digit("210012399999"))
    )

    assert isinstance(outcome, scan.NotPossible)


def test_a_lot_is_good_to_the_end_of_its_last_day_where_the_shop_is(
    shop: Shop, at_work: SignOn
) -> None:
    six_in_the_evening_in_mexico = datetime.datetime(2026, 11, 23, 0, 30, tzinfo=datetime.UTC)
    shop.clock.ms = int(six_in_the_evening_in_mexico.timestamp() * 1000)
    in_mexico = replace(at_work, station=replace(at_work.station, time_zone="America/Mexico_City"))

    assert isinstance(scan.scan(in_mexico, None, ean_128("17261122")), scan.Added)
    assert isinstance(scan.scan(in_mexico, None, ean_128("17261121")), scan.Expired)


@given(
    st.one_of(
        st.text(max_size=200),
        st.text(alphabet="0123456789()\x1d]CdQe[\x00\x1b\u202e\ud800", max_size=80),
        st.sampled_from(
            ["MB:", "MR:", "MP:", "http://x/01/", "]C1", "]d2", "01", "21", "392"]
        ).flatmap(lambda head: st.text(alphabet="0123456789\x1d", max_size=60).map(head.__add__)),
        st.integers(1, 5000).map(lambda length: "9" * length),
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
def test_no_code_breaks_the_till(at_work: SignOn, text: str) -> None:
    for source in ScanSource:
        outcome = scan.scan(at_work, None, ScannedCode(text, None, source))
        if isinstance(outcome, scan.Added):
            sell.cancel(at_work, outcome.ticket, reason="x")

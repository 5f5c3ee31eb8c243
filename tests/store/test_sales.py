"""Recorded sales: whole, found again, never changed."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.promotion import Coupon, GivenPromotion, Share
from pos.store.till_store import TillStore
from tests.builders import MORNING_MS, basket, eur, paid_by_card, record, sale, weighed
from tests.store.test_tickets import full_basket


def test_a_sale_comes_back_as_it_was_by_id_number_and_source(store: TillStore) -> None:
    made = sale(full_basket(), number=ReceiptNumber("2", 7), source="retail:536365")

    with store.transaction() as records:
        records.sales.add(made)

    with store.reading() as records:
        assert records.sales.get(made.sale_id) == made
        assert records.sales.by_number("2-000007") == made
        assert records.sales.by_source("retail:536365") == made
        assert records.sales.by_number("2-000008") is None
        assert records.sales.by_source("") is None


def test_a_sale_comes_back_with_its_promotions(store: TillStore) -> None:
    shares = (Share(1, eur(20)), Share(3, eur(5)))
    given = (
        GivenPromotion("3x2", "3x2 en tazas", shares),
        GivenPromotion("3x2", "3x2 en tazas", shares[:1]),
        GivenPromotion("ten", "10 % con cupón", shares, "VERANO", is_on_total=True),
    )
    made = sale(basket().with_coupon(Coupon("VERANO", "ten")).with_promotions(given))

    with store.transaction() as records:
        records.sales.add(sale(number=ReceiptNumber("2", 2)))
        records.sales.add(made)

    with store.reading() as records:
        assert records.sales.get(made.sale_id) == made
    assert [line.promotion.minor for line in made.lines] == [60, 0, 10]


def test_a_sale_is_stored_once(store: TillStore) -> None:
    made = sale()

    with store.transaction() as records:
        records.sales.add(made)
    with pytest.raises(ValueError, match="is stored"), store.transaction() as records:
        records.sales.add(made)


def test_one_historic_invoice_is_rung_up_once(store: TillStore) -> None:
    with store.transaction() as records:
        records.sales.add(sale(number=ReceiptNumber("2", 1), source="retail:1"))

    with pytest.raises(dbapi2.IntegrityError), store.transaction() as records:
        records.sales.add(sale(number=ReceiptNumber("2", 2), source="retail:1"))


def test_the_latest_sales_come_first_and_page_by_page(store: TillStore) -> None:
    made = [sale(number=ReceiptNumber("2", n), at_ms=MORNING_MS + n) for n in range(1, 6)]

    with store.transaction() as records:
        for each in made:
            records.sales.add(each)

    with store.reading() as records:
        first = records.sales.recent(2)
        second = records.sales.recent(2, before_ms=first[-1].completed_at_ms)
    assert [each.number.sequence for each in (*first, *second)] == [5, 4, 3, 2]


def test_numbers_have_no_gap_when_a_sale_fails(store: TillStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as records:
        records.numbers.next(DocumentKind.SALE).sequence // 0
    with store.transaction() as records:
        numbers = [str(records.numbers.next(DocumentKind.SALE)) for _ in range(2)]
        z = str(records.numbers.next(DocumentKind.SESSION))

    assert numbers == ["2-000001", "2-000002"]
    assert z == "Z2-000001"


def test_the_perpetual_total_is_that_of_all_sales(store: TillStore) -> None:
    with store.transaction() as records:
        sold = [
            record(records, basket(10)),
            record(records, weighed(412)),
            record(records, made := basket(1), payment=paid_by_card(made)),
        ]

    with store.reading() as records:
        assert records.sessions.grand_total_minor() == sum(each.total.minor for each in sold)


def test_what_was_asked_for_goods_is_known_by_sku_and_by_gtin(store: TillStore) -> None:
    made = basket(2).with_line_voided(2)
    first, second = made.lines[0].product, made.lines[1].product
    with store.transaction() as records:
        records.sales.add(sale(made))

    with store.reading() as records:
        asked = records.sales.asked_since
        assert asked(MORNING_MS - 1, sku=first.sku) == ((MORNING_MS, first.price),)
        assert asked(MORNING_MS - 1, gtin=first.gtin) == ((MORNING_MS, first.price),)
        assert asked(MORNING_MS, sku=first.sku) == ()
        assert asked(MORNING_MS - 1, sku=second.sku) == ()
        assert asked(MORNING_MS - 1) == ()

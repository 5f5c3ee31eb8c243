"""Whatever a customer shows names a purchase, or is answered with what it is instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import Purchase
from pos.domain.scan import RefusalReason, ScannedCode, ScanSource
from pos.domain.scan_codes import receipt_code
from pos.services.find_purchase import (
    GoodsRead,
    Known,
    OtherCode,
    Unusable,
    Wanted,
    from_hub,
    here,
    read,
    usable,
)
from pos.services.hub_calls import FoundPurchase
from pos.services.workstation import SignOn
from tests.return_builders import after_return, bought_line, purchase
from tests.services.conftest import OIL, Shop
from tests.services.return_things import draft, sold, taken_back, untouched


def scanned(text: str, source: ScanSource = ScanSource.WEDGE) -> ScannedCode:
    return ScannedCode(text, None, source)


def test_the_paper_of_a_return_is_known_as_one_and_not_looked_for_as_a_purchase(
    shop: Shop, at_work: SignOn
) -> None:
    back = taken_back(at_work, draft(at_work, untouched(sold(at_work)), (1, 1000)))
    ours = read(shop.station, scanned(receipt_code(str(back.number), "FUEN")))
    theirs = read(shop.station, scanned(receipt_code(str(back.number), "GOYA")))

    assert isinstance(ours, Wanted)
    assert isinstance(theirs, Wanted)
    assert here(shop.station, ours) is Unusable.IS_A_RETURN
    assert here(shop.station, theirs) is None


@pytest.mark.parametrize("shop_in_code", ["", "FUEN"])
def test_a_receipt_of_this_till_is_found_by_its_code_and_by_its_number(
    shop: Shop, at_work: SignOn, shop_in_code: str
) -> None:
    sale = sold(at_work)
    by_code = read(shop.station, scanned(receipt_code(str(sale.number), shop_in_code)))
    by_hand = read(shop.station, scanned(str(sale.number).lower(), ScanSource.KEYED))

    for wanted in (by_code, by_hand):
        assert isinstance(wanted, Wanted)
        known = here(shop.station, wanted)
        assert isinstance(known, Known)
        assert known.ledger.purchase.reference == sale.sale_id
        assert known.is_own_copy


def test_the_same_number_of_another_shop_is_not_taken_for_ours(
    shop: Shop, at_work: SignOn
) -> None:
    sale = sold(at_work)

    wanted = read(shop.station, scanned(receipt_code(str(sale.number), "GOYA")))

    assert isinstance(wanted, Wanted)
    assert here(shop.station, wanted) is None


def test_what_this_till_took_back_already_is_known_when_the_receipt_comes_again(
    shop: Shop, at_work: SignOn
) -> None:
    sale = sold(at_work, pieces=3)
    taken_back(at_work, draft(at_work, untouched(sale), (1, 2000)))

    known = here(shop.station, Wanted(str(sale.number)))

    assert isinstance(known, Known)
    assert known.ledger.line(1).returnable == 1000


def test_a_mistyped_or_forged_code_is_refused_and_finds_nothing(
    shop: Shop, at_work: SignOn
) -> None:
    code = receipt_code(str(sold(at_work).number))
    forged = code[:-1] + ("0" if code[-1] != "0" else "1")

    assert read(shop.station, scanned(forged)) == OtherCode(RefusalReason.WRONG_CHECK_DIGIT)


def test_a_receipt_nobody_here_made_is_for_the_hub_to_find(shop: Shop) -> None:
    assert here(shop.station, Wanted("9-999999")) is None
    assert here(shop.station, Wanted("")) is None


def test_goods_are_read_as_goods_and_known_by_their_number_when_no_longer_sold(
    shop: Shop,
) -> None:
    read_oil = read(shop.station, scanned(f"{OIL.gtin:013d}"))
    gone = read(shop.station, scanned("8410000000108"))

    assert isinstance(read_oil, GoodsRead)
    assert read_oil.is_of("oil", OIL.gtin)
    assert not read_oil.is_of("coffee", 1)
    assert isinstance(gone, GoodsRead)
    assert gone.is_of("whatever it was", 8410000000108)
    assert gone.products == ()


def test_a_badge_names_no_purchase(shop: Shop) -> None:
    assert isinstance(read(shop.station, scanned("W-10311")), Wanted)
    assert read(shop.station, scanned("MS:B3XX")) == OtherCode(RefusalReason.WRONG_CHECK_DIGIT)


def other() -> Purchase:
    return purchase(bought_line(pieces=2))


def test_a_purchase_in_another_currency_is_not_given_back_here(shop: Shop) -> None:
    pesos = replace(shop.station, currency="MXN")

    assert usable(pesos, Known(ledger_of(other(), ()), 5)) is Unusable.OTHER_CURRENCY


def test_what_the_hub_found_comes_with_what_came_back_here_and_the_hub_has_not_heard(
    shop: Shop, at_work: SignOn
) -> None:
    sale = sold(at_work, pieces=3)
    ledger = untouched(sale)
    elsewhere = after_return(ledger, (1, 1000))  # as the hub knows it
    taken_back(at_work, draft(at_work, ledger, (1, 1000)))  # as this till knows it

    (known,) = from_hub(shop.station, Wanted("x"), [FoundPurchase("Goya", elsewhere)], 7)

    assert known.ledger.line(1).returnable == 1000
    assert (known.as_of_ms, known.shop_name) == (7, "")  # this shop sold it

"""Our own codes: no product number looks like one, and a mistyped one is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.scan_codes import (
    CouponScan,
    GiftReceiptScan,
    ReceiptScan,
    coupon_code,
    gift_receipt_code,
    read_own_code,
    receipt_code,
)
from pos.domain.scan_refusal import RefusalReason, RefusedScan

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-."
MISTYPED = RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
bodies = st.text(ALPHABET, min_size=1, max_size=64)


@given(number=bodies)
def test_a_printed_receipt_number_is_read_back(number: str) -> None:
    assert read_own_code(receipt_code(number)) == ReceiptScan(number)
    assert read_own_code(receipt_code(number).lower()) == ReceiptScan(number)


@given(number=bodies, shop=bodies)
def test_a_receipt_code_says_the_shop(number: str, shop: str) -> None:
    code = receipt_code(number, shop)

    assert read_own_code(code) == ReceiptScan(number, shop)
    assert read_own_code(code.replace(":", "Ñ").lower()) == ReceiptScan(number, shop)


@given(number=bodies, shop=bodies)
def test_the_paper_of_a_gift_names_the_same_sale_and_is_not_its_receipt(
    number: str, shop: str
) -> None:
    code = gift_receipt_code(number, shop)

    assert read_own_code(code) == GiftReceiptScan(number, shop)
    assert read_own_code(code.replace(":", "Ñ").lower()) == GiftReceiptScan(number, shop)
    assert read_own_code("MR" + code[2:]) == MISTYPED


@given(number=bodies, shop=bodies, data=st.data())
def test_one_wrong_character_is_noticed_with_a_shop_too(
    number: str, shop: str, data: st.DataObject
) -> None:
    code = receipt_code(number, shop)
    place = data.draw(st.integers(3, len(code) - 1))
    other = data.draw(st.sampled_from(sorted(set(ALPHABET + ":") - {code[place]})))

    assert read_own_code(code[:place] + other + code[place + 1 :]) == MISTYPED


@pytest.mark.parametrize("text", ["MR::2-0043181A", "MR:FUEN:AA", "MB:FUEN:2-00431800"])
def test_a_code_with_half_a_shop_is_refused(text: str) -> None:
    assert read_own_code(text) == MISTYPED


@given(number=bodies, data=st.data())
def test_one_wrong_character_is_always_noticed(number: str, data: st.DataObject) -> None:
    code = receipt_code(number)
    place = data.draw(st.integers(3, len(code) - 1))
    other = data.draw(st.sampled_from(sorted(set(ALPHABET) - {code[place]})))

    assert read_own_code(code[:place] + other + code[place + 1 :]) == MISTYPED


@given(number=bodies.filter(lambda text: len(set(text)) > 1), data=st.data())
def test_two_swapped_characters_are_always_noticed(number: str, data: st.DataObject) -> None:
    code = receipt_code(number)
    places = [at for at in range(3, len(code) - 1) if code[at] != code[at + 1]]
    at = data.draw(st.sampled_from(places))

    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]

    assert read_own_code(swapped) == MISTYPED


def test_a_scanner_set_to_another_keyboard_is_understood() -> None:
    typed = receipt_code("2-004318").replace(":", "Ñ").replace("-", "'")

    assert read_own_code(typed) == ReceiptScan("2-004318")


@pytest.mark.parametrize("text", ["5449000039231", "https://x.example", "M", "", "MX:1AA"])
def test_other_codes_are_not_ours(text: str) -> None:
    assert read_own_code(text) is None


@pytest.mark.parametrize("text", ["MR:", "MR:2", "MB:00", "MR:2 004318AA", "MP:" + "1" * 80])
def test_a_torn_code_is_refused(text: str) -> None:
    assert read_own_code(text) == MISTYPED


@pytest.mark.parametrize("number", ["", "2_1", "ñ", "1" * 65])
def test_what_cannot_be_read_back_is_not_printed(number: str) -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        receipt_code(number)


@given(code=bodies)
def test_a_printed_coupon_is_read_back(code: str) -> None:
    assert read_own_code(coupon_code(code)) == CouponScan(code)
    assert read_own_code(coupon_code(code)[:-1] + "U") == MISTYPED

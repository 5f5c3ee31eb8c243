"""Product numbers carry a digit that tells a misread from a product."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.gtin import check_digit, gtin_14, is_gtin, upc_a_of_upc_e


@pytest.mark.parametrize(
    ("payload", "digit"),
    [("629104150021", 3), ("9638507", 4), ("03600029145", 2), ("841234567890", 5)],
)
def test_the_check_digit_is_that_of_gs1(payload: str, digit: int) -> None:
    assert check_digit(payload) == digit


@given(
    payload=st.from_regex(r"[1-9][0-9]{11}", fullmatch=True),
    place=st.integers(0, 12),
    data=st.data(),
)
def test_one_wrong_digit_is_always_noticed(payload: str, place: int, data: st.DataObject) -> None:
    printed = payload + str(check_digit(payload))
    others = sorted(set("0123456789") - {printed[place]})
    wrong = printed[:place] + data.draw(st.sampled_from(others)) + printed[place + 1 :]

    assert is_gtin(printed)
    assert not is_gtin(wrong)


@pytest.mark.parametrize("text", ["", "0", "00000000", "123", "544900003923١", "5449000039231 "])
def test_what_is_no_product_number_is_none(text: str) -> None:
    assert not is_gtin(text)


def test_a_number_reads_the_same_in_every_length() -> None:
    assert gtin_14(int("036000291452")) == gtin_14(int("0036000291452")) == "00036000291452"


@pytest.mark.parametrize(
    ("upc_e", "upc_a"),
    [
        ("01234565", "012345000065"),
        ("123456", "012345000065"),
        ("0123456", "012345000065"),
        ("04252614", "042100005264"),
        ("06397126", "063200009716"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
    ],
)
def test_a_short_upc_stands_for_a_long_one(upc_e: str, upc_a: str) -> None:
    assert upc_a_of_upc_e(upc_e) == upc_a
    assert is_gtin(upc_a)


@pytest.mark.parametrize("text", ["01234566", "21234565", "12345", "012345650", "abcdef", ""])
def test_what_is_no_short_upc_is_none(text: str) -> None:
    assert upc_a_of_upc_e(text) is None

"""The pickup code: what is signed is what is read, and anything else is no code."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.pickup_code import (
    DAY_MS,
    PREFIX,
    NoPickupCode,
    PickupCode,
    pickup_code_text,
    read_pickup_code,
)
from pos.domain.scan import PickupScan, RefusedScan, ScannedCode, ScanRules, ScanSource, parse
from pos.signatures import Purpose, SigningKey, is_signed

HUB = SigningKey(bytes(range(32)))
STRANGER = SigningKey(bytes(range(1, 33)))
SMALL_QR = 6  # 41 modules: 2 cm on a phone

codes = st.builds(
    PickupCode,
    serial=st.integers(0, 2**32 - 1),
    tag=st.integers(0, 2**32 - 1),
    version=st.integers(0, 2**16 - 1),
    last_day=st.integers(0, 2**16 - 1),
    shop=st.from_regex(r"[A-Z0-9]{2,12}", fullmatch=True),
    signature=st.binary(min_size=64, max_size=64).map(bytes.hex),
)


def signed(code: PickupCode, key: SigningKey = HUB) -> PickupCode:
    signature = key.sign(Purpose.PICKUP, code.signed_part)
    return PickupCode(code.serial, code.tag, code.version, code.last_day, code.shop, signature)


def is_genuine(code: PickupCode) -> bool:
    return is_signed(HUB.public, Purpose.PICKUP, code.signed_part, code.signature)


@given(codes)
def test_a_code_is_read_back_also_when_typed_on_another_keyboard(code: PickupCode) -> None:
    text = pickup_code_text(code)

    assert read_pickup_code(text) == code
    assert read_pickup_code(text.replace(":", "Ñ").lower()) == code


@given(codes)
def test_a_code_fits_a_small_qr(code: PickupCode) -> None:
    made = segno.make_qr(pickup_code_text(code), error="l")

    assert made.mode == "alphanumeric"
    assert int(made.version) <= SMALL_QR


@given(codes, st.data())
def test_a_code_with_one_character_changed_is_not_believed(
    code: PickupCode, data: st.DataObject
) -> None:
    text = pickup_code_text(signed(code))
    at = data.draw(st.integers(len(PREFIX), len(text) - 2))
    other = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".replace(text[at], "")))

    try:
        read = read_pickup_code(text[:at] + other + text[at + 1 :])
    except NoPickupCode:
        return
    assert not is_genuine(read)


def test_only_the_hub_makes_codes() -> None:
    code = PickupCode(10482, 0, 1, 20_800, "FUEN")

    assert is_genuine(signed(code))
    assert not is_genuine(signed(code, STRANGER))


def test_a_code_is_good_until_the_end_of_its_last_day() -> None:
    code = PickupCode(10482, 0, 1, 100, "FUEN")

    assert not code.is_past(101 * DAY_MS - 1)
    assert code.is_past(101 * DAY_MS)


@given(st.text())
def test_what_is_no_code_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(NoPickupCode):
        read_pickup_code(PREFIX + text[:60])


def test_a_scanner_tells_a_pickup_code_from_a_damaged_one() -> None:
    text = pickup_code_text(signed(PickupCode(10482, 0, 1, 20_800, "FUEN")))

    def scanned(text: str) -> object:
        code = ScannedCode(text, None, ScanSource.WEDGE)
        return parse(code, ScanRules(), is_in_catalogue=lambda gtin: False)

    assert isinstance(scanned(text), PickupScan)
    assert isinstance(scanned(text[:-9]), RefusedScan)


@pytest.mark.parametrize("shop", ["", "X" * 13])
def test_a_shop_that_does_not_fit_is_refused(shop: str) -> None:
    with pytest.raises(ValueError, match="shop"):
        _ = PickupCode(1, 0, 1, 1, shop).signed_part

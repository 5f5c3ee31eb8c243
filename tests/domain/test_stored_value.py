"""Gift cards and store credit: codes that are money, and what a till alone takes off them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.scan import ScannedCode, ScanRules, ScanSource, parse
from pos.domain.scan_codes import StoredValueScan, read_own_code, stored_value_code
from pos.domain.scan_refusal import RefusalReason, RefusedScan
from pos.domain.stored_value import (
    CODE_CHARACTERS,
    CODE_LENGTH,
    NoReference,
    OfflineRedemption,
    OfflineRefusal,
    StoredValueKind,
    ValueReference,
    card_id,
    last_four,
    masked,
    offline_redemption,
    read_value_reference,
    value_reference,
)
from pos.receipts.codes import code_128_dots, find_me

MISTYPED = RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
secrets = st.text(CODE_CHARACTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH)
kinds = st.sampled_from(StoredValueKind)
SECRET = "7K3QW0M2ZX9RB4TH"
CODE = stored_value_code(StoredValueKind.GIFT_CARD, SECRET)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@given(kind=kinds, secret=secrets)
def test_a_printed_card_is_read_back_whoever_types_it(kind: StoredValueKind, secret: str) -> None:
    code = stored_value_code(kind, secret)
    misread = code[:3] + code[3:].replace("0", "o").replace("1", "i").lower()

    assert read_own_code(code) == StoredValueScan(kind, code)
    assert read_own_code(misread) == StoredValueScan(kind, code)
    assert read_own_code(code.replace(":", "Ñ")) == StoredValueScan(kind, code)


@given(kind=kinds, secret=secrets, data=st.data())
def test_one_wrong_character_of_a_card_is_always_noticed(
    kind: StoredValueKind, secret: str, data: st.DataObject
) -> None:
    code = stored_value_code(kind, secret)
    place = data.draw(st.integers(3, len(code) - 1))
    other = data.draw(st.sampled_from(sorted(set(CODE_CHARACTERS) - {code[place]})))

    assert read_own_code(code[:place] + other + code[place + 1 :]) == MISTYPED


@pytest.mark.parametrize("text", ["MG:", "MV:00", CODE[:-1], f"{CODE}0", CODE.replace("Q", "-")])
def test_a_torn_code_of_a_card_is_refused(text: str) -> None:
    assert read_own_code(text) == MISTYPED


@pytest.mark.parametrize("secret", ["", "7K3Q", SECRET + "0", SECRET.lower(), "U" * 16])
def test_no_card_is_printed_with_a_code_that_could_be_guessed_or_misread(secret: str) -> None:
    with pytest.raises(ValueError, match="no secret"):
        stored_value_code(StoredValueKind.GIFT_CARD, secret)


def test_every_screen_is_told_that_a_scan_is_a_card() -> None:
    scanned = ScannedCode(CODE, "]C1", ScanSource.SERIAL)

    read = parse(scanned, ScanRules(), is_in_catalogue=lambda _: True)

    assert isinstance(read, StoredValueScan)
    assert (read.kind, read.shown) == (StoredValueKind.GIFT_CARD, "···B4TH")


def test_a_card_that_is_logged_gives_nothing_away() -> None:
    assert SECRET not in repr(read_own_code(CODE))
    assert masked(last_four(CODE)) == "···B4TH"


def test_a_card_prints_as_bars_and_as_a_square() -> None:
    assert code_128_dots(CODE) <= 48 * 12
    assert [type(block).__name__ for block in find_me(CODE, 48)] == ["Barcode", "Feed", "Qr"]
    assert [type(block).__name__ for block in find_me(CODE, 32)] == ["Qr"]


@given(kind=kinds, secret=secrets, hold=st.sampled_from(["", "0190-a:b"]))
def test_what_a_tender_says_of_its_card_is_read_back_and_is_no_money(
    kind: StoredValueKind, secret: str, hold: str
) -> None:
    code = stored_value_code(kind, secret)
    reference = value_reference(code, hold)

    assert read_value_reference(reference.text) == reference
    assert len(reference.text) <= 200
    assert secret not in reference.text


def test_two_cards_are_never_taken_for_one() -> None:
    credit = stored_value_code(StoredValueKind.STORE_CREDIT, SECRET)

    assert card_id(CODE) != card_id(credit)
    assert card_id(CODE) == card_id(CODE)


@pytest.mark.parametrize(
    "text", ["", "card-1", "7K3Q", f"7K3Q:{'a' * 64}", f"7K3:{'a' * 64}:", f"7K3Q:{'G' * 64}:"]
)
def test_a_reference_of_something_else_is_none(text: str) -> None:
    with pytest.raises(NoReference):
        read_value_reference(text)


def test_without_the_hub_a_card_is_refused_unless_the_shop_decided_otherwise() -> None:
    refused, allowed = OfflineRedemption(), OfflineRedemption(50_00)

    assert refused.refusal(eur(1), eur(0)) is OfflineRefusal.NOT_ALLOWED
    assert allowed.refusal(eur(50_00), eur(0)) is None
    assert allowed.refusal(eur(30_00), eur(20_01)) is OfflineRefusal.ABOVE_LIMIT


@pytest.mark.parametrize(
    ("setting", "limit"),
    [
        (None, 0),
        ({}, 0),
        ({"offline_limit": 50_00}, 50_00),
        ({"offline_limit": -1}, 0),
        ({"offline_limit": True}, 0),
        ({"offline_limit": "50"}, 0),
        ([5], 0),
    ],
)
def test_what_the_setting_cannot_mean_allows_nothing(setting: object, limit: int) -> None:
    assert offline_redemption(setting) == OfflineRedemption(limit)


def test_a_reference_names_what_was_set_aside() -> None:
    assert value_reference(CODE, "op-1") == ValueReference(card_id(CODE), "B4TH", "op-1")

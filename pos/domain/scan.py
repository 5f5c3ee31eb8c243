"""What a scanned code is: one closed union for everything a scanner can say."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pos.domain.gtin import LENGTHS, is_digits, is_gtin, upc_a_of_upc_e
from pos.domain.pickup_code import NoPickupCode, PickupCode, is_pickup_code, read_pickup_code
from pos.domain.scan_codes import (
    CouponScan,
    GiftReceiptScan,
    ParcelScan,
    ParkedTicketScan,
    ReceiptScan,
    ShelfScan,
    StaffBadgeScan,
    StoredValueScan,
    read_own_code,
)
from pos.domain.scan_gs1 import (
    GROUP_SEPARATOR,
    Gs1Scan,
    read_digital_link,
    read_element_strings,
)
from pos.domain.scan_member import CustomerScan, read_member_card
from pos.domain.scan_refusal import RefusalReason, RefusedScan
from pos.domain.scan_templates import InStoreTemplate, ValueKind, VariableMeasureScan

__all__ = [
    "CouponScan",
    "CustomerScan",
    "GiftReceiptScan",
    "Gs1Scan",
    "GtinScan",
    "InStoreTemplate",
    "ParcelScan",
    "ParkedTicketScan",
    "PickupScan",
    "ReceiptScan",
    "RefusalReason",
    "RefusedScan",
    "Scan",
    "ScanRules",
    "ScanSource",
    "ScannedCode",
    "ShelfScan",
    "StaffBadgeScan",
    "StoredValueScan",
    "UnknownScan",
    "ValueKind",
    "VariableMeasureScan",
    "parse",
]

MAX_CHARACTERS = 512
_GS1_SYMBOLS = frozenset({"]C1", "]d2", "]Q3", "]e0", "]J1"})
_EAN_13, _EAN_13_WITH_ADD_ON, _EAN_8 = "]E0", "]E3", "]E4"
_ADD_ON_LENGTHS = (15, 18)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class ScanSource(Enum):
    """Where a code came from, for the journal and the log."""

    WEDGE = "wedge"
    SERIAL = "serial"
    CAMERA = "camera"
    KEYED = "keyed"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """A code as a scanner gave it.

    Attributes:
        text: With or without an AIM identifier in front.
        symbology: AIM identifier (ISO/IEC 15424) such as ``]C1`` when the driver knows it.
        source: Where it came from.
    """

    text: str
    symbology: str | None
    source: ScanSource


@dataclass(frozen=True, slots=True)
class ScanRules:
    """What a shop configures: the in-store templates of its scales, decimals of its currency.

    `member_card` is what its customers' cards begin with (`read_member_card`).
    """

    templates: tuple[InStoreTemplate, ...] = ()
    currency_digits: int = 2
    member_card: str = ""


@dataclass(frozen=True, slots=True)
class GtinScan:
    """A product number: GTIN-14 as a number, and the digits as printed."""

    gtin: int
    printed: str


@dataclass(frozen=True, slots=True)
class UnknownScan:
    """A code that is none of ours: search opens with it."""

    text: str


@dataclass(frozen=True, slots=True)
class PickupScan:
    """The code of a customer who comes to collect; nobody has checked its signature yet."""

    code: PickupCode


Scan = (
    GtinScan
    | VariableMeasureScan
    | Gs1Scan
    | ReceiptScan
    | GiftReceiptScan
    | StaffBadgeScan
    | ParkedTicketScan
    | ParcelScan
    | ShelfScan
    | CouponScan
    | PickupScan
    | StoredValueScan
    | CustomerScan
    | RefusedScan
    | UnknownScan
)


def parse(code: ScannedCode, rules: ScanRules, *, is_in_catalogue: Callable[[int], bool]) -> Scan:
    """Return what `code` is; never raises, whatever a label holds.

    The kind is decided by the symbol and by the length first, for a GTIN with a wrong check
    digit would pass as GS1 element strings. A number that is in the catalogue wins over
    in-store templates.

    Args:
        code: As scanned.
        rules: Of the shop.
        is_in_catalogue: Whether a product has this GTIN-14 as a number.
    """
    symbology, text = _without_aim_id(code)
    refusal = _refusal_at_sight(text)
    if refusal is not None:
        return RefusedScan(refusal)
    own = read_own_code(text)
    if own is not None:
        return own
    if is_pickup_code(text):
        return _pickup(text)
    if text.lower().startswith(("http://", "https://")):
        link = read_digital_link(text, currency_digits=rules.currency_digits)
        return link or UnknownScan(text)
    if symbology in _GS1_SYMBOLS or GROUP_SEPARATOR in text:
        elements = read_element_strings(text, currency_digits=rules.currency_digits)
        return elements or UnknownScan(text)
    if is_digits(text):
        return _digits_alone(text, symbology, rules, is_in_catalogue)
    return (
        _unmarked_gs1(text, rules)
        or read_member_card(text, rules.member_card)
        or UnknownScan(text)
    )


def _digits_alone(
    text: str, symbology: str | None, rules: ScanRules, is_in_catalogue: Callable[[int], bool]
) -> Scan:
    """Return what a code of digits is; a shop whose cards are digits says how they begin."""
    card = read_member_card(text, rules.member_card) if rules.member_card else None
    number = _number(text, symbology, rules, is_in_catalogue)
    if card is not None and not (isinstance(number, GtinScan) and is_in_catalogue(number.gtin)):
        return card
    return number or _unmarked_gs1(text, rules) or UnknownScan(text)


def _pickup(text: str) -> PickupScan | RefusedScan:
    try:
        return PickupScan(read_pickup_code(text))
    except NoPickupCode:
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)


def _without_aim_id(code: ScannedCode) -> tuple[str | None, str]:
    text = code.text
    if code.symbology is None and text[:1] == "]" and len(text) > 2 and text[1:3].isalnum():
        return text[:3], text[3:].strip(" ")
    return code.symbology, text.strip(" ")


def _refusal_at_sight(text: str) -> RefusalReason | None:
    if not text:
        return RefusalReason.EMPTY
    if len(text) > MAX_CHARACTERS:
        return RefusalReason.TOO_LONG
    invisible = (char for char in text if unicodedata.category(char) in _INVISIBLE)
    if any(char != GROUP_SEPARATOR for char in invisible):
        return RefusalReason.CONTROL_CHARACTERS
    return None


def _number(
    text: str,
    symbology: str | None,
    rules: ScanRules,
    is_in_catalogue: Callable[[int], bool],
) -> Scan | None:
    """Return what a code of digits is; None when its length is none that we know."""
    digits = _ean_digits(text, symbology)
    if len(digits) <= max(LENGTHS) and int(digits) and is_in_catalogue(int(digits)):
        return GtinScan(int(digits), digits)
    label = _in_store_label(digits, rules)
    if label is not None:
        return label
    if len(digits) not in LENGTHS:
        return None
    if not is_gtin(digits):
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    return GtinScan(int(digits), digits)


def _ean_digits(text: str, symbology: str | None) -> str:
    """Return the digits of an EAN/UPC symbol: UPC-E spelled out, price add-on left off."""
    if symbology == _EAN_13 and len(text) <= 8:
        return upc_a_of_upc_e(text) or text
    is_periodical = len(text) in _ADD_ON_LENGTHS and text[:3] in ("977", "978", "979")
    if symbology == _EAN_13_WITH_ADD_ON or is_periodical:
        return text[:13]
    return text


def _in_store_label(digits: str, rules: ScanRules) -> VariableMeasureScan | RefusedScan | None:
    label = digits.zfill(13) if len(digits) == 12 else digits
    if len(label) != 13:
        return None
    for template in rules.templates:
        if template.claims(label):
            return template.read(label, currency_digits=rules.currency_digits)
    return None


def _unmarked_gs1(text: str, rules: ScanRules) -> Gs1Scan | None:
    """Return GS1 element strings of a scanner that says neither symbol nor separator.

    Only what starts with a GTIN whose check digit is right, and goes on, is taken for them.
    """
    if not (text.startswith("01") and len(text) > 16 and is_gtin(text[2:16])):
        return None
    elements = read_element_strings(text, currency_digits=rules.currency_digits)
    return elements if isinstance(elements, Gs1Scan) else None

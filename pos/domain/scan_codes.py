"""Our own codes on receipts, staff badges, parked tickets, parcels, shelves and coupons.

``MR:FUEN:2-004318R5``: two letters and a colon, which no GTIN or GS1 symbol starts with, then
what is named, then two check characters, so that a mistyped code is refused. A receipt's code
names its shop, because tills of different shops give out the same numbers; one without a shop
is of this shop. Case does not matter (a scanner typing under Caps Lock).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos.domain.scan_refusal import RefusalReason, RefusedScan

MAX_BODY = 64
_BODY_ALPHABET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.")
_CHECK_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_RECEIPT, _BADGE, _PARKED, _PARCEL, _SHELF = "MR:", "MB:", "MP:", "ML:", "MS:"
_COUPON = "MD:"  # of discount: MC: is the pickup code of pos/domain/pickup_code.py
_PREFIXES = frozenset({_RECEIPT, _BADGE, _PARKED, _PARCEL, _SHELF, _COUPON})
_PARCEL_BODY = re.compile(r"([0-9A-Z-]{1,40})-([1-9][0-9]?)\.([1-9][0-9]{0,3})")
_OF_SHOP = ":"
# What a scanner set to the US layout types on a Spanish or Latin American keyboard; the
# check characters tell whether this reading was right.
_FROM_OTHER_LAYOUTS = str.maketrans({"Ñ": ":", "'": "-", "?": "-"})


@dataclass(frozen=True, slots=True)
class ReceiptScan:
    """A receipt of ours, by its number such as ``2-004318``; `shop` may be empty."""

    number: str
    shop: str = ""


@dataclass(frozen=True, slots=True)
class StaffBadgeScan:
    """A badge of a member of staff, by its token, in upper case."""

    badge: str


@dataclass(frozen=True, slots=True)
class ParkedTicketScan:
    """The slip of a parked ticket, by the ticket's id, in upper case."""

    code: str


@dataclass(frozen=True, slots=True)
class ParcelScan:
    """The label of a parcel: order number (``W-10482``), parcel, and print of its label."""

    order_number: str
    parcel: int
    print_number: int


@dataclass(frozen=True, slots=True)
class ShelfScan:
    """A shelf for parcels, such as ``B3``."""

    shelf: str


@dataclass(frozen=True, slots=True)
class CouponScan:
    """A coupon that may be used once, by what the hub gave out, in upper case."""

    code: str


OwnScan = ReceiptScan | StaffBadgeScan | ParkedTicketScan | ParcelScan | ShelfScan | CouponScan


def receipt_code(number: str, shop: str = "") -> str:
    """Return the code to print on the receipt of this number, made in that shop.

    Raises:
        ValueError: `number` or `shop` holds more than digits, letters, ``-`` and ``.``.
    """
    if shop and not _is_body(shop.upper()):
        raise ValueError(f"{shop!r} cannot be printed as a code")
    return _code(_RECEIPT, number, f"{shop}{_OF_SHOP}" if shop else "")


def badge_code(token: str) -> str:
    """Return the code to print on the badge with this token; same limits as a receipt's."""
    return _code(_BADGE, token)


def parked_ticket_code(ticket_id: str) -> str:
    """Return the code to print on the slip of this parked ticket; same limits."""
    return _code(_PARKED, ticket_id)


def parcel_code(order_number: str, parcel: int, print_number: int) -> str:
    """Return the code to print on the label of a parcel; same limits."""
    return _code(_PARCEL, f"{order_number}-{parcel}.{print_number}")


def shelf_code(shelf: str) -> str:
    """Return the code to stick on a shelf; same limits."""
    return _code(_SHELF, shelf)


def coupon_code(code: str) -> str:
    """Return the code to print on a coupon that may be used once; same limits."""
    return _code(_COUPON, code)


def read_own_code(text: str) -> OwnScan | RefusedScan | None:
    """Return what one of our codes names, a refusal when mistyped, None for other codes."""
    code = text.upper().translate(_FROM_OTHER_LAYOUTS)
    prefix, body, check = code[:3], code[3:-2], code[-2:]
    if prefix not in _PREFIXES:
        return None
    shop, colon, named = body.rpartition(_OF_SHOP) if prefix == _RECEIPT else ("", "", body)
    is_formed = _is_body(named) and (_is_body(shop) if colon else True)
    if not is_formed or check != _check_characters(prefix + body):
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    if prefix == _RECEIPT:
        return ReceiptScan(named, shop)
    if prefix == _PARCEL:
        return _parcel(named)
    if prefix == _SHELF:
        return ShelfScan(named)
    if prefix == _COUPON:
        return CouponScan(named)
    return StaffBadgeScan(named) if prefix == _BADGE else ParkedTicketScan(named)


def _parcel(named: str) -> ParcelScan | RefusedScan:
    found = _PARCEL_BODY.fullmatch(named)
    if found is None:
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    number, parcel, print_number = found.groups()
    return ParcelScan(number, int(parcel), int(print_number))


def _code(prefix: str, body: str, before: str = "") -> str:
    upper = body.upper()
    if not _is_body(upper):
        raise ValueError(f"{body!r} cannot be printed as a code")
    whole = prefix + before.upper() + upper
    return whole + _check_characters(whole)


def _is_body(body: str) -> bool:
    return 0 < len(body) <= MAX_BODY and _BODY_ALPHABET.issuperset(body)


def _check_characters(text: str) -> str:
    """Return two characters that change with any one character and with any swapped pair.

    A polynomial over the prime 1021, the largest that two base-32 characters can hold.
    """
    remainder = 0
    for char in text:
        remainder = (remainder * 101 + ord(char)) % 1021
    return _CHECK_ALPHABET[remainder // 32] + _CHECK_ALPHABET[remainder % 32]

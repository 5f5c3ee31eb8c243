"""Our own codes on receipts, badges, parked tickets, parcels, shelves, coupons and gift cards.

``MR:FUEN:2-004318R5``: two letters and a colon, which no GTIN or GS1 symbol starts with, then
what is named, then two check characters, so that a mistyped code is refused. A receipt's code
names its shop, because tills of different shops give out the same numbers; one without a shop
is of this shop. A gift receipt's code (``MT:``) names the same sale and says that whoever shows
it is not who paid. Case does not matter (a scanner typing under Caps Lock).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pos.domain.scan_refusal import RefusalReason, RefusedScan
from pos.domain.stored_value import (
    CODE_CHARACTERS,
    CODE_LENGTH,
    StoredValueKind,
    last_four,
    masked,
)

MAX_BODY = 64
_BODY_ALPHABET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.")
_CHECK_ALPHABET = CODE_CHARACTERS
_RECEIPT, _BADGE, _PARKED, _PARCEL, _SHELF = "MR:", "MB:", "MP:", "ML:", "MS:"
_GIFT_RECEIPT = "MT:"
_COUPON = "MD:"  # of discount: MC: is the pickup code of pos/domain/pickup_code.py
_VALUES = {"MG:": StoredValueKind.GIFT_CARD, "MV:": StoredValueKind.STORE_CREDIT}
_OF_SALES = frozenset({_RECEIPT, _GIFT_RECEIPT})
_PREFIXES = frozenset({*_OF_SALES, _BADGE, _PARKED, _PARCEL, _SHELF, _COUPON, *_VALUES})
_PARCEL_BODY = re.compile(r"([0-9A-Z-]{1,40})-([1-9][0-9]?)\.([1-9][0-9]{0,3})")
_OF_SHOP = ":"
# How people read and type the characters that the secret of a card does not have.
_LOOK_ALIKES = str.maketrans("OIL", "011")
# What a scanner set to the US layout types on a Spanish or Latin American keyboard; the
# check characters tell whether this reading was right.
_FROM_OTHER_LAYOUTS = str.maketrans({"Ñ": ":", "'": "-", "?": "-"})


@dataclass(frozen=True, slots=True)
class ReceiptScan:
    """A receipt of ours, by its number such as ``2-004318``; `shop` may be empty."""

    number: str
    shop: str = ""


@dataclass(frozen=True, slots=True)
class GiftReceiptScan:
    """A gift receipt of ours, by the number of its sale; `shop` may be empty.

    It is shown by somebody who must not see what was paid, nor by whom.
    """

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


@dataclass(frozen=True, slots=True)
class StoredValueScan:
    """A gift card or a credit note. Its code is money: it is shown and logged masked only."""

    kind: StoredValueKind
    code: str = field(repr=False)

    @property
    def shown(self) -> str:
        """What texts call it: ``···7K3Q``."""
        return masked(last_four(self.code))


OwnScan = (
    ReceiptScan
    | GiftReceiptScan
    | StaffBadgeScan
    | ParkedTicketScan
    | ParcelScan
    | ShelfScan
    | CouponScan
    | StoredValueScan
)


def receipt_code(number: str, shop: str = "") -> str:
    """Return the code to print on the receipt of this number, made in that shop.

    Raises:
        ValueError: `number` or `shop` holds more than digits, letters, ``-`` and ``.``.
    """
    return _of_sale(_RECEIPT, number, shop)


def gift_receipt_code(number: str, shop: str = "") -> str:
    """Return the code to print on the gift receipt of this number; same limits."""
    return _of_sale(_GIFT_RECEIPT, number, shop)


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


def stored_value_code(kind: StoredValueKind, secret: str) -> str:
    """Return the code to print on a gift card or a credit note.

    Args:
        secret: `CODE_LENGTH` of `CODE_CHARACTERS`, drawn by chance.

    Raises:
        ValueError: `secret` is something else.
    """
    if not _is_secret(secret):
        raise ValueError("no secret of a card")
    return _code(next(prefix for prefix, of in _VALUES.items() if of is kind), secret)


def read_own_code(text: str) -> OwnScan | RefusedScan | None:
    """Return what one of our codes names, a refusal when mistyped, None for other codes."""
    code = text.upper().translate(_FROM_OTHER_LAYOUTS)
    prefix, body, check = code[:3], code[3:-2], code[-2:]
    if prefix not in _PREFIXES:
        return None
    if prefix in _VALUES:
        return _stored_value(prefix, code[3:].translate(_LOOK_ALIKES))
    shop, colon, named = body.rpartition(_OF_SHOP) if prefix in _OF_SALES else ("", "", body)
    is_formed = _is_body(named) and (_is_body(shop) if colon else True)
    if not is_formed or check != _check_characters(prefix + body):
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    if prefix in _OF_SALES:
        return ReceiptScan(named, shop) if prefix == _RECEIPT else GiftReceiptScan(named, shop)
    if prefix == _PARCEL:
        return _parcel(named)
    if prefix == _SHELF:
        return ShelfScan(named)
    if prefix == _COUPON:
        return CouponScan(named)
    return StaffBadgeScan(named) if prefix == _BADGE else ParkedTicketScan(named)


def read_typed_card(text: str) -> StoredValueScan | None:
    """Return the card that a person read off its paper and typed, None when it is mistyped.

    Spaces, hyphens and the letters before the colon may be there or not.
    """
    bare = "".join(text.upper().split()).replace("-", "").replace(":", "")
    guesses = [f"{bare[:2]}:{bare[2:]}", *(f"{prefix}{bare}" for prefix in _VALUES)]
    found = (read_own_code(guess) for guess in guesses)
    return next((read for read in found if isinstance(read, StoredValueScan)), None)


def _stored_value(prefix: str, rest: str) -> StoredValueScan | RefusedScan:
    code = prefix + rest
    if not _is_secret(rest[:-2]) or rest[-2:] != _check_characters(code[:-2]):
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    return StoredValueScan(_VALUES[prefix], code)


def _is_secret(text: str) -> bool:
    return len(text) == CODE_LENGTH and set(text) <= set(CODE_CHARACTERS)


def _parcel(named: str) -> ParcelScan | RefusedScan:
    found = _PARCEL_BODY.fullmatch(named)
    if found is None:
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    number, parcel, print_number = found.groups()
    return ParcelScan(number, int(parcel), int(print_number))


def _of_sale(prefix: str, number: str, shop: str) -> str:
    if shop and not _is_body(shop.upper()):
        raise ValueError(f"{shop!r} cannot be printed as a code")
    return _code(prefix, number, f"{shop}{_OF_SHOP}" if shop else "")


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

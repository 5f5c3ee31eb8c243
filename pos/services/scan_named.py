"""What our own codes name: receipts, slips, badges, parcels, coupons, cards of value."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.pickup_code import PickupCode
from pos.domain.sale import Sale
from pos.domain.scan import (
    CouponScan,
    GiftReceiptScan,
    ParcelScan,
    ParkedTicketScan,
    PickupScan,
    ReceiptScan,
    ShelfScan,
    StaffBadgeScan,
    StoredValueScan,
)
from pos.services import find_receipt
from pos.services.workstation import SignOn


@dataclass(frozen=True, slots=True)
class ReceiptFound:
    sale: Sale


@dataclass(frozen=True, slots=True)
class ReceiptNotHere:
    """A receipt of ours that this till did not record; `shop` is empty when not named."""

    number: str
    shop: str = ""


@dataclass(frozen=True, slots=True)
class GiftReceiptRead:
    """A gift receipt of ours, wherever it was sold; `shop` is empty when not named."""

    number: str
    shop: str = ""


@dataclass(frozen=True, slots=True)
class ParkedFound:
    basket_id: str


@dataclass(frozen=True, slots=True)
class BadgeRead:
    badge: str


@dataclass(frozen=True, slots=True)
class PickupRead:
    """A customer's pickup code, its signature not checked yet."""

    code: PickupCode


@dataclass(frozen=True, slots=True)
class ParcelRead:
    label: ParcelScan


@dataclass(frozen=True, slots=True)
class ShelfRead:
    shelf: str


@dataclass(frozen=True, slots=True)
class CouponRead:
    """A coupon, by what identifies it, in upper case."""

    code: str


@dataclass(frozen=True, slots=True)
class StoredValueRead:
    """A gift card or a credit note; what is on it, only the hub knows."""

    scan: StoredValueScan


@dataclass(frozen=True, slots=True)
class CustomerRead:
    """A customer's card, by its number; whose it is has not been looked up."""

    card: str


NamedScan = (
    ReceiptScan
    | GiftReceiptScan
    | ParkedTicketScan
    | StaffBadgeScan
    | PickupScan
    | ParcelScan
    | ShelfScan
    | CouponScan
    | StoredValueScan
)
NamedOutcome = (
    ReceiptFound
    | ReceiptNotHere
    | GiftReceiptRead
    | ParkedFound
    | BadgeRead
    | PickupRead
    | ParcelRead
    | ShelfRead
    | CouponRead
    | StoredValueRead
)


def named(sign_on: SignOn, read: NamedScan) -> NamedOutcome:
    """Return what one of our own codes names."""
    match read:
        case ReceiptScan():
            sale = find_receipt.here(sign_on.station, read)
            return ReceiptFound(sale) if sale else ReceiptNotHere(read.number, read.shop)
        case GiftReceiptScan(number, shop):
            return GiftReceiptRead(number, shop)
        case ParkedTicketScan(parked):
            return ParkedFound(parked.lower())
        case StaffBadgeScan(badge):
            return BadgeRead(badge)
        case PickupScan(pickup):
            return PickupRead(pickup)
        case ParcelScan():
            return ParcelRead(read)
        case ShelfScan(shelf):
            return ShelfRead(shelf)
        case CouponScan(coupon):
            return CouponRead(coupon)
        case StoredValueScan():
            return StoredValueRead(read)

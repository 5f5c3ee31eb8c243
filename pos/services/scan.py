"""What a scan does at the counter: one router, by what the code is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos.domain.basket import BasketError, EntryMethod
from pos.domain.catalogue import Product
from pos.domain.money import ISO_4217_NUMBERS, Money, divide_half_up
from pos.domain.quantity import THOUSAND, Quantity, QuantityNotPossible, Unit
from pos.domain.scan import (
    CustomerScan,
    Gs1Scan,
    GtinScan,
    RefusalReason,
    RefusedScan,
    ScannedCode,
    ScanSource,
    UnknownScan,
    ValueKind,
    VariableMeasureScan,
    parse,
)
from pos.domain.stored_value import CardOnLine
from pos.domain.ticket import Ticket
from pos.services import sell
from pos.services.coupons import shared_coupon
from pos.services.ports import Catalogue
from pos.services.scan_named import (
    BadgeRead,
    CouponRead,
    CustomerRead,
    GiftReceiptRead,
    NamedOutcome,
    ParcelRead,
    ParkedFound,
    PickupRead,
    ReceiptFound,
    ReceiptNotHere,
    ShelfRead,
    StoredValueRead,
    named,
)
from pos.services.workstation import SignOn

# What codes of our own name is told with the rest.
__all__ = [
    "Added",
    "AskCard",
    "AskPrice",
    "AskQuantity",
    "BadgeRead",
    "ChooseProduct",
    "CouponRead",
    "CustomerRead",
    "Expired",
    "GiftReceiptRead",
    "NotFound",
    "NotPossible",
    "ParcelRead",
    "ParkedFound",
    "PickupRead",
    "ReceiptFound",
    "ReceiptNotHere",
    "Refused",
    "ScanOutcome",
    "ShelfRead",
    "StoredValueRead",
    "Wanted",
    "scan",
    "take",
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be put on the ticket once the product and its price are clear."""

    quantity: Quantity | None = None  # None: one piece, or the weight is to be asked
    count: int = 1
    extended_price: Money | None = None
    entry_method: EntryMethod = EntryMethod.SCANNED
    card: CardOnLine | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The product is on the ticket, durably."""

    ticket: Ticket
    line: int


@dataclass(frozen=True, slots=True)
class ChooseProduct:
    """Two products share the code: the cashier chooses."""

    products: tuple[Product, ...]
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class AskPrice:
    """The product is sold at a price keyed at the till."""

    product: Product
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class AskQuantity:
    """The product is sold by weight or measure and nothing said how much."""

    product: Product
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class AskCard:
    """The product is money for a gift card and nothing said for which."""

    product: Product
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class NotFound:
    """No product has the code; search opens with it and the ticket is untouched."""

    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The code cannot be used; `reason` says why."""

    reason: RefusalReason


@dataclass(frozen=True, slots=True)
class Expired:
    """The lot may not be sold any more: its last day was `expiry`."""

    product: Product
    expiry: datetime.date


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The line cannot be: `error` is a `BasketError` or `QuantityNotPossible`."""

    error: ValueError


TakeOutcome = Added | AskPrice | AskQuantity | AskCard | NotPossible
ScanOutcome = (
    TakeOutcome | ChooseProduct | NotFound | Refused | Expired | CustomerRead | NamedOutcome
)


def scan(
    sign_on: SignOn, ticket: Ticket | None, code: ScannedCode, *, count: int = 1
) -> ScanOutcome:
    """Do what a code asks for; `count` is what was typed before it (``3*``).

    Raises:
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    catalogue = sell.catalogue_for(sign_on, ticket)
    read = parse(code, sign_on.station.scan_rules, is_in_catalogue=catalogue.contains)
    keyed = code.source is ScanSource.KEYED
    wanted = Wanted(count=count, entry_method=EntryMethod.KEYED if keyed else EntryMethod.SCANNED)
    match read:
        case GtinScan(gtin, printed):
            return _offer(sign_on, ticket, catalogue.by_gtin(gtin), wanted, printed)
        case VariableMeasureScan():
            return _take_labelled(sign_on, ticket, catalogue, read, wanted)
        case Gs1Scan():
            return _take_gs1(sign_on, ticket, catalogue, read, wanted)
        case CustomerScan(card):
            return _by_sku_or_card(sign_on, ticket, catalogue, card, wanted)
        case UnknownScan(text):
            product = catalogue.by_sku(text)
            if product is None and shared_coupon(sign_on, text, ticket) is not None:
                return CouponRead(text.strip().upper())
            return _offer(sign_on, ticket, (product,) if product else (), wanted, text)
        case RefusedScan(reason):
            return _by_sku_or_refused(sign_on, ticket, catalogue, code, reason, wanted)
        case _:
            return named(sign_on, read)


def take(sign_on: SignOn, ticket: Ticket | None, product: Product, wanted: Wanted) -> TakeOutcome:
    """Put a product on the ticket, or say what must be asked first."""
    if product.has_open_price and wanted.extended_price is None:
        return AskPrice(product, wanted)
    if wanted.quantity is None and not product.unit.is_counted:
        return AskQuantity(product, wanted)
    if product.sku in sign_on.station.gift_card_skus and wanted.card is None:
        return _not_multiplied(wanted) if wanted.count != 1 else AskCard(product, wanted)
    try:
        quantity = wanted.quantity or Quantity(wanted.count * THOUSAND, product.unit)
        added = sell.add_product(
            sign_on,
            ticket,
            product,
            quantity,
            wanted.entry_method,
            extended_price=wanted.extended_price,
            card=wanted.card,
        )
    except (BasketError, QuantityNotPossible) as error:
        return NotPossible(error)
    return Added(added, added.basket.lines[-1].number)


def _offer(
    sign_on: SignOn,
    ticket: Ticket | None,
    products: tuple[Product, ...],
    wanted: Wanted,
    text: str,
) -> ScanOutcome:
    if not products:
        return NotFound(text)
    if len(products) > 1:
        return ChooseProduct(products, wanted)
    return take(sign_on, ticket, products[0], wanted)


def _take_labelled(
    sign_on: SignOn,
    ticket: Ticket | None,
    catalogue: Catalogue,
    label: VariableMeasureScan,
    wanted: Wanted,
) -> ScanOutcome:
    product = catalogue.by_sku(label.item_code) or catalogue.by_sku(label.item_code.lstrip("0"))
    if product is None:
        return NotFound(label.printed)
    if wanted.count != 1:
        return _not_multiplied(wanted)
    quantity: Quantity | None = None
    price: Money | None = None
    try:
        if label.value_kind is ValueKind.PRICE:
            price = Money(label.value, sign_on.station.currency)
            quantity = _quantity_for_price(product, price)
        elif label.value_kind is ValueKind.WEIGHT:
            unit = product.unit if _is_measured(product) else Unit.KILOGRAM
            quantity = Quantity(label.value, unit)
        else:
            quantity = Quantity(label.value, product.unit)
    except QuantityNotPossible as error:
        return NotPossible(error)
    return take(sign_on, ticket, product, Wanted(quantity, 1, price, wanted.entry_method))


def _quantity_for_price(product: Product, price: Money) -> Quantity:
    """Return what a priced label holds, to the gram, for stock; the label's price stands."""
    if not _is_measured(product) or product.price.minor == 0:
        return Quantity(THOUSAND, product.unit)
    thousandths = divide_half_up(price.minor * THOUSAND, product.price.minor)
    return Quantity(max(thousandths, 1), product.unit)


def _take_gs1(
    sign_on: SignOn, ticket: Ticket | None, catalogue: Catalogue, label: Gs1Scan, wanted: Wanted
) -> ScanOutcome:
    products = catalogue.by_gtin(label.gtin)
    if products and label.expiry is not None and _is_past(sign_on, label.expiry):
        return Expired(products[0], label.expiry)
    price = _price_on(label, sign_on.station.currency)
    if products and wanted.count != 1 and (price or label.count or label.weight_thousandths):
        return _not_multiplied(wanted)
    quantity = (
        Quantity(label.weight_thousandths, Unit.KILOGRAM) if label.weight_thousandths else None
    )
    filled = Wanted(quantity, label.count or wanted.count, price, wanted.entry_method)
    return _offer(sign_on, ticket, products, filled, f"{label.gtin:014d}")


def _price_on(label: Gs1Scan, currency: str) -> Money | None:
    """Return the price on a label; one in another currency is none, and the catalogue's stands."""
    is_ours = label.price_currency in (None, ISO_4217_NUMBERS.get(currency))
    return (
        Money(label.price_minor, currency) if label.price_minor is not None and is_ours else None
    )


def _not_multiplied(wanted: Wanted) -> NotPossible:
    """Refuse a count before a label that stands for one piece with a value of its own."""
    return NotPossible(QuantityNotPossible(f"{wanted.count} times one label"))


def _by_sku_or_refused(
    sign_on: SignOn,
    ticket: Ticket | None,
    catalogue: Catalogue,
    code: ScannedCode,
    reason: RefusalReason,
    wanted: Wanted,
) -> ScanOutcome:
    """A number with a wrong check digit may be a shop's own SKU when it was keyed."""
    if code.source is ScanSource.KEYED and reason is RefusalReason.WRONG_CHECK_DIGIT:
        product = catalogue.by_sku(code.text)
        if product is not None:
            return take(sign_on, ticket, product, wanted)
    return Refused(reason)


def _by_sku_or_card(
    sign_on: SignOn, ticket: Ticket | None, catalogue: Catalogue, card: str, wanted: Wanted
) -> ScanOutcome:
    """A code that may be a customer's card is the product that has it, else a coupon, if any."""
    product = catalogue.by_sku(card)
    if product is not None:
        return take(sign_on, ticket, product, wanted)
    is_coupon = shared_coupon(sign_on, card, ticket) is not None
    return CouponRead(card) if is_coupon else CustomerRead(card)


def _is_measured(product: Product) -> bool:
    return not product.unit.is_counted


def _is_past(sign_on: SignOn, day: datetime.date) -> bool:
    station = sign_on.station
    now = datetime.datetime.fromtimestamp(station.clock.now_ms() / 1000, datetime.UTC)
    return day < now.astimezone(ZoneInfo(station.time_zone)).date()

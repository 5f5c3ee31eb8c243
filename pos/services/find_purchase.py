"""Finding what somebody wants to bring back: by what is scanned or typed, here before the hub."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from pos.domain.catalogue import Product
from pos.domain.collection import Order
from pos.domain.exchange import first_paid
from pos.domain.pickup_code import PickupCode
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import (
    NothingBought,
    Purchase,
    purchase_of_order,
    purchase_of_sale,
)
from pos.domain.sale import Sale
from pos.domain.scan import (
    CustomerScan,
    GiftReceiptScan,
    Gs1Scan,
    GtinScan,
    ParcelScan,
    PickupScan,
    ReceiptScan,
    RefusalReason,
    RefusedScan,
    ScannedCode,
    ScanSource,
    UnknownScan,
    VariableMeasureScan,
    parse,
)
from pos.services.hub_calls import FoundPurchase
from pos.services.ports import Catalogue, Records
from pos.services.record_return import with_own_returns
from pos.services.workstation import Workstation

MAX_TEXT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What names a purchase; `shop` is named by the code of a receipt, else empty.

    `pickup` is the code that an order was collected with. `is_gift`: a gift receipt was shown,
    by somebody who must not see what was paid.
    """

    text: str
    shop: str = ""
    pickup: PickupCode | None = None
    is_gift: bool = False


@dataclass(frozen=True, slots=True)
class GoodsRead:
    """Goods were scanned; `products` is empty when the shop sells none of that code any more."""

    text: str
    gtin: int | None
    products: tuple[Product, ...]

    def is_of(self, sku: str, gtin: int | None) -> bool:
        """True for a line of these goods."""
        return (gtin is not None and gtin == self.gtin) or sku in {p.sku for p in self.products}


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A code that names no purchase; `reason` says why it cannot be read, None if it can."""

    reason: RefusalReason | None = None


class Unusable(Enum):
    """Why a purchase that is known cannot be returned from here."""

    OTHER_CURRENCY = "other currency"
    IS_A_RETURN = "is a return"  # its own number was shown, not that of what was bought
    NOTHING_BOUGHT = "nothing bought"  # not handed over, or paid with another receipt


@dataclass(frozen=True, slots=True)
class Known:
    """A purchase and what came back of it, as far as is known here.

    `as_of_ms` is when the hub said so by its clock (UTC, Unix ms); 0 for this till's own copy,
    which knows of no other till's returns. `shop_name` is empty where this shop sold it.
    """

    ledger: Ledger
    as_of_ms: int = 0
    shop_name: str = ""

    @property
    def is_own_copy(self) -> bool:
        return not self.as_of_ms


def read(station: Workstation, code: ScannedCode) -> Wanted | GoodsRead | OtherCode:
    """Say what a code names on the screen of returns."""
    catalogue = station.catalogues.current()
    match parse(code, station.scan_rules, is_in_catalogue=catalogue.contains):
        case ReceiptScan(number, shop):
            return Wanted(number, shop)
        case GiftReceiptScan(number, shop):
            return Wanted(number, shop, is_gift=True)
        case ParcelScan(order_number):
            return Wanted(order_number)
        case PickupScan(pickup):
            return Wanted(f"W-{pickup.serial}", pickup=pickup)
        case GtinScan(gtin, printed):
            return GoodsRead(printed, gtin, catalogue.by_gtin(gtin))
        case Gs1Scan() as label:
            return GoodsRead(code.text, label.gtin, catalogue.by_gtin(label.gtin))
        case VariableMeasureScan() as label:
            return _goods(catalogue, label.item_code, label.item_code.lstrip("0"))
        case UnknownScan(text) | CustomerScan(text):
            return _named(catalogue, text)
        case RefusedScan(reason):
            is_number = reason is RefusalReason.WRONG_CHECK_DIGIT and code.text.isdigit()
            is_typed = code.source is ScanSource.KEYED and is_number
            return Wanted(code.text[:MAX_TEXT]) if is_typed else OtherCode(reason)
        case _:
            return OtherCode()


def here(station: Workstation, wanted: Wanted) -> Known | Unusable | None:
    """Return the purchase when this till made the sale or knows the order; None: ask the hub.

    A receipt that names another shop is never looked up here: the other shop's till of the same
    number gave out the same numbers.
    """
    with station.store.reading() as records:
        try:
            purchase = _purchase(station, records, wanted)
        except NothingBought:
            return Unusable.NOTHING_BOUGHT
        if purchase is None:
            return Unusable.IS_A_RETURN if _is_a_return(station, records, wanted) else None
        ledger = with_own_returns(records, ledger_of(purchase, ()))
    return usable(station, Known(ledger))


def from_hub(
    station: Workstation, wanted: Wanted, found: Iterable[FoundPurchase], as_of_ms: int
) -> tuple[Known, ...]:
    """Return what the hub found, each with what this till took back that the hub may not know.

    What is in another currency is among them: `usable` says so when it is chosen. An order that
    only has the number of a pickup code's is not what the code names.
    """
    code = wanted.pickup
    with station.store.reading() as records:
        return tuple(
            Known(
                with_own_returns(records, one.ledger),
                as_of_ms,
                "" if one.ledger.purchase.shop == station.shop else one.shop_name,
            )
            for one in found
            if code is None or code.is_of(one.ledger.purchase.reference)
        )


def usable(station: Workstation, known: Known) -> Known | Unusable:
    """Return the purchase when something of it could be given back here."""
    if known.ledger.purchase.currency != station.currency:
        return Unusable.OTHER_CURRENCY
    return known


def of_sale(station: Workstation, records: Records, sale: Sale) -> Purchase:
    """Return a sale of this till as a purchase; raises NothingBought as `purchase_of_sale`.

    Goods that were taken in exchange were paid by what first paid for those given back.
    """
    skus = (line.sku for line in sale.sold_lines)
    return purchase_of_sale(
        sale,
        departments=_departments(station, skus),
        exchanged=first_paid(sale, records.returns.get),
    )


def recent(station: Workstation, limit: int) -> tuple[Sale, ...]:
    """Return the latest sales of this till, of which something is most often brought back."""
    with station.store.reading() as records:
        return records.sales.recent(limit)


def _purchase(station: Workstation, records: Records, wanted: Wanted) -> Purchase | None:
    if not wanted.shop or wanted.shop == station.shop:
        sale = _sale(records, wanted.text)
        if sale is not None:
            return of_sale(station, records, sale)
    order = _order(records, wanted)
    return None if order is None else _of_order(station, order)


def _is_a_return(station: Workstation, records: Records, wanted: Wanted) -> bool:
    is_ours = not wanted.shop or wanted.shop == station.shop
    return is_ours and records.returns.by_number(wanted.text.upper()) is not None


def _sale(records: Records, text: str) -> Sale | None:
    if not text:
        return None
    return records.sales.by_number(text.upper()) or records.sales.get(text)


def _order(records: Records, wanted: Wanted) -> Order | None:
    if wanted.pickup is not None:
        order = records.orders.by_serial(wanted.pickup.serial)
        return order if order is not None and wanted.pickup.is_of(order.order_id) else None
    if not wanted.text:
        return None
    return records.orders.by_number(wanted.text) or records.orders.get(wanted.text)


def _of_order(station: Workstation, order: Order) -> Purchase:
    goods = (line.sku for line in order.lines)
    offered = (line.substitute.sku for line in order.lines if line.substitute)
    return purchase_of_order(order, departments=_departments(station, (*goods, *offered)))


def _departments(station: Workstation, skus: Iterable[str]) -> Mapping[str, str]:
    """Return the departments of products, as far as the catalogue still knows them."""
    catalogue = station.catalogues.current()
    known = ((sku, catalogue.by_sku(sku)) for sku in set(skus))
    return {sku: product.department for sku, product in known if product is not None}


def _named(catalogue: Catalogue, text: str) -> Wanted | GoodsRead:
    """Return what a code that is none of ours may name: goods by their SKU, or an order."""
    product = catalogue.by_sku(text)
    if product is not None:
        return GoodsRead(text, product.gtin, (product,))
    return Wanted(text.strip()[:MAX_TEXT])


def _goods(catalogue: Catalogue, *codes: str) -> GoodsRead:
    products = (catalogue.by_sku(code) for code in codes)
    found = next((product for product in products if product is not None), None)
    gtin = found.gtin if found else None
    return GoodsRead(codes[0], gtin, (found,) if found else ())

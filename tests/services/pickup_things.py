"""Orders on a till, as the hub told of them, for tests of what is done with them."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.catalogue import Product
from pos.domain.collection import Order, OrderLine, OrderState, Parcel, ParcelState
from pos.domain.scan import ScannedCode, ScanSource
from pos.services.workstation import SignOn
from tests.order_builders import customer_order, order_line, staged
from tests.services.conftest import LUCIA, OIL, TWIN, Shop

__all__ = ["OIL", "TWIN", "Shop"]


def at_work(shop: Shop) -> SignOn:
    """Return Lucía at work; preparing orders needs no open shift."""
    return SignOn(shop.station, LUCIA)


def know(shop: Shop, *orders: Order) -> None:
    """Let the till know orders."""
    with shop.station.store.transaction() as records:
        for order in orders:
            records.orders.save(order)


def an_order(number: str = "W-10497", **changes: object) -> Order:
    """Return an order for two bottles of oil and a blanket."""
    lines = (line_of(1, OIL, 2), line_of(2, TWIN, 1))
    serial = int(number.partition("-")[2])
    order = customer_order(*lines, order_id=f"o-{serial}", number=number, serial=serial)
    return replace(order, **changes)  # type: ignore[arg-type]


def line_of(number: int, product: Product, pieces: int, **changes: object) -> OrderLine:
    """Return a line for pieces of a product of the shop."""
    price = product.price.minor
    about: dict[str, object] = {"sku": product.sku, "gtin": product.gtin, "name": product.name}
    return order_line(number, pieces, price, **about, **changes)


def on_shelf(number: str = "W-10482", *shelves: str, **changes: object) -> Order:
    """Return an order that stands on its shelf, its customer told."""
    order = staged(an_order(number), shelves or ("B3",))
    fields: dict[str, object] = {"state": OrderState.READY, **changes}
    return replace(order, **fields)  # type: ignore[arg-type]


def in_transit(number: str = "W-10600", parcels: int = 2) -> Order:
    """Return an order that the courier brings."""
    coming = tuple(Parcel(n, state=ParcelState.IN_TRANSIT) for n in range(1, parcels + 1))
    return an_order(number, state=OrderState.IN_TRANSIT, parcels=coming, from_shop="GOYA")


def scanned(text: str) -> ScannedCode:
    return ScannedCode(text, None, ScanSource.WEDGE)


def keyed(text: str) -> ScannedCode:
    return ScannedCode(text, None, ScanSource.KEYED)


def gtin_of(product: Product) -> str:
    """Return what a scanner reads off a product."""
    assert product.gtin is not None
    return f"{product.gtin:013d}"

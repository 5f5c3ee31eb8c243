"""Looking things up without changing anything: sales, prices, stock."""

from __future__ import annotations

from pos.domain.catalogue import Product, SearchHit
from pos.domain.sale import Sale
from pos.services.workstation import SignOn


def sale_by_number(sign_on: SignOn, number: str) -> Sale | None:
    """Return the sale with that receipt number."""
    with sign_on.station.store.reading() as records:
        return records.sales.by_number(number.strip())


def price_check(sign_on: SignOn, product: Product) -> SearchHit:
    """Return the product as the current catalogue has it, with its stock here and the age."""
    catalogue = sign_on.station.catalogues.current()
    current = catalogue.by_sku(product.sku) or product
    return SearchHit(current, catalogue.stock(product.sku))

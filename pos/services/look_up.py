"""Looking things up without changing anything: prices and stock."""

from __future__ import annotations

from pos.domain.catalogue import Product, SearchHit
from pos.services.workstation import SignOn


def price_check(sign_on: SignOn, product: Product) -> SearchHit:
    """Return the product as the current catalogue has it, with its stock here and the age."""
    catalogue = sign_on.station.catalogues.current()
    current = catalogue.by_sku(product.sku) or product
    return SearchHit(current, catalogue.stock(product.sku))

"""Looking things up without changing anything: prices and stock."""

from __future__ import annotations

from pos.domain.catalogue import Product, SearchHit
from pos.domain.promotion import Channel, PricedLine, Promotion, Shopper
from pos.services.workstation import SignOn


def price_check(sign_on: SignOn, product: Product) -> SearchHit:
    """Return the product as the current catalogue has it, with its stock here and the age."""
    catalogue = sign_on.station.catalogues.current()
    current = catalogue.by_sku(product.sku) or product
    return SearchHit(current, catalogue.stock(product.sku))


def offers_on(sign_on: SignOn, product: Product) -> tuple[Promotion, ...]:
    """Return the promotions on a product that anybody gets here now, without a coupon."""
    station = sign_on.station
    line = PricedLine(
        number=1,
        sku=product.sku,
        department=product.department,
        brand=product.brand,
        units=1,
        is_counted=product.unit.is_counted,
        amount=product.price,
    )
    shopper = Shopper(Channel.SHOP, station.shop, station.clock.now_ms())
    return station.promotions.book().offered(line, shopper)

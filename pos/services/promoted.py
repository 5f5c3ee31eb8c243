"""What promotions come to for the ticket at the counter, found anew at every change of it."""

from __future__ import annotations

from pos.domain.basket import Basket, Line
from pos.domain.promotion import Channel, PricedLine, Shopper
from pos.domain.quantity import THOUSAND
from pos.services.workstation import SignOn


def promoted(sign_on: SignOn, basket: Basket) -> Basket:
    """Return the basket with the promotions that its lines get.

    They are those valid when the ticket was opened: what was promised holds until it is paid.
    """
    lines = [_priced(line) for line in basket.lines if line.takes_promotions]
    book = sign_on.station.promotions.book()
    return basket.with_promotions(book.price(lines, shopper_of(sign_on, basket), basket.currency))


def shopper_of(sign_on: SignOn, basket: Basket) -> Shopper:
    """Return who buys at the counter, as promotions see them."""
    return Shopper(
        channel=Channel.SHOP,
        shop=sign_on.station.shop,
        opened_at_ms=basket.opened_at_ms,
        coupons=basket.coupons,
    )


def _priced(line: Line) -> PricedLine:
    is_counted = line.quantity.unit.is_counted
    return PricedLine(
        number=line.number,
        sku=line.product.sku,
        department=line.product.department,
        brand=line.product.brand,
        units=line.quantity.thousandths // THOUSAND if is_counted else 1,
        is_counted=is_counted,
        amount=line.gross,
    )

"""What a cart costs with promotions, found by the same rules as at the till."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from pos.domain.money import Money, divide_half_up
from pos.domain.promotion import Channel, GivenPromotion, PricedLine, Shopper
from pos.domain.promotion_pricing import EMPTY_BOOK, PromotionBook
from pos.domain.quantity import THOUSAND
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.publishing.feed_numbers import PROMOTIONS, last_number
from sync.hub.publishing.promotions import current
from sync.hub.storefront.goods import Good

MEMBER = frozenset({"member"})  # who has an account


@dataclass(frozen=True, slots=True)
class Bargain:
    """What a line costs in the end, in minor units, and what each promotion took off it.

    `web_only` names those of them that shops do not have.
    """

    paid: int
    taken_off: tuple[tuple[str, int], ...] = ()
    web_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PricedCart:
    """Each product of a cart by its SKU; what is not sold any more is not there."""

    bargains: Mapping[str, Bargain]

    @property
    def total(self) -> int:
        """What everything costs, in minor units."""
        return sum(each.paid for each in self.bargains.values())

    @property
    def saved(self) -> int:
        """What promotions took off, in minor units."""
        return sum(minor for each in self.bargains.values() for _, minor in each.taken_off)


class Offers:
    """The promotions, kept in memory until they change."""

    def __init__(self) -> None:
        self._known: tuple[int, PromotionBook] = (-1, EMPTY_BOOK)

    def book(self, connection: Connection, now_ms: int) -> PromotionBook:
        """Return what is offered now (UTC ms) and later."""
        mark, book = self._known
        last = last_number(connection, PROMOTIONS)
        if mark != last:
            book = PromotionBook(current(connection, now_ms))
            self._known = (last, book)
        return book


def price_cart(
    book: PromotionBook, cart: Cart, goods: Mapping[str, Good], currency: str, now_ms: int
) -> PricedCart:
    """Return what a member pays for a cart now (UTC ms)."""
    sold = [line for line in cart.lines if line.sku in goods]
    lines = [
        _as_promotions_see_it(number, line, goods[line.sku], currency)
        for number, line in enumerate(sold, start=1)
    ]
    shopper = Shopper(Channel.WEB, cart.shop, now_ms, MEMBER)
    taken_off: dict[int, list[tuple[GivenPromotion, int]]] = {}
    for given in book.price(lines, shopper, currency):
        for share in given.shares:
            taken_off.setdefault(share.line, []).append((given, share.amount.minor))
    found = {line.sku: _bargain(book, line, taken_off.get(line.number, [])) for line in lines}
    return PricedCart(found)


def _bargain(
    book: PromotionBook, line: PricedLine, taken_off: list[tuple[GivenPromotion, int]]
) -> Bargain:
    return Bargain(
        line.amount.minor - sum(minor for _, minor in taken_off),
        tuple((given.name, minor) for given, minor in taken_off),
        tuple(given.name for given, _ in taken_off if not _is_in_shops(book, given)),
    )


def _is_in_shops(book: PromotionBook, given: GivenPromotion) -> bool:
    known = book.get(given.promotion_id)
    return known is None or Channel.SHOP in known.channels


def _as_promotions_see_it(number: int, line: CartLine, good: Good, currency: str) -> PricedLine:
    amount = Money(divide_half_up(good.price * line.quantity, THOUSAND), currency)
    is_counted = good.unit.is_counted and line.quantity % THOUSAND == 0
    return PricedLine(
        number=number,
        sku=line.sku,
        department=good.department,
        brand=good.brand,
        units=line.quantity // THOUSAND if is_counted else 1,
        is_counted=is_counted,
        amount=amount,
    )

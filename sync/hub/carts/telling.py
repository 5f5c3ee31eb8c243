"""A cart as a till is told of it: with what the web shop asks and what the shop has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from sync.hub.admin import get_setting
from sync.hub.carts.cart import Cart, CartLine
from sync.hub.carts.holding import Holder
from sync.hub.storefront.bargains import Bargain, Offers, price_cart
from sync.hub.storefront.goods import Good, Shelf, on_hand
from sync.wire.v1.carts import MAX_CART_LINES, CartAnswer, CartItem

MOST_TEXT = 200
NO_PRICE = Bargain(0)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a cart, and when (UTC ms)."""

    customer_id: str
    shop: str
    now_ms: int


class Teller:
    """Tells tills of carts; keeps goods and promotions in memory until they change."""

    def __init__(self) -> None:
        self._shelf, self._offers = Shelf(), Offers()

    def tell(
        self, connection: Connection, asking: Asking, cart: Cart, holder: Holder | None
    ) -> CartAnswer:
        """Return a cart with what there is to know of each line."""
        goods = self._shelf.goods(connection)
        book = self._offers.book(connection, asking.now_ms)
        said = get_setting(connection, asking.shop, "shop") or {}
        currency = str(said.get("currency", "EUR"))
        priced = price_cart(book, cart, goods, currency, asking.now_ms)
        lines = cart.lines[:MAX_CART_LINES]
        here = on_hand(connection, asking.shop, {line.sku for line in lines})
        return CartAnswer(
            customer_id=asking.customer_id,
            version=cart.version,
            changed_at_ms=cart.changed_at_ms,
            as_of_ms=asking.now_ms,
            currency=currency,
            shop=cart.shop,
            holder=holder.till if holder else "",
            lines=tuple(
                _item(
                    line,
                    goods.get(line.sku),
                    priced.bargains.get(line.sku, NO_PRICE),
                    here.get(line.sku, 0),
                )
                for line in lines
            ),
        )


def _item(line: CartLine, good: Good | None, bargain: Bargain, here: int) -> CartItem:
    return CartItem(
        sku=line.sku,
        name=good.name if good else line.sku,
        quantity=line.quantity,
        web_price_minor=good.price if good else 0,
        paid_minor=max(0, bargain.paid),
        web_only=", ".join(bargain.web_only)[:MOST_TEXT],
        stock_here=here,
    )

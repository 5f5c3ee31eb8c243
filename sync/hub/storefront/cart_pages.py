"""The pages of the cart and of ordering what is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from sync.hub.carts import cart as carts
from sync.hub.carts.cart import MOST, Cart
from sync.hub.carts.holding import Holder, holder_of
from sync.hub.pages.rendering import see
from sync.hub.pages.visit import Refused
from sync.hub.storefront import views
from sync.hub.storefront.bargains import PricedCart, price_cart
from sync.hub.storefront.checkout import Checkout, Result, Trouble, Wish, short_of
from sync.hub.storefront.goods import Good, Shop, shops
from sync.hub.storefront.goods_pages import stock_in
from sync.hub.storefront.serving import Storefront, store_page
from sync.hub.storefront.visit import StoreVisit

CART = "/store/cart"
ID_BYTES = 16
MAX_TYPED = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A cart with all that is shown beside it."""

    cart: Cart
    goods: Mapping[str, Good]
    shops: tuple[Shop, ...]
    stock: Mapping[str, Mapping[str, int]]
    short: Mapping[str, int]
    priced: PricedCart
    holder: Holder | None = None

    @property
    def shop(self) -> Shop | None:
        """The shop that is chosen."""
        return next((each for each in self.shops if each.code == self.cart.shop), None)

    @property
    def currency(self) -> str:
        return _currency(self.cart, self.shops)


class CartPages:
    """Shows the cart, changes it, and turns it into an order."""

    def __init__(self, store: Storefront, checkout: Checkout) -> None:
        self._store = store
        self._checkout = checkout

    def index(self, visit: StoreVisit) -> Response:
        """Show the cart and the shops it can be collected in."""
        return self._cart_page(visit, self._seen(visit), _known_trouble(visit))

    def add(self, visit: StoreVisit) -> Response:
        """Put more of a product in."""
        sku, quantity = _said(visit)
        self._good(sku)
        self._change(visit, lambda cart: cart.with_more((carts.CartLine(sku, quantity),)))
        return see(f"/store/products/{quote(sku, safe='')}?added=1")

    def put(self, visit: StoreVisit) -> Response:
        """Have just so much of a product in; 0 takes it out."""
        sku, quantity = _said(visit)
        self._change(visit, lambda cart: cart.with_quantity(sku, quantity))
        return see(CART)

    def choose_shop(self, visit: StoreVisit) -> Response:
        """Choose where to collect."""
        code = visit.form.get("shop", "")
        if code not in {each.code for each in self._seen(visit).shops}:
            raise Refused(422, "not_a_form")
        self._change(visit, lambda cart: replace(cart, shop=code))
        return see(CART)

    def take_what_is(self, visit: StoreVisit) -> Response:
        """Take out of the cart what the chosen shop does not have."""
        short = self._seen(visit).short

        def less(cart: Cart) -> Cart:
            for sku, left in short.items():
                cart = cart.with_quantity(sku, left)
            return cart

        self._change(visit, less)
        return see(CART)

    def ask(self, visit: StoreVisit) -> Response:
        """Ask who collects and how it is paid."""
        seen = self._seen(visit)
        if not seen.cart.lines or seen.shop is None or seen.short or seen.holder:
            return see(CART)
        return self._checkout_page(visit, seen, None)

    def order(self, visit: StoreVisit) -> Response:
        """Order what is in the cart; whatever stands in the way, nothing is lost."""
        seen = self._seen(visit)
        result = self._checkout.order(
            visit.customer, _wish(visit), seen.goods, seen.shops, visit.now_ms
        )
        if result.trouble is None:
            return see(f"/store/orders/{result.order_id}?done=thanks")
        return self._not_ordered(visit, result)

    def _not_ordered(self, visit: StoreVisit, result: Result) -> Response:
        seen = self._seen(visit)
        in_the_way = {Trouble.EMPTY, Trouble.NO_SHOP, Trouble.SOLD_OUT, Trouble.AT_TILL}
        if result.trouble in in_the_way or not seen.cart.lines or seen.shop is None:
            return self._cart_page(visit, seen, result.trouble, 409)
        return self._checkout_page(visit, seen, result.trouble, 409)

    def _cart_page(
        self, visit: StoreVisit, seen: Seen, trouble: Trouble | None, status: int = 200
    ) -> Response:
        say = visit.words
        return store_page(
            visit,
            "cart.html",
            status,
            rows=_rows(seen, visit),
            shops=views.shop_choices(seen.cart, seen.shops, seen.stock, say),
            shop=seen.shop,
            is_short=bool(seen.short),
            total=say.money(seen.priced.total, seen.currency),
            saved=_saved(seen, visit),
            held=_held(seen, visit),
            trouble=trouble.value if trouble else "",
        )

    def _checkout_page(
        self, visit: StoreVisit, seen: Seen, trouble: Trouble | None, status: int = 200
    ) -> Response:
        say = visit.words
        return store_page(
            visit,
            "checkout.html",
            status,
            rows=_rows(seen, visit),
            shop=seen.shop,
            ready=views.ready_text(seen.shop.minutes, say) if seen.shop else "",
            total=say.money(seen.priced.total, seen.currency),
            total_minor=seen.priced.total,
            saved=_saved(seen, visit),
            op_id=self._store.random_bytes(ID_BYTES).hex(),
            can_prepay=self._store.payments.is_possible,
            trouble=trouble.value if trouble else "",
            said=visit.form,
        )

    def _seen(self, visit: StoreVisit) -> Seen:
        with self._store.database.reading() as connection:
            cart = carts.read(connection, visit.customer.customer_id)
            where = shops(connection, visit.now_ms)
            skus = tuple(line.sku for line in cart.lines)
            goods = self._store.shelf.goods(connection)
            book = self._store.offers.book(connection, visit.now_ms)
            return Seen(
                cart,
                goods,
                where,
                stock_in(connection, where, skus),
                short_of(connection, cart),
                price_cart(book, cart, goods, _currency(cart, where), visit.now_ms),
                holder_of(connection, visit.customer.customer_id, visit.now_ms),
            )

    def _good(self, sku: str) -> Good:
        with self._store.database.reading() as connection:
            good = self._store.shelf.goods(connection).get(sku)
        if good is None:
            raise Refused(404, "not_found")
        return good

    def _change(self, visit: StoreVisit, change: Callable[[Cart], Cart]) -> None:
        def changed(connection: Connection) -> Cart:
            return change(carts.read(connection, visit.customer.customer_id, is_locked=True))

        with self._store.database.transaction() as connection:
            cart = changed(connection)
            carts.keep(connection, visit.customer.customer_id, cart, visit.now_ms)


def _rows(seen: Seen, visit: StoreVisit) -> list[views.Row]:
    return [
        views.cart_row(
            line,
            seen.goods.get(line.sku),
            seen.priced.bargains.get(line.sku),
            seen.short,
            seen.currency,
            visit.words,
        )
        for line in seen.cart.lines
    ]


def _saved(seen: Seen, visit: StoreVisit) -> str:
    """Say what promotions took off together, nothing when they took nothing."""
    say = visit.words
    money = say.money(seen.priced.saved, seen.currency)
    return say("store.cart.saved", amount=money) if seen.priced.saved else ""


def _held(seen: Seen, visit: StoreVisit) -> str:
    """Say at which till the cart is being paid, nothing when it is at none."""
    if seen.holder is None:
        return ""
    code, number = seen.holder.shop, seen.holder.till.rpartition("-")[2]
    name = next((each.name for each in seen.shops if each.code == code), code)
    return visit.words("store.cart.at_till", shop=name, till=number)


def _currency(cart: Cart, shops: tuple[Shop, ...]) -> str:
    chosen = (each.currency for each in shops if each.code == cart.shop)
    return next(chosen, shops[0].currency if shops else "EUR")


def _said(visit: StoreVisit) -> tuple[str, int]:
    """Return which product a form is about, and how much of it, in thousandths.

    Raises:
        Refused: It is none of our forms.
    """
    text = visit.form.get("quantity", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Refused(422, "not_a_form")
    return visit.form.get("sku", ""), min(int(text), MOST)


def _wish(visit: StoreVisit) -> Wish:
    op_id, total = visit.form.get("op_id", ""), visit.form.get("total", "")
    is_id = len(op_id) == 2 * ID_BYTES and op_id.isascii() and op_id.isalnum()
    is_total = total.isascii() and total.isdigit() and len(total) < 16
    if not (is_id and is_total):
        raise Refused(422, "not_a_form")
    is_other = visit.form.get("who") == "other"
    return Wish(
        op_id=op_id,
        total=int(total),
        is_prepaid=visit.form.get("pay") == "now",
        is_for_other=is_other,
        collector=visit.form.get("name", "").strip()[:MAX_TYPED] if is_other else "",
        relation=visit.form.get("relation", "").strip()[:MAX_TYPED] if is_other else "",
    )


def _known_trouble(visit: StoreVisit) -> Trouble | None:
    word = visit.query.get("trouble", "")
    return next((each for each in Trouble if each.value == word), None)

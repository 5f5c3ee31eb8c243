"""The pages of what is sold: the list, found by words, and one product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection
from starlette.responses import Response

from sync.hub.carts import cart
from sync.hub.orders.goods import Rule, rules_of
from sync.hub.pages.visit import Refused
from sync.hub.storefront import views
from sync.hub.storefront.goods import Good, Shop, on_hand, shops
from sync.hub.storefront.serving import Storefront, store_page
from sync.hub.storefront.visit import StoreVisit

ON_A_PAGE = 24
MAX_PAGES = 200
MAX_WORDS = 100


class GoodsPages:
    """Shows what there is, with stock and promise of each shop."""

    def __init__(self, store: Storefront) -> None:
        self._store = store

    def index(self, visit: StoreVisit) -> Response:
        """Show the goods that are looked for, what sells most first."""
        words = visit.query.get("q", "")[:MAX_WORDS].strip()
        department = visit.query.get("department", "")
        shown = _pages(visit) * ON_A_PAGE
        with self._store.database.reading() as connection:
            found = self._store.shelf.found(connection, words, department)
            departments = self._store.shelf.departments(connection)
            where = shops(connection, visit.now_ms)
            stock = stock_in(connection, where, (good.sku for good in found[:shown]))
        return store_page(
            visit,
            "index.html",
            words=words,
            department=department,
            departments=departments,
            count=len(found),
            tiles=[views.tile(good, where, stock, visit.words) for good in found[:shown]],
            next_page=_pages(visit) + 1 if len(found) > shown else 0,
        )

    def product(self, visit: StoreVisit) -> Response:
        """Show one product and where it is to be had."""
        sku = visit.parameters["sku"]
        with self._store.database.reading() as connection:
            good = self._store.shelf.goods(connection).get(sku)
            if good is None:
                raise Refused(404, "not_found")
            where = shops(connection, visit.now_ms)
            stock = stock_in(connection, where, (sku,))
            in_cart = self._in_cart(connection, visit, good)
            rule = rules_of(connection, (sku,)).get(sku, Rule())
        return store_page(
            visit,
            "product.html",
            tile=views.tile(good, where, stock, visit.words),
            in_cart_text=views.amount(in_cart, good.unit, visit.words) if in_cart else "",
            is_added="added" in visit.query,
            min_age=rule.min_age,
        )

    def _in_cart(self, connection: Connection, visit: StoreVisit, good: Good) -> int:
        if visit.signed_in is None:
            return 0
        return cart.read(connection, visit.customer.customer_id).quantity_of(good.sku)


def stock_in(
    connection: Connection, where: Iterable[Shop], skus: Iterable[str]
) -> Mapping[str, Mapping[str, int]]:
    """Return what each shop can promise, in thousandths, by shop and SKU."""
    wanted = tuple(skus)
    return {each.code: on_hand(connection, each.code, wanted) for each in where}


def _pages(visit: StoreVisit) -> int:
    text = visit.query.get("pages", "1")
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return min(MAX_PAGES, max(1, int(text))) if is_number else 1

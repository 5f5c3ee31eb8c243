"""The hub as the central system: its own tables hold products, prices and stock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from sync.connectors.port import CatalogueProduct, PriceChange, SoldGoods, StockChange
from sync.hub.bulk import insert_rows, upsert_rows
from sync.hub.publishing.feed_numbers import PRICES, last_number, of_shop, take_numbers
from sync.hub.tables import product, stock_level, stock_pending

ROWS_AT_A_TIME = 5_000

_ADD_TO_LEVEL = (
    "(shop, sku) DO UPDATE SET on_hand = stock_level.on_hand + excluded.on_hand, "
    "as_of_ms = excluded.as_of_ms, change = excluded.change"
)


class BuiltinConnector:
    """Keeps everything in the hub's database, in the transaction of the fact."""

    def products(self, connection: Connection) -> Iterator[CatalogueProduct]:
        """Yield every product, the popular first, then those with short names."""
        columns = [column for column in product.c if column is not product.c.price_change]
        rows = connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(
            select(*columns).order_by(
                product.c.popularity.desc(), func.length(product.c.name), product.c.sku
            )
        )
        for row in rows:
            yield CatalogueProduct._make(row)

    def price_cursor(self, connection: Connection) -> int:
        """Return the number of the latest price change."""
        return last_number(connection, PRICES)

    def price_changes(
        self, connection: Connection, cursor: int, limit: int
    ) -> Sequence[PriceChange]:
        """Return the prices that changed after `cursor`, the oldest change first."""
        rows = connection.execute(
            select(product.c.sku, product.c.price, product.c.price_change)
            .where(product.c.price_change > cursor)
            .order_by(product.c.price_change)
            .limit(limit)
        )
        return [PriceChange(*row) for row in rows]

    def stock_cursor(self, connection: Connection, shop: str) -> int:
        """Return the number of the latest change of stock in a shop."""
        return last_number(connection, of_shop("stock", shop))

    def stock_changes(
        self, connection: Connection, shop: str, cursor: int, limit: int
    ) -> Sequence[StockChange]:
        """Return the stock that changed after `cursor`, the oldest change first."""
        level = stock_level.c
        rows = connection.execute(
            select(level.sku, level.on_hand, level.as_of_ms, level.change)
            .where(level.shop == shop, level.change > cursor)
            .order_by(level.change)
            .limit(limit)
        )
        return [StockChange(*row) for row in rows]

    def post_sold(self, connection: Connection, sold: SoldGoods) -> None:
        """Note goods that were sold.

        Only appended: changing the levels in place made up half the time of a push.
        """
        rows = [(sold.shop, sku, quantity) for sku, quantity in sold.quantities.items()]
        insert_rows(connection, stock_pending, rows)

    def has_unsettled(self, connection: Connection, shop: str) -> bool:
        """Return whether goods were sold that the stock levels do not show yet."""
        found = select(stock_pending.c.sku).where(stock_pending.c.shop == shop).limit(1)
        return connection.execute(found).first() is not None

    def settle(self, connection: Connection, shop: str, now_ms: int) -> None:
        """Take the goods that were sold off the stock levels."""
        pending = stock_pending
        taken: Counter[str] = Counter()
        for sku, quantity in connection.execute(
            pending.delete()
            .where(pending.c.shop == shop)
            .returning(pending.c.sku, pending.c.thousandths)
        ):
            taken[sku] -= quantity
        change_levels(connection, shop, taken, now_ms)


def change_levels(
    connection: Connection, shop: str, deltas: Mapping[str, int], now_ms: int
) -> None:
    """Add `deltas` (SKU to thousandths) to the stock of a shop, and to its feed."""
    changed = sorted((sku, delta) for sku, delta in deltas.items() if delta)
    if not changed:
        return
    numbers = take_numbers(connection, of_shop("stock", shop), len(changed))
    rows = [
        (shop, sku, delta, now_ms, number)
        for (sku, delta), number in zip(changed, numbers, strict=True)
    ]
    upsert_rows(connection, stock_level, rows, _ADD_TO_LEVEL)

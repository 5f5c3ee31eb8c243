"""What a price list says of handing products over, and of where they lie in a shop."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from sync.hub.bulk import upsert_rows
from sync.hub.publishing.catalogue_rows import ImportedProduct
from sync.hub.tables_orders import product_place, product_rule


def store_rules(connection: Connection, products: Iterable[ImportedProduct]) -> None:
    """Keep least ages (years) and whether serial numbers are noted; what is not said stays."""
    said = {p.sku: p for p in products if p.min_age is not None or p.needs_serial is not None}
    if not said:
        return
    rule = product_rule.c
    known = {
        sku: (min_age, serial)
        for sku, min_age, serial in connection.execute(
            select(rule.sku, rule.min_age, rule.needs_serial).where(rule.sku.in_(said))
        )
    }
    rows = []
    for sku, product in said.items():
        min_age, serial = known.get(sku, (0, 0))
        if product.min_age is not None:
            min_age = product.min_age
        if product.needs_serial is not None:
            serial = int(product.needs_serial)
        rows.append((sku, min_age, serial))
    upsert_rows(
        connection,
        product_rule,
        rows,
        "(sku) DO UPDATE SET min_age = excluded.min_age, needs_serial = excluded.needs_serial",
    )


def store_places(
    connection: Connection, shop_code: str, products: Iterable[ImportedProduct]
) -> None:
    """Keep where products lie in a shop; what is not said stays."""
    rows = [(shop_code, p.sku, p.location) for p in products if p.location]
    upsert_rows(
        connection, product_place, rows, "(shop, sku) DO UPDATE SET location = excluded.location"
    )

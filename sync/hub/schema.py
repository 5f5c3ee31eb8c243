"""Every table of the hub together, for migrations and for who looks a table up by its name."""

from __future__ import annotations

from sync.hub import (
    columns,
    tables,
    tables_counter,
    tables_customers,
    tables_desk,
    tables_notes,
    tables_orders,
    tables_promotions,
    tables_returns,
    tables_suggestions,
    tables_value,
)

MODULES = (
    tables,
    tables_counter,
    tables_customers,
    tables_desk,
    tables_notes,
    tables_orders,
    tables_promotions,
    tables_returns,
    tables_suggestions,
    tables_value,
)  # a table is known once its module was imported
SCHEMA = columns.metadata

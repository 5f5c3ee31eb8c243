"""What till.db holds of customers; see `pos.store.tables`.

Which customers are here is the hub's choice (seen in this shop, orders that wait); who was made
or changed here stays until the hub has heard of it.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from pos.store.columns import metadata, number_column, text_column

# A customer whole (`content_json`). `heard_at_ms` is when the hub last told of it by this till's
# clock, 0 before the first time; `used_at_ms` when somebody looked at it here. `is_mirrored`: the
# hub keeps it here; others, which were asked for, are forgotten after a while. `glance_json` is
# what the hub last said of purchases and credit, and when; `cart_json` the cart of the web shop
# as it was last seen.
customer = Table(
    "customer",
    metadata,
    Column("customer_key", Integer, primary_key=True),
    Column("customer_id", Text, nullable=False, unique=True),
    text_column("name"),
    text_column("content_json"),
    number_column("heard_at_ms"),
    number_column("used_at_ms"),
    number_column("is_mirrored"),
    Column("glance_json", Text, nullable=False, server_default=text("''")),
    Column("glance_at_ms", Integer, nullable=False, server_default=text("0")),
    Column("cart_json", Text, nullable=False, server_default=text("''")),
    Index("ix_customer_asked_for", "used_at_ms", sqlite_where=text("is_mirrored = 0")),
)

# What identifies a customer: telephone (E.164), e-mail, card. Two may share one.
customer_key = Table(
    "customer_key",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("customer_key", Integer, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# The folded words of names, and the forms that words near to them have in common with them
# (`pos.domain.customer_search.near_forms`).
customer_word = Table(
    "customer_word",
    metadata,
    Column("word", Text, primary_key=True),
    Column("customer_key", Integer, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
customer_form = Table(
    "customer_form",
    metadata,
    Column("form", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# Who is no more: in whose record it went on, or nobody's when it was erased. Names nobody.
customer_gone = Table(
    "customer_gone",
    metadata,
    Column("customer_id", Text, primary_key=True),
    text_column("merged_into"),
)

# What a fact of this till is about, until the hub has it: facts name nobody.
customer_change = Table(
    "customer_change",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False, index=True),
    text_column("content_json"),
)

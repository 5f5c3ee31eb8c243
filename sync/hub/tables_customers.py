"""Customers: their records and what they are found by. Times are UTC ms."""

from __future__ import annotations

from sqlalchemy import Index, Table, text

from sync.hub.columns import integer, metadata, string

MERGED = "merged_into <> ''"

# `content_json` is the record whole (`pos.domain.customer_content`); the columns beside it are
# what it is looked up by. Its row is the lock of everything that happens to a customer.
customer = Table(
    "customer",
    metadata,
    string("customer_id", primary_key=True),
    string("state"),  # live | merged | erased
    string("merged_into"),  # the record at the end of all mergers
    integer("version"),
    string("words"),  # as they are in `customer_word`, so that they can be taken out again
    string("content_json"),
    integer("changed_at_ms"),
    Index(
        "ix_customer_merged",
        "merged_into",
        sqlite_where=text(MERGED),
        postgresql_where=text(MERGED),
    ),
)

customer_key = Table(
    "customer_key",
    metadata,
    string("kind", primary_key=True),  # phone | email | card
    string("value", primary_key=True),
    string("customer_id", primary_key=True),
)

# A row for each word of a name. The index holds all the words of the name too, so that a search
# for two words reads the rarer one's entries in a row and no record that it does not show.
customer_word = Table(
    "customer_word",
    metadata,
    string("word"),
    string("customer_id"),
    string("words"),
    Index("ix_customer_word", "word", "customer_id", unique=True, postgresql_include=["words"]),
)

# The words that there are, by the forms that near words have in common.
customer_near = Table(
    "customer_near",
    metadata,
    string("form", primary_key=True),
    string("word", primary_key=True),
    Index("ix_customer_near_word", "word"),
)

# Which customers a shop knows, when it saw them last (0: it only has to hear that they are gone),
# and the number of the shop's feed under which it is told of them.
customer_change = Table(
    "customer_change",
    metadata,
    string("shop", primary_key=True),
    string("customer_id", primary_key=True),
    integer("change"),
    integer("seen_at_ms"),
    Index("ix_customer_change", "shop", "change"),
    Index("ix_customer_change_seen", "shop", "seen_at_ms"),
    Index("ix_customer_change_customer", "customer_id"),
)

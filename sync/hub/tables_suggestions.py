"""What is bought together, as it is counted, and what tills are told of it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from sync.hub.columns import flag, integer, metadata, string

# How far the journal of each till's epoch was counted: a fact counts once.
suggestion_mark = Table(
    "suggestion_mark",
    metadata,
    string("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    integer("through"),
)

# A product that was bought with others: in how many baskets lately (`baskets`; halved now and
# then with its pairs), and how often at all, by which the most popular are known (`sold`).
# `content_json` is what goes with it, as of `reckoned` baskets; `change` orders the feed of all
# shops, 0 while tills were told nothing.
suggestion_product = Table(
    "suggestion_product",
    metadata,
    string("sku", primary_key=True),
    integer("baskets"),
    integer("sold"),
    integer("reckoned"),
    string("content_json"),
    integer("change"),
    Index("ix_suggestion_product_change", "change"),
    Index("ix_suggestion_product_sold", "sold"),
)

# In how many of the baskets of `sku` there was `other`; each pair is there both ways.
suggestion_pair = Table(
    "suggestion_pair",
    metadata,
    string("sku", primary_key=True),
    string("other", primary_key=True),
    integer("baskets"),
)

# Baskets that were guessed at before they were counted, in blocks of so many: how often one of
# them was hit by what goes with the rest of it (`ours`), and by what is bought most (`popular`).
suggestion_trial = Table(
    "suggestion_trial",
    metadata,
    integer("block", primary_key=True),
    integer("baskets"),
    integer("ours"),
    integer("popular"),
    integer("only_ours"),
    integer("only_popular"),
)

# One row: how many baskets were counted in all, and whether tills are told what goes together.
suggestion_state = Table(
    "suggestion_state",
    metadata,
    integer("state_id", primary_key=True),
    integer("baskets"),
    flag("is_shown"),
)

"""Gift cards and store credit as a ledger. Amounts are minor units, times UTC ms."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Table

from sync.hub.columns import integer, metadata, string

# A card by the hash of its code (`pos.domain.stored_value.card_id`): who steals this table has
# no code to pay with. `balance` is the sum of its entries, changed with each of them; its row is
# the lock of everything that happens to a card.
value_account = Table(
    "value_account",
    metadata,
    string("account_id", primary_key=True),
    string("kind"),  # gift_card | store_credit
    string("state"),  # made | active | blocked | expired
    string("currency"),
    integer("balance"),
    integer("face"),  # what it was made to be sold for, 0: any amount
    string("last4"),
    string("shop"),  # that gave it out
    string("customer_id"),  # empty: of whoever holds it
    integer("made_at_ms"),
    integer("expires_at_ms"),  # 0: never
    CheckConstraint("balance >= 0", name="ck_value_account_balance"),
    Index("ix_value_account_expiry", "state", "expires_at_ms"),
    Index("ix_value_account_customer", "customer_id"),
)

# Every change, once for ever by its `op_id`; the same id with another `content_sha256` is
# somebody's mistake. `number` is their order.
value_movement = Table(
    "value_movement",
    metadata,
    string("op_id", primary_key=True),
    integer("number", unique=True),
    string("kind"),
    string("content_sha256"),
    string("currency"),
    string("shop"),
    string("till"),
    string("staff_id"),
    string("document"),
    integer("at_ms"),
)

# Two or more for each movement, that sum to zero. `account_id` is a card, or a contra account
# such as ``redeemed:FUEN:EUR`` (see `sync.hub.value.ledger`).
value_entry = Table(
    "value_entry",
    metadata,
    string("op_id", primary_key=True),
    integer("position", primary_key=True),
    string("account_id"),
    integer("amount"),
    integer("number"),  # of the movement
    Index("ix_value_entry_account", "account_id", "number"),
)

# What was set aside for a sale that is not there yet.
value_hold = Table(
    "value_hold",
    metadata,
    string("op_id", primary_key=True),
    string("account_id"),
    string("content_sha256"),
    integer("amount"),
    string("state"),  # held | captured | released
    string("shop"),
    string("till"),
    integer("made_at_ms"),
    integer("until_ms"),
    Index("ix_value_hold_account", "account_id", "state"),
)

# Tills that asked for cards there are none of.
value_guess = Table(
    "value_guess",
    metadata,
    string("till", primary_key=True),
    integer("failures"),
    integer("locked_until_ms"),
    integer("last_at_ms"),
)

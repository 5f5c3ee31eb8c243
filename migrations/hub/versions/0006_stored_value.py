"""Gift cards and store credit: accounts, a ledger by double entry, and what is set aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "value_account",
        text("account_id"), text("kind"), text("state"), text("currency"), big("balance"),
        big("face"), text("last4"), text("shop"), text("customer_id"), big("made_at_ms"),
        big("expires_at_ms"), sa.PrimaryKeyConstraint("account_id"),
        sa.CheckConstraint("balance >= 0", name="ck_value_account_balance"),
    )  # fmt: skip
    op.create_index("ix_value_account_customer", "value_account", ["customer_id"])
    op.create_index("ix_value_account_expiry", "value_account", ["state", "expires_at_ms"])
    op.create_table(
        "value_movement",
        text("op_id"), big("number"), text("kind"), text("content_sha256"), text("currency"),
        text("shop"), text("till"), text("staff_id"), text("document"), big("at_ms"),
        sa.PrimaryKeyConstraint("op_id"), sa.UniqueConstraint("number"),
    )  # fmt: skip
    op.create_table(
        "value_entry",
        text("op_id"), big("position"), text("account_id"), big("amount"), big("number"),
        sa.PrimaryKeyConstraint("op_id", "position"),
    )  # fmt: skip
    op.create_index("ix_value_entry_account", "value_entry", ["account_id", "number"])
    op.create_table(
        "value_hold",
        text("op_id"), text("account_id"), text("content_sha256"), big("amount"), text("state"),
        text("shop"), text("till"), big("made_at_ms"), big("until_ms"),
        sa.PrimaryKeyConstraint("op_id"),
    )  # fmt: skip
    op.create_index("ix_value_hold_account", "value_hold", ["account_id", "state"])
    op.create_table(
        "value_guess",
        text("till"), big("failures"), big("locked_until_ms"), big("last_at_ms"),
        sa.PrimaryKeyConstraint("till"),
    )  # fmt: skip

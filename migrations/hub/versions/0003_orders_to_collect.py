"""Orders that customers collect: their payments, notices, leases, and the demo storefront."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _create_orders()
    _create_payments()
    _create_goods()
    _create_web_shops()
    _create_storefront()


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _create_orders() -> None:
    op.create_table(
        "customer_order",
        text("order_id"), text("op_id"), big("serial"), text("number"), text("shop"),
        text("state"), text("short_code"), text("customer_id"), text("search"),
        text("content_json"), big("placed_at_ms"), big("hold_until_ms"),
        big("closed_at_ms"), sa.PrimaryKeyConstraint("order_id"),
        sa.UniqueConstraint("op_id"), sa.UniqueConstraint("serial"),
    )  # fmt: skip
    op.create_index(
        "ix_customer_order_customer", "customer_order", ["customer_id", "placed_at_ms"]
    )
    op.create_index("ix_customer_order_shop", "customer_order", ["shop", "closed_at_ms", "state"])
    op.create_table(
        "order_change",
        text("shop"), text("order_id"), big("change"), sa.PrimaryKeyConstraint("shop",
        "order_id"),
    )  # fmt: skip
    op.create_index("ix_order_change", "order_change", ["shop", "change"])
    op.create_table(
        "order_event",
        text("op_id"), text("order_id"), text("kind"), text("till"), text("staff_id"),
        big("at_ms"), text("body_json"), text("outcome"),
        sa.PrimaryKeyConstraint("op_id"),
    )  # fmt: skip
    op.create_index("ix_order_event_kind", "order_event", ["kind", "at_ms"])
    op.create_index("ix_order_event_order", "order_event", ["order_id", "at_ms"])
    op.create_table(
        "stock_reserved",
        text("order_id"), big("line"), text("shop"), text("sku"), big("thousandths"),
        sa.PrimaryKeyConstraint("order_id", "line"),
    )  # fmt: skip
    op.create_index("ix_stock_reserved_sku", "stock_reserved", ["shop", "sku"])
    op.create_table(
        "pick_lease",
        text("order_id"), big("line"), text("shop"), text("till"), text("staff_id"),
        big("until_ms"), sa.PrimaryKeyConstraint("order_id", "line"),
    )  # fmt: skip
    op.create_table(
        "order_notice",
        text("notice_id"), text("order_id"), text("kind"), text("address"),
        text("body_json"), text("state"), big("queued_at_ms"), big("next_try_at_ms"),
        big("tries"), big("sent_at_ms"), text("error"),
        sa.PrimaryKeyConstraint("notice_id"),
    )  # fmt: skip
    op.create_index("ix_order_notice_order", "order_notice", ["order_id"])
    op.create_index("ix_order_notice_state", "order_notice", ["state", "next_try_at_ms"])


def _create_payments() -> None:
    op.create_table(
        "order_payment",
        text("payment_id"), text("order_id"), text("state"), big("amount"),
        text("currency"), big("captured"), text("next_step"), big("next_try_at_ms"),
        big("tries"), text("error"), big("changed_at_ms"),
        sa.PrimaryKeyConstraint("payment_id"), sa.UniqueConstraint("order_id"),
    )  # fmt: skip
    op.create_table(
        "order_refund",
        text("refund_id"), text("payment_id"), text("order_id"), big("amount"),
        text("reason"), text("state"), big("requested_at_ms"), big("next_try_at_ms"),
        big("tries"), big("confirmed_at_ms"), text("error"),
        sa.PrimaryKeyConstraint("refund_id"),
    )  # fmt: skip
    op.create_index("ix_order_refund_order", "order_refund", ["order_id"])
    op.create_index("ix_order_refund_state", "order_refund", ["state", "next_try_at_ms"])


def _create_goods() -> None:
    op.create_table(
        "product_rule",
        text("sku"), big("min_age"), big("needs_serial"),
        sa.PrimaryKeyConstraint("sku"),
    )  # fmt: skip
    op.create_table(
        "product_place",
        text("shop"), text("sku"), text("location"), sa.PrimaryKeyConstraint("shop",
        "sku"),
    )  # fmt: skip


def _create_web_shops() -> None:
    op.create_table("order_series", text("name"), big("last"), sa.PrimaryKeyConstraint("name"))
    op.create_table(
        "web_shop_key",
        text("key_id"), text("name"), text("secret_sha256"), big("created_at_ms"),
        big("revoked_at_ms"), sa.PrimaryKeyConstraint("key_id"),
    )  # fmt: skip


def _create_storefront() -> None:
    op.create_table(
        "store_cart",
        text("customer_id"), text("content_json"), big("changed_at_ms"),
        sa.PrimaryKeyConstraint("customer_id"),
    )  # fmt: skip
    op.create_table(
        "store_session",
        text("token_hash"), text("customer_id"), text("csrf"), big("created_at_ms"),
        big("expires_at_ms"), sa.PrimaryKeyConstraint("token_hash"),
    )  # fmt: skip

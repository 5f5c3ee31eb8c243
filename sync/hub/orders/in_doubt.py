"""Whether an order may be on its way over a counter just now, so that the hub has to wait.

A till alone hands over what its copy says is ready. While a shop's tills are silent the hub
therefore decides nothing about goods on its shelf: it waits until they are heard again, or until
their copy is too old to hand over by (the lease of `sync.md`: `PickupPolicy.offline_age_ms`).
While a till of the shop is heard, claims decide.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pos.domain.collection import MAY_BE_HANDED_OVER, Order
from sync.hub.counter import claims
from sync.hub.orders import book
from sync.hub.orders.shop_policy import policy_of
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables import till
from sync.wire.v1.claims import ClaimKind

SILENT_MS = 2 * 60_000
ABANDONED_MS = 60 * 60_000  # a claim nobody used or gave back: that till ended with it


def locked_claim(connection: Connection, order: Order, now_ms: int) -> bool:
    """Lock what a handover of the order needs; return whether some till is handing it over.

    The shop's feed number comes before the claim and the claim before the order, as everywhere.
    """
    take_numbers(connection, of_shop(book.STREAM, order.shop), 1)
    claim = claims.locked(connection, ClaimKind.PICKUP.value, order.order_id, order.shop)
    is_held = bool(claim.state == claims.HELD)
    return is_held and now_ms - claim.changed_at_ms < ABANDONED_MS


def may_be_leaving(connection: Connection, order: Order, now_ms: int) -> bool:
    """True while a silent till of the order's shop may be handing it over."""
    if order.state not in MAY_BE_HANDED_OVER:
        return False
    silent_ms = now_ms - heard_at_ms(connection, order.shop)
    if silent_ms <= SILENT_MS:
        return False
    return silent_ms < policy_of(connection, order.shop).offline_age_ms


def heard_at_ms(connection: Connection, shop: str) -> int:
    """Return when a till of a shop last spoke, UTC ms; 0: never, or there is none."""
    latest = connection.scalar(
        select(func.max(till.c.last_seen_at_ms)).where(
            till.c.shop == shop, till.c.public_key != "", till.c.revoked_at_ms == 0
        )
    )
    return int(latest or 0)

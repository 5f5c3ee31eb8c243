"""Whether an order may be on its way over a counter just now, so that the hub has to wait.

A till alone hands over what its copy says is ready. While a shop's tills are silent the hub
therefore decides nothing about goods on its shelf: it waits until they are heard again, or until
their copy is too old to hand over by (the lease of `sync.md`: `PickupPolicy.offline_age_ms`).
While a till of the shop is heard, claims decide.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from pos.domain.collection import MAY_BE_HANDED_OVER, Order
from sync.hub.counter import claims
from sync.hub.orders import book
from sync.hub.orders.shop_policy import policy_of
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables import inbox, till
from sync.wire.v1.claims import ClaimKind

SILENT_MS = 2 * 60_000
LATE_MS = 60_000  # between what happens and what is told of it, with the hub in sight
CAUGHT_UP_AFTER_MS = 30_000  # without a further fact
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
    """True while a till of the order's shop may have handed it over without our knowing.

    A till that was silent and is heard again may still be telling what it did meanwhile.
    """
    if order.state not in MAY_BE_HANDED_OVER:
        return False
    seen = _last_seen(connection, order.shop)
    silent_ms = now_ms - max(seen.values(), default=0)
    if silent_ms > SILENT_MS:
        return silent_ms < policy_of(connection, order.shop).offline_age_ms
    return any(
        _is_catching_up(connection, till_id, now_ms)
        for till_id, seen_at_ms in seen.items()
        if now_ms - seen_at_ms <= SILENT_MS
    )


def _last_seen(connection: Connection, shop: str) -> dict[str, int]:
    """Return when each till of a shop that may sync last spoke, UTC ms."""
    rows = connection.execute(
        select(till.c.till, till.c.last_seen_at_ms).where(
            till.c.shop == shop, till.c.public_key != "", till.c.revoked_at_ms == 0
        )
    )
    return {row.till: row.last_seen_at_ms for row in rows}


def _is_catching_up(connection: Connection, till_id: str, now_ms: int) -> bool:
    """True when the last fact that came from a till came just now and happened long before.

    Facts come in order, batch after batch. A clock that is wrong looks the same: then the hub
    waits until the till has told nothing for a moment.
    """
    last = connection.execute(
        select(inbox.c.occurred_at_ms, inbox.c.received_at_ms)
        .where(inbox.c.till == till_id)
        .order_by(inbox.c.epoch.desc(), inbox.c.seq.desc())
        .limit(1)
    ).first()
    if last is None or now_ms - last.received_at_ms > CAUGHT_UP_AFTER_MS:
        return False
    return bool(abs(last.received_at_ms - last.occurred_at_ms) > LATE_MS)

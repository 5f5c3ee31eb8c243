"""Numbers people call an order by: ``W-10482`` for ever, ``K7M4`` while it is open."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select, text

from sync.hub.tables_orders import customer_order

FIRST = 10_001
PREFIX = "W-"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 4
TRIES = 200

RandomBytes = Callable[[int], bytes]

_NEXT = text(
    "INSERT INTO order_series (name, last) VALUES ('serial', :first) "
    "ON CONFLICT (name) DO UPDATE SET last = order_series.last + 1 RETURNING last"
)


class NoShortCodeLeft(RuntimeError):
    """So many orders of a shop are open that chance finds no free code: never in practice."""


def next_serial(connection: Connection) -> int:
    """Return the next number of the series; others wait until the commit."""
    return int(connection.execute(_NEXT, {"first": FIRST}).scalar_one())


def number_of(serial: int) -> str:
    """Return the number people read out."""
    return f"{PREFIX}{serial}"


def short_code(connection: Connection, shop: str, random_bytes: RandomBytes) -> str:
    """Return four characters that no open order of the shop has.

    The caller holds the shop's feed number, so that no other order is placed meanwhile.

    Raises:
        NoShortCodeLeft: Chance found none.
    """
    orders = customer_order.c
    for _ in range(TRIES):
        code = "".join(ALPHABET[byte % len(ALPHABET)] for byte in random_bytes(LENGTH))
        taken = select(orders.order_id).where(
            orders.shop == shop, orders.closed_at_ms == 0, orders.short_code == code
        )
        if connection.execute(taken.limit(1)).first() is None:
            return code
    raise NoShortCodeLeft(shop)

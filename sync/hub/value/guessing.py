"""A till that asks for cards there are none of: it waits, longer each time, and finds nothing.

A code has 80 bits, so that nobody guesses one; this ends trying it all the same. A card of
another chain now and then is no guess: after a quiet hour counting begins anew.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from pos.domain.staff import Lockout
from sync.hub.bulk import upsert_rows
from sync.hub.tables_value import value_guess

CALM_MS = 3_600_000


def is_locked(connection: Connection, till: str, now_ms: int) -> bool:
    """True while the till has to wait."""
    until_ms = connection.scalar(
        select(value_guess.c.locked_until_ms).where(value_guess.c.till == till)
    )
    return now_ms < (until_ms or 0)


def count(connection: Connection, till: str, now_ms: int) -> None:
    """Note that the till asked for a card there is none of."""
    upsert_rows(connection, value_guess, [(till, 0, 0, now_ms)], "(till) DO NOTHING")
    row = connection.execute(
        select(value_guess).where(value_guess.c.till == till).with_for_update()
    ).one()
    is_calm = now_ms - max(row.last_at_ms, row.locked_until_ms) >= CALM_MS
    known = Lockout() if is_calm else Lockout(row.failures, row.locked_until_ms)
    after = known.after_failure(now_ms)
    connection.execute(
        value_guess.update()
        .where(value_guess.c.till == till)
        .values(failures=after.failures, locked_until_ms=after.locked_until_ms, last_at_ms=now_ms)
    )

"""Which purchases are to be looked through: their returns, one of them, or what was bought came.

Whatever can make the returns of a purchase wrong asks for a look in its own transaction; the look
comes after, so that of two that could not see each other it sees both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from sync.hub.bulk import upsert_rows
from sync.hub.tables_returns import return_check, return_part

AT_A_TIME = 500
# Nothing changes, but whoever takes the row away waits until what gave the reason is committed.
_HOLD = "(purchase) DO UPDATE SET purchase = excluded.purchase"


def ask_to_check(connection: Connection, purchases: Iterable[str]) -> None:
    """Have somebody look through what came back of these purchases, known or not."""
    rows = [(purchase,) for purchase in sorted(set(purchases)) if purchase]
    upsert_rows(connection, return_check, rows, _HOLD)


def returned_from(connection: Connection, references: Iterable[str]) -> set[str]:
    """Return those of some purchases of which something came back."""
    wanted = sorted(set(references))
    found: set[str] = set()
    for at in range(0, len(wanted), AT_A_TIME):
        found.update(
            connection.scalars(
                select(return_part.c.purchase)
                .where(return_part.c.purchase.in_(wanted[at : at + AT_A_TIME]))
                .distinct()
            )
        )
    return found


def to_check(connection: Connection) -> Sequence[str]:
    """Return purchases to look through."""
    wanted = select(return_check.c.purchase).order_by(return_check.c.purchase)
    return connection.scalars(wanted.limit(AT_A_TIME)).all()


def take(connection: Connection, purchase: str) -> bool:
    """Take the reasons to look away, before looking; False when somebody else did."""
    taken = return_check.delete().where(return_check.c.purchase == purchase)
    return connection.execute(taken).rowcount == 1

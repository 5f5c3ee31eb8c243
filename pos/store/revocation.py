"""What a till keeps and what it drops when its hub lets it sync no more.

The journal, the sales and what they must print stay. What it knows of people who buy goes:
where receipts were to be sent, orders to collect, tickets of other tills, items of the
conflict desk.
"""

from __future__ import annotations

from pos.domain.standing import NoticeName
from pos.store.orders import DROP_ALL as DROP_ORDERS
from pos.store.statements import Statements

REVOKED = NoticeName.REVOKED.value  # the hub's word for it, too

_PUT = "INSERT INTO notice (name, body, since_ms) VALUES (?, '', ?) ON CONFLICT (name) DO NOTHING"
_DROP_EMAILS = (
    "UPDATE email_job SET recipient = '', subject = '', text = '', pdf = x'', error = 'revoked',"
    " state = CASE WHEN state = 'queued' THEN 'failed' ELSE state END WHERE recipient <> ''"
)
_DROP = (
    _DROP_EMAILS,
    "DELETE FROM shop_ticket",
    "DELETE FROM desk_item",
    *DROP_ORDERS,  # but for what is on the counter this moment
    # Should the till be let in again, it is told all of that again.
    "DELETE FROM sync_cursor WHERE stream IN ('parked', 'desk', 'orders')",
)


def is_revoked(sql: Statements) -> bool:
    """True since the hub said so, until it takes something again."""
    return sql.one("SELECT 1 FROM notice WHERE name = ?", (REVOKED,)) is not None


def note_revoked(sql: Statements, at_ms: int) -> None:
    """Keep that the till is revoked and since when (UTC ms), and drop what it need not know."""
    sql.run(_PUT, (REVOKED, at_ms))
    for statement in _DROP:
        sql.run(statement)


def note_admitted(sql: Statements) -> None:
    """Forget that the till was revoked: the hub takes from it again."""
    sql.run("DELETE FROM notice WHERE name = ?", (REVOKED,))

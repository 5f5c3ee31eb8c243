"""Cards whose last day is over: what is on them is the shop's again, and in the ledger."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from sqlalchemy import Connection, select

from pos.domain.stored_value import CardState, Movement
from sync.hub.background import Background, Rest
from sync.hub.database import HubDatabase
from sync.hub.tables_value import value_account
from sync.hub.value import accounts
from sync.hub.value.ledger import Contra, Posting, begin, book, contra

EVERY_S = 600.0
AT_A_TIME = 200

log = logging.getLogger("sync.hub")


def expire_due(database: HubDatabase, now_ms: int) -> int:
    """Expire the cards whose time is over, but those with something set aside; return how many."""
    with database.reading() as connection:
        due = connection.scalars(
            select(value_account.c.account_id)
            .where(
                value_account.c.state == CardState.ACTIVE.value,
                value_account.c.expires_at_ms.between(1, now_ms),
            )
            .order_by(value_account.c.expires_at_ms)
            .limit(AT_A_TIME)
        ).all()
    count = 0
    for account_id in due:
        with database.transaction() as connection:
            count += _expire(connection, account_id, now_ms)
    return count


def expiring(database: HubDatabase, now_ms: Callable[[], int]) -> Background:
    """Expire cards every ten minutes, until it is closed."""

    def work(_rest: Rest) -> None:
        if count := expire_due(database, now_ms()):
            log.info("cards expired", extra={"cards": count})

    return Background("cards", work, every_s=EVERY_S)


def _expire(connection: Connection, account_id: str, now_ms: int) -> bool:
    number = begin(connection)
    card = accounts.lock(connection, account_id)
    if card is None or card.state != CardState.ACTIVE.value:
        return False
    is_over = accounts.state_of(card, now_ms) is CardState.EXPIRED
    if not is_over or accounts.set_aside(connection, account_id, now_ms):
        return False
    if card.balance:
        lost = contra(Contra.EXPIRED, card.shop, card.currency)
        entries = ((account_id, -card.balance), (lost, card.balance))
        told = json.dumps([account_id, card.balance, card.expires_at_ms])
        posting = Posting(
            f"expire:{number}", Movement.EXPIRE, entries, card.currency, told, card.shop, now_ms
        )
        book(connection, posting, number)
    accounts.change(connection, account_id, state=CardState.EXPIRED.value)
    return True

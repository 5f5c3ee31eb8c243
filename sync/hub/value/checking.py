"""Holds the ledger of cards against itself: what must be true of it is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sync.hub.tables_value import value_account, value_entry, value_movement

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ValueStatus:
    """How cards stand: cards by state, what the shops owe on them, and what is wrong.

    `owed` is minor units by currency; `troubles` are sentences, none when all agrees.
    """

    cards: dict[str, int]
    owed: dict[str, int]
    troubles: tuple[str, ...]


def value_status(connection: Connection) -> ValueStatus:
    """Return how cards stand, every balance compared with its entries."""
    cards, owed = counts(connection)
    troubles = (*_off_balance(connection), *_lopsided(connection), *_lost(connection))
    return ValueStatus(cards, owed, troubles[:MOST_SHOWN])


def counts(connection: Connection) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many cards there are by state, and what is on them by currency."""
    account = value_account.c
    states = connection.execute(select(account.state, func.count()).group_by(account.state))
    sums = connection.execute(
        select(account.currency, func.sum(account.balance)).group_by(account.currency)
    )
    return (
        {state: int(count) for state, count in states},
        {currency: int(total) for currency, total in sums},
    )


def _off_balance(connection: Connection) -> Iterator[str]:
    """Yield the cards whose balance is not the sum of their entries."""
    total = func.coalesce(func.sum(value_entry.c.amount), 0)
    rows = connection.execute(
        select(value_account.c.last4, value_account.c.balance, total.label("entries"))
        .outerjoin(value_entry, value_entry.c.account_id == value_account.c.account_id)
        .group_by(value_account.c.account_id, value_account.c.last4, value_account.c.balance)
        .having(total != value_account.c.balance)
        .limit(MOST_SHOWN)
    )
    for row in rows:
        yield f"card {row.last4}: balance {row.balance}, entries {int(row.entries)}"


def _lopsided(connection: Connection) -> Iterator[str]:
    """Yield the movements whose entries do not sum to zero."""
    total = func.sum(value_entry.c.amount)
    rows = connection.execute(
        select(value_entry.c.op_id, total.label("apart"))
        .group_by(value_entry.c.op_id)
        .having(total != 0)
        .limit(MOST_SHOWN)
    )
    for row in rows:
        yield f"movement {row.op_id}: entries sum to {int(row.apart)}"


def _lost(connection: Connection) -> Iterator[str]:
    """Yield movements without entries, and entries of no movement."""
    joined = value_movement.outerjoin(value_entry, value_movement.c.op_id == value_entry.c.op_id)
    bare = select(value_movement.c.op_id).select_from(joined).where(value_entry.c.op_id.is_(None))
    for op_id in connection.scalars(bare.limit(MOST_SHOWN)):
        yield f"movement {op_id}: no entries"
    back = value_entry.outerjoin(value_movement, value_movement.c.op_id == value_entry.c.op_id)
    orphans = select(value_entry.c.op_id).select_from(back)
    for op_id in connection.scalars(
        orphans.where(value_movement.c.op_id.is_(None)).limit(MOST_SHOWN)
    ):
        yield f"entry of {op_id}: no movement"

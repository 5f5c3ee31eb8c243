"""Cards as the hub keeps them: found by the hash of their code, locked, and what is free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, select

from pos.domain.stored_value import CardRefusal, CardState, StoredValueKind
from sync.hub.bulk import upsert_rows
from sync.hub.tables_value import value_account, value_hold

HELD, CAPTURED, RELEASED = "held", "captured", "released"

_NOT_ACTIVE = {
    CardState.MADE: CardRefusal.NOT_ACTIVE,
    CardState.BLOCKED: CardRefusal.BLOCKED,
    CardState.EXPIRED: CardRefusal.EXPIRED,
}


class NoSuchCard(LookupError):
    """The hub never heard of the card."""


def find(connection: Connection, account_id: str) -> Row[Any] | None:
    """Return a card."""
    return connection.execute(
        select(value_account).where(value_account.c.account_id == account_id)
    ).first()


def lock(connection: Connection, account_id: str) -> Row[Any] | None:
    """Return a card; others who change it or set something aside wait until the commit."""
    return connection.execute(
        select(value_account).where(value_account.c.account_id == account_id).with_for_update()
    ).first()


def open_card(
    connection: Connection,
    account_id: str,
    *,
    kind: StoredValueKind,
    state: CardState,
    currency: str,
    last4: str,
    shop: str,
    now_ms: int,
    face: int = 0,
    customer_id: str = "",
    expires_at_ms: int = 0,
) -> bool:
    """Add a card that is worth nothing yet; False when it is there already."""
    row = (
        account_id, kind.value, state.value, currency, 0, face, last4, shop, customer_id, now_ms,
        expires_at_ms,
    )  # fmt: skip
    return upsert_rows(connection, value_account, [row], "(account_id) DO NOTHING") == 1


def set_aside(connection: Connection, account_id: str, now_ms: int, *, besides: str = "") -> int:
    """Return the minor units held for sales to come, but for the hold with the id `besides`."""
    held = value_hold.c
    total = connection.scalar(
        select(func.coalesce(func.sum(held.amount), 0)).where(
            held.account_id == account_id,
            held.state == HELD,
            held.until_ms > now_ms,
            held.op_id != besides,
        )
    )
    return int(total or 0)


def free(connection: Connection, card: Row[Any], now_ms: int, *, besides: str = "") -> int:
    """Return the minor units on a card that are set aside for nobody."""
    held = set_aside(connection, card.account_id, now_ms, besides=besides)
    return max(0, int(card.balance) - held)


def state_of(card: Row[Any], now_ms: int) -> CardState:
    """Return how a card stands; one whose time is over is expired before anybody swept it."""
    state = CardState(card.state)
    is_over = 0 < card.expires_at_ms <= now_ms
    return CardState.EXPIRED if state is CardState.ACTIVE and is_over else state


def refusal(card: Row[Any], currency: str, now_ms: int) -> CardRefusal | None:
    """Return why nothing can be taken off a card, None when it can."""
    if card.currency != currency:
        return CardRefusal.OTHER_CURRENCY
    return _NOT_ACTIVE.get(state_of(card, now_ms))


def change(connection: Connection, account_id: str, **values: object) -> None:
    """Change what a card says of itself; its balance changes with its entries only."""
    connection.execute(
        value_account.update().where(value_account.c.account_id == account_id).values(**values)
    )


def block(connection: Connection, account_id: str, *, is_blocked: bool = True) -> None:
    """Let nobody take anything off a card any more, or let them again.

    Raises:
        NoSuchCard: There is none.
    """
    card = lock(connection, account_id)
    if card is None:
        raise NoSuchCard(account_id)
    wanted = CardState.BLOCKED if is_blocked else CardState.ACTIVE
    of = {CardState.ACTIVE, CardState.MADE} if is_blocked else {CardState.BLOCKED}
    if CardState(card.state) in of:
        change(connection, account_id, state=wanted.value)


def known(connection: Connection, account_ids: Iterable[str]) -> set[str]:
    """Return which of some cards there are."""
    wanted = select(value_account.c.account_id).where(
        value_account.c.account_id.in_(list(account_ids))
    )
    return set(connection.scalars(wanted))

"""Who can shop at the demonstration web shop, and who does: invented people, signed in by name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, select

from pos.resources import resource_path
from sync.hub.bulk import upsert_rows
from sync.hub.pages.sessions import hash_of
from sync.hub.tables_orders import store_session

TOKEN_BYTES = 32
LONGEST_MS = 30 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys online."""

    customer_id: str
    name: str
    phone: str
    email: str
    member_card: str


@dataclass(frozen=True, slots=True)
class StoreSession:
    """A customer signed in on one of their devices."""

    token_hash: str
    customer: Customer
    csrf: str


@cache
def customers() -> tuple[Customer, ...]:
    """Return the people of the demonstration."""
    text = resource_path("demo", "customers.toml").read_text(encoding="utf-8")
    return tuple(
        Customer(who["id"], who["name"], who["phone"], who["email"], who["member_card"])
        for who in tomllib.loads(text)["customers"]
    )


def customer_of(customer_id: str) -> Customer | None:
    """Return somebody by id."""
    return next((who for who in customers() if who.customer_id == customer_id), None)


def begin(
    connection: Connection, customer: Customer, now_ms: int, random_bytes: Callable[[int], bytes]
) -> str:
    """Sign a customer in and return the token for the browser; only its hash is kept."""
    token = random_bytes(TOKEN_BYTES).hex()
    row = (
        hash_of(token), customer.customer_id, random_bytes(TOKEN_BYTES).hex(), now_ms,
        now_ms + LONGEST_MS,
    )  # fmt: skip
    upsert_rows(connection, store_session, [row], "(token_hash) DO NOTHING")
    connection.execute(store_session.delete().where(store_session.c.expires_at_ms <= now_ms))
    return token


def current(connection: Connection, token: str, now_ms: int) -> StoreSession | None:
    """Return the session of a token, None when it ended."""
    row = connection.execute(
        select(store_session).where(store_session.c.token_hash == hash_of(token))
    ).first()
    if row is None or now_ms >= row.expires_at_ms:
        return None
    customer = customer_of(row.customer_id)
    return None if customer is None else StoreSession(row.token_hash, customer, row.csrf)


def end(connection: Connection, session: StoreSession) -> None:
    """Sign a customer out of this device."""
    connection.execute(
        store_session.delete().where(store_session.c.token_hash == session.token_hash)
    )

"""Who can shop at the demonstration web shop, and who does: invented people, signed in by name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection, select

from pos.domain.customer import Customer as Record
from pos.domain.customer import normal_email
from pos.domain.customer_merging import dated
from pos.domain.phone import normal_phone
from pos.resources import resource_path
from sync.hub.bulk import upsert_rows
from sync.hub.customers import records
from sync.hub.database import HubDatabase
from sync.hub.pages.sessions import hash_of
from sync.hub.tables_orders import store_session

TOKEN_BYTES = 32
LONGEST_EMAIL = 200  # that an order can hold
COUNTRY = "ES"
LONGEST_MS = 30 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys online, as an order names them."""

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


def load(database: HubDatabase, now_ms: int) -> None:
    """Have the hub know the people of the demonstration; whom it knows stay as they are."""
    with database.transaction() as connection:
        for record in _people():
            if records.get(connection, record.customer_id) is None:
                told = dated(None, replace(record, since_ms=now_ms), now_ms)
                records.take_in(connection, told, "", now_ms)


def customers(connection: Connection) -> tuple[Customer, ...]:
    """Return the people of the demonstration, as the hub knows them by now."""
    found = (customer_of(connection, who.customer_id) for who in _people())
    return tuple({one.customer_id: one for one in found if one is not None}.values())


def customer_of(connection: Connection, customer_id: str) -> Customer | None:
    """Return somebody by id; of two records that were merged, the one that stayed."""
    record = records.current(connection, customer_id)
    if record is None or not record.is_live:
        return None
    email = next((each for each in record.emails if len(each) <= LONGEST_EMAIL), "")
    phone = record.phones[0] if record.phones else ""
    return Customer(record.customer_id, record.name, phone, email, record.member_card)


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
    customer = customer_of(connection, row.customer_id)
    return None if customer is None else StoreSession(row.token_hash, customer, row.csrf)


def end(connection: Connection, session: StoreSession) -> None:
    """Sign a customer out of this device."""
    connection.execute(
        store_session.delete().where(store_session.c.token_hash == session.token_hash)
    )


@cache
def _people() -> tuple[Record, ...]:
    text = resource_path("demo", "customers.toml").read_text(encoding="utf-8")
    return tuple(
        Record(
            customer_id=who["id"],
            version=0,
            name=who["name"],
            phones=(normal_phone(who["phone"], COUNTRY),) if who["phone"] else (),
            emails=(normal_email(who["email"]),),
            member_card=who["member_card"],
        )
        for who in tomllib.loads(text)["customers"]
    )

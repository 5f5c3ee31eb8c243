"""The records: how a customer is kept, changed and told to the shops. All else goes through here.

Whoever changes a record takes the numbers of the feeds of its shops first, in the order of their
codes, and the record's row then, as with orders: changes of a shop stay in one line, and a reader
of its feed skips none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pydantic import JsonValue
from sqlalchemy import Connection, select

from pos.domain.customer import Customer
from pos.domain.customer_content import customer_body, read_customer
from pos.domain.customer_merging import joined, united
from pos.domain.customer_search import search_text
from pos.domain.journal import canonical_json
from sync.hub.bulk import upsert_rows
from sync.hub.customers.words import keys_of, put_keys, put_words
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables import shop as shop_table
from sync.hub.tables_customers import customer, customer_change

STREAM = "customers"
LIVE, MERGED, ERASED = "live", "merged", "erased"
SEEN_AGAIN_MS = 3_600_000  # seen so shortly ago is not noted again


class NoSuchCustomer(ValueError):
    """The hub knows no customer of that id, or has been asked to forget them."""


def get(connection: Connection, customer_id: str) -> Customer | None:
    """Return a record as it is, also one that was merged or erased; None for none."""
    text = connection.scalar(
        select(customer.c.content_json).where(customer.c.customer_id == customer_id)
    )
    return None if text is None else read_record(text)


def current(connection: Connection, customer_id: str) -> Customer | None:
    """Return the record at the end of all mergers; erased ones too, None for none."""
    found = get(connection, customer_id)
    return get(connection, found.merged_into) if found and found.merged_into else found


def live(connection: Connection, customer_id: str) -> Customer:
    """Return the record at the end of all mergers.

    Raises:
        NoSuchCustomer: There is none, or it was erased.
    """
    found = current(connection, customer_id)
    if found is None or not found.is_live:
        raise NoSuchCustomer(customer_id)
    return found


def ids_of(connection: Connection, customer_id: str) -> tuple[str, ...]:
    """Return the id of a record and of all that were merged into it."""
    others = connection.scalars(
        select(customer.c.customer_id).where(customer.c.merged_into == customer_id)
    )
    return (customer_id, *sorted(others))


def take_in(connection: Connection, told: Customer, shop: str, now_ms: int) -> Customer | None:
    """Keep what a till, the web or the office says of a customer, united with what is known.

    Returns:
        The record as it is now; None when the customer was erased, which no later word undoes.
    """
    if not told.is_live:  # only the hub merges and erases
        return get(connection, told.customer_id)
    before = held(connection, told.customer_id, shop, now_ms)
    if before is None:
        after = replace(told, version=1)
        put(connection, None, after, now_ms)
    elif before.is_erased:
        return None
    elif before.merged_into:
        return _into_other(connection, told, before.merged_into, shop, now_ms)
    else:
        after = united(before, told)
        if replace(after, version=before.version) != before:
            after = replace(after, version=before.version + 1)
            put(connection, before, after, now_ms)
    return after


def held(
    connection: Connection, customer_id: str, shop: str = "", now_ms: int = 0
) -> Customer | None:
    """Lock a record for a change and tell of it the shops that know it.

    Args:
        shop: The shop that sees the customer now, empty when none does.
    """
    told: set[str] = set()
    seeing = {shop} if shop else set()
    while fresh := {*seeing, *knowing(connection, customer_id)} - told:
        for code in sorted(fresh):
            tell(connection, customer_id, (code,), now_ms if code in seeing else 0)
        told |= fresh
    text = connection.scalar(
        select(customer.c.content_json)
        .where(customer.c.customer_id == customer_id)
        .with_for_update()
    )
    return None if text is None else read_record(text)


def put(connection: Connection, before: Customer | None, after: Customer, now_ms: int) -> None:
    """Keep a record and what it is found by; whoever calls holds it."""
    words = connection.scalar(
        select(customer.c.words).where(customer.c.customer_id == after.customer_id)
    )
    upsert_rows(
        connection,
        customer,
        [row_of(after, now_ms)],
        "(customer_id) DO UPDATE SET state = excluded.state, merged_into = excluded.merged_into, "
        "version = excluded.version, words = excluded.words, "
        "content_json = excluded.content_json, changed_at_ms = excluded.changed_at_ms",
    )
    known = keys_of(before) if before else frozenset()
    put_keys(connection, after.customer_id, known, keys_of(after))
    put_words(connection, after.customer_id, words or "", words_of(after))


def row_of(record: Customer, now_ms: int) -> tuple[object, ...]:
    """Return the row of a record."""
    state = ERASED if record.is_erased else MERGED if record.merged_into else LIVE
    return (
        record.customer_id, state, record.merged_into, record.version, words_of(record),
        canonical_json(customer_body(record)), now_ms,
    )  # fmt: skip


def words_of(record: Customer) -> str:
    """Return what somebody is found by their name with; empty for nobody."""
    return search_text(record.name) if record.is_live else ""


def read_record(content_json: str) -> Customer:
    """Return a record as it was kept."""
    return read_customer(json.loads(content_json))


def content_of(record: Customer) -> dict[str, JsonValue]:
    """Return a record as tills are told of it."""
    content: dict[str, JsonValue] = json.loads(canonical_json(customer_body(record)))
    return content


def see(connection: Connection, shop: str, customer_id: str, now_ms: int) -> None:
    """Note that a shop saw a customer, and tell it of them when it did not know them."""
    change = customer_change.c
    is_row = (change.shop == shop, change.customer_id == customer_id)
    seen = connection.scalar(select(change.seen_at_ms).where(*is_row))
    if seen:
        if seen < now_ms - SEEN_AGAIN_MS:
            connection.execute(customer_change.update().where(*is_row).values(seen_at_ms=now_ms))
        return
    tell(connection, customer_id, (shop,), now_ms)


def tell(
    connection: Connection, customer_id: str, shops: Iterable[str], seen_at_ms: int = 0
) -> None:
    """Tell shops of a customer under the next number of each one's feed."""
    for shop in shops:
        number = take_numbers(connection, of_shop(STREAM, shop), 1)[0]
        upsert_rows(
            connection,
            customer_change,
            [(shop, customer_id, number, seen_at_ms)],
            "(shop, customer_id) DO UPDATE SET change = excluded.change, seen_at_ms = "
            "CASE WHEN excluded.seen_at_ms > customer_change.seen_at_ms "
            "THEN excluded.seen_at_ms ELSE customer_change.seen_at_ms END",
        )


def knowing(connection: Connection, customer_id: str) -> Sequence[str]:
    """Return the shops that are told of a customer."""
    return connection.scalars(
        select(customer_change.c.shop).where(customer_change.c.customer_id == customer_id)
    ).all()


def seen_by(connection: Connection, customer_id: str) -> Sequence[tuple[str, int]]:
    """Return the shops that saw a customer, and when (UTC ms)."""
    change = customer_change.c
    rows = connection.execute(
        select(change.shop, change.seen_at_ms)
        .where(change.customer_id == customer_id, change.seen_at_ms > 0)
        .order_by(change.shop)
    )
    return [(row.shop, row.seen_at_ms) for row in rows]


def all_shops(connection: Connection) -> Sequence[str]:
    """Return every shop: any till may hold somebody that it asked the hub for."""
    return connection.scalars(select(shop_table.c.code).order_by(shop_table.c.code)).all()


def _into_other(
    connection: Connection, told: Customer, other_id: str, shop: str, now_ms: int
) -> Customer | None:
    """Keep what a till that had not heard of a merger says of the record that is gone."""
    other = held(connection, other_id, shop, now_ms)
    if other is None or not other.is_live:
        return None
    after = joined(other, told, now_ms)
    if after != other:
        after = replace(after, version=other.version + 1)
        put(connection, other, after, now_ms)
    return after

"""Two records of one person become one; whoever has the other id is led to the one that stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from pos.domain.customer import Customer, merged
from pos.domain.customer_merging import joined
from sync.hub.carts import cart as carts
from sync.hub.customers import records
from sync.hub.customers.words import EMAIL, PHONE, keys_of
from sync.hub.tables_customers import customer_key
from sync.hub.tables_orders import store_cart, store_session

MOST_DUPLICATES = 5


def merge(connection: Connection, kept_id: str, other_id: str, now_ms: int) -> Customer:
    """Make two records one and return the one that stays; done before, nothing changes.

    Sales, orders, returns and credit stay with the id they were recorded under, and are found by
    the record that stays.

    Raises:
        NoSuchCustomer: One of them is not known or was erased.
    """
    kept = records.live(connection, kept_id)
    other = records.live(connection, other_id)
    if kept.customer_id == other.customer_id:
        return kept
    before = records.ids_of(connection, other.customer_id)
    _tell_all(connection, (kept.customer_id, *before))
    both = {
        one: records.held(connection, one) for one in sorted((kept.customer_id, other.customer_id))
    }
    stays, goes = both[kept.customer_id], both[other.customer_id]
    if stays is None or goes is None or not (stays.is_live and goes.is_live):
        raise records.NoSuchCustomer(kept_id)
    after = replace(joined(stays, goes, now_ms), version=stays.version + 1)
    gone = replace(merged(goes, after.customer_id), version=goes.version + 1)
    records.put(connection, goes, gone, now_ms)
    records.put(connection, stays, after, now_ms)
    for customer_id in before[1:]:
        _point(connection, customer_id, after.customer_id, now_ms)
    _follow(connection, gone.customer_id, after.customer_id, now_ms)
    return after


def duplicates(connection: Connection, record: Customer) -> Sequence[Customer]:
    """Return other records that have a phone or mail address of this one."""
    key = customer_key.c
    ids: dict[str, None] = {}
    for kind, value in sorted(keys_of(record)):
        if kind in (PHONE, EMAIL):
            found = connection.scalars(
                select(key.customer_id)
                .where(key.kind == kind, key.value == value)
                .limit(MOST_DUPLICATES + 1)
            )
            ids |= dict.fromkeys(found)
    ids.pop(record.customer_id, None)
    others = (records.get(connection, one) for one in list(ids)[:MOST_DUPLICATES])
    return [one for one in others if one is not None and one.is_live]


def _point(connection: Connection, customer_id: str, stays: str, now_ms: int) -> None:
    """Have a record that was merged before say where its customer is now."""
    if (before := records.held(connection, customer_id)) is not None:
        after = replace(merged(before, stays), version=before.version + 1)
        records.put(connection, before, after, now_ms)


def _tell_all(connection: Connection, ids: Sequence[str]) -> None:
    """Tell every shop, in the order in which the numbers of their feeds are always taken."""
    for shop in records.all_shops(connection):
        for customer_id in sorted(ids):
            records.tell(connection, customer_id, (shop,))


def _follow(connection: Connection, gone: str, stays: str, now_ms: int) -> None:
    """Have what else goes by the id that is gone go by the one that stays."""
    for shop, seen_at_ms in records.seen_by(connection, gone):
        records.tell(connection, stays, (shop,), seen_at_ms)
    connection.execute(
        store_session.update().where(store_session.c.customer_id == gone).values(customer_id=stays)
    )
    left = carts.read(connection, gone)
    if left.count:
        there = carts.read(connection, stays, is_locked=True)
        both = replace(there.with_more(left.lines), shop=there.shop or left.shop)
        carts.keep(connection, stays, both, now_ms)
    connection.execute(store_cart.delete().where(store_cart.c.customer_id == gone))

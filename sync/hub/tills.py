"""The tills the hub knows, and what it holds of each."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from sync.hub.admin import NotKnown, get_setting, put_shop, shop_setting
from sync.hub.bulk import upsert_rows
from sync.hub.ingest import UnknownTill, latest_mark
from sync.hub.tables import sale, sale_tender, shop, till
from sync.wire.v1.tills import Digest, Registered, Registration

ALL_DAYS = "all"
COUNTRY_OF_CURRENCY = {"GBP": "GB", "MXN": "MX"}
DEFAULT_COUNTRY = "ES"


class OtherTill(ValueError):
    """The id in the address is not that of the shop and number in the request."""


def register(
    connection: Connection, till_id: str, registration: Registration, now_ms: int
) -> Registered:
    """Make a till known, or take in its name and version.

    Raises:
        NotKnown: There is no such shop.
        OtherTill: The id does not belong to the shop and number.
    """
    if till_id != f"{registration.shop}-{registration.number}":
        raise OtherTill(till_id)
    if connection.scalar(select(shop.c.code).where(shop.c.code == registration.shop)) is None:
        if not registration.currency:
            raise NotKnown(f"no shop {registration.shop}")
        details = shop_setting(
            registration.shop,
            name=registration.shop,
            currency=registration.currency,
            country=COUNTRY_OF_CURRENCY.get(registration.currency, DEFAULT_COUNTRY),
        )
        put_shop(connection, details, now_ms)
    row = (
        till_id, registration.shop, registration.number, registration.name,
        registration.app_version, now_ms, now_ms, "", 0, "", "", "",
    )  # fmt: skip
    upsert_rows(
        connection,
        till,
        [row],
        "(till) DO UPDATE SET name = excluded.name, app_version = excluded.app_version, "
        "last_seen_at_ms = excluded.last_seen_at_ms",
    )
    details = get_setting(connection, registration.shop, "shop")
    return Registered(till=till_id, shop=details, hub_time_ms=now_ms)


def digest(connection: Connection, till_id: str, day: str) -> Digest:
    """Return what the hub holds of a till: for one business day (ISO) or for all of them.

    Raises:
        UnknownTill: There is no such till.
    """
    if connection.scalar(select(till.c.till).where(till.c.till == till_id)) is None:
        raise UnknownTill(till_id)
    wanted = [sale.c.till == till_id]
    if day != ALL_DAYS:
        wanted.append(sale.c.business_day == day)
    count, total = connection.execute(
        select(func.count(), func.coalesce(func.sum(sale.c.total), 0)).where(*wanted)
    ).one()
    tenders = connection.execute(
        select(sale_tender.c.kind, func.sum(sale_tender.c.amount))
        .join(sale, sale.c.sale_id == sale_tender.c.sale_id)
        .where(*wanted)
        .group_by(sale_tender.c.kind)
    )
    epoch, mark = latest_mark(connection, till_id)
    return Digest(
        sales=count,
        total_minor=int(total),
        by_tender={kind: int(amount) for kind, amount in tenders},
        received_through=mark.through,
        chain_head=mark.head,
        epoch=epoch,
    )

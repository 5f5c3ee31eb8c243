"""Change numbers of the feeds: given out under a lock, so that their order is that of commits.

They follow the database's clock in microseconds: a hub that was set up anew, or restored from
an older copy, never gives out a number that a till has seen. What it gave out before it was
restored lies between its last number and the clock at its start: a till that names such a
number is told to begin again.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select, text

from sync.hub.bulk import upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.tables import feed, feed_gap, shop

PRICES = "prices"
PROMOTIONS = "promotions"
SUGGESTIONS = "suggestions"
CATALOGUE = "catalogue"
OF_SHOPS = ("stock", "staff", "settings", "desk", "parked", "orders", "customers")
GAPS_KEPT_US = 400 * 24 * 3_600_000_000  # a till that was away for longer is set up anew

_NOW_US = {
    "sqlite": "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)",
}
_HIGHER = {"sqlite": "max", "postgresql": "greatest"}
_TAKE = {
    dialect: text(
        f"INSERT INTO feed (name, last) VALUES (:name, {now_us} + :count) "  # noqa: S608
        "ON CONFLICT (name) DO UPDATE SET "
        f"last = {_HIGHER[dialect]}(feed.last, {now_us}) + :count RETURNING last"
    )
    for dialect, now_us in _NOW_US.items()
}
_GO_ON = {
    dialect: text(
        f"UPDATE feed SET last = {_HIGHER[dialect]}(last, {now_us}) "  # noqa: S608
        "WHERE name <> :catalogue RETURNING name, last"
    )
    for dialect, now_us in _NOW_US.items()
}

# Asked for every page: putting such a statement together takes longer than running it.
_LAST = select(feed.c.last).where(feed.c.name == bindparam("feed"))
_PASSED_OVER = select(func.max(feed_gap.c.until)).where(
    feed_gap.c.name == bindparam("feed"),
    feed_gap.c.after < bindparam("cursor"),
    feed_gap.c.until > bindparam("cursor"),
)


def of_shop(stream: str, code: str) -> str:
    """Return the name of a feed that each shop has of its own."""
    return f"{stream}:{code}"


def note_start(database: HubDatabase) -> None:
    """Go on from the clock, and remember the numbers that were passed over.

    Generations of the catalogue stay what they are: each is fetched whole.
    """
    with database.transaction() as connection:
        shops = connection.scalars(select(shop.c.code)).all()
        names = [
            PRICES,
            PROMOTIONS,
            SUGGESTIONS,
            *(of_shop(stream, code) for code in shops for stream in OF_SHOPS),
        ]
        upsert_rows(connection, feed, [(name, 0) for name in names], "(name) DO NOTHING")
        before = connection.execute(
            select(feed).where(feed.c.name != CATALOGUE).order_by(feed.c.name).with_for_update()
        ).all()
        go_on = _GO_ON[connection.dialect.name]
        after = {row.name: row.last for row in connection.execute(go_on, {"catalogue": CATALOGUE})}
        gaps = [(name, last, after[name]) for name, last in before]
        upsert_rows(
            connection, feed_gap, gaps, "(name, after) DO UPDATE SET until = excluded.until"
        )
        oldest = max(after.values()) - GAPS_KEPT_US
        connection.execute(feed_gap.delete().where(feed_gap.c.until < oldest))


def complete_after(connection: Connection, name: str, cursor: int) -> int:
    """Return 0 for a cursor this hub gave out, a higher number for one it knows nothing of."""
    return int(connection.scalar(_PASSED_OVER, {"feed": name, "cursor": cursor}) or 0)


def take_numbers(connection: Connection, name: str, count: int) -> range:
    """Return `count` numbers above every number committed; others wait until the commit."""
    if not count:
        end = last_number(connection, name) + 1
        return range(end, end)
    take = _TAKE[connection.dialect.name]
    last = int(connection.execute(take, {"name": name, "count": count}).scalar_one())
    return range(last - count + 1, last + 1)


def last_number(connection: Connection, name: str) -> int:
    """Return the last number given out, 0 when there is none."""
    return int(connection.scalar(_LAST, {"feed": name}) or 0)

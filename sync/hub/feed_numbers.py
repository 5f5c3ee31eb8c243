"""Change numbers of the feeds: given out under a lock, so that their order is that of commits.

A feed begins at the database's clock in microseconds, not at 1: a hub that was set up anew
never gives out a number that a till has seen, and the till takes everything from it.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from sync.hub.tables import feed

PRICES = "prices"
CATALOGUE = "catalogue"

_NOW_US = {
    "sqlite": "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)",
}
_TAKE = {
    dialect: text(
        f"INSERT INTO feed (name, last) VALUES (:name, {now_us} + :count) "  # noqa: S608
        "ON CONFLICT (name) DO UPDATE SET last = feed.last + :count RETURNING last"
    )
    for dialect, now_us in _NOW_US.items()
}


def of_shop(stream: str, shop: str) -> str:
    """Return the name of a feed that each shop has of its own."""
    return f"{stream}:{shop}"


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
    return int(connection.scalar(select(feed.c.last).where(feed.c.name == name)) or 0)

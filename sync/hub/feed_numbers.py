"""Change numbers of the feeds: given out under a lock, so that their order is that of commits."""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from sync.hub.tables import feed

PRICES = "prices"
CATALOGUE = "catalogue"

_TAKE = text(
    "INSERT INTO feed (name, last) VALUES (:name, :count) "
    "ON CONFLICT (name) DO UPDATE SET last = feed.last + excluded.last RETURNING last"
)


def of_shop(stream: str, shop: str) -> str:
    """Return the name of a feed that each shop has of its own."""
    return f"{stream}:{shop}"


def take_numbers(connection: Connection, name: str, count: int) -> range:
    """Return `count` numbers above every number committed; others wait until the commit."""
    last = int(connection.execute(_TAKE, {"name": name, "count": count}).scalar_one())
    return range(last - count + 1, last + 1)


def last_number(connection: Connection, name: str) -> int:
    """Return the last number given out, 0 when there is none."""
    return int(connection.scalar(select(feed.c.last).where(feed.c.name == name)) or 0)

"""Plain SQL inside one transaction; the driver keeps the prepared statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

Row = tuple[Any, ...]


class Statements:
    """Runs SQL on the driver connection of a transaction that SQLAlchemy manages.

    Going round SQLAlchemy's cursor halves the cost of a recorded sale (tests/bench/store.py).
    """

    def __init__(self, connection: Connection) -> None:
        self._driver: Any = connection.connection.driver_connection

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return int(self._driver.execute(sql, parameters).rowcount)

    def run_named(self, sql: str, parameters: Mapping[str, object]) -> int:
        """Run one statement with named parameters and return how many rows it changed."""
        return int(self._driver.execute(sql, parameters).rowcount)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self._driver.executemany(sql, rows)

    def insert(self, sql: str, parameters: Sequence[object]) -> int:
        """Insert one row and return its integer key."""
        return int(self._driver.execute(sql, parameters).lastrowid)

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """Return the first row, or None."""
        row: Row | None = self._driver.execute(sql, parameters).fetchone()
        return row

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return all rows."""
        found: list[Row] = self._driver.execute(sql, parameters).fetchall()
        return found

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterable[Row]:
        """Yield the rows as they are read."""
        cursor: Iterable[Row] = self._driver.execute(sql, parameters)
        return cursor


def insert_into(table: str, columns: Sequence[str]) -> str:
    """Return the INSERT statement of a table with one parameter for each column."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our names


def to_json(value: object) -> str:
    """Return the compact JSON of a snapshot."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Any:
    """Return what `to_json` was given, tuples as lists."""
    return json.loads(text)

"""Many rows at once, in the fastest way each database has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Boolean, Connection, Integer, Table
from sqlalchemy.exc import DataError, IntegrityError

Rows = Sequence[Sequence[Any]]

# What a row that does not fit raises: COPY goes past SQLAlchemy's own wrapping.
ROW_ERRORS = (IntegrityError, DataError, psycopg.IntegrityError, psycopg.DataError)


def insert_rows(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert rows given in the order of the table's columns.

    Raises:
        ROW_ERRORS: The enclosing transaction or savepoint is to be rolled back.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        with (
            _cursor(connection) as cursor,
            cursor.copy(f'COPY "{table.name}" ({_names(table)}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    connection.exec_driver_sql(_insert_values(table), [tuple(row) for row in rows])


def upsert_rows(connection: Connection, table: Table, rows: Rows, on_conflict: str) -> int:
    """Insert rows given in the order of the table's columns, or do what `on_conflict` says.

    Args:
        on_conflict: SQL after ``ON CONFLICT``; no row may come twice in `rows`.

    Returns:
        How many rows were inserted or changed.

    Raises:
        ROW_ERRORS: The enclosing transaction or savepoint is to be rolled back.
    """
    if not rows:
        return 0
    if connection.dialect.name == "postgresql":
        arrays = ", ".join(f"%s::{_array_type(column.type)}" for column in table.columns)
        statement = (
            f'INSERT INTO "{table.name}" ({_names(table)}) '  # noqa: S608 - our own names
            f"SELECT * FROM unnest({arrays}) ON CONFLICT {on_conflict}"
        )
        with _cursor(connection) as cursor:
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
            return int(cursor.rowcount)
    with _cursor(connection) as cursor:
        before = _changes(cursor)
        cursor.executemany(f"{_insert_values(table)} ON CONFLICT {on_conflict}", list(rows))
        return _changes(cursor) - before


def _changes(cursor: Any) -> int:
    """Return how many rows this SQLite connection has ever changed."""
    return int(cursor.execute("SELECT total_changes()").fetchone()[0])


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _insert_values(table: Table) -> str:
    marks = ", ".join("?" for _ in table.columns)
    return f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({marks})'  # noqa: S608


def _array_type(column_type: object) -> str:
    if isinstance(column_type, BigInteger):
        return "bigint[]"
    if isinstance(column_type, Integer):
        return "integer[]"
    return "boolean[]" if isinstance(column_type, Boolean) else "text[]"


@contextmanager
def _cursor(connection: Connection) -> Iterator[Any]:
    """Yield a cursor of the driver inside the connection's transaction."""
    cursor = connection.connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()

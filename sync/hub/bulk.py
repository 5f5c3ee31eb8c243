"""Many rows at once, in the fastest way each database has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DataError, IntegrityError

FEW_ROWS = 20
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
        with _cursor(connection) as cursor:
            _copy(cursor, f'"{table.name}"', _names(table), rows)
        return
    connection.exec_driver_sql(_insert_values(table, "?"), [tuple(row) for row in rows])


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
        return _upsert_in_postgresql(connection, table, rows, on_conflict)
    with _cursor(connection) as cursor:
        before = _changes(cursor)
        cursor.executemany(f"{_insert_values(table, '?')} ON CONFLICT {on_conflict}", list(rows))
        return _changes(cursor) - before


def _upsert_in_postgresql(
    connection: Connection, table: Table, rows: Rows, on_conflict: str
) -> int:
    """COPY into a temporary table and insert from there; a few rows go straight."""
    with _cursor(connection) as cursor:
        if len(rows) <= FEW_ROWS:
            cursor.executemany(
                f"{_insert_values(table, '%s')} ON CONFLICT {on_conflict}", list(rows)
            )
            return int(cursor.rowcount)
        staging = f'"staging_{table.name}"'
        cursor.execute(
            f'CREATE TEMPORARY TABLE IF NOT EXISTS {staging} (LIKE "{table.name}")'
            " ON COMMIT DELETE ROWS"
        )
        cursor.execute(f"TRUNCATE {staging}")
        _copy(cursor, staging, _names(table), rows)
        cursor.execute(
            f'INSERT INTO "{table.name}" ({_names(table)}) '  # noqa: S608 - our own names
            f"SELECT * FROM {staging} ON CONFLICT {on_conflict}"
        )
        return int(cursor.rowcount)


def _copy(cursor: Any, table: str, names: str, rows: Rows) -> None:
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _changes(cursor: Any) -> int:
    """Return how many rows this SQLite connection has ever changed."""
    return int(cursor.execute("SELECT total_changes()").fetchone()[0])


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _insert_values(table: Table, mark: str) -> str:
    marks = ", ".join(mark for _ in table.columns)
    return f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({marks})'  # noqa: S608


@contextmanager
def _cursor(connection: Connection) -> Iterator[Any]:
    """Yield a cursor of the driver inside the connection's transaction."""
    cursor = connection.connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()

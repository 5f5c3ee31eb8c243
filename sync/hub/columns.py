"""Columns as the hub's tables have them, the same on PostgreSQL and SQLite."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, MetaData, Text

metadata = MetaData()

# Codes and ids are compared byte by byte, whatever language the server was set up for:
# putting a batch of stock levels took 34 ms with the server's collation, 10 with this one.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def string(name: str, **options: object) -> Column[str]:
    return Column(name, _TEXT, nullable=False, **options)  # type: ignore[arg-type]


def integer(name: str, **options: object) -> Column[int]:
    return Column(name, BigInteger, nullable=False, **options)  # type: ignore[arg-type]


def maybe_integer(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=True)


def maybe_string(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=True)


def added_string(name: str) -> Column[str]:
    """A text that rows of an earlier revision do not have."""
    return Column(name, _TEXT, nullable=False, server_default="")


def added_integer(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)

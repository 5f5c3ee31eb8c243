"""What the tables of till.db are made with."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Text

metadata = MetaData()


def text_column(name: str) -> Column[str]:
    """Return a column of texts, which is never empty of a value."""
    return Column(name, Text, nullable=False)


def number_column(name: str) -> Column[int]:
    """Return a column of whole numbers, which is never empty of a value."""
    return Column(name, Integer, nullable=False)

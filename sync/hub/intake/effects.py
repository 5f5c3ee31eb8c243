"""What a fact does to the hub's tables: gathered from its body first, then written all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, Update

from sync.connectors.port import Connector, SoldGoods
from sync.hub.bulk import insert_rows
from sync.hub.schema import SCHEMA
from sync.wire.v1.push import Op

Act = Callable[[Connection], None]


class NotApplicable(Exception):
    """A fact cannot have its effect just now; it is stored, and tried again later."""


@dataclass(slots=True)
class Effects:
    """Rows to insert per table, rows to change, goods that left each shop, and what else to do."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    sold: dict[str, Counter[str]] = field(default_factory=dict)
    exceptions: dict[str, str] = field(default_factory=dict)  # what acts found, by op id

    def insert(self, table: Table, *values: object) -> None:
        """Note a row, its values in the order of the table's columns."""
        self.rows.setdefault(table.name, []).append(values)

    def act(self, act: Act) -> None:
        """Note something that must look before it writes; acts run last, in the order of facts.

        It may be run, rolled back and run again. It raises `NotApplicable` or `ROW_ERRORS`
        when the fact is to wait.
        """
        self.acts.append(act)

    def note_exception(self, op_id: str, code: str) -> None:
        """Note, from within an act, that a fact is applied with an exception."""
        self.exceptions[op_id] = code

    def write(self, connection: Connection, connector: Connector) -> None:
        """Write everything.

        Raises:
            ROW_ERRORS: Something is there already, or does not fit; roll the savepoint back.
            NotApplicable: An act cannot be done now; the same.
        """
        for name, rows in self.rows.items():
            insert_rows(connection, SCHEMA.tables[name], rows)
        for update in self.updates:
            connection.execute(update)
        for shop, quantities in sorted(self.sold.items()):
            connector.post_sold(connection, SoldGoods(shop, quantities))
        for act in self.acts:
            act(connection)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where facts come from, when they are taken in, and the business day of each shift known.

    Attributes:
        epoch: The epoch the facts are of.
        fork: Above 0 for facts of a cloned till that are taken in beside the chain.
        is_beside: True for a sale that counts by a person's decision although another fact sold
            the same ticket: two copies of a till may both have finished it.
        is_late: True when sales of a shift may have come before what opened it: the facts were
            stored earlier and are tried again, or a later epoch's came first.
    """

    till: str
    shop: str
    now_ms: int
    days: dict[str, str] = field(default_factory=dict)
    epoch: int = 0
    fork: int = 0
    is_beside: bool = False
    is_late: bool = False


# Reads the body of a fact, adds what it does, and returns the code of an exception or "".
# Raises pydantic's ValidationError when the body is not what it should be.
Reader = Callable[[Op, str, Origin, Effects], str]


def text_field(body: str, name: str) -> str:
    """Return a text of a canonical body without reading it whole; empty when it is not there.

    Only a hint: what is read for its effect is checked. Inside a text the marker's quotes
    would be escaped, so that no name of a product can pass for a field.
    """
    marker = f'"{name}":"'
    start = body.find(marker)
    if start < 0:
        return ""
    start += len(marker)
    return body[start : body.find('"', start)][:64]

"""Holds what the cashier was told against what is stored, and the books against themselves.

I1 told ⊆ stored · I2 to I5, I7 to I9 by `mostrador verify` · money that the bank took is money
that a sale shows · at most one unmarked original of a receipt · I6 the hub has each fact once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from pos.domain.errors import StoreUnavailable
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.verify import verify
from sync.hub import tables as hub_tables
from sync.hub.database import HubDatabase
from tests.builders import KEY

DUPLICATE = "DUPLICADO"

Told = dict[str, Any]


@dataclass
class Ear:
    """What was told, in order; half a line was not told."""

    lines: list[Told] = field(default_factory=list)
    _rest: bytes = b""

    def hear(self, data: bytes) -> None:
        """Take bytes as they come out of the pipe."""
        *whole, self._rest = (self._rest + data).split(b"\n")
        self.lines.extend(json.loads(line) for line in whole)

    def of(self, what: str) -> list[Told]:
        """Return the lines of one kind."""
        return [line for line in self.lines if line["told"] == what]

    @property
    def crashes(self) -> list[str]:
        """The errors that nobody expected."""
        return [line["error"] for line in self.of("crashed")]

    @property
    def bank(self) -> frozenset[str]:
        """The card attempts for which the bank took money."""
        return frozenset(line["attempt_id"] for line in self.of("charge"))


def till_violations(folder: DataFolder, ear: Ear) -> list[str]:
    """Return everything that does not hold at a till."""
    key = load_key(folder) or KEY
    try:
        return _till_violations(folder, key, ear)
    except (StoreUnavailable, DBAPIError) as error:
        return [f"I9: {type(error).__name__}: {error}"]


def _till_violations(folder: DataFolder, key: bytes, ear: Ear) -> list[str]:
    found = [f"{each.code}: {each.message}" for each in verify(folder.database, key=key)]
    engine = make_engine(folder.database, key=key, read_only=True)
    try:
        with transaction(engine) as connection:
            found.extend(_untrue(connection, ear))
    finally:
        engine.dispose()
    return found


def _untrue(connection: Connection, ear: Ear) -> Iterator[str]:
    sales = _column(connection, "SELECT sale_id, number || ' ' || total FROM sale")
    for line in ear.of("sale"):
        if sales.get(line["sale_id"]) != f"{line['number']} {line['total']}":
            yield f"I1: told sale {line['number']} of {line['total']}, stored {sales}"
    known = _column(connection, "SELECT session_id, closed_at_ms IS NOT NULL FROM till_session")
    for line in ear.of("session"):
        if line["session_id"] not in known:
            yield "I1: told that a shift is open, and there is none"
    for line in ear.of("closed"):
        if not known.get(line["session_id"]):
            yield f"I1: told {line['number']}, and the shift is not closed"
    movements = _column(connection, "SELECT movement_id, amount FROM cash_movement")
    for line in ear.of("movement"):
        if movements.get(line["movement_id"]) != line["amount"]:
            yield "I1: told a movement of cash that is not stored"
    yield from _lost_lines(connection, ear, sales)
    yield from _lost_money(connection, ear)


def _lost_lines(connection: Connection, ear: Ear, sales: dict[str, Any]) -> Iterator[str]:
    """Every line that was shown is on the ticket, or in the sale that it became."""
    on_ticket = _column(
        connection, "SELECT basket_id, count(*) FROM ticket_line GROUP BY basket_id"
    )
    sold = _column(
        connection,
        "SELECT s.sale_id, count(*) FROM sale s JOIN sale_line l ON l.sale_key = s.sale_key"
        " GROUP BY s.sale_id",
    )
    shown = {line["basket_id"]: line["lines"] for line in ear.of("lines")}
    for basket_id, lines in shown.items():
        stored = sold.get(basket_id, 0) if basket_id in sales else on_ticket.get(basket_id, 0)
        if stored < lines:
            yield f"I1: {lines} lines were shown, {stored} are stored"


def _lost_money(connection: Connection, ear: Ear) -> Iterator[str]:
    """Money taken at the bank stands in a sale or on the ticket, once, or is being asked for."""
    states = _column(connection, "SELECT attempt_id, state FROM card_attempt")
    rows = connection.exec_driver_sql(
        "SELECT reference, amount FROM sale_tender WHERE kind = 'card'"
    ).fetchall()
    for reference, times in Counter(row[0] for row in rows).items():
        if times > 1:
            yield f"I8: card attempt {reference} pays {times} times"
        if reference not in ear.bank:
            yield f"I8: card attempt {reference} pays, and the bank took nothing"
    paid = dict(tuple(row) for row in rows)
    tickets = _column(connection, "SELECT basket_id, tenders FROM ticket")
    for line in ear.of("charge"):
        reference = line["attempt_id"]
        is_kept = any(reference in str(tenders) for tenders in tickets.values())
        if paid.get(reference) == line["amount"] or is_kept:
            continue
        if states.get(reference) not in {"requested", "unknown"}:
            yield f"I8: the bank took {line['amount']}, the attempt is {states.get(reference)}"


def exactly_told(folder: DataFolder, ear: Ear) -> list[str]:
    """Return what was stored without being told: nothing may be, when the till was not killed."""
    engine = make_engine(folder.database, key=load_key(folder) or KEY, read_only=True)
    try:
        with transaction(engine) as connection:
            sales = set(_column(connection, "SELECT sale_id, 1 FROM sale"))
            moved = set(_column(connection, "SELECT movement_id, 1 FROM cash_movement"))
    finally:
        engine.dispose()
    sales -= {line["sale_id"] for line in ear.of("sale")}
    moved -= {line["movement_id"] for line in ear.of("movement")}
    found = [f"R3: sale {sale_id} is stored, and nobody was told" for sale_id in sales]
    return found + [f"R3: movement {each} is stored, and nobody was told" for each in moved]


def unmarked_twice(numbers: Iterable[str], papers: Sequence[str]) -> list[str]:
    """Return the receipts that came out more than once without being marked as copies."""
    plain = [paper for paper in papers if DUPLICATE not in paper]
    found = []
    for number in numbers:
        barcode = re.compile(rf"CODE128 [^\]]*:{re.escape(number)}(?!\d)")  # on receipts alone
        originals = sum(barcode.search(paper) is not None for paper in plain)
        if originals > 1:
            found.append(f"I1: {originals} originals of {number}")
    return found


def hub_violations(folder: DataFolder, hub: HubDatabase) -> list[str]:
    """Return where till and hub disagree once everything was sent (I6)."""
    with closing(AgentStore(folder.database, key=load_key(folder) or KEY)) as store:
        waiting = store.queue_state()
        epoch, head = store.head()
        facts = store.facts_from(epoch, 1, 1_000_000, 1_000_000_000)
        till = store.till
    with hub.reading() as connection:
        found = list(_hub_lacks(connection, till, [fact.op_id for fact in facts]))
        sales = [fact.op_id for fact in facts if fact.kind.value == "sale.completed"]
        found += list(_hub_effects(connection, till, len(sales)))
        mark = connection.execute(
            select(hub_tables.till_mark.c.received_through, hub_tables.till_mark.c.chain_head)
            .where(hub_tables.till_mark.c.till == till)
            .order_by(hub_tables.till_mark.c.epoch.desc())
        ).first()
    if waiting.queued or waiting.parked:
        found.append(f"I6: {waiting.queued} facts wait, {waiting.parked} are parked")
    if mark is None or tuple(mark) != (head.seq, head.hash):
        found.append(f"I6: the hub stands at {mark}, the till at {head.seq}")
    return found


def _hub_lacks(connection: Connection, till: str, op_ids: list[str]) -> Iterator[str]:
    inbox = hub_tables.inbox.c
    rows = connection.execute(select(inbox.op_id, inbox.outcome).where(inbox.till == till)).all()
    stored = Counter(row[0] for row in rows)
    if set(stored) != set(op_ids) or len(rows) != len(op_ids):
        yield f"I6: {len(op_ids)} facts at the till, {len(rows)} at the hub"
    for op_id, outcome in rows:
        if outcome not in {"applied", "applied_with_exception"}:
            yield f"I6: {op_id} is {outcome} at the hub"


def _hub_effects(connection: Connection, till: str, sales: int) -> Iterator[str]:
    sale = hub_tables.sale.c
    effects = connection.scalar(select(func.count()).where(sale.till == till))
    if effects != sales:
        yield f"I6: {sales} sales were made, {effects} had an effect"


def acknowledged_lost(folder: DataFolder, hub: HubDatabase) -> list[str]:
    """Return the facts that the till believes to be at the hub and that are not (P3)."""
    engine = make_engine(folder.database, key=load_key(folder) or KEY, read_only=True)
    try:
        with transaction(engine) as connection:
            till = connection.exec_driver_sql("SELECT till FROM till_identity").scalar()
            marked = _column(
                connection,
                "SELECT j.op_id, j.seq FROM journal j JOIN outbox o ON o.entry = j.entry"
                " WHERE o.state = 'acknowledged'",
            )
    finally:
        engine.dispose()
    inbox = hub_tables.inbox.c
    with hub.reading() as connection:
        stored = set(connection.scalars(select(inbox.op_id).where(inbox.till == till)))
    return [f"P3: {seq} is marked, and the hub lacks it" for op, seq in marked.items()
            if op not in stored]  # fmt: skip


def _column(connection: Connection, query: str) -> dict[str, Any]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(query)}

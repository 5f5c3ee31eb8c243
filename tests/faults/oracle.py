"""Holds what the cashier was told against what is stored, and the books against themselves.

I1 told ⊆ stored · I2 to I5, I7 to I9 by `mostrador verify` · money that the bank took is money
that a sale shows · at most one unmarked original of a receipt · I6 the hub has each fact once,
and each return its effect.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from pos.domain.errors import StoreUnavailable
from pos.domain.journal import FactKind
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.verify import verify
from sync.hub import tables as hub_tables
from sync.hub import tables_returns, tables_value
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

    @property
    def paid_back(self) -> dict[str, int]:
        """What the bank gave back, in minor units by the refund's id: once for each."""
        return {line["refund_id"]: line["amount"] for line in self.of("paid_back")}


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
    yield from _lost_returns(connection, ear)
    yield from _lost_credit(connection)
    yield from _wrong_drawer(connection)


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


def _lost_returns(connection: Connection, ear: Ear) -> Iterator[str]:
    """What was told of a return is stored, and money went back to a card for one on the disk."""
    returns = _column(connection, "SELECT return_id, number || ' ' || total FROM return_document")
    for line in ear.of("return"):
        if returns.get(line["return_id"]) != f"{line['number']} {line['total']}":
            yield f"I1: told return {line['number']} of {line['total']}, stored {returns}"
    rows = connection.exec_driver_sql(
        "SELECT refund_id, amount, state FROM return_refund WHERE means = 'card'"
    ).fetchall()
    asked = {row[0]: (row[1], row[2]) for row in rows}
    for refund_id, amount in ear.paid_back.items():
        stored, state = asked.get(refund_id, (0, "not there"))
        if stored != amount or state == "failed":
            yield f"I8: the bank paid {amount} back, the refund is {state} with {stored}"
    for refund_id, (amount, state) in asked.items():
        if state == "confirmed" and refund_id not in ear.paid_back:
            yield f"I8: a refund of {amount} is confirmed, and the bank paid nothing back"
    for line in ear.of("refunded"):
        if asked.get(line["refund_id"], (0, ""))[1] != "confirmed":
            yield f"I1: told that refund {line['refund_id']} is paid, and it is open"


def _lost_credit(connection: Connection) -> Iterator[str]:
    """Credit is given once for each return that it pays, and for none that is not there."""
    given = connection.exec_driver_sql(
        "SELECT body_json ->> '$.document', body_json ->> '$.amount' FROM journal"
        " WHERE kind = 'value.issued' ORDER BY 1, 2"
    ).fetchall()
    paid = connection.exec_driver_sql(
        "SELECT d.number, r.amount FROM return_refund r"
        " JOIN return_document d ON d.return_key = r.return_key"
        " WHERE r.means = 'store_credit' ORDER BY 1, 2"
    ).fetchall()
    if [tuple(row) for row in given] != [tuple(row) for row in paid]:
        yield f"I10: credit given {given}, returns paid with credit {paid}"


def _wrong_drawer(connection: Connection) -> Iterator[str]:
    """Each Z counts with the float and all cash that came and went, added up here once more."""
    rows = connection.exec_driver_sql(
        "SELECT j.body_json ->> '$.expected',"
        " (SELECT sum((value ->> 0) * (value ->> 1)) FROM json_each(t.opening_float))"
        " + (SELECT coalesce(sum(p.amount), 0) FROM sale_tender p"
        "  JOIN sale s ON s.sale_key = p.sale_key"
        "  WHERE p.kind = 'cash' AND s.session_id = t.session_id)"
        " - (SELECT coalesce(sum(r.amount), 0) FROM return_refund r"
        "  JOIN return_document d ON d.return_key = r.return_key"
        "  WHERE r.means = 'cash' AND d.session_id = t.session_id)"
        " - (SELECT coalesce(sum(amount), 0) FROM cash_movement m"  # the shift only pays out
        "  WHERE m.session_id = t.session_id)"
        " FROM till_session t JOIN journal j ON j.session_id = t.session_id"
        " WHERE j.kind = 'session.closed'"
    )
    for expected, found in rows:
        if expected != found:
            yield f"I7: a shift closed with {expected} in the drawer, there were {found}"


def exactly_told(folder: DataFolder, ear: Ear) -> list[str]:
    """Return what was stored without being told: nothing may be, when the till was not killed."""
    engine = make_engine(folder.database, key=load_key(folder) or KEY, read_only=True)
    try:
        with transaction(engine) as connection:
            sales = set(_column(connection, "SELECT sale_id, 1 FROM sale"))
            returned = set(_column(connection, "SELECT return_id, 1 FROM return_document"))
            moved = set(_column(connection, "SELECT movement_id, 1 FROM cash_movement"))
    finally:
        engine.dispose()
    sales -= {line["sale_id"] for line in ear.of("sale")}
    moved -= {line["movement_id"] for line in ear.of("movement")}
    returned -= {line["return_id"] for line in ear.of("return")}
    found = [f"R3: sale {sale_id} is stored, and nobody was told" for sale_id in sales]
    found += [f"R3: return {each} is stored, and nobody was told" for each in returned]
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
        found += list(_hub_effects(connection, till, Counter(fact.kind for fact in facts)))
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


def _hub_effects(connection: Connection, till: str, made: Mapping[FactKind, int]) -> Iterator[str]:
    """Every sale, return and credit that the till told of had its effect once."""
    document, movement = tables_returns.return_document.c, tables_value.value_movement.c
    for what, column, kind in (
        ("sales", hub_tables.sale.c.till, FactKind.SALE_COMPLETED),
        ("returns", document.till, FactKind.RETURN_COMPLETED),
        ("loads of credit", movement.till, FactKind.VALUE_ISSUED),
    ):
        effects = connection.scalar(select(func.count()).where(column == till))
        if effects != made.get(kind, 0):
            yield f"I6: {made.get(kind, 0)} {what} were made, {effects} had an effect"
    refund = tables_returns.return_refund.c
    open_at_hub = select(refund.refund_id).where(
        refund.return_id == document.return_id,
        document.till == till,
        refund.means == "card",
        refund.state != "confirmed",
    )
    for refund_id in connection.scalars(open_at_hub):
        yield f"I6: refund {refund_id} is paid, and open at the hub"


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

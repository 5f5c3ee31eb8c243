"""What must hold when every till has told the hub everything: the invariants and promises."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, func, select

from pos.store.catalogue_changes import open_current
from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_schema import current_file
from pos.store.engine import make_engine, transaction
from pos.store.verify import verify
from sync.hub import tables
from sync.hub.tables_returns import return_document
from tests.simulator import return_laws
from tests.simulator.goods import GTINS
from tests.simulator.hub_laws import shared_faults, stock_faults
from tests.simulator.till_machine import TillMachine
from tests.simulator.world import World

ENDED_BESIDE = ("taken_in", "same_op_id")
# By the fact that told it: two copies of a till may finish the same ticket, under its one id.
SALES = (
    " FROM sale s JOIN journal j ON j.kind = 'sale.completed'"
    " AND json_extract(j.body_json, '$.sale_id') = s.sale_id"
)
SALES_HERE = (
    f"SELECT j.op_id, t.business_day, s.total {SALES}"
    " JOIN till_session t ON t.session_id = s.session_id"
)
TENDERS_HERE = (
    f"SELECT j.op_id, p.kind, p.amount, p.position, p.reference {SALES}"
    " JOIN sale_tender p ON p.sale_key = s.sale_key"
)
EFFECTS = (
    ("sales", tables.sale.c.op_id, f"SELECT j.op_id {SALES}"),
    ("returns", return_document.c.op_id, f"SELECT j.op_id {return_laws.RETURNS}"),
    ("movements", tables.cash_movement.c.movement_id, "SELECT movement_id FROM cash_movement"),
    ("card attempts", tables.card_attempt.c.attempt_id, "SELECT attempt_id FROM card_attempt"),
    ("shifts", tables.till_session.c.session_id, "SELECT session_id FROM till_session"),
)
STAFF_HERE = "SELECT staff_id, name, role, badge, pin_hash, active FROM staff"
LAST_FACT = "SELECT epoch, seq, hash FROM journal ORDER BY entry DESC LIMIT 1"


def broken_laws(world: World) -> Iterator[str]:
    """Yield everything that is not as it was promised."""
    for machine in world.machines:
        machine.end()
        for violation in verify(machine.folder.database, key=None):
            yield f"{machine.folder.root.name}: {violation.code} {violation.message}"
    with world.hub.database.reading() as connection:
        for till in world.tills:
            books = [_Books(machine) for machine in (till, *till.copies)]
            for message in _of_till(connection, books, world.ashes.ids):
                yield f"{till.till}: {message}"
        for machine in world.machines:
            for message in _what_came_down(connection, machine):
                yield f"{machine.folder.root.name}: {message}"
        yield from stock_faults(connection)
        yield from shared_faults(connection)
        yield from return_laws.hub_faults(connection)


class _Books:
    """What one machine has written down."""

    def __init__(self, machine: TillMachine) -> None:
        self.machine = machine
        engine = make_engine(machine.folder.database, key=None, read_only=True)
        try:
            with transaction(engine) as till:
                self.facts = _rows(
                    till,
                    "SELECT j.epoch, j.seq, j.op_id, j.hash, o.state, o.reason FROM journal j"
                    " JOIN outbox o ON o.entry = j.entry",
                )
                self.sales = _rows(till, SALES_HERE)
                self.tenders = _rows(till, TENDERS_HERE)
                self.numbers = _rows(till, "SELECT sale_id, number, total FROM sale")
                self.ids = {
                    name: {row[0] for row in _rows(till, query)} for name, _, query in EFFECTS
                }
                self.staff = set(_rows(till, STAFF_HERE))
                self.settings = dict(_rows(till, "SELECT key, value FROM setting"))
                self.head = _rows(till, LAST_FACT)
        finally:
            engine.dispose()


def _of_till(connection: Connection, books: list[_Books], burned: set[str]) -> Iterator[str]:
    """Yield what is wrong with a till and, if it was copied, with its copies."""
    for book in books:
        yield from _told(book)
        yield from _terminal(book)
        yield from return_laws.till_faults(book.machine)
    till = books[0].machine.till
    yield from _facts(connection, till, books, burned)
    yield from _effects(connection, till, books, burned)
    yield from _agreement(connection, till, books, burned)
    machines = [book.machine for book in books]
    yield from return_laws.agreement_faults(connection, machines, burned)
    yield from _outcomes(connection, till)


def _rows(connection: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(query, values)]


def _told(book: _Books) -> Iterator[str]:
    """I1 and P1: what the cashier was told is stored, with that number and that total."""
    stored = {row[0]: row[1:] for row in book.numbers}
    for told in book.machine.told:
        if stored.get(told.sale_id) != (told.number, told.total):
            yield f"I1 told {told}, stored {stored.get(told.sale_id)}"


def _terminal(book: _Books) -> Iterator[str]:
    """I8: what the terminal took is what was recorded as taken, attempt by attempt."""
    recorded = {row[4]: row[2] for row in book.tenders if row[1] == "card"}
    if recorded != book.machine.terminal.charged:
        yield f"I8 the terminal took {book.machine.terminal.charged}, recorded are {recorded}"


def _facts(hub: Connection, till: str, books: list[_Books], burned: set[str]) -> Iterator[str]:
    """P2 and P3: every fact is at the hub once, and nothing is marked that is not there."""
    inbox, beside = tables.inbox.c, tables.conflict.c
    theirs = {
        (row.epoch, row.seq): (row.op_id, row.hash)
        for row in hub.execute(
            select(inbox.epoch, inbox.seq, inbox.op_id, inbox.hash).where(inbox.till == till)
        )
    }
    kept_beside = {
        row.hash: row.code
        for row in hub.execute(select(beside.hash, beside.code).where(beside.till == till))
    }
    known = set()
    for book in books:
        for epoch, seq, op_id, digest, state, reason in book.facts:
            known.add(op_id)
            where = f"{book.machine.folder.root.name} fact {epoch}/{seq}"
            if state == "acknowledged":
                if theirs.get((epoch, seq)) != (op_id, digest):
                    yield f"P3 {where} is acknowledged, the hub has {theirs.get((epoch, seq))}"
            elif kept_beside.get(digest) not in ENDED_BESIDE:
                yield f"P3 {where} is {state} ({reason}, {kept_beside.get(digest)}) in the end"
    for (epoch, seq), (op_id, _) in theirs.items():
        if op_id not in known and op_id not in burned:
            yield f"P2 the hub has a fact {epoch}/{seq} that the till never stated"


def _effects(hub: Connection, till: str, books: list[_Books], burned: set[str]) -> Iterator[str]:
    """I6: one sale, one movement, one card attempt at the hub for each at the till."""
    for name, column, _ in EFFECTS:
        there = set(hub.scalars(select(column).where(column.table.c.till == till)))
        here = set().union(*(book.ids[name] for book in books))
        missing, extra = here - there, there - here - burned
        if missing or extra:
            yield f"I6 {name}: only here {sorted(missing)}, only there {sorted(extra)}"


def _agreement(hub: Connection, till: str, books: list[_Books], burned: set[str]) -> Iterator[str]:
    """P7: day, total and every tender of every sale are the same on both sides."""
    here = {row[0]: row[1:] for book in books for row in book.sales}
    sale, tender = tables.sale.c, tables.sale_tender.c
    there = {
        row.op_id: (row.business_day, row.total)
        for row in hub.execute(
            select(sale.op_id, sale.business_day, sale.total).where(sale.till == till)
        )
        if row.op_id in here or row.op_id not in burned
    }
    for op_id in sorted(here.keys() | there.keys()):
        if here.get(op_id) != there.get(op_id):
            yield f"P7 {op_id}: till {here.get(op_id)}, hub {there.get(op_id)}"
    paid_here = Counter(
        (op_id, kind, amount)
        for op_id, kind, amount, _, _ in {row for book in books for row in book.tenders}
    )
    paid_there = Counter(
        (row.op_id, row.kind, int(row.amount))
        for row in hub.execute(
            select(sale.op_id, tender.kind, func.sum(tender.amount).label("amount"))
            .join(tables.sale, sale.sale_id == tender.sale_id)
            .where(sale.till == till)
            .group_by(sale.op_id, tender.kind)
        )
        if row.op_id in here
    )
    if _summed(paid_here) != _summed(paid_there):
        yield "P7 the tenders differ"
    if len(books) == 1 and books[0].head:
        yield from _same_head(hub, till, *books[0].head[0])


def _summed(tenders: Counter[tuple[Any, ...]]) -> Counter[tuple[str, str]]:
    summed: Counter[tuple[str, str]] = Counter()
    for (op_id, kind, amount), times in tenders.items():
        summed[op_id, kind] += amount * times
    return summed


def _same_head(hub: Connection, till: str, epoch: int, seq: int, head: str) -> Iterator[str]:
    mark = tables.till_mark.c
    row = hub.execute(
        select(mark.received_through, mark.chain_head).where(
            mark.till == till, mark.epoch == epoch
        )
    ).first()
    if row is None or tuple(row) != (seq, head):
        yield f"P7 the till ends at {epoch}/{seq}, the hub at {row}"


def _outcomes(hub: Connection, till: str) -> Iterator[str]:
    """Everything had its effect, or a person was asked about it."""
    inbox = tables.inbox.c
    for row in hub.execute(
        select(inbox.seq, inbox.kind, inbox.outcome, inbox.code).where(
            inbox.till == till, inbox.outcome != "applied"
        )
    ):
        yield f"I6 fact {row.seq} {row.kind} is {row.outcome} ({row.code})"


def _what_came_down(hub: Connection, machine: TillMachine) -> Iterator[str]:
    """Staff, settings, prices and stock came down whole."""
    book = _Books(machine)
    staff, setting = tables.staff.c, tables.setting.c
    people = {
        (row.staff_id, row.name, row.role, row.badge, row.pin_hash, int(row.is_active))
        for row in hub.execute(select(tables.staff).where(staff.shop == machine.shop))
    }
    known = {person[0] for person in people}
    here = {person for person in book.staff if person[0] in known or person[-1]}
    if here != people:
        yield f"staff differs: {sorted(map(str, here ^ people))}"
    told = {
        row.key: json.loads(row.value_json)
        for row in hub.execute(select(tables.setting).where(setting.shop == machine.shop))
    }
    kept = {key: json.loads(text) for key, text in book.settings.items()}
    if kept != told:
        yield f"settings differ: {kept} and {told}"
    yield from _goods(hub, machine)


def _goods(hub: Connection, machine: TillMachine) -> Iterator[str]:
    """Prices and stock came down whole."""
    path = current_file(machine.folder.catalogue)
    changes = open_current(machine.folder.catalogue)
    if path is None or changes is None:
        yield "there is no catalogue"
        return
    changes.close()
    prices = {row.sku: row.price for row in hub.execute(select(tables.product))}
    level = tables.stock_level.c
    levels = {
        row.sku: row.on_hand
        for row in hub.execute(select(tables.stock_level).where(level.shop == machine.shop))
    }
    with closing(CatalogueFile(path)) as catalogue:
        for gtin in GTINS:
            found = catalogue.by_sku(str(gtin))
            stock = catalogue.stock(str(gtin))
            here = (found and found.price.minor, stock and stock.on_hand_thousandths)
            there = (prices.get(str(gtin)), levels.get(str(gtin)))
            if here != there:
                yield f"{gtin}: the till says {here}, the hub {there}"

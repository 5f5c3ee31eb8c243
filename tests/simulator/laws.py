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
from sync.hub.tills import digest
from tests.simulator.goods import GTINS
from tests.simulator.till_machine import TillMachine
from tests.simulator.world import World


def broken_laws(world: World) -> Iterator[str]:
    """Yield everything that is not as it was promised."""
    for machine in world.tills:
        machine.end()
        for violation in verify(machine.folder.database, key=None):
            yield f"{machine.till}: {violation.code} {violation.message}"
    with world.hub.database.reading() as connection:
        for machine in world.tills:
            for message in _of_till(connection, machine):
                yield f"{machine.till}: {message}"
        yield from _at_hub(connection)


def _of_till(connection: Connection, machine: TillMachine) -> Iterator[str]:
    engine = make_engine(machine.folder.database, key=None, read_only=True)
    try:
        with transaction(engine) as till:
            yield from _told(till, machine)
            yield from _facts(till, connection, machine.till)
            yield from _effects(till, connection, machine.till)
            yield from _terminal(till, machine)
            yield from _what_was_told_to_the_till(till, connection, machine)
    finally:
        engine.dispose()
    yield from _agreement(connection, machine)
    yield from _goods(connection, machine)


def _rows(connection: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(query, values)]


def _told(till: Connection, machine: TillMachine) -> Iterator[str]:
    """I1 and P1: what the cashier was told is stored, with that number and that total."""
    stored = {row[0]: row[1:] for row in _rows(till, "SELECT sale_id, number, total FROM sale")}
    for told in machine.told:
        if stored.get(told.sale_id) != (told.number, told.total):
            yield f"I1 told {told}, stored {stored.get(told.sale_id)}"


def _facts(till: Connection, hub: Connection, name: str) -> Iterator[str]:
    """P2 and P3: every fact is at the hub once, and nothing is marked that is not there."""
    ours = {
        (epoch, seq): (op_id, digest_, state, reason)
        for epoch, seq, op_id, digest_, state, reason in _rows(
            till,
            "SELECT j.epoch, j.seq, j.op_id, j.hash, o.state, o.reason FROM journal j"
            " JOIN outbox o ON o.entry = j.entry",
        )
    }
    inbox = tables.inbox.c
    theirs = {
        (row.epoch, row.seq): (row.op_id, row.hash)
        for row in hub.execute(
            select(inbox.epoch, inbox.seq, inbox.op_id, inbox.hash).where(inbox.till == name)
        )
    }
    for place, (op_id, digest_, state, reason) in ours.items():
        if state != "acknowledged":
            yield f"P3 fact {place} is {state} ({reason}) after the drain"
        elif theirs.get(place) != (op_id, digest_):
            yield f"P3 fact {place} is acknowledged, the hub has {theirs.get(place)}"
    for place in theirs.keys() - ours.keys():
        yield f"P2 the hub has a fact {place} that the till never stated"


def _effects(till: Connection, hub: Connection, name: str) -> Iterator[str]:
    """I6: one sale, one movement, one card attempt at the hub for each at the till."""
    for what, query, table, column in (
        ("sales", "SELECT sale_id FROM sale", tables.sale, tables.sale.c.sale_id),
        ("movements", "SELECT movement_id FROM cash_movement", tables.cash_movement,
         tables.cash_movement.c.movement_id),
        ("card attempts", "SELECT attempt_id FROM card_attempt", tables.card_attempt,
         tables.card_attempt.c.attempt_id),
        ("shifts", "SELECT session_id FROM till_session", tables.till_session,
         tables.till_session.c.session_id),
    ):  # fmt: skip
        here = {row[0] for row in _rows(till, query)}
        there = set(hub.scalars(select(column).where(table.c.till == name)))
        if here != there:
            yield f"I6 {what}: only here {sorted(here - there)}, only there {sorted(there - here)}"
    parked = tables.inbox.c
    for row in hub.execute(
        select(parked.seq, parked.kind, parked.outcome, parked.code).where(
            parked.till == name, parked.outcome != "applied"
        )
    ):
        yield f"I6 fact {row.seq} {row.kind} is {row.outcome} ({row.code})"


def _terminal(till: Connection, machine: TillMachine) -> Iterator[str]:
    """I8: what the terminal took is what was recorded as taken, attempt by attempt."""
    recorded = dict(_rows(till, "SELECT reference, amount FROM sale_tender WHERE kind = 'card'"))
    if recorded != machine.terminal.charged:
        yield f"I8 the terminal took {machine.terminal.charged}, recorded are {recorded}"


def _agreement(connection: Connection, machine: TillMachine) -> Iterator[str]:
    """P7: count, sum and every tender are the same on both sides, day by day."""
    sale = tables.sale.c
    days = set(
        connection.scalars(select(sale.business_day).where(sale.till == machine.till).distinct())
    )
    for day in sorted(days):
        ours, theirs = machine.agent_store.digest(day), digest(connection, machine.till, day)
        here = (ours.sales, ours.total_minor, dict(ours.by_tender))
        there = (theirs.sales, theirs.total_minor, theirs.by_tender)
        if here != there:
            yield f"P7 {day}: the till says {here}, the hub {there}"
    epoch, head = machine.agent_store.head()
    whole = digest(connection, machine.till, "all")
    if epoch and (whole.epoch, whole.received_through, whole.chain_head) != (
        epoch, head.seq, head.hash,
    ):  # fmt: skip
        yield f"P7 the till ends at {epoch}/{head.seq}, the hub at {whole}"


def _what_was_told_to_the_till(
    till: Connection, hub: Connection, machine: TillMachine
) -> Iterator[str]:
    """Staff and settings came down whole."""
    staff = tables.staff.c
    theirs = {
        (row.staff_id, row.name, row.role, row.badge, row.pin_hash, int(row.is_active))
        for row in hub.execute(select(tables.staff).where(staff.shop == machine.shop))
    }
    query = "SELECT staff_id, name, role, badge, pin_hash, active FROM staff"
    ours = set(_rows(till, query))
    if ours != theirs:
        yield f"staff differs: {sorted(map(str, ours ^ theirs))}"
    setting = tables.setting.c
    told = {
        row.key: json.loads(row.value_json)
        for row in hub.execute(select(tables.setting).where(setting.shop == machine.shop))
    }
    known = {key: json.loads(text) for key, text in _rows(till, "SELECT key, value FROM setting")}
    if known != told:
        yield f"settings differ: {known} and {told}"


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


def _at_hub(connection: Connection) -> Iterator[str]:
    """Stock is what came less what was sold; op ids are unique; fences only rise."""
    sold: Counter[tuple[str, str]] = Counter()
    line, sale = tables.sale_line.c, tables.sale.c
    for shop, sku, quantity in connection.execute(
        select(sale.shop, line.sku, func.sum(line.quantity))
        .join(tables.sale, sale.sale_id == line.sale_id)
        .where(~line.is_void)
        .group_by(sale.shop, line.sku)
    ):
        sold[shop, sku] -= quantity
    moved = tables.stock_movement.c
    for shop, sku, quantity in connection.execute(
        select(moved.shop, moved.sku, func.sum(moved.thousandths)).group_by(moved.shop, moved.sku)
    ):
        sold[shop, sku] += quantity
    level = tables.stock_level.c
    for shop, sku, on_hand in connection.execute(select(level.shop, level.sku, level.on_hand)):
        pending = connection.scalar(
            select(func.coalesce(func.sum(tables.stock_pending.c.thousandths), 0)).where(
                tables.stock_pending.c.shop == shop, tables.stock_pending.c.sku == sku
            )
        )
        if on_hand - int(pending or 0) != sold[shop, sku]:
            yield f"P2 stock of {sku} in {shop}: {on_hand}, came less sold {sold[shop, sku]}"

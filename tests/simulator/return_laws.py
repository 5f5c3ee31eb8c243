"""What must hold of returns: told, paid out, the same at the hub, and never more than was sold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from pos.domain.return_trouble import troubles_of
from pos.store.engine import make_engine, transaction
from sync.hub.returns.ledgers import ledger_for
from sync.hub.tables_returns import return_document, return_part, return_refund, return_reissue
from tests.simulator.till_machine import TillMachine

RETURNS = (
    " FROM return_document d JOIN journal j ON j.kind = 'return.completed'"
    " AND json_extract(j.body_json, '$.return_id') = d.return_id"
)
_HERE = (
    f"SELECT j.op_id, t.business_day, d.total {RETURNS}"
    " JOIN till_session t ON t.session_id = d.session_id"
)
_REFUNDS_HERE = (
    f"SELECT j.op_id, r.refund_id, r.means, r.amount, r.state {RETURNS}"
    " JOIN return_refund r ON r.return_key = d.return_key"
)
_TOLD = "SELECT return_id, number, total FROM return_document"
_PAID = (
    "SELECT refund_id, amount FROM return_refund WHERE means = 'card' AND state = 'confirmed'"
    " UNION ALL"
    " SELECT refund_id, amount FROM return_reissue WHERE means = 'card' AND state = 'confirmed'"
)
_PAID_AGAIN_HERE = (
    "SELECT j.op_id, t.business_day, r.refund_id, r.replaces, r.means, r.amount, r.state"
    " FROM return_reissue r JOIN till_session t ON t.session_id = r.session_id"
    " JOIN journal j ON j.kind = 'refund.issued'"
    " AND json_extract(j.body_json, '$.refund.refund_id') = r.refund_id"
)


def till_faults(machine: TillMachine) -> Iterator[str]:
    """I1 and I8: what was told is stored, and the terminal gave back what is recorded."""
    stored = {row[0]: row[1:] for row in _rows(machine, _TOLD)}
    for told in machine.told_returned:
        if stored.get(told.sale_id) != (told.number, told.total):
            yield f"I1 told return {told}, stored {stored.get(told.sale_id)}"
    recorded = dict(_rows(machine, _PAID))
    if recorded != machine.terminal.paid_back:
        yield f"I8 the terminal gave {machine.terminal.paid_back}, recorded are {recorded}"


def agreement_faults(
    hub: Connection, machines: list[TillMachine], burned: set[str]
) -> Iterator[str]:
    """P7: day, total and every refund of every return are the same on both sides."""
    document, refund = return_document.c, return_refund.c
    mine = document.till == machines[0].till
    here = {row for each in machines for row in _rows(each, _HERE)}
    refunds_here = {row for each in machines for row in _rows(each, _REFUNDS_HERE)}
    known = {row[0] for row in here}
    there = {
        tuple(row)
        for row in hub.execute(
            select(document.op_id, document.business_day, document.total).where(mine)
        )
        if row[0] in known or row[0] not in burned
    }
    refunds_there = {
        tuple(row)
        for row in hub.execute(
            select(document.op_id, refund.refund_id, refund.means, refund.amount, refund.state)
            .join(return_document, document.return_id == refund.return_id)
            .where(mine, refund.replaces == "")
        )
        if row[0] in known
    }
    again_here = {row for each in machines for row in _rows(each, _PAID_AGAIN_HERE)}
    again_there = _paid_again(hub, machines[0].till, {row[0] for row in again_here}, burned)
    for name, ours, theirs in (
        ("returns", here, there),
        ("refunds", refunds_here, refunds_there),
        ("paid again", again_here, again_there),
    ):
        if ours != theirs:
            yield f"P7 {name}: only here {sorted(ours - theirs)}, only there {theirs - ours}"


def _paid_again(
    hub: Connection, till: str, known: set[str], burned: set[str]
) -> set[tuple[object, ...]]:
    again, refund = return_reissue.c, return_refund.c
    rows = hub.execute(
        select(
            again.op_id, again.business_day, again.refund_id, refund.replaces, again.means,
            again.amount, refund.state,
        )
        .join(return_refund, refund.refund_id == again.refund_id)
        .where(again.till == till)
    )  # fmt: skip
    return {tuple(row) for row in rows if row[0] in known or row[0] not in burned}


def hub_faults(connection: Connection) -> Iterator[str]:
    """I10: nothing came back twice, or for more than was paid, over all tills together."""
    for purchase in connection.scalars(select(return_part.c.purchase).distinct()).all():
        ledger = ledger_for(connection, purchase)
        troubles = {"unknown"} if ledger is None else {one.value for one in troubles_of(ledger)}
        if troubles:
            yield f"I10 what came back of {purchase} cannot be: {sorted(troubles)}"


def _rows(machine: TillMachine, query: str) -> list[tuple[Any, ...]]:
    engine = make_engine(machine.folder.database, key=None, read_only=True)
    try:
        with transaction(engine) as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]
    finally:
        engine.dispose()

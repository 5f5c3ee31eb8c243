"""Gives facts their effect, so that what cannot have it holds up nothing but its like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from sync.connectors.port import Connector
from sync.hub.bulk import ROW_ERRORS
from sync.hub.intake.effects import Effects, NotApplicable, Origin
from sync.hub.intake.effects_sales import session_days
from sync.hub.intake.readers import Judgement, aggregate_of, as_found, read_effects
from sync.hub.tables import inbox
from sync.wire.v1.push import Op, Outcome

WAITING = "waiting"  # as stored; tills are told `parked` with this code
NOT_APPLIED = "not_applied"
CANNOT_HAVE_EFFECT = (*ROW_ERRORS, NotApplicable)


class Applying:
    """Applies facts of one till inside a transaction."""

    def __init__(self, connection: Connection, connector: Connector, origin: Origin) -> None:
        self._connection = connection
        self._connector = connector
        self._origin = origin
        self._blocked = blocked_aggregates(connection, origin.till)

    def look_up(self, ops: Sequence[Op]) -> None:
        """Look up what reading `ops` needs to know: the days of their shifts."""
        self._origin.days.update(session_days(self._connection, ops))

    def read(self, op: Op, effects: Effects) -> Judgement:
        """Add what a fact does to `effects`; nothing while one about the same thing waits."""
        if self._blocked and aggregate_of(op) in self._blocked:
            return Judgement(WAITING)
        return read_effects(op, self._origin, effects)

    def write(self, effects: Effects) -> bool:
        """Write effects in a savepoint; False, and nothing is written, when one cannot be."""
        try:
            with self._connection.begin_nested():
                effects.write(self._connection, self._connector)
        except CANNOT_HAVE_EFFECT:
            return False
        return True

    def apply_alone(self, op: Op) -> tuple[Judgement, bool]:
        """Apply one fact; return how it stands, and whether it was tried in vain."""
        effects = Effects()
        judgement = self.read(op, effects)
        if judgement.outcome == WAITING:
            return judgement, False
        if self.write(effects):
            return as_found(op, judgement, effects), False
        self._blocked.add(aggregate_of(op))
        return Judgement(WAITING), True


def apply_now(
    connection: Connection, connector: Connector, origin: Origin, op: Op
) -> Judgement | None:
    """Apply a stored fact in a savepoint; None, and nothing is written, when it cannot be."""
    origin.days.update(session_days(connection, [op]))
    effects = Effects()
    judgement = read_effects(op, origin, effects)
    try:
        with connection.begin_nested():
            effects.write(connection, connector)
    except CANNOT_HAVE_EFFECT:
        return None
    return as_found(op, judgement, effects)


def stored_op(row: Row[Any]) -> Op:
    """Return the fact in a row of `inbox` or `conflict`."""
    return Op(
        op_id=row.op_id,
        seq=row.seq,
        kind=row.kind,
        occurred_at_ms=row.occurred_at_ms,
        body_json=row.body_json,
        prev_hash=row.prev_hash,
        hash=row.hash,
        signature=row.signature,
    )


def blocked_aggregates(connection: Connection, till: str) -> set[str]:
    """Return what the facts of a till are about that could not be applied yet."""
    wanted = select(inbox.c.aggregate).where(inbox.c.till == till, inbox.c.aggregate != "")
    return set(connection.scalars(wanted.distinct()))


def outcome_on_wire(judgement: Judgement) -> tuple[Outcome, str]:
    """Return outcome and code as a till is told them."""
    if judgement.outcome == WAITING:
        return Outcome.PARKED, WAITING
    return Outcome(judgement.outcome), judgement.code

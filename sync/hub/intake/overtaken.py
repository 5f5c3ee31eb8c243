"""Facts of an epoch that come after those of a later one: a hub that went back is told so."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sync.hub.intake.applying import Applying, stored_op
from sync.hub.intake.effects import Effects
from sync.hub.tables import inbox, till_mark
from sync.wire.v1.push import Op

BEGINNINGS = frozenset({"session.opened", "card.requested"})
ENDINGS = frozenset({"session.closed", "card.resolved"})


def is_overtaken(connection: Connection, till: str, epoch: int, ops: Sequence[Op]) -> bool:
    """True when `ops` begin something that facts of a later epoch may have gone on with."""
    if not any(op.kind in BEGINNINGS for op in ops):
        return False
    mark = till_mark.c
    later = (mark.till == till, mark.epoch > epoch, mark.received_through > 0)
    return connection.execute(select(mark.epoch).where(*later).limit(1)).first() is not None


def end_again(connection: Connection, applying: Applying, till: str, epoch: int) -> None:
    """Let later epochs end the shifts and card payments that are known by now.

    They only change what is there: doing it once more changes nothing.
    """
    fact = inbox.c
    rows = connection.execute(
        select(inbox)
        .where(fact.till == till, fact.epoch > epoch, fact.kind.in_(sorted(ENDINGS)))
        .order_by(fact.epoch, fact.seq)
    )
    effects = Effects()
    for row in rows:
        applying.read(stored_op(row), effects)
    applying.write(effects)

"""Begins the next epoch of a till: a chain and numbers of its own, linked to what was before.

After a restore, or when another copy of the till is found to be alive, going on in the same
epoch would give out numbers twice.
"""

from __future__ import annotations

import hashlib
import uuid

from pos.domain.errors import StoreUnavailable
from pos.domain.journal import ChainHead, FactKind
from pos.store.facts import CurrentEpoch, StoredJournal
from pos.store.statements import Statements
from pos.store.trust import fact_signer

RESTORED = "restored"  # the reason of a till that was set up from a copy

_LAST = "SELECT epoch, seq, hash FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1"


class EpochTooLow(StoreUnavailable):
    """The till has been in that epoch, or in a later one: its numbers may have been given."""


def begin_epoch(sql: Statements, epoch: int, reason: str, now_ms: int) -> None:
    """Move the till to `epoch` in the transaction of `sql`; its next act is chained there.

    The first fact of the epoch says where the one before it ended. May be called while the
    till is open: the till reads its epoch in each transaction.

    Args:
        reason: Why, as a code: ``restored``, ``copied``, ``enrolled``.
        now_ms: UTC, Unix milliseconds.

    Raises:
        EpochTooLow: `epoch` is not higher than every one this file knows.
    """
    till, current = sql.rows("SELECT till, epoch FROM till_identity")[0]
    last_epoch, seq, digest = sql.one(_LAST) or (0, 0, ChainHead().hash)
    if epoch <= max(current, last_epoch):
        raise EpochTooLow(f"epoch {epoch} after {max(current, last_epoch)}")
    sql.run("UPDATE till_identity SET epoch = ?", (epoch,))
    journal = StoredJournal(sql, till, CurrentEpoch(sql), fact_signer(sql))
    journal.append(
        FactKind.EPOCH_BEGUN,
        {
            "epoch": epoch,
            "reason": reason,
            "previous": {"epoch": last_epoch, "seq": seq, "hash": digest},
        },
        op_id=_op_id(now_ms, f"{till}/{epoch}/{reason}/{digest}"),
        at_ms=now_ms,
        session_id=None,
    )


def _op_id(now_ms: int, said: str) -> str:
    """Return a UUIDv7 whose random bits come from what is said: the same act has one id."""
    stamp = max(now_ms, 0).to_bytes(8, "big")[2:]
    value = bytearray(stamp + hashlib.sha256(said.encode()).digest()[:10])
    value[6] = value[6] & 0x0F | 0x70
    value[8] = value[8] & 0x3F | 0x80
    return str(uuid.UUID(bytes=bytes(value)))

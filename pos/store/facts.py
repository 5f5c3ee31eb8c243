"""The journal and what rides on it: the queue for the hub, and the receipt numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from pos.domain.collection_events import FACTS as ORDER_FACTS
from pos.domain.journal import Body, ChainHead, Fact, FactKind, next_fact
from pos.domain.numbering import DocumentKind, ReceiptNumber, series_of
from pos.store.statements import Row, Statements, insert_into

_COLUMNS = (
    "epoch", "seq", "op_id", "kind", "occurred_at_ms", "session_id", "body_json", "prev_hash",
    "hash", "signature",
)  # fmt: skip
_INSERT = insert_into("journal", _COLUMNS)
_OF_ORDER = insert_into("order_fact", ("entry", "order_id", "kind", "at_ms"))
_QUEUE = "INSERT INTO outbox (entry, state, reason) VALUES (?, ?, '')"
_EPOCH = "SELECT epoch FROM till_identity"
_HEAD = "SELECT seq, hash FROM journal WHERE epoch = ? ORDER BY seq DESC LIMIT 1"
_NEXT_NUMBER = (
    "INSERT INTO number_series (series, last) VALUES (?, 1)"
    " ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last"
)

FACT_COLUMNS = "epoch, seq, op_id, kind, occurred_at_ms, body_json, prev_hash, hash, signature"

Sign = Callable[[str], str]  # the signature over the hash of a fact


@dataclass(frozen=True, slots=True)
class TillIdentity:
    """Which till this is, and the epoch it was made in or was in when this was read.

    The epoch rises while the till is open too (`pos.store.epochs`): `CurrentEpoch` knows it.
    """

    till: str
    shop: str
    number: int
    epoch: int = 1


def fact_from_row(till: str, row: Row) -> Fact:
    """Return the fact whose `FACT_COLUMNS` were read."""
    epoch, seq, op_id, kind, occurred_at_ms, body_json, prev_hash, digest, signature = row
    return Fact(
        till, epoch, seq, op_id, FactKind(kind), occurred_at_ms, body_json, prev_hash, digest,
        signature,
    )  # fmt: skip


def put_fact(
    sql: Statements, fact: Fact, *, session_id: str | None, state: str = "queued"
) -> None:
    """Store a fact and its outbox entry, and which order it tells of.

    Args:
        state: What the outbox says of it (`pos.store.tables.outbox`).

    Raises:
        KeyError: It is of an order and does not say of which.
    """
    entry = sql.insert(
        _INSERT,
        (fact.epoch, fact.seq, fact.op_id, fact.kind.value, fact.occurred_at_ms, session_id,
         fact.body_json, fact.prev_hash, fact.hash, fact.signature),
    )  # fmt: skip
    sql.run(_QUEUE, (entry, state))
    if fact.kind in ORDER_FACTS:
        kind, at_ms = fact.kind.value, fact.occurred_at_ms
        sql.run(_OF_ORDER, (entry, fact.body["order_id"], kind, at_ms))


class CurrentEpoch:
    """The epoch the till is in, read once per transaction: the agent may begin the next one."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    @cached_property
    def value(self) -> int:
        ((epoch,),) = self._sql.rows(_EPOCH)
        return int(epoch)


class StoredJournal:
    """`ports.Journal`: a fact and its outbox entry, in the transaction of the act."""

    def __init__(self, statements: Statements, till: str, epoch: CurrentEpoch, sign: Sign) -> None:
        self._sql = statements
        self._till = till
        self._epoch = epoch
        self._sign = sign
        self._head: ChainHead | None = None

    def append(
        self, kind: FactKind, body: Body, *, op_id: str, at_ms: int, session_id: str | None
    ) -> Fact:
        """Chain a fact to the last one and queue it for the hub."""
        fact = next_fact(
            self.head(),
            till=self._till,
            epoch=self._epoch.value,
            op_id=op_id,
            kind=kind,
            occurred_at_ms=at_ms,
            body=body,
        )
        signed = replace(fact, signature=self._sign(fact.hash))
        put_fact(self._sql, signed, session_id=session_id)
        self._head = ChainHead(fact.seq, fact.hash)
        return signed

    def head(self) -> ChainHead:
        """Return the last link of this epoch, read once per transaction."""
        if self._head is None:
            row = self._sql.one(_HEAD, (self._epoch.value,))
            self._head = ChainHead() if row is None else ChainHead(*row)
        return self._head


class StoredNumbers:
    """`ports.Numbers` on the table number_series."""

    def __init__(self, statements: Statements, till_number: int, epoch: CurrentEpoch) -> None:
        self._sql = statements
        self._till_number = till_number
        self._epoch = epoch

    def next(self, kind: DocumentKind) -> ReceiptNumber:
        """Take the next number; it is given back only by rolling the transaction back."""
        series = series_of(kind, till_number=self._till_number, epoch=self._epoch.value)
        (last,) = self._sql.rows(_NEXT_NUMBER, (series,))[0]
        return ReceiptNumber(series, last)

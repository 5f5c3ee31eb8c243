"""The agent's side of till.db: what the hub must still be told, and what it told us.

Every write is one short transaction; when the till keeps the file busy it is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pos.domain.journal import GENESIS_HASH, ChainHead, Fact
from pos.domain.printing import EmailJob
from pos.domain.standing import NoticeName
from pos.store import agreement, email_queue, orders, promotions, revocation, shop_tickets, trust
from pos.store.agreement import PUT_ACK, Agreement
from pos.store.customers import CURSOR as CUSTOMERS
from pos.store.customers import CustomersTold, drop_sent, mirror, sent_beside
from pos.store.desk_items import MIRROR, mirror_rows
from pos.store.digest import Digest, digest
from pos.store.engine import StoreBusy, make_engine, transaction
from pos.store.epochs import begin_epoch
from pos.store.facts import FACT_COLUMNS, fact_from_row
from pos.store.hub_settings import mirror_settings
from pos.store.notices import PULLED, PUT_MARK, PUT_NOTICE
from pos.store.orders import OrdersTold
from pos.store.people import WithPin, mirror_staff
from pos.store.promotions import PromotionsTold
from pos.store.shop_tickets import MirroredTicket
from pos.store.statements import Statements, from_json, to_json

TRIES_WHEN_BUSY = 5
FACT_OVERHEAD_BYTES = 400  # what a fact's ids and hashes weigh in a message, beside its body

_COLUMNS = ", ".join(f"j.{name}" for name in FACT_COLUMNS.split(", "))
_FROM = (
    f"SELECT {_COLUMNS} FROM journal j WHERE j.epoch = ? AND j.seq >= ?"  # noqa: S608
    " ORDER BY j.seq LIMIT ?"
)
# The term on 'acknowledged' repeats the partial index's own, or SQLite would not use it.
_WAITING = (
    f"SELECT {_COLUMNS} FROM outbox o CROSS JOIN journal j ON j.entry = o.entry"  # noqa: S608
    " WHERE o.state <> 'acknowledged' AND o.state <> 'parked' ORDER BY o.entry LIMIT ?"
)
_COUNTS = "SELECT state, count(*) FROM outbox WHERE state <> 'acknowledged' GROUP BY state"
_OLDEST = (
    "SELECT j.occurred_at_ms FROM outbox o CROSS JOIN journal j ON j.entry = o.entry"
    " WHERE o.state <> 'acknowledged' ORDER BY o.entry LIMIT 1"
)
_PARKED = (
    "SELECT j.epoch, j.seq, j.kind, o.reason FROM outbox o CROSS JOIN journal j"
    " ON j.entry = o.entry WHERE o.state <> 'acknowledged' AND o.state = 'parked'"
    " ORDER BY o.entry LIMIT ?"
)
_DROP_NOTICE = "DELETE FROM notice WHERE name = ?"
_ACKNOWLEDGE = (
    "UPDATE outbox SET state = 'acknowledged', reason = ''"
    # The term on 'acknowledged' again: else every fact there ever was is looked at, locked.
    " WHERE state <> 'acknowledged' AND state <> 'parked'"  # parked: a person looks at it first
    " AND entry BETWEEN (SELECT entry FROM journal WHERE epoch = :epoch ORDER BY seq LIMIT 1)"
    " AND (SELECT entry FROM journal WHERE epoch = :epoch AND seq = :seq)"
    # Facts that a restored till fetched back stand after those of the epoch it began.
    " AND EXISTS (SELECT 1 FROM journal j WHERE j.entry = outbox.entry AND j.epoch = :epoch)"
)
_PARK = (
    "UPDATE outbox SET state = 'parked', reason = ?"
    " WHERE entry = (SELECT entry FROM journal WHERE epoch = ? AND seq = ?)"
)
_LOWER_ACK = (
    "UPDATE hub_ack SET through_seq = ?, chain_head = ? WHERE epoch = ? AND through_seq >= ?"
)
_PUT_CURSOR = (
    "INSERT INTO sync_cursor (stream, cursor) VALUES (?, ?)"
    " ON CONFLICT (stream) DO UPDATE SET cursor = excluded.cursor"
)
# What the hub says with each answer; what it no longer says no longer holds.
SAID_BY_THE_HUB = frozenset({NoticeName.CLONED.value, NoticeName.STOPPED.value})

Result = TypeVar("Result")


class ChainDiffers(Exception):
    """The hub acknowledges something this till never said: nothing is marked, a person looks."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How much the hub must still be told; `oldest_ms` is when the oldest of it happened."""

    queued: int
    parked: int
    oldest_ms: int | None


@dataclass(frozen=True, slots=True)
class HubAck:
    """The hub's last verified mark for an epoch."""

    through_seq: int
    chain_head: str
    hub_time_ms: int


class AgentStore:
    """What the agent reads and writes in till.db; it never touches a fact or a sale."""

    def __init__(self, path: Path, *, key: bytes | None) -> None:
        """Open the database of a till that `create_till` made and the till keeps current."""
        self._writer = make_engine(path, key=key)
        self._reader = make_engine(path, key=key, read_only=True)
        row = self._read(lambda sql: sql.rows("SELECT till FROM till_identity"))
        self.till = str(row[0][0])

    def close(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()

    # -- facts

    def pending(self, limit: int, max_bytes: int) -> list[Fact]:
        """Return the oldest facts the hub has not acknowledged, of one epoch and in sequence.

        At most `limit` of them and about `max_bytes` as sent, but always the first one.
        """
        return self._facts(_WAITING, (limit,), max_bytes)

    def facts_from(self, epoch: int, seq: int, limit: int, max_bytes: int) -> list[Fact]:
        """Return facts from `seq` on, acknowledged or not: what a hub that lost some asks for.

        Acknowledged facts are kept for ever, so that there is no limit to how far back.
        """
        return self._facts(_FROM, (epoch, seq, limit), max_bytes)

    def beside(self, op_ids: Iterable[str]) -> dict[str, str]:
        """Return what goes beside facts and may not be in them, by op id."""
        return self._read(lambda sql: sent_beside(sql, op_ids))

    def head(self) -> tuple[int, ChainHead]:
        """Return the epoch and the end of the journal, epoch 0 while nothing happened."""
        query = "SELECT epoch, seq, hash FROM journal ORDER BY entry DESC LIMIT 1"
        row = self._read(lambda sql: sql.one(query))
        return (0, ChainHead()) if row is None else (row[0], ChainHead(row[1], row[2]))

    def queue_state(self) -> QueueState:
        """Count what waits."""

        def read(sql: Statements) -> QueueState:
            counts: dict[str, int] = dict(sql.rows(_COUNTS))
            oldest = sql.one(_OLDEST)
            parked = counts.pop("parked", 0)
            return QueueState(sum(counts.values()), parked, None if oldest is None else oldest[0])

        return self._read(read)

    def mark_acknowledged(
        self, epoch: int, through_seq: int, chain_head: str, hub_time_ms: int
    ) -> int:
        """Mark everything up to `through_seq` as stored by the hub; return how many were.

        The hub's mark never sinks here: what a hub that went back gets again is not all it lacks.

        Raises:
            ChainDiffers: The hub's chain head is not the hash of our fact of that number.
        """

        def write(sql: Statements) -> int:
            ours = _hash_of(sql, epoch, through_seq)
            if ours != chain_head:
                raise ChainDiffers(f"epoch {epoch}, seq {through_seq}: {chain_head}, not {ours}")
            marked = sql.run_named(_ACKNOWLEDGE, {"epoch": epoch, "seq": through_seq})
            drop_sent(sql)
            sql.run(PUT_ACK, (epoch, through_seq, chain_head, hub_time_ms))
            return marked

        return self._write(write)

    def last_ack(self, epoch: int) -> HubAck | None:
        """Return the hub's last mark for an epoch."""
        query = "SELECT through_seq, chain_head, hub_time_ms FROM hub_ack WHERE epoch = ?"
        row = self._read(lambda sql: sql.one(query, (epoch,)))
        return None if row is None else HubAck(*row)

    def park(self, epoch: int, seq: int, reason: str) -> None:
        """Set a fact aside, loudly: it cannot be sent, or the hub holds another in its place.

        Also one that was acknowledged, by a hub that went back since: its mark goes back too.
        """

        def write(sql: Statements) -> None:
            sql.run(_PARK, (reason, epoch, seq))
            before = _hash_of(sql, epoch, seq - 1)
            sql.run(_LOWER_ACK, (seq - 1, before, epoch, seq))

        self._write(write)

    def release_parked(self) -> int:
        """Queue what was parked again, by a person's decision; return how many."""
        statement = "UPDATE outbox SET state = 'queued', reason = '' WHERE state = 'parked'"
        return self._write(lambda sql: sql.run(statement))

    def epoch(self) -> int:
        """Return the epoch in which the till gives out numbers."""
        row = self._read(lambda sql: sql.rows("SELECT epoch FROM till_identity"))
        return int(row[0][0])

    def begin_epoch(self, epoch: int, reason: str, now_ms: int) -> None:
        """Move the till to an epoch, its notice with it; the next act is chained there.

        Raises:
            EpochTooLow: The till has been in that epoch, or in a later one.
        """

        def write(sql: Statements) -> None:
            begin_epoch(sql, epoch, reason, now_ms)
            sql.run(PUT_NOTICE, (NoticeName.EPOCH_MOVED.value, to_json({"epoch": epoch}), now_ms))

        self._write(write)

    def epochs(self) -> list[int]:
        """Return the epochs the hub has acknowledged facts of, the first one first."""
        return self._read(agreement.epochs)

    def agreement(self, epoch: int, after: int) -> Agreement | None:
        """Return what is to be compared of an epoch; see `pos.store.agreement`."""
        return self._read(lambda sql: agreement.agreement(sql, epoch, after))

    def first_of_day(self, epoch: int, day: str) -> int:
        """Return the number of the first fact of a business day (ISO) in an epoch."""
        return self._read(lambda sql: agreement.first_of_day(sql, epoch, day))

    def parked_facts(self, limit: int) -> list[tuple[int, int, str, str]]:
        """Return epoch, number, kind and reason of facts that were set aside, oldest first."""
        return self._read(
            lambda sql: [(int(e), int(n), k, r) for e, n, k, r in sql.rows(_PARKED, (limit,))]
        )

    def apply_notices(self, notices: Mapping[str, int]) -> None:
        """Keep which of `SAID_BY_THE_HUB` hold, by name, and since when (UTC ms)."""

        def write(sql: Statements) -> None:
            sql.run_many(_DROP_NOTICE, [(name,) for name in SAID_BY_THE_HUB - set(notices)])
            held = SAID_BY_THE_HUB & set(notices)
            sql.run_many(PUT_NOTICE, [(name, "", notices[name]) for name in sorted(held)])

        self._write(write)

    def notices(self) -> list[tuple[str, int]]:
        """Return name and beginning (UTC ms) of everything the till must be told of itself."""
        query = "SELECT name, since_ms FROM notice ORDER BY since_ms, name"
        return self._read(lambda sql: [(str(name), int(at)) for name, at in sql.rows(query)])

    def digest(self, business_day: str | None = None) -> Digest:
        """Sum up an accounting day, or everything, for comparing with the hub."""
        return self._read(lambda sql: digest(sql, business_day))

    # -- what the hub says

    def cursor(self, stream: str) -> int:
        """Return up to where a stream was taken; 0 at first."""
        query = "SELECT cursor FROM sync_cursor WHERE stream = ?"
        row = self._read(lambda sql: sql.one(query, (stream,)))
        return 0 if row is None else int(row[0])

    def apply_staff(
        self, people: Iterable[WithPin], cursor: int, *, only: Collection[str] = ()
    ) -> None:
        """Take over people with the hash of their PIN, and the cursor; see `mirror_staff`."""
        self.apply("staff", cursor, lambda sql: mirror_staff(sql, people, only=only))

    def apply_settings(
        self, settings: Mapping[str, Any], cursor: int, *, only: Collection[str] = ()
    ) -> None:
        """Take over settings, and the cursor of the stream; see `mirror_settings`."""
        self.apply("settings", cursor, lambda sql: mirror_settings(sql, settings, only=only))

    def apply_desk(self, items: Iterable[Mapping[str, Any]], cursor: int) -> None:
        """Take over items of the conflict desk as the hub sent them, and the cursor."""
        self.apply("desk", cursor, lambda sql: sql.run_many(MIRROR, mirror_rows(items)))

    def apply_shop_tickets(
        self, tickets: Iterable[MirroredTicket], cursor: int, *, hub_time_ms: int
    ) -> None:
        """Take over which tickets wait in the shop, and the cursor of the stream."""
        self.apply(
            shop_tickets.CURSOR,
            cursor,
            lambda sql: shop_tickets.mirror(sql, tickets, hub_time_ms=hub_time_ms),
        )

    def apply_orders(self, page: OrdersTold, cursor: int, *, at_ms: int) -> None:
        """Take over orders to collect at `at_ms` (UTC ms), and the cursor of the stream."""
        self.apply(
            orders.CURSOR, cursor, lambda sql: orders.mirror(sql, self.till, page, at_ms=at_ms)
        )

    def confirm_orders(self, *, at_ms: int, hub_time_ms: int) -> None:
        """Note that the orders are still as the hub has them (UTC ms, ours and the hub's)."""
        self._write(lambda sql: orders.confirm(sql, at_ms=at_ms, hub_time_ms=hub_time_ms))

    def apply_promotions(self, told: PromotionsTold, cursor: int) -> None:
        """Take over promotions, and the cursor of the stream."""
        self.apply(promotions.CURSOR, cursor, lambda sql: promotions.mirror(sql, told))

    def apply_customers(self, told: CustomersTold, cursor: int, *, at_ms: int) -> None:
        """Take over customers at `at_ms` (UTC ms), and the cursor of the stream."""
        self.apply(CUSTOMERS, cursor, lambda sql: mirror(sql, told, at_ms=at_ms))

    def note_pulled(self, at_ms: int) -> None:
        """Keep when everything was last taken in whole (UTC ms)."""
        self._write(lambda sql: sql.run(PUT_MARK, (PULLED, at_ms)))

    def trust(self, name: str) -> str:
        """Return what is kept under a name of `pos.store.trust`, empty when nothing is."""
        return self._read(lambda sql: trust.read(sql, name))

    def is_revoked(self) -> bool:
        """Return whether the hub said that it lets this till in no more."""
        return self._read(revocation.is_revoked)

    def note_revoked(self, at_ms: int) -> None:
        """Keep that the till is revoked, since when (UTC ms), and drop what it knows of people."""
        self._write(lambda sql: revocation.note_revoked(sql, at_ms))

    def note_admitted(self) -> None:
        """Forget that the till was revoked."""
        self._write(revocation.note_admitted)

    def setting(self, key: str) -> Any:
        """Return a setting (parsed JSON), or None."""
        row = self._read(lambda sql: sql.one("SELECT value FROM setting WHERE key = ?", (key,)))
        return None if row is None else from_json(row[0])

    # -- receipts by e-mail

    def next_email(self, now_ms: int) -> EmailJob | None:
        """Return the receipt whose turn it is to be sent."""
        return self._read(lambda sql: email_queue.next_email(sql, now_ms))

    def mark_email_sent(self, job_id: str) -> None:
        """Note that a receipt was sent, and forget to whom."""
        self._write(lambda sql: email_queue.mark_sent(sql, job_id))

    def mark_email_failed(self, job_id: str, error: str, next_try_at_ms: int | None) -> None:
        """Note why a receipt was not sent and when to try again; None gives up."""
        self._write(lambda sql: email_queue.mark_failed(sql, job_id, error, next_try_at_ms))

    def apply(self, stream: str, cursor: int, mirror: Callable[[Statements], object]) -> None:
        """Take over what came down, and move the cursor in the same transaction."""

        def write(sql: Statements) -> None:
            mirror(sql)
            sql.run(_PUT_CURSOR, (stream, cursor))

        self._write(write)

    def _facts(self, query: str, parameters: tuple[int, ...], max_bytes: int) -> list[Fact]:
        def read(sql: Statements) -> list[Fact]:
            chosen: list[Fact] = []
            room = max_bytes
            for row in sql.stream(query, parameters):
                fact = fact_from_row(self.till, row)
                room -= len(fact.body_json.encode()) + FACT_OVERHEAD_BYTES
                if chosen and (room < 0 or not _follows(chosen[-1], fact)):
                    break
                chosen.append(fact)
            return chosen

        return self._read(read)

    def _read(self, act: Callable[[Statements], Result]) -> Result:
        with transaction(self._reader) as connection:
            return act(Statements(connection))

    def _write(self, act: Callable[[Statements], Result]) -> Result:
        for _ in range(TRIES_WHEN_BUSY - 1):
            try:
                return self._write_once(act)
            except StoreBusy:
                continue
        return self._write_once(act)

    def _write_once(self, act: Callable[[Statements], Result]) -> Result:
        with transaction(self._writer) as connection:
            return act(Statements(connection))


def _hash_of(sql: Statements, epoch: int, seq: int) -> str | None:
    if seq == 0:
        return GENESIS_HASH
    row = sql.one("SELECT hash FROM journal WHERE epoch = ? AND seq = ?", (epoch, seq))
    return None if row is None else str(row[0])


def _follows(before: Fact, after: Fact) -> bool:
    return (before.epoch, before.seq + 1) == (after.epoch, after.seq)

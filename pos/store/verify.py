"""Looks through a till's data folder for anything that cannot be: the invariants of a till.

I2 no half sale · I3 chain valid · I4 numbers gapless and unique · I5 one outbox entry per fact ·
I7 drawer cash = float + movements · I8 no card intent without an outcome or an owner · I9 the
file itself is sound · I10 nothing comes back twice or for more than was paid · I11 one handover
for each order, and its sale · and the rows of sales and returns say what their facts say.
(I6 needs the hub's digest.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from pos.domain.errors import StoreUnavailable
from pos.domain.journal import GENESIS_HASH, ChainHead, FactKind, chain_hash
from pos.domain.till_session import expected_cash
from pos.store.engine import make_engine, transaction
from pos.store.epochs import RESTORED
from pos.store.facts import FACT_COLUMNS
from pos.store.figures import session_figures
from pos.store.migrate import stored_revision
from pos.store.reports import count_from_json
from pos.store.statements import Statements, from_json
from pos.store.tables import SCHEMA_REVISION
from pos.store.verify_orders import order_violations
from pos.store.verify_returns import return_violations
from pos.store.verify_sales import sale_violations

# Every table is read several times: what stays in memory is decrypted once.
_CACHE = "PRAGMA cache_size = -65536"
# Numbered papers, where their perpetual totals are, and what those count.
_PAPERS = (("sale", "series_total", "sales"), ("return_document", "return_total", "returns"))
# The names are our own constants.
_GAPS = (
    "SELECT series, min(sequence), max(sequence), count(*) FROM {papers} GROUP BY series"
    " HAVING min(sequence) <> 1 OR max(sequence) <> count(*)"
)
_COUNTERS = (
    "SELECT n.series, n.last, max(s.sequence) FROM number_series n"
    " JOIN {papers} s ON s.series = n.series GROUP BY n.series HAVING max(s.sequence) <> n.last"
)
_TOTALS = (
    "SELECT s.series, t.total, sum(s.total) FROM {papers} s"
    " LEFT JOIN {totals} t ON t.series = s.series GROUP BY s.series"
    " HAVING t.total IS NOT sum(s.total) OR t.{counted} IS NOT count(*)"
)
_UNQUEUED = (
    "SELECT j.epoch, j.seq FROM journal j LEFT JOIN outbox o ON o.entry = j.entry"
    " WHERE o.entry IS NULL"
)
_FACTLESS = (
    "SELECT o.entry FROM outbox o LEFT JOIN journal j ON j.entry = o.entry WHERE j.entry IS NULL"
)
# An intent is looked after while its ticket is at the counter or parked: a person will be asked.
_LOST_INTENTS = (
    "SELECT c.attempt_id, c.state FROM card_attempt c"
    " LEFT JOIN ticket t ON t.basket_id = c.basket_id"
    " WHERE c.state IN ('requested', 'unknown') AND t.basket_id IS NULL"
)
# One that was promised without the hub waits for it, and the shift may end meanwhile.
_LOST_REFUNDS = (
    "SELECT r.refund_id, r.state FROM return_refund r"
    " JOIN return_document d ON d.return_key = r.return_key"
    " JOIN till_session t ON t.session_id = d.session_id"
    " WHERE r.means = 'card' AND r.state IN ('requested', 'unknown')"
    " AND t.closed_at_ms IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM json_each(d.flags) WHERE value = 'offline')"
)
_UNUSED_APPROVALS = (
    "SELECT c.attempt_id FROM card_attempt c LEFT JOIN ticket t ON t.basket_id = c.basket_id"
    " LEFT JOIN sale s ON s.sale_id = c.basket_id"
    " LEFT JOIN sale_tender p ON p.sale_key = s.sale_key AND p.reference = c.attempt_id"
    " WHERE c.state = 'approved' AND t.basket_id IS NULL AND p.sale_key IS NULL"
)

FACTS_AT_THE_END = 1_000
_FACTS = f"SELECT {FACT_COLUMNS} FROM journal ORDER BY epoch, seq"  # noqa: S608
_FACTS_OF = f"SELECT {FACT_COLUMNS} FROM journal WHERE epoch = ? AND seq > ? ORDER BY seq"  # noqa: S608
_LAST = "SELECT epoch, seq FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that cannot be; `code` is the invariant's."""

    code: str
    message: str


Check = Callable[[Statements], Iterator[Violation]]


def verify(path: Path, *, key: bytes | None, is_quick: bool = False) -> list[Violation]:
    """Return every violation in the till.db at `path`, none when all is well.

    Args:
        is_quick: Read every page and reference, the numbers and the end of the chain, and not
            every fact and sale: what a copy of a file that was sound is held to.

    Raises:
        StoreUnavailable: The file cannot be opened.
    """
    engine = make_engine(path, key=key, read_only=True)
    found: list[Violation] = []
    is_open = False
    try:
        with transaction(engine) as connection:
            revision = stored_revision(connection)
            is_open = True
            if revision == SCHEMA_REVISION:
                sql = Statements(connection)
                sql.run(_CACHE)
                found.extend(_all(sql, _QUICK if is_quick else _WHOLE))
            else:
                found.append(Violation("I9", f"schema {revision}, not {SCHEMA_REVISION}"))
    except (DBAPIError, driver.DatabaseError, StoreUnavailable) as error:
        if not is_open:
            raise
        found.append(Violation("I9", f"the file cannot be read: {error}"))
    finally:
        engine.dispose()
    return found


def _all(sql: Statements, checks: Iterable[Check]) -> Iterator[Violation]:
    """Yield everything that is wrong; of a file that is not sound nothing else can be asked."""
    unsound = list(_file(sql))
    yield from unsound
    if not unsound:
        for check in checks:
            yield from check(sql)


def _file(sql: Statements) -> Iterator[Violation]:
    for (message,) in sql.rows("PRAGMA integrity_check"):
        if message != "ok":
            yield Violation("I9", f"integrity: {message}")
    for table, rowid, parent, _ in sql.rows("PRAGMA foreign_key_check"):
        yield Violation("I9", f"{table} row {rowid} has no {parent}")


def _chain(sql: Statements) -> Iterator[Violation]:
    return _links_of(sql, _FACTS, ())


def _chain_end(sql: Statements) -> Iterator[Violation]:
    """Look at the last facts of the present epoch only."""
    row = sql.one(_LAST)
    if row is not None:
        epoch, seq = row
        first = max(seq - FACTS_AT_THE_END, 0)
        found = sql.one("SELECT hash FROM journal WHERE epoch = ? AND seq = ?", (epoch, first))
        head = ChainHead(first, GENESIS_HASH if found is None else found[0])
        yield from _links_of(sql, _FACTS_OF, (epoch, first), {epoch: head})


def _links_of(
    sql: Statements,
    query: str,
    parameters: tuple[int, ...],
    begun: Mapping[int, ChainHead] | None = None,
) -> Iterator[Violation]:
    """Go along the chain; `begun` is where each epoch stood before the facts of the query."""
    identity = sql.one("SELECT till FROM till_identity")
    if identity is None:
        yield Violation("I3", "the file does not say which till it is")
        return
    heads = dict(begun or {})
    unlinked: list[str] = []
    facts = sql.stream(query, parameters)
    for epoch, seq, op_id, kind, at_ms, body_json, prev_hash, digest, _ in facts:
        before = heads.get(epoch, ChainHead())
        where = f"fact {epoch}/{seq}"
        if epoch not in heads:
            link = _begun(kind, body_json)
            if heads and not _links(sql, link, epoch):
                unlinked.append(where)
            if link.reason == RESTORED:
                unlinked.clear()
        if seq != before.seq + 1:
            yield Violation("I3", f"{where} follows {before.seq}")
        if prev_hash != before.hash:
            yield Violation("I3", f"{where} is not chained to the one before")
        said = chain_hash(
            till=identity[0],
            epoch=epoch,
            seq=seq,
            op_id=op_id,
            kind=kind,
            occurred_at_ms=at_ms,
            body_json=body_json,
            prev_hash=prev_hash,
        )
        if said != digest:
            yield Violation("I3", f"{where} was changed")
        heads[epoch] = ChainHead(seq, digest)
    for where in unlinked:
        yield Violation("I3", f"{where} begins an epoch and is not linked to the one before")


@dataclass(frozen=True, slots=True)
class _Begun:
    """What the first fact of an epoch says: why, and where the till was before."""

    reason: str = ""
    epoch: int = 0
    seq: int = 0
    hash: str = ""


def _begun(kind: str, body_json: str) -> _Begun:
    if kind != FactKind.EPOCH_BEGUN.value:
        return _Begun()
    try:
        body = from_json(body_json)
        previous = body["previous"]
        return _Begun(body["reason"], previous["epoch"], previous["seq"], previous["hash"])
    except (ValueError, TypeError, LookupError):
        return _Begun()


def _links(sql: Statements, link: _Begun, epoch: int) -> bool:
    """True when an epoch was begun after a fact of an earlier one that is here.

    What was fetched from the hub after an epoch was begun without it comes behind that fact. A
    restored till holds what the hub has in each chain: not what a copy of it did beside one
    before it began an epoch of its own.
    """
    if (link.seq, link.hash) == (0, GENESIS_HASH):
        return True
    row = sql.one("SELECT hash FROM journal WHERE epoch = ? AND seq = ?", (link.epoch, link.seq))
    return link.epoch < epoch and row is not None and row[0] == link.hash


def _sales(sql: Statements) -> Iterator[Violation]:
    for message in sale_violations(sql):
        yield Violation("I2", message)


def _returns(sql: Statements) -> Iterator[Violation]:
    for message in return_violations(sql):
        yield Violation("I10", message)


def _orders(sql: Statements) -> Iterator[Violation]:
    for message in order_violations(sql):
        yield Violation("I11", message)


def _numbers(sql: Statements) -> Iterator[Violation]:
    for papers, totals, counted in _PAPERS:
        for series, first, last, count in sql.rows(_GAPS.format(papers=papers)):
            yield Violation("I4", f"series {series}: {count} numbers from {first} to {last}")
        for series, last, highest in sql.rows(_COUNTERS.format(papers=papers)):
            yield Violation("I4", f"series {series} counts {last}, its last number is {highest}")
        kept_totals = _TOTALS.format(papers=papers, totals=totals, counted=counted)
        for series, kept, summed in sql.rows(kept_totals):
            message = f"perpetual total {kept}, {counted} come to {summed}"
            yield Violation("I4", f"series {series}: {message}")


def _outbox(sql: Statements) -> Iterator[Violation]:
    for epoch, seq in sql.rows(_UNQUEUED):
        yield Violation("I5", f"fact {epoch}/{seq} is not in the outbox")
    for (entry,) in sql.rows(_FACTLESS):
        yield Violation("I5", f"outbox entry {entry} has no fact")


def _drawer(sql: Statements) -> Iterator[Violation]:
    """Hold each closed shift's fact against what its rows come to."""
    sessions = sql.rows(
        "SELECT t.session_id, t.number, t.currency, t.opening_float, j.body_json"
        " FROM till_session t JOIN journal j ON j.session_id = t.session_id AND j.kind = ?"
        " AND j.kind NOT IN ('sale.completed', 'receipt.printed')",
        (FactKind.SESSION_CLOSED.value,),
    )
    for session_id, number, currency, opening_float, body_json in sessions:
        figures = session_figures(sql, session_id, currency)
        opening = count_from_json(opening_float, currency).total
        cash = expected_cash(opening, figures)
        body = from_json(body_json)
        for what, stated, found in (
            ("cash", body.get("expected"), cash.minor),
            ("sales", body.get("total"), figures.total),
            ("returns", body.get("returns_total", 0), figures.returns_total),
        ):
            if stated != found:
                yield Violation("I7", f"shift {number} closed with {what} {stated}, not {found}")


def _cards(sql: Statements) -> Iterator[Violation]:
    for attempt_id, state in sql.rows(_LOST_INTENTS):
        yield Violation("I8", f"card attempt {attempt_id} is {state} and nobody's")
    for refund_id, state in sql.rows(_LOST_REFUNDS):
        yield Violation("I8", f"card refund {refund_id} is {state} and its shift is closed")
    for (attempt_id,) in sql.rows(_UNUSED_APPROVALS):
        yield Violation("I8", f"card attempt {attempt_id} took money that no sale shows")


_WHOLE = (_chain, _sales, _numbers, _outbox, _drawer, _cards, _returns, _orders)
_QUICK = (_chain_end, _numbers, _outbox)

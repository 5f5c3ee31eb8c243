"""What the till holds of an epoch, in the numbers that are compared with the hub's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos.domain.numbering import DocumentKind, series_of
from pos.store.statements import Statements

MAX_DAYS = 400

# Only a fact set aside lowers the mark. A batch that a hub which went back got again is no
# reason: what comes after it would be compared no more, should the agent end before it is sent.
PUT_ACK = (
    "INSERT INTO hub_ack (epoch, through_seq, chain_head, hub_time_ms) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (epoch) DO UPDATE SET through_seq = excluded.through_seq,"
    " chain_head = excluded.chain_head, hub_time_ms = excluded.hub_time_ms"
    " WHERE excluded.through_seq >= hub_ack.through_seq"
)

_EPOCHS = "SELECT epoch FROM hub_ack ORDER BY epoch"
_HEAD = "SELECT seq FROM journal WHERE epoch = ? ORDER BY seq DESC LIMIT 1"
_HASH = "SELECT hash FROM journal WHERE epoch = ? AND seq = ?"
_ACKNOWLEDGED = "SELECT through_seq FROM hub_ack WHERE epoch = ?"
_QUEUED = (
    "SELECT 1 FROM outbox o CROSS JOIN journal j ON j.entry = o.entry"
    " WHERE o.state <> 'acknowledged' AND o.state <> 'parked' AND j.epoch = ? LIMIT 1"
)
_ABOVE = (
    "SELECT j.seq FROM journal j CROSS JOIN outbox o ON o.entry = j.entry"
    " WHERE j.epoch = ? AND j.seq > ? AND o.state = 'acknowledged' ORDER BY j.seq LIMIT 1"
)
_DAYS = (
    "SELECT DISTINCT t.business_day FROM (SELECT DISTINCT session_id FROM journal"
    " WHERE epoch = ? AND seq > ? AND seq <= ? AND session_id IS NOT NULL) j"
    " JOIN till_session t ON t.session_id = j.session_id ORDER BY t.business_day DESC LIMIT ?"
)
# CROSS JOIN: by the shifts of the day. SQLite would rather read every sale of the series.
_OF_DAY = (
    " FROM till_session t CROSS JOIN sale s ON s.session_id = t.session_id"
    " WHERE t.business_day = ? AND +s.series = ?"
)
_SALES = f"SELECT count(*), coalesce(sum(s.total), 0){_OF_DAY}"
_TENDERS = (
    "SELECT p.kind, sum(p.amount) FROM till_session t"
    " CROSS JOIN sale s ON s.session_id = t.session_id"
    " CROSS JOIN sale_tender p ON p.sale_key = s.sale_key"
    " WHERE t.business_day = ? AND +s.series = ? GROUP BY p.kind"
)
_RETURNS_OF_DAY = (
    " FROM till_session t CROSS JOIN return_document d ON d.session_id = t.session_id"
)
_RETURNS = (
    f"SELECT count(*), coalesce(sum(d.total), 0){_RETURNS_OF_DAY}"
    " WHERE t.business_day = ? AND +d.series = ?"
)
_REFUNDS = (
    f"SELECT r.means, sum(r.amount){_RETURNS_OF_DAY}"
    " CROSS JOIN return_refund r ON r.return_key = d.return_key"
    " WHERE t.business_day = ? AND +d.series = ? GROUP BY r.means"
)
# By the epoch of its fact: what is paid again has no number of its own.
_REISSUES = (
    "SELECT r.means, sum(r.amount) FROM till_session t"
    " CROSS JOIN journal j ON j.session_id = t.session_id"
    " AND j.kind NOT IN ('sale.completed', 'receipt.printed') AND j.kind = 'refund.issued'"
    " CROSS JOIN return_reissue r ON r.refund_id = j.body_json ->> '$.refund.refund_id'"
    " WHERE t.business_day = ? AND +j.epoch = ? GROUP BY r.means"
)
# The term on `kind` repeats the partial index's own; the facts that open a shift are in it.
_FIRST_OF_DAY = (
    "SELECT min(j.seq) FROM till_session t CROSS JOIN journal j ON j.session_id = t.session_id"
    " AND j.kind NOT IN ('sale.completed', 'receipt.printed')"
    " WHERE t.business_day = ? AND +j.epoch = ?"
)


@dataclass(frozen=True, slots=True)
class DaySums:
    """What was sold and came back on a business day in one epoch, in minor units.

    `by_refund` is by which means it goes back, whether or not it arrived yet; `by_reissue` what
    was paid for refunds that had failed.
    """

    day: str
    sales: int
    total_minor: int
    by_tender: Mapping[str, int]
    returns: int
    returns_minor: int
    by_refund: Mapping[str, int]
    by_reissue: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the hub is to agree with: the fact `through`, its hash, and days up to it.

    `again_from` above 0 is the first fact that was acknowledged above `through`. One before it
    was set aside since: whether the hub holds those after it is only known when they go again.
    """

    epoch: int
    through: int
    head: str
    days: Sequence[DaySums]
    again_from: int = 0


def epochs(sql: Statements) -> list[int]:
    """Return the epochs the hub has facts of, the first one first."""
    return [int(epoch) for (epoch,) in sql.rows(_EPOCHS)]


def agreement(sql: Statements, epoch: int, after: int) -> Agreement | None:
    """Return what is to be compared of an epoch, None while something of it is to be sent.

    Args:
        after: The days of facts above this number are summed up.

    Where facts were set aside, only the chain before them is compared.
    """
    acknowledged = sql.one(_ACKNOWLEDGED, (epoch,))
    if acknowledged is None or sql.one(_QUEUED, (epoch,)) is not None:
        return None
    through = int(acknowledged[0])
    above = sql.one(_ABOVE, (epoch, through))
    if above is not None:
        return Agreement(epoch, through, "", (), int(above[0]))
    head, digest = sql.one(_HEAD, (epoch,)), sql.one(_HASH, (epoch, through))
    if head is None or digest is None:
        return None
    days = _days(sql, epoch, after, through) if head[0] == through else ()
    return Agreement(epoch, through, str(digest[0]), days)


def first_of_day(sql: Statements, epoch: int, day: str) -> int:
    """Return the number of the first fact of a business day's shifts in an epoch, at least 1."""
    row = sql.one(_FIRST_OF_DAY, (day, epoch))
    return int(row[0]) if row is not None and row[0] is not None else 1


def _days(sql: Statements, epoch: int, after: int, through: int) -> list[DaySums]:
    ((number,),) = sql.rows("SELECT number FROM till_identity")
    sold = series_of(DocumentKind.SALE, till_number=number, epoch=epoch)
    returned = series_of(DocumentKind.RETURN, till_number=number, epoch=epoch)
    days = sql.rows(_DAYS, (epoch, after, through, MAX_DAYS))
    return [_sums(sql, day, sold, returned, epoch) for (day,) in days]


def _sums(sql: Statements, day: str, sold: str, returned: str, epoch: int) -> DaySums:
    ((sales, total),) = sql.rows(_SALES, (day, sold))
    tenders: dict[str, int] = dict(sql.rows(_TENDERS, (day, sold)))
    ((returns, returns_total),) = sql.rows(_RETURNS, (day, returned))
    refunds: dict[str, int] = dict(sql.rows(_REFUNDS, (day, returned)))
    reissues: dict[str, int] = dict(sql.rows(_REISSUES, (day, epoch)))
    return DaySums(day, sales, total, tenders, returns, returns_total, refunds, reissues)

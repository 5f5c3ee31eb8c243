"""The tickets parked in the whole shop, as the hub last told; what is on ours is in `ticket`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.shop_ticket import ShopTicket
from pos.domain.ticket import Ticket
from pos.store.statements import Row, Statements

CURSOR = "parked"
KEPT_FOR_MS = 30 * 24 * 3_600_000  # what is finished, for who asks where a ticket went

_OURS = "(SELECT till FROM till_identity)"
# A parking is told from a later one of the same ticket by when it was.
TAKEN_ELSEWHERE = (
    "EXISTS (SELECT 1 FROM shop_ticket m WHERE m.basket_id = ticket.basket_id"  # noqa: S608
    f" AND m.parked_at_ms = ticket.changed_at_ms AND m.taken_by NOT IN ('', {_OURS}))"
)
_PUT = (
    "INSERT INTO shop_ticket (basket_id, till, label, currency, total, lines, parked_at_ms,"
    " state, staff_id, taken_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (basket_id) DO UPDATE SET till = excluded.till, label = excluded.label,"
    " currency = excluded.currency, total = excluded.total, lines = excluded.lines,"
    " state = excluded.state, staff_id = excluded.staff_id,"
    # What this till took up, the hub may not have heard yet.
    " taken_by = CASE WHEN excluded.taken_by = '' AND shop_ticket.parked_at_ms ="
    " excluded.parked_at_ms THEN shop_ticket.taken_by ELSE excluded.taken_by END,"
    " parked_at_ms = excluded.parked_at_ms"
)
_TAKE = (
    "INSERT INTO shop_ticket (basket_id, till, label, currency, total, lines, parked_at_ms,"  # noqa: S608
    f" state, staff_id, taken_by) VALUES (?, ?, ?, ?, ?, ?, ?, 'parked', ?, {_OURS})"
    " ON CONFLICT (basket_id) DO UPDATE SET taken_by = excluded.taken_by,"
    " parked_at_ms = excluded.parked_at_ms"
)
_WAITING = (
    "SELECT basket_id, till, label, currency, total, lines, parked_at_ms, staff_id"  # noqa: S608
    f" FROM shop_ticket WHERE state = 'parked' AND taken_by = '' AND till <> {_OURS}"
)
_FORGET_TAKEN = (
    "DELETE FROM ticket WHERE state = 'parked' AND changed_at_ms < ?"  # noqa: S608
    f" AND {TAKEN_ELSEWHERE}"
)
_FORGET = (
    "DELETE FROM shop_ticket WHERE (state <> 'parked' OR taken_by <> '') AND parked_at_ms < ?"
)


@dataclass(frozen=True, slots=True)
class MirroredTicket:
    """What the hub says of one ticket; `taken_by` is the till that went on with it."""

    basket_id: str
    till: str
    label: str
    currency: str
    total: int
    lines: int
    staff_id: str
    parked_at_ms: int
    state: str
    taken_by: str


class StoredShopTickets:
    """`ports.ShopTickets` on the table shop_ticket."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def waiting(self) -> tuple[ShopTicket, ...]:
        """Return the tickets that wait at other tills, the oldest first."""
        rows = self._sql.rows(f"{_WAITING} ORDER BY parked_at_ms, basket_id")
        return tuple(_ticket(row) for row in rows)

    def get(self, basket_id: str) -> ShopTicket | None:
        """Return a ticket that waits at another till."""
        row = self._sql.one(f"{_WAITING} AND basket_id = ?", (basket_id,))
        return None if row is None else _ticket(row)

    def taker_of(self, ticket: Ticket) -> str:
        """Return the other till that went on with a ticket parked here, empty for none."""
        row = self._sql.one(
            "SELECT m.taken_by FROM ticket JOIN shop_ticket m"  # noqa: S608 - our own names
            " ON m.basket_id = ticket.basket_id"
            f" WHERE ticket.basket_id = ? AND {TAKEN_ELSEWHERE}",
            (ticket.basket.basket_id,),
        )
        return "" if row is None else str(row[0])

    def is_taken_here(self, basket_id: str, parked_at_ms: int) -> bool:
        """True when this till went on with a ticket as it was parked then (UTC ms)."""
        row = self._sql.one(
            "SELECT 1 FROM shop_ticket WHERE basket_id = ? AND parked_at_ms = ?"  # noqa: S608
            f" AND taken_by = {_OURS}",
            (basket_id, parked_at_ms),
        )
        return row is not None

    def take(self, ticket: ShopTicket) -> None:
        """Note that this till goes on with a ticket, before the hub says so."""
        self._sql.run(
            _TAKE,
            (
                ticket.basket_id,
                ticket.till,
                ticket.label,
                ticket.total.currency,
                ticket.total.minor,
                ticket.lines,
                ticket.parked_at_ms,
                ticket.staff_id,
            ),
        )


def mirror(sql: Statements, tickets: Iterable[MirroredTicket], *, hub_time_ms: int) -> None:
    """Take over what the hub says, and forget what was finished long ago."""
    sql.run_many(
        _PUT,
        (
            (
                one.basket_id,
                one.till,
                one.label,
                one.currency,
                one.total,
                one.lines,
                one.parked_at_ms,
                one.state,
                one.staff_id,
                one.taken_by,
            )
            for one in tickets
        ),
    )
    before_ms = hub_time_ms - KEPT_FOR_MS
    sql.run(_FORGET_TAKEN, (before_ms,))
    sql.run(_FORGET, (before_ms,))


def _ticket(row: Row) -> ShopTicket:
    basket_id, till, label, currency, total, lines, parked_at_ms, staff_id = row
    return ShopTicket(
        basket_id, till, label, Money(total, currency), lines, parked_at_ms, staff_id
    )

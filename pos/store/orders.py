"""Orders to collect in this shop: the hub's word, with what this till did upon it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos.domain.collection import Order
from pos.domain.collection_rules import Contradiction, applied
from pos.domain.journal import Fact, FactKind
from pos.domain.order_search import search_text, starts
from pos.store import order_memory
from pos.store.facts import FACT_COLUMNS, fact_from_row
from pos.store.notices import PUT_MARK
from pos.store.order_json import event_of, order_to_json
from pos.store.statements import Row, Statements

CURSOR = "orders"
CONFIRMED = "orders"  # the mark of when the hub last confirmed them
DAY_MS = 24 * 3_600_000
PERSON_KEPT_FOR_MS = 7 * DAY_MS  # who collected, once it is over: for a question the same week
KEPT_FOR_MS = 30 * DAY_MS

_COLUMNS = (
    "order_id, serial, number, search, state, placed_at_ms, closed_at_ms, is_gone, has_person,"
    " digest, content"
)
_PUT = (
    f"INSERT INTO customer_order ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"  # noqa: S608
    " ON CONFLICT (order_id) DO UPDATE SET serial = excluded.serial, number = excluded.number,"
    " search = excluded.search, state = excluded.state, placed_at_ms = excluded.placed_at_ms,"
    " closed_at_ms = excluded.closed_at_ms, has_person = excluded.has_person,"
    " digest = excluded.digest, content = excluded.content"
)
_SELECT = "SELECT digest, content FROM customer_order WHERE"
LIST_OPEN = (
    "SELECT order_id, digest FROM customer_order INDEXED BY ix_customer_order_open"
    " WHERE closed_at_ms = 0 AND is_gone = 0"
)
# An open order first, then the latest: numbers of a hub that was restored may come twice.
_LIKELIEST = "ORDER BY closed_at_ms <> 0, placed_at_ms DESC, order_id LIMIT 1"
_FACTS = ", ".join(f"j.{name}" for name in FACT_COLUMNS.split(", "))
_OF_ORDER = (
    f"SELECT {_FACTS} FROM order_fact f CROSS JOIN journal j ON j.entry = f.entry"  # noqa: S608
    " WHERE f.order_id = ?"
)
_IS_UNSENT = (
    "EXISTS (SELECT 1 FROM outbox o WHERE o.entry = f.entry"
    " AND o.state IN ('queued', 'in_flight'))"
)
# A hub that knows the till in a later epoch says nothing of what this one has not sent yet.
_UNHEARD = (
    f"{_OF_ORDER} AND ((j.epoch, j.seq) > (?, ?) OR (j.epoch < ? AND {_IS_UNSENT}))"
    " ORDER BY f.entry"
)
_UNSENT = f"{_OF_ORDER} AND {_IS_UNSENT} ORDER BY f.entry"
_OF_KIND = (
    f"SELECT {_FACTS} FROM order_fact f CROSS JOIN journal j ON j.entry = f.entry"  # noqa: S608
    " WHERE f.kind = ? AND f.at_ms >= ? ORDER BY f.at_ms, f.entry"
)
_HANDOVER_OP = (
    "SELECT j.op_id FROM order_fact f CROSS JOIN journal j ON j.entry = f.entry"
    " WHERE f.order_id = ? AND f.kind = ? ORDER BY f.entry DESC LIMIT 1"
)
# What is on the counter stays until it is off it.
_ON_COUNTER = "order_id IN (SELECT order_id FROM handover)"
_DROP = (
    f"UPDATE customer_order SET is_gone = 1 WHERE order_id = ? AND {_ON_COUNTER}",  # noqa: S608
    f"DELETE FROM customer_order WHERE order_id = ? AND NOT {_ON_COUNTER}",  # noqa: S608
)
DROP_ALL = (
    "UPDATE customer_order SET is_gone = 1",
    f"DELETE FROM customer_order WHERE NOT {_ON_COUNTER}",  # noqa: S608
    "DELETE FROM sync_mark WHERE name = 'orders'",
)
DROP_IF_GONE = "DELETE FROM customer_order WHERE order_id = ? AND is_gone = 1"
_IS_BACK = "UPDATE customer_order SET is_gone = 0 WHERE order_id = ? AND is_gone = 1"
_FORGET = f"DELETE FROM customer_order WHERE closed_at_ms BETWEEN 1 AND ? AND NOT {_ON_COUNTER}"  # noqa: S608
_OVER = f"{_SELECT} closed_at_ms BETWEEN 1 AND ? AND has_person = 1 AND NOT {_ON_COUNTER}"


@dataclass(frozen=True, slots=True)
class OrdersTold:
    """Orders as the hub tells them at `hub_time_ms` (UTC ms).

    Attributes:
        changed: Those of this shop.
        gone: Ids of those that are none of this shop's any more.
        heard: Epoch and number of the last of this till's facts that they already show.
        all_there_are: The ids of everything the hub has of this shop, None when it told of
            what changed.
    """

    hub_time_ms: int
    changed: tuple[Order, ...] = ()
    gone: tuple[str, ...] = ()
    heard: tuple[int, int] = (0, 0)
    all_there_are: frozenset[str] | None = None


class StoredOrders:
    """`ports.Orders` on the tables customer_order and order_fact."""

    def __init__(self, statements: Statements, till: str) -> None:
        self._sql = statements
        self._till = till

    def open(self) -> tuple[Order, ...]:
        """Return those that are not finished, the oldest first; expired ones too."""
        return self._orders(
            f"{_SELECT} closed_at_ms = 0 AND is_gone = 0 ORDER BY placed_at_ms, order_id"
        )

    def get(self, order_id: str) -> Order | None:
        """Return an order by id."""
        return self._one(f"{_SELECT} order_id = ?", order_id)

    def by_serial(self, serial: int) -> Order | None:
        """Return the order with that number."""
        return self._one(f"{_SELECT} serial = ? {_LIKELIEST}", serial)

    def by_number(self, number: str) -> Order | None:
        """Return the order of a number such as ``W-10482``."""
        return self._one(f"{_SELECT} number = ? {_LIKELIEST}", number.upper())

    def search(self, text: str, *, limit: int = 50) -> tuple[Order, ...]:
        """Return open orders whose number, short code, name, phone, e-mail or card begins so.

        The oldest first, at most `limit`; nothing for an empty text.
        """
        ways = starts(text)
        if not ways:
            return ()
        asked = " OR ".join(
            f"({' AND '.join('instr(search, ?) > 0' for _ in way)})" for way in ways
        )
        pieces = tuple(piece for way in ways for piece in way)
        query = f"{LIST_OPEN} AND ({asked}) ORDER BY placed_at_ms, order_id LIMIT ?"
        return self._listed(query, *pieces, limit)

    def closed_since(self, at_ms: int) -> tuple[Order, ...]:
        """Return those finished at or after a time, the latest first."""
        return self._orders(
            f"{_SELECT} closed_at_ms >= ? ORDER BY closed_at_ms DESC, order_id", max(at_ms, 1)
        )

    def save(self, order: Order) -> None:
        """Keep what an act at this till made of an order."""
        put(self._sql, order)

    def mirrored_at_ms(self) -> int:
        """Return when the hub last confirmed what is known here, UTC ms; 0 for never."""
        row = self._sql.one("SELECT value FROM sync_mark WHERE name = ?", (CONFIRMED,))
        return 0 if row is None else int(row[0])

    def refresh(self, order: Order) -> None:
        """Take over an order as the hub just told it with a claim.

        What this till did and has not sent yet is done again upon it.
        """
        facts = _read(self._till, self._sql.rows(_UNSENT, (order.order_id,)))
        put(self._sql, with_facts(order, facts, self._till))
        self._sql.run(_IS_BACK, (order.order_id,))

    def handover_op(self, order_id: str) -> str:
        """Return the op id of the latest handover recorded here, empty for none."""
        row = self._sql.one(_HANDOVER_OP, (order_id, FactKind.ORDER_HANDED_OVER.value))
        return "" if row is None else str(row[0])

    def events(self, kind: FactKind, *, since_ms: int) -> tuple[Fact, ...]:
        """Return the facts of a kind recorded at this till since then, the oldest first."""
        return tuple(_read(self._till, self._sql.rows(_OF_KIND, (kind.value, since_ms))))

    def _one(self, query: str, key: object) -> Order | None:
        row = self._sql.one(query, (key,))
        return None if row is None else order_memory.read(*row)

    def _orders(self, query: str, *parameters: object) -> tuple[Order, ...]:
        return tuple(order_memory.read(*row) for row in self._sql.rows(query, parameters))

    def _listed(self, query: str, *parameters: object) -> tuple[Order, ...]:
        """Return orders of a query for ids and digests, most of them without reading them."""
        found = (
            order_memory.remembered(digest) or self.get(order_id)
            for order_id, digest in self._sql.rows(query, parameters)
        )
        return tuple(order for order in found if order is not None)


def mirror(sql: Statements, till: str, told: OrdersTold, *, at_ms: int) -> None:
    """Take over what the hub tells, with what this till did since upon it; see `confirm`.

    An open order that a whole list does not name is none of this shop's any more.
    """
    for order in told.changed:
        unheard = (order.order_id, *told.heard, told.heard[0])
        facts = _read(till, sql.rows(_UNHEARD, unheard))
        put(sql, with_facts(order, facts, till))
        sql.run(_IS_BACK, (order.order_id,))
    for order_id in (*told.gone, *_unnamed(sql, told)):
        for statement in _DROP:
            sql.run(statement, (order_id,))
    confirm(sql, at_ms=at_ms, hub_time_ms=told.hub_time_ms)


def confirm(sql: Statements, *, at_ms: int, hub_time_ms: int) -> None:
    """Note that the hub confirmed the orders (UTC ms), and forget what is over long enough.

    Args:
        at_ms: By this till's clock.
        hub_time_ms: By the hub's, which stamps when orders were closed.
    """
    sql.run(PUT_MARK, (CONFIRMED, at_ms))
    sql.run(_FORGET, (hub_time_ms - KEPT_FOR_MS,))
    for row in sql.rows(_OVER, (hub_time_ms - PERSON_KEPT_FOR_MS,)):
        put(sql, without_person(order_memory.read(*row)))


def put(sql: Statements, order: Order) -> None:
    """Keep an order."""
    content = order_to_json(order)
    closed_at_ms = 0 if order.is_open else order.closed_at_ms or order.placed_at_ms or 1
    sql.run(
        _PUT,
        (
            order.order_id,
            order.serial,
            order.number,
            search_text(order),
            order.state.value,
            order.placed_at_ms,
            closed_at_ms,
            int(without_person(order) != order),
            order_memory.digest_of(content),
            content,
        ),
    )


def with_facts(order: Order, facts: Iterable[Fact], till: str) -> Order:
    """Return an order after facts of this till; what cannot be true leaves the hub's word."""
    for fact in facts:
        try:
            order = applied(order, event_of(fact), at_ms=fact.occurred_at_ms, till=till)
        except (Contradiction, ValueError):
            continue
    return order


def without_person(order: Order) -> Order:
    """Return an order that says nothing of who ordered it."""
    return replace(
        order, customer_id="", customer_name="", phone="", email="", member_card="", collectors=()
    )


def _unnamed(sql: Statements, told: OrdersTold) -> list[str]:
    if told.all_there_are is None:
        return []
    known = sql.rows("SELECT order_id FROM customer_order WHERE closed_at_ms = 0")
    return sorted({str(row[0]) for row in known}.difference(told.all_there_are))


def _read(till: str, rows: Iterable[Row]) -> list[Fact]:
    return [fact_from_row(till, row) for row in rows]

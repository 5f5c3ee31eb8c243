"""Looks through what came in for what a person must see; takes its time beside the tills."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from pos.domain.journal import FactKind
from sync.hub.background import Background, Rest
from sync.hub.conflicts import desk, watch_refunds
from sync.hub.conflicts.desk import Found
from sync.hub.conflicts.desk_cards import OPEN_STATES, card_name
from sync.hub.conflicts.watch_approvals import OVERRIDE, never_given
from sync.hub.conflicts.watch_findings import (
    SALE,
    CentralPrice,
    Knowledge,
    StoredFact,
    WatchedSale,
    findings,
    not_read,
    sale_of,
    stored_fact,
)
from sync.hub.database import HubDatabase
from sync.hub.intake.effects import text_field
from sync.hub.intake.effects_customers import UNREADABLE as CUSTOMER_UNREADABLE
from sync.hub.intake.fact_rows import currency_of
from sync.hub.people import names_in
from sync.hub.returns import checking, contradictions
from sync.hub.tables import card_attempt, inbox, product, till_mark
from sync.hub.tables_desk import desk_item
from sync.wire.v1.desk import ItemKind, ItemState, Resolution, RowKind, Side
from sync.wire.v1.desk import Row as SideRow
from sync.wire.v1.push import Outcome

EVERY_S = 10.0
AT_A_TIME = 500
CARD_WAITS_MS = 5 * 60_000
# What makes a purchase of an order, or takes something away from it.
OF_ORDERS = (FactKind.ORDER_HANDED_OVER.value, FactKind.ORDER_HANDOVER_UNDONE.value)
WATCHED = (SALE, OVERRIDE, *OF_ORDERS)
RESTS = 4  # times as long as it worked: tills that send come first

log = logging.getLogger("sync.hub")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The facts of a till's epoch after `after` up to `through`, and what was found in them.

    `returned_from` are the purchases they tell of that something came back of before.
    """

    till: str
    epoch: int
    after: int
    through: int
    found: tuple[Found, ...]
    returned_from: frozenset[str]


def watch_once(database: HubDatabase, now_ms: int, rest: Rest = lambda seconds: None) -> int:
    """Look at what came since the last time; return how many items were opened.

    Reading disturbs nobody; what is found is written with the cursor in a short transaction
    of each till.

    Args:
        database: The hub's.
        now_ms: UTC.
        rest: Called with seconds to leave to others after each stretch.
    """
    opened, prices = 0, CentralPrices()
    while marks := _unwatched(database):
        for mark in marks:
            begun = time.perf_counter()
            with database.reading() as connection:
                stretch = _stretch(connection, mark, prices, now_ms)
            with database.transaction() as connection:
                opened += _keep(connection, stretch)
            rest(RESTS * (time.perf_counter() - begun))
    opened += contradictions.check_all(database, now_ms, rest)
    with database.reading() as connection:
        late = (
            *_open_cards(connection, now_ms),
            *watch_refunds.open_refunds(connection, now_ms),
            *_still_unread(connection, now_ms),
        )
        ended = _ended_cards(connection)
        ended_refunds = watch_refunds.ended_refunds(connection)
    if late or ended or ended_refunds:
        with database.transaction() as connection:
            opened += sum(desk.open_item(connection, found) for found in late)
            for attempt_id in ended:
                desk.settle(connection, ItemKind.CARD_OUTCOME_UNKNOWN, attempt_id, now_ms)
            watch_refunds.settle_ended(connection, ended_refunds, now_ms)
    return opened


def watching(database: HubDatabase, now_ms: Callable[[], int]) -> Background:
    """Look every ten seconds, until it is closed."""

    def work(rest: Rest) -> None:
        if opened := watch_once(database, now_ms(), rest):
            log.info("found for the desk", extra={"items": opened})

    return Background("watch", work, every_s=EVERY_S)


def _unwatched(database: HubDatabase) -> Sequence[Row[Any]]:
    """Return the marks of tills that have facts nobody looked at."""
    with database.reading() as connection:
        return connection.execute(
            select(till_mark).where(till_mark.c.watched_through < till_mark.c.received_through)
        ).all()


def _stretch(
    connection: Connection, mark: Row[Any], prices: CentralPrices, now_ms: int
) -> Stretch:
    after = mark.watched_through
    through = min(after + AT_A_TIME, mark.received_through)
    rows = connection.execute(
        select(inbox).where(
            inbox.c.till == mark.till,
            inbox.c.epoch == mark.epoch,
            inbox.c.seq > after,
            inbox.c.seq <= through,
            or_(
                inbox.c.kind.in_(WATCHED),
                inbox.c.outcome == Outcome.PARKED.value,
                inbox.c.code == CUSTOMER_UNREADABLE,
            ),
        )
    )
    facts = [(fact, sale_of(fact)) for fact in map(stored_fact, rows)]
    prices.look_up(connection, {line.sku for _, sale in facts if sale for line in sale.lines})
    known = _knowledge(connection, mark.till.rpartition("-")[0], prices, now_ms)
    found = [found for fact, sale in facts for found in findings(fact, sale, known)]
    found += never_given(connection, [fact for fact, _ in facts], known)
    returned = checking.returned_from(connection, map(_purchase_of, facts))
    return Stretch(mark.till, mark.epoch, after, through, tuple(found), frozenset(returned))


def _keep(connection: Connection, stretch: Stretch) -> int:
    """Open what was found and move the cursor, unless another hub process did."""
    moved = connection.execute(
        till_mark.update()
        .where(
            till_mark.c.till == stretch.till,
            till_mark.c.epoch == stretch.epoch,
            till_mark.c.watched_through == stretch.after,
        )
        .values(watched_through=stretch.through)
    )
    if moved.rowcount != 1:
        return 0
    checking.ask_to_check(connection, stretch.returned_from)
    return sum(desk.open_item(connection, found) for found in stretch.found)


def _purchase_of(told: tuple[StoredFact, WatchedSale | None]) -> str:
    """Return the purchase a fact tells of, empty for none."""
    fact, sale = told
    if sale is not None:
        return sale.sale_id
    return text_field(fact.body_json or "", "order_id") if fact.kind in OF_ORDERS else ""


def _knowledge(connection: Connection, shop: str, prices: CentralPrices, now_ms: int) -> Knowledge:
    has_catalogue = connection.scalar(select(product.c.sku).limit(1)) is not None
    return Knowledge(
        prices=prices.known if has_catalogue else None,
        names=names_in(connection, shop),
        currency=currency_of(connection, shop),
        now_ms=now_ms,
    )


class CentralPrices:
    """The prices of what was sold, each looked up once: tills sell the same things all day."""

    def __init__(self) -> None:
        self.known: dict[str, CentralPrice] = {}
        self._looked_up: set[str] = set()

    def look_up(self, connection: Connection, skus: Iterable[str]) -> None:
        """Take in the prices of products not asked for before."""
        wanted = sorted(set(skus) - self._looked_up)
        for at in range(0, len(wanted), AT_A_TIME):
            rows = connection.execute(
                select(product.c.sku, product.c.price, product.c.has_open_price).where(
                    product.c.sku.in_(wanted[at : at + AT_A_TIME])
                )
            )
            self.known |= {sku: CentralPrice(price, is_open) for sku, price, is_open in rows}
        self._looked_up |= set(wanted)


def _open_cards(connection: Connection, now_ms: int) -> list[Found]:
    """Return card payments whose end nobody knew for five minutes.

    A time ahead of the hub's is a till's wrong clock and says nothing: such a payment is
    shown at once, and leaves the desk when its end becomes known.
    """
    attempts = card_attempt.c
    rows = connection.execute(
        select(card_attempt).where(
            attempts.state.in_(OPEN_STATES),
            or_(
                attempts.requested_at_ms <= now_ms - CARD_WAITS_MS,
                attempts.requested_at_ms > now_ms + CARD_WAITS_MS,
            ),
        )
    )
    return [
        Found(
            ItemKind.CARD_OUTCOME_UNKNOWN,
            row.attempt_id,
            row.till.rpartition("-")[0],
            row.till,
            card_name(row.attempt_id),
            row.currency,
            now_ms,
            abs(row.amount),
            (_card_side(row),),
            {"attempt_id": row.attempt_id},
        )
        for row in rows
    ]


def _card_side(row: Row[Any]) -> Side:
    return Side(
        shop=row.till.rpartition("-")[0],
        till=row.till,
        rows=(
            SideRow(kind=RowKind.AT, number=row.requested_at_ms),
            SideRow(kind=RowKind.TOTAL, number=row.amount),
            SideRow(kind=RowKind.STATE, text=row.state),
        ),
    )


def _ended_cards(connection: Connection) -> list[str]:
    """Return attempts that are on the desk although their end is known by now."""
    items = connection.execute(
        select(desk_item.c.dedupe_key).where(
            desk_item.c.kind == ItemKind.CARD_OUTCOME_UNKNOWN.value,
            desk_item.c.state == ItemState.OPEN.value,
            desk_item.c.body_json.not_like('%"contradicted": true%'),
        )
    )
    on_desk = [key.partition(":")[2] for (key,) in items]
    ended = select(card_attempt.c.attempt_id).where(
        card_attempt.c.attempt_id.in_(on_desk), card_attempt.c.state.not_in(OPEN_STATES)
    )
    return list(connection.scalars(ended))


def _still_unread(connection: Connection, now_ms: int) -> list[Found]:
    """Return facts that were tried once more by a person's decision, and in vain."""
    resolved = connection.execute(
        select(desk_item.c.dedupe_key).where(
            desk_item.c.kind == ItemKind.FACT_UNREADABLE.value,
            desk_item.c.resolution == Resolution.APPLY_AGAIN.value,
        )
    )
    found: list[Found] = []
    for (key,) in resolved:
        _, till, epoch, seq = key.split(":")
        row = connection.execute(
            select(inbox).where(
                inbox.c.till == till,
                inbox.c.epoch == int(epoch),
                inbox.c.seq == int(seq),
                inbox.c.outcome == Outcome.PARKED.value,
                inbox.c.tries > 0,
            )
        ).first()
        if row is not None:
            fact = stored_fact(row)
            found.append(
                not_read(fact, _knowledge(connection, fact.shop, CentralPrices(), now_ms))
            )
    return found

"""The tickets that wait in each shop: who parked them, who went on with them, and when two did."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select, text

from sync.hub.bulk import upsert_rows
from sync.hub.conflicts import desk
from sync.hub.counter import claims
from sync.hub.publishing.feed_numbers import complete_after, last_number, of_shop, take_numbers
from sync.hub.tables import inbox, staff
from sync.hub.tables_counter import parked_ticket
from sync.wire.v1.claims import ClaimKind
from sync.wire.v1.desk import ItemKind, RowKind, Side
from sync.wire.v1.desk import Row as DeskRow
from sync.wire.v1.parking import (
    MAX_TICKETS,
    BasketCancelled,
    BasketParked,
    BasketResumed,
    ParkedItem,
    ParkedPage,
    TicketState,
)

STREAM = "parked"
MAX_CONTENT_BYTES = 400_000  # tills send less; see pos/domain/parked_ticket.py
PARKED, RESUMED, CANCELLED = (state.value for state in TicketState)
_KIND = ClaimKind.PARKED_TICKET.value
_IS_PARKING = text("kind = 'basket.parked'")  # said as the index says it, or it is not used

# A hub that was restored from an older copy may have granted more than it knows; a fence far
# above that is nobody's, and would leave no number for those who come after.
MAX_LOST_GRANTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Taking:
    """That a till went on with a ticket, as its fact says; times are the tills', UTC ms.

    `parked_at_ms` is when the parking was that it went on with, 0 when the fact does not say.
    """

    till: str
    basket_id: str
    fence: int
    staff_id: str
    total: int
    lines: int
    at_ms: int
    parked_at_ms: int = 0


def park(
    connection: Connection,
    shop: str,
    till: str,
    fact: BasketParked,
    *,
    at_ms: int,
    place: tuple[int, int],
) -> None:
    """Note that a ticket waits; anybody in the shop may go on with it.

    Args:
        at_ms: When, by the till's clock.
        place: Epoch and number of the fact; what came before the last one known says nothing.
    """
    change = _next_change(connection, shop)
    claims.locked(connection, _KIND, fact.basket_id, shop)
    known = _ticket(connection, fact.basket_id)
    if known is not None and known.till not in {"", till}:
        return  # ids do not repeat: whoever uses another till's says nothing about its ticket
    if known is not None and place < _place(known):
        return
    state, resumed_by, resumed_as = PARKED, "", ""
    at_ms = max(at_ms, 1)
    if known is not None and _is_taken(connection, known, till, at_ms, place):
        state, resumed_by, resumed_as = known.state, known.resumed_by, known.resumed_as
    row = (
        fact.basket_id, shop, till, fact.label, fact.currency, fact.total, fact.lines,
        _content(fact), fact.staff_id, at_ms, state, resumed_by, resumed_as, change,
        known.resumed_at_ms if known else 0, known.resumed_by_staff if known else "", *place,
        known.taken_parking_ms if known else 0,
    )  # fmt: skip
    _put(connection, row)


def resume(
    connection: Connection, shop: str, till: str, fact: BasketResumed, *, at_ms: int
) -> None:
    """Note who went on with a ticket; a second one who did is a matter for the desk."""
    change = _next_change(connection, shop)
    source = fact.from_basket or fact.basket_id
    taking = Taking(
        till, fact.basket_id, fact.fence, fact.staff_id, fact.total, fact.lines, at_ms,
        fact.parked_at_ms,
    )  # fmt: skip
    claim = claims.locked(connection, _KIND, source, shop)
    taking = replace(taking, fence=min(taking.fence, claim.fence + MAX_LOST_GRANTS))
    ticket = _ticket(connection, source)
    if ticket is None:
        _put(connection, _unheard(source, shop, taking, change))
    elif ticket.shop != shop:
        return
    else:
        age = _age(connection, ticket, taking)
        is_one_too_many = is_second(ticket, claim, taking, age=age)
        if is_one_too_many:
            _open_item(connection, shop, ticket, taking)
        if age < 0:
            claims.keep_above(connection, _KIND, source, taking.fence)
            return
        if age > 0 or not is_one_too_many:
            _set_resumed(connection, source, taking, change)
    claims.settle(
        connection, _KIND, source, till=till, fence=_fence_after(claim, taking), at_ms=at_ms
    )


def cancel(
    connection: Connection,
    shop: str,
    till: str,
    fact: BasketCancelled,
    *,
    place: tuple[int, int],
) -> None:
    """Note that a ticket which waited here before was cancelled where it was parked."""
    change = _next_change(connection, shop)
    known = _ticket(connection, fact.basket_id)
    if known is None or known.till != till or place < _place(known):
        return
    connection.execute(
        parked_ticket.update()
        .where(parked_ticket.c.basket_id == fact.basket_id)
        .values(state=CANCELLED, change=change)
    )


def is_second(ticket: Any, claim: Any, taking: Taking, *, age: int = 0) -> bool:
    """True when another had gone on with the ticket as it is meant here.

    Only the till that parked a ticket can park it again: that it did tells that it went on with
    what was parked before, whichever fact is heard first.

    Of facts that do not say which parking they mean, the claim tells. That one was granted is
    not enough: whoever was granted it may never have used it, and says so only by a fact. A
    ticket that was parked again since counts by its claim: a lower fence belongs to what it was
    before.

    Args:
        age: Below 0 when an earlier parking is meant than the one known, above 0 a later.
    """
    if age:
        earlier = taking.basket_id if age < 0 else ticket.resumed_as
        return bool(earlier not in {"", ticket.basket_id})
    if taking.parked_at_ms and ticket.state == PARKED and ticket.parked_at_ms:
        return False
    if ticket.state != PARKED:
        return bool((ticket.resumed_by, ticket.resumed_as) != (taking.till, taking.basket_id))
    was_used_by_other = claim.state == claims.DONE and claim.till != taking.till
    return bool(was_used_by_other and taking.fence < claim.fence)


def parked_page(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> ParkedPage:
    """Return the tickets of a shop that changed after `cursor`, the oldest change first."""
    limit = min(limit, MAX_TICKETS)
    rows = connection.execute(
        select(parked_ticket)
        .where(
            parked_ticket.c.shop == shop,
            parked_ticket.c.change > cursor,
            parked_ticket.c.parked_at_ms > 0,  # the hub has heard of it
        )
        .order_by(parked_ticket.c.change)
        .limit(limit + 1)
    ).all()
    more = len(rows) > limit
    shown = rows[:limit]
    return ParkedPage(
        cursor=shown[-1].change if more else last_number(connection, of_shop(STREAM, shop)),
        complete_after=complete_after(connection, of_shop(STREAM, shop), cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(_item(row) for row in shown),
    )


def _item(row: Row[Any]) -> ParkedItem:
    return ParkedItem(
        basket_id=row.basket_id,
        till=row.till,
        label=row.label,
        currency=row.currency,
        total=row.total,
        lines=row.lines,
        staff_id=row.staff_id,
        parked_at_ms=row.parked_at_ms,
        state=TicketState(row.state),
        resumed_by=row.resumed_by,
    )


def _age(connection: Connection, ticket: Row[Any], taking: Taking) -> int:
    """Return below 0 when a taking means an earlier parking than the one known, above 0 a later.

    It is 0 for the same one, and when one of the two does not say. The till's clock may have
    been put back between two parkings: it counts only while the hub has not heard of both.
    """
    known_ms = ticket.parked_at_ms if ticket.state == PARKED else ticket.taken_parking_ms
    if not taking.parked_at_ms or not known_ms or taking.parked_at_ms == known_ms:
        return 0
    meant = _parking_at(connection, ticket.till, ticket.basket_id, taking.parked_at_ms)
    known = _parking_at(connection, ticket.till, ticket.basket_id, known_ms)
    if meant and known:
        return 1 if meant > known else -1
    return int(taking.parked_at_ms - known_ms)


def _is_taken(
    connection: Connection, known: Row[Any], till: str, at_ms: int, place: tuple[int, int]
) -> bool:
    """True when who went on with a ticket took the parking at `at_ms`, or a later one."""
    if not known.parked_at_ms and not known.taken_parking_ms:
        return True  # somebody went on with it before we heard, and did not say with which
    if known.state == PARKED:
        return False
    # What was taken is the one before, also when both were parked within one millisecond.
    if known.taken_parking_ms == known.parked_at_ms and place > _place(known):
        return False
    taken = _parking_at(connection, till, known.basket_id, known.taken_parking_ms)
    return place <= taken if taken else bool(at_ms <= known.taken_parking_ms)


def _parking_at(
    connection: Connection, till: str, basket_id: str, at_ms: int
) -> tuple[int, int] | None:
    """Return where in a till's journal the parking of a ticket at a time of its clock is.

    It is None when the hub has not heard of it.
    """
    places = connection.execute(  # in no order: for one, SQLite would read the whole journal
        select(inbox.c.epoch, inbox.c.seq).where(
            inbox.c.till == till,
            inbox.c.occurred_at_ms == at_ms,
            _IS_PARKING,
            inbox.c.body_json.contains(f'"basket_id":"{basket_id}"', autoescape=True),
        )
    )
    return max(((row.epoch, row.seq) for row in places), default=None)


def _place(ticket: Row[Any]) -> tuple[int, int]:
    return ticket.parked_epoch, ticket.parked_seq


def _fence_after(claim: Row[Any], taking: Taking) -> int:
    """Return the fence once a taking is known: above any that another till was granted."""
    if claim.till in {"", taking.till} or taking.fence >= claim.fence:
        return int(max(claim.fence, taking.fence))
    return int(claim.fence) + 1


def _set_resumed(connection: Connection, source: str, taking: Taking, change: int) -> None:
    connection.execute(
        parked_ticket.update()
        .where(parked_ticket.c.basket_id == source)
        .values(
            state=RESUMED,
            resumed_by=taking.till,
            resumed_as=taking.basket_id,
            resumed_at_ms=taking.at_ms,
            resumed_by_staff=taking.staff_id,
            taken_parking_ms=taking.parked_at_ms,
            change=change,
        )
    )


def _unheard(source: str, shop: str, taking: Taking, change: int) -> tuple[object, ...]:
    """Return the row of a ticket whose parking the hub has not heard of (it lost it)."""
    return (
        source, shop, "", "", "EUR", taking.total, taking.lines, "", taking.staff_id, 0,
        RESUMED, taking.till, taking.basket_id, change, taking.at_ms, taking.staff_id,
        0, 0, taking.parked_at_ms,
    )  # fmt: skip


def _open_item(connection: Connection, shop: str, ticket: Row[Any], taking: Taking) -> None:
    first = Taking(
        ticket.resumed_by or ticket.till, ticket.resumed_as, 0,
        ticket.resumed_by_staff or ticket.staff_id, ticket.total, ticket.lines,
        ticket.resumed_at_ms or ticket.parked_at_ms,
    )  # fmt: skip
    desk.open_item(
        connection,
        desk.Found(
            kind=ItemKind.TICKET_RESUMED_TWICE,
            key=f"{ticket.basket_id}:{taking.till}:{taking.basket_id}",
            shop=shop,
            till=taking.till,
            subject=ticket.label or ticket.basket_id[-6:],
            currency=ticket.currency,
            at_ms=taking.at_ms,
            money=max(0, ticket.total),
            sides=(_side(connection, shop, first), _side(connection, shop, taking)),
        ),
    )


def _side(connection: Connection, shop: str, taking: Taking) -> Side:
    name = connection.scalar(
        select(staff.c.name).where(staff.c.shop == shop, staff.c.staff_id == taking.staff_id)
    )
    return Side(
        shop=shop,
        till=taking.till,
        rows=(
            DeskRow(kind=RowKind.AT, number=taking.at_ms),
            DeskRow(kind=RowKind.STAFF, text=(name or taking.staff_id)[:200]),
            DeskRow(kind=RowKind.TOTAL, number=taking.total),
            DeskRow(kind=RowKind.LINES, number=taking.lines),
        ),
    )


def _content(fact: BasketParked) -> str:
    """Return what another till needs to go on, empty when it is not there or too long."""
    if fact.content is None:
        return ""
    text = json.dumps(fact.content, ensure_ascii=False, separators=(",", ":"))
    return text if len(text.encode()) <= MAX_CONTENT_BYTES else ""


def _put(connection: Connection, row: tuple[object, ...]) -> None:
    changed = (
        "till", "label", "currency", "total", "lines", "content_json", "staff_id", "parked_at_ms",
        "state", "resumed_by", "resumed_as", "change", "resumed_at_ms", "resumed_by_staff",
        "parked_epoch", "parked_seq", "taken_parking_ms",
    )  # fmt: skip
    assignments = ", ".join(f"{name} = excluded.{name}" for name in changed)
    upsert_rows(connection, parked_ticket, [row], f"(basket_id) DO UPDATE SET {assignments}")


def _ticket(connection: Connection, basket_id: str) -> Row[Any] | None:
    return connection.execute(
        select(parked_ticket).where(parked_ticket.c.basket_id == basket_id)
    ).first()


def _next_change(connection: Connection, shop: str) -> int:
    """Return the next number of the feed; its lock keeps the parking of a shop in one line."""
    return take_numbers(connection, of_shop(STREAM, shop), 1)[0]

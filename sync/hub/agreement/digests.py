"""Compares what a till holds with what the hub holds, per business day, once all is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, func, select

from pos.domain.journal import Json
from sync.hub.agreement import forks
from sync.hub.conflicts import desk
from sync.hub.intake.applying import WAITING
from sync.hub.intake.fact_rows import MOST_MONEY, currency_of
from sync.hub.intake.ingest import Till
from sync.hub.returns.sums import reissues_of, sums_of
from sync.hub.tables import inbox, sale, sale_tender, till_mark
from sync.hub.tables_desk import desk_item
from sync.hub.tables_returns import return_document, return_reissue
from sync.wire.v1.desk import ItemKind, ItemState, RowKind, Side
from sync.wire.v1.desk import Row as SideRow
from sync.wire.v1.tills import Comparison, DayTotals, DigestAnswer, TillDigest

MAX_SIDE_ROWS = 12
RETURNS = "returns"


def compare(connection: Connection, till: Till, said: TillDigest, now_ms: int) -> DigestAnswer:
    """Compare a till's sums with the hub's; what differs goes on the desk.

    Both sides count the facts of one epoch up to the same one, so that a till that sells on
    meanwhile, or a copy of it in another epoch, makes no difference.
    """
    through, head = _mark(connection, till.till, said.epoch)
    if through < said.through:
        return _answer(Comparison.LACKS, through, now_ms)
    if through > said.through:
        head = _hash_of(connection, till.till, said)
    if head != said.head:
        forks.open_clone_item(connection, till.till, till.shop, said.epoch, now_ms)
        return _answer(Comparison.OTHER_CHAIN, through, now_ms)
    if _waits(connection, till.till, said):
        return _answer(Comparison.WAITS, through, now_ms)
    differing = []
    for day in said.days:
        ours = day_totals(connection, till.till, said.epoch, said.through, day.day)
        if ours == day:
            key = _key(till.till, said, day)
            desk.settle(connection, ItemKind.DIGEST_DIFFERS, key, now_ms)
        else:
            differing.append(ours)
            _put_on_desk(connection, _found(connection, till, said, day, ours, now_ms))
    comparison = Comparison.DIFFERS if differing else Comparison.AGREES
    return _answer(comparison, through, now_ms, tuple(differing))


def day_totals(connection: Connection, till: str, epoch: int, through: int, day: str) -> DayTotals:
    """Sum up what facts of one epoch up to `through` did on a business day (ISO)."""
    up_to = (inbox.c.epoch == epoch, inbox.c.seq <= through)
    wanted: tuple[ColumnElement[bool], ...] = (
        sale.c.till == till,
        sale.c.business_day == day,
        *up_to,
    )
    chained = sale.join(inbox, inbox.c.op_id == sale.c.op_id)
    count, total = connection.execute(
        select(func.count(), func.coalesce(func.sum(sale.c.total), 0))
        .select_from(chained)
        .where(*wanted)
    ).one()
    tenders = connection.execute(
        select(sale_tender.c.kind, func.sum(sale_tender.c.amount))
        .select_from(chained.join(sale_tender, sale_tender.c.sale_id == sale.c.sale_id))
        .where(*wanted)
        .group_by(sale_tender.c.kind)
    )
    by_tender = {kind: int(amount) for kind, amount in tenders}
    document, again = return_document.c, return_reissue.c
    of_day = (document.till == till, document.business_day == day)
    back = sums_of(connection, *of_day, *up_to, in_chain=True)
    return DayTotals(
        day=day,
        sales=count,
        total_minor=int(total),
        by_tender=by_tender,
        returns=back.count,
        returns_minor=back.total,
        by_refund=back.by_means,
        by_reissue=reissues_of(
            connection, again.till == till, again.business_day == day, *up_to, in_chain=True
        ),
    )


def send_again(connection: Connection, till: str, epoch: int, day: str) -> None:
    """Ask a till for a business day again, by a person's decision; it is told when it reports."""
    firsts = [
        connection.scalar(
            select(func.min(inbox.c.seq))
            .select_from(inbox.join(of_day, of_day.c.op_id == inbox.c.op_id))
            .where(inbox.c.till == till, inbox.c.epoch == epoch, of_day.c.business_day == day)
        )
        for of_day in (sale, return_document, return_reissue)
    ]
    first = min((seq for seq in firsts if seq is not None), default=1)
    connection.execute(
        till_mark.update()
        .where(till_mark.c.till == till, till_mark.c.epoch == epoch)
        .values(send_again_from=first)
    )


def asked_again(connection: Connection, till: str, epoch: int) -> tuple[int, int]:
    """Return the epoch, and the number in it, from which a person wants facts again.

    Zeros for none. A till in `epoch` is asked for that one first, then for those before it.
    """
    mark = till_mark.c
    wanted = (
        select(mark.epoch, mark.send_again_from)
        .where(mark.till == till, mark.epoch <= epoch, mark.send_again_from > 0)
        .order_by(mark.epoch.desc())
    )
    row = connection.execute(wanted.limit(1)).first()
    return (row[0], row[1]) if row else (0, 0)


def _mark(connection: Connection, till: str, epoch: int) -> tuple[int, str]:
    mark = till_mark.c
    row = connection.execute(
        select(mark.received_through, mark.chain_head).where(
            mark.till == till, mark.epoch == epoch
        )
    ).first()
    return (row[0], row[1]) if row else (0, "")


def _hash_of(connection: Connection, till: str, said: TillDigest) -> str:
    wanted = select(inbox.c.hash).where(
        inbox.c.till == till, inbox.c.epoch == said.epoch, inbox.c.seq == said.through
    )
    return connection.scalar(wanted) or ""


def _waits(connection: Connection, till: str, said: TillDigest) -> bool:
    """True while facts of the till may still be applied by themselves."""
    wanted = select(inbox.c.seq).where(
        inbox.c.till == till,
        inbox.c.aggregate != "",
        inbox.c.outcome == WAITING,
        inbox.c.epoch == said.epoch,
        inbox.c.seq <= said.through,
    )
    return connection.execute(wanted.limit(1)).first() is not None


def _answer(
    comparison: Comparison, through: int, now_ms: int, differing: tuple[DayTotals, ...] = ()
) -> DigestAnswer:
    return DigestAnswer(
        comparison=comparison,
        received_through=through,
        differing=differing,
        hub_time_ms=now_ms,
    )


def _key(till: str, said: TillDigest, day: DayTotals) -> str:
    """Return what a day that differs is found again by, whatever the difference is."""
    return f"{till}:{said.epoch}:{day.day}"


def _put_on_desk(connection: Connection, found: desk.Found) -> None:
    """Open the day's item; when the difference is another one it says so, and is open again."""
    item = desk_item.c
    known = connection.execute(
        select(item.state, item.opened_at_ms, item.body_json).where(
            item.item_id == desk.item_id_of(found.kind, found.key)
        )
    ).first()
    if known is None or json.loads(known.body_json)["data"].get("apart") == found.data["apart"]:
        desk.open_item(connection, found)
        return
    since_ms = known.opened_at_ms if known.state == ItemState.OPEN.value else found.at_ms
    desk.open_item(connection, replace(found, at_ms=since_ms, reopens=True))


def _found(
    connection: Connection,
    till: Till,
    said: TillDigest,
    theirs: DayTotals,
    ours: DayTotals,
    now_ms: int,
) -> desk.Found:
    """Return the desk's item about a day on which till and hub do not agree."""
    return desk.Found(
        kind=ItemKind.DIGEST_DIFFERS,
        key=_key(till.till, said, theirs),
        shop=till.shop,
        till=till.till,
        subject=theirs.day,
        currency=currency_of(connection, till.shop),
        at_ms=now_ms,
        money=_at_stake(theirs, ours),
        sides=(
            Side(shop=till.shop, till=till.till, rows=_rows(theirs)),
            Side(shop=till.shop, till=desk.AT_THE_HUB, rows=_rows(ours)),
        ),
        data={
            "till": till.till,
            "epoch": said.epoch,
            "day": theirs.day,
            "apart": _apart(theirs, ours),
        },
    )


def _apart(theirs: DayTotals, ours: DayTotals) -> dict[str, Json]:
    """Return by how much the numbers, the totals and each means differ, in minor units."""
    apart: dict[str, Json] = {
        "sales": theirs.sales - ours.sales,
        "total": theirs.total_minor - ours.total_minor,
    }
    if theirs.returns or ours.returns:
        apart["returns"] = theirs.returns - ours.returns
        apart["returned"] = theirs.returns_minor - ours.returns_minor
    return {**apart, **_apart_by_means(theirs, ours)}


def _apart_by_means(theirs: DayTotals, ours: DayTotals) -> dict[str, int]:
    """Return by how much what came in and went out by each means differs, where it does."""
    groups = (
        ("tender", theirs.by_tender, ours.by_tender),
        ("refund", theirs.by_refund, ours.by_refund),
        ("reissue", theirs.by_reissue, ours.by_reissue),
    )
    apart = {
        f"{name}:{means}": one.get(means, 0) - other.get(means, 0)
        for name, one, other in groups
        for means in {*one, *other}
    }
    return {key: amount for key, amount in apart.items() if amount}


def _at_stake(theirs: DayTotals, ours: DayTotals) -> int:
    """Return the largest difference, in minor units: of a total, or of a means."""
    totals = (
        theirs.total_minor - ours.total_minor,
        theirs.returns_minor - ours.returns_minor,
    )
    apart = (*totals, *_apart_by_means(theirs, ours).values())
    return min(max(abs(amount) for amount in apart), MOST_MONEY)


def _rows(day: DayTotals) -> tuple[SideRow, ...]:
    """Return what one side says of a day; money that went back is below zero."""
    said = [
        SideRow(kind=RowKind.NUMBERS, number=day.sales),
        SideRow(kind=RowKind.TOTAL, number=day.total_minor),
        *_means(day.by_tender, 1),
    ]
    if day.returns:
        said += [
            SideRow(kind=RowKind.NUMBERS, text=RETURNS, number=day.returns),
            SideRow(kind=RowKind.TOTAL, text=RETURNS, number=-day.returns_minor),
            *_means(day.by_refund, -1),
        ]
    said += _means(day.by_reissue, -1)
    return tuple(said[:MAX_SIDE_ROWS])


def _means(amounts: Mapping[str, int], sign: int) -> list[SideRow]:
    return [
        SideRow(kind=RowKind.TENDER, text=means, number=sign * amount)
        for means, amount in sorted(amounts.items())
    ]

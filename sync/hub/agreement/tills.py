"""The tills the hub knows, and what it holds of each."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from sync.hub.intake.ingest import UnknownTill, latest_mark
from sync.hub.returns.sums import reissues_of, sums_of
from sync.hub.tables import sale, sale_tender, till
from sync.hub.tables_returns import return_document, return_reissue
from sync.wire.v1.tills import Digest

ALL_DAYS = "all"


def digest(connection: Connection, till_id: str, day: str) -> Digest:
    """Return what the hub holds of a till: for one business day (ISO) or for all of them.

    Raises:
        UnknownTill: There is no such till.
    """
    if connection.scalar(select(till.c.till).where(till.c.till == till_id)) is None:
        raise UnknownTill(till_id)
    wanted = [sale.c.till == till_id]
    if day != ALL_DAYS:
        wanted.append(sale.c.business_day == day)
    count, total = connection.execute(
        select(func.count(), func.coalesce(func.sum(sale.c.total), 0)).where(*wanted)
    ).one()
    tenders = connection.execute(
        select(sale_tender.c.kind, func.sum(sale_tender.c.amount))
        .join(sale, sale.c.sale_id == sale_tender.c.sale_id)
        .where(*wanted)
        .group_by(sale_tender.c.kind)
    )
    document = return_document.c
    of_day = [] if day == ALL_DAYS else [document.business_day == day]
    back = sums_of(connection, document.till == till_id, *of_day)
    again = return_reissue.c
    again_of_day = [] if day == ALL_DAYS else [again.business_day == day]
    epoch, mark = latest_mark(connection, till_id)
    return Digest(
        sales=count,
        total_minor=int(total),
        by_tender={kind: int(amount) for kind, amount in tenders},
        returns=back.count,
        returns_minor=back.total,
        by_refund=back.by_means,
        by_reissue=reissues_of(connection, again.till == till_id, *again_of_day),
        received_through=mark.through,
        chain_head=mark.head,
        epoch=epoch,
    )

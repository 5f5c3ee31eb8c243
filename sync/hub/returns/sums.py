"""What came back, added up: count, amount, and by which means money goes back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from sync.hub.tables import inbox
from sync.hub.tables_returns import return_document, return_refund, return_reissue


@dataclass(frozen=True, slots=True)
class ReturnSums:
    """Amounts are minor units; `by_means` is as the documents say, whether it arrived or not."""

    count: int
    total: int
    by_means: dict[str, int]


def sums_of(
    connection: Connection, *wanted: ColumnElement[bool], in_chain: bool = False
) -> ReturnSums:
    """Add up the returns that conditions on `return_document` let through.

    Args:
        in_chain: The conditions look at the fact of each return too, in `inbox`: what a copy of
            a till took back is left out.
    """
    source = return_document
    documents = source.join(inbox, inbox.c.op_id == source.c.op_id) if in_chain else source
    count, total = connection.execute(
        select(func.count(), func.coalesce(func.sum(source.c.total), 0))
        .select_from(documents)
        .where(*wanted)
    ).one()
    if not count:
        return ReturnSums(0, 0, {})
    refunds = connection.execute(
        select(return_refund.c.means, func.sum(return_refund.c.amount))
        .select_from(
            documents.join(return_refund, return_refund.c.return_id == source.c.return_id)
        )
        .where(*wanted, return_refund.c.replaces == "")
        .group_by(return_refund.c.means)
    )
    return ReturnSums(count, int(total), {means: int(amount) for means, amount in refunds})


def reissues_of(
    connection: Connection, *wanted: ColumnElement[bool], in_chain: bool = False
) -> dict[str, int]:
    """Add up what was paid for refunds that had failed, by means, in minor units.

    Args:
        wanted: Conditions on `return_reissue`.
        in_chain: As of `sums_of`.
    """
    again = return_reissue
    source = again.join(inbox, inbox.c.op_id == again.c.op_id) if in_chain else again
    rows = connection.execute(
        select(again.c.means, func.sum(again.c.amount))
        .select_from(source)
        .where(*wanted)
        .group_by(again.c.means)
    )
    return {means: int(amount) for means, amount in rows}

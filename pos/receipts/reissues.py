"""The receipt of what was owed of a return and is paid now."""

from __future__ import annotations

from collections.abc import Sequence

from hardware.receipt_printer.document import (
    BIG,
    BOLD,
    Cut,
    Document,
    Feed,
    Rule,
    Text,
    row,
)
from pos.domain.money import total
from pos.domain.reissue import Reissue
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund
from pos.receipts.returns import NO_CODES, Codes, given_back, signature
from pos.receipts.stationery import Reprint, Stationery, centred, headline


def reissue_document(
    reissues: Sequence[Reissue],
    on: Stationery,
    reprint: Reprint | None = None,
    codes: Codes = NO_CODES,
    *,
    staff_name: str,
) -> Document:
    """Return the receipt of how one refund that failed was paid; with `reprint`, a copy.

    Args:
        reissues: What was paid for it, at least one part.
        codes: As of `return_document`.
    """
    first = reissues[0]
    refunds = [one.refund for one in reissues]
    amount = total((one.amount for one in refunds), first.refund.amount.currency)
    number = on.words["owed_of"].format(number=first.number) if first.number else ""
    return Document(
        (
            *on.letterhead(),
            Feed(),
            headline(on.words["reissue_title"], on.columns),
            *(on.copy_mark(reprint) if reprint else []),
            Rule(),
            *([Text(number, style=BOLD)] if number else []),
            row(on.when(first.at_ms), on.till(on.till_number)),
            Text(on.words["served_by"].format(name=staff_name)),
            *([Text(first.reason)] if first.reason else []),
            Rule(),
            row(on.words["total"], on.money(amount), BIG),
            *given_back([_as_told(one) for one in refunds], on, codes),
            Feed(),
            *centred(list(on.legal.legal)),
            *(signature(on) if any(one.means is Means.CASH for one in refunds) else []),
            Cut(),
        ),
        on.columns,
    )


def _as_told(refund: Refund) -> Refund:
    """Return a refund as one of its own: this paper is about nothing else."""
    return Refund(
        refund.refund_id,
        refund.purchase,
        refund.means,
        refund.amount,
        refund.reference,
        refund.label,
        refund.state,
    )

"""What a return is of each purchase, taken from its fact as far as that can be understood."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from pos.domain.money import Money
from pos.domain.return_content import UnreadableReturn, read_return
from pos.domain.return_ledger import PaidOut, Returned, ReturnedLine
from pos.domain.return_purchase_content import read_returned, returned_content
from pos.domain.returns import Return, returned_parts
from sync.wire.v1.facts import ReturnCompleted


@dataclass(frozen=True, slots=True)
class Parts:
    """`by_purchase` is `returned_content` as JSON; `add_up` is false when the fact does not."""

    by_purchase: dict[str, str]
    add_up: bool


def parts_of(told: ReturnCompleted, body: str, return_id: str) -> Parts:
    """Return what came back of each purchase.

    A fact that does not add up came from a till of another version, or from none of ours: the
    goods it names came back all the same, and are counted.

    Args:
        told: The fact as the hub's rows need it.
        body: The fact, to be read whole.
        return_id: What the rows of the return go by.
    """
    document = _document(told, body)
    parts = _as_told(told) if document is None else returned_parts(document)
    contents = {
        part.purchase: returned_content(replace(part, return_id=return_id)) for part in parts
    }
    readable = {
        purchase: json.dumps(content)
        for purchase, content in contents.items()
        if _is_readable(content, told.currency)
    }
    return Parts(readable, document is not None and len(readable) == len(contents))


def _document(told: ReturnCompleted, body: str) -> Return | None:
    """Return the document, None when it cannot be one or leaves a purchase unnamed."""
    try:
        document = read_return(json.loads(body))
    except ValueError:
        return None
    named = {one.reference for one in document.originals}
    return document if set(_purchases(told)) <= named else None


def _is_readable(content: object, currency: str) -> bool:
    try:
        read_returned(content, currency)
    except UnreadableReturn:
        return False
    return True


def _purchases(told: ReturnCompleted) -> list[str]:
    named = [one.reference for one in told.originals]
    named += [line.purchase for line in told.lines]
    named += [refund.purchase for refund in told.refunds]
    return [purchase for purchase in dict.fromkeys(named) if purchase]


def _as_told(told: ReturnCompleted) -> tuple[Returned, ...]:
    return tuple(_part(told, purchase) for purchase in _purchases(told))


def _part(told: ReturnCompleted, purchase: str) -> Returned:
    nothing = Money(0, told.currency)
    return Returned(
        return_id=told.return_id,
        purchase=purchase,
        shop=told.shop,
        at_ms=told.completed_at_ms,
        lines=tuple(
            ReturnedLine(
                line.purchase_line,
                line.quantity,
                Money(line.value, told.currency),
                Money(min(line.deduction, line.value), told.currency),
            )
            for line in told.lines
            if line.purchase == purchase
        ),
        paid_out=tuple(
            PaidOut(
                refund.refund_id,
                refund.means,
                Money(refund.amount, told.currency),
                refund.reference,
                refund.state,
            )
            for refund in told.refunds
            if refund.purchase == purchase
        ),
        delivery=nothing,
        goodwill=nothing,
    )

"""How the parts of a refund are recorded: credit gets a code, a card that paid is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.journal import FactKind
from pos.domain.refund_options import Split
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return
from pos.domain.stored_value import (
    StoredValueKind,
    ValueLoad,
    masked,
    read_value_reference,
    value_body,
    value_reference,
)
from pos.services.ports import Records
from pos.services.workstation import SignOn, Workstation

_ON_CARDS = {
    Means.GIFT_CARD: StoredValueKind.GIFT_CARD,
    Means.STORE_CREDIT: StoredValueKind.STORE_CREDIT,
}


class NotComplete(Exception):
    """Something is still to be said before it can be recorded: a bug of the screen."""


@dataclass(frozen=True, slots=True)
class PayingOut:
    """A refund with the fact of the card it goes on, None for other means."""

    refund: Refund
    loads: FactKind | None = None


def paying_out(
    station: Workstation, split: Split, purchase: str, *, refund_id: str = ""
) -> PayingOut:
    """Return the refund of a part; credit gets a code of its own, a card that paid is loaded.

    Args:
        refund_id: What it is known by; an id of its own unless given.

    Raises:
        NotComplete: This till gives no credit.
    """
    option, refund_id = split.option, refund_id or station.ids.new()
    if option.means not in _ON_CARDS:
        return PayingOut(option.refund(refund_id, purchase, split.amount))
    if option.reference:
        refund = option.refund(refund_id, purchase, split.amount)
        return PayingOut(refund, FactKind.VALUE_TOPPED_UP)
    code = station.returns.code_of(option.means, refund_id)
    if not code:
        raise NotComplete(f"this till gives no {option.means.value}")
    card = value_reference(code)
    refund = Refund(
        refund_id,
        purchase,
        option.means,
        split.amount,
        card.text,
        masked(card.last4),
        option.state,
    )
    return PayingOut(refund, FactKind.VALUE_ISSUED)


def load_credit(
    sign_on: SignOn, records: Records, document: Return, paying: Iterable[PayingOut]
) -> None:
    """Put onto cards and credit what a recorded return pays out that way."""
    for one in paying:
        load_card(
            sign_on,
            records,
            one,
            document=str(document.number),
            customer_id=document.customer_id,
            at_ms=document.completed_at_ms,
        )


def load_card(
    sign_on: SignOn,
    records: Records,
    paying: PayingOut,
    *,
    document: str,
    at_ms: int,
    customer_id: str = "",
) -> None:
    """Put a refund onto the card or credit it goes on; of another means nothing is to be done.

    Args:
        document: The number of the paper that tells of it.
        at_ms: When it happened; UTC, Unix ms.
    """
    if paying.loads is None:
        return
    refund = paying.refund
    card = read_value_reference(refund.reference)
    load = ValueLoad(
        card=card.card,
        last4=card.last4,
        kind=_ON_CARDS[refund.means],
        amount=refund.amount,
        document=document,
        staff_id=sign_on.operator.staff_id,
        customer_id=customer_id,
    )
    sign_on.record(records, paying.loads, value_body(load), at_ms=at_ms)

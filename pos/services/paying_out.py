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


def paying_out(station: Workstation, split: Split, purchase: str) -> PayingOut:
    """Return the refund of a part; credit gets a code of its own, a card that paid is loaded.

    Raises:
        NotComplete: This till gives no credit.
    """
    refund_id, option = station.ids.new(), split.option
    if option.means not in _ON_CARDS:
        return PayingOut(option.refund(refund_id, purchase, split.amount))
    if option.reference:
        refund = option.refund(refund_id, purchase, split.amount)
        return PayingOut(refund, FactKind.VALUE_TOPPED_UP)
    make_code = station.returns.credit_code
    if make_code is None:
        raise NotComplete("this till gives no credit")
    card = value_reference(make_code(refund_id))
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
        if one.loads is not None:
            _load(sign_on, records, document, one.refund, one.loads)


def _load(
    sign_on: SignOn, records: Records, document: Return, refund: Refund, kind: FactKind
) -> None:
    card = read_value_reference(refund.reference)
    load = ValueLoad(
        card=card.card,
        last4=card.last4,
        kind=_ON_CARDS[refund.means],
        amount=refund.amount,
        document=str(document.number),
        staff_id=sign_on.operator.staff_id,
        customer_id=document.customer_id,
    )
    sign_on.record(records, kind, value_body(load), at_ms=document.completed_at_ms)

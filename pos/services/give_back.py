"""The last key of a return: recorded in one transaction, with the credit it gives."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.journal import FactKind
from pos.domain.refund_options import Split
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return
from pos.domain.staff import Act, Capability
from pos.domain.stored_value import (
    StoredValueKind,
    ValueLoad,
    masked,
    read_value_reference,
    value_body,
    value_reference,
)
from pos.services.ports import Records
from pos.services.record_return import ReturnDraft, record_return, with_own_returns
from pos.services.return_figures import Figures
from pos.services.take_back import TakingBack
from pos.services.without_receipt import as_recorded
from pos.services.workstation import SignOn, Workstation

_ON_CARDS = {
    Means.GIFT_CARD: StoredValueKind.GIFT_CARD,
    Means.STORE_CREDIT: StoredValueKind.STORE_CREDIT,
}


class NotComplete(Exception):
    """Something is still to be said before it can be recorded: a bug of the screen."""


@dataclass(frozen=True, slots=True)
class _Paying:
    """A refund with the fact of the card it goes on, None for other means."""

    refund: Refund
    loads: FactKind | None = None


def give_back(sign_on: SignOn, state: TakingBack, figures: Figures) -> Return:
    """Record the return; recording it again changes nothing and gives what was recorded.

    Raises:
        NotComplete: Something is lacking.
        NoOpenSession, NotAllowed, MoreThanReturnable, PurchaseChanged: As `record_return`;
            nothing is recorded.
        StoreUnavailable: Nothing was recorded.
        OutcomeOfCommitUnknown: Look it up by its id.
    """
    if figures.lacking is not None or figures.permissions:
        raise NotComplete(figures.lacking)
    station = sign_on.station
    reference = state.known.ledger.purchase.reference if state.has_receipt else ""
    paying = [_paying(station, split, reference) for split in figures.splits]
    with station.store.transaction() as records:
        recorded = records.returns.get(state.return_id)
        if recorded is not None:
            return recorded
        _check_allowed(sign_on, records, state)
        document = record_return(sign_on, records, _draft(state, figures, paying))
        for one in paying:
            if one.loads is not None:
                _load(sign_on, records, document, one.refund, one.loads)
    return document


def recorded(station: Workstation, return_id: str) -> Return | None:
    """Return what was recorded under that id, None when nothing was."""
    with station.store.reading() as records:
        return records.returns.get(return_id)


def own_view(station: Workstation, ledger: Ledger) -> Ledger:
    """Return a ledger of the hub with what this till took back that the hub may not know."""
    with station.store.reading() as records:
        return with_own_returns(records, ledger)


def _check_allowed(sign_on: SignOn, records: Records, state: TakingBack) -> None:
    """Make sure that without a receipt somebody approved it or the operator may do it alone."""
    needed = Capability.RETURN_WITHOUT_RECEIPT
    is_approved = any(one.capability is needed and one.approval for one in state.allowed)
    if not state.has_receipt and not is_approved:
        sign_on.authorise(records, Act(needed), None)


def _draft(state: TakingBack, figures: Figures, paying: list[_Paying]) -> ReturnDraft:
    purchase = state.known.ledger.purchase
    approvals = {
        one.approval.approval_id: one.approval for one in state.allowed if one.approval is not None
    }
    return ReturnDraft(
        return_id=state.return_id,
        ledgers=(state.known.ledger,) if state.has_receipt else (),
        lines=figures.chosen if state.has_receipt else as_recorded(figures.chosen),
        extras=figures.extras,
        refunds=tuple(one.refund for one in paying),
        flags=figures.flags,
        approvals=tuple(approvals.values()),
        began_at_ms=state.began_at_ms,
        currency=purchase.currency,
        # The customer of a gift's purchase is who gave it, not who gets the credit.
        customer_id="" if state.is_gift else purchase.customer_id,
    )


def _paying(station: Workstation, split: Split, purchase: str) -> _Paying:
    """Return the refund of a part; credit gets a code of its own, a card that paid is loaded."""
    refund_id, option = station.ids.new(), split.option
    if option.means not in _ON_CARDS:
        return _Paying(option.refund(refund_id, purchase, split.amount))
    if option.reference:
        refund = option.refund(refund_id, purchase, split.amount)
        return _Paying(refund, FactKind.VALUE_TOPPED_UP)
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
    return _Paying(refund, FactKind.VALUE_ISSUED)


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

"""The last key of a return: recorded in one transaction, with the credit it gives."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.return_ledger import Ledger
from pos.domain.returns import Return, ReturnLine
from pos.domain.staff import Act, Approval, Capability
from pos.services.paying_out import NotComplete, PayingOut, load_credit, paying_out
from pos.services.ports import Records
from pos.services.record_return import ReturnDraft, record_return, with_own_returns
from pos.services.return_figures import Figures
from pos.services.take_back import Allowed, TakingBack
from pos.services.without_receipt import as_recorded
from pos.services.workstation import SignOn, Workstation

__all__ = ["NotComplete"]  # what its callers catch


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
    paying = [paying_out(station, split, reference) for split in figures.splits]
    with station.store.transaction() as records:
        recorded = records.returns.get(state.return_id)
        if recorded is not None:
            return recorded
        check_allowed(sign_on, records, state)
        document = record_return(sign_on, records, _draft(state, figures, paying))
        load_credit(sign_on, records, document, paying)
    return document


def recorded(station: Workstation, return_id: str) -> Return | None:
    """Return what was recorded under that id, None when nothing was."""
    with station.store.reading() as records:
        return records.returns.get(return_id)


def own_view(station: Workstation, ledger: Ledger) -> Ledger:
    """Return a ledger of the hub with what this till took back that the hub may not know."""
    with station.store.reading() as records:
        return with_own_returns(records, ledger)


def check_allowed(sign_on: SignOn, records: Records, state: TakingBack) -> None:
    """Make sure that without a receipt somebody approved it or the operator may do it alone.

    Raises:
        NotAllowed: Neither is so.
    """
    needed = Capability.RETURN_WITHOUT_RECEIPT
    is_approved = any(one.capability is needed and one.approval for one in state.allowed)
    if not state.has_receipt and not is_approved:
        sign_on.authorise(records, Act(needed), None)


def lines_of(state: TakingBack, figures: Figures) -> tuple[ReturnLine, ...]:
    """Return the lines that come back as their return records them."""
    return figures.chosen if state.has_receipt else as_recorded(figures.chosen)


def approvals_of(allowed: Iterable[Allowed]) -> tuple[Approval, ...]:
    """Return what somebody approved, each approval once."""
    given = {one.approval.approval_id: one.approval for one in allowed if one.approval is not None}
    return tuple(given.values())


def _draft(state: TakingBack, figures: Figures, paying: list[PayingOut]) -> ReturnDraft:
    purchase = state.known.ledger.purchase
    return ReturnDraft(
        return_id=state.return_id,
        ledgers=(state.known.ledger,) if state.has_receipt else (),
        lines=lines_of(state, figures),
        extras=figures.extras,
        refunds=tuple(one.refund for one in paying),
        flags=figures.flags,
        approvals=approvals_of(state.allowed),
        began_at_ms=state.began_at_ms,
        currency=purchase.currency,
        # The customer of a gift's purchase is who gave it, not who gets the credit.
        customer_id="" if state.is_gift else purchase.customer_id,
    )

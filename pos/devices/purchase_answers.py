"""Purchases as the hub tells of them, believed when they are what was asked for."""

from __future__ import annotations

from pos.domain.free_text import one_line
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase_content import read_ledger
from pos.services.hub_calls import ClaimState, FoundPurchase, FoundPurchases, PurchaseClaim
from sync.http import HubUnreachable
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest, ReleaseRequest
from sync.wire.v1.purchases import FoundPurchases as SaidPurchases


def found(said: SaidPurchases) -> FoundPurchases:
    """Return what was found.

    Raises:
        HubUnreachable: Something of it is no purchase: then nothing of it is believed.
    """
    purchases = (
        FoundPurchase(one_line(one.shop_name), _ledger(one.content)) for one in said.purchases
    )
    return FoundPurchases(tuple(purchases), said.hub_time_ms)


def claim_request(op_id: str, reference: str, *, takes_over: bool) -> ClaimRequest:
    """Return the question whether something of a purchase may be taken back here."""
    return ClaimRequest(op_id=op_id, kind=ClaimKind.PURCHASE, key=reference, takes_over=takes_over)


def release_request(reference: str, fence: int) -> ReleaseRequest:
    """Return the message that gives a claim back."""
    return ReleaseRequest(kind=ClaimKind.PURCHASE, key=reference, fence=fence)


def purchase_claim(reference: str, said: ClaimAnswer) -> PurchaseClaim:
    """Return what was said of a purchase.

    Raises:
        HubUnreachable: It was granted without what was bought, or with another purchase.
    """
    state = ClaimState(said.state.value)
    ledger = None if said.content is None else _ledger(said.content)
    is_wrong = ledger is not None and ledger.purchase.reference != reference
    if is_wrong or (state is ClaimState.GRANTED and ledger is None):
        raise HubUnreachable("not that purchase")
    return PurchaseClaim(
        state,
        said.fence,
        said.holder,
        said.since_ms,
        said.detail,
        ledger,
        said.may_be_taken_over,
    )


def _ledger(content: object) -> Ledger:
    try:
        return read_ledger(content)
    except UnreadableReturn as error:
        raise HubUnreachable("not a purchase") from error

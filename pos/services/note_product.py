"""Writing down what a customer says about a product."""

from __future__ import annotations

from pos.domain.journal import FactKind
from pos.domain.product_note import ProductNote
from pos.services.workstation import SignOn


def note_product(sign_on: SignOn, note: ProductNote) -> None:
    """Journal a note; the hub counts it once it hears of it.

    Raises:
        StoreUnavailable: Nothing was recorded.
        OutcomeOfCommitUnknown: Nobody can say whether it was.
    """
    with sign_on.station.store.transaction() as records:
        body = note.body(sign_on.operator.staff_id)
        sign_on.record(records, FactKind.PRODUCT_NOTED, body)

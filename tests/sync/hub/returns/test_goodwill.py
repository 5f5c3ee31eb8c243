"""Goodwill at the hub: money that went back although nothing came back."""

from __future__ import annotations

from pos.domain.journal import FactKind
from pos.domain.numbering import ReceiptNumber
from pos.domain.return_content import return_body
from pos.domain.return_tax import goodwill_by_rate
from pos.domain.returns import ExtraKind, ReturnExtra
from sync.hub.agreement.tills import ALL_DAYS, digest
from sync.hub.database import HubDatabase
from tests.return_builders import return_document
from tests.sync.hub.returns.kit import ReturnTill, euros, ledger_at, outcomes, watch


def test_goodwill_leaves_less_to_give_back_and_no_line_of_it_came_back(
    database: HubDatabase,
) -> None:
    till = ReturnTill(database)
    sold = till.sell(10_00)
    ledger = ledger_at(database, sold)
    extras = tuple(
        ReturnExtra(ExtraKind.GOODWILL, sold, share, rate, "Retraso")
        for rate, share in goodwill_by_rate(ledger.purchase, euros(3_00))
    )
    document = return_document(
        ledger, (), extras, number=ReceiptNumber("D1", 1), till=till.till, shop=till.shop,
        session_id=till.session,
    )  # fmt: skip
    till.journal.append(FactKind.RETURN_COMPLETED, return_body(document))

    answer = till.push()

    after = ledger_at(database, sold)
    assert outcomes(answer) == {("applied", "")}
    assert after.refundable == euros(7_00)
    assert after.line(1).returnable == 1_000
    assert [one.goodwill for one in after.returns] == [euros(3_00)]
    assert watch(database) == 0
    with database.reading() as connection:
        whole = digest(connection, till.till, ALL_DAYS)
    assert (whole.returns_minor, whole.by_refund) == (3_00, {"cash": 3_00})

"""What a refund that failed owes is paid from the screen of returns, once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from pos.domain.card_refund import RefundAnswer
from pos.domain.printing import PrintKind
from pos.domain.refund import RefundEvent
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means
from pos.domain.returns import Return
from pos.screens.navigator import Screen
from pos.screens.returns.owed import OwedViewModel
from pos.services.hub_calls import ClaimState, FoundPurchases, HubAway, PurchaseClaim
from tests.return_builders import came_back, paid_out
from tests.screens.returns.conftest import Returns, found, recorded

CASH = (Means.CASH, "")


def refused(till: Returns) -> tuple[Return, Ledger]:
    """Take back what was paid by card; the terminal gives nothing back."""
    ledger = till.card_order()
    till.open_order(ledger)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)
    document = recorded(till)
    till.kit.devices.terminal.answer_refund(RefundAnswer(RefundEvent.REFUSAL, "ref-1"))
    return document, ledger


def panel_of(till: Returns) -> OwedViewModel:
    panel = till.kit.navigator.panel
    assert isinstance(panel, OwedViewModel)
    return panel


def test_what_the_card_refused_is_paid_in_cash_before_the_customer_goes(till: Returns) -> None:
    document, ledger = refused(till)
    till.type("p")
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    panel = panel_of(till)
    assert panel.about == "€10.00 did not go back: to the card that paid"
    assert [way.title for way in panel.ways][:2] == ["To the card that paid", "Cash"]

    panel.choose(*CASH)
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)

    assert [words for words, _ in panel.rows] == ["In cash"]
    assert till.kit.devices.printing.drawer_openings == 1
    jobs = [job.kind for job in till.kit.devices.printing.submitted]
    assert jobs[-1] is PrintKind.REISSUE
    till.press(Qt.Key.Key_Return)
    assert till.kit.navigator.panel is None
    assert till.model.done.refunds == (("In cash", "€10.00"),)
    assert not till.model.done.is_owed
    with till.kit.store.reading() as records:
        known = records.returns.get(document.return_id)
    assert known is not None
    assert [one.means for one in known.refunds] == [Means.CARD, Means.CASH]


def test_the_paper_of_a_return_opens_what_is_owed_of_it_another_day(till: Returns) -> None:
    document, ledger = refused(till)
    till.press(Qt.Key.Key_Return)
    till.kit.navigator.go(Screen.RETURN)
    till.scan(f"MR:FUEN:{document.number}-0")  # mistyped: not one of our codes

    till.type(str(document.number).lower())
    till.press(Qt.Key.Key_Return)
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    panel = panel_of(till)
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)

    assert panel.title == f"Owed of {document.number}"
    assert panel.note == "The terminal is giving €10.00 back…"
    till.kit.devices.terminal.answer_refund(RefundAnswer(RefundEvent.CONFIRMATION, "ref-2"))
    assert panel.note == "The card has €10.00 back"
    assert panel.is_fine


def test_nothing_is_paid_that_another_till_paid_meanwhile(till: Returns) -> None:
    document, ledger = refused(till)
    till.type("p")
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    panel = panel_of(till)
    panel.choose(*CASH)
    till.press(Qt.Key.Key_F10)
    refund = document.refunds[0]
    there = came_back(ledger, (1, 1000), return_id=document.return_id)
    again = paid_out(refund.amount, origin=(Means.CARD, "attempt-1"), replaces=refund.refund_id)
    known = ledger_of(ledger.purchase, [replace(there, paid_out=(refund.as_paid_out, again))])
    till.grant(known)

    assert not panel.paid
    assert panel.said == "It was paid meanwhile: nothing of it is owed any more"
    assert till.kit.devices.hub.released_purchases[-1] == (ledger.purchase.reference, 3)
    assert till.kit.devices.printing.drawer_openings == 0


def test_another_till_at_it_right_now_is_named(till: Returns) -> None:
    _, ledger = refused(till)
    till.type("p")
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    till.press(Qt.Key.Key_F10)
    till.kit.devices.hub.answer(
        PurchaseClaim(ClaimState.HELD, holder="GOYA-1", since_ms=1, may_be_taken_over=True)
    )

    assert panel_of(till).said == "Till 1 takes something of it back right now"


def test_without_the_hub_cash_stays_in_the_drawer_and_it_is_said_first(till: Returns) -> None:
    _, ledger = refused(till)
    till.type("p")
    till.kit.devices.hub.answer(found(ledger, till.kit.clock.at_ms))
    panel = panel_of(till)
    panel.choose(*CASH)
    till.press(Qt.Key.Key_F10)
    till.kit.devices.hub.answer(HubAway())

    assert not panel.paid
    assert "does not answer" in panel.said
    cash = next(way for way in panel.ways if way.means is Means.CASH)
    assert cash.second == "Not without connection"


def test_a_return_that_owes_nothing_says_so(till: Returns) -> None:
    till.kit.navigator.go(Screen.RETURN)
    till.type("D9-000001")
    till.press(Qt.Key.Key_Return)
    till.kit.devices.hub.answer(FoundPurchases((), till.kit.clock.at_ms))

    assert till.model.finding.told == "No return D9-000001, here or anywhere"
    assert till.kit.navigator.panel is None

"""Taking money for the ticket at the counter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.errors import OutcomeOfCommitUnknown
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.tender import TenderKind
from pos.domain.ticket import TicketState
from pos.screens.navigator import Screen
from pos.screens.payment.view import PaymentPage
from pos.screens.payment.view_model import PaymentViewModel
from pos.screens.ports import Sound
from pos.screens.trouble.view_model import Trouble, TroubleViewModel
from pos.services import pay
from tests.builders import eur
from tests.screens.counter_kit import Kit


def paying(kit: Kit, *prices: int) -> PaymentViewModel:
    """Return the payment of a ticket with these prices, entered as the window does."""
    kit.sell(*prices)
    model = PaymentViewModel(kit.counter, kit.navigator, kit.navigator)
    kit.navigator.go(Screen.PAYMENT)
    model.entered()
    return model


def page_of(kit: Kit, *prices: int) -> PaymentPage:
    """Return the page in the window, ready for keys."""
    kit.sell(*prices)
    page = PaymentPage(PaymentViewModel(kit.counter, kit.navigator))
    kit.show(Screen.PAYMENT, page)
    return page


def test_entering_begins_the_payment_and_proposes_the_exact_amount(kit: Kit) -> None:
    model = paying(kit, 52_00)

    assert kit.counter.ticket is not None
    assert kit.counter.ticket.state is TicketState.PAYING
    assert (model.due, model.tendered, model.change) == (eur(52_00), eur(52_00), eur(0))


def test_enter_alone_takes_the_exact_amount_records_the_sale_and_opens_the_drawer(
    kit: Kit,
) -> None:
    page = page_of(kit, 52_00)

    QTest.keyClick(page, Qt.Key.Key_Return)

    assert kit.counter.last_sale is not None
    assert kit.counter.last_sale.cash_taken == eur(52_00)
    assert kit.counter.ticket is None
    assert kit.devices.printing.drawer_openings == 1
    assert kit.devices.sounds.played[-1] is Sound.DONE
    assert kit.navigator.current is Screen.CHANGE


@pytest.mark.parametrize(("keys", "change"), [("60", 8_00), ("52,5", 50), ("52.50", 50)])
def test_typed_digits_are_the_amount_with_either_decimal_sign(
    kit: Kit, keys: str, change: int
) -> None:
    page = page_of(kit, 52_00)

    QTest.keyClicks(page, keys)

    assert page.view_model.change == eur(change)
    assert page.ticket.change.text() == f"€{change / 100:.2f}"


def test_the_letters_choose_the_tender_and_leave_the_amount_alone(kit: Kit) -> None:
    page = page_of(kit, 52_00)

    QTest.keyClicks(page, "t")
    chosen = page.view_model.tender
    QTest.keyClicks(page, "e")

    assert chosen is TenderKind.CARD
    assert page.view_model.tender is TenderKind.CASH
    assert page.cash.chosen
    assert not page.card.chosen


def test_a_touched_note_is_what_was_handed_over(kit: Kit) -> None:
    page = page_of(kit, 52_00)

    assert [key.word for key in page.notes] == ["€55", "€60", "€70", "€100"]
    page.notes[1].click()

    assert page.ticket.box.amount == "€60.00"
    assert page.notes[1].chosen
    assert page.view_model.change == eur(8_00)


def test_too_little_cash_stays_on_the_ticket_and_the_rest_is_due(kit: Kit) -> None:
    model = paying(kit, 52_00)

    model.press("20")
    model.collect()

    assert model.due == eur(32_00)
    assert [line.amount for line in model.tenders] == ["−€20.00"]
    assert kit.counter.last_sale is None


def test_cash_taken_is_handed_back_by_its_own_key(kit: Kit) -> None:
    page = page_of(kit, 52_00)
    page.view_model.press("20")
    page.view_model.collect()

    page.ticket.rows[0].key.click()

    assert page.view_model.due == eur(52_00)
    assert not page.ticket.rows[0].isVisible()


def test_escape_hands_the_cash_back_and_reopens_the_ticket(kit: Kit) -> None:
    page = page_of(kit, 52_00)
    page.view_model.press("20")
    page.view_model.collect()

    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert kit.navigator.current is Screen.SALE
    assert kit.counter.ticket is not None
    assert kit.counter.ticket.state is TicketState.OPEN
    assert kit.counter.ticket.tenders == ()


def test_the_legal_limit_for_cash_is_said_with_its_amount(kit: Kit) -> None:
    page = page_of(kit, 1_000_00)

    assert page.view_model.tender is TenderKind.CARD
    assert page.cash.reason == "only below €1,000"
    QTest.keyClicks(page, "e")

    assert page.view_model.tender is TenderKind.CARD
    assert "€1,000" in page.ticket.refusal.text()
    assert kit.devices.sounds.played == [Sound.REFUSED]


def test_an_amount_of_zero_is_refused_in_words(kit: Kit) -> None:
    model = paying(kit, 52_00)

    model.press("0")
    model.collect()

    assert model.refusal
    assert model.due == eur(52_00)


def test_a_ticket_that_costs_nothing_is_recorded_with_one_key(kit: Kit) -> None:
    page = page_of(kit, 0)

    QTest.keyClick(page, Qt.Key.Key_Return)

    assert kit.counter.last_sale is not None
    assert kit.counter.last_sale.tenders == ()
    assert kit.devices.printing.drawer_openings == 0


def test_a_scan_is_refused_aloud_and_changes_nothing(kit: Kit) -> None:
    model = paying(kit, 52_00)

    model.scanned(ScannedCode("8410000000017", None, ScanSource.WEDGE))

    assert kit.devices.sounds.played == [Sound.REFUSED]
    assert model.refusal
    assert model.articles == 1


def test_a_commit_that_may_have_happened_is_looked_up_before_a_word_is_said(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = paying(kit, 52_00)
    take_cash = pay.take_cash

    def recorded_but_silent(*arguments: object) -> object:
        take_cash(*arguments)  # type: ignore[arg-type]
        raise OutcomeOfCommitUnknown("the disk went away while committing")

    monkeypatch.setattr(pay, "take_cash", recorded_but_silent)
    model.collect()

    panel = kit.navigator.panel
    assert isinstance(panel, TroubleViewModel)
    assert panel.trouble is Trouble.SALE_RECORDED
    assert kit.counter.last_sale is not None
    assert kit.counter.ticket is None


def test_without_a_ticket_there_is_nothing_to_pay(kit: Kit) -> None:
    model = PaymentViewModel(kit.counter, kit.navigator, kit.navigator)
    kit.navigator.go(Screen.PAYMENT)

    model.entered()

    assert kit.navigator.current is Screen.SALE

"""Paying by card, whatever the terminal answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.card_payment import AttemptEvent, AttemptState, CardAttempt
from pos.domain.tender import TenderKind
from pos.screens.card.view import CardPanel
from pos.screens.card.view_model import MAX_AUTHORISATION, CardViewModel, Stage
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.payment.view_model import PaymentViewModel
from pos.services import desk, override
from tests.builders import eur
from tests.screens.counter_kit import MARTA, PIN, Kit


def asked(
    kit: Kit, price: int = 52_00, *, part: str = ""
) -> tuple[PaymentViewModel, CardViewModel]:
    """Return payment and panel once the terminal was asked to charge."""
    kit.sell(price)
    model = PaymentViewModel(kit.counter, kit.navigator, kit.navigator)
    kit.navigator.go(Screen.PAYMENT)
    model.entered()
    model.choose(TenderKind.CARD)
    if part:
        model.press(part)
    model.collect()
    panel = kit.navigator.panel
    assert isinstance(panel, CardViewModel)
    return model, panel


def stored(kit: Kit, panel: CardViewModel) -> CardAttempt:
    with kit.store.reading() as records:
        found = records.cards.get(panel.attempt.attempt_id)
    assert found is not None
    return found


def test_the_intent_is_on_the_disk_before_the_terminal_is_asked(kit: Kit) -> None:
    _, panel = asked(kit)

    assert kit.devices.terminal.charged == [panel.attempt]
    assert stored(kit, panel).state is AttemptState.REQUESTED


def test_an_approval_records_the_sale_and_opens_no_drawer(kit: Kit) -> None:
    asked(kit)

    kit.devices.terminal.answer(AttemptEvent.APPROVAL, "A1B2C3")

    assert kit.counter.last_sale is not None
    assert kit.counter.last_sale.tenders[0].authorisation == "A1B2C3"
    assert kit.devices.printing.drawer_openings == 0
    assert kit.navigator.current is Screen.CHANGE


def test_a_card_may_pay_a_part_and_cash_the_rest(kit: Kit) -> None:
    model, _ = asked(kit, part="30")

    kit.devices.terminal.answer(AttemptEvent.APPROVAL)
    after_card = model.due
    model.choose(TenderKind.CASH)
    model.press("50")
    model.collect()

    assert after_card == eur(22_00)
    assert kit.counter.last_sale is not None
    assert kit.counter.last_sale.change == eur(28_00)
    assert kit.devices.printing.drawer_openings == 1


def test_a_charged_card_stays_on_the_ticket_with_the_reason_why(kit: Kit) -> None:
    model, _ = asked(kit, part="30")
    kit.devices.terminal.answer(AttemptEvent.APPROVAL)

    model.remove(0)
    refused = model.refusal
    model.back()

    assert model.tenders[0].why_stays
    assert refused
    assert model.due == eur(22_00)
    assert kit.navigator.current is Screen.PAYMENT


def test_more_than_is_due_cannot_be_charged_to_a_card(kit: Kit) -> None:
    kit.sell(52_00)
    model = PaymentViewModel(kit.counter, kit.navigator, kit.navigator)
    kit.navigator.go(Screen.PAYMENT)
    model.entered()
    model.choose(TenderKind.CARD)

    model.press("60")
    model.collect()

    assert "€52.00" in model.refusal
    assert kit.devices.terminal.charged == []


def test_a_declined_card_is_said_and_the_ticket_is_still_due(kit: Kit) -> None:
    model, panel = asked(kit)

    kit.devices.terminal.answer(AttemptEvent.DECLINE)

    assert panel.stage is Stage.NOT_TAKEN
    assert panel.reason_text == "The card was declined"
    panel.close()
    assert kit.navigator.panel is None
    assert model.due == eur(52_00)
    assert kit.counter.last_sale is None


def test_breaking_off_asks_the_terminal_and_waits_for_its_answer(kit: Kit) -> None:
    _, panel = asked(kit)

    panel.abort()
    panel.abort()
    still_open = kit.navigator.panel is panel
    kit.devices.terminal.answer(AttemptEvent.CANCELLATION)

    assert kit.devices.terminal.aborts == 1
    assert still_open
    assert panel.stage is Stage.NOT_TAKEN


def test_a_lost_answer_is_never_a_decline_and_the_terminal_is_asked_again(kit: Kit) -> None:
    model, panel = asked(kit)

    kit.devices.terminal.answer(AttemptEvent.ANSWER_LOST)
    panel.ask_again()
    kit.devices.terminal.answer(AttemptEvent.ANSWER_LOST)
    shown = model.open_card
    panel.ask_again()
    kit.devices.terminal.answer(AttemptEvent.APPROVAL, "77")

    assert shown is not None
    assert shown.is_unknown
    assert len(kit.devices.terminal.charged) == 1
    assert len(kit.devices.terminal.asked_again) == 2
    assert kit.counter.last_sale is not None


def test_while_the_outcome_is_open_there_is_no_other_tender_and_no_way_back(kit: Kit) -> None:
    model, panel = asked(kit)
    kit.devices.terminal.answer(AttemptEvent.ANSWER_LOST)

    panel.back()
    panel.close()
    model.choose(TenderKind.CASH)
    model.collect()

    assert kit.counter.last_sale is None
    assert isinstance(kit.navigator.panel, CardViewModel)


def test_a_cashier_needs_somebody_to_settle_an_open_charge_by_hand(kit: Kit) -> None:
    _, panel = asked(kit)
    kit.devices.terminal.answer(AttemptEvent.ANSWER_LOST)
    panel.call_somebody()
    panel.type("abc123")
    panel.say_charged(True)

    panel.resolve()
    question = kit.navigator.panel
    assert isinstance(question, OverrideViewModel)
    assert kit.counter.last_sale is None
    approval = override.approve(
        kit.counter.sign_on, question.request.act, MARTA, PIN, reason=question.reason
    )
    kit.navigator.close(question)
    question.request.on_approved(approval)  # type: ignore[arg-type]

    sale = kit.counter.last_sale
    assert sale is not None
    assert sale.tenders[0].authorisation == "ABC123"
    assert not sale.tenders[0].is_verified


def test_an_approval_after_the_hand_said_no_goes_to_the_conflict_desk(kit: Kit) -> None:
    kit.counter.work_as(
        type(kit.counter.sign_on)(kit.counter.station, MARTA, kit.counter.sign_on.session)
    )
    model, panel = asked(kit)
    kit.devices.terminal.answer(AttemptEvent.ANSWER_LOST)
    panel.ask_again()
    panel.call_somebody()
    panel.say_charged(False)

    panel.resolve()
    kit.devices.terminal.answer(AttemptEvent.APPROVAL)

    assert panel.stage is Stage.NOT_TAKEN
    assert panel.reason_text == "The terminal now says otherwise"
    assert [item.money for item in desk.items(kit.counter.station)] == [eur(52_00)]
    assert model.due == eur(52_00)
    assert kit.counter.last_sale is None


def test_a_standalone_terminal_is_read_off_by_the_cashier(kit: Kit) -> None:
    kit.devices.terminal.is_standalone = True
    _, panel = asked(kit)
    assert panel.stage is Stage.READ_OFF

    panel.type("778899")
    panel.read_off(was_approved=True)

    sale = kit.counter.last_sale
    assert sale is not None
    assert sale.tenders[0].authorisation == "778899"
    assert not sale.tenders[0].is_verified


def test_nothing_as_long_as_a_card_number_can_be_typed_as_a_code(kit: Kit) -> None:
    kit.devices.terminal.is_standalone = True
    _, panel = asked(kit)

    for digit in "4111111111111111":
        panel.type(digit)

    assert len(panel.authorisation) == MAX_AUTHORISATION


def test_the_till_asks_about_an_attempt_it_was_killed_in(kit: Kit) -> None:
    asked(kit)
    kit.navigator.close_all()
    again = PaymentViewModel(kit.counter, kit.navigator, kit.navigator)

    again.entered()

    panel = kit.navigator.panel
    assert isinstance(panel, CardViewModel)
    before = panel.stage
    assert len(kit.devices.terminal.asked_again) == 1
    kit.devices.terminal.answer(AttemptEvent.NEVER_REACHED)
    assert (before, panel.stage) == (Stage.UNKNOWN, Stage.NOT_TAKEN)
    assert again.due == eur(52_00)


def test_enter_on_the_panel_approves_and_the_letters_are_the_code(kit: Kit, qtbot) -> None:  # type: ignore[no-untyped-def]
    kit.devices.terminal.is_standalone = True
    _, panel = asked(kit)
    widget = CardPanel(panel)
    qtbot.addWidget(widget)

    QTest.keyClicks(widget.read_off, "a1b2")
    shown = widget.read_off.code.amount
    QTest.keyClick(widget.read_off, Qt.Key.Key_Return)

    assert shown == "A1B2"
    assert kit.counter.last_sale is not None

"""What the terminal says of refunds, as the till's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hardware.payment_terminal.simulator import (
    Approve,
    Cancel,
    Decline,
    LoseAnswer,
    SimulatedTerminal,
    Step,
)
from hardware.payment_terminal.standalone import StandaloneTerminal
from pos.devices.terminal import TerminalDesk, ask_for_refund, look_up_refund
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.money import Money
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund

REFUND = Refund("r-1", "s-1", Means.CARD, Money(7_95, "EUR"), "a-1", state=RefundState.REQUESTED)
ASKED = CardRefund("return-1", "D2-000001", 1, REFUND)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Approve(), RefundAnswer(RefundEvent.CONFIRMATION, "SIM-000001")),
        (Decline(), RefundAnswer(RefundEvent.REFUSAL, detail="refused")),
        (Cancel(), RefundAnswer(RefundEvent.REFUSAL, detail="cancelled")),
    ],
)
def test_an_answer_becomes_what_is_known_of_the_refund(step: Step, said: RefundAnswer) -> None:
    terminal = SimulatedTerminal()
    terminal.script_refunds(step)

    assert ask_for_refund(terminal, ASKED) == said
    assert look_up_refund(terminal, ASKED) == said


def test_a_lost_answer_is_nothing_known_and_a_terminal_that_is_away_nothing_asked() -> None:
    terminal = SimulatedTerminal()
    terminal.script_refunds(LoseAnswer(Approve(), queries_in_progress=1))

    lost = ask_for_refund(terminal, ASKED)
    still = look_up_refund(terminal, ASKED)
    terminal.is_plugged_in = False

    assert [lost.event, still.event] == [RefundEvent.ANSWER_LOST, RefundEvent.ANSWER_LOST]
    assert ask_for_refund(terminal, ASKED).event is None
    assert look_up_refund(terminal, ASKED).event is None


def test_what_the_terminal_never_heard_of_it_is_asked_for_when_it_is_looked_up() -> None:
    terminal = SimulatedTerminal()

    assert look_up_refund(terminal, ASKED).event is RefundEvent.CONFIRMATION
    assert look_up_refund(terminal, ASKED).event is RefundEvent.CONFIRMATION
    assert terminal.given_back == {"r-1": 7_95}


def test_a_payment_without_a_reference_cannot_be_given_back() -> None:
    nameless = replace(ASKED, refund=replace(REFUND, reference=""))

    assert ask_for_refund(SimulatedTerminal(), nameless).event is RefundEvent.REFUSAL


def test_the_cashier_gives_back_by_hand_and_says_so(qtbot: QtBot) -> None:
    terminal = StandaloneTerminal()
    desk = TerminalDesk(terminal, name="standalone")
    answers: list[RefundAnswer] = []

    desk.pay_back(ASKED, answers.append)
    qtbot.waitUntil(lambda: terminal.question is not None)
    desk.confirm_refund(ASKED, was_paid_back=True, authorisation="A12345")
    qtbot.waitUntil(lambda: bool(answers))
    desk.finish()

    assert answers == [RefundAnswer(RefundEvent.CONFIRMATION, "A12345", is_verified=False)]

"""Refunds to cards are asked for and followed to their end, whatever screen is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.payment_terminal.simulator import SimulatedTerminal
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means, purchase_of_sale
from pos.domain.returns import ReturnFlag
from pos.domain.sale import Sale
from pos.screens.close_shift.view_model import CloseShiftViewModel
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.sign_in.view_model import SignInViewModel
from pos.services.hub_calls import FoundPurchase, FoundPurchases, HubAway
from pos.services.recover import look_around
from pos.services.refund_card import AnswerOpen, OwedAgain, PaidBack, RefundStep
from tests.return_builders import came_back, paid_out
from tests.screens.counter_kit import Kit
from tests.services.conftest import TWIN
from tests.services.refund_things import as_recorded, card_of, sold_by_card, state_of, took_back

PAID = RefundAnswer(RefundEvent.CONFIRMATION, "SIM-1")
LOST = RefundAnswer(RefundEvent.ANSWER_LOST)


@pytest.fixture
def steps(kit: Kit) -> list[RefundStep]:
    told: list[RefundStep] = []
    kit.counter.refunds.stepped.connect(told.append)
    return told


def a_sale(kit: Kit, pieces: int = 1) -> Sale:
    return sold_by_card(kit.counter.sign_on, SimulatedTerminal(), pieces)


def a_refund(kit: Kit, *flags: ReturnFlag) -> CardRefund:
    return took_back(kit.counter.sign_on, a_sale(kit), flags=frozenset(flags))


def go_dark(kit: Kit) -> None:
    kit.devices.link.say(LinkStatus(LinkState.OFFLINE))


def come_back(kit: Kit) -> None:
    kit.devices.link.say(LinkStatus(LinkState.ONLINE))


def ledger(sale: Sale) -> Ledger:
    return ledger_of(purchase_of_sale(sale), ())


def found(of: Ledger) -> FoundPurchases:
    return FoundPurchases((FoundPurchase("Nogal", of),))


def test_what_was_just_recorded_is_asked_for_and_its_answer_told(
    kit: Kit, steps: list[RefundStep]
) -> None:
    asked = a_refund(kit)

    kit.counter.refunds.begin(as_recorded(kit.counter.sign_on, asked))
    kit.devices.terminal.answer_refund(PAID)

    (step,) = steps
    assert isinstance(step, PaidBack)
    assert kit.devices.terminal.paid_back == [asked]
    assert state_of(kit.counter.sign_on, asked) is RefundState.CONFIRMED


def test_a_refusal_is_told_so_that_it_can_be_paid_otherwise(
    kit: Kit, steps: list[RefundStep]
) -> None:
    asked = a_refund(kit)

    kit.counter.refunds.begin(as_recorded(kit.counter.sign_on, asked))
    kit.devices.terminal.answer_refund(RefundAnswer(RefundEvent.REFUSAL, detail="no line"))

    (step,) = steps
    assert isinstance(step, OwedAgain)
    assert step.detail == "no line"


def test_two_refunds_go_to_the_terminal_one_after_the_other(kit: Kit) -> None:
    first, second = a_refund(kit), a_refund(kit)
    for asked in (first, second):
        kit.counter.refunds.begin(as_recorded(kit.counter.sign_on, asked))

    at_first = list(kit.devices.terminal.paid_back)
    kit.devices.terminal.answer_refund(PAID)

    assert at_first == [first]
    assert kit.devices.terminal.paid_back == [first, second]


def test_whoever_signs_in_lets_the_till_find_out_what_was_left(
    kit: Kit, steps: list[RefundStep]
) -> None:
    sign_on = kit.counter.sign_on
    kit.counter.work_as(None)
    asked = took_back(sign_on, sold_by_card(sign_on, SimulatedTerminal()))
    kit.counter.refunds.look()
    while_nobody_works = list(kit.devices.terminal.found_out)

    kit.counter.work_as(sign_on)
    kit.devices.terminal.answer_refund(PAID)

    assert while_nobody_works == []
    assert kit.devices.terminal.found_out == [asked]
    assert [type(step) for step in steps] == [PaidBack]


def test_what_has_no_answer_yet_is_asked_about_again_at_the_next_look(
    kit: Kit, steps: list[RefundStep]
) -> None:
    asked = a_refund(kit)

    kit.counter.refunds.look()
    kit.devices.terminal.answer_refund(LOST)
    kit.counter.refunds.look()
    kit.devices.terminal.answer_refund(PAID)
    kit.counter.refunds.look()

    assert [one.refund_id for one in kit.devices.terminal.found_out] == [asked.refund_id] * 2
    assert [type(step) for step in steps] == [AnswerOpen, PaidBack]


def test_what_was_promised_in_the_dark_waits_for_the_hub_and_is_checked_there(kit: Kit) -> None:
    go_dark(kit)
    sale = a_sale(kit)
    asked = took_back(kit.counter.sign_on, sale, flags=frozenset({ReturnFlag.OFFLINE}))
    kit.counter.refunds.look()
    in_the_dark = list(kit.devices.terminal.found_out)

    come_back(kit)
    before_the_answer = list(kit.devices.terminal.found_out)
    kit.devices.hub.answer(found(ledger(sale)))

    assert in_the_dark == before_the_answer == []
    assert kit.devices.hub.looked_for_purchases == [(sale.sale_id, "")]
    assert kit.devices.terminal.found_out == [asked]


def test_what_another_shop_paid_back_in_the_dark_is_not_paid_again(kit: Kit) -> None:
    go_dark(kit)
    sale = a_sale(kit)
    asked = took_back(kit.counter.sign_on, sale, flags=frozenset({ReturnFlag.OFFLINE}))
    come_back(kit)
    whole = ledger(sale)
    card = whole.purchase.paid[0]
    elsewhere = came_back(
        whole,
        (1, 1_000),
        return_id="elsewhere",
        paid_out=(paid_out(card.amount, card.means, reference=card_of(sale)),),
    )

    kit.devices.hub.answer(found(ledger_of(whole.purchase, (elsewhere,))))

    assert kit.devices.terminal.found_out == []
    assert state_of(kit.counter.sign_on, asked) is RefundState.REQUESTED


def test_a_hub_that_does_not_answer_leaves_it_waiting(kit: Kit) -> None:
    go_dark(kit)
    a_refund(kit, ReturnFlag.OFFLINE)
    come_back(kit)

    kit.devices.hub.answer(HubAway())
    kit.counter.refunds.look()

    assert kit.devices.terminal.found_out == []
    assert len(kit.devices.hub.looked_for_purchases) == 2


def test_sign_in_and_the_end_of_the_shift_say_that_a_refund_has_no_answer(
    kit: Kit, tmp_path: Path
) -> None:
    a_refund(kit)

    sign_in = SignInViewModel(kit.counter, kit.navigator, look_around(kit.counter.station))
    closing = CloseShiftViewModel(kit.counter, kit.navigator)

    assert "card refund" in sign_in.unfinished
    assert "card refund" in closing.why_not


def test_what_came_back_in_two_shops_waits_for_the_desk_although_the_card_paid_for_other_goods(
    kit: Kit,
) -> None:
    go_dark(kit)
    sale = sold_by_card(kit.counter.sign_on, SimulatedTerminal(), 1, TWIN)
    asked = took_back(kit.counter.sign_on, sale, flags=frozenset({ReturnFlag.OFFLINE}))
    come_back(kit)
    whole = ledger(sale)
    card = paid_out(whole.line(1).value_of(1_000), Means.CARD, reference=card_of(sale))
    elsewhere = came_back(whole, (1, 1_000), return_id="elsewhere", paid_out=(card,))

    kit.devices.hub.answer(found(ledger_of(whole.purchase, (elsewhere,))))

    assert kit.devices.terminal.found_out == []
    assert state_of(kit.counter.sign_on, asked) is RefundState.REQUESTED

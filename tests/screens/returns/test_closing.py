"""The last key of a return: the hub's word, the terminal's, and what is told meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.card_refund import RefundAnswer
from pos.domain.refund import RefundEvent, RefundState, next_state
from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.returns import Return, ReturnFlag
from pos.screens.navigator import Screen
from pos.services.hub_calls import ClaimState, HubAway, PurchaseClaim
from tests.builders import eur
from tests.return_builders import after_return, purchase
from tests.screens.returns.conftest import DAY_MS, Returns, count, recorded


def test_a_piece_that_came_back_elsewhere_meanwhile_is_not_paid_twice(till: Returns) -> None:
    till.open_order(till.web_order())
    count(till, 1, "+")
    till.say("Not liked")
    till.say("Sealed")
    before = till.model.shown.state.known.ledger  # type: ignore[union-attr]
    till.press(Qt.Key.Key_F10)
    till.grant(after_return(before, (2, 1000)))

    assert till.model.document is None
    assert "look at it again" in till.said
    assert till.model.shown.rows[1].returnable == "0"  # type: ignore[union-attr]
    assert till.kit.devices.hub.released_purchases == [(before.purchase.reference, 3)]


def test_another_till_at_the_same_receipt_is_named_and_may_be_taken_over(till: Returns) -> None:
    ledger = till.web_order()
    till.open_order(ledger)
    count(till, 1, "+")
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.kit.devices.hub.answer(
        PurchaseClaim(ClaimState.HELD, holder="GOYA-1", since_ms=1, may_be_taken_over=True)
    )
    told = till.said

    till.type("a")
    till.grant(ledger)

    assert told == "Till 1 takes something of it back right now"
    assert [claim[2] for claim in till.kit.devices.hub.purchase_claims] == [False, True]
    recorded(till)


def test_a_hub_that_does_not_answer_takes_the_cash_away_and_says_so_first(till: Returns) -> None:
    till.open_sale(till.sold(7_95))
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.kit.devices.hub.answer(HubAway())

    ways = {row.words.title: row.words.second for row in till.page.right.ways.rows}
    assert till.model.document is None
    assert "does not answer" in till.said
    assert ways["Cash"] == "Not without connection"
    till.press(Qt.Key.Key_F10)
    document = recorded(till)
    assert [one.means for one in document.refunds] == [Means.STORE_CREDIT]
    assert document.flags == {ReturnFlag.OFFLINE}
    assert till.kit.devices.printing.drawer_openings == 0


def test_nothing_is_given_back_behind_the_back_of_who_went_elsewhere(till: Returns) -> None:
    till.open_sale(till.sold(7_95))
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    ledger = till.model.shown.state.known.ledger  # type: ignore[union-attr]
    till.press(Qt.Key.Key_F10)
    till.kit.navigator.go(Screen.DESK)
    till.grant(ledger)

    with till.kit.store.reading() as records:
        assert records.returns.recent(10) == ()
    assert till.kit.devices.hub.released_purchases == [(ledger.purchase.reference, 3)]


def test_our_own_sale_that_the_hub_has_not_heard_of_yet_is_taken_back_after_asking_again(
    till: Returns, qtbot: QtBot
) -> None:
    till.open_sale(till.sold(7_95))
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    asked = till.kit.devices.hub.purchase_claims
    for tries in range(1, 5):
        qtbot.waitUntil(lambda tries=tries: len(asked) == tries, timeout=30_000)  # type: ignore[misc]
        till.kit.devices.hub.answer(PurchaseClaim(ClaimState.GONE, detail="unknown"))

    assert not recorded(till).flags
    assert len({claim[0] for claim in asked}) == 4


def give_back_to_the_card(till: Returns) -> Return:
    """Take back what was paid by card, up to the question to the terminal."""
    ledger = till.card_order()
    till.open_order(ledger)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)
    return recorded(till)


@pytest.mark.parametrize(
    ("event", "told", "is_fine"),
    [
        (RefundEvent.CONFIRMATION, "The card has €10.00 back", True),
        (RefundEvent.REFUSAL, "The terminal refused: the customer is still owed €10.00", False),
        (RefundEvent.ANSWER_LOST, "No answer about €10.00 yet", False),
    ],
)
def test_what_the_terminal_says_of_a_card_is_told_and_recorded(
    till: Returns, event: RefundEvent, told: str, is_fine: bool
) -> None:
    document = give_back_to_the_card(till)
    waiting = till.model.done.card
    till.kit.devices.terminal.answer_refund(RefundAnswer(event, "ref-1"))

    assert waiting == "The terminal is giving €10.00 back…"
    assert till.model.done.card.startswith(told)
    assert till.model.done.is_card_fine is is_fine
    with till.kit.store.reading() as records:
        known = records.returns.get(document.return_id)
    assert known is not None
    assert known.refunds[0].state is next_state(RefundState.REQUESTED, event)


def test_at_a_terminal_of_its_own_the_cashier_says_how_it_went_before_the_next_customer(
    till: Returns,
) -> None:
    till.kit.devices.terminal.is_standalone = True
    give_back_to_the_card(till)

    till.press(Qt.Key.Key_Return)
    stayed = till.kit.navigator.current
    till.type("1")
    told = till.model.done.card
    till.press(Qt.Key.Key_Return)

    assert stayed is Screen.RETURN
    assert told == "The card has €10.00 back"
    assert till.kit.navigator.current is Screen.SALE


def test_a_serial_number_that_only_the_hub_knows_of_is_asked_for_before_money_goes(
    till: Returns,
) -> None:
    ledger = till.web_order()
    till.open_order(ledger)
    count(till, 1, "+")
    till.type("11")
    till.press(Qt.Key.Key_F10)
    bought = ledger.purchase
    lines = tuple(replace(line, serials=("SN-1", "SN-2")) for line in bought.lines)
    till.grant(replace(ledger, purchase=replace(bought, lines=lines)))

    assert till.model.document is None
    assert till.kit.devices.hub.released_purchases == [(bought.reference, 3)]
    assert "look at it" in till.said


def test_two_cards_are_each_told_what_became_of_their_money(till: Returns) -> None:
    at_ms = till.kit.clock.at_ms - DAY_MS
    paid = (
        PaidBy(Means.CARD, eur(6_00), "attempt-1"),
        PaidBy(Means.CARD, eur(4_00), "attempt-2"),
    )
    bought = purchase(paid=paid, sold_at_ms=at_ms, handed_over_at_ms=at_ms)
    ledger = ledger_of(bought, ())
    till.open_order(ledger)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)
    document = recorded(till)
    assert [one.amount.minor for one in document.refunds] == [6_00, 4_00]
    till.kit.devices.terminal.answer_refund(RefundAnswer(RefundEvent.REFUSAL, "ref-1"))
    second = till.model.done.card
    till.kit.devices.terminal.answer_refund(RefundAnswer(RefundEvent.CONFIRMATION, "ref-2"))

    assert second.startswith("The terminal is giving €4.00 back")
    assert "still owed €6.00" in till.model.done.card
    assert not till.model.done.is_card_fine

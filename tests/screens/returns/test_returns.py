"""Taking back at the counter: what the customer shows, what is chosen, what goes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.card_refund import RefundAnswer
from pos.domain.printing import PrintKind
from pos.domain.refund import RefundEvent, RefundState, next_state
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import Return, ReturnFlag
from pos.domain.scan_codes import receipt_code
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.ports import PrinterTrouble, Sound
from pos.services.hub_calls import ClaimState, FoundPurchases, HubAway, PurchaseClaim
from tests.return_builders import after_return
from tests.screens.counter_kit import PIN
from tests.screens.returns.conftest import Returns, found
from tests.screens.shop_floor import OIL


def recorded(till: Returns) -> Return:
    document = till.model.document
    assert document is not None
    with till.kit.store.reading() as records:
        assert records.returns.get(document.return_id) == document
    return document


def allow(till: Returns, qtbot: QtBot) -> None:
    """Let the shift lead allow it with her PIN."""
    panel = till.kit.navigator.panel
    assert isinstance(panel, OverrideViewModel)
    for digit in PIN:
        panel.press(digit)
    panel.submit()
    qtbot.waitUntil(lambda: till.kit.navigator.panel is None, timeout=30_000)


def count(till: Returns, row: int, end: str) -> None:
    """Touch an end of a line's stepper."""
    line = till.page.lines.rows[row]
    box = line.key_box
    x = box.right() - 10 if end == "+" else box.x() + 10
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPointF(x, box.center().y()).toPoint())


def test_a_receipt_of_this_till_is_opened_chosen_and_paid_back_in_cash(till: Returns) -> None:
    sale = till.sold(12_95, 7_95)
    till.kit.navigator.go(Screen.RETURN)
    till.scan(receipt_code(str(sale.number), "FUEN"))
    till.kit.devices.hub.answer(FoundPurchases((), till.kit.clock.at_ms))

    count(till, 1, "+")
    asked_why = till.why_off
    till.say("Size or fit")
    asked_how = till.why_off
    till.say("Opened")
    till.press(Qt.Key.Key_F10)
    till.grant(till.model.shown.state.known.ledger)  # type: ignore[union-attr]

    document = recorded(till)
    assert (asked_why, asked_how) == ("choose a reason", "say how it comes back")
    assert document.total.minor == 7_95
    assert [one.means for one in document.refunds] == [Means.CASH]
    assert till.kit.devices.printing.drawer_openings == 1
    kinds = [job.kind for job in till.kit.devices.printing.submitted]
    assert kinds == [PrintKind.RETURN, PrintKind.BINS]
    assert till.page.done.amount.text() == "−€7.95"


def test_nothing_is_recorded_and_no_drawer_opens_before_the_hub_grants_it(till: Returns) -> None:
    till.open_sale(till.sold(7_95))
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)

    assert till.model.document is None
    assert till.page.right.closing.busy
    assert till.kit.devices.printing.drawer_openings == 0
    assert [claim[1] for claim in till.kit.devices.hub.purchase_claims] == [
        till.model.shown.state.known.ledger.purchase.reference  # type: ignore[union-attr]
    ]


def test_an_order_of_the_web_shows_what_came_back_elsewhere_and_how_long_is_left(
    till: Returns,
) -> None:
    till.open_order(till.web_order((1, 1000)))
    shown = till.model.shown
    assert shown is not None

    sheets = shown.rows[0]
    assert (sheets.sold, sheets.returned, sheets.where, sheets.returnable) == (
        "2", "1", "in Goya", "1",
    )  # fmt: skip
    assert (sheets.paid, sheets.promotion) == ("€41.96", "after a promotion of −€2.99")
    assert "Irene Salas" in shown.about
    assert "7" in till.page.bar.chip.accessibleName()


def test_faulty_goods_are_under_guarantee_and_the_delivery_stays(till: Returns) -> None:
    ledger = till.web_order()
    till.open_order(ledger)
    count(till, 1, "+")
    till.say("Faulty")
    shown = till.model.shown
    assert shown is not None
    notes = till.page.right.notes.text()
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)

    document = recorded(till)
    (line,) = document.lines
    assert "Offer another one first" in notes
    assert "The delivery (€4.95) is not given back" in notes
    assert (line.reason, line.condition) == (Reason.FAULTY, Condition.FAULTY)
    assert line.disposition is Disposition.QUARANTINE
    assert ReturnFlag.GUARANTEE in document.flags
    assert till.kit.devices.printing.drawer_openings == 0


def test_made_to_order_needs_an_exception_that_somebody_else_allows(
    till: Returns, qtbot: QtBot
) -> None:
    ledger = till.web_order()
    till.open_order(ledger)
    row = till.page.lines.rows[2]

    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.key_box.center().toPoint())
    allow(till, qtbot)
    till.say("Not liked")
    till.say("Sealed")
    till.press(Qt.Key.Key_F10)
    till.grant(ledger)

    document = recorded(till)
    assert [one.approved_by for one in document.approvals] == ["marta"]
    assert document.total.minor == 12_50


def test_goods_that_are_scanned_choose_their_line_and_count(till: Returns) -> None:
    till.open_order(till.web_order())

    till.scan(OIL.sku)
    refused = till.said
    till.scan("8436012340001")
    till.scan("8436012340001")
    till.scan("8436012340001")

    assert refused == "That is not among what was bought"
    assert till.said == "No more of it can come back"
    assert till.model.chosen == 1
    assert [row.quantity for row in till.model.shown.rows] == ["2", "0", "0"]  # type: ignore[union-attr]


def test_a_scan_of_another_receipt_does_not_throw_away_what_is_chosen(till: Returns) -> None:
    other = till.sold(5_00)
    till.open_sale(till.sold(7_95))
    till.press(Qt.Key.Key_Plus)

    till.scan(receipt_code(str(other.number)))

    assert till.said == "Finish or leave this return first"
    assert "7.95" in till.rows[0]


def test_what_nobody_knows_is_said_and_the_number_stays_to_be_mended(till: Returns) -> None:
    till.kit.navigator.go(Screen.RETURN)
    till.type("9-999999")
    till.press(Qt.Key.Key_Return)
    till.kit.devices.hub.answer(FoundPurchases((), till.kit.clock.at_ms))

    assert till.model.finding.told == "No receipt or order 9-999999, here or anywhere"
    assert till.model.typed == "9-999999"
    till.press(Qt.Key.Key_Escape)
    assert till.model.typed == ""


def test_a_forged_code_is_refused_aloud(till: Returns) -> None:
    till.kit.navigator.go(Screen.RETURN)
    code = receipt_code("2-000001")

    till.scan(code[:-1] + ("0" if code[-1] != "0" else "1"))

    assert till.said
    assert Sound.REFUSED in till.kit.devices.sounds.played


def test_the_same_number_of_two_shops_is_a_question(till: Returns) -> None:
    till.kit.navigator.go(Screen.RETURN)
    till.type("1-000007")
    till.press(Qt.Key.Key_Return)
    one, other = till.web_order(), till.web_order()
    till.kit.devices.hub.answer(
        FoundPurchases((*found(one, 1).purchases, *found(other, 1).purchases), 1)
    )
    till.press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    shown = till.model.shown
    assert shown is not None
    assert shown.state.known.ledger == other


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


def test_above_the_budget_of_an_isolated_till_nothing_is_given(till: Returns) -> None:
    sale = till.sold(150_00)
    till.go_offline()
    till.kit.navigator.go(Screen.RETURN, sale=sale)
    till.press(Qt.Key.Key_Return)
    till.press(Qt.Key.Key_Plus)
    till.type("11")

    assert till.why_off == "too much without connection"
    assert "up to €100" in till.page.right.notes.text()
    till.press(Qt.Key.Key_F10)
    assert till.model.document is None


def test_credit_instead_of_cash_is_the_customer_s_recorded_wish(till: Returns) -> None:
    sale = till.sold(7_95)
    till.open_sale(sale)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    credit = next(
        row for row in till.page.right.ways.rows if row.words.means is Means.STORE_CREDIT
    )
    QTest.mouseClick(credit, Qt.MouseButton.LeftButton)
    till.press(Qt.Key.Key_F10)
    till.grant(till.model.shown.state.known.ledger)  # type: ignore[union-attr]

    document = recorded(till)
    assert document.flags == {ReturnFlag.CREDIT_WISHED}
    assert "···" in till.model.done.refunds[0][0]


def test_paper_that_did_not_come_out_is_told_and_the_next_customer_is_served(
    till: Returns,
) -> None:
    sale = till.sold(7_95)
    till.open_sale(sale)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.grant(till.model.shown.state.known.ledger)  # type: ignore[union-attr]
    job = till.kit.devices.printing.submitted[0]

    till.kit.devices.printing.end(job, PrinterTrouble.NO_PAPER)
    told = till.page.done.notice.text.text()
    till.press(Qt.Key.Key_Return)

    assert "no paper" in told
    assert till.kit.navigator.current is Screen.SALE


def test_the_same_receipt_again_shows_that_nothing_is_left(till: Returns) -> None:
    sale = till.sold(7_95)
    till.open_sale(sale)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    till.press(Qt.Key.Key_F10)
    till.grant(till.model.shown.state.known.ledger)  # type: ignore[union-attr]
    till.open_sale(sale)

    assert till.rows == ["Producto 8410000000000, €7.95, all of it came back, 0"]
    till.press(Qt.Key.Key_Plus)
    assert till.why_off == "choose what comes back"


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_every_key_of_the_unfolded_line_is_in_the_window(
    till: Returns, size: tuple[int, int]
) -> None:
    till.window.resize(*size)
    till.open_order(till.web_order())
    count(till, 0, "+")

    unfolded = till.page.lines.unfolded
    for key in (*unfolded.reasons.keys.values(), *unfolded.conditions.keys.values()):
        corner = key.mapTo(till.window, key.rect().bottomRight())
        assert key.isVisible()
        assert corner.x() < size[0] - 360
        assert corner.y() < size[1]


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

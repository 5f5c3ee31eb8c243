"""Taking back at the counter: what the customer shows, what is chosen, what goes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.printing import PrintKind
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import ReturnFlag
from pos.domain.scan_codes import receipt_code
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.ports import LinkState, LinkStatus, PrinterTrouble, Sound
from pos.services.hub_calls import FoundPurchases
from tests.return_builders import after_return
from tests.screens.counter_kit import PIN
from tests.screens.returns.conftest import DAY_MS, Returns, count, found, recorded
from tests.screens.shop_floor import OIL


def allow(till: Returns, qtbot: QtBot) -> None:
    """Let the shift lead allow it with her PIN."""
    panel = till.kit.navigator.panel
    assert isinstance(panel, OverrideViewModel)
    for digit in PIN:
        panel.press(digit)
    panel.submit()
    qtbot.waitUntil(lambda: till.kit.navigator.panel is None, timeout=30_000)


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


def test_a_permission_is_for_the_return_as_the_hub_knows_it_by_then(
    till: Returns, qtbot: QtBot
) -> None:
    sale = till.sold(7_95)
    till.kit.clock.at_ms += 40 * DAY_MS
    till.go_offline()
    till.kit.navigator.go(Screen.RETURN, sale=sale)
    till.press(Qt.Key.Key_Plus)
    till.type("11")
    ledger = till.model.shown.state.known.ledger  # type: ignore[union-attr]
    till.press(Qt.Key.Key_F10)
    till.kit.devices.link.say(LinkStatus(LinkState.ONLINE))
    till.kit.devices.hub.answer(found(after_return(ledger, (1, 1000)), till.kit.clock.at_ms))
    allow(till, qtbot)

    assert till.model.document is None
    with till.kit.store.reading() as records:
        assert records.returns.recent(10) == ()

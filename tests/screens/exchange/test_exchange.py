"""Goods that came back pay for others: more, less or the same, all in one ticket."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos.domain.errors import OutcomeOfCommitUnknown
from pos.domain.printing import PrintKind
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_purchase import Means
from pos.domain.scan_codes import parked_ticket_code
from pos.domain.tender import TenderKind
from pos.domain.ticket import TicketState
from pos.screens.exchange.rest_view import RestPanel
from pos.screens.menu.view_model import ask_to_cancel
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.ports import PrinterTrouble
from pos.screens.reason.view_model import ReasonViewModel
from pos.services import exchange, pay
from pos.services.hub_calls import ClaimState, FoundPurchase, FoundPurchases, PurchaseClaim
from tests.builders import eur
from tests.screens.counter_kit import OSCAR
from tests.screens.exchange.conftest import FENCE, Till
from tests.screens.returns.conftest import card_ledger
from tests.screens.shop_floor import BLANKET, CHOCOLATE, CUP, MOKA, OIL

F9, F10, ENTER = Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_Return
INSERT, DELETE, UP = Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Up


def closing(till: Till) -> tuple[str, str, str]:
    """Word, amount and reason of the key that goes on."""
    key = till.sale.keypad.closing
    return key.word, key.content.amount, key.reason


def printed(till: Till) -> list[PrintKind]:
    return [job.kind for job in till.kit.devices.printing.submitted]


def test_who_takes_something_dearer_pays_the_difference_once(till: Till) -> None:
    till.exchange(till.sold(CUP))
    till.scan(MOKA)
    shown, word = till.rows, closing(till)
    till.press(F10)
    (line,) = till.payment.view_model.tenders
    till.type("50")
    till.press(ENTER)
    change = till.change.amount.text()
    till.press(ENTER)

    sale, document = till.recorded()
    assert shown == [("1", CUP.name, "−9.95"), ("1", MOKA.name, "32.90")]
    assert word == ("Charge", "€22.95", "")
    assert (line.word, line.amount, bool(line.why_stays)) == ("Came back", "−€9.95", True)
    assert [(one.kind, one.amount.minor) for one in sale.tenders] == [
        (TenderKind.EXCHANGE, 9_95),
        (TenderKind.CASH, 22_95),
    ]
    assert change == "€27.05"
    assert (document.total.minor, document.exchange_id) == (9_95, sale.sale_id)
    assert sorted(kind.value for kind in printed(till)) == ["bins", "original", "return"]
    assert till.kit.devices.hub.released_purchases == []


def test_who_takes_something_cheaper_gets_the_rest_the_way_it_was_paid(till: Till) -> None:
    till.exchange(till.sold(BLANKET))
    till.scan(CUP)
    word = closing(till)
    till.press(F10)
    panel = till.window.stage.host.panel
    assert isinstance(panel, RestPanel)
    ways = [(way.title, way.amount, way.is_on) for way in panel.view_model.ways]
    till.press(F10)

    sale, document = till.recorded()
    assert word == ("Give back", "€29.95", "")
    assert ways[0] == ("Cash", "€29.95", True)
    assert {(one.means, one.amount.minor) for one in document.refunds} == {
        (Means.EXCHANGE, 9_95),
        (Means.CASH, 29_95),
    }
    assert till.screen is Screen.RETURN
    assert till.returns.done.amount.text() == "−€29.95"
    assert till.returns.done.receipt.text() == f"Receipts {document.number} and {sale.number}"
    assert till.kit.devices.printing.drawer_openings == 1
    assert sorted(kind.value for kind in printed(till)) == ["bins", "original", "return"]


def test_the_rest_goes_as_credit_when_the_customer_prefers_it(till: Till) -> None:
    till.exchange(till.sold(BLANKET))
    till.scan(CUP)
    till.press(F10, Qt.Key.Key_Down, ENTER)

    _, document = till.recorded()
    means = [one.means for one in document.refunds]
    assert means == [Means.EXCHANGE, Means.STORE_CREDIT]
    assert till.kit.devices.printing.drawer_openings == 0


def test_the_same_again_is_one_key_and_moves_no_money(till: Till) -> None:
    till.exchange(till.sold(CUP))
    till.press(INSERT)
    word, swap = closing(till), till.sale.came_back.swap
    till.press(F10)

    sale, document = till.recorded()
    assert word == ("Exchange", "", "")
    assert swap.reason == "on the ticket already"
    assert [one.kind for one in sale.tenders] == [TenderKind.EXCHANGE]
    assert [one.means for one in document.refunds] == [Means.EXCHANGE]
    assert till.screen is Screen.CHANGE
    assert till.change.word.text() == "Exchanged, no difference"
    assert till.kit.devices.printing.drawer_openings == 0


def test_what_is_taken_off_again_is_the_customer_s_and_the_hub_is_told(till: Till) -> None:
    sale = till.sold(CUP)
    till.exchange(sale)
    till.press(UP, DELETE)

    with till.kit.store.reading() as records:
        assert records.returns.recent(10) == ()
    assert till.rows == []
    assert till.kit.counter.ticket is None
    assert till.kit.devices.hub.released_purchases == [(sale.sale_id, FENCE)]


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_commit_nobody_answered_for_keeps_the_hubs_word_only_with_the_goods(
    is_kept: bool, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach = exchange.attach

    def silent(*arguments: object) -> object:
        if is_kept:
            attach(*arguments)  # type: ignore[arg-type]
        raise OutcomeOfCommitUnknown("the disk went away while committing")

    monkeypatch.setattr(exchange, "attach", silent)
    sale = till.sold(CUP)
    till.exchange(sale)

    released = till.kit.devices.hub.released_purchases
    assert (till.screen is Screen.SALE) is is_kept
    assert released == ([] if is_kept else [(sale.sale_id, FENCE)])
    if is_kept:
        assert till.rows == [("1", CUP.name, "−9.95")]


def test_what_was_swapped_is_not_sold_at_its_old_price_once_the_goods_are_taken_off(
    till: Till,
) -> None:
    till.exchange(till.sold(CUP))
    till.press(INSERT)
    till.scan(MOKA)
    till.sale.came_back.off.click()

    ticket = till.kit.counter.ticket
    assert ticket is not None
    assert [line.product.sku for line in ticket.basket.live_lines] == [MOKA.sku]
    assert closing(till) == ("Charge", "€32.90", "")


def test_cancelling_the_ticket_gives_the_goods_back_too(till: Till) -> None:
    sale = till.sold(CUP)
    counter, navigator = till.kit.counter, till.kit.navigator
    counter.work_as(replace(counter.sign_on, operator=OSCAR))
    till.exchange(sale)
    till.scan(MOKA)
    ask_to_cancel(counter, navigator)
    panel = navigator.panel
    assert isinstance(panel, ReasonViewModel)
    panel.decided.emit("went away")

    assert counter.ticket is None
    assert not till.sale.came_back.isVisible()
    assert till.kit.devices.hub.released_purchases == [(sale.sale_id, FENCE)]


def test_a_ticket_with_goods_that_came_back_does_not_wait_and_says_why(till: Till) -> None:
    till.exchange(till.sold(CUP))
    key, told = till.sale.acts.key("park"), till.sale.view_model
    till.press(Qt.Key.Key_F4)
    by_key = told.refusal
    told.step_back()
    till.scan(parked_ticket_code("00000000-0000-4000-8000-000000000000"))

    assert not key.isEnabled()
    assert "does not wait" in key.reason
    assert by_key == key.reason
    assert till.kit.counter.ticket is not None


def test_with_nothing_taken_yet_the_key_says_what_is_missing(till: Till) -> None:
    till.exchange(till.sold(CUP))
    till.press(F10)

    assert closing(till)[2] == "scan what is taken instead"
    assert till.sale.view_model.refusal == "Scan what is taken instead"
    assert till.screen is Screen.SALE


def test_back_from_the_payment_the_goods_still_count(till: Till) -> None:
    till.exchange(till.sold(CUP))
    till.scan(MOKA)
    till.press(F10)
    stays = till.payment.ticket.row(0).key
    till.press(Qt.Key.Key_Escape)

    assert not stays.isEnabled()
    assert till.screen is Screen.SALE
    assert till.rows[0] == ("1", CUP.name, "−9.95")
    assert closing(till)[1] == "€22.95"


@pytest.mark.parametrize("is_paying", [False, True])
def test_a_till_that_starts_again_shows_what_came_back(till: Till, is_paying: bool) -> None:
    till.exchange(till.sold(CUP))
    till.scan(MOKA)
    if is_paying:
        till.press(F10)
    with till.kit.store.reading() as records:
        found = records.tickets.current()
    till.kit.counter.put(None)
    till.kit.counter.restore(found, None)
    till.kit.navigator.go(Screen.SALE)

    if is_paying:
        assert till.screen is Screen.PAYMENT
        assert till.payment.view_model.due == eur(22_95)
    else:
        assert till.rows[0] == ("1", CUP.name, "−9.95")
        assert till.sale.came_back.isVisible()


def test_a_ticket_takes_one_lot_of_goods_that_came_back(till: Till) -> None:
    one, other = till.sold(CUP), till.sold(OIL)
    till.exchange(one)
    till.bring(other)
    till.press(F9)

    assert not till.returns.right.exchange.isEnabled()
    assert till.returns.view_model.said.startswith("Other goods that came back")
    assert len(till.kit.devices.hub.purchase_claims) == 1


def test_the_rest_of_what_a_card_paid_goes_back_to_the_card_at_the_end(till: Till) -> None:
    ledger = card_ledger(till.kit.clock.at_ms)
    till.kit.navigator.go(Screen.RETURN)
    till.type("W-10311")
    till.press(ENTER)
    found = FoundPurchases((FoundPurchase("web", ledger),), till.kit.clock.at_ms)
    till.kit.devices.hub.answer(found)
    till.press(Qt.Key.Key_Plus)
    till.type("21")
    till.press(F9)
    till.kit.devices.hub.answer(PurchaseClaim(ClaimState.GRANTED, FENCE, ledger=ledger))
    till.scan(CHOCOLATE)
    till.press(F10, F10)

    (asked,) = till.kit.devices.terminal.paid_back
    assert asked.refund.amount.minor == 10_00 - 2_49
    assert till.returns.view_model.done.card == "The terminal is giving €7.51 back…"


def test_more_cash_than_the_shop_gives_is_allowed_by_somebody_before_it_is_recorded(
    till: Till,
) -> None:
    counter = till.kit.counter
    rules = replace(counter.station.returns, policy=ReturnPolicy(cash_limit=20_00))
    station = replace(counter.station, returns=rules)
    counter.station = station
    counter.work_as(replace(counter.sign_on, station=station))
    till.exchange(till.sold(BLANKET))
    at_once = till.screen
    till.scan(CUP)
    till.press(F10, F10)

    panel = till.kit.navigator.panel
    assert at_once is Screen.SALE  # goods for goods: no cash leaves the drawer yet
    assert isinstance(panel, OverrideViewModel)
    assert panel.request.amount == eur(29_95)
    assert till.kit.counter.ticket is not None


def test_a_handover_that_came_to_less_than_what_came_back_ends_with_the_rest(till: Till) -> None:
    till.exchange(till.sold(BLANKET))
    till.scan(CUP)
    ticket = till.kit.counter.ticket
    assert ticket is not None
    till.kit.counter.put(pay.begin(till.kit.counter.sign_on, ticket))  # as a handover does
    till.kit.navigator.go(Screen.PAYMENT)
    key = till.payment.keypad.closing
    word = (key.word, key.content.second)
    till.press(ENTER)
    panel = till.window.stage.host.panel
    assert isinstance(panel, RestPanel)
    till.press(F10)

    assert word == ("Give back", "€29.95")
    _, document = till.recorded()
    assert document.cash_paid_out == eur(29_95)


def test_without_paper_the_papers_of_an_exchange_are_asked_for_again(till: Till) -> None:
    till.exchange(till.sold(CUP))
    till.press(INSERT, F10)
    job = next(one for one in till.kit.devices.printing.submitted if one.kind is PrintKind.RETURN)
    till.kit.devices.printing.end(job, PrinterTrouble.NO_PAPER)

    assert till.change.view_model.trouble is not None


def test_the_ticket_stays_open_behind_the_question_how_the_rest_goes_back(till: Till) -> None:
    till.exchange(till.sold(BLANKET))
    till.scan(CUP)
    till.press(F10)
    till.scan(MOKA)
    till.press(Qt.Key.Key_Escape)

    ticket = till.kit.counter.ticket
    assert ticket is not None
    assert ticket.state is TicketState.OPEN
    assert len(ticket.basket.live_lines) == 1

"""The hub asked off the interface thread: answers in time, and nothing left hanging."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from pos.devices import hub_desk
from pos.devices.hub_desk import HubDesk, line_to
from pos.domain.customer_glance import Glance
from pos.domain.money import Money
from pos.domain.pickup_figures import PickupFigures, figures_of, period_of
from pos.domain.stored_value import Card, CardRefusal, CardState, Reservation
from pos.domain.web_cart import WebCart
from pos.services.hub_calls import (
    ApprovalQuestion,
    ApprovalReply,
    AskedState,
    CartClaim,
    Claim,
    ClaimState,
    CouponClaim,
    FoundCustomers,
    FoundOrders,
    FoundPurchases,
    FoundReceipts,
    HubAway,
    Lease,
    OrderClaim,
    PurchaseClaim,
    SeenCustomer,
)
from pos.store.data_folder import DataFolder
from sync.client import HubRefused
from sync.http import HubUnreachable
from tests.customer_builders import a_customer

GRANTED = Claim(ClaimState.GRANTED, fence=3)


class Line:
    """Answers when the test lets it, in the thread that asks."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.released: list[tuple[str, int]] = []
        self.error: Exception | None = None
        self.threads: set[int] = set()
        self.refusal: CardRefusal | None = None

    def claim(self, op_id: str, basket_id: str, *, takes_over: bool) -> Claim:
        self.threads.add(threading.get_ident())
        assert self.may_answer.wait(30)
        if self.error is not None:
            raise self.error
        return GRANTED

    def release(self, basket_id: str, fence: int) -> None:
        self.released.append((basket_id, fence))

    def find_receipt(self, number: str, shop: str) -> FoundReceipts:
        return FoundReceipts()

    def ask_approval(self, question: ApprovalQuestion) -> ApprovalReply:
        return ApprovalReply(question.request_id, AskedState.WAITING)

    def approval(self, request_id: str) -> ApprovalReply:
        return ApprovalReply(request_id, AskedState.GRANTED)

    def withdraw_approval(self, request_id: str) -> ApprovalReply:
        return ApprovalReply(request_id, AskedState.WITHDRAWN)

    def claim_order(self, op_id: str, order_id: str, *, takes_over: bool) -> OrderClaim:
        assert self.may_answer.wait(30)
        return OrderClaim(ClaimState.GRANTED, fence=5)

    def release_order(self, order_id: str, fence: int) -> None:
        self.released.append((order_id, fence))

    def claim_coupon(self, op_id: str, code: str, *, takes_over: bool) -> CouponClaim:
        assert self.may_answer.wait(30)
        return CouponClaim(ClaimState.GRANTED, fence=6, promotion_id="vale")

    def release_coupon(self, code: str, fence: int) -> None:
        self.released.append((code, fence))

    def lease(
        self, staff_id: str, order_ids: Sequence[str], lines: Sequence[tuple[str, int]]
    ) -> Lease:
        return Lease(7)

    def pickup_figures(self, shop: str, days: int, zone: str) -> PickupFigures:
        return figures_of((), period_of(days, 0, zone))

    def find_orders(self, text: str) -> FoundOrders:
        return FoundOrders()

    def look_at_card(self, code: str) -> Card:
        return Card(CardState.ACTIVE)

    def reserve_value(
        self, op_id: str, code: str, amount: Money, basket_id: str, *, up_to: bool
    ) -> Reservation:
        assert self.may_answer.wait(30)
        return Reservation(op_id, self.refusal, amount)

    def release_value(self, op_id: str) -> None:
        self.released.append((op_id, 0))

    def find_customers(self, text: str) -> FoundCustomers:
        return FoundCustomers((a_customer(text),))

    def customer_glance(self, customer_id: str) -> SeenCustomer:
        assert self.may_answer.wait(30)
        return SeenCustomer(a_customer(customer_id), Glance())

    def look_at_cart(self, customer_id: str) -> WebCart:
        return WebCart(customer_id)

    def claim_cart(self, op_id: str, customer_id: str, *, takes_over: bool) -> CartClaim:
        assert self.may_answer.wait(30)
        return CartClaim(ClaimState.GRANTED, fence=9, cart=WebCart(customer_id))

    def release_cart(self, customer_id: str, fence: int) -> None:
        self.released.append((customer_id, fence))

    def send_to_cart(self, op_id: str, customer_id: str, lines: Mapping[str, int]) -> WebCart:
        return WebCart(customer_id)

    def find_purchases(self, text: str, shop: str) -> FoundPurchases:
        return FoundPurchases(as_of_ms=8)

    def claim_purchase(self, op_id: str, reference: str, *, takes_over: bool) -> PurchaseClaim:
        assert self.may_answer.wait(30)
        return PurchaseClaim(ClaimState.GRANTED, fence=9)

    def release_purchase(self, reference: str, fence: int) -> None:
        self.released.append((reference, fence))


class Panel(QObject):
    """Hears answers until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []
        self.in_thread: QThread | None = None

    def hear(self, answer: object) -> None:
        self.heard.append(answer)
        self.in_thread = QThread.currentThread()


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.may_answer.set()


@pytest.fixture
def desk(line: Line, qtbot: QtBot) -> Iterator[HubDesk]:
    made = HubDesk(lambda: line)
    yield made
    line.may_answer.set()
    made.finish()


def test_an_answer_comes_in_the_interface_thread(desk: HubDesk, line: Line, qtbot: QtBot) -> None:
    panel = Panel()
    line.may_answer.set()

    desk.claim("op", "b-1", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [GRANTED])

    assert panel.in_thread == panel.thread()
    assert threading.get_ident() not in line.threads
    assert line.released == []


def test_who_waits_too_long_is_told_so_once_and_a_late_grant_is_given_back(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_desk, "CLAIM_WITHIN_MS", 20)
    panel = Panel()

    desk.claim("op", "b-1", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [HubAway()])
    line.may_answer.set()
    qtbot.waitUntil(lambda: line.released == [("b-1", 3)])

    assert panel.heard == [HubAway()]


def test_a_grant_for_a_panel_that_was_closed_is_given_back(
    desk: HubDesk, line: Line, qtbot: QtBot
) -> None:
    panel = Panel()
    desk.claim("op", "b-1", panel.hear)
    heard = panel.heard
    delete(panel)

    line.may_answer.set()
    qtbot.waitUntil(lambda: line.released == [("b-1", 3)])

    assert heard == []


def test_a_late_grant_of_a_coupon_is_given_back(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_desk, "CLAIM_WITHIN_MS", 20)
    panel = Panel()

    desk.claim_coupon("op", "GRACIAS-77", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [HubAway()], timeout=30_000)
    line.may_answer.set()

    qtbot.waitUntil(lambda: line.released == [("GRACIAS-77", 6)], timeout=30_000)


def test_a_late_grant_of_an_order_is_given_back(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_desk, "CLAIM_WITHIN_MS", 20)
    panel = Panel()

    desk.claim_order("op", "o-1", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [HubAway()])
    line.may_answer.set()

    qtbot.waitUntil(lambda: line.released == [("o-1", 5)])


def test_a_purchase_granted_too_late_is_given_back_and_one_is_looked_for(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_desk, "CLAIM_WITHIN_MS", 20)
    panel = Panel()

    desk.claim_purchase("op", "sale-1", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [HubAway()])
    line.may_answer.set()
    qtbot.waitUntil(lambda: line.released == [("sale-1", 9)])
    desk.find_purchases("2-000001", "FUEN", panel.hear)

    qtbot.waitUntil(lambda: panel.heard == [HubAway(), FoundPurchases(as_of_ms=8)])


def test_a_cart_granted_too_late_is_given_back_and_one_is_looked_at(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_desk, "CLAIM_WITHIN_MS", 20)
    panel = Panel()

    desk.claim_cart("op", "c-1", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [HubAway()])
    line.may_answer.set()
    qtbot.waitUntil(lambda: line.released == [("c-1", 9)])
    desk.send_to_cart("op", "c-1", {"A-1": 1000}, panel.hear)

    qtbot.waitUntil(lambda: panel.heard == [HubAway(), WebCart("c-1")])


def test_a_customer_is_looked_for_and_not_waited_for(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = Panel()

    monkeypatch.setattr(hub_desk, "CUSTOMER_WITHIN_MS", 30_000)
    desk.find_customers("carmen", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [FoundCustomers((a_customer(),))])
    monkeypatch.setattr(hub_desk, "CUSTOMER_WITHIN_MS", 20)
    desk.customer_glance("carmen", panel.hear)

    qtbot.waitUntil(lambda: panel.heard[1:] == [HubAway()])
    line.may_answer.set()


@pytest.mark.parametrize(
    ("error", "code"),
    [(HubUnreachable("no route"), ""), (HubRefused(403, "revoked"), "revoked")],
)
def test_no_answer_and_a_refusal_are_told_as_a_hub_that_is_away(
    desk: HubDesk, line: Line, qtbot: QtBot, error: Exception, code: str
) -> None:
    panel = Panel()
    line.error = error
    line.may_answer.set()

    desk.claim("op", "b-1", panel.hear)

    qtbot.waitUntil(lambda: bool(panel.heard))
    assert panel.heard == [HubAway(code)]


def test_a_till_that_was_never_enrolled_has_no_hub(qtbot: QtBot, tmp_path: Path) -> None:
    desk = HubDesk(line_to(DataFolder(tmp_path / "nothing"), "http://127.0.0.1:9"))
    panel = Panel()

    desk.find_receipt("1-000001", "", panel.hear)

    qtbot.waitUntil(lambda: panel.heard == [HubAway()])
    desk.finish()


def test_at_the_end_nobody_is_told_and_no_question_is_left(desk: HubDesk, line: Line) -> None:
    panel = Panel()
    line.may_answer.set()
    desk.claim("op", "b-1", panel.hear)

    desk.finish()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert panel.heard == []
    assert line.released == []
    assert desk.findChildren(QTimer) == []


def test_a_question_that_hangs_does_not_hold_up_the_next(
    desk: HubDesk, line: Line, qtbot: QtBot
) -> None:
    panel = Panel()
    desk.claim("op", "b-1", lambda _: None)

    desk.find_receipt("1-000001", "", panel.hear)

    qtbot.waitUntil(lambda: panel.heard == [FoundReceipts()])
    assert not line.may_answer.is_set()


def test_approvals_are_asked_for_looked_at_and_taken_back(
    desk: HubDesk, line: Line, qtbot: QtBot
) -> None:
    panel = Panel()
    question = ApprovalQuestion("r-1", "discount", Money(5_00, "EUR"), "lucia")
    steps: list[tuple[Callable[[], None], AskedState]] = [
        (lambda: desk.ask_approval(question, panel.hear), AskedState.WAITING),
        (lambda: desk.look_at_approval("r-1", panel.hear), AskedState.GRANTED),
        (lambda: desk.withdraw_approval("r-1", panel.hear), AskedState.WITHDRAWN),
    ]

    for ask, state in steps:
        ask()
        qtbot.waitUntil(lambda: bool(panel.heard))
        assert panel.heard.pop() == ApprovalReply("r-1", state)


def test_money_set_aside_too_late_is_given_back_and_a_refusal_is_not(
    desk: HubDesk, line: Line, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_desk, "ANSWER_WITHIN_MS", 20)
    panel = Panel()
    amount = Money(5_00, "EUR")

    desk.reserve_value("op-1", "MG:1", amount, "b-1", panel.hear)
    qtbot.waitUntil(lambda: panel.heard == [HubAway()])
    line.may_answer.set()
    qtbot.waitUntil(lambda: line.released == [("op-1", 0)])
    monkeypatch.setattr(hub_desk, "ANSWER_WITHIN_MS", 30_000)
    line.refusal = CardRefusal.NOT_ENOUGH
    desk.reserve_value("op-2", "MG:1", amount, "b-1", panel.hear)
    qtbot.waitUntil(lambda: len(panel.heard) == 2)
    desk.look_at_card("MG:1", panel.hear)
    qtbot.waitUntil(lambda: len(panel.heard) == 3)

    assert panel.heard[1] == Reservation("op-2", CardRefusal.NOT_ENOUGH, amount)
    assert panel.heard[2] == Card(CardState.ACTIVE)
    assert line.released == [("op-1", 0)]

"""The devices of a counter, which remember what they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from pos.domain.card_payment import AttemptEvent, CardAttempt
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.money import Money
from pos.domain.pickup_figures import PickupFigures
from pos.domain.print_subjects import Receipted
from pos.domain.printing import PrintJob
from pos.domain.refund import RefundEvent
from pos.domain.shop import ShopDetails
from pos.domain.stored_value import Card, Reservation
from pos.screens.counter import Devices
from pos.screens.ports import CardAnswer, LinkStatus, PrinterTrouble, Sound
from pos.services.hub_calls import (
    ApprovalQuestion,
    ApprovalReply,
    Claim,
    CouponClaim,
    FoundCustomers,
    FoundOrders,
    FoundPurchases,
    FoundReceipt,
    FoundReceipts,
    HubAway,
    Lease,
    OnApproval,
    OnCard,
    OnClaim,
    OnCouponClaim,
    OnCustomer,
    OnCustomers,
    OnFigures,
    OnLease,
    OnOrderClaim,
    OnOrders,
    OnPurchaseClaim,
    OnPurchases,
    OnReceipts,
    OnReservation,
    OrderClaim,
    PurchaseClaim,
    SeenCustomer,
)
from tests.fakes.carts import FakeCarts


class FakePrinting(QObject):
    """Prints nothing; `end` says how a job ended."""

    finished = Signal(object, object)
    drawer_failed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.submitted: list[PrintJob] = []
        self.found: list[FoundReceipt] = []
        self.letterheads: list[ShopDetails | None] = []
        self.drawer_openings = 0
        self.has_label_printer = False
        self.on_receipts: list[PrintJob] = []

    def submit(self, job: PrintJob) -> None:
        self.submitted.append(job)

    def open_drawer(self) -> None:
        self.drawer_openings += 1

    def submit_on_receipts(self, job: PrintJob) -> None:
        self.on_receipts.append(job)

    def preview_label(self, job: PrintJob) -> object | None:
        return None

    def submit_found(self, job: PrintJob, receipt: FoundReceipt) -> None:
        self.submitted.append(job)
        self.found.append(receipt)

    def preview(self, document: Receipted, shop: ShopDetails | None = None) -> QObject | object:
        self.letterheads.append(shop)
        image = QImage(384, 200, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        return image

    def pdf(self, document: Receipted) -> bytes:
        return f"%PDF {document.number}".encode()

    def text(self, document: Receipted) -> str:
        return f"{document.number}\n{document.total.minor}"

    def end(self, job: PrintJob, trouble: PrinterTrouble = PrinterTrouble.NONE) -> None:
        self.finished.emit(job, trouble)


class FakeTerminal:
    """Answers a card attempt or a refund when the test says so."""

    name = "fake"

    def __init__(self, *, is_standalone: bool = False) -> None:
        self.is_standalone = is_standalone
        self.charged: list[CardAttempt] = []
        self.asked_again: list[CardAttempt] = []
        self.aborts = 0
        self.paid_back: list[CardRefund] = []
        self.found_out: list[CardRefund] = []
        self._answer: Callable[[CardAnswer], None] | None = None
        self._answer_refund: Callable[[RefundAnswer], None] | None = None

    def charge(self, attempt: CardAttempt, on_answer: Callable[[CardAnswer], None]) -> None:
        self.charged.append(attempt)
        self._answer = on_answer

    def ask_again(self, attempt: CardAttempt, on_answer: Callable[[CardAnswer], None]) -> None:
        self.asked_again.append(attempt)
        self._answer = on_answer

    def confirm(
        self,
        attempt: CardAttempt,
        *,
        was_approved: bool,
        authorisation: str,
    ) -> None:
        event = AttemptEvent.APPROVAL if was_approved else AttemptEvent.DECLINE
        self._tell(CardAnswer(event, authorisation, is_verified=False))

    def pay_back(self, asked: CardRefund, on_answer: Callable[[RefundAnswer], None]) -> None:
        self.paid_back.append(asked)
        self._answer_refund = on_answer

    def find_out(self, asked: CardRefund, on_answer: Callable[[RefundAnswer], None]) -> None:
        self.found_out.append(asked)
        self._answer_refund = on_answer

    def confirm_refund(
        self, asked: CardRefund, *, was_paid_back: bool, authorisation: str
    ) -> None:
        event = RefundEvent.CONFIRMATION if was_paid_back else RefundEvent.REFUSAL
        self.answer_refund(RefundAnswer(event, authorisation, is_verified=False))

    def abort(self) -> None:
        self.aborts += 1

    def answer(self, event: AttemptEvent, authorisation: str = "") -> None:
        """Answer what was asked last."""
        self._tell(CardAnswer(event, authorisation))

    def answer_refund(self, answer: RefundAnswer) -> None:
        """Answer the refund that was asked for last."""
        assert self._answer_refund is not None, "the terminal was not asked for a refund"
        self._answer_refund(answer)

    def _tell(self, answer: CardAnswer) -> None:
        assert self._answer is not None, "the terminal was not asked"
        self._answer(answer)


class FakeSounds:
    def __init__(self) -> None:
        self.played: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.played.append(sound)


class FakeLink(QObject):
    """The agent's socket, with a status the test sets."""

    changed = Signal(object)
    catalogue_changed = Signal()
    staff_changed = Signal()
    settings_changed = Signal()
    desk_changed = Signal()
    tickets_changed = Signal()
    orders_changed = Signal()
    customers_changed = Signal()

    def __init__(self, status: LinkStatus | None = None) -> None:
        super().__init__()
        self._status = status or LinkStatus()
        self.nudges = 0
        self.lights: dict[str, str] = {}

    @property
    def status(self) -> LinkStatus:
        return self._status

    def say(self, status: LinkStatus) -> None:
        """Report another state of the link."""
        self._status = status
        self.changed.emit(status)

    def nudge(self) -> None:
        self.nudges += 1

    def report(self, lights: Mapping[str, str]) -> None:
        self.lights = dict(lights)


class FakeHub(FakeCarts):
    """The hub, which answers a question when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: list[tuple[str, str, bool]] = []
        self.released: list[tuple[str, int]] = []
        self.asked_figures: list[tuple[str, int, str]] = []
        self.looked_for: list[tuple[str, str]] = []
        self.questions: list[ApprovalQuestion] = []
        self.looks: list[str] = []
        self.withdrawn: list[str] = []
        self.order_claims: list[tuple[str, str, bool]] = []
        self.released_orders: list[tuple[str, int]] = []
        self.coupon_claims: list[tuple[str, str, bool]] = []
        self.released_coupons: list[tuple[str, int]] = []
        self.leases: list[tuple[str, tuple[str, ...], tuple[tuple[str, int], ...]]] = []
        self.looked_for_orders: list[str] = []
        self.looked_at_cards: list[str] = []
        self.reserved: list[tuple[str, str, Money, str, bool]] = []
        self.released_values: list[str] = []
        self.looked_for_purchases: list[tuple[str, str]] = []
        self.purchase_claims: list[tuple[str, str, bool]] = []
        self.released_purchases: list[tuple[str, int]] = []
        self.customers_asked: list[str] = []  # texts looked for, ids looked at
        self._tell_of_customers: Callable[[Any], None] | None = None
        self._tell: Callable[[Any], None] | None = None

    def claim(
        self, op_id: str, basket_id: str, on_answer: OnClaim, *, takes_over: bool = False
    ) -> None:
        self.claims.append((op_id, basket_id, takes_over))
        self._tell = on_answer

    def release(self, basket_id: str, fence: int) -> None:
        self.released.append((basket_id, fence))

    def find_receipt(self, number: str, shop: str, on_answer: OnReceipts) -> None:
        self.looked_for.append((number, shop))
        self._tell = on_answer

    def ask_approval(self, question: ApprovalQuestion, on_answer: OnApproval) -> None:
        self.questions.append(question)
        self._tell = on_answer

    def look_at_approval(self, request_id: str, on_answer: OnApproval) -> None:
        self.looks.append(request_id)
        self._tell = on_answer

    def withdraw_approval(self, request_id: str, on_answer: OnApproval) -> None:
        self.withdrawn.append(request_id)
        self._tell = on_answer

    def claim_order(
        self, op_id: str, order_id: str, on_answer: OnOrderClaim, *, takes_over: bool = False
    ) -> None:
        self.order_claims.append((op_id, order_id, takes_over))
        self._tell = on_answer

    def release_order(self, order_id: str, fence: int) -> None:
        self.released_orders.append((order_id, fence))

    def claim_coupon(
        self, op_id: str, code: str, on_answer: OnCouponClaim, *, takes_over: bool = False
    ) -> None:
        self.coupon_claims.append((op_id, code, takes_over))
        self._tell = on_answer

    def release_coupon(self, code: str, fence: int) -> None:
        self.released_coupons.append((code, fence))

    def lease(
        self,
        staff_id: str,
        order_ids: Sequence[str],
        lines: Sequence[tuple[str, int]],
        on_answer: OnLease,
    ) -> None:
        self.leases.append((staff_id, tuple(order_ids), tuple(lines)))
        self._tell = on_answer

    def find_orders(self, text: str, on_answer: OnOrders) -> None:
        self.looked_for_orders.append(text)
        self._tell = on_answer

    def pickup_figures(self, shop: str, days: int, zone: str, on_answer: OnFigures) -> None:
        self.asked_figures.append((shop, days, zone))
        self._tell = on_answer

    def look_at_card(self, code: str, on_answer: OnCard) -> None:
        self.looked_at_cards.append(code)
        self._tell = on_answer

    def reserve_value(
        self,
        op_id: str,
        code: str,
        amount: Money,
        basket_id: str,
        on_answer: OnReservation,
        *,
        up_to: bool = False,
    ) -> None:
        self.reserved.append((op_id, code, amount, basket_id, up_to))
        self._tell = on_answer

    def release_value(self, op_id: str) -> None:
        self.released_values.append(op_id)

    def find_customers(self, text: str, on_answer: OnCustomers) -> None:
        self.customers_asked.append(text)
        self._tell_of_customers = on_answer

    def customer_glance(self, customer_id: str, on_answer: OnCustomer) -> None:
        self.customers_asked.append(customer_id)
        self._tell_of_customers = on_answer

    def answer_of_customers(self, answer: FoundCustomers | SeenCustomer | HubAway) -> None:
        """Answer the last question about customers, which may wait beside another one."""
        assert self._tell_of_customers is not None
        tell, self._tell_of_customers = self._tell_of_customers, None
        tell(answer)

    def find_purchases(self, text: str, shop: str, on_answer: OnPurchases) -> None:
        self.looked_for_purchases.append((text, shop))
        self._tell = on_answer

    def claim_purchase(
        self, op_id: str, reference: str, on_answer: OnPurchaseClaim, *, takes_over: bool = False
    ) -> None:
        self.purchase_claims.append((op_id, reference, takes_over))
        self._tell = on_answer

    def release_purchase(self, reference: str, fence: int) -> None:
        self.released_purchases.append((reference, fence))

    def answer(
        self,
        said: Claim
        | FoundReceipts
        | ApprovalReply
        | OrderClaim
        | CouponClaim
        | Lease
        | FoundOrders
        | PickupFigures
        | Card
        | Reservation
        | FoundPurchases
        | PurchaseClaim
        | HubAway,
    ) -> None:
        """Answer what was asked last."""
        assert self._tell is not None, "the hub was not asked"
        tell, self._tell = self._tell, None
        tell(said)


class FakeDevices:
    """All of them; `devices` is what a counter takes."""

    def __init__(self, status: LinkStatus | None = None) -> None:
        self.printing = FakePrinting()
        self.terminal = FakeTerminal()
        self.sounds = FakeSounds()
        self.link = FakeLink(status)
        self.hub = FakeHub()

    @property
    def devices(self) -> Devices:
        return Devices(self.printing, self.terminal, self.sounds, self.link, hub=self.hub)

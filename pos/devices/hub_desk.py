"""The hub as the screens ask it: off the interface thread, within what a person waits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from pos.background import Background, is_gone
from pos.domain.errors import StoreUnavailable
from pos.domain.money import Money
from pos.domain.pickup_figures import PickupFigures
from pos.domain.stored_value import Card, Reservation
from pos.domain.web_cart import WebCart
from pos.services.hub_calls import (
    ApprovalQuestion,
    ApprovalReply,
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
    OnApproval,
    OnCard,
    OnCart,
    OnCartClaim,
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
from pos.store.data_folder import DataFolder

CLAIM_WITHIN_MS = 2_000  # a customer stands at the counter
CUSTOMER_WITHIN_MS = 300  # what the till knows itself is shown meanwhile
ANSWER_WITHIN_MS = 6_000
THREADS = 3  # one that hangs on a dead line does not hold up the next question

AnyClaim = Claim | OrderClaim | CouponClaim | PurchaseClaim | CartClaim

_log = logging.getLogger(__name__)


class AsksHub(Protocol):
    """Asks the hub in the thread that calls, as plain things of pos/services/hub_calls.py.

    Raises:
        OSError: Of every method: no answer, or a refusal (then with a `code`).
    """

    def claim(self, op_id: str, basket_id: str, *, takes_over: bool) -> Claim: ...

    def release(self, basket_id: str, fence: int) -> None: ...

    def find_receipt(self, number: str, shop: str) -> FoundReceipts: ...

    def ask_approval(self, question: ApprovalQuestion) -> ApprovalReply: ...

    def approval(self, request_id: str) -> ApprovalReply: ...

    def withdraw_approval(self, request_id: str) -> ApprovalReply: ...

    def claim_order(self, op_id: str, order_id: str, *, takes_over: bool) -> OrderClaim: ...

    def release_order(self, order_id: str, fence: int) -> None: ...

    def claim_coupon(self, op_id: str, code: str, *, takes_over: bool) -> CouponClaim: ...

    def release_coupon(self, code: str, fence: int) -> None: ...

    def lease(
        self, staff_id: str, order_ids: Sequence[str], lines: Sequence[tuple[str, int]]
    ) -> Lease: ...

    def find_orders(self, text: str) -> FoundOrders: ...

    def pickup_figures(self, shop: str, days: int, zone: str) -> PickupFigures: ...

    def look_at_card(self, code: str) -> Card: ...

    def reserve_value(
        self, op_id: str, code: str, amount: Money, basket_id: str, *, up_to: bool
    ) -> Reservation: ...

    def release_value(self, op_id: str) -> None: ...

    def find_purchases(self, text: str, shop: str) -> FoundPurchases: ...

    def claim_purchase(self, op_id: str, reference: str, *, takes_over: bool) -> PurchaseClaim: ...

    def release_purchase(self, reference: str, fence: int) -> None: ...

    def find_customers(self, text: str) -> FoundCustomers: ...

    def customer_glance(self, customer_id: str) -> SeenCustomer: ...

    def look_at_cart(self, customer_id: str) -> WebCart: ...

    def claim_cart(self, op_id: str, customer_id: str, *, takes_over: bool) -> CartClaim: ...

    def release_cart(self, customer_id: str, fence: int) -> None: ...

    def send_to_cart(self, op_id: str, customer_id: str, lines: Mapping[str, int]) -> WebCart: ...


def line_to(folder: DataFolder, url: str) -> Callable[[], AsksHub]:
    """Return how the till of a data folder is connected to its hub, looked up once.

    What it returns raises StoreUnavailable while the till is not enrolled.
    """

    @cache
    def line() -> AsksHub:
        from pos.devices.hub_answers import HubAnswers  # HTTP is loaded by who first asks
        from sync.counter_client import CounterClient
        from sync.credentials import load_credentials

        return HubAnswers(CounterClient(url, load_credentials(folder)))

    return line


class HubDesk(QObject):
    """`pos.services.hub_calls.HubCalls`: asks in threads of its own."""

    def __init__(self, connect: Callable[[], AsksHub], parent: QObject | None = None) -> None:
        """Take how a connection is made; called in a worker thread, once per question."""
        super().__init__(parent)
        self._connect = connect
        self._threads = Background(self, threads=THREADS)

    def claim(
        self, op_id: str, basket_id: str, on_answer: OnClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to go on with a parked ticket; an answer within two seconds."""
        self._claim(
            lambda hub: hub.claim(op_id, basket_id, takes_over=takes_over),
            on_answer,
            lambda fence: self.release(basket_id, fence),
        )

    def release(self, basket_id: str, fence: int) -> None:
        """Give a claim back that was not used."""
        self._ask(lambda hub: hub.release(basket_id, fence), _forget)

    def find_receipt(self, number: str, shop: str, on_answer: OnReceipts) -> None:
        """Look a receipt up by its number."""
        self._ask(lambda hub: hub.find_receipt(number, shop), on_answer)

    def ask_approval(self, question: ApprovalQuestion, on_answer: OnApproval) -> None:
        """Ask for an override."""
        self._ask(lambda hub: hub.ask_approval(question), on_answer)

    def look_at_approval(self, request_id: str, on_answer: OnApproval) -> None:
        """Ask what became of it."""
        self._ask(lambda hub: hub.approval(request_id), on_answer)

    def withdraw_approval(self, request_id: str, on_answer: OnApproval) -> None:
        """Take the question back."""
        self._ask(lambda hub: hub.withdraw_approval(request_id), on_answer)

    def claim_order(
        self, op_id: str, order_id: str, on_answer: OnOrderClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to hand an order over; an answer within two seconds."""
        self._claim(
            lambda hub: hub.claim_order(op_id, order_id, takes_over=takes_over),
            on_answer,
            lambda fence: self.release_order(order_id, fence),
        )

    def release_order(self, order_id: str, fence: int) -> None:
        """Give the claim of an order back."""
        self._ask(lambda hub: hub.release_order(order_id, fence), _forget)

    def claim_coupon(
        self, op_id: str, code: str, on_answer: OnCouponClaim, *, takes_over: bool = False
    ) -> None:
        """Ask for a code that may be used once; an answer within two seconds."""
        self._claim(
            lambda hub: hub.claim_coupon(op_id, code, takes_over=takes_over),
            on_answer,
            lambda fence: self.release_coupon(code, fence),
        )

    def release_coupon(self, code: str, fence: int) -> None:
        """Give a code back."""
        self._ask(lambda hub: hub.release_coupon(code, fence), _forget)

    def lease(
        self,
        staff_id: str,
        order_ids: Sequence[str],
        lines: Sequence[tuple[str, int]],
        on_answer: OnLease,
    ) -> None:
        """Ask for lines that somebody goes to fetch."""
        self._ask(lambda hub: hub.lease(staff_id, order_ids, lines), on_answer)

    def find_orders(self, text: str, on_answer: OnOrders) -> None:
        """Look for an order in all shops."""
        self._ask(lambda hub: hub.find_orders(text), on_answer)

    def pickup_figures(self, shop: str, days: int, zone: str, on_answer: OnFigures) -> None:
        """Ask how a shop does with orders that are collected."""
        self._ask(lambda hub: hub.pickup_figures(shop, days, zone), on_answer)

    def look_at_card(self, code: str, on_answer: OnCard) -> None:
        """Ask what is on a card."""
        self._ask(lambda hub: hub.look_at_card(code), on_answer)

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
        """Have an amount set aside; what nobody waits for any more is given back."""

        def unwanted(answer: Reservation | HubAway) -> None:
            if not isinstance(answer, HubAway) and answer.refusal is None:
                self.release_value(op_id)

        self._ask(
            lambda hub: hub.reserve_value(op_id, code, amount, basket_id, up_to=up_to),
            on_answer,
            unwanted=unwanted,
        )

    def release_value(self, op_id: str) -> None:
        """Give back what was set aside."""
        self._ask(lambda hub: hub.release_value(op_id), _forget)

    def find_purchases(self, text: str, shop: str, on_answer: OnPurchases) -> None:
        """Look for what somebody bought, in any channel."""
        self._ask(lambda hub: hub.find_purchases(text, shop), on_answer)

    def claim_purchase(
        self, op_id: str, reference: str, on_answer: OnPurchaseClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to take something of a purchase back; an answer within two seconds."""
        self._claim(
            lambda hub: hub.claim_purchase(op_id, reference, takes_over=takes_over),
            on_answer,
            lambda fence: self.release_purchase(reference, fence),
        )

    def release_purchase(self, reference: str, fence: int) -> None:
        """Give the claim of a purchase back."""
        self._ask(lambda hub: hub.release_purchase(reference, fence), _forget)

    def find_customers(self, text: str, on_answer: OnCustomers) -> None:
        """Look for a customer of any shop."""
        self._ask(lambda hub: hub.find_customers(text), on_answer, CUSTOMER_WITHIN_MS)

    def customer_glance(self, customer_id: str, on_answer: OnCustomer) -> None:
        """Ask what there is to know of a customer."""
        self._ask(lambda hub: hub.customer_glance(customer_id), on_answer, CUSTOMER_WITHIN_MS)

    def look_at_cart(self, customer_id: str, on_answer: OnCart) -> None:
        """Ask what is in a customer's cart."""
        self._ask(lambda hub: hub.look_at_cart(customer_id), on_answer, CLAIM_WITHIN_MS)

    def claim_cart(
        self, op_id: str, customer_id: str, on_answer: OnCartClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to go on with a cart; an answer within two seconds."""
        self._claim(
            lambda hub: hub.claim_cart(op_id, customer_id, takes_over=takes_over),
            on_answer,
            lambda fence: self.release_cart(customer_id, fence),
        )

    def release_cart(self, customer_id: str, fence: int) -> None:
        """Give a cart back."""
        self._ask(lambda hub: hub.release_cart(customer_id, fence), _forget)

    def send_to_cart(
        self, op_id: str, customer_id: str, lines: Mapping[str, int], on_answer: OnCart
    ) -> None:
        """Put products into a cart."""
        self._ask(lambda hub: hub.send_to_cart(op_id, customer_id, lines), on_answer)

    def finish(self) -> None:
        """Let what is under way end before the program does; nobody is told any more."""
        for question in self.findChildren(_Question):
            question.forget()
        self._threads.finish()
        self._threads.deliver_now()

    def _claim(
        self,
        work: Callable[[AsksHub], AnyClaim],
        on_answer: Callable[[Any], None],
        release: Callable[[int], None],
    ) -> None:
        """Ask for a claim; what is granted too late, or to nobody any more, is given back."""

        def unwanted(answer: AnyClaim | HubAway) -> None:
            if not isinstance(answer, HubAway) and answer.state is ClaimState.GRANTED:
                release(answer.fence)

        self._ask(work, on_answer, CLAIM_WITHIN_MS, unwanted)

    def _ask(
        self,
        work: Callable[[AsksHub], Any],
        on_answer: Callable[[Any], None],
        within_ms: int = ANSWER_WITHIN_MS,
        unwanted: Callable[[Any], None] = lambda _: None,
    ) -> None:
        question = _Question(on_answer, unwanted, within_ms, self)
        self._threads.run(lambda: self._asked(work), question.answered)

    def _asked(self, work: Callable[[AsksHub], Any]) -> Any:
        try:
            return work(self._connect())
        except (OSError, StoreUnavailable) as error:
            _log.info("hub: %s", error)
            was_heard = hasattr(error, "status")  # sync.client.HubRefused: the hub said no
            return HubAway(str(getattr(error, "code", "")) if was_heard else "")


class _Question(QObject):
    """One question; told once, at the latest when its time is up."""

    def __init__(
        self,
        on_answer: Callable[[Any], None],
        unwanted: Callable[[Any], None],
        within_ms: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._on_answer, self._unwanted = on_answer, unwanted
        self._is_open = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._give_up)
        self._timer.start(within_ms)

    def answered(self, answer: object) -> None:
        """Pass the answer on, or say that nobody waits for it any more."""
        self._timer.stop()
        self.deleteLater()
        if self._is_open and not is_gone(self._on_answer):
            self._on_answer(answer)
        else:
            self._unwanted(answer)

    def forget(self) -> None:
        """Tell nobody, and give nothing back: the program ends, and a claim runs out."""
        self._is_open, self._unwanted = False, _forget

    def _give_up(self) -> None:
        self._is_open = False
        if not is_gone(self._on_answer):
            self._on_answer(HubAway())


def _forget(_answer: object) -> None:
    """Nobody waits for this answer."""

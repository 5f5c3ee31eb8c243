"""The hub of a till that has no way to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.domain.money import Money
from pos.services.hub_calls import (
    ApprovalQuestion,
    HubAway,
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
)


class NoHub:
    """`HubCalls` of a till that has no way to the hub: it is always away."""

    def claim(
        self, op_id: str, basket_id: str, on_answer: OnClaim, *, takes_over: bool = False
    ) -> None:
        on_answer(HubAway())

    def release(self, basket_id: str, fence: int) -> None:
        """Nothing was ever claimed."""

    def find_receipt(self, number: str, shop: str, on_answer: OnReceipts) -> None:
        on_answer(HubAway())

    def ask_approval(self, question: ApprovalQuestion, on_answer: OnApproval) -> None:
        on_answer(HubAway())

    def look_at_approval(self, request_id: str, on_answer: OnApproval) -> None:
        on_answer(HubAway())

    def withdraw_approval(self, request_id: str, on_answer: OnApproval) -> None:
        on_answer(HubAway())

    def claim_order(
        self, op_id: str, order_id: str, on_answer: OnOrderClaim, *, takes_over: bool = False
    ) -> None:
        on_answer(HubAway())

    def release_order(self, order_id: str, fence: int) -> None:
        """Nothing was ever claimed."""

    def claim_coupon(
        self, op_id: str, code: str, on_answer: OnCouponClaim, *, takes_over: bool = False
    ) -> None:
        on_answer(HubAway())

    def release_coupon(self, code: str, fence: int) -> None:
        """Nothing was ever claimed."""

    def lease(
        self,
        staff_id: str,
        order_ids: Sequence[str],
        lines: Sequence[tuple[str, int]],
        on_answer: OnLease,
    ) -> None:
        on_answer(HubAway())

    def find_orders(self, text: str, on_answer: OnOrders) -> None:
        on_answer(HubAway())

    def pickup_figures(self, shop: str, days: int, zone: str, on_answer: OnFigures) -> None:
        on_answer(HubAway())

    def look_at_card(self, code: str, on_answer: OnCard) -> None:
        on_answer(HubAway())

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
        on_answer(HubAway())

    def release_value(self, op_id: str) -> None:
        """Nothing was ever set aside."""

    def find_purchases(self, text: str, shop: str, on_answer: OnPurchases) -> None:
        on_answer(HubAway())

    def claim_purchase(
        self, op_id: str, reference: str, on_answer: OnPurchaseClaim, *, takes_over: bool = False
    ) -> None:
        on_answer(HubAway())

    def release_purchase(self, reference: str, fence: int) -> None:
        """Nothing was ever claimed."""

    def find_customers(self, text: str, on_answer: OnCustomers) -> None:
        on_answer(HubAway())

    def customer_glance(self, customer_id: str, on_answer: OnCustomer) -> None:
        on_answer(HubAway())

    def look_at_cart(self, customer_id: str, on_answer: OnCart) -> None:
        on_answer(HubAway())

    def claim_cart(
        self, op_id: str, customer_id: str, on_answer: OnCartClaim, *, takes_over: bool = False
    ) -> None:
        on_answer(HubAway())

    def release_cart(self, customer_id: str, fence: int) -> None:
        """Nothing was ever claimed."""

    def send_to_cart(
        self, op_id: str, customer_id: str, lines: Mapping[str, int], on_answer: OnCart
    ) -> None:
        on_answer(HubAway())

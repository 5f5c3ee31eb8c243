"""Turns the hub's messages into what the screens know, believing nothing that was not checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import JsonValue, ValidationError

from pos.devices import (
    card_answers,
    cart_answers,
    coupon_answers,
    customer_answers,
    purchase_answers,
)
from pos.domain.collection import Order
from pos.domain.errors import StoreUnavailable
from pos.domain.fiscal import FiscalStamp
from pos.domain.free_text import one_line
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.order_texts import clean_order
from pos.domain.pickup_figures import PickupFigures
from pos.domain.promotion import GivenPromotion, Share
from pos.domain.sale import Sale, SaleLine
from pos.domain.shop import ShopDetails
from pos.domain.stored_value import Card, Reservation
from pos.domain.tax import TaxAmount, TaxRate
from pos.domain.tender import Tender
from pos.domain.web_cart import WebCart
from pos.open_till import shop_details
from pos.services.hub_calls import (
    ApprovalQuestion,
    ApprovalReply,
    AskedState,
    CartClaim,
    Claim,
    ClaimState,
    CouponClaim,
    FoundCustomers,
    FoundOrder,
    FoundOrders,
    FoundPurchases,
    FoundReceipt,
    FoundReceipts,
    HeldLine,
    Lease,
    OrderClaim,
    PurchaseClaim,
    SeenCustomer,
)
from sync.counter_client import CounterClient
from sync.http import HubUnreachable
from sync.wire.v1.approvals import ApprovalAnswer, ApprovalRequest
from sync.wire.v1.claims import ClaimKind, ClaimRequest, ReleaseRequest
from sync.wire.v1.figures import FIGURES
from sync.wire.v1.orders import ORDER, LeaseLine, LeaseRequest
from sync.wire.v1.paper import LineOnPaper, SaleOnPaper
from sync.wire.v1.receipts import FoundSale, FoundSales


class HubAnswers:
    """`pos.devices.hub_desk.AsksHub` over HTTP."""

    def __init__(self, client: CounterClient) -> None:
        self._client = client

    def claim(self, op_id: str, basket_id: str, *, takes_over: bool) -> Claim:
        """Ask to go on with a parked ticket."""
        said = self._client.claim(
            ClaimRequest(
                op_id=op_id, kind=ClaimKind.PARKED_TICKET, key=basket_id, takes_over=takes_over
            )
        )
        return Claim(
            ClaimState(said.state.value),
            said.fence,
            said.holder,
            said.since_ms,
            said.may_be_taken_over,
            said.content,
        )

    def release(self, basket_id: str, fence: int) -> None:
        """Give a claim back that was not used."""
        self._client.release(
            ReleaseRequest(kind=ClaimKind.PARKED_TICKET, key=basket_id, fence=fence)
        )

    def find_receipt(self, number: str, shop: str) -> FoundReceipts:
        """Look a receipt up; one that cannot be read as a sale is no answer."""
        found = self._client.find_sales(number, shop)
        return FoundReceipts(tuple(_receipt(sale, found) for sale in found.sales))

    def ask_approval(self, question: ApprovalQuestion) -> ApprovalReply:
        """Ask for an override."""
        return _reply(
            self._client.ask_approval(
                ApprovalRequest(
                    request_id=question.request_id,
                    capability=question.capability,
                    discount=question.discount,
                    amount=question.amount.minor,
                    currency=question.amount.currency,
                    requested_by=question.requested_by,
                    reason=question.reason[:200],
                    detail=question.detail[:200],
                )
            )
        )

    def approval(self, request_id: str) -> ApprovalReply:
        """Ask what became of it."""
        return _reply(self._client.approval(request_id))

    def withdraw_approval(self, request_id: str) -> ApprovalReply:
        """Take the question back."""
        return _reply(self._client.withdraw_approval(request_id))

    def claim_order(self, op_id: str, order_id: str, *, takes_over: bool) -> OrderClaim:
        """Ask to hand an order over; a grant of what is no such order is no answer."""
        said = self._client.claim(
            ClaimRequest(op_id=op_id, kind=ClaimKind.PICKUP, key=order_id, takes_over=takes_over)
        )
        order = None if said.content is None else _order(said.content)
        if order is not None and order.order_id != order_id:
            raise HubUnreachable("another order")
        return OrderClaim(
            ClaimState(said.state.value),
            said.fence,
            said.holder,
            said.since_ms,
            said.detail,
            order,
            said.may_be_taken_over,
        )

    def release_order(self, order_id: str, fence: int) -> None:
        """Give the claim of an order back."""
        self._client.release(ReleaseRequest(kind=ClaimKind.PICKUP, key=order_id, fence=fence))

    def claim_coupon(self, op_id: str, code: str, *, takes_over: bool) -> CouponClaim:
        """Ask for a code that may be used once; what can be none is not asked for."""
        if not coupon_answers.can_be(code):
            return coupon_answers.UNKNOWN
        request = coupon_answers.request(op_id, code, takes_over=takes_over)
        return coupon_answers.coupon_claim(self._client.claim(request))

    def release_coupon(self, code: str, fence: int) -> None:
        """Give a code back."""
        key = coupon_answers.key(code)
        self._client.release(ReleaseRequest(kind=ClaimKind.COUPON, key=key, fence=fence))

    def lease(
        self, staff_id: str, order_ids: Sequence[str], lines: Sequence[tuple[str, int]]
    ) -> Lease:
        """Ask for lines that somebody goes to fetch."""
        wanted = tuple(LeaseLine(order_id=order_id, line=line) for order_id, line in lines)
        said = self._client.lease(
            LeaseRequest(staff_id=staff_id, order_ids=tuple(order_ids), lines=wanted)
        )
        held = (
            HeldLine(one.order_id, one.line, one.till, one.staff_id, one.until_ms)
            for one in said.held
        )
        return Lease(said.until_ms, tuple(held))

    def find_orders(self, text: str) -> FoundOrders:
        """Look for an order in all shops; one that cannot be read is no answer."""
        found = self._client.find_orders(text).orders
        return FoundOrders(
            tuple(FoundOrder(one_line(one.shop_name), _order(one.content)) for one in found)
        )

    def pickup_figures(self, shop: str, days: int, zone: str) -> PickupFigures:
        """Ask how a shop does with orders; figures that cannot be are no answer."""
        said = self._client.pickup_figures(shop, days, zone)
        try:
            return FIGURES.validate_json(json.dumps(said.content), strict=True)
        except ValidationError as error:
            raise HubUnreachable("not figures") from error

    def look_at_card(self, code: str) -> Card:
        """Ask what is on a card."""
        return card_answers.card(self._client.balance(card_answers.balance_request(code)))

    def reserve_value(
        self, op_id: str, code: str, amount: Money, basket_id: str, *, up_to: bool
    ) -> Reservation:
        """Have an amount set aside; an answer about something else is none."""
        request = card_answers.reserve_request(op_id, code, amount, basket_id, up_to=up_to)
        return card_answers.reservation(request, self._client.reserve(request))

    def release_value(self, op_id: str) -> None:
        """Give back what was set aside."""
        self._client.release_value(card_answers.release_request(op_id))

    def look_at_cart(self, customer_id: str) -> WebCart:
        """Ask what is in a cart; what cannot be read is no answer."""
        return cart_answers.cart(customer_id, self._client.cart(customer_id))

    def claim_cart(self, op_id: str, customer_id: str, *, takes_over: bool) -> CartClaim:
        """Ask to go on with a cart; without what is in it a grant is given back."""
        request = cart_answers.claim_request(op_id, customer_id, takes_over=takes_over)
        said = self._client.claim(request)
        if said.state.value != ClaimState.GRANTED.value:
            return cart_answers.claim(said, None)
        try:
            return cart_answers.claim(said, self.look_at_cart(customer_id))
        except OSError:
            self.release_cart(customer_id, said.fence)
            raise

    def release_cart(self, customer_id: str, fence: int) -> None:
        """Give a cart back."""
        self._client.release(cart_answers.release_request(customer_id, fence))

    def send_to_cart(self, op_id: str, customer_id: str, lines: Mapping[str, int]) -> WebCart:
        """Put products into a cart."""
        request = cart_answers.send_request(op_id, lines)
        return cart_answers.cart(customer_id, self._client.send_to_cart(customer_id, request))

    def find_purchases(self, text: str, shop: str) -> FoundPurchases:
        """Look for what somebody bought; what cannot be read as a purchase is no answer."""
        return purchase_answers.found(self._client.find_purchases(text, shop))

    def claim_purchase(self, op_id: str, reference: str, *, takes_over: bool) -> PurchaseClaim:
        """Ask to take something of a purchase back; a grant of another one is no answer."""
        request = purchase_answers.claim_request(op_id, reference, takes_over=takes_over)
        return purchase_answers.purchase_claim(reference, self._client.claim(request))

    def release_purchase(self, reference: str, fence: int) -> None:
        """Give the claim of a purchase back."""
        self._client.release(purchase_answers.release_request(reference, fence))

    def find_customers(self, text: str) -> FoundCustomers:
        """Look for a customer; what cannot be read as one is no answer."""
        return customer_answers.found(self._client.find_customers(text))

    def customer_glance(self, customer_id: str) -> SeenCustomer:
        """Ask what there is to know of a customer; what cannot be read is no answer."""
        return customer_answers.seen(self._client.customer_glance(customer_id))


def _order(content: Mapping[str, JsonValue]) -> Order:
    try:
        return clean_order(ORDER.validate_json(json.dumps(content), strict=True))
    except ValidationError as error:
        raise HubUnreachable("not an order") from error


def _reply(said: ApprovalAnswer) -> ApprovalReply:
    return ApprovalReply(
        said.request_id,
        AskedState(said.state.value),
        said.decided_by,
        one_line(said.decided_by_name),
        said.decided_at_ms,
        said.expires_at_ms,
    )


def _receipt(found: FoundSale, among: FoundSales) -> FoundReceipt:
    try:
        told = SaleOnPaper.model_validate_json(found.body_json)
    except ValidationError as error:
        raise HubUnreachable("not a sale") from error
    sale = _sale(told, found)
    return FoundReceipt(sale, _shop(among.shops.get(told.shop), told.shop), among.hub_time_ms)


def _shop(setting: Mapping[str, JsonValue] | None, code: str) -> ShopDetails | None:
    """Return what the shop's receipts say of it, None when the hub cannot tell."""
    try:
        return replace(shop_details(setting), code=code)
    except StoreUnavailable:
        return None


def _sale(told: SaleOnPaper, found: FoundSale) -> Sale:
    names = {entry.basis_points: entry.name for entry in reversed(told.tax)}
    currency = told.currency

    def money(minor: int) -> Money:
        return Money(minor, currency)

    return Sale(
        sale_id=told.sale_id,
        number=ReceiptNumber(told.series, told.sequence),
        shop=told.shop,
        till=found.till,
        session_id=told.session_id,
        staff_id=told.staff_id,
        staff_name=one_line(told.staff_name or found.staff_name or told.staff_id),
        currency=currency,
        opened_at_ms=told.opened_at_ms,
        completed_at_ms=told.completed_at_ms,
        lines=tuple(_line(line, currency, names) for line in told.lines),
        tax=tuple(
            TaxAmount(
                TaxRate(tax.basis_points, one_line(tax.name)),
                money(tax.gross),
                money(tax.base),
                money(tax.tax),
            )
            for tax in told.tax
        ),
        tenders=tuple(
            Tender(
                tender.kind,
                money(tender.amount),
                money(tender.tendered),
                tender.reference,
                one_line(tender.authorisation),
                tender.verified,
            )
            for tender in told.tenders
        ),
        total=money(told.total),
        fiscal=FiscalStamp(
            told.fiscal.module, tuple(map(one_line, told.fiscal.legend)), told.fiscal.qr
        ),
        ticket_discount_reason=one_line(told.ticket_discount_reason),
        promotions=tuple(
            GivenPromotion(
                given.promotion_id,
                one_line(given.name),
                tuple(Share(share.line, money(share.amount)) for share in given.lines),
                one_line(given.coupon),
                given.on_total,
            )
            for given in told.promotions
        ),
        source=told.source,
    )


def _line(line: LineOnPaper, currency: str, tax_names: Mapping[int, str]) -> SaleLine:
    def money(minor: int) -> Money:
        return Money(minor, currency)

    tax_name = tax_names.get(line.tax_basis_points, "") if line.tax_name is None else line.tax_name
    return SaleLine(
        number=line.number,
        sku=line.sku,
        gtin=line.gtin,
        name=one_line(line.name),
        quantity_thousandths=line.quantity,
        unit=line.unit,
        unit_price=money(line.unit_price),
        list_price=money(line.list_price),
        gross=money(line.gross),
        discount=money(line.discount),
        promotion=money(line.promotion),
        ticket_discount=money(line.ticket_discount),
        net=money(line.net),
        tax_rate=TaxRate(line.tax_basis_points, one_line(tax_name)),
        entry_method=line.entry,
        note=one_line(line.note),
        discount_reason=one_line(line.discount_reason),
        override_reason=one_line(line.override_reason),
        approved_by=line.approved_by,
        is_void=line.void,
    )

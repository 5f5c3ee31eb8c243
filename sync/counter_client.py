"""What a till asks its hub while a customer waits: claims, receipts, orders, approvals, cards."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

from sync.client import read_answer
from sync.credentials import Credentials
from sync.http import HttpAnswer
from sync.wire.v1.approvals import ApprovalAnswer, ApprovalRequest
from sync.wire.v1.base import Message
from sync.wire.v1.carts import CartAnswer, SendToCart
from sync.wire.v1.claims import ClaimAnswer, ClaimRequest, Released, ReleaseRequest
from sync.wire.v1.customers import CustomerGlance, FoundCustomers
from sync.wire.v1.figures import PickupFiguresAnswer
from sync.wire.v1.orders import FoundOrders, LeaseAnswer, LeaseRequest
from sync.wire.v1.purchases import FoundPurchases
from sync.wire.v1.receipts import FoundSales
from sync.wire.v1.value import (
    BalanceAnswer,
    BalanceRequest,
    ReleaseValueRequest,
    ReserveAnswer,
    ReserveRequest,
)

DEADLINE_S = 5.0
CUSTOMER_DEADLINE_S = 0.3
HTTP_OK = 200

Answer = TypeVar("Answer", bound=Message)


class CounterClient:
    """One hub, for a person who waits: each call has a connection and a deadline of its own.

    Nothing is repeated by itself: whoever waits decides that, and may, because a claim and an
    approval carry an id under which the same question has the same answer.
    """

    def __init__(
        self, url: str, credentials: Credentials, *, deadline_s: float = DEADLINE_S
    ) -> None:
        self._url = url
        self._credentials = credentials
        self._deadline_s = deadline_s

    def claim(self, request: ClaimRequest) -> ClaimAnswer:
        """Ask to go on with a thing that several tills could take.

        Raises:
            HubUnreachable: No answer of the hub in time; it may have granted the claim.
            HubRefused: It will not.
        """
        return self._post("/v1/claims", request, ClaimAnswer)

    def release(self, request: ReleaseRequest) -> Released:
        """Give a claim back that was not used.

        Raises:
            HubUnreachable, HubRefused: The claim runs out by itself.
        """
        return self._post("/v1/claims/release", request, Released)

    def find_sales(self, code: str, shop: str = "") -> FoundSales:
        """Find sales by the number on their receipt, or by its code.

        Args:
            shop: Where to look; in all shops when empty.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: The code was mistyped, or the hub will not.
        """
        path = f"/v1/sales?code={quote(code, safe='')}&shop={quote(shop, safe='')}"
        return read_answer(self._exchange("GET", path, b""), FoundSales)

    def find_purchases(self, text: str, shop: str = "") -> FoundPurchases:
        """Find what was bought, in any shop or channel, with what came back of it already.

        Args:
            text: 1 to 100 characters: the number or code of a receipt, the number of an order,
                the id of a sale or order, or what a customer of this shop can say of theirs.
            shop: Where a receipt's number is looked up; in all shops when empty.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: The code was mistyped, or the hub will not.
        """
        path = f"/v1/purchases?text={quote(text, safe='')}&shop={quote(shop, safe='')}"
        return read_answer(self._exchange("GET", path, b""), FoundPurchases)

    def find_customers(
        self, text: str, country: str = "", *, deadline_s: float = CUSTOMER_DEADLINE_S
    ) -> FoundCustomers:
        """Find customers of every shop by card, phone, mail address or name, also mistyped.

        Args:
            text: 1 to 250 characters, typed or scanned.
            country: Where a phone is from that does not say it, the shop's when empty.
            deadline_s: The cashier looks at what the till knows itself meanwhile.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: It will not.
        """
        path = f"/v1/customers?text={quote(text, safe='')}&country={quote(country, safe='')}"
        return read_answer(self._exchange("GET", path, b"", deadline_s), FoundCustomers)

    def customer_glance(
        self, customer_id: str, *, deadline_s: float = CUSTOMER_DEADLINE_S
    ) -> CustomerGlance:
        """Ask what there is to know of a customer: purchases anywhere, orders, credit.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: There is no such customer, or it will not.
        """
        path = f"/v1/customers/{quote(customer_id, safe='')}/glance"
        return read_answer(self._exchange("GET", path, b"", deadline_s), CustomerGlance)

    def lease(self, request: LeaseRequest) -> LeaseAnswer:
        """Ask for the lines somebody goes to fetch, prolong that, or give them back.

        Raises:
            HubUnreachable, HubRefused: Leases run out by themselves.
        """
        return self._post("/v1/pick-leases", request, LeaseAnswer)

    def find_orders(self, text: str) -> FoundOrders:
        """Find orders by what a customer can say: of this shop by anything, else by number.

        Args:
            text: 1 to 100 characters.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: It will not.
        """
        path = f"/v1/found-orders?text={quote(text, safe='')}"
        return read_answer(self._exchange("GET", path, b""), FoundOrders)

    def pickup_figures(self, shop: str, days: int, zone: str) -> PickupFiguresAnswer:
        """Ask how the shop does with orders that are collected.

        Args:
            zone: IANA name of the shop's time zone.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: It will not.
        """
        zone = quote(zone, safe="")
        path = f"/v1/shops/{quote(shop, safe='')}/pickup-figures?days={days}&zone={zone}"
        return read_answer(self._exchange("GET", path, b""), PickupFiguresAnswer)

    def ask_approval(self, request: ApprovalRequest) -> ApprovalAnswer:
        """Ask for an override; the same `request_id` again asks nothing more.

        Raises:
            HubUnreachable, HubRefused: See `claim`.
        """
        return self._post("/v1/approvals", request, ApprovalAnswer)

    def approval(self, request_id: str) -> ApprovalAnswer:
        """Ask what became of it.

        Raises:
            HubUnreachable, HubRefused: See `claim`.
        """
        path = f"/v1/approvals/{quote(request_id, safe='')}"
        return read_answer(self._exchange("GET", path, b""), ApprovalAnswer)

    def withdraw_approval(self, request_id: str) -> ApprovalAnswer:
        """Take the question back.

        Raises:
            HubUnreachable, HubRefused: See `claim`.
        """
        path = f"/v1/approvals/{quote(request_id, safe='')}/withdraw"
        return read_answer(self._exchange("POST", path, b""), ApprovalAnswer)

    def balance(self, request: BalanceRequest) -> BalanceAnswer:
        """Ask what is on a gift card or credit note.

        Raises:
            HubUnreachable: No answer of the hub in time.
            HubRefused: Its code was mistyped, or too many were asked for that do not exist.
        """
        return self._post("/v1/value/balance", request, BalanceAnswer)

    def reserve(self, request: ReserveRequest) -> ReserveAnswer:
        """Have an amount on a card set aside; the same `op_id` again sets nothing more aside.

        Raises:
            HubUnreachable: No answer of the hub in time; it may have set it aside.
            HubRefused: It will not.
        """
        return self._post("/v1/value/reserve", request, ReserveAnswer)

    def release_value(self, request: ReleaseValueRequest) -> Released:
        """Give back what was set aside and not used.

        Raises:
            HubUnreachable, HubRefused: It runs out by itself.
        """
        return self._post("/v1/value/release", request, Released)

    def cart(self, customer_id: str) -> CartAnswer:
        """Look at a customer's cart of the web shop; who holds it keeps it by that.

        Raises:
            HubUnreachable, HubRefused: See `claim`.
        """
        path = f"/v1/carts/{quote(customer_id, safe='')}"
        return read_answer(self._exchange("GET", path, b""), CartAnswer)

    def send_to_cart(self, customer_id: str, request: SendToCart) -> CartAnswer:
        """Put products into a customer's cart; the same `op_id` again puts in nothing more.

        Raises:
            HubUnreachable: No answer of the hub in time; they may be in.
            HubRefused: The cart would have too many lines, or there is no such customer.
        """
        return self._post(f"/v1/carts/{quote(customer_id, safe='')}/lines", request, CartAnswer)

    def _post(self, path: str, message: Message, kind: type[Answer]) -> Answer:
        return read_answer(self._exchange("POST", path, message.model_dump_json().encode()), kind)

    def _exchange(
        self, method: str, path: str, body: bytes, deadline_s: float | None = None
    ) -> HttpAnswer:
        http = self._credentials.open(self._url, deadline_s=deadline_s or self._deadline_s)
        try:
            return http.get(path) if method == "GET" else http.send(method, path, body)
        finally:
            http.close()

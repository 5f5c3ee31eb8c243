"""What the till asks the hub while a person waits, and what comes back, as plain things."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from pos.domain.collection import Order
from pos.domain.customer import Customer
from pos.domain.customer_glance import Glance
from pos.domain.money import Money
from pos.domain.pickup_figures import PickupFigures
from pos.domain.return_ledger import Ledger
from pos.domain.sale import Sale
from pos.domain.shop import ShopDetails
from pos.domain.stored_value import Card, Reservation
from pos.domain.web_cart import WebCart


@dataclass(frozen=True, slots=True)
class HubAway:
    """No answer that can be believed in time, or a refusal: nothing is known.

    `code` is the hub's word for why it refused, empty when it was not heard.
    """

    code: str = ""


class ClaimState(Enum):
    GRANTED = "granted"
    HELD = "held"  # another till has it
    GONE = "gone"  # it was finished, or the hub never heard of it


@dataclass(frozen=True, slots=True)
class Claim:
    """The hub's word on who may go on with a thing; times are UTC, Unix ms.

    `fence` goes into the fact that uses a claim. `holder` is the till that has it, or that
    finished it. `may_be_taken_over`: held and not used for so long that a person may decide.
    `content` is what the hub last knew of the thing, to be checked before it is used.
    """

    state: ClaimState
    fence: int = 0
    holder: str = ""
    since_ms: int = 0
    may_be_taken_over: bool = False
    content: object = None


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """The hub's word on who may hand an order over; times are UTC, Unix ms.

    `order` is what the hub knows of it, there when the claim was granted. With `GONE`,
    `detail` says why (collected, cancelled, moved, not_ready; empty: never heard of) and
    `holder` is the till that handed it over, or the shop it moved to.
    """

    state: ClaimState
    fence: int = 0
    holder: str = ""
    since_ms: int = 0
    detail: str = ""
    order: Order | None = None
    may_be_taken_over: bool = False


@dataclass(frozen=True, slots=True)
class CouponClaim:
    """The hub's word on a code that may be used once; times are UTC, Unix ms.

    Granted, it is a coupon for `promotion_id`, and `fence` goes with it into the fact. With
    `GONE`, `detail` says why: used (by the till `holder`), ended, or unknown.
    """

    state: ClaimState
    fence: int = 0
    holder: str = ""
    since_ms: int = 0
    detail: str = ""
    promotion_id: str = ""
    may_be_taken_over: bool = False


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line of an order that somebody else fetches; `until_ms` by the hub's clock."""

    order_id: str
    line: int
    till: str
    staff_id: str
    until_ms: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The lines asked for are ours `until_ms` (by the hub's clock), but for those in `held`."""

    until_ms: int
    held: tuple[HeldLine, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """An order of any shop; `shop_name` is what people call the one it waits in."""

    shop_name: str
    order: Order


@dataclass(frozen=True, slots=True)
class FoundOrders:
    orders: tuple[FoundOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A sale of another till as the hub has it, `as_of_ms` (UTC, Unix ms) by the hub's clock.

    `shop` is whose name stands on the receipt, None when the hub cannot say.
    """

    sale: Sale
    shop: ShopDetails | None
    as_of_ms: int


@dataclass(frozen=True, slots=True)
class FoundReceipts:
    """Sales with the number that was looked for; several when tills of several shops have it."""

    receipts: tuple[FoundReceipt, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPurchase:
    """What somebody bought, and what of it came back in any channel and shop.

    `shop_name` is what people call the shop or channel it was bought in.
    """

    shop_name: str
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class FoundPurchases:
    """The purchases that fit, the latest first, as the hub knew them `as_of_ms` by its clock."""

    purchases: tuple[FoundPurchase, ...] = ()
    as_of_ms: int = 0


@dataclass(frozen=True, slots=True)
class PurchaseClaim:
    """The hub's word on who may take something of a purchase back now; times are UTC, Unix ms.

    `ledger` is there when it was granted: every return the hub has heard of by then. With `GONE`,
    `detail` says why: unknown, or nothing (of it was bought).
    """

    state: ClaimState
    fence: int = 0
    holder: str = ""
    since_ms: int = 0
    detail: str = ""
    ledger: Ledger | None = None
    may_be_taken_over: bool = False


@dataclass(frozen=True, slots=True)
class FoundCustomers:
    """The likeliest first; records that were merged or erased say so and nothing else."""

    customers: tuple[Customer, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenCustomer:
    """A customer as the hub has it by now, with what is known beside the record.

    `customer` is the record at the end of all mergers; `duplicates` share a phone or an address.
    """

    customer: Customer
    glance: Glance
    duplicates: tuple[Customer, ...] = ()


@dataclass(frozen=True, slots=True)
class CartClaim:
    """The hub's word on who may go on with a customer's cart; times are UTC, Unix ms.

    `cart` is there when it was granted. With `GONE`, `detail` says why: unknown or empty.
    """

    state: ClaimState
    fence: int = 0
    holder: str = ""
    since_ms: int = 0
    detail: str = ""
    cart: WebCart | None = None
    may_be_taken_over: bool = False


class AskedState(Enum):
    """What became of an approval that was asked for."""

    WAITING = "waiting"
    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ApprovalQuestion:
    """What somebody who is not here is asked to allow.

    `capability` is the value of a `Capability`, `discount` basis points, `requested_by` a
    staff id, `detail` what a manager must see to decide.
    """

    request_id: str
    capability: str
    amount: Money
    requested_by: str
    discount: int = 0
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalReply:
    """Who decided and how; times are UTC, Unix ms by the hub's clock."""

    request_id: str
    state: AskedState
    decided_by: str = ""
    decided_by_name: str = ""
    decided_at_ms: int = 0
    expires_at_ms: int = 0


OnClaim = Callable[[Claim | HubAway], None]
OnReceipts = Callable[[FoundReceipts | HubAway], None]
OnApproval = Callable[[ApprovalReply | HubAway], None]
OnOrderClaim = Callable[[OrderClaim | HubAway], None]
OnCouponClaim = Callable[[CouponClaim | HubAway], None]
OnLease = Callable[[Lease | HubAway], None]
OnOrders = Callable[[FoundOrders | HubAway], None]
OnFigures = Callable[[PickupFigures | HubAway], None]
OnCard = Callable[[Card | HubAway], None]
OnReservation = Callable[[Reservation | HubAway], None]
OnPurchases = Callable[[FoundPurchases | HubAway], None]
OnPurchaseClaim = Callable[[PurchaseClaim | HubAway], None]
OnCustomers = Callable[[FoundCustomers | HubAway], None]
OnCustomer = Callable[[SeenCustomer | HubAway], None]
OnCart = Callable[[WebCart | HubAway], None]
OnCartClaim = Callable[[CartClaim | HubAway], None]


class HubCalls(Protocol):
    """Asks the hub off the interface thread; each answer comes in it, within a deadline.

    An answer for a panel that was closed meanwhile is dropped, as long as it is told to a
    method of the panel; a claim that so nobody uses is given back.
    """

    def claim(
        self, op_id: str, basket_id: str, on_answer: OnClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to go on with a parked ticket; `takes_over` also when another till holds it."""

    def release(self, basket_id: str, fence: int) -> None:
        """Give a claim back that was not used; when that fails it runs out by itself."""

    def find_receipt(self, number: str, shop: str, on_answer: OnReceipts) -> None:
        """Look a receipt up by its number; an empty `shop` looks in all of them."""

    def ask_approval(self, question: ApprovalQuestion, on_answer: OnApproval) -> None:
        """Ask for an override; asking again with the same id changes nothing."""

    def look_at_approval(self, request_id: str, on_answer: OnApproval) -> None:
        """Ask what became of it."""

    def withdraw_approval(self, request_id: str, on_answer: OnApproval) -> None:
        """Take the question back; the answer says when it was decided before."""

    def claim_order(
        self, op_id: str, order_id: str, on_answer: OnOrderClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to hand an order over; `takes_over` also when another till holds it."""

    def release_order(self, order_id: str, fence: int) -> None:
        """Give the claim of an order back that was not handed over."""

    def claim_coupon(
        self, op_id: str, code: str, on_answer: OnCouponClaim, *, takes_over: bool = False
    ) -> None:
        """Ask for a code that may be used once; `takes_over` also when another till holds it."""

    def release_coupon(self, code: str, fence: int) -> None:
        """Give a code back that was taken off its ticket."""

    def lease(
        self,
        staff_id: str,
        order_ids: Sequence[str],
        lines: Sequence[tuple[str, int]],
        on_answer: OnLease,
    ) -> None:
        """Ask for lines, as (order id, number), that somebody goes to fetch.

        Asking again prolongs; of `order_ids`, what is not among `lines` is given back.
        """

    def find_orders(self, text: str, on_answer: OnOrders) -> None:
        """Look for an order in all shops by what a customer can say of it."""

    def pickup_figures(self, shop: str, days: int, zone: str, on_answer: OnFigures) -> None:
        """Ask how a shop does with orders; `zone` is its time zone's IANA name."""

    def look_at_card(self, code: str, on_answer: OnCard) -> None:
        """Ask what is on a gift card or credit note, by its code as `read_own_code` reads it."""

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
        """Have an amount on a card set aside for a ticket; `up_to`: less when less is there.

        Asking again with the same id sets nothing more aside. After `HubAway` it may be set
        aside all the same: give it back when it is not asked for again.
        """

    def release_value(self, op_id: str) -> None:
        """Give back what was set aside and not used; when that fails it runs out by itself."""

    def find_purchases(self, text: str, shop: str, on_answer: OnPurchases) -> None:
        """Look for what somebody bought, in any channel; an empty `shop` looks in all of them."""

    def claim_purchase(
        self, op_id: str, reference: str, on_answer: OnPurchaseClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to take something of a purchase back; `takes_over` also when another till does."""

    def release_purchase(self, reference: str, fence: int) -> None:
        """Give the claim of a purchase back of which nothing was taken back."""

    def find_customers(self, text: str, on_answer: OnCustomers) -> None:
        """Look for a customer of any shop by what they say; an answer within 300 ms."""

    def customer_glance(self, customer_id: str, on_answer: OnCustomer) -> None:
        """Ask what there is to know of a customer; an answer within 300 ms.

        Meanwhile, and after `HubAway`, what the till keeps is shown with its age.
        """

    def look_at_cart(self, customer_id: str, on_answer: OnCart) -> None:
        """Ask what is in a customer's cart of the web shop; a ticket keeps its hold by that."""

    def claim_cart(
        self, op_id: str, customer_id: str, on_answer: OnCartClaim, *, takes_over: bool = False
    ) -> None:
        """Ask to go on with a cart; `takes_over` also when another till holds it."""

    def release_cart(self, customer_id: str, fence: int) -> None:
        """Give a cart back that nothing was sold of."""

    def send_to_cart(
        self, op_id: str, customer_id: str, lines: Mapping[str, int], on_answer: OnCart
    ) -> None:
        """Put products (thousandths by SKU) into a cart; the same id again puts in no more."""

"""Orders of customers that are collected in a shop: what they hold, and the life they lead.

An order (ARTS CustomerOrder) is placed in a web shop and collected at the counter (ARTS
Collection). Amounts are minor units with tax, quantities thousandths, times UTC in Unix ms.
What happens to an order is in `collection_events`; till and hub apply the same events.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.money import Money
from pos.domain.quantity import THOUSAND, Unit

MAX_LINES = 500
MAX_PARCELS = 99
MAX_PRICE_MINOR = 10_000_000_00
MAX_QUANTITY = 10_000 * THOUSAND
MAX_TEXT = 200
LARGEST = 2**53


class OrderState(Enum):
    """Where an order is; the values are stored and sent."""

    PLACED = "placed"
    PICKING = "picking"
    PICKED = "picked"  # everything accounted for, nowhere yet
    IN_TRANSIT = "in_transit"  # filled elsewhere, the courier has it
    RECEIVED = "received"  # arrived, nowhere yet
    STAGED = "staged"  # on its shelf, the customer not told yet
    READY = "ready"  # the customer was told
    COLLECTED = "collected"
    PARTLY_COLLECTED = "partly_collected"
    EXPIRED = "expired"  # nobody came; still on its shelf
    CANCELLED = "cancelled"  # goods may still have to go back to stock
    RESTOCKED = "restocked"  # cancelled or expired, and back in stock


OPEN_STATES = frozenset(OrderState) - {
    OrderState.COLLECTED, OrderState.PARTLY_COLLECTED, OrderState.RESTOCKED, OrderState.CANCELLED,
}  # fmt: skip
MAY_BE_HANDED_OVER = frozenset({OrderState.STAGED, OrderState.READY, OrderState.EXPIRED})
TO_BE_PICKED = frozenset({OrderState.PLACED, OrderState.PICKING})
TO_BE_STAGED = frozenset({OrderState.PICKED, OrderState.RECEIVED})


class ShortReason(Enum):
    """Why a piece of an order could not be picked."""

    MISSING = "missing"
    DAMAGED = "damaged"
    LATER = "later"  # not now: the line stays to be picked, stock is not corrected


class SubstituteState(Enum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ParcelState(Enum):
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    DAMAGED = "damaged"
    MISSING = "missing"
    STAGED = "staged"
    HANDED_OVER = "handed_over"
    RESTOCKED = "restocked"


class IdentityMethod(Enum):
    """How somebody shows that they may collect an order."""

    SIGNED_CODE = "signed_code"
    SHORT_CODE = "short_code"
    DOCUMENT = "document"
    MEMBER_CARD = "member_card"


class PaymentState(Enum):
    """Of a prepaid order; `NONE` is paid in the shop."""

    NONE = "none"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    REFUND_REQUESTED = "refund_requested"
    REFUNDED = "refunded"  # confirmed by the provider
    UNKNOWN = "unknown"  # an answer was lost; the hub asks again
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Substitute:
    """Another product offered in a line's place; `unit_price` is what it costs the customer."""

    sku: str
    gtin: int | None
    name: str
    unit_price: int
    tax_basis_points: int
    tax_name: str
    quantity: int
    state: SubstituteState = SubstituteState.PROPOSED
    consent: str = ""  # how the customer agreed: phone, in person, message


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of an order; `paid` is what the customer pays for all of `quantity`.

    `location` is where it lies in the shop ("Pasillo 2 · B-14"). `short` was not to be had,
    `delivered` and `left` say what became of the rest at the counter.
    """

    number: int
    sku: str
    gtin: int | None
    name: str
    quantity: int
    unit: Unit
    unit_price: int
    paid: int
    tax_basis_points: int
    tax_name: str
    location: str = ""
    picture: str = ""
    min_age: int = 0
    needs_serial: bool = False
    picked: int = 0
    short: int = 0
    short_reason: ShortReason | None = None
    substitute: Substitute | None = None
    delivered: int = 0
    left: int = 0

    def __post_init__(self) -> None:
        counts = (self.picked, self.short, self.delivered, self.left)
        if not 0 < self.quantity <= MAX_QUANTITY or any(
            not 0 <= count <= self.quantity for count in counts
        ):
            raise ValueError(f"quantities of line {self.number}")
        if not (0 <= self.paid <= MAX_PRICE_MINOR and 0 <= self.unit_price <= MAX_PRICE_MINOR):
            raise ValueError(f"price of line {self.number}")
        if not self.sku or len(self.sku) > 64 or len(self.name) > MAX_TEXT:
            raise ValueError(f"product of line {self.number}")

    @property
    def to_pick(self) -> int:
        """What is still to be picked: neither picked nor found short for good."""
        gone = 0 if self.short_reason is ShortReason.LATER else self.short
        return max(0, self.quantity - self.picked - gone)

    @property
    def in_parcel(self) -> int:
        """What there is to hand over."""
        return self.picked

    def value_of(self, quantity: int, currency: str) -> Money:
        """Return what the first `quantity` of this line cost; all of them cost `paid`."""
        whole = Money(self.paid, currency)
        return whole.scaled(min(quantity, self.quantity), self.quantity)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A bag or box; only the label with the newest `print_number` is valid, 0: none printed."""

    number: int
    shelf: str = ""
    state: ParcelState = ParcelState.STAGED
    print_number: int = 0


@dataclass(frozen=True, slots=True)
class Collector:
    """Who may collect besides the customer."""

    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """An order as one shop sees it.

    `serial` is the number inside `number` ("W-10497"), `short_code` what stands large on its
    parcels ("K7M4"). `assignment_epoch` rises when it moves to another shop, `version` when
    pickup codes given out before stop being good. `last_hold_ms` is the latest day it could
    ever be held until, `hold_days` how long it is held at first (0: as the shop says).
    `pick_due_ms`, what was promised, is 0 when nothing was.
    """

    order_id: str
    number: str
    serial: int
    short_code: str
    shop: str
    currency: str
    state: OrderState
    lines: tuple[OrderLine, ...]
    is_prepaid: bool
    placed_at_ms: int
    promised_at_ms: int = 0
    assignment_epoch: int = 1
    version: int = 1
    channel: str = "web"
    parcels: tuple[Parcel, ...] = ()
    customer_id: str = ""
    customer_name: str = ""
    phone: str = ""
    email: str = ""
    member_card: str = ""
    collectors: tuple[Collector, ...] = ()
    identity: IdentityMethod = IdentityMethod.SIGNED_CODE
    payment: PaymentState = PaymentState.NONE
    picker: str = ""  # the staff id of who prepares it
    ready_at_ms: int = 0
    notified_at_ms: tuple[int, ...] = ()
    hold_until_ms: int = 0
    last_hold_ms: int = 0
    hold_days: int = 0
    extensions: int = 0
    arrived_at_ms: int = 0  # the customer waits at the counter; 0: not here
    closed_at_ms: int = 0
    closed_at_till: str = ""
    cancel_asked: bool = False
    from_shop: str = ""  # filled there and sent by courier; empty: filled here

    def __post_init__(self) -> None:
        if not 0 < len(self.lines) <= MAX_LINES or len(self.parcels) > MAX_PARCELS:
            raise ValueError(f"{len(self.lines)} lines, {len(self.parcels)} parcels")
        if len({line.number for line in self.lines}) != len(self.lines):
            raise ValueError("two lines of one number")
        texts = (self.customer_name, self.phone, self.email, self.number, self.short_code)
        if any(len(text) > MAX_TEXT for text in texts):
            raise ValueError("text too long")

    # -- reading

    def line(self, number: int) -> OrderLine:
        """Return a line; raises KeyError when there is none of that number."""
        for line in self.lines:
            if line.number == number:
                return line
        raise KeyError(number)

    def parcel(self, number: int) -> Parcel | None:
        return next((parcel for parcel in self.parcels if parcel.number == number), None)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def units(self) -> int:
        """Pieces of counted goods plus one for each measured line."""
        return sum(line.quantity // THOUSAND if line.unit.is_counted else 1 for line in self.lines)

    @property
    def total(self) -> Money:
        return Money(sum(line.paid for line in self.lines), self.currency)

    @property
    def is_paid_for(self) -> bool:
        """True when it may go as far as money is concerned: paid, or to be paid at the counter."""
        if not self.is_prepaid or not self.total:
            return True
        return self.payment not in {
            PaymentState.NONE, PaymentState.UNKNOWN, PaymentState.DECLINED,
        }  # fmt: skip

    @property
    def value_in_parcels(self) -> Money:
        """What there is to hand over is worth: the limit of an offline handover looks at it."""
        values = (line.value_of(line.in_parcel, self.currency).minor for line in self.lines)
        return Money(sum(values), self.currency)

    @property
    def to_collect(self) -> Money:
        """What is to be paid at the counter when everything there is is taken."""
        return Money(0, self.currency) if self.is_prepaid else self.value_in_parcels

    @property
    def shelves(self) -> tuple[str, ...]:
        return tuple(sorted({parcel.shelf for parcel in self.parcels if parcel.shelf}))

    @property
    def surname_initial_name(self) -> str:
        """The name as a screen others can see shows it: "Carmen O."."""
        words = self.customer_name.split()
        return " ".join((words[0], f"{words[1][0]}.")) if len(words) > 1 else "".join(words)

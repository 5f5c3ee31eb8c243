"""What happens to an order, and what it is afterwards: the same at the till and at the hub.

Each event is the body of a journalled fact (`FACTS`); what it does to an order is in
`collection_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from pos.domain.collection import (
    IdentityMethod,
    ParcelState,
    ShortReason,
    Substitute,
)
from pos.domain.journal import FactKind, Json

# -- preparing


@dataclass(frozen=True, slots=True)
class PickingBegun:
    order_id: str
    staff_id: str
    lines: tuple[int, ...] = ()  # empty: all


@dataclass(frozen=True, slots=True)
class PickingLeft:
    """Somebody put the order back into the queue; what was picked stays picked."""

    order_id: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class LinePicked:
    """`quantity` is thousandths, below 0 to put something back."""

    order_id: str
    staff_id: str
    line: int
    quantity: int
    entry: str = "scanned"
    serial: str = ""


@dataclass(frozen=True, slots=True)
class LineShort:
    """`quantity` is all that is short of the line now; 0 takes it back."""

    order_id: str
    staff_id: str
    line: int
    quantity: int
    reason: ShortReason


@dataclass(frozen=True, slots=True)
class SubstituteProposed:
    order_id: str
    staff_id: str
    line: int
    substitute: Substitute


@dataclass(frozen=True, slots=True)
class SubstituteAnswered:
    """`consent`: how the customer said so (phone, in_person, message)."""

    order_id: str
    staff_id: str
    line: int
    accepted: bool
    consent: str = ""


@dataclass(frozen=True, slots=True)
class OrderPicked:
    order_id: str
    staff_id: str


# -- receiving and staging


@dataclass(frozen=True, slots=True)
class ParcelSeen:
    number: int
    state: ParcelState  # received, damaged or missing


@dataclass(frozen=True, slots=True)
class ParcelsReceived:
    order_id: str
    staff_id: str
    parcels: tuple[ParcelSeen, ...]


@dataclass(frozen=True, slots=True)
class ParcelPlaced:
    number: int
    shelf: str


@dataclass(frozen=True, slots=True)
class OrderStaged:
    """All parcels of the order and where they stand; said again when one is moved."""

    order_id: str
    staff_id: str
    parcels: tuple[ParcelPlaced, ...]


@dataclass(frozen=True, slots=True)
class LabelPrinted:
    order_id: str
    staff_id: str
    parcel: int
    print_number: int


# -- at the counter


@dataclass(frozen=True, slots=True)
class CustomerArrived:
    order_id: str
    staff_id: str
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who collected, by the least that proves it: never a whole document number."""

    method: IdentityMethod
    name: str = ""
    relation: str = ""
    document: str = ""  # kind of document: dni, passport…
    last4: str = ""


@dataclass(frozen=True, slots=True)
class LineDelivered:
    """Thousandths of a line; `reason` is why some of it was left."""

    number: int
    delivered: int
    left: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ParcelInHand:
    """A label that was scanned at the counter; `print_number` 0: named by hand."""

    number: int
    print_number: int


@dataclass(frozen=True, slots=True)
class OrderHandedOver:
    """The customer has it. Amounts are minor units.

    `balance` was paid at this counter in sale `sale_id`, `refund` is owed to the customer for
    what a prepaid order leaves behind. `fence` is the claim's, 0 for a till that was alone.
    `mirrored_at_ms` is how old this till's knowledge was. `signature` is the SHA-256 of what was
    signed, empty when nobody signed.
    """

    order_id: str
    staff_id: str
    lines: tuple[LineDelivered, ...]
    parcels: tuple[ParcelInHand, ...]
    identity: Identity
    assignment_epoch: int
    fence: int = 0
    is_isolated: bool = False
    mirrored_at_ms: int = 0
    balance: int = 0
    refund: int = 0
    sale_id: str = ""
    signature: str = ""
    serials: tuple[str, ...] = ()
    age_checked: bool = False
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class HandoverUndone:
    """A compensating fact: the goods came back over the counter at once."""

    order_id: str
    staff_id: str
    handover: str  # op id of the fact that is undone
    reason: str
    approved_by: str = ""


# -- no-show, and what staff ask the hub for


@dataclass(frozen=True, slots=True)
class HoldExtended:
    order_id: str
    staff_id: str
    hold_until_ms: int


@dataclass(frozen=True, slots=True)
class OrderRestocked:
    """What was on the shelf went back to where it is sold from."""

    order_id: str
    staff_id: str
    parcels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CancelAsked:
    order_id: str
    staff_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RerouteAsked:
    order_id: str
    staff_id: str
    to_shop: str


@dataclass(frozen=True, slots=True)
class NoticeAsked:
    """Tell the customer once more that it is ready."""

    order_id: str
    staff_id: str


Event = (
    PickingBegun | PickingLeft | LinePicked | LineShort | SubstituteProposed | SubstituteAnswered
    | OrderPicked | ParcelsReceived | OrderStaged | LabelPrinted | CustomerArrived
    | OrderHandedOver | HandoverUndone | HoldExtended | OrderRestocked | CancelAsked
    | RerouteAsked | NoticeAsked
)  # fmt: skip

FACTS: Mapping[FactKind, type[Event]] = {
    FactKind.ORDER_PICKING_BEGUN: PickingBegun,
    FactKind.ORDER_PICKING_LEFT: PickingLeft,
    FactKind.ORDER_LINE_PICKED: LinePicked,
    FactKind.ORDER_LINE_SHORT: LineShort,
    FactKind.ORDER_SUBSTITUTE_PROPOSED: SubstituteProposed,
    FactKind.ORDER_SUBSTITUTE_ANSWERED: SubstituteAnswered,
    FactKind.ORDER_PICKED: OrderPicked,
    FactKind.ORDER_RECEIVED: ParcelsReceived,
    FactKind.ORDER_STAGED: OrderStaged,
    FactKind.ORDER_LABEL_PRINTED: LabelPrinted,
    FactKind.ORDER_CUSTOMER_ARRIVED: CustomerArrived,
    FactKind.ORDER_HANDED_OVER: OrderHandedOver,
    FactKind.ORDER_HANDOVER_UNDONE: HandoverUndone,
    FactKind.ORDER_HOLD_EXTENDED: HoldExtended,
    FactKind.ORDER_RESTOCKED: OrderRestocked,
    FactKind.ORDER_CANCEL_ASKED: CancelAsked,
    FactKind.ORDER_REROUTE_ASKED: RerouteAsked,
    FactKind.ORDER_NOTICE_ASKED: NoticeAsked,
}
_KINDS = {event: kind for kind, event in FACTS.items()}


def kind_of(event: Event) -> FactKind:
    """Return the kind of fact that an event is journalled as."""
    return _KINDS[type(event)]


def event_body(event: Event) -> dict[str, Json]:
    """Return the body of an event's fact: its fields, enums by their values."""
    body: dict[str, Json] = _plain(asdict(event))
    return body


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value

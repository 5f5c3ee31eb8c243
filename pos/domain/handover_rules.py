"""Whether an order may go over the counter now: one decision, from what is known here.

What the mirror knows (ready, cancelled, moved) decides; a code only proves who may collect.
A till that is alone needs more: every parcel's newest label scanned, little enough at stake,
and knowledge that is young enough; what exceeds that somebody has to allow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from pos.domain.collection import (
    MAY_BE_HANDED_OVER,
    IdentityMethod,
    Order,
    OrderLine,
    OrderState,
    Parcel,
    ParcelState,
)
from pos.domain.collection_events import Identity, ParcelInHand
from pos.domain.handover import HandoverDraft
from pos.domain.journal import canonical_json
from pos.domain.pickup_code import PickupCode
from pos.domain.pickup_policy import PickupPolicy
from pos.domain.quantity import THOUSAND
from pos.domain.staff import Capability

_COLLECTED = frozenset({OrderState.COLLECTED, OrderState.PARTLY_COLLECTED})
_CANCELLED = frozenset({OrderState.CANCELLED, OrderState.RESTOCKED})


class CodeTrouble(Enum):
    """Why a pickup code is not believed, or is of no use here."""

    FORGED = "forged"  # the hub never signed it
    OTHER_SHOP = "other_shop"
    PAST = "past"  # even the last possible day of holding is over
    UNKNOWN = "unknown"  # signed for this shop, and no such order is known here
    USED = "used"  # the order was collected
    CANCELLED = "cancelled"
    OLD = "old"  # a newer code was given out
    NEWER = "newer"  # the order changed since this till heard of it


class Obstacle(Enum):
    """Why an order is not handed over at all, whoever allows it."""

    COLLECTED = "collected"
    CANCELLED = "cancelled"
    CANCEL_ASKED = "cancel_asked"  # the hub has not decided it yet
    OTHER_SHOP = "other_shop"
    NOT_STAGED = "not_staged"
    NOT_PAID = "not_paid"  # prepaid, and the provider did not say yes


class Need(Enum):
    """What is still to be done before the order can go, in the order of the counter."""

    CLAIM = "claim"  # the hub is asked which till may go on
    PARCELS = "parcels"
    IDENTITY = "identity"
    SIGNATURE = "signature"
    AGE = "age"
    SERIALS = "serials"


class Exceeds(Enum):
    """What somebody has to allow."""

    WITHOUT_CODE = "without_code"
    ABOVE_LIMIT = "above_limit"
    KNOWN_TOO_LONG_AGO = "known_too_long_ago"
    NO_LABEL = "no_label"  # alone, and a parcel has no label that could be scanned


@dataclass(frozen=True, slots=True)
class Ready:
    """It may go."""


@dataclass(frozen=True, slots=True)
class Missing:
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class NeedsOverride:
    """Everything is there, and somebody has to allow it."""

    capability: Capability
    reason: Exceeds


@dataclass(frozen=True, slots=True)
class Refused:
    obstacle: Obstacle


Decision = Ready | Missing | NeedsOverride | Refused


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when it is asked; `mirrored_at_ms` is how old what is known here is, 0: never.

    `allowed` is what the operator may do alone or somebody allowed for this handover.
    """

    shop: str
    now_ms: int
    mirrored_at_ms: int
    policy: PickupPolicy
    allowed: frozenset[Capability] = frozenset()


def decide(order: Order, draft: HandoverDraft, place: Place) -> Decision:
    """Say whether the order may be handed over as the draft has it.

    An obstacle comes before what is missing, and what is missing before what somebody has to
    allow: nobody is fetched for a handover that lacks something.
    """
    obstacle = obstacle_of(order, place.shop)
    if obstacle is not None:
        return Refused(obstacle)
    needs = needs_of(order, draft)
    if needs:
        return Missing(needs)
    for capability, reason in _exceptions(order, draft, place):
        if capability not in place.allowed:
            return NeedsOverride(capability, reason)
    return Ready()


def obstacle_of(order: Order, shop: str) -> Obstacle | None:
    """Return why an order cannot be handed over here at all."""
    if order.state in _COLLECTED:
        return Obstacle.COLLECTED
    if order.state in _CANCELLED:
        return Obstacle.CANCELLED
    if order.shop != shop:
        return Obstacle.OTHER_SHOP
    if order.cancel_asked:
        return Obstacle.CANCEL_ASKED
    if order.state not in MAY_BE_HANDED_OVER:
        return Obstacle.NOT_STAGED
    return None if order.is_paid_for else Obstacle.NOT_PAID


def needs_of(order: Order, draft: HandoverDraft) -> tuple[Need, ...]:
    """Return what is still to be done, in the order of the counter."""
    missing = {
        Need.CLAIM: not draft.fence and not draft.is_isolated,
        Need.PARCELS: bool(parcels_to_scan(order, draft)),
        Need.IDENTITY: draft.identity is None,
        Need.SIGNATURE: needs_signature(draft) and not draft.strokes,
        Need.AGE: age_to_check(order, draft) > 0 and not draft.age_checked,
        Need.SERIALS: len(draft.serials) < serials_wanted(order, draft),
    }
    return tuple(need for need, is_missing in missing.items() if is_missing)


# -- parcels


def parcels_here(order: Order) -> tuple[Parcel, ...]:
    """Return the parcels that are to be handed over."""
    return tuple(one for one in order.parcels if one.state is ParcelState.STAGED)


def parcels_to_scan(order: Order, draft: HandoverDraft) -> tuple[Parcel, ...]:
    """Return the parcels that are not in hand yet.

    A parcel named by hand (print 0) counts while the hub is seen. A till that is alone
    believes only the newest label: the parcel is the lock there. One without any label cannot
    be scanned; alone, somebody has to allow that.
    """
    hands = {hand.number: hand for hand in draft.parcels}
    return tuple(
        parcel
        for parcel in parcels_here(order)
        if not _is_in_hand(parcel, hands.get(parcel.number), is_isolated=draft.is_isolated)
    )


def _is_in_hand(parcel: Parcel, hand: ParcelInHand | None, *, is_isolated: bool) -> bool:
    if hand is None:
        return False
    is_named_by_hand = hand.print_number == 0 and not is_isolated
    return is_named_by_hand or hand.print_number >= parcel.print_number


class LabelTrouble(Enum):
    """Why a scanned label is not taken."""

    OTHER_ORDER = "other_order"
    NO_SUCH_PARCEL = "no_such_parcel"
    OUTDATED = "outdated"  # a newer one was printed


def label_trouble(order: Order, order_number: str, hand: ParcelInHand) -> LabelTrouble | None:
    """Return why a label is not one of this order's newest, None when it is."""
    if order_number != order.number:
        return LabelTrouble.OTHER_ORDER
    parcel = next((one for one in parcels_here(order) if one.number == hand.number), None)
    if parcel is None:
        return LabelTrouble.NO_SUCH_PARCEL
    return LabelTrouble.OUTDATED if hand.print_number < parcel.print_number else None


# -- who collects


def code_trouble(
    code: PickupCode, order: Order | None, *, shop: str, is_signed: bool, now_ms: int
) -> CodeTrouble | None:
    """Return why a scanned code is of no use here, None when its bearer may collect.

    Args:
        order: The order of its serial as it is known here.
        is_signed: Whether the hub this till trusts signed it; nothing else of a code counts
            otherwise.
    """
    if not is_signed:
        return CodeTrouble.FORGED
    if code.shop != shop:
        return CodeTrouble.OTHER_SHOP
    if order is None or not code.is_of(order.order_id):
        return CodeTrouble.PAST if code.is_past(now_ms) else CodeTrouble.UNKNOWN
    if order.state in _COLLECTED:
        return CodeTrouble.USED
    if order.state in _CANCELLED:
        return CodeTrouble.CANCELLED
    if code.version != order.version:
        return CodeTrouble.OLD if code.version < order.version else CodeTrouble.NEWER
    return CodeTrouble.PAST if code.is_past(now_ms) else None


def is_identity_agreed(order: Order, identity: Identity, *, is_isolated: bool) -> bool:
    """True when somebody showed what was agreed for this order, or something stronger.

    A signed code is always enough. The short code stands on the parcels, so a till that is
    alone does not take it for proof; a document proves only whom the order names.
    """
    method = identity.method
    if method is IdentityMethod.SIGNED_CODE:
        return True
    if is_isolated or not _is_named(order, identity):
        return False
    agreed = {order.identity}
    if order.identity is IdentityMethod.SIGNED_CODE:
        agreed.add(IdentityMethod.SHORT_CODE)
    return method in agreed


def _is_named(order: Order, identity: Identity) -> bool:
    names = {order.customer_name, *(one.name for one in order.collectors), ""}
    return identity.name in names


def needs_signature(draft: HandoverDraft) -> bool:
    """A code that was scanned stands for the signature."""
    return draft.identity is not None and draft.identity.method is not IdentityMethod.SIGNED_CODE


def signature_of(strokes: Iterable[Iterable[tuple[int, int]]]) -> str:
    """Return the SHA-256 (hex) of what was drawn, empty when nothing was."""
    points = [[[x, y] for x, y in stroke] for stroke in strokes]
    return hashlib.sha256(canonical_json(points).encode()).hexdigest() if points else ""


# -- goods that want something


def taken_lines(order: Order, draft: HandoverDraft) -> tuple[OrderLine, ...]:
    """Return the lines of which something is taken."""
    return tuple(line for line in order.lines if draft.delivered(order, line.number))


def age_to_check(order: Order, draft: HandoverDraft) -> int:
    """Return how old somebody must be for what is taken, 0 for nothing special."""
    return max((line.min_age for line in taken_lines(order, draft)), default=0)


def serials_wanted(order: Order, draft: HandoverDraft) -> int:
    """Return how many serial numbers are to be noted: one for each piece taken."""
    return sum(
        max(1, draft.delivered(order, line.number) // THOUSAND)
        for line in taken_lines(order, draft)
        if line.needs_serial
    )


# -- what somebody has to allow


def _exceptions(
    order: Order, draft: HandoverDraft, place: Place
) -> Iterable[tuple[Capability, Exceeds]]:
    alone, identity = draft.is_isolated, draft.identity
    if identity and not is_identity_agreed(order, identity, is_isolated=alone):
        yield Capability.HAND_OVER_WITHOUT_CODE, Exceeds.WITHOUT_CODE
    if not alone:
        return
    if order.value_in_parcels.minor > place.policy.offline_limit:
        yield Capability.HAND_OVER_OFFLINE, Exceeds.ABOVE_LIMIT
    if not is_known_well(place):
        yield Capability.HAND_OVER_OFFLINE, Exceeds.KNOWN_TOO_LONG_AGO
    if any(not parcel.print_number for parcel in parcels_here(order)):
        yield Capability.HAND_OVER_OFFLINE, Exceeds.NO_LABEL


def is_known_well(place: Place) -> bool:
    """True when what is known here is young enough for a till that is alone."""
    age_ms = place.now_ms - place.mirrored_at_ms
    return bool(place.mirrored_at_ms) and age_ms <= place.policy.offline_age_ms

"""Claims: which of several tills may go on with a thing, by a number that only rises."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field, JsonValue

from sync.wire.v1.base import Code, Count, Identifier, Message, Ms, Text

# What a claim that is held and not used lasts before a person may give the thing to another till.
UNUSED_CLAIM_LASTS_MS = 2 * 60_000


class ClaimKind(Enum):
    PARKED_TICKET = "parked_ticket"
    PICKUP = "pickup"  # the handover of an order, by its id
    COUPON = "coupon"  # a code that may be used once
    PURCHASE = "purchase"  # taking things back from it, by its id: that of the sale or order
    CART = "cart"  # of the web shop, by the id of its customer


class ClaimRequest(Message):
    """The same `op_id` again gets the same answer for as long as the claim stands.

    `takes_over`: somebody who may decide it gives the thing to this till although another
    holds it; granted once that claim is older than `UNUSED_CLAIM_LASTS_MS`.
    """

    op_id: Identifier
    kind: Annotated[ClaimKind, Field(strict=False)]
    key: Identifier
    takes_over: bool = False


class ClaimState(Enum):
    GRANTED = "granted"
    HELD = "held"  # another till has it
    GONE = "gone"  # it was finished, or the hub never heard of it


class PickupGone(Enum):
    """The `detail` of an order that cannot be claimed; `holder` is then as said here."""

    COLLECTED = "collected"  # the till that handed it over
    CANCELLED = "cancelled"  # or somebody asked for that; empty
    MOVED = "moved"  # the shop that has it now
    NOT_READY = "not_ready"  # nobody staged it yet; empty


class CouponGone(Enum):
    """The `detail` of a coupon that cannot be claimed; ``unknown`` when none was given out."""

    USED = "used"  # by the holder
    ENDED = "ended"  # its promotion is over


class PurchaseGone(Enum):
    """The `detail` of a purchase that cannot be claimed; ``unknown`` when the hub has none."""

    NOTHING = "nothing"  # nothing of it was both paid and handed over


class ClaimAnswer(Message):
    """`fence` goes into the fact that uses the claim; `content` is the thing as last known.

    `holder` is the till that has it, or that finished it: empty with `gone` means that the hub
    never heard of it. `may_be_taken_over` is told of a claim that was held for long enough.
    """

    state: Annotated[ClaimState, Field(strict=False)]
    fence: Count = 0
    holder: Code = ""
    since_ms: Ms = 0
    may_be_taken_over: bool = False
    content: dict[str, JsonValue] | None = None
    detail: Text = ""


class ReleaseRequest(Message):
    """Gives a claim back that was not used; an older fence does nothing."""

    kind: Annotated[ClaimKind, Field(strict=False)]
    key: Identifier
    fence: Count


class Released(Message):
    """`was_held` is false when there was nothing to give back: a fact of its own, no error."""

    was_held: bool

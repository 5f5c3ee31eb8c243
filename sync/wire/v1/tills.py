"""Tills at the hub: digest, health."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import (
    Code,
    Count,
    Epoch,
    Hash,
    Identifier,
    Message,
    Minor,
    Ms,
    Notice,
    Seq,
)

MAX_DAYS = 400
MAX_EPOCHS = 1_000
BusinessDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Tenders = Annotated[dict[Code, Minor], Field(max_length=100)]


class Digest(Message):
    """What the hub holds of a till, to be compared with what the till holds."""

    sales: Count
    total_minor: Minor
    by_tender: dict[str, Minor]
    returns: Count = 0
    returns_minor: Minor = 0
    by_refund: dict[str, Minor] = Field(default_factory=dict)
    by_reissue: dict[str, Minor] = Field(default_factory=dict)
    received_through: Count
    chain_head: Hash
    epoch: Epoch


class DayTotals(Message):
    """What was sold and came back on a business day in one epoch of a till, in minor units.

    `by_tender` covers the tickets, `by_refund` is by which means money goes back, `by_reissue`
    what was paid for refunds that had failed. Tills from before there were returns say nothing
    of them.
    """

    day: BusinessDay
    sales: Count
    total_minor: Minor
    by_tender: Tenders
    returns: Count = 0
    returns_minor: Minor = 0
    by_refund: Tenders = Field(default_factory=dict)
    by_reissue: Tenders = Field(default_factory=dict)


class TillDigest(Message):
    """What a till holds up to the fact `through` of an epoch, whose hash is `head`."""

    epoch: Epoch
    through: Seq
    head: Hash
    days: Annotated[tuple[DayTotals, ...], Field(max_length=MAX_DAYS, strict=False)]


class Comparison(Enum):
    """How the hub finds what a till says of itself."""

    AGREES = "agrees"
    LACKS = "lacks"  # the hub has fewer facts: it wants what is above `received_through`
    WAITS = "waits"  # facts of the till wait at the hub to be applied: compare later
    DIFFERS = "differs"
    OTHER_CHAIN = "other_chain"  # the hub holds other facts under the same numbers


class DigestAnswer(Message):
    """`differing` are the days on which the sums are not the same, as the hub has them."""

    comparison: Annotated[Comparison, Field(strict=False)]
    received_through: Count
    differing: Annotated[tuple[DayTotals, ...], Field(max_length=MAX_DAYS, strict=False)] = ()
    hub_time_ms: Ms


class EpochRequest(Message):
    """Asks for an epoch nobody has given out numbers in; the same `op_id` gets the same one.

    `above` is the highest epoch the till itself knows of.
    """

    op_id: Identifier
    reason: Code
    above: Annotated[int, Field(ge=0, le=900_000)] = 0


class EpochMark(Message):
    """How far the facts of one epoch have arrived."""

    epoch: Epoch
    received_through: Count
    chain_head: Hash


class EpochsHeld(Message):
    """What the hub holds of a till, the first epoch first."""

    known: Annotated[tuple[EpochMark, ...], Field(max_length=MAX_EPOCHS, strict=False)]
    hub_time_ms: Ms


class EpochGranted(Message):
    """The epoch to go on in, and what the hub holds of those before."""

    epoch: Epoch
    known: Annotated[tuple[EpochMark, ...], Field(max_length=MAX_EPOCHS, strict=False)]
    hub_time_ms: Ms


class TillReport(Message):
    """How a till stands, told now and then; `oldest_ms` is when what waits longest happened.

    `readiness` holds the lights of the till's checklist by name, as codes.
    """

    epoch: Epoch
    queued: Count
    parked: Count
    oldest_ms: Ms | None = None
    app_version: Code = ""
    catalogue_generation: Count = 0
    last_error: Code = ""
    readiness: Annotated[dict[Code, Code], Field(max_length=40)] = Field(default_factory=dict)


class ReportAnswer(Message):
    """`send_again_from` above 0 asks for the facts of an epoch from that number on.

    `send_again_epoch` is that epoch; 0 is the one the till reported from.
    """

    hub_time_ms: Ms
    notices: Annotated[tuple[Notice, ...], Field(max_length=20, strict=False)] = ()
    send_again_from: Count = 0
    send_again_epoch: Count = 0


class Health(Message):
    """How the hub is; `revision` is that of its tables, `heard_at_ms` when a till last spoke."""

    status: Code
    version: Code
    database: Code
    hub_time_ms: Ms = 0
    revision: Code = ""
    heard_at_ms: Ms = 0

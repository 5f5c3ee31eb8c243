"""Facts on their way from a till to the hub, and the hub's answer."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field, model_validator

from sync.wire.v1.base import (
    MAX_BESIDE_BYTES,
    MAX_BODY_BYTES,
    MAX_OPS,
    STORABLE,
    Code,
    Count,
    Epoch,
    Hash,
    Identifier,
    Message,
    Ms,
    Notice,
    Seq,
    Signature,
    TillId,
)


class Outcome(Enum):
    """What the hub did with an op. In every case the op is stored."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    APPLIED_WITH_EXCEPTION = "applied_with_exception"  # a person at the hub must look
    PARKED = "parked"  # stored, without effect until a person at the hub looks
    CONFLICT = "conflict"  # same sequence number or op id as another fact; both are kept


class Op(Message):
    """One fact; `body_json` is the canonical text that was hashed.

    It is null when the text is too large to be sent: the fact then only keeps its place.
    `signature` is the till's over `hash`, empty for facts from before it had a key.
    `beside_json` is what a fact names by a commitment and the journal may not hold: the record
    of a customer. It is no part of the hash, and is gone when the customer is forgotten.
    """

    op_id: Identifier
    seq: Seq
    kind: Annotated[str, Field(min_length=1, max_length=64, pattern=STORABLE)]
    occurred_at_ms: Ms
    body_json: Annotated[str, Field(max_length=MAX_BODY_BYTES, pattern=STORABLE)] | None
    prev_hash: Hash
    hash: Hash
    signature: Signature = ""
    beside_json: Annotated[str, Field(max_length=MAX_BESIDE_BYTES, pattern=STORABLE)] = ""


class PushRequest(Message):
    """Ops in sequence from `from_seq` on, without a hole.

    `is_repair` asks the hub to look whether facts it knows have had their effect.
    """

    epoch: Epoch
    from_seq: Seq
    is_repair: bool = False
    ops: Annotated[tuple[Op, ...], Field(min_length=1, max_length=MAX_OPS, strict=False)]

    @model_validator(mode="after")
    def _in_sequence(self) -> PushRequest:
        if [op.seq for op in self.ops] != list(
            range(self.from_seq, self.from_seq + len(self.ops))
        ):
            raise ValueError("ops are not in sequence from from_seq on")
        return self


class OpResult(Message):
    seq: Seq
    op_id: Identifier
    outcome: Annotated[Outcome, Field(strict=False)]
    code: Code = ""


class PushAnswer(Message):
    """`received_through` is the last sequence number stored without a hole before it.

    `move_to_epoch` above 0 tells a till whose facts contradict its chain to give out numbers
    in that epoch from then on: it is the copy of a till, or the original of one.
    """

    till: TillId
    epoch: Epoch
    received_through: Count
    chain_head: Hash
    hub_time_ms: Ms
    results: Annotated[tuple[OpResult, ...], Field(max_length=MAX_OPS, strict=False)]
    move_to_epoch: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    notices: Annotated[tuple[Notice, ...], Field(max_length=20, strict=False)] = ()


class OpsPage(Message):
    """Facts the hub holds of a till, in sequence; `more` when there are others after them."""

    till: TillId
    epoch: Epoch
    ops: Annotated[tuple[Op, ...], Field(max_length=MAX_OPS, strict=False)]
    more: bool
    hub_time_ms: Ms

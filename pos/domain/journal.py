"""Facts: what happened at a till, in canonical form, each chained to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

GENESIS_HASH = "0" * 64

_PLAIN = frozenset({type(None), bool, int, str})
_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
Body = Mapping[str, Json]


class FactKind(Enum):
    """Everything that is journalled; the values are stored and sent."""

    SESSION_OPENED = "session.opened"
    SESSION_COUNTED = "session.counted"
    SESSION_CLOSED = "session.closed"
    X_REPORT_TAKEN = "session.x_report"
    SIGNED_IN = "staff.signed_in"
    SIGNED_OUT = "staff.signed_out"
    TILL_LOCKED = "staff.locked_till"
    PIN_FAILED = "staff.pin_failed"
    OVERRIDE_GRANTED = "override.granted"
    LINE_VOIDED = "basket.line_voided"
    BASKET_PARKED = "basket.parked"
    BASKET_RESUMED = "basket.resumed"
    BASKET_CANCELLED = "basket.cancelled"
    CARD_REQUESTED = "card.requested"
    CARD_RESOLVED = "card.resolved"
    SALE_COMPLETED = "sale.completed"
    RETURN_COMPLETED = "return.completed"
    REFUND_RESOLVED = "refund.resolved"
    REFUND_ISSUED = "refund.issued"
    REFUND_CONTRADICTED = "refund.contradicted"
    CASH_PAID_IN = "cash.paid_in"
    CASH_PAID_OUT = "cash.paid_out"
    CASH_DROPPED = "cash.dropped"
    DRAWER_OPENED = "drawer.opened"
    RECEIPT_PRINTED = "receipt.printed"
    RECEIPT_REPRINTED = "receipt.reprinted"
    RECEIPT_EMAILED = "receipt.emailed"
    DESK_RESOLVED = "desk.resolved"
    DESK_ASSIGNED = "desk.assigned"
    DESK_NOTED = "desk.noted"
    CARD_CONTRADICTED = "card.contradicted"
    EPOCH_BEGUN = "till.epoch_begun"
    ORDER_PICKING_BEGUN = "order.picking_begun"
    ORDER_PICKING_LEFT = "order.picking_left"
    ORDER_LINE_PICKED = "order.line_picked"
    ORDER_LINE_SHORT = "order.line_short"
    ORDER_SUBSTITUTE_PROPOSED = "order.substitute_proposed"
    ORDER_SUBSTITUTE_ANSWERED = "order.substitute_answered"
    ORDER_PICKED = "order.picked"
    ORDER_RECEIVED = "order.received"
    ORDER_STAGED = "order.staged"
    ORDER_LABEL_PRINTED = "order.label_printed"
    ORDER_CUSTOMER_ARRIVED = "order.customer_arrived"
    ORDER_HANDED_OVER = "order.handed_over"
    ORDER_HANDOVER_UNDONE = "order.handover_undone"
    ORDER_HOLD_EXTENDED = "order.hold_extended"
    ORDER_RESTOCKED = "order.restocked"
    ORDER_CANCEL_ASKED = "order.cancel_asked"
    ORDER_REROUTE_ASKED = "order.reroute_asked"
    ORDER_NOTICE_ASKED = "order.notice_asked"
    VALUE_ISSUED = "value.issued"
    VALUE_ACTIVATED = "value.activated"
    VALUE_TOPPED_UP = "value.topped_up"
    VALUE_REVERSED = "value.reversed"
    CUSTOMER_SAVED = "customer.saved"
    CUSTOMER_MERGED = "customer.merged"
    PRODUCT_NOTED = "product.noted"


class NotCanonical(TypeError):
    """A value that has no single written form (a float, a date object…): a bug."""


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last link of a journal: its sequence number and hash."""

    seq: int = 0
    hash: str = GENESIS_HASH


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a till's journal; never changed, corrected only by another fact.

    `occurred_at_ms` is UTC, Unix milliseconds. `op_id` is the UUIDv7 by which every other
    system knows the fact. `body_json` is the canonical text that is hashed, stored and sent.
    `signature` is the till's over `hash`, empty for facts from before it had a key.
    """

    till: str
    epoch: int
    seq: int
    op_id: str
    kind: FactKind
    occurred_at_ms: int
    body_json: str
    prev_hash: str
    hash: str
    signature: str = ""

    @property
    def body(self) -> dict[str, Json]:
        loaded: dict[str, Json] = json.loads(self.body_json)
        return loaded


def canonical_json(value: Json) -> str:
    """Return the one text of `value`: keys sorted, no spaces, no floats, UTF-8 kept.

    Source:
        RFC 8785 (JCS), restricted to the types of `Json`, for which the sorted output of
        the standard library is the canonical form as long as keys are ASCII.

    Raises:
        NotCanonical: A float or another type is inside.
    """
    _check(value)
    return _written(value)


def chain_hash(
    *,
    till: str,
    epoch: int,
    seq: int,
    op_id: str,
    kind: str,
    occurred_at_ms: int,
    body_json: str,
    prev_hash: str,
) -> str:
    """Return the hash of a fact: SHA-256 over the previous hash and everything it says."""
    head = canonical_json([prev_hash, till, epoch, seq, op_id, kind, occurred_at_ms])
    return hashlib.sha256(f"{head}\n{body_json}".encode()).hexdigest()


def next_fact(
    head: ChainHead,
    *,
    till: str,
    epoch: int,
    op_id: str,
    kind: FactKind,
    occurred_at_ms: int,
    body: Body,
) -> Fact:
    """Return the fact that follows `head`, hashed."""
    text = canonical_json(body)
    digest = chain_hash(
        till=till,
        epoch=epoch,
        seq=head.seq + 1,
        op_id=op_id,
        kind=kind.value,
        occurred_at_ms=occurred_at_ms,
        body_json=text,
        prev_hash=head.hash,
    )
    return Fact(till, epoch, head.seq + 1, op_id, kind, occurred_at_ms, text, head.hash, digest)


def is_genuine(fact: Fact) -> bool:
    """True when the fact's hash is the hash of what it says."""
    return fact.hash == chain_hash(
        till=fact.till,
        epoch=fact.epoch,
        seq=fact.seq,
        op_id=fact.op_id,
        kind=fact.kind.value,
        occurred_at_ms=fact.occurred_at_ms,
        body_json=fact.body_json,
        prev_hash=fact.prev_hash,
    )


def _check(value: Json) -> None:
    if type(value) in _PLAIN:
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not str(key).isascii():
                raise NotCanonical(f"key {key!r}")
            _check(item)
        return
    if isinstance(value, list | tuple):
        for item in value:
            _check(item)
        return
    raise NotCanonical(f"{type(value).__name__} {value!r}")

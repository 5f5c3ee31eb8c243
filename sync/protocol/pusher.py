"""Which facts to send next, and what an answer means for each of them.

Rule: a fact is acknowledged only when a verified answer names it. Whatever else comes back
(nothing, HTML, an error, half an answer) marks nothing, and the same ops go out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

MAX_OPS = 200
MAX_BYTES = 512 * 1024
ENVELOPE_BYTES = 256  # what the request says around the ops, with room to spare
WITHHELD_BYTES = 512  # an op without its body
WITHHELD = "withheld"
TOO_LARGE = "too_large"

HTTP_OK = 200
HTTP_TOO_LARGE = 413
CONFLICT = "conflict"
OUTCOMES = frozenset({"applied", "duplicate", "applied_with_exception", "parked", CONFLICT})


@dataclass(frozen=True, slots=True)
class PendingOp:
    """A fact that waits; `size` is its length in a request, in bytes."""

    seq: int
    op_id: str
    hash: str
    size: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes into one request; halved when the hub says that it is too large."""

    ops: int = MAX_OPS
    size: int = MAX_BYTES

    def halved(self, batch: Batch) -> Limits:
        """Return limits below `batch`, so that each 413 makes the next request smaller."""
        return Limits(
            ops=max(1, min(self.ops, len(batch.ops)) // 2),
            size=max(1, min(self.size, batch.size) // 2),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Ops in sequence, without a hole.

    Those in `withheld` go without their body: too large to be sent, but their number, hash
    and place in the chain go on, so that no later fact waits behind them.
    """

    till: str
    epoch: int
    ops: tuple[PendingOp, ...]
    withheld: frozenset[int] = frozenset()

    @property
    def from_seq(self) -> int:
        return self.ops[0].seq

    @property
    def through(self) -> int:
        return self.ops[-1].seq

    @property
    def size(self) -> int:
        sizes = (WITHHELD_BYTES if op.seq in self.withheld else op.size for op in self.ops)
        return sum(sizes) + ENVELOPE_BYTES


@dataclass(frozen=True, slots=True)
class OpResult:
    seq: int
    op_id: str
    outcome: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The hub's answer as it claims to be; only `read_reply` says whether to believe it."""

    till: str
    epoch: int
    received_through: int
    chain_head: str
    results: tuple[OpResult, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a request.

    `status` is None when nothing did; `answer` is None when the body was no answer of ours.
    """

    status: int | None
    answer: Answer | None = None
    code: str = ""
    retry_after_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """These facts are at the hub: `acknowledged` for good, `parked` for a person (seq, code)."""

    acknowledged: tuple[int, ...]
    parked: tuple[tuple[int, str], ...]
    received_through: int
    chain_head: str


@dataclass(frozen=True, slots=True)
class GoBack:
    """The hub's mark is lower than what was sent: everything above `received_through` again."""

    received_through: int


@dataclass(frozen=True, slots=True)
class Smaller:
    """The request was too large: try with these limits."""

    limits: Limits


@dataclass(frozen=True, slots=True)
class CannotBeSent:
    """One fact alone is too large for the hub: it goes without its body, and is parked."""

    seq: int


@dataclass(frozen=True, slots=True)
class TryLater:
    """Nothing is known; `is_silent` when the hub did not answer at all."""

    reason: str
    is_silent: bool = False
    retry_after_ms: int | None = None


Verdict = Stored | GoBack | Smaller | CannotBeSent | TryLater


@dataclass(frozen=True, slots=True)
class Pusher:
    """What pushing remembers: how large a request may be, and what goes without its body."""

    till: str
    epoch: int
    limits: Limits = Limits()
    withheld: frozenset[int] = frozenset()

    def next_batch(self, pending: Sequence[PendingOp]) -> Batch | None:
        """Return the longest run of `pending` that fits, or None when nothing waits.

        The first op always goes, even above the size limit: the hub decides. A run ends
        where a sequence number is missing.
        """
        chosen: list[PendingOp] = []
        size = ENVELOPE_BYTES
        for op in pending[: self.limits.ops]:
            size += WITHHELD_BYTES if op.seq in self.withheld else op.size
            if chosen and (size > self.limits.size or op.seq != chosen[-1].seq + 1):
                break
            chosen.append(op)
        if not chosen:
            return None
        withheld = self.withheld.intersection(op.seq for op in chosen)
        return Batch(self.till, self.epoch, tuple(chosen), withheld)

    def after(self, verdict: Verdict) -> Pusher:
        """Shrink after a 413; grow back, doubling, with every success."""
        match verdict:
            case Smaller(limits):
                return replace(self, limits=limits)
            case CannotBeSent(seq):
                return replace(self, withheld=self.withheld | {seq})
            case Stored(acknowledged, parked):
                done = {*acknowledged, *(seq for seq, _ in parked)}
                return replace(
                    self,
                    withheld=self.withheld - done,
                    limits=Limits(
                        ops=min(MAX_OPS, self.limits.ops * 2),
                        size=min(MAX_BYTES, self.limits.size * 2),
                    ),
                )
            case _:
                return self


def read_reply(batch: Batch, reply: Reply, limits: Limits) -> Verdict:
    """Say what a reply to `batch` means."""
    if reply.status is None:
        return TryLater(reply.code or "no answer", True, reply.retry_after_ms)
    if reply.status == HTTP_TOO_LARGE and not (len(batch.ops) == 1 and batch.withheld):
        if len(batch.ops) == 1:
            return CannotBeSent(batch.from_seq)
        return Smaller(limits.halved(batch))
    if reply.status != HTTP_OK:
        return TryLater(reply.code or f"HTTP {reply.status}", False, reply.retry_after_ms)
    if reply.answer is None:
        return TryLater("not an answer of the hub")
    fault = _fault_of(batch, reply.answer)
    return TryLater(fault) if fault else _read_answer(batch, reply.answer)


def _fault_of(batch: Batch, answer: Answer) -> str:
    """Return why an answer is not to be believed, empty when it is."""
    if (answer.till, answer.epoch) != (batch.till, batch.epoch):
        return "the answer is for another till"
    sent = {op.seq: op for op in batch.ops}
    if len({result.seq for result in answer.results}) != len(answer.results):
        return "the answer names an op twice"
    for result in answer.results:
        op = sent.get(result.seq)
        if op is None or op.op_id != result.op_id:
            return "the answer names an op that was not sent"
        is_below_mark = result.seq <= answer.received_through
        if result.outcome not in OUTCOMES or not (is_below_mark or result.outcome == CONFLICT):
            return "the answer contradicts itself"
    last = sent.get(answer.received_through)
    disputed = any(result.outcome == CONFLICT for result in answer.results)
    if last is not None and not disputed and last.hash != answer.chain_head:
        return "the hub's chain is not ours"
    return ""


def _read_answer(batch: Batch, answer: Answer) -> Verdict:
    if not answer.results:
        if answer.received_through < batch.from_seq - 1:
            return GoBack(answer.received_through)
        return TryLater("the answer says nothing")
    parked = tuple(
        (result.seq, reason)
        for result in answer.results
        if (reason := _reason_to_park(batch, result))
    )
    kept_back = {seq for seq, _ in parked}
    return Stored(
        acknowledged=tuple(r.seq for r in answer.results if r.seq not in kept_back),
        parked=parked,
        received_through=answer.received_through,
        chain_head=answer.chain_head,
    )


def _reason_to_park(batch: Batch, result: OpResult) -> str:
    """Return why a fact stays at the till for a person, empty when the hub has it."""
    if result.outcome == CONFLICT:
        return result.code or CONFLICT
    if result.code == WITHHELD and result.seq in batch.withheld:
        return TOO_LARGE
    return ""

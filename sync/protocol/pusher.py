"""Which facts to send next, and what an answer means for each of them.

Rule: a fact is acknowledged only when a verified answer names it. Whatever else comes back
(nothing, HTML, an error, half an answer) marks nothing, and the same ops go out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sync.protocol.outbox import Event, State, next_state

MAX_OPS = 200
MAX_BYTES = 512 * 1024
ENVELOPE_BYTES = 256  # what the request says around the ops, with room to spare
WITHHELD_BYTES = 512  # an op without its body
WITHHELD = "withheld"
TOO_LARGE = "too_large"

# Why nothing is known; stable, for logs and for the words a screen has for them.
NO_ANSWER = "no_answer"
NOT_AN_ANSWER = "not_an_answer"
OTHER_TILL = "answer_for_another"
CONTRADICTS_ITSELF = "answer_contradicts_itself"
SAYS_NOTHING = "answer_says_nothing"
OTHER_CHAIN = "other_chain"
BROKEN_CHAIN = "broken_chain"  # as the hub says it: an op follows nothing that it knows

HTTP_OK = 200
HTTP_TOO_LARGE = 413
HTTP_UNREADABLE = 422
HTTP_AWAY = frozenset({301, 302, 303, 307, 308, 502, 503, 504})
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
    and place in the chain go on, so that no later fact waits behind them. `is_repair` asks the
    hub to look whether what it knows had its effect.
    """

    till: str
    epoch: int
    ops: tuple[PendingOp, ...]
    withheld: frozenset[int] = frozenset()
    is_repair: bool = False

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
    hub_time_ms: int
    results: tuple[OpResult, ...]
    move_to_epoch: int = 0
    notices: tuple[tuple[str, int], ...] = ()


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
    """What the hub has of a batch.

    Attributes:
        through: Every fact of the batch up to this number is at the hub; 0 when none is.
        head: Our own hash of that fact: since each hash holds the one before, a hub that has
            it has them all.
        parked: Facts that a person must look at, and why; they count as dealt with.
        hub_time_ms: The hub's clock, UTC, Unix ms.
        move_to_epoch: Where the till is to go on, since another copy of it is alive; 0: here.
    """

    through: int
    head: str
    parked: tuple[tuple[int, str], ...]
    hub_time_ms: int
    move_to_epoch: int = 0


@dataclass(frozen=True, slots=True)
class GoBack:
    """The hub's mark is lower than what was sent: everything above `received_through` again."""

    received_through: int


@dataclass(frozen=True, slots=True)
class StartOver:
    """What was sent follows nothing the hub knows: another copy's facts stand there.

    The whole epoch again shows where the two part.
    """


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
    """Nothing is known.

    `is_silent` when the hub itself did not answer, or said that it cannot just now: no answer,
    the page of a hotel's network, a gateway, a hub without its database.
    """

    reason: str
    is_silent: bool = False
    retry_after_ms: int | None = None


Verdict = Stored | GoBack | StartOver | Smaller | CannotBeSent | TryLater


@dataclass(frozen=True, slots=True)
class Pusher:
    """What pushing remembers from one request to the next.

    Attributes:
        limits: How large a request may be.
        withheld: What goes without its body.
        resend_from: The hub went back: facts from this number on go again, acknowledged or
            not, until there are none left. None: what waits goes.
        is_repair: They go again because the sums differ, not because the hub lacks them.
        has_started_over: They go again from the first one of the epoch: done once.
    """

    till: str
    limits: Limits = Limits()
    withheld: frozenset[int] = frozenset()
    resend_from: int | None = None
    is_repair: bool = False
    has_started_over: bool = False

    def next_batch(self, epoch: int, pending: Sequence[PendingOp]) -> Batch | None:
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
        return Batch(self.till, epoch, tuple(chosen), withheld, self.is_repair)

    def all_sent(self) -> Pusher:
        """Return to what waits: there is nothing left to send again."""
        return replace(self, resend_from=None, is_repair=False, has_started_over=False)

    def send_from(self, seq: int, *, is_repair: bool = False) -> Pusher:
        """Send everything from `seq` on once more, acknowledged or not."""
        return replace(self, resend_from=seq, is_repair=is_repair)

    def after(self, verdict: Verdict) -> Pusher:
        """Shrink after a 413; grow back, doubling, with every success."""
        match verdict:
            case Smaller(limits):
                return replace(self, limits=limits)
            case CannotBeSent(seq):
                return replace(self, withheld=self.withheld | {seq})
            case Stored(through, _, parked, _, _):
                done = {seq for seq, _ in parked}
                is_resending = self.resend_from is not None
                return replace(
                    self,
                    withheld=self.withheld - done,
                    resend_from=max((through, *done)) + 1 if is_resending else None,
                    limits=Limits(
                        ops=min(MAX_OPS, self.limits.ops * 2),
                        size=min(MAX_BYTES, self.limits.size * 2),
                    ),
                )
            case GoBack(received_through):
                return replace(self, resend_from=received_through + 1)
            case StartOver() if not self.has_started_over:
                return replace(self, resend_from=1, has_started_over=True)
            case _:
                return self


def read_reply(batch: Batch, reply: Reply, limits: Limits) -> Verdict:
    """Say what a reply to `batch` means."""
    if reply.status is None:
        return TryLater(reply.code or NO_ANSWER, True, reply.retry_after_ms)
    if reply.status == HTTP_TOO_LARGE and not (len(batch.ops) == 1 and batch.withheld):
        if len(batch.ops) == 1:
            return CannotBeSent(batch.from_seq)
        return Smaller(limits.halved(batch))
    if reply.status == HTTP_UNREADABLE and reply.code == BROKEN_CHAIN and batch.from_seq > 1:
        return StartOver()
    if reply.status != HTTP_OK:
        reason = reply.code or f"http_{reply.status}"
        return TryLater(reason, reply.status in HTTP_AWAY, reply.retry_after_ms)
    if reply.answer is None:
        return TryLater(NOT_AN_ANSWER, True)
    fault = _fault_of(batch, reply.answer)
    return TryLater(fault) if fault else _read_answer(batch, reply.answer)


def _fault_of(batch: Batch, answer: Answer) -> str:
    """Return the code of why an answer is not to be believed, empty when it is."""
    if (answer.till, answer.epoch) != (batch.till, batch.epoch):
        return OTHER_TILL
    if answer.move_to_epoch and answer.move_to_epoch <= batch.epoch:
        return CONTRADICTS_ITSELF
    sent = {op.seq: op for op in batch.ops}
    if len({result.seq for result in answer.results}) != len(answer.results):
        return CONTRADICTS_ITSELF
    for result in answer.results:
        op = sent.get(result.seq)
        if op is None or op.op_id != result.op_id:
            return CONTRADICTS_ITSELF
        is_below_mark = result.seq <= answer.received_through
        if result.outcome not in OUTCOMES or not (is_below_mark or result.outcome == CONFLICT):
            return CONTRADICTS_ITSELF
    last = sent.get(answer.received_through)
    disputed = any(result.outcome == CONFLICT for result in answer.results)
    if last is not None and not disputed and last.hash != answer.chain_head:
        return OTHER_CHAIN
    return ""


def _read_answer(batch: Batch, answer: Answer) -> Verdict:
    if not answer.results:
        if answer.received_through < batch.from_seq - 1:
            return GoBack(answer.received_through)
        return TryLater(SAYS_NOTHING)
    results = {result.seq: result for result in answer.results}
    through, head, unbroken = 0, "", True
    parked: list[tuple[int, str]] = []
    for op in batch.ops:
        result = results.get(op.seq)
        event = _event_of(batch, result)
        state = next_state(State.IN_FLIGHT, event)
        if result is not None and state is State.PARKED:
            parked.append((op.seq, TOO_LARGE if event is Event.CANNOT_BE_SENT else result.code))
        unbroken = unbroken and event in _KEEPS_ITS_PLACE
        if unbroken:
            through, head = op.seq, op.hash
    return Stored(through, head, tuple(parked), answer.hub_time_ms, answer.move_to_epoch)


# A fact without its body has its place in the hub's chain, and facts after it do not wait.
_KEEPS_ITS_PLACE = frozenset({Event.HUB_STORED, Event.CANNOT_BE_SENT})


def _event_of(batch: Batch, result: OpResult | None) -> Event:
    """Return what an answer says of one op that was in flight."""
    if result is None:
        return Event.OUTCOME_UNKNOWN
    if result.outcome == CONFLICT:
        return Event.HUB_CONFLICT
    if result.code == WITHHELD and result.seq in batch.withheld:
        return Event.CANNOT_BE_SENT
    return Event.HUB_STORED

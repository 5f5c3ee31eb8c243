"""Which ops of a push continue a till's chain, which are known, and which contradict it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pos.domain.journal import chain_hash
from sync.wire.v1.push import Op

SAME_NUMBER = "same_number"
SAME_OP_ID = "same_op_id"
FORKED = "forked_chain"


class BrokenChain(Exception):
    """A hash is not that of its fact, or does not follow the one before: a fault of the till."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a till's facts have arrived without a hole."""

    through: int
    head: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored under one sequence number: its hash, whether the body is there, or signed."""

    hash: str
    has_body: bool
    is_signed: bool = False


@dataclass(slots=True)
class Sifted:
    """The ops of a push, sorted by what is to be done with them."""

    fresh: list[Op] = field(default_factory=list)
    duplicates: list[Op] = field(default_factory=list)
    completed: list[Op] = field(default_factory=list)  # known without body, which came now
    conflicts: list[tuple[Op, str]] = field(default_factory=list)


def check_hashes(till: str, epoch: int, ops: Sequence[Op]) -> None:
    """Recompute every hash; an op without its body has to be taken at its word.

    Raises:
        BrokenChain: One is wrong.
    """
    for op in ops:
        if op.body_json is None:
            continue
        expected = chain_hash(
            till=till,
            epoch=epoch,
            seq=op.seq,
            op_id=op.op_id,
            kind=op.kind,
            occurred_at_ms=op.occurred_at_ms,
            body_json=op.body_json,
            prev_hash=op.prev_hash,
        )
        if expected != op.hash:
            raise BrokenChain(f"hash of {op.seq}")


def sift(
    ops: Sequence[Op], mark: Mark, known: Mapping[int, Known], beside: Mapping[str, str]
) -> Sifted:
    """Sort ops that begin at or below the mark's successor.

    Args:
        ops: In sequence, their hashes checked.
        mark: How far the till's facts have arrived.
        known: What is stored under the numbers of `ops`.
        beside: Why facts are kept beside the chain, by hash, from the number before `ops`
            on; what follows one that contradicts the chain belongs to the same fork.

    Raises:
        BrokenChain: An op follows nothing that is known.
    """
    sifted = Sifted()
    forks = set(beside)
    through, head = mark.through, mark.head
    for op in ops:
        stored = known.get(op.seq)
        if op.seq <= mark.through:
            if stored is not None and stored.hash == op.hash:
                is_completed = op.body_json is not None and not stored.has_body
                (sifted.completed if is_completed else sifted.duplicates).append(op)
            else:
                forks.add(op.hash)
                is_taken_id = beside.get(op.hash) == SAME_OP_ID
                sifted.conflicts.append((op, SAME_OP_ID if is_taken_id else SAME_NUMBER))
        elif op.seq == through + 1 and op.prev_hash == head:
            through, head = op.seq, op.hash
            sifted.fresh.append(op)
        elif op.prev_hash in forks:
            forks.add(op.hash)
            sifted.conflicts.append((op, FORKED))
        else:
            raise BrokenChain(f"{op.seq} does not follow {through}")
    return sifted

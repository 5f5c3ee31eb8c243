"""Whether facts were signed by the till they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import Connection, select

from pos.signatures import Purpose, verifier
from sync.hub.intake.sequence import Known
from sync.hub.tables import enrolment_code, inbox
from sync.wire.v1.push import Op

FEW = 8  # facts for which a thread of their own is not worth its while


class BadSignature(Exception):
    """A fact is not signed by the till it is said to come from; nothing is stored."""


@contextmanager
def checking_signatures(
    connection: Connection,
    till: str,
    epoch: int,
    public_key: str,
    ops: Sequence[Op],
    known: Mapping[int, Known],
) -> Iterator[None]:
    """Check the facts of a push that are not stored already, while the block stores them.

    A till signs from its enrolment on: facts without a signature are taken until one of the
    epoch is signed. Facts from before the till was enrolled anew are signed with the key it
    had then, and taken too.

    Raises:
        BadSignature: When the block has ended: one is signed by somebody else, or not where it
            should be. Roll back what the block did.
    """
    wanted = _to_be_checked(connection, till, epoch, public_key, ops, known)
    if len(wanted) < FEW:
        doubtful = _not_by(public_key, wanted)
        yield
    else:
        # The arithmetic lets other threads run: it is done while the database stores.
        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(_not_by, public_key, wanted)
            yield
        doubtful = found.result()
    if not doubtful:
        return
    for key in _earlier_keys(connection, till):
        doubtful = _not_by(key, doubtful)
    if doubtful:
        raise BadSignature(f"{doubtful[0].seq} of {till}")


def _to_be_checked(
    connection: Connection,
    till: str,
    epoch: int,
    public_key: str,
    ops: Sequence[Op],
    known: Mapping[int, Known],
) -> list[Op]:
    """Return what must be signed by the till."""
    if not public_key:
        return []
    must_be_signed = _is_signed_before(connection, till, epoch, ops[0].seq)
    wanted = []
    for op in ops:
        stored = known.get(op.seq)
        if stored is not None and stored.hash == op.hash:
            must_be_signed = must_be_signed or stored.is_signed
        elif op.signature or must_be_signed:
            must_be_signed = True
            wanted.append(op)
    return wanted


def _not_by(public_key: str, ops: Sequence[Op]) -> list[Op]:
    """Return the facts that the holder of a key did not sign."""
    is_by = verifier(public_key, Purpose.FACT)
    return [op for op in ops if not is_by(op.hash.encode("ascii"), op.signature)]


def _is_signed_before(connection: Connection, till: str, epoch: int, seq: int) -> bool:
    before = select(inbox.c.signature).where(
        inbox.c.till == till, inbox.c.epoch == epoch, inbox.c.seq == seq - 1
    )
    return bool(connection.scalar(before))


def _earlier_keys(connection: Connection, till: str) -> list[str]:
    """Return the keys a till was ever enrolled with."""
    shop, _, number = till.rpartition("-")
    code = enrolment_code.c
    wanted = select(code.used_by).where(
        code.shop == shop, code.number == int(number), code.used_by != ""
    )
    return list(connection.scalars(wanted))

"""Whether facts were signed by the till they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from pos.signatures import Purpose, is_signed
from sync.hub.sequence import Known
from sync.hub.tables import enrolment_code, inbox
from sync.wire.v1.push import Op


class BadSignature(Exception):
    """A fact is not signed by the till it is said to come from; nothing is stored."""


def check_signatures(
    connection: Connection,
    till: str,
    epoch: int,
    public_key: str,
    ops: Sequence[Op],
    known: Mapping[int, Known],
) -> None:
    """Check the facts of a push that are not stored already.

    A till signs from its enrolment on: facts without a signature are taken until one of the
    epoch is signed. Facts from before the till was enrolled anew are signed with the key it
    had then, and taken too.

    Raises:
        BadSignature: One is signed by somebody else, or not where it should be.
    """
    if not public_key:
        return
    must_be_signed = _is_signed_before(connection, till, epoch, ops[0].seq)
    earlier: list[str] | None = None
    for op in ops:
        stored = known.get(op.seq)
        if stored is not None and stored.hash == op.hash:
            must_be_signed = must_be_signed or stored.is_signed
            continue
        if not op.signature and not must_be_signed:
            continue
        must_be_signed = True
        if not _is_by(public_key, op):
            earlier = _earlier_keys(connection, till) if earlier is None else earlier
            if not any(_is_by(key, op) for key in earlier):
                raise BadSignature(f"{op.seq} of {till}")


def _is_by(public_key: str, op: Op) -> bool:
    return is_signed(public_key, Purpose.FACT, op.hash.encode("ascii"), op.signature)


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

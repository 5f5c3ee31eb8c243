"""Epochs: who goes on with numbers of its own, and how two living copies of a till are found."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from sync.hub.bulk import upsert_rows
from sync.hub.tables import conflict, enrolment_code, epoch_grant, incarnation, till_mark
from sync.wire.v1.tills import MAX_EPOCHS, EpochMark

FORK = "fork"  # the reason of a grant to one of two copies
SPOKE_LATELY_MS = 30 * 24 * 3_600_000

# How far above the epochs it knows the hub believes a till to be: it may have been restored
# from an older copy and not know some. Who jumps further would use up the epochs there are.
MAX_EPOCHS_AHEAD = 1_000

# Asked for every push and report: putting the statement together takes longer than running it.
_TURNS = (
    select(
        incarnation.c.incarnation,
        incarnation.c.epoch,
        incarnation.c.first_turn,
        incarnation.c.turn,
    )
    .where(incarnation.c.till == bindparam("till_id"))
    .order_by(incarnation.c.turn.desc())
)


class EpochTooHigh(Exception):
    """No till can be in that epoch: nothing is stored."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Two agents that speak in turns; `newcomer` is the one that was heard of last.

    `epoch` is the lower of the two they are in: where they parted.
    """

    newcomer: str
    epoch: int
    are_in_one_epoch: bool


def highest_epoch(connection: Connection, till: str) -> int:
    """Return the highest epoch a till was ever seen in or sent to, 0 for none."""
    shop, _, number = till.rpartition("-")
    code = enrolment_code.c
    highest = (
        select(func.max(till_mark.c.epoch)).where(till_mark.c.till == till),
        select(func.max(conflict.c.epoch)).where(conflict.c.till == till),
        select(func.max(epoch_grant.c.epoch)).where(epoch_grant.c.till == till),
        select(func.max(code.epoch)).where(code.shop == shop, code.number == int(number)),
    )
    return max(connection.scalar(each) or 0 for each in highest)


def check_epoch(connection: Connection, till: str, epoch: int) -> None:
    """See that a till can be in an epoch.

    Raises:
        EpochTooHigh: It is far above those the hub knows of.
    """
    if epoch > MAX_EPOCHS_AHEAD:  # up to here it need not be looked up
        known = highest_epoch(connection, till)
        if epoch > known + MAX_EPOCHS_AHEAD:
            raise EpochTooHigh(f"epoch {epoch} of {till}, known up to {known}")


def grant_epoch(
    connection: Connection, till: str, *, key: str, reason: str, now_ms: int, above: int = 1,
    base_epoch: int = 0,
) -> int:  # fmt: skip
    """Return an epoch that nobody has given out numbers in; the same `key` gets the same one.

    Args:
        above: What the till itself knows of: a hub restored from an older copy may not.
        base_epoch: The epoch that two copies were in when one of them is sent to another.
    """
    granted = epoch_grant.c
    known = select(granted.epoch).where(granted.till == till, granted.key == key)
    while (epoch := connection.scalar(known)) is None:
        free = max(above, base_epoch, highest_epoch(connection, till), 1) + 1
        row = (till, free, key, reason, base_epoch, now_ms, 0)
        upsert_rows(connection, epoch_grant, [row], "DO NOTHING")
    return int(epoch)


def granted_to(connection: Connection, till: str, speaker: str, epoch: int) -> int:
    """Return the epoch that a copy is to move to from `epoch`, 0 when it may stay."""
    granted = epoch_grant.c
    wanted = (granted.till == till, granted.key == fork_key(speaker, epoch))
    return int(connection.scalar(select(granted.epoch).where(*wanted)) or 0)


def fork_key(speaker: str, epoch: int) -> str:
    """Return the key under which one of two copies in an epoch gets another."""
    return f"{FORK}:{epoch}:{speaker}"


def marks_of(connection: Connection, till: str) -> tuple[EpochMark, ...]:
    """Return how far the facts of each epoch have arrived, the first epoch first."""
    mark = till_mark.c
    rows = connection.execute(
        select(mark.epoch, mark.received_through, mark.chain_head)
        .where(mark.till == till, mark.received_through > 0)
        .order_by(mark.epoch)
        .limit(MAX_EPOCHS)
    )
    return tuple(
        EpochMark(epoch=epoch, received_through=through, chain_head=head)
        for epoch, through, head in rows
    )


def note_speaker(
    connection: Connection, till: str, speaker: str, epoch: int, now_ms: int
) -> Copies | None:
    """Note which agent speaks; return both when another one came and this one is back.

    An agent that was started again has another name, and the one before never speaks again.
    """
    rows = connection.execute(_TURNS, {"till_id": till}).all()
    if rows and (rows[0].incarnation, rows[0].epoch) == (speaker, epoch):
        return None
    own = next((row for row in rows if row.incarnation == speaker), None)
    turn = rows[0].turn + (rows[0].incarnation != speaker) if rows else 1
    _put_turn(connection, (till, speaker, epoch, own.first_turn if own else turn, turn, now_ms))
    others = [row for row in rows if own and row.turn > own.turn]
    if own is None or not others:
        return None
    other = others[0]
    newcomer = speaker if own.first_turn > other.first_turn else other.incarnation
    return Copies(newcomer, min(epoch, other.epoch), epoch == other.epoch)


def _put_turn(connection: Connection, row: tuple[str, str, int, int, int, int]) -> None:
    """Keep a turn, and forget agents that have not spoken for a month."""
    till, _, _, _, _, now_ms = row
    said = incarnation.c
    connection.execute(
        incarnation.delete().where(said.till == till, said.seen_at_ms < now_ms - SPOKE_LATELY_MS)
    )
    upsert_rows(
        connection,
        incarnation,
        [row],
        "(till, incarnation) DO UPDATE SET epoch = excluded.epoch, turn = excluded.turn, "
        "seen_at_ms = excluded.seen_at_ms",
    )

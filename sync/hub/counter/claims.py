"""Claims: of several tills that want to go on with a thing, one is granted it at a time.

A claim is a row whose fence rises with every grant, changed by one conditional UPDATE, so that
of any number of tills one wins. Whoever locks both takes the claim before the thing (a parked
ticket, an order).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from sync.hub.bulk import upsert_rows
from sync.hub.counter import claimed_things
from sync.hub.counter.claimed_things import Thing, Wanted
from sync.hub.tables_counter import claim, claim_grant
from sync.wire.v1.claims import (
    UNUSED_CLAIM_LASTS_MS,
    ClaimAnswer,
    ClaimRequest,
    ClaimState,
    Released,
    ReleaseRequest,
)

HELD, RELEASED, DONE = "held", "released", "done"


class OpIdUsed(Exception):
    """The op id was used for another thing or by another till."""


def ask(
    connection: Connection, *, till: str, shop: str, request: ClaimRequest, now_ms: int
) -> ClaimAnswer:
    """Grant the claim to `till`, or say who has it or that it is over.

    The till that holds a claim already may have it again, with a higher fence: its answer may
    have been lost, or it was killed before it could use it.

    Raises:
        OpIdUsed: The op id belongs to another request.
    """
    wanted = Wanted(request.kind, shop, request.key, now_ms)
    if not claimed_things.is_known(connection, wanted):
        return ClaimAnswer(state=ClaimState.GONE, detail="unknown")
    known = locked(connection, request.kind.value, request.key, shop)
    # As it is now that nobody else goes on with it.
    thing = claimed_things.find(connection, wanted)
    if thing is None or thing.gone:
        detail, holder = (thing.gone, thing.holder) if thing else ("unknown", "")
        return ClaimAnswer(state=ClaimState.GONE, holder=holder, detail=detail)
    if _was_granted(connection, till, request, known):
        return _granted(known, known.fence, thing)
    fence = _take(connection, till, request, now_ms)
    if fence is None:
        return ClaimAnswer(
            state=ClaimState.HELD,
            fence=known.fence,
            holder=known.till,
            since_ms=known.changed_at_ms,
            may_be_taken_over=now_ms - known.changed_at_ms >= UNUSED_CLAIM_LASTS_MS,
        )
    row = (request.op_id, request.kind.value, request.key, till, fence, now_ms)
    if upsert_rows(connection, claim_grant, [row], "(op_id) DO NOTHING") != 1:
        raise OpIdUsed(request.op_id)
    return _granted(known, fence, thing, since_ms=now_ms)


def release(
    connection: Connection, *, till: str, request: ReleaseRequest, now_ms: int
) -> Released:
    """Give a claim back; only the till that holds it can, and only its latest grant."""
    was_held = give_back(
        connection, request.kind.value, request.key, till=till, fence=request.fence, at_ms=now_ms
    )
    return Released(was_held=was_held)


def give_back(
    connection: Connection, kind: str, key: str, *, till: str, fence: int, at_ms: int
) -> bool:
    """Free a claim that was not used; see `release`."""
    given_back = connection.execute(
        claim.update()
        .where(
            claim.c.kind == kind,
            claim.c.key == key,
            claim.c.till == till,
            claim.c.fence == fence,
            claim.c.state == HELD,
        )
        .values(state=RELEASED, changed_at_ms=at_ms)
    )
    return given_back.rowcount == 1


def free_of_till(
    connection: Connection, kind: str, keys: Iterable[str], *, till: str, at_ms: int
) -> None:
    """Free what a till holds of these things, whatever its fence: it went on with them."""
    for key in sorted(set(keys)):  # in one order, so that two tills do not wait for each other
        connection.execute(
            claim.update()
            .where(
                claim.c.kind == kind,
                claim.c.key == key,
                claim.c.till == till,
                claim.c.state == HELD,
            )
            .values(state=RELEASED, changed_at_ms=at_ms)
        )


def locked(connection: Connection, kind: str, key: str, shop: str) -> Row[Any]:
    """Return the claim row of a thing, made when there is none; others wait until the commit."""
    row = (kind, key, shop, "", 0, RELEASED, 0)
    upsert_rows(connection, claim, [row], "(kind, key) DO NOTHING")
    return connection.execute(
        select(claim).where(claim.c.kind == kind, claim.c.key == key).with_for_update()
    ).one()


def settle(
    connection: Connection, kind: str, key: str, *, till: str, fence: int, at_ms: int
) -> None:
    """Note that `till` went on with the thing: the claim is used up and `fence` its number."""
    connection.execute(
        claim.update()
        .where(claim.c.kind == kind, claim.c.key == key)
        .values(state=DONE, till=till, fence=fence, changed_at_ms=at_ms)
    )


def keep_above(connection: Connection, kind: str, key: str, fence: int) -> None:
    """Let the next grant get a number above `fence`: a hub that went back may have lost it."""
    connection.execute(
        claim.update()
        .where(claim.c.kind == kind, claim.c.key == key, claim.c.fence < fence)
        .values(fence=fence)
    )


def _take(connection: Connection, till: str, request: ClaimRequest, now_ms: int) -> int | None:
    """Let the fence rise in favour of `till`; None when another till holds the claim."""
    is_free = or_(claim.c.state != HELD, claim.c.till == till)
    if request.takes_over:
        is_free = or_(is_free, claim.c.changed_at_ms <= now_ms - UNUSED_CLAIM_LASTS_MS)
    fence = connection.execute(
        claim.update()
        .where(claim.c.kind == request.kind.value, claim.c.key == request.key, is_free)
        .values(till=till, fence=claim.c.fence + 1, state=HELD, changed_at_ms=now_ms)
        .returning(claim.c.fence)
    ).scalar_one_or_none()
    return None if fence is None else int(fence)


def _was_granted(
    connection: Connection, till: str, request: ClaimRequest, known: Row[Any]
) -> bool:
    """True when this very request was granted and its claim still stands.

    A grant that another till was given the thing after is no answer any more: it would send
    the till on with a fence that is too low.
    """
    grant = connection.execute(
        select(claim_grant).where(claim_grant.c.op_id == request.op_id)
    ).first()
    if grant is None:
        return False
    if (grant.till, grant.kind, grant.key) != (till, request.kind.value, request.key):
        raise OpIdUsed(request.op_id)
    if (known.till, known.state) != (till, HELD):
        return False
    return bool(grant.fence == known.fence)


def _granted(
    known: Row[Any], fence: int, thing: Thing, *, since_ms: int | None = None
) -> ClaimAnswer:
    return ClaimAnswer(
        state=ClaimState.GRANTED,
        fence=fence,
        holder="",
        since_ms=known.changed_at_ms if since_ms is None else since_ms,
        content=thing.content,
    )

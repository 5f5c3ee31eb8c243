"""Who is signed in to the hub's pages; only the hash of what the browser holds is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos.domain.staff import Act, Approved, Capability, Policy, Role, StaffMember
from sync.hub.bulk import upsert_rows
from sync.hub.tables import staff
from sync.hub.tables_desk import desk_session

LONGEST_MS = 8 * 3_600_000  # a working day
IDLE_MS = 30 * 60_000
PROLONG_AFTER_MS = 60_000  # not every page view is worth a write
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in for one shop; times are UTC ms."""

    token_hash: str
    shop: str
    member: StaffMember
    csrf: str
    created_at_ms: int
    expires_at_ms: int


def begin(
    connection: Connection,
    shop: str,
    staff_id: str,
    now_ms: int,
    random_bytes: Callable[[int], bytes],
) -> str:
    """Begin a session and return the token for the browser."""
    token = random_bytes(TOKEN_BYTES).hex()
    row = (
        hash_of(token), shop, staff_id, random_bytes(TOKEN_BYTES).hex(), now_ms,
        now_ms + IDLE_MS,
    )  # fmt: skip
    upsert_rows(connection, desk_session, [row], "(token_hash) DO NOTHING")
    return token


def current(connection: Connection, token: str, now_ms: int) -> Session | None:
    """Return the session of a token, None when it ended or the person may no longer sign in."""
    row = connection.execute(
        select(desk_session, staff.c.name, staff.c.role, staff.c.is_active)
        .join(
            staff,
            (staff.c.shop == desk_session.c.shop) & (staff.c.staff_id == desk_session.c.staff_id),
        )
        .where(desk_session.c.token_hash == hash_of(token))
    ).first()
    if row is None or now_ms >= row.expires_at_ms:
        return None
    member = StaffMember(row.staff_id, row.name, Role(row.role), is_active=row.is_active)
    if not may_sign_in(member):
        return None
    return Session(
        row.token_hash, row.shop, member, row.csrf, row.created_at_ms, row.expires_at_ms
    )


def wants_prolonging(session: Session, now_ms: int) -> bool:
    """True when a visit should move the end of the session."""
    return _end(session, now_ms) - session.expires_at_ms >= PROLONG_AFTER_MS


def prolong(connection: Connection, session: Session, now_ms: int) -> None:
    """Move the end of the session: half an hour from now, at most eight hours in all."""
    connection.execute(
        desk_session.update()
        .where(desk_session.c.token_hash == session.token_hash)
        .values(expires_at_ms=_end(session, now_ms))
    )


def end(connection: Connection, session: Session) -> None:
    """Sign somebody out."""
    connection.execute(
        desk_session.delete().where(desk_session.c.token_hash == session.token_hash)
    )


def may_sign_in(member: StaffMember) -> bool:
    """True for those who decide at the conflict desk: shift leads and managers."""
    decision = Policy().decide(Act(Capability.RESOLVE_CONFLICT), member)
    return member.is_active and isinstance(decision, Approved)


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end(session: Session, now_ms: int) -> int:
    return min(now_ms + IDLE_MS, session.created_at_ms + LONGEST_MS)

"""Signing in and out: PIN or badge, lock-out that survives a restart."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.journal import FactKind
from pos.domain.staff import TRIES_BEFORE_LOCK, Lockout, StaffMember, is_pin
from pos.services.workstation import SignOn, Workstation


@dataclass(frozen=True, slots=True)
class PinAccepted:
    member: StaffMember


@dataclass(frozen=True, slots=True)
class PinWrong:
    """The PIN is not this person's; after `tries_left` more the person waits."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class PinLocked:
    """Too many wrong PINs: nobody can try before `until_ms` (UTC, Unix ms)."""

    until_ms: int


PinOutcome = PinAccepted | PinWrong | PinLocked


def team(station: Workstation) -> tuple[StaffMember, ...]:
    """Return the active people of the shop, by name."""
    with station.store.reading() as records:
        people = records.staff.all()
    return tuple(sorted((p for p in people if p.is_active), key=lambda p: p.name))


def badge_holder(station: Workstation, badge: str) -> StaffMember | None:
    """Return the active person with that badge; None when nobody has it, or two people do.

    Case does not matter: codes are read in upper case, whatever the case of the token they
    were made from.
    """
    wanted = badge.strip().upper()
    holders = [
        member for member in team(station) if member.badge and member.badge.upper() == wanted
    ]
    return holders[0] if len(holders) == 1 else None


def check_pin(station: Workstation, staff_id: str, pin: str) -> PinOutcome:
    """Check a PIN; a wrong one is journalled and counted before the answer is given.

    Takes some 50 ms of hashing: call it off the interface thread.
    """
    with station.store.reading() as records:
        member = records.staff.get(staff_id)
        stored = records.staff.pin_hash(staff_id)
        lockout = records.staff.lockout(staff_id)
    if lockout.is_locked(station.clock.now_ms()):
        return PinLocked(lockout.locked_until_ms)
    known = member is not None and member.is_active and stored is not None and is_pin(pin)
    if known and member is not None and station.pins.matches(pin, stored or ""):
        return _accept(station, member)
    return _count_failure(station, staff_id)


def _accept(station: Workstation, member: StaffMember) -> PinOutcome:
    """Forget the failures, unless they have come to a lock while the PIN was hashed."""
    with station.store.reading() as records:
        if not records.staff.lockout(member.staff_id).failures:
            return PinAccepted(member)
    with station.store.transaction() as records:
        lockout = records.staff.lockout(member.staff_id)
        if lockout.is_locked(station.clock.now_ms()):
            return PinLocked(lockout.locked_until_ms)
        records.staff.save_lockout(member.staff_id, Lockout())
    return PinAccepted(member)


def _count_failure(station: Workstation, staff_id: str) -> PinOutcome:
    now_ms = station.clock.now_ms()
    with station.store.transaction() as records:
        lockout = records.staff.lockout(staff_id).after_failure(now_ms)
        records.staff.save_lockout(staff_id, lockout)
        session = records.sessions.current()
        records.journal.append(
            FactKind.PIN_FAILED,
            {"staff_id": staff_id, "failures": lockout.failures},
            op_id=station.ids.new(),
            at_ms=now_ms,
            session_id=session.session_id if session else None,
        )
    if lockout.is_locked(now_ms):
        return PinLocked(lockout.locked_until_ms)
    return PinWrong(max(TRIES_BEFORE_LOCK - lockout.failures, 1))


def sign_on(station: Workstation, member: StaffMember, *, method: str) -> SignOn:
    """Record that `member` works here from now on; `method` is ``pin`` or ``badge``."""
    with station.store.transaction() as records:
        sign_on = SignOn(station, member, records.sessions.current())
        sign_on.record(
            records, FactKind.SIGNED_IN, {"staff_id": member.staff_id, "method": method}
        )
    return sign_on


def sign_off(sign_on: SignOn) -> None:
    """Record that the operator left."""
    _record_leaving(sign_on, FactKind.SIGNED_OUT)


def lock(sign_on: SignOn) -> None:
    """Record that the operator locked the till; the ticket stays where it is."""
    _record_leaving(sign_on, FactKind.TILL_LOCKED)


def _record_leaving(sign_on: SignOn, kind: FactKind) -> None:
    with sign_on.station.store.transaction() as records:
        sign_on.record(records, kind, {"staff_id": sign_on.operator.staff_id})

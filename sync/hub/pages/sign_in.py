"""Signing in to the hub's pages: who can, and a PIN that is guessed at most a few times."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass

from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, select

from pos.domain.staff import TRIES_BEFORE_LOCK, Lockout, Role, StaffMember, is_pin
from sync.hub.admin import PIN_HASHER
from sync.hub.bulk import upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.pages.sessions import may_sign_in
from sync.hub.tables import setting, staff
from sync.hub.tables_desk import desk_lockout

# A check takes 19 MiB; many at once would take the memory the tills' facts need.
CHECKS_AT_ONCE = threading.BoundedSemaphore(2)
# Wrong PINs in a shop, whoever's, until the door itself is locked: one PIN tried on every name
# would else be as many guesses as there are names. Who can lock the door can lock every name.
DOOR_TRIES = 20
DOOR = ""  # the door's own row among the people's
# Of a PIN nobody has: checking it takes the same time as checking somebody's.
NOBODYS_HASH = PIN_HASHER.hash("nobody's")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The PIN is this person's."""

    staff_id: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """The PIN is not this person's, or there is nobody of that id."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong PINs; `until_ms` is UTC."""

    until_ms: int


@dataclass(frozen=True, slots=True)
class ShopAtDoor:
    """A shop, and who can sign in there."""

    code: str
    name: str
    people: tuple[StaffMember, ...]


def shops_at_door(connection: Connection) -> tuple[ShopAtDoor, ...]:
    """Return every shop where somebody can sign in."""
    people: dict[str, list[StaffMember]] = {}
    for row in connection.execute(select(staff).order_by(staff.c.shop, staff.c.name)):
        member = StaffMember(row.staff_id, row.name, Role(row.role), is_active=row.is_active)
        if may_sign_in(member):
            people.setdefault(row.shop, []).append(member)
    details = shop_details(connection)
    return tuple(
        ShopAtDoor(code, str(details.get(code, {}).get("name", code)), tuple(members))
        for code, members in people.items()
    )


def shop_details(connection: Connection) -> dict[str, dict[str, object]]:
    """Return what the hub says of each shop: name, country, time zone and more."""
    rows = connection.execute(
        select(setting.c.shop, setting.c.value_json).where(setting.c.key == "shop")
    )
    return {row.shop: json.loads(row.value_json) for row in rows}


def check(
    database: HubDatabase, shop: str, staff_id: str, pin: str, now_ms: int
) -> Accepted | Wrong | Locked:
    """Check a PIN; it takes as long for somebody who is not there.

    A person is locked after five wrong ones, the shop's door after twenty of different people.

    The try is counted before the PIN is looked at, and taken back when it was right: so many
    guesses at once are no more guesses than one after the other.
    """
    until_ms = 0
    with database.transaction() as connection:
        known = _hash(connection, shop, staff_id)
        if known is not None:
            door, person = _lockout(connection, shop, DOOR), _lockout(connection, shop, staff_id)
            if door.is_locked(now_ms) or person.is_locked(now_ms):
                return Locked(max(door.locked_until_ms, person.locked_until_ms))
            until_ms = _count(connection, shop, staff_id, door, person, now_ms)
    if not _matches(pin, known or NOBODYS_HASH) or known is None:
        return Locked(until_ms) if now_ms < until_ms else Wrong()
    with database.transaction() as connection:
        _store(connection, shop, staff_id, Lockout())
        _store(connection, shop, DOOR, Lockout())
    return Accepted(staff_id)


def _count(
    connection: Connection, shop: str, staff_id: str, door: Lockout, person: Lockout, now_ms: int
) -> int:
    """Count a try for the person and for the door; return until when either is locked then."""
    person = person.after_failure(now_ms)
    free = DOOR_TRIES - TRIES_BEFORE_LOCK
    counted = Lockout(max(0, door.failures - free)).after_failure(now_ms)
    door = Lockout(door.failures + 1, counted.locked_until_ms if door.failures >= free else 0)
    _store(connection, shop, staff_id, person)
    _store(connection, shop, DOOR, door)
    return max(person.locked_until_ms, door.locked_until_ms)


def _hash(connection: Connection, shop: str, staff_id: str) -> str | None:
    """Return the PIN's hash of somebody who may sign in."""
    row = connection.execute(
        select(staff).where(staff.c.shop == shop, staff.c.staff_id == staff_id)
    ).first()
    if row is None:
        return None
    member = StaffMember(row.staff_id, row.name, Role(row.role), is_active=row.is_active)
    return row.pin_hash if may_sign_in(member) else None


def _matches(pin: str, stored: str) -> bool:
    with CHECKS_AT_ONCE:
        try:
            return is_pin(pin) and PIN_HASHER.verify(stored, pin)
        except (VerificationError, InvalidHashError):
            return False


def _lockout(connection: Connection, shop: str, staff_id: str) -> Lockout:
    """Return the failures so far; others who try wait until the commit."""
    upsert_rows(connection, desk_lockout, [(shop, staff_id, 0, 0)], "(shop, staff_id) DO NOTHING")
    row = connection.execute(
        select(desk_lockout)
        .where(desk_lockout.c.shop == shop, desk_lockout.c.staff_id == staff_id)
        .with_for_update()
    ).one()
    return Lockout(row.failures, row.locked_until_ms)


def _store(connection: Connection, shop: str, staff_id: str, lockout: Lockout) -> None:
    connection.execute(
        desk_lockout.update()
        .where(desk_lockout.c.shop == shop, desk_lockout.c.staff_id == staff_id)
        .values(failures=lockout.failures, locked_until_ms=lockout.locked_until_ms)
    )

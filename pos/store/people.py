"""The people of the shop as the hub told us, and the till's own lock-outs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pos.domain.staff import Lockout, Role, StaffMember
from pos.store.statements import Row, Statements

_SELECT = "SELECT staff_id, name, role, badge, active FROM staff"

_PUT = (
    "INSERT INTO staff (staff_id, name, role, badge, pin_hash, active) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (staff_id) DO UPDATE SET name = excluded.name, role = excluded.role,"
    " badge = excluded.badge, pin_hash = excluded.pin_hash, active = excluded.active"
)
_LET_GO = "UPDATE staff SET active = 0 WHERE staff_id = ?"

WithPin = tuple[StaffMember, str | None]  # a person, and the hash of the PIN


class StoredStaff:
    """`ports.Staff` on the tables staff and staff_lockout."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def all(self) -> tuple[StaffMember, ...]:
        """Return everybody, also who is no longer active, by name."""
        return tuple(_member(row) for row in self._sql.rows(f"{_SELECT} ORDER BY name, staff_id"))

    def get(self, staff_id: str) -> StaffMember | None:
        """Return a person by id."""
        row = self._sql.one(f"{_SELECT} WHERE staff_id = ?", (staff_id,))
        return None if row is None else _member(row)

    def by_badge(self, badge: str) -> StaffMember | None:
        """Return the active person with that staff card; None when two claim it."""
        rows = self._sql.rows(f"{_SELECT} WHERE badge = ? AND active = 1", (badge,))
        return _member(rows[0]) if len(rows) == 1 else None

    def pin_hash(self, staff_id: str) -> str | None:
        """Return the stored hash of a person's PIN."""
        row = self._sql.one("SELECT pin_hash FROM staff WHERE staff_id = ?", (staff_id,))
        return None if row is None or row[0] is None else str(row[0])

    def lockout(self, staff_id: str) -> Lockout:
        """Return the wrong PINs of a person so far."""
        row = self._sql.one(
            "SELECT failures, locked_until_ms FROM staff_lockout WHERE staff_id = ?", (staff_id,)
        )
        return Lockout() if row is None else Lockout(*row)

    def save_lockout(self, staff_id: str, lockout: Lockout) -> None:
        """Keep the wrong PINs of a person, so that a restart forgives nothing."""
        self._sql.run(
            "INSERT INTO staff_lockout (staff_id, failures, locked_until_ms) VALUES (?, ?, ?)"
            " ON CONFLICT (staff_id) DO UPDATE SET failures = excluded.failures,"
            " locked_until_ms = excluded.locked_until_ms",
            (staff_id, lockout.failures, lockout.locked_until_ms),
        )


def _member(row: Row) -> StaffMember:
    staff_id, name, role, badge, active = row
    return StaffMember(staff_id, name, Role(role), badge, bool(active))


def mirror_staff(sql: Statements, people: Iterable[WithPin], *, only: Collection[str]) -> None:
    """Take over people as the hub knows them, with the hash of their PIN.

    Args:
        only: Ids of everybody the hub knows, empty when it told of some: nobody else is let
            in any more. A hub that was restored from a copy may have lost who came since.
    """
    rows = [
        (who.staff_id, who.name, who.role.value, who.badge, pin_hash, who.is_active)
        for who, pin_hash in people
    ]
    sql.run_many(_PUT, rows)
    if only:
        known = {str(staff_id) for (staff_id,) in sql.rows("SELECT staff_id FROM staff")}
        sql.run_many(_LET_GO, [(staff_id,) for staff_id in sorted(known.difference(only))])

"""Who works in which shop, and what they are called."""

from __future__ import annotations

from sqlalchemy import Connection, select

from pos.domain.staff import Role, StaffMember
from sync.hub.tables import staff


def person(connection: Connection, shop: str, staff_id: str) -> StaffMember | None:
    """Return somebody who works in a shop."""
    row = connection.execute(
        select(staff).where(staff.c.shop == shop, staff.c.staff_id == staff_id, staff.c.is_active)
    ).first()
    return None if row is None else StaffMember(row.staff_id, row.name, Role(row.role))


def name_of(connection: Connection, shop: str, staff_id: str) -> str:
    """Return what a person of a shop is called, the id for one the shop does not know."""
    name = connection.scalar(
        select(staff.c.name).where(staff.c.shop == shop, staff.c.staff_id == staff_id)
    )
    return name or staff_id


def names_in(connection: Connection, shop: str) -> dict[str, str]:
    """Return what the people of a shop are called, by id; also of those who left."""
    rows = connection.execute(select(staff.c.staff_id, staff.c.name).where(staff.c.shop == shop))
    return {row.staff_id: row.name for row in rows}

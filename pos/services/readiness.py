"""What the till knows of itself for the list of what an outage would need."""

from __future__ import annotations

from pos.domain.readiness import Backup, BackupTrouble, Facts, Paper
from pos.services.workstation import Workstation


def look(
    station: Workstation,
    *,
    clock_offset_ms: int | None,
    has_agent: bool,
    free_bytes: int | None = None,
    paper: Paper = Paper.UNKNOWN,
    backup: Backup | None = None,
    backup_trouble: BackupTrouble = BackupTrouble.NONE,
) -> Facts:
    """Read everything the list needs; what the devices know is handed in.

    Raises:
        StoreUnavailable: The disk.
    """
    info = station.catalogues.current().info()
    with station.store.reading() as records:
        people = sum(1 for member in records.staff.all() if member.is_active)
        pulled_at_ms = records.standing.pulled_at_ms()
        last_act_ms = records.standing.last_act_ms()
    return Facts(
        now_ms=station.clock.now_ms(),
        products=0 if info is None else info.products,
        built_at_ms=None if info is None else info.built_at_ms,
        prices_as_of_ms=None if info is None else info.prices_as_of_ms,
        pulled_at_ms=pulled_at_ms,
        people=people,
        clock_offset_ms=clock_offset_ms,
        last_act_ms=last_act_ms,
        free_bytes=free_bytes,
        has_room=station.has_room(),
        paper=paper,
        backup=backup,
        backup_trouble=backup_trouble,
        has_agent=has_agent,
    )

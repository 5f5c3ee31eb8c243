"""Where a data folder lies: one that was copied to another place must not go on unseen.

A place is the machine and the folder itself. The number of the disk is no part of it: Linux
gives the same disk another one after some starts.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from enum import Enum
from pathlib import Path

from pos.domain.standing import NoticeName
from pos.store.data_folder import PRIVATE_FILE, DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.notices import PULLED
from pos.store.statements import Statements

MACHINE_ID = Path("/etc/machine-id")
COPIED = NoticeName.COPIED.value
# Another copy that is in use would have been heard of in this time.
ALONE_MS = 7 * 24 * 3_600_000

_NOTICE = (
    "INSERT INTO notice (name, body, since_ms) VALUES (?, '{}', ?) ON CONFLICT (name) DO NOTHING"
)
_HEARD_SINCE = (
    "SELECT m.value - n.since_ms FROM notice n, sync_mark m WHERE n.name = ? AND m.name = ?"
    " AND NOT EXISTS (SELECT 1 FROM notice WHERE name = ?)"
)


class Place(Enum):
    """What the marker in a folder says."""

    SAME = "same"
    UNKNOWN = "unknown"  # there is none yet
    OTHER = "other"  # the folder was copied here from elsewhere


def place_of(folder: DataFolder, machine_id: Path = MACHINE_ID) -> str:
    """Return a name for this place; equal only for the same folder of the same machine."""
    try:
        machine = machine_id.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        machine = ""
    return hashlib.sha256(f"{machine}/{folder.root.stat().st_ino}".encode()).hexdigest()


def look_at_place(folder: DataFolder, epoch: int, machine_id: Path = MACHINE_ID) -> Place:
    """Compare the marker with where the folder lies.

    A folder that began another epoch since it was marked is a till of its own by now.
    """
    try:
        marked_epoch, place = folder.place_marker.read_text(encoding="ascii").split()
        is_of_before = int(marked_epoch) < epoch
    except (OSError, ValueError):
        return Place.UNKNOWN
    if place == place_of(folder, machine_id):
        return Place.SAME
    return Place.UNKNOWN if is_of_before else Place.OTHER


def watch_place(
    folder: DataFolder, *, key: bytes | None, now_ms: int, machine_id: Path = MACHINE_ID
) -> Place:
    """Look where the folder of an open till lies, and keep the notice ``copied`` while it must be.

    It goes when the till is in an epoch of its own, or when the hub was there for a week and
    heard of no other copy: then the folder was moved, and lies where it belongs.

    Args:
        now_ms: UTC, Unix milliseconds.

    Raises:
        StoreUnavailable: The notice could not be kept.
    """
    engine = make_engine(folder.database, key=key)
    try:
        with transaction(engine) as connection:
            sql = Statements(connection)
            ((epoch,),) = sql.rows("SELECT epoch FROM till_identity")
            place = look_at_place(folder, epoch, machine_id)
            if place is Place.OTHER and _is_alone(sql):
                place = Place.UNKNOWN
            if place is Place.OTHER:
                sql.run(_NOTICE, (COPIED, now_ms))
            else:
                sql.run("DELETE FROM notice WHERE name = ?", (COPIED,))
    finally:
        engine.dispose()
    if place is Place.UNKNOWN:
        mark_place(folder, epoch, machine_id)
    return place


def _is_alone(sql: Statements) -> bool:
    row = sql.one(_HEARD_SINCE, (COPIED, PULLED, NoticeName.CLONED.value))
    return row is not None and int(row[0]) >= ALONE_MS


def mark_place(folder: DataFolder, epoch: int, machine_id: Path = MACHINE_ID) -> None:
    """Note where the folder lies; a disk that takes no note is no reason to stop."""
    draft = folder.place_marker.with_suffix(".new")
    with contextlib.suppress(OSError):
        draft.unlink(missing_ok=True)
        draft.touch(mode=PRIVATE_FILE)
        draft.write_text(f"{epoch} {place_of(folder, machine_id)}\n", encoding="ascii")
        os.replace(draft, folder.place_marker)

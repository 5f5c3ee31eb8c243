"""Copies of till.db that may be trusted: of one moment, encrypted, read back before they count.

A copy is taken beside the open till: SQLite reads from a snapshot and no writer waits for it.
"""

from __future__ import annotations

import contextlib
import datetime
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.domain.errors import StoreUnavailable
from pos.domain.readiness import BackupTrouble
from pos.store.backup_plan import Taken, to_keep
from pos.store.data_folder import (
    LEAST_FREE_BYTES,
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    DataFolder,
)
from pos.store.engine import BUSY_TIMEOUT_MS, DiskFull, as_unavailable, open_connection
from pos.store.filesystem import sync_to_disk
from pos.store.verify import verify

DRAFT = "taking.part"
FAILED = "failed.txt"
LOCAL_SETTINGS = "settings.toml"  # a row of the table setting, in copies only

_NAME = re.compile(r"till-(\d{8}T\d{6})Z-(\d{1,9})-(\d{1,18})\.db")
_TIME = "%Y%m%dT%H%M%S"
_HEAD = "SELECT epoch, seq, hash FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1"
_HASH = "SELECT hash FROM journal WHERE epoch = ? AND seq = ?"
_KEEP_SETTINGS = (
    "INSERT INTO setting (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


class BackupDamaged(StoreUnavailable):
    """A copy does not hold what it must; it is not counted."""


class PlaceAway(StoreUnavailable):
    """The second place for copies is not there: no stick, no share."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the last copy could not be taken: for the till's words, and for a technician."""

    trouble: BackupTrouble
    text: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was read back and found whole when it was taken; `size` is bytes."""

    path: Path
    taken: Taken
    size: int

    @property
    def taken_at_ms(self) -> int:
        return self.taken.taken_at_ms


class Interruption:
    """Lets another thread end a copy that is being taken; it then leaves nothing behind."""

    def __init__(self) -> None:
        self._connection: Any = None

    def watch(self, connection: Any) -> None:
        """Be told which connection copies."""
        self._connection = connection

    def end(self) -> None:
        """End the copy, if it is still being taken."""
        if self._connection is not None:
            with contextlib.suppress(driver.Error):
                self._connection.interrupt()


def last_backup(folder: DataFolder) -> Backup | None:
    """Return the copy that holds most of what this till recorded, None without one."""
    found = backups_in(folder.backups)
    return found[0] if found else None


def backups_in(folder: Path) -> list[Backup]:
    """Return the copies in a folder, the one that holds most first."""
    found = []
    try:
        for path in folder.iterdir():
            taken = _taken(path.name)
            if taken is not None:
                found.append(Backup(path, taken, path.stat().st_size))
    except OSError:
        return []
    return sorted(found, key=lambda backup: backup.taken, reverse=True)


def take_backup(
    folder: DataFolder,
    *,
    key: bytes | None,
    now_ms: int,
    interruption: Interruption | None = None,
) -> Backup:
    """Copy the database of a till, check the copy and only then give it a name that counts.

    Args:
        now_ms: UTC, Unix milliseconds.
        interruption: Ends the copying from another thread.

    Raises:
        DiskFull: There is not enough room beside what the till needs.
        BackupDamaged: What was written cannot be read back as it was.
        StoreUnavailable: It could not be taken.
    """
    with _environment_errors():
        folder.backups.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        draft = folder.backups / DRAFT
        draft.unlink(missing_ok=True)
        _check_room(folder)
        try:
            _copy_database(folder.database, draft, key, interruption or Interruption())
            _add_settings(folder, draft, key)
            taken = _checked(folder.database, draft, key, now_ms)
            sync_to_disk(draft)
            final = folder.backups / _name(taken)
            draft.replace(final)
            sync_to_disk(folder.backups)
        finally:
            draft.unlink(missing_ok=True)
        return Backup(final, taken, final.stat().st_size)


def copy_to(backup: Backup, place: Path, *, till: str) -> Path:
    """Copy a backup to a second place (a stick, a mounted share), and read it back.

    Args:
        till: Whose copy it is; each till has a folder of its own there.

    Raises:
        PlaceAway: It is not there.
        StoreUnavailable: The place is full, or does not give back what it got.
    """
    with _environment_errors():
        if not place.is_dir():
            raise PlaceAway(f"{place} is not there")
        folder = place / till
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        target, draft = folder / backup.path.name, folder / f"{backup.path.name}.part"
        if target.exists() and target.stat().st_size == backup.size:
            return target
        if shutil.disk_usage(place).free < backup.size:
            raise DiskFull(f"{place} has no room for {backup.size} bytes")
        try:
            shutil.copyfile(backup.path, draft)
            sync_to_disk(draft)
            if not _are_equal(backup.path, draft):
                raise BackupDamaged(f"{place} does not give back what was written to it")
            draft.replace(target)
            sync_to_disk(folder)
        finally:
            draft.unlink(missing_ok=True)
        return target


def forget_old(folder: Path) -> int:
    """Delete the copies that need not be kept (`to_keep`); return how many."""
    found = backups_in(folder)
    kept = to_keep(backup.taken for backup in found)
    gone = [backup for backup in found if backup.taken not in kept]
    with _environment_errors():
        for backup in gone:
            backup.path.unlink(missing_ok=True)
    return len(gone)


def note_failure(folder: DataFolder, error: StoreUnavailable | None) -> None:
    """Note why the last copy could not be taken, None: it could."""
    path = folder.backups / FAILED
    with contextlib.suppress(OSError):
        if error is not None:
            path.write_text(f"{_trouble(error).value}\n{error}"[:500], encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def last_failure(folder: DataFolder) -> Failure | None:
    """Return why the last copy could not be taken, None when it could."""
    try:
        code, _, text = (folder.backups / FAILED).read_text(encoding="utf-8").partition("\n")
        return Failure(BackupTrouble(code), text)
    except ValueError:  # not as we wrote it
        return Failure(BackupTrouble.FAILED, "")
    except OSError:
        return None


def check_backup(path: Path, *, key: bytes | None) -> None:
    """Read a copy back: every page, every reference, its numbers, the end of its chain.

    Raises:
        BackupDamaged: Something in it cannot be.
        StoreUnavailable: It cannot be opened at all; the subclass says why.
    """
    found = verify(path, key=key, is_quick=True)
    if found:
        raise BackupDamaged(f"{path}: {found[0].message}")


def _trouble(error: StoreUnavailable) -> BackupTrouble:
    match error:
        case DiskFull():
            return BackupTrouble.NO_ROOM
        case PlaceAway():
            return BackupTrouble.PLACE_AWAY
        case BackupDamaged():
            return BackupTrouble.DAMAGED
        case _:
            return BackupTrouble.FAILED


def _copy_database(
    source: Path, target: Path, key: bytes | None, interruption: Interruption
) -> None:
    target.touch(mode=PRIVATE_FILE, exist_ok=False)
    connection = open_connection(
        source, key=key, mode="rw", pragmas={"busy_timeout": BUSY_TIMEOUT_MS}
    )
    try:
        interruption.watch(connection)
        connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()


def _add_settings(folder: DataFolder, draft: Path, key: bytes | None) -> None:
    """Put this machine's settings into the copy, where its key protects them too."""
    try:
        text = folder.settings.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    connection = open_connection(draft, key=key, mode="rw", pragmas={"synchronous": 2})
    try:
        connection.execute(_KEEP_SETTINGS, (LOCAL_SETTINGS, text))
    finally:
        connection.close()


def _checked(source: Path, draft: Path, key: bytes | None, now_ms: int) -> Taken:
    """Check the copy and that the till knows its last fact; return what the copy holds."""
    check_backup(draft, key=key)
    epoch, seq, digest = _one(draft, key, _HEAD) or (0, 0, None)
    if digest is not None and _one(source, key, _HASH, (epoch, seq)) != (digest,):
        raise BackupDamaged(f"the copy ends with a fact {epoch}/{seq} the till does not know")
    return Taken(epoch, seq, now_ms // 1000 * 1000)


def _one(path: Path, key: bytes | None, query: str, parameters: tuple[int, ...] = ()) -> Any:
    connection = open_connection(path, key=key, mode="rw", pragmas={"query_only": 1})
    try:
        return connection.execute(query, parameters).fetchone()
    finally:
        connection.close()


def _check_room(folder: DataFolder) -> None:
    wal = folder.database.with_name(f"{folder.database.name}-wal")
    size = sum(path.stat().st_size for path in (folder.database, wal) if path.exists())
    free = shutil.disk_usage(folder.root).free
    if free < size + LEAST_FREE_BYTES:
        raise DiskFull(f"{free} bytes free, a copy needs {size} beside what the till needs")


def _name(taken: Taken) -> str:
    at = datetime.datetime.fromtimestamp(taken.taken_at_ms / 1000, datetime.UTC)
    return f"till-{at:{_TIME}}Z-{taken.epoch}-{taken.seq}.db"


def _taken(name: str) -> Taken | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        at = datetime.datetime.strptime(found[1], _TIME).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return Taken(int(found[2]), int(found[3]), int(at.timestamp()) * 1000)


def _are_equal(first: Path, second: Path) -> bool:
    with first.open("rb") as one, second.open("rb") as other:
        while block := one.read(1 << 20):
            if block != other.read(len(block)):
                return False
        return not other.read(1)


@contextmanager
def _environment_errors() -> Iterator[None]:
    try:
        yield
    except driver.Error as error:
        raise as_unavailable(error) or StoreUnavailable(str(error)) from error
    except OSError as error:
        raise StoreUnavailable(str(error)) from error

"""Takes copies of the till at night and every so many sales, in a thread that gives way."""

from __future__ import annotations

import contextlib
import datetime
import logging
import os
import threading
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.readiness import BackupTrouble
from pos.store.backup import (
    Interruption,
    copy_to,
    forget_old,
    last_backup,
    last_failure,
    note_failure,
    take_backup,
)
from pos.store.backup_plan import Standing, is_due
from pos.store.backup_standing import Recorded, read_recorded
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine
from pos.store.epoch_marker import note_epoch
from pos.store.photos import forget_photos
from sync.agent.ports import Clock

LOOK_EVERY_MS = 30_000
AGAIN_AFTER_MS = 10 * 60_000
LAST_IN_LINE = 19  # nice value: selling and sending come first
ENDS_WITHIN_S = 10

log = logging.getLogger("sync.agent")


class Backups:
    """Copies of one till. A copy that fails is told and tried again; nothing else suffers."""

    def __init__(
        self, folder: DataFolder, clock: Clock, *, key: bytes | None, second: Path | None = None
    ) -> None:
        """Take the folder of a till.

        Args:
            second: Where every copy is copied to as well (a stick, a mounted share).
        """
        self._folder = folder
        self._clock = clock
        self._key = key
        self._second = second
        self._reader = make_engine(folder.database, key=key, read_only=True)
        self._look_at_ms = clock.monotonic_ms()
        self._till = ""
        self._head = (0, 0)
        self._head_since_ms = clock.monotonic_ms()
        self._thread: threading.Thread | None = None
        self._interruption = Interruption()
        self._is_ending = False
        failure = last_failure(folder)
        self.trouble = failure.trouble if failure else BackupTrouble.NONE

    def step(self) -> None:
        """Begin a copy when one is due; returns at once."""
        now_ms = self._clock.monotonic_ms()
        if now_ms < self._look_at_ms or self.is_taking:
            return
        self._look_at_ms = now_ms + LOOK_EVERY_MS
        try:
            if self._is_due(now_ms):
                self._begin()
        except (StoreUnavailable, OutcomeOfCommitUnknown) as error:
            log.error("backups not looked at", extra={"reason": str(error)})

    @property
    def is_taking(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the copy that is being taken."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """End; a copy that is being taken is left, and leaves nothing behind."""
        self._is_ending = True
        if self._thread is not None and self._thread.is_alive():
            self._interruption.end()
            self._thread.join(ENDS_WITHIN_S)
        self._reader.dispose()

    def _is_due(self, now_ms: int) -> bool:
        last = last_backup(self._folder)
        recorded = read_recorded(self._reader, last.taken if last else None)
        note_epoch(self._folder, recorded.identity_epoch)
        self._till = recorded.till
        head = (recorded.epoch, recorded.seq)
        if head != self._head:
            self._head, self._head_since_ms = head, now_ms
        standing = Standing(
            now_ms=self._clock.now_ms(),
            epoch=recorded.epoch,
            seq=recorded.seq,
            first_fact_ms=recorded.first_fact_ms,
            quiet_ms=now_ms - self._head_since_ms,
            sales_since=recorded.sales_since,
        )
        taken = last.taken if last else None
        return is_due(standing, taken, _zone(recorded), recorded.every_sales)

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._take, name="backup", daemon=True)
        self._thread.start()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LAST_IN_LINE)
        try:
            forget_old(self._folder.backups)  # a full disk gets room for the next one
            self._forget_photos()  # a copy holds none that is kept no longer
            taken = take_backup(
                self._folder,
                key=self._key,
                now_ms=self._clock.now_ms(),
                interruption=self._interruption,
            )
            log.info("backup taken", extra={"file": taken.path.name, "bytes": taken.size})
            forget_old(self._folder.backups)  # also while the second place is away
            if self._second is not None:
                second = copy_to(taken, self._second, till=self._till)
                forget_old(second.parent)
            self._note(None)
        except StoreUnavailable as error:
            if self._is_ending:
                return
            self._look_at_ms = self._clock.monotonic_ms() + AGAIN_AFTER_MS
            log.error("backup failed", extra={"reason": str(error)})
            self._note(error)

    def _forget_photos(self) -> None:
        try:
            forget_photos(self._folder, key=self._key, now_ms=self._clock.now_ms())
        except (StoreUnavailable, OutcomeOfCommitUnknown) as error:
            log.error("old photos not deleted", extra={"reason": str(error)})

    def _note(self, error: StoreUnavailable | None) -> None:
        note_failure(self._folder, error)
        failure = last_failure(self._folder) if error else None
        self.trouble = failure.trouble if failure else BackupTrouble.NONE


def second_place(table: object) -> Path | None:
    """Return the folder that ``[backup] folder`` in the settings names, None for none."""
    folder = table.get("folder") if isinstance(table, dict) else None
    return Path(folder) if isinstance(folder, str) and folder else None


def _zone(recorded: Recorded) -> datetime.tzinfo:
    try:
        return ZoneInfo(recorded.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.UTC

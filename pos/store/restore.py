"""Sets a till up from a copy, beside the folder it will become; put in place in one step."""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from pos.domain.errors import StoreUnavailable
from pos.store.backup import LOCAL_SETTINGS, backups_in, check_backup
from pos.store.data_folder import PRIVATE_FILE, DataFolder, FolderLock, FolderRole
from pos.store.engine import make_engine, transaction
from pos.store.epoch_marker import note_epoch, noted_epoch
from pos.store.epochs import RESTORED, begin_epoch
from pos.store.filesystem import sync_to_disk
from pos.store.keys import store_key
from pos.store.migrate import migrate
from pos.store.statements import Statements
from pos.store.till_store import NotATill

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fs.h; glibc has renameat2 since 2.28
_FORGET = (
    # What the hub said of the till then; it says it again if it is still so.
    "DELETE FROM notice",
    # Paper that waited then was printed since or is not wanted any more.
    "UPDATE print_job SET state = 'confirmed' WHERE state <> 'confirmed'",
    # The hub tells orders, promotions and customers anew, as they are now: who asked to be
    # forgotten since is not in the whole list, and so not kept.
    "DELETE FROM sync_cursor WHERE stream IN ('orders', 'promotions', 'customers')",
)


class FolderNotEmpty(StoreUnavailable):
    """Something is in the folder already; it is not replaced unless that is asked for."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: which till, up to which fact, and its machine's settings.toml."""

    till: str
    epoch: int
    seq: int
    last_number: str
    sales: int
    settings: str


class Restoration:
    """A till being set up in a folder of its own beside `target`."""

    def __init__(self, target: DataFolder, key: bytes) -> None:
        self.target = target
        self.key = key
        self.draft = DataFolder(target.root.with_name(f".{target.root.name}.restoring"))

    def copy(self, backup: Path) -> Copied:
        """Begin anew with a copy of the till, brought to the present schema and checked.

        Raises:
            BackupDamaged: The copy is not what it was when it was taken.
            StoreUnavailable: It cannot be read or written; the subclass says why.
        """
        try:
            shutil.rmtree(self.draft.root, ignore_errors=True)
            self.draft.create()
            shutil.copyfile(backup, self.draft.database)
            self.draft.database.chmod(PRIVATE_FILE)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        with self._writing() as engine:
            migrate(engine)
            shutil.rmtree(self.draft.backups, ignore_errors=True)
        check_backup(self.draft.database, key=self.key)
        with self.writing() as sql:
            copied = _described(sql)
            sql.run("DELETE FROM setting WHERE key = ?", (LOCAL_SETTINGS,))
            for statement in _FORGET:
                sql.run(statement)
        return copied

    @contextmanager
    def writing(self) -> Iterator[Statements]:
        """Open a transaction on the till that is being set up."""
        with self._writing() as engine, transaction(engine) as connection:
            yield Statements(connection)

    def begin(self, epoch: int, now_ms: int) -> None:
        """Begin the epoch in which the till goes on.

        Raises:
            EpochTooLow: The till has been in it.
        """
        with self.writing() as sql:
            begin_epoch(sql, epoch, RESTORED, now_ms)
        note_epoch(self.draft, epoch)

    def finish(self, *, replaces: bool, key_name: str) -> Path | None:
        """Put the till in its place; return where the folder lies that was there before.

        Args:
            replaces: What is there is set aside.
            key_name: A name by chance under which a keyring keeps the key.

        Raises:
            FolderInUse: The folder in its place is open.
            FolderNotEmpty: It is not empty, and `replaces` is False.
            StoreUnavailable: It cannot be put in place.
        """
        try:
            store_key(self.draft, self.key, name=key_name)
            _sync_all(self.draft.root)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        with held(self.target, replaces=replaces):
            try:
                return _put_in_place(self.draft.root, self.target.root)
            except OSError as error:
                raise StoreUnavailable(str(error)) from error

    def give_up(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.draft.root, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[Engine]:
        engine = make_engine(self.draft.database, key=self.key)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def held(folder: DataFolder, *, replaces: bool) -> Iterator[None]:
    """Hold a folder that is to be set up, so that no till or agent opens it meanwhile.

    Raises:
        FolderInUse: A till or an agent has it open.
        FolderNotEmpty: There is something in it, and `replaces` is False.
    """
    locks: list[FolderLock] = []
    try:
        if folder.root.exists():
            is_empty = not any(folder.root.iterdir())
            if not is_empty and not replaces:
                raise FolderNotEmpty(f"{folder.root} is not empty; --replace sets it aside")
            if not is_empty and not folder.settings.exists() and not folder.database.exists():
                raise FolderNotEmpty(f"{folder.root} is not the folder of a till")
            if not is_empty:
                locks.extend(folder.lock(role) for role in FolderRole)
        yield
    except OSError as error:
        raise StoreUnavailable(str(error)) from error
    finally:
        for lock in locks:
            lock.release()


def highest_known_epoch(backup: Path, other: DataFolder) -> int:
    """Return the highest epoch that copies beside `backup` and the notes of folders tell of."""
    home = DataFolder(backup.parent.parent)
    epochs = [each.taken.epoch for each in backups_in(backup.parent)]
    return max([noted_epoch(home), noted_epoch(other), *epochs], default=0)


def _described(sql: Statements) -> Copied:
    identity = sql.one("SELECT till, epoch FROM till_identity")
    if identity is None:
        raise NotATill("the copy does not say which till it is of")
    last = sql.one("SELECT number FROM sale ORDER BY sale_key DESC LIMIT 1")
    seq = sql.one("SELECT max(seq) FROM journal WHERE epoch = ?", (identity[1],))
    ((sales,),) = sql.rows("SELECT count(*) FROM sale")
    settings = sql.one("SELECT value FROM setting WHERE key = ?", (LOCAL_SETTINGS,))
    return Copied(
        till=identity[0],
        epoch=identity[1],
        seq=(seq[0] if seq else None) or 0,
        last_number=last[0] if last else "",
        sales=sales,
        settings=settings[0] if settings else "",
    )


def _put_in_place(draft: Path, target: Path) -> Path | None:
    """Give `draft` the name of `target`; what had it gets the next free ``….before-N``."""
    if not target.exists() or not any(target.iterdir()):
        draft.replace(target)
        sync_to_disk(target.parent)
        return None
    # Never is the old folder under the name of a draft, which the next restore would delete.
    aside = _free_name(target)
    draft.replace(aside)
    if not _exchanged(aside, target):
        made, aside = aside, _free_name(target)
        target.replace(aside)
        made.replace(target)
    sync_to_disk(target.parent)
    return aside


def _free_name(target: Path) -> Path:
    numbers = itertools.count(1)
    names = (target.with_name(f"{target.name}.before-{number}") for number in numbers)
    return next(path for path in names if not path.exists())


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two folders at once, so that a power cut finds one of them in place."""
    libc = ctypes.CDLL(None, use_errno=True)
    renameat2 = getattr(libc, "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return int(done) == 0


def _sync_all(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        sync_to_disk(path)

"""A copy of the till: whole, encrypted, read back, and never in the way of selling."""

from __future__ import annotations

import random
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pos.domain.errors import StoreUnavailable
from pos.domain.readiness import BackupTrouble
from pos.store.backup import (
    BackupDamaged,
    Failure,
    Interruption,
    backups_in,
    check_backup,
    copy_to,
    forget_old,
    last_backup,
    last_failure,
    note_failure,
    take_backup,
)
from pos.store.backup_plan import Taken
from pos.store.data_folder import DataFolder
from pos.store.engine import DiskFull, WrongKey
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.architecture.sources import ROOT
from tests.builders import KEY, MORNING_MS, record, till_store

PAGE_BYTES = 4096


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a till's folder after three sales."""
    made = DataFolder(tmp_path / "till")
    made.create()
    store = till_store(made.root)
    with store.transaction() as records:
        for _ in range(3):
            record(records)
    store.close()
    return made


def taken(folder: DataFolder, now_ms: int = MORNING_MS) -> Path:
    return take_backup(folder, key=KEY, now_ms=now_ms).path


def test_a_copy_holds_the_same_sales_and_is_as_secret(folder: DataFolder) -> None:
    backup = take_backup(folder, key=KEY, now_ms=MORNING_MS)

    assert backup.path.name == "till-20260921T141320Z-1-3.db"
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert b"sale.completed" not in backup.path.read_bytes()
    assert verify(backup.path, key=KEY) == []
    store = TillStore(backup.path, key=KEY)
    with store.reading() as records:
        assert len(records.sales.recent(10)) == 3
    store.close()


def test_a_copy_is_taken_while_the_till_writes(folder: DataFolder) -> None:
    store = TillStore(folder.database, key=KEY)

    with store.transaction() as records:
        record(records)
        backup = take_backup(folder, key=KEY, now_ms=MORNING_MS)
    store.close()

    assert backup.taken == Taken(1, 3, MORNING_MS)  # the fourth was not committed yet


def test_the_last_copy_is_the_one_that_holds_most(folder: DataFolder) -> None:
    assert last_backup(folder) is None

    first = taken(folder, MORNING_MS + 10**9)
    store = TillStore(folder.database, key=KEY)
    with store.transaction() as records:
        record(records)
    store.close()
    second = taken(folder, MORNING_MS)  # the clock was set back meanwhile

    last = last_backup(folder)
    assert last is not None
    assert (last.path, last.taken_at_ms) == (second, MORNING_MS)
    assert [backup.path for backup in backups_in(folder.backups)] == [second, first]


def test_this_machines_settings_are_in_the_copy_and_only_there(folder: DataFolder) -> None:
    folder.settings.write_text('shop = "FUEN"\n', encoding="utf-8")

    path = taken(folder)

    for database, expected in ((path, 1), (folder.database, 0)):
        store = TillStore(database, key=KEY)
        with store.reading() as records:
            found = records.journal._sql.rows("SELECT 1 FROM setting WHERE key = 'settings.toml'")
        store.close()
        assert len(found) == expected


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_copy_is_refused_or_the_damage_is_harmless(
    folder: DataFolder, seed: int
) -> None:
    path = taken(folder)
    content = bytearray(path.read_bytes())
    content[random.Random(seed).randrange(PAGE_BYTES, len(content))] ^= 0x40
    path.write_bytes(content)

    with pytest.raises(StoreUnavailable):
        check_backup(path, key=KEY)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_copy_cut_short_is_refused(folder: DataFolder, part: float) -> None:
    path = taken(folder)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])

    with pytest.raises(StoreUnavailable):
        check_backup(path, key=KEY)


def test_a_copy_does_not_open_with_another_key(folder: DataFolder) -> None:
    with pytest.raises(WrongKey):
        check_backup(taken(folder), key=bytes(32))


def test_a_till_that_does_not_add_up_gives_no_copy_that_counts(folder: DataFolder) -> None:
    store = TillStore(folder.database, key=KEY)
    with store.transaction() as records:
        records.journal._sql.run("UPDATE number_series SET last = 1")
    store.close()

    with pytest.raises(BackupDamaged):
        taken(folder)

    assert list(folder.backups.iterdir()) == []


def test_without_room_nothing_is_begun(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.backup.LEAST_FREE_BYTES", 1 << 60)

    with pytest.raises(DiskFull):
        taken(folder)

    assert backups_in(folder.backups) == []


def test_a_failure_is_told_until_a_copy_succeeds(folder: DataFolder) -> None:
    taken(folder)
    note_failure(folder, DiskFull("9 bytes free"))
    assert last_failure(folder) == Failure(BackupTrouble.NO_ROOM, "9 bytes free")

    note_failure(folder, None)

    assert last_failure(folder) is None


def test_a_note_of_a_failure_that_was_tampered_with_is_still_a_failure(folder: DataFolder) -> None:
    taken(folder)
    (folder.backups / "failed.txt").write_bytes(b"\xff\xfe")

    assert last_failure(folder) == Failure(BackupTrouble.FAILED, "")


TAKE = """
import resource, signal, sys
from pathlib import Path
from typing import Any
from pos.domain.errors import StoreUnavailable
from pos.store.backup import take_backup
from pos.store.data_folder import DataFolder
from tests.builders import KEY, MORNING_MS
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if int(sys.argv[2]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
print("ready", flush=True)
while True:
    try:
        print(take_backup(DataFolder(Path(sys.argv[1])), key=KEY, now_ms=MORNING_MS).path.name)
    except StoreUnavailable as error:
        print(type(error).__name__)
        break
"""


@pytest.mark.parametrize("room", [1, 4096, 100_000])
def test_a_disk_that_fills_up_while_copying_leaves_no_copy_and_the_till_as_it_was(
    folder: DataFolder, room: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TAKE, str(folder.root), str(room)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert done.stdout.split()[1] in {"DiskFull", "StoreUnavailable"}
    assert list(folder.backups.iterdir()) == []
    assert verify(folder.database, key=KEY) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_copy_that_counts_is_whole_however_the_copying_was_killed(
    folder: DataFolder, seed: int
) -> None:
    dice = random.Random(seed)
    taker = subprocess.Popen(
        [sys.executable, "-c", TAKE, str(folder.root), "0"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert taker.stdout is not None
    for _ in range(dice.randint(1, 3)):
        taker.stdout.readline()
    for _ in range(dice.randint(0, 3_000_000)):  # so that the kill falls anywhere
        pass
    taker.send_signal(signal.SIGKILL)
    taker.stdout.close()
    taker.wait()

    for backup in backups_in(folder.backups):
        assert verify(backup.path, key=KEY) == []
    assert verify(folder.database, key=KEY) == []
    assert verify(taken(folder, MORNING_MS + 5_000), key=KEY) == []
    assert not (folder.backups / "taking.part").exists()


def test_a_copy_that_is_ended_leaves_nothing(folder: DataFolder) -> None:
    class EndsAtOnce(Interruption):
        def watch(self, connection: Any) -> None:
            connection.set_progress_handler(lambda: 1, 1)

    with pytest.raises(StoreUnavailable):
        take_backup(folder, key=KEY, now_ms=MORNING_MS, interruption=EndsAtOnce())

    assert list(folder.backups.iterdir()) == []


# -- the second place


def test_a_stick_gets_the_same_copy_once(folder: DataFolder, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup = take_backup(folder, key=KEY, now_ms=MORNING_MS)

    first, again = (copy_to(backup, stick, till="FUEN-2") for _ in range(2))

    assert first == again == stick / "FUEN-2" / backup.path.name
    assert first.read_bytes() == backup.path.read_bytes()
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_a_stick_that_is_not_there_is_said(folder: DataFolder, tmp_path: Path) -> None:
    backup = take_backup(folder, key=KEY, now_ms=MORNING_MS)

    with pytest.raises(StoreUnavailable, match="not there"):
        copy_to(backup, tmp_path / "stick", till="FUEN-2")


def test_only_copies_are_ever_deleted(folder: DataFolder) -> None:
    folder.backups.mkdir()
    for day in range(1, 31):
        (folder.backups / f"till-202611{day:02d}T030000Z-1-{day}.db").touch()
    others = ["before-0001.db", "photo.jpg", "till-2026-1-1.db", "till-20261399T030000Z-1-1.db"]
    for name in others:
        (folder.backups / name).touch()

    assert forget_old(folder.backups) == 16

    assert {path.name for path in folder.backups.iterdir()} >= set(others)
    assert len(backups_in(folder.backups)) == 14

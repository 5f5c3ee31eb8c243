"""The doctor tells of copies that are missing, old or failing, and of a folder that was copied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pos.commands.examining_copies import OLDEST_HOURS, examine_copies
from pos.commands.finding import Mark
from pos.store.backup import note_failure, take_backup
from pos.store.data_folder import DataFolder
from pos.store.engine import DiskFull
from pos.store.epoch_marker import note_epoch
from tests.builders import KEY, MORNING_MS, record, till_store

MORNING = datetime.fromtimestamp(MORNING_MS / 1000, UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path)
    store = till_store(tmp_path)
    with store.transaction() as records:
        record(records)
    store.close()
    return made


def said(folder: DataFolder, now: datetime = MORNING) -> list[tuple[str, Mark]]:
    return [(found.subject, found.grade) for found in examine_copies(folder, now)]


def test_a_till_without_a_copy_is_told_how_to_take_one(folder: DataFolder) -> None:
    (found,) = examine_copies(folder, MORNING)

    assert (found.grade, "mostrador backup --data" in found.mend) == (Mark.NOTE, True)


def test_a_copy_is_good_until_it_is_old(folder: DataFolder) -> None:
    take_backup(folder, key=KEY, now_ms=MORNING_MS)

    assert said(folder) == [("backup", Mark.GOOD)]
    assert said(folder, MORNING + timedelta(hours=OLDEST_HOURS, minutes=1)) == [
        ("backup", Mark.NOTE)
    ]


def test_a_copy_that_failed_is_told_beside_the_one_there_is(folder: DataFolder) -> None:
    take_backup(folder, key=KEY, now_ms=MORNING_MS)
    note_failure(folder, DiskFull("no room"))

    assert said(folder) == [("backup", Mark.NOTE), ("backup", Mark.GOOD)]


def test_a_copied_folder_is_told(folder: DataFolder) -> None:
    note_epoch(folder, 1)
    folder.place_marker.write_text(f"1 {'0' * 64}\n", encoding="ascii")

    assert ("place", Mark.NOTE) in said(folder)

"""A folder that was copied to another place is noticed, and one that stayed is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos.domain.standing import NoticeName
from pos.store.data_folder import DataFolder
from pos.store.outbox import AgentStore
from pos.store.place import ALONE_MS, Place, look_at_place, mark_place, watch_place
from pos.store.till_store import TillStore
from tests.builders import KEY, till_store


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    path = tmp_path / "machine-id"
    path.write_text("0123\n", encoding="ascii")
    return path


@pytest.fixture
def folder(tmp_path: Path, machine: Path) -> DataFolder:
    """Return a folder whose place was noted in epoch 1."""
    made = DataFolder(tmp_path / "till")
    made.create()
    mark_place(made, 1, machine)
    return made


def test_a_folder_that_stayed_is_in_its_place(folder: DataFolder, machine: Path) -> None:
    assert look_at_place(folder, 1, machine) is Place.SAME


def test_a_folder_that_got_another_name_is_the_same(folder: DataFolder, machine: Path) -> None:
    moved = DataFolder(folder.root.rename(folder.root.with_name("caja")))

    assert look_at_place(moved, 1, machine) is Place.SAME


def test_a_copy_beside_it_is_another(folder: DataFolder, machine: Path) -> None:
    copy = DataFolder(Path(shutil.copytree(folder.root, folder.root.with_name("copy"))))

    assert look_at_place(copy, 1, machine) is Place.OTHER


def test_a_copy_on_another_machine_is_another(folder: DataFolder, machine: Path) -> None:
    machine.write_text("4567\n", encoding="ascii")

    assert look_at_place(folder, 1, machine) is Place.OTHER


def test_a_copy_that_began_an_epoch_of_its_own_may_stay(folder: DataFolder, machine: Path) -> None:
    machine.write_text("4567\n", encoding="ascii")

    assert look_at_place(folder, 2, machine) is Place.UNKNOWN


@pytest.mark.parametrize("text", ["", "x", "x y", "1", "1 2 3", "ñ ñ"])
def test_a_marker_that_says_nothing_accuses_nobody(
    folder: DataFolder, machine: Path, text: str
) -> None:
    folder.place_marker.write_text(text, encoding="utf-8")

    assert look_at_place(folder, 1, machine) is Place.UNKNOWN


def test_a_machine_without_a_name_has_places_too(folder: DataFolder, tmp_path: Path) -> None:
    nameless = tmp_path / "not-there"
    mark_place(folder, 1, nameless)

    assert look_at_place(folder, 1, nameless) is Place.SAME


def notices(folder: DataFolder) -> list[NoticeName]:
    store = TillStore(folder.database, key=KEY)
    with store.reading() as records:
        found = [notice.name for notice in records.standing.notices()]
    store.close()
    return found


def hub_spoke(folder: DataFolder, now_ms: int, notices: dict[str, int]) -> None:
    agent = AgentStore(folder.database, key=KEY)
    agent.apply_notices(notices)
    agent.note_pulled(now_ms)
    agent.close()


@pytest.mark.parametrize(
    ("heard_for_ms", "notices_of_hub", "kept"),
    [
        (ALONE_MS, {}, []),
        (ALONE_MS - 1, {}, [NoticeName.COPIED]),
        (ALONE_MS, {"cloned": 5}, [NoticeName.COPIED, NoticeName.CLONED]),
    ],
)
def test_a_moved_till_says_so_until_the_hub_heard_of_no_other_for_a_week(
    folder: DataFolder,
    machine: Path,
    heard_for_ms: int,
    notices_of_hub: dict[str, int],
    kept: list[NoticeName],
) -> None:
    till_store(folder.root).close()
    machine.write_text("4567\n", encoding="ascii")
    watch_place(folder, key=KEY, now_ms=2, machine_id=machine)
    hub_spoke(folder, 2 + heard_for_ms, notices_of_hub)

    watch_place(folder, key=KEY, now_ms=2 * ALONE_MS, machine_id=machine)

    assert notices(folder) == kept
    place = Place.OTHER if kept else Place.SAME
    assert look_at_place(folder, 1, machine) is place


def test_a_moved_till_that_does_not_see_the_hub_goes_on_saying_so(
    folder: DataFolder, machine: Path
) -> None:
    till_store(folder.root).close()
    machine.write_text("4567\n", encoding="ascii")

    for now_ms in (2, 2 * ALONE_MS):
        watch_place(folder, key=KEY, now_ms=now_ms, machine_id=machine)

    assert notices(folder) == [NoticeName.COPIED]


def test_a_copied_till_says_so_until_it_goes_on_in_an_epoch_of_its_own(
    folder: DataFolder, machine: Path
) -> None:
    till_store(folder.root).close()
    assert watch_place(folder, key=KEY, now_ms=1, machine_id=machine) is Place.SAME
    copy = DataFolder(Path(shutil.copytree(folder.root, folder.root.with_name("copy"))))

    for now_ms in (2, 3):
        assert watch_place(copy, key=KEY, now_ms=now_ms, machine_id=machine) is Place.OTHER
    assert notices(copy) == [NoticeName.COPIED]
    agent = AgentStore(copy.database, key=KEY)
    agent.begin_epoch(2, "copied", 4)
    agent.close()
    watch_place(copy, key=KEY, now_ms=5, machine_id=machine)

    assert NoticeName.COPIED not in notices(copy)
    assert watch_place(copy, key=KEY, now_ms=6, machine_id=machine) is Place.SAME
    assert notices(folder) == []

"""The agent copies its till: in its own time, never in the way, and loud when it cannot."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos.domain.quantity import THOUSAND
from pos.domain.readiness import BackupTrouble
from pos.domain.return_photo import PhotoPlace, ReturnPhoto
from pos.domain.return_purchase import purchase_of_sale
from pos.store.backup import backups_in, last_backup, last_failure
from pos.store.backup_plan import EVERY_SALES, LAST_KEPT, QUIET_MS
from pos.store.data_folder import DataFolder
from pos.store.epoch_marker import noted_epoch
from pos.store.outbox import AgentStore
from pos.store.photos import DAY_MS
from pos.store.till_store import TillStore
from pos.store.verify import verify
from sync.agent.backups import AGAIN_AFTER_MS, LOOK_EVERY_MS, Backups
from tests.builders import KEY, record, till_store
from tests.return_builders import take_back

MADRID = ZoneInfo("Europe/Madrid")
EVENING = datetime.datetime(2026, 11, 22, 21, 30, tzinfo=MADRID)
NIGHT = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=MADRID)


class Clock:
    """Both clocks, moved by the test."""

    def __init__(self) -> None:
        self.at = EVENING
        self.ms = 0

    def now_ms(self) -> int:
        return int(self.at.timestamp() * 1000)

    def monotonic_ms(self) -> int:
        return self.ms

    def pass_ms(self, ms: int) -> None:
        self.ms += ms
        self.at += datetime.timedelta(milliseconds=ms)


class Shop:
    """A till that sells, and the part of its agent that copies it."""

    def __init__(self, root: Path, second: Path | None) -> None:
        self.folder = DataFolder(root)
        self.folder.create()
        self.store = till_store(root)
        agent = AgentStore(self.folder.database, key=KEY)
        agent.apply_settings({"shop": {"time_zone": "Europe/Madrid"}}, 1)
        agent.close()
        self.clock = Clock()
        self.backups = Backups(self.folder, self.clock, key=KEY, second=second)

    def sell(self, times: int = 1) -> None:
        with self.store.transaction() as records:
            for _ in range(times):
                record(records)

    def look(self, ms: int = LOOK_EVERY_MS) -> int:
        """Let time pass and the agent look; return how many copies there are."""
        self.clock.pass_ms(ms)
        self.backups.step()
        self.backups.wait()
        return len(backups_in(self.folder.backups))

    def close(self) -> None:
        self.backups.close()
        self.store.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def shop(tmp_path: Path, stick: Path) -> Iterator[Shop]:
    made = Shop(tmp_path / "till", stick)
    yield made
    made.close()


def test_a_till_is_copied_after_so_many_sales_and_then_not_again(shop: Shop, stick: Path) -> None:
    shop.sell(EVERY_SALES - 1)
    assert shop.look() == 0

    shop.sell()

    assert [shop.look(), shop.look()] == [1, 1]
    assert [path.name for path in (stick / "FUEN-2").iterdir()] == [
        backup.path.name for backup in backups_in(shop.folder.backups)
    ]


def test_the_shop_says_how_many_sales(shop: Shop) -> None:
    agent = AgentStore(shop.folder.database, key=KEY)
    agent.apply_settings({"backup_every_sales": 2}, 2)
    agent.close()
    shop.sell(2)

    assert shop.look() == 1


def test_a_return_weighs_as_much_as_a_sale(shop: Shop) -> None:
    agent = AgentStore(shop.folder.database, key=KEY)
    agent.apply_settings({"backup_every_sales": 2}, 2)
    agent.close()

    for copies in (1, 2):
        with shop.store.transaction() as records:
            take_back(records, purchase_of_sale(record(records)), (1, THOUSAND))

        assert shop.look() == copies


def test_a_till_is_copied_at_three_at_night_of_its_shop_when_it_is_quiet(shop: Shop) -> None:
    shop.sell()
    assert shop.look() == 0

    # what was sold says when, and these sales say September: the night has long been
    assert shop.look(QUIET_MS) == 1
    shop.sell()
    assert [shop.look(), shop.look(QUIET_MS)] == [1, 1]
    shop.clock.at = NIGHT

    assert shop.look() == 2


def test_a_copy_is_taken_beside_an_open_transaction(shop: Shop) -> None:
    shop.sell(EVERY_SALES)

    with shop.store.transaction() as records:
        record(records)
        assert shop.look() == 1

    last = last_backup(shop.folder)
    assert last is not None
    assert last.taken.seq == EVERY_SALES
    assert verify(shop.folder.database, key=KEY) == []


def test_a_copy_that_fails_is_told_and_tried_again_later(shop: Shop) -> None:
    shop.folder.backups.mkdir()
    (shop.folder.backups / "taking.part").mkdir()
    shop.sell(EVERY_SALES)

    assert shop.look() == 0
    assert shop.backups.trouble.value == BackupTrouble.FAILED.value
    (shop.folder.backups / "taking.part").rmdir()
    assert shop.look() == 0
    assert shop.look(AGAIN_AFTER_MS) == 1
    assert last_failure(shop.folder) is None
    assert shop.backups.trouble.value == BackupTrouble.NONE.value


def test_without_the_stick_the_copy_at_home_still_counts(shop: Shop, stick: Path) -> None:
    stick.rmdir()
    shop.sell(EVERY_SALES)

    assert shop.look() == 1
    assert shop.backups.trouble is BackupTrouble.PLACE_AWAY


def test_without_the_stick_the_copies_at_home_are_thinned_out_all_the_same(
    shop: Shop, stick: Path
) -> None:
    stick.rmdir()

    for _ in range(LAST_KEPT + 2):
        shop.sell(EVERY_SALES)
        shop.look(AGAIN_AFTER_MS)

    assert shop.backups.trouble is BackupTrouble.PLACE_AWAY
    kept = backups_in(shop.folder.backups)
    assert [copy.taken.seq // EVERY_SALES for copy in kept] == [5, 4, 3]


def test_copies_no_longer_needed_make_room_before_the_next_is_taken(shop: Shop) -> None:
    shop.folder.backups.mkdir()
    for seq in range(1, 10):
        (shop.folder.backups / f"till-20261122T19000{seq}Z-1-{seq}.db").touch()
    (shop.folder.backups / "taking.part").mkdir()
    shop.sell(EVERY_SALES + 9)

    assert shop.look() == LAST_KEPT
    assert shop.backups.trouble.value == BackupTrouble.FAILED.value


def test_an_agent_that_begins_knows_that_the_last_copy_failed(shop: Shop, stick: Path) -> None:
    stick.rmdir()
    shop.sell(EVERY_SALES)
    shop.look()

    with closing(Backups(shop.folder, shop.clock, key=KEY)) as next_one:
        assert next_one.trouble is BackupTrouble.PLACE_AWAY


def test_the_epoch_is_noted_beside_the_database(shop: Shop) -> None:
    shop.look()

    assert noted_epoch(shop.folder) == 1


def test_an_agent_that_ends_while_copying_leaves_a_till_that_opens(shop: Shop) -> None:
    shop.sell(EVERY_SALES)
    shop.clock.pass_ms(LOOK_EVERY_MS)

    shop.backups.step()
    shop.backups.close()

    assert not shop.backups.is_taking
    for backup in backups_in(shop.folder.backups):
        assert verify(backup.path, key=KEY) == []
    TillStore(shop.folder.database, key=KEY).close()


def test_a_copy_holds_the_photos_of_what_came_back_but_none_that_is_too_old(shop: Shop) -> None:
    agent = AgentStore(shop.folder.database, key=KEY)
    agent.apply_settings({"backup_every_sales": 2}, 2)
    agent.close()
    now_ms = shop.clock.now_ms()
    with shop.store.transaction() as records:
        back = take_back(records, purchase_of_sale(record(records)), (1, THOUSAND))
        for days in (1, 181):
            place = PhotoPlace(f"{days} days old", 1, now_ms - days * DAY_MS)
            records.photos.add(ReturnPhoto(place, back.return_id, b"a picture"))

    assert shop.look() == 1

    taken = last_backup(shop.folder)
    assert taken is not None
    for path in (taken.path, shop.folder.database):
        with closing(TillStore(path, key=KEY)) as store, store.reading() as records:
            (left,) = records.photos.of_return(back.return_id)
            assert left.photo_id == "1 days old"

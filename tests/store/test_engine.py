"""How a database file is opened, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.errors import StoreUnavailable
from pos.store.engine import (
    CHECKPOINT_PAGES,
    WRITER_PRAGMAS,
    NotADatabase,
    PragmaRefused,
    SqliteTooOld,
    StoreBusy,
    WrongKey,
    check_version,
    make_engine,
    open_connection,
    transaction,
)
from pos.store.filesystem import filesystem_type, is_unsafe
from pos.store.outbox import AgentStore
from tests.architecture.sources import ROOT
from tests.builders import KEY, basket, record, till_store

WAL_FRAME_BYTES = 24 + 4096
MOUNTS = """\
22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /srv/shop rw - nfs4 server:/shop rw
41 22 0:36 / /home/ana/My\\040Drive rw - fuse.rclone drive rw
42 22 0:37 / /media/usb rw - fuseblk /dev/sdb1 rw
"""
PROCESSES = 3
ADDITIONS = 300
ADD_MANY = """
import sys
from pathlib import Path
from pos.store.engine import make_engine, transaction
from tests.builders import KEY

engine = make_engine(Path(sys.argv[1]), key=KEY)
for _ in range(int(sys.argv[2])):
    with transaction(engine) as connection:
        (value,) = connection.exec_driver_sql("SELECT value FROM counter").one()
        connection.exec_driver_sql("UPDATE counter SET value = ?", (value + 1,))
"""


def make_counter(path: Path) -> None:
    engine = make_engine(path, key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE counter (value INTEGER)")
        connection.exec_driver_sql("INSERT INTO counter VALUES (0)")
    engine.dispose()


def counted(path: Path) -> int:
    engine = make_engine(path, key=KEY, read_only=True)
    with transaction(engine) as connection:
        (value,) = connection.exec_driver_sql("SELECT value FROM counter").one()
    engine.dispose()
    return int(value)


def test_no_update_is_lost_when_three_processes_count_together(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    make_counter(path)

    running = [
        subprocess.Popen([sys.executable, "-c", ADD_MANY, str(path), str(ADDITIONS)], cwd=ROOT)
        for _ in range(PROCESSES)
    ]
    codes = [process.wait() for process in running]

    assert codes == [0] * PROCESSES
    assert counted(path) == PROCESSES * ADDITIONS


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])
def test_every_setting_durability_stands_on_is_in_force(tmp_path: Path, key: bytes | None) -> None:
    engine = make_engine(tmp_path / "till.db", key=key)

    with transaction(engine) as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in WRITER_PRAGMAS
        }
    engine.dispose()

    assert found == dict(WRITER_PRAGMAS)


def test_a_setting_that_is_not_taken_stops_the_till(tmp_path: Path) -> None:
    with pytest.raises(PragmaRefused, match="journal_mode"):
        open_connection(tmp_path / "x.db", key=None, mode="rwc", pragmas={"journal_mode": "none"})


def test_nothing_of_the_shop_can_be_read_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    engine = make_engine(path, key=KEY)

    with transaction(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE customer (name TEXT)")
        connection.exec_driver_sql("INSERT INTO customer VALUES ('Remedios Amaya')")
    engine.dispose()

    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Remedios" not in stored
    assert b"customer" not in stored


def test_another_key_does_not_open_the_till(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    make_counter(path)

    with pytest.raises(WrongKey), transaction(make_engine(path, key=os.urandom(32))):
        pass


def test_an_encrypted_file_does_not_open_without_a_key(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    make_counter(path)

    with pytest.raises(NotADatabase), transaction(make_engine(path, key=None)):
        pass


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    path.write_bytes(b"this is a shopping list\n" * 50)

    with pytest.raises(NotADatabase), transaction(make_engine(path, key=KEY)):
        pass


def test_a_folder_that_is_not_there_is_an_error_of_the_environment(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreUnavailable),
        transaction(make_engine(tmp_path / "gone" / "till.db", key=KEY)),
    ):
        pass


def test_a_key_of_another_length_is_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="5 bytes"):
        make_engine(tmp_path / "till.db", key=b"short")


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_library_that_can_corrupt_a_shared_file_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(SqliteTooOld, match=r"3\.51\.3"):
        check_version(version)


@pytest.mark.parametrize(
    ("folder", "kind", "unsafe"),
    [
        ("/var/lib/till", "ext4", False),
        ("/srv/shop/till", "nfs4", True),
        ("/home/ana/My Drive/till", "fuse.rclone", True),
        ("/media/usb", "fuseblk", False),
        ("/srv/shopping", "ext4", False),
    ],
)
def test_a_data_folder_on_the_network_is_recognised(folder: str, kind: str, unsafe: bool) -> None:
    assert filesystem_type(Path(folder), MOUNTS) == kind
    assert is_unsafe(kind) is unsafe


def test_reading_neither_waits_for_a_writer_nor_sees_half_of_it(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    make_counter(path)
    engine = make_engine(path, key=KEY)

    with transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE counter SET value = 7")
        while_writing = counted(path)

    assert while_writing == 0
    assert counted(path) == 7
    engine.dispose()


def test_a_reading_connection_refuses_to_write(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    make_counter(path)
    engine = make_engine(path, key=KEY, read_only=True)

    with pytest.raises(StoreUnavailable, match="readonly"), transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE counter SET value = 7")

    assert counted(path) == 0
    engine.dispose()


def test_a_second_writer_is_told_that_the_file_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "till.db"
    make_counter(path)
    first, second = (make_engine(path, key=KEY) for _ in range(2))
    impatient = second.raw_connection()
    impatient.driver_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
    impatient.close()

    with transaction(first), pytest.raises(StoreBusy), transaction(second):
        pass

    first.dispose()
    second.dispose()


def test_a_sale_leaves_the_checkpoint_to_whoever_has_time(tmp_path: Path) -> None:
    store = till_store(tmp_path)
    wal = tmp_path / "till.db-wal"
    for _ in range(100):
        with store.transaction() as records:
            record(records, basket(10))
    assert wal.stat().st_size > 1.2 * CHECKPOINT_PAGES * WAL_FRAME_BYTES

    agent = AgentStore(tmp_path / "till.db", key=KEY)
    agent.apply_settings({"shop": "FUEN"}, 1)
    size = wal.stat().st_size
    with store.transaction() as records:
        record(records)

    assert wal.stat().st_size == size  # begun again from the start
    agent.close()
    store.close()

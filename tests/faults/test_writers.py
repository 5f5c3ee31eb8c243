"""Killed writers, full disks, broken commits: an act is there whole, or not at all."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.store.engine import WRITER_PRAGMAS, DiskFull, make_engine, transaction
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.architecture.sources import ROOT
from tests.builders import KEY, basket, record, till_store

KILLS = 5  # before each of its system calls: test_killed_processes.py
SEED = 2_611_22
SELL_FOR_EVER = """
import sys
from pathlib import Path
from pos.store.till_store import TillStore
from tests.builders import KEY, basket, record, new_id
store = TillStore(Path(sys.argv[1]), key=KEY)
with store.reading() as records:
    done = len(records.sales.recent(10**6))
import itertools, tests.builders
tests.builders._ids = itertools.count(1 + 10**6 * (done + 1))
while True:
    with store.transaction() as records:
        told = record(records, basket(10)).number
    print(told, flush=True)
"""


def test_a_till_killed_at_any_moment_has_whole_sales_and_all_it_told(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    path = tmp_path / "till.db"
    till_store(tmp_path).close()
    told: list[str] = []

    for _ in range(KILLS):
        told += sell_and_kill(path, lines=dice.randint(1, 12), spin=dice.randint(0, 60_000))

    assert told
    assert verify(path, key=KEY) == []
    store = TillStore(path, key=KEY)
    with store.reading() as records:
        stored = {str(sale.number) for sale in records.sales.recent(10**6)}
    store.close()
    assert set(told) <= stored
    assert len(stored) <= len(told) + KILLS


def sell_and_kill(path: Path, *, lines: int, spin: int) -> list[str]:
    """Let a process sell, kill it in the middle of something, and return what it told."""
    seller = subprocess.Popen(
        [sys.executable, "-c", SELL_FOR_EVER, str(path)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert seller.stdout is not None
    told = [seller.stdout.readline() for _ in range(lines)]
    for _ in range(spin):  # so that the kill falls anywhere within a sale
        pass
    seller.send_signal(signal.SIGKILL)
    told += seller.stdout.readlines()
    seller.stdout.close()
    assert seller.wait() == -signal.SIGKILL
    return [line.strip() for line in told if line.endswith("\n")]


@pytest.fixture
def full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a till folder whose database cannot grow by one page more."""
    till_store(tmp_path).close()
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    engine.dispose()
    assert isinstance(pages, int)
    limited = {**WRITER_PRAGMAS, "max_page_count": pages}
    monkeypatch.setattr("pos.store.engine.WRITER_PRAGMAS", limited)
    return tmp_path


def test_on_a_full_disk_a_sale_is_refused_whole_and_room_is_made(full_disk: Path) -> None:
    called: list[str] = []
    store = TillStore(
        full_disk / "till.db", key=KEY, on_disk_full=lambda: called.append("reserve released")
    )
    told = sell_until_full(store)

    assert called == ["reserve released"]
    with store.reading() as records:
        assert len(records.sales.recent(10**6)) == told
    store.close()
    assert verify(full_disk / "till.db", key=KEY) == []


def sell_until_full(store: TillStore) -> int:
    for told in range(10_000):
        try:
            with store.transaction() as records:
                record(records, basket(40))
        except DiskFull:
            return told
    raise AssertionError("the disk never filled up")


WRITE_WITH_SMALL_FILES = """
import resource, signal, sys
from pathlib import Path
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.store.till_store import TillStore
from tests.builders import KEY, basket, record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = TillStore(Path(sys.argv[1]), key=KEY)
with store.transaction() as records:
    record(records, basket(1))
wal = Path(sys.argv[1] + "-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (wal + int(sys.argv[2]), resource.RLIM_INFINITY))
told = 1
try:
    while True:
        with store.transaction() as records:
            record(records, basket(10))
        told += 1
except (StoreUnavailable, OutcomeOfCommitUnknown) as error:
    print(told, type(error).__name__)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.reading() as records:
    print(len(records.sales.recent(10**6)))
with store.transaction() as records:
    record(records, basket(1))
"""


@pytest.mark.parametrize("room", [1, 4096, 30_000, 61_234])
def test_a_write_the_disk_refuses_is_never_called_recorded(tmp_path: Path, room: int) -> None:
    path = tmp_path / "till.db"
    till_store(tmp_path).close()

    done = subprocess.run(
        [sys.executable, "-c", WRITE_WITH_SMALL_FILES, str(path), str(room)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip

    told, outcome, stored = done.stdout.split()
    assert outcome in {StoreUnavailable.__name__, OutcomeOfCommitUnknown.__name__}
    assert int(told) <= int(stored) <= int(told) + 1
    assert verify(path, key=KEY) == []


def test_a_read_only_file_records_nothing_and_says_so(tmp_path: Path) -> None:
    till_store(tmp_path).close()
    store = TillStore(tmp_path / "till.db", key=KEY)
    raw = store._writer.raw_connection()
    raw.driver_connection.execute("PRAGMA query_only = 1")  # type: ignore[union-attr]
    raw.close()

    with pytest.raises(StoreUnavailable, match="readonly"), store.transaction() as records:
        record(records)

    store.close()
    assert verify(tmp_path / "till.db", key=KEY) == []

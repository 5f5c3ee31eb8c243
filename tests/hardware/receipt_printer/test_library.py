"""The printing library is there at every start, whatever became of the one before."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from hardware.receipt_printer.library import NAME

ROOT = Path(__file__).parents[3]
PRINTS = """
from hardware.receipt_printer.library import escpos_printer
job = escpos_printer().Dummy(profile="default")
job.text("3,99")
assert b"3,99" in job.output
"""
PRINTS_AND_OPENS_THE_DRAWER_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from hardware.receipt_printer.library import escpos_printer

def asks(barrier):
    barrier.wait()
    return escpos_printer()

with ThreadPoolExecutor(4) as pool:
    together = Barrier(4)
    assert len({id(module) for module in pool.map(asks, [together] * 4)}) == 1
"""


def starting(cache: Path, doing: str = PRINTS) -> subprocess.Popen[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-c", doing]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def ended_well(till: subprocess.Popen[str]) -> bool:
    _, said = till.communicate(timeout=60)
    assert till.returncode == 0, said
    return True


def kept(cache: Path) -> Path:
    return cache / "mostrador" / "escpos" / NAME


@pytest.mark.parametrize("left", [b"", b"\x80\x04\x95", b"no pickle at all"])
def test_a_file_cut_short_by_a_power_cut_keeps_no_receipt_from_being_printed(
    tmp_path: Path, left: bytes
) -> None:
    kept(tmp_path).parent.mkdir(parents=True)
    kept(tmp_path).write_bytes(left)

    assert ended_well(starting(tmp_path))

    assert pickle.loads(kept(tmp_path).read_bytes())["profiles"]


def test_tills_that_start_at_once_all_print(tmp_path: Path) -> None:
    tills = [starting(tmp_path) for _ in range(3)]

    for till in tills:
        assert ended_well(till)

    assert [path.name for path in kept(tmp_path).parent.iterdir()] == [NAME]
    assert ended_well(starting(tmp_path))


def test_the_first_receipt_and_the_first_drawer_may_be_asked_for_at_once(tmp_path: Path) -> None:
    assert ended_well(starting(tmp_path, PRINTS_AND_OPENS_THE_DRAWER_AT_ONCE))


def test_a_start_leaves_what_is_kept_as_it_is(tmp_path: Path) -> None:
    assert ended_well(starting(tmp_path))
    before = kept(tmp_path).stat()

    assert ended_well(starting(tmp_path))

    after = kept(tmp_path).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_without_a_place_to_keep_it_receipts_are_printed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "mostrador").write_text("a file where the folder should be")

    assert ended_well(starting(tmp_path))
